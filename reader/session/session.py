"""The session: the parts of the application behind the window, built and joined in one place."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from reader.services.workspace import Workspace
from reader.session.annotations import Annotations
from reader.session.background import Background
from reader.session.catalog import Catalog
from reader.session.current_document import CurrentDocument
from reader.session.drafts import Drafts
from reader.session.indexing import Indexing
from reader.session.late_part import LatePart
from reader.session.library_commands import LibraryCommands
from reader.session.locking import Locking
from reader.session.marker import Marker
from reader.session.navigation import Navigation
from reader.session.negation_guard import NegationGuard
from reader.session.notifier import Notifier
from reader.session.pages import PdfPages
from reader.session.passwords import Passwords
from reader.session.pdf_notes import PdfNotes
from reader.session.raw_pages import RawPages
from reader.session.reanchoring import Reanchoring
from reader.session.same_article import SameArticle
from reader.session.search import Search
from reader.session.search_state import SearchState
from reader.session.selection import Selection
from reader.session.settings import Settings
from reader.session.undo_stack import UndoStack
from reader.session.users import Users

if TYPE_CHECKING:
    from reader.session.citations import Citations
    from reader.session.heading_corrections import HeadingCorrections
    from reader.session.imports import Imports
    from reader.session.library_files import LibraryFiles
    from reader.session.note_transfer import NoteTransfer
    from reader.session.notebook import Notebook
    from reader.session.offers import Offers


class Session:
    """Builds the parts, joins them, resets them when the user changes, and closes them.

    Widgets call the parts and listen to their signals. Parts are joined before any widget: each
    is up to date when a widget hears of a change. A start does not load those that only carry out
    what a person asks for: they are made when they are first asked for themselves.
    """

    def __init__(self, workspace: Workspace, background: Background) -> None:
        self.workspace = workspace
        self.background = background
        self.notifier = Notifier()
        self.settings = Settings(workspace, self.notifier)
        self.catalog = Catalog(workspace)
        self.current = CurrentDocument(workspace, self.notifier, self.catalog)
        self.navigation = Navigation(workspace, self.notifier, self.current)
        self.selection = Selection(self.current)
        self.annotations = Annotations(
            workspace,
            self.settings,
            self.notifier,
            self.current,
            self.navigation,
            self.selection,
        )
        search_state = SearchState()
        self.marker = Marker(
            self.settings,
            self.current,
            self.navigation,
            self.selection,
            self.annotations,
            search_state,
            NegationGuard(self.notifier, self.current, self.selection, self.annotations),
        )
        self.drafts = Drafts(workspace, self.annotations.apply)
        self.undo_stack = UndoStack(self.notifier, self.current)
        self.undo_stack.offer_after_deletions(workspace, self.annotations)
        self.reanchoring = Reanchoring(
            workspace,
            self.notifier,
            background,
            self.current,
            self.navigation,
            self.annotations,
            self.selection,
        )
        self._indexing = Indexing(workspace, self.notifier, background, self.current, self.settings)
        self.library_commands = LibraryCommands(
            workspace, self.notifier, background, self.current, self.navigation, self._indexing
        )
        # What a worker takes up, it also indexes: that is told before results are asked for anew.
        self._indexing.indexed.connect(self.library_commands.tell_of_finds)
        self.search = Search(
            workspace,
            self.settings,
            self.notifier,
            background,
            self.current,
            self.navigation,
            self.annotations,
            self._indexing,
            search_state,
        )
        self.same_article = SameArticle(
            workspace,
            self.notifier,
            background,
            self.current,
            self.annotations,
            self.library_commands,
        )
        self._passwords = Passwords()
        self._raw_pages = RawPages(background, self.current)
        self._pdf_notes = PdfNotes(
            workspace,
            self.notifier,
            background,
            self.current,
            self.annotations,
            self._passwords,
        )
        self.pages = PdfPages(
            workspace,
            self.notifier,
            background,
            self.current,
            self.navigation,
            self.annotations,
            self._passwords,
            self._raw_pages,
        )
        self._locking = Locking(workspace, self.settings, self.notifier, background)
        self.users = Users(
            workspace, self.notifier, background, self.current, self.navigation, self._locking
        )
        self.late_imports = LatePart(self._make_imports)
        self.late_note_transfer = LatePart(self._make_note_transfer)
        self.late_library_files = LatePart(self._make_library_files)
        self._join()

    def _join(self) -> None:
        """Connect the parts that do not know each other."""
        self.drafts.failed.connect(self.notifier.error)
        self.users.changed.connect(self._reset)
        self.users.changed.connect(self._locking.watch)
        self.undo_stack.register(self.annotations)

    # The parts that are made late.

    @property
    def imports(self) -> Imports:
        """Files on their way into the library."""
        return self.late_imports.get()

    def _make_imports(self) -> Imports:
        from reader.session.imports import Imports

        imports = Imports(
            self.workspace,
            self.settings,
            self.notifier,
            self.background,
            self.current,
            self.library_commands,
            self._indexing,
            self.reanchoring,
            self._passwords,
            self._raw_pages,
        )
        imports.unlocked.connect(self.pages.show_unlocked)
        return imports

    @property
    def note_transfer(self) -> NoteTransfer:
        """Notes of files, and notes written to files."""
        return self.late_note_transfer.get()

    def _make_note_transfer(self) -> NoteTransfer:
        from reader.session.note_transfer import NoteTransfer
        from reader.session.patient_check import PatientCheck

        return NoteTransfer(
            self.workspace,
            self.notifier,
            self.background,
            self.annotations,
            self.undo_stack,
            self._pdf_notes,
            PatientCheck(self.settings, self.notifier, self.background),
        )

    @property
    def library_files(self) -> LibraryFiles:
        """The library packed into a file, or opened from one."""
        return self.late_library_files.get()

    def _make_library_files(self) -> LibraryFiles:
        from reader.session.library_files import LibraryFiles

        return LibraryFiles(self.workspace, self.notifier, self.background, self.drafts)

    @cached_property
    def headings(self) -> HeadingCorrections:
        """Headings that the person corrects."""
        from reader.session.heading_corrections import HeadingCorrections

        headings = HeadingCorrections(
            self.workspace,
            self.notifier,
            self.current,
            self.selection,
            self.marker,
            self.undo_stack,
            self.library_commands,
            self._indexing,
        )
        self.undo_stack.register(headings)
        return headings

    @cached_property
    def offers(self) -> Offers:
        """Questions about editions, and the answers to them."""
        from reader.session.offers import Offers

        return Offers(
            self.workspace,
            self.notifier,
            self.current,
            self.library_commands,
            self._indexing,
            self.reanchoring,
        )

    @cached_property
    def citations(self) -> Citations:
        """Citations of the open document and of passages in it."""
        from reader.session.citations import Citations

        return Citations(
            self.settings, self.catalog, self.current, self.pages, self.annotations, self.marker
        )

    @cached_property
    def notebook(self) -> Notebook:
        """The user's notes on all documents."""
        from reader.session.notebook import Notebook

        return Notebook(
            self.workspace,
            self.notifier,
            self.background,
            self.current,
            self.annotations,
            self.reanchoring,
            self.undo_stack,
        )

    def _reset(self, _user: str = "") -> None:
        """Let go of all that belongs to the user before, each part its own."""
        self.drafts.reset()
        self.current.reset()
        self.annotations.reset()
        self._passwords.reset()
        self.search.reset()
        self.navigation.reset()

    def close(self) -> None:
        """Write the position down and end the workers."""
        self._locking.close()
        self.current.about_to_change.emit()
        # What waits to be offered for the selection would ask for settings that are closed.
        self.selection.reset()
        self.navigation.save()
        self.drafts.close()
        if self.late_imports.made is not None:
            self.late_imports.made.close()
        self._indexing.close()
        self.search.close()
        self.background.close()
        if self.late_library_files.made is not None:
            self.late_library_files.made.close()
        self.workspace.close()
