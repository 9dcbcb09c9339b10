"""The session: the parts of the application behind the window, built and joined in one place."""

from __future__ import annotations

from reader.services.workspace import Workspace
from reader.session.annotations import Annotations
from reader.session.background import Background
from reader.session.catalog import Catalog
from reader.session.citations import Citations
from reader.session.current_document import CurrentDocument
from reader.session.drafts import Drafts
from reader.session.heading_corrections import HeadingCorrections
from reader.session.imports import Imports
from reader.session.indexing import Indexing
from reader.session.library_commands import LibraryCommands
from reader.session.library_files import LibraryFiles
from reader.session.locking import Locking
from reader.session.marker import Marker
from reader.session.navigation import Navigation
from reader.session.negation_guard import NegationGuard
from reader.session.note_transfer import NoteTransfer
from reader.session.notebook import Notebook
from reader.session.notifier import Notifier
from reader.session.offers import Offers
from reader.session.pages import PdfPages
from reader.session.passwords import Passwords
from reader.session.patient_check import PatientCheck
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


class Session:
    """Builds the parts, joins them, resets them when the user changes, and closes them.

    Widgets call the parts and listen to their signals. Parts are joined before any widget: each
    is up to date when a widget hears of a change.
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
        raw_pages = RawPages(background, self.current)
        self.imports = Imports(
            workspace,
            self.settings,
            self.notifier,
            background,
            self.current,
            self.library_commands,
            self._indexing,
            self.reanchoring,
            self._passwords,
            raw_pages,
        )
        self.headings = HeadingCorrections(
            workspace,
            self.notifier,
            self.current,
            self.selection,
            self.marker,
            self.undo_stack,
            self.library_commands,
            self._indexing,
        )
        self.offers = Offers(
            workspace,
            self.notifier,
            self.current,
            self.library_commands,
            self._indexing,
            self.reanchoring,
        )
        self.notebook = Notebook(
            workspace,
            self.notifier,
            background,
            self.current,
            self.annotations,
            self.reanchoring,
            self.undo_stack,
        )
        self.note_transfer = NoteTransfer(
            workspace,
            self.notifier,
            background,
            self.annotations,
            self.undo_stack,
            PdfNotes(
                workspace,
                self.notifier,
                background,
                self.current,
                self.annotations,
                self._passwords,
            ),
            PatientCheck(self.settings, self.notifier, background),
        )
        self.pages = PdfPages(
            workspace,
            self.notifier,
            background,
            self.current,
            self.navigation,
            self.annotations,
            self._passwords,
            raw_pages,
        )
        self.citations = Citations(
            self.settings, self.catalog, self.current, self.pages, self.annotations, self.marker
        )
        self._locking = Locking(workspace, self.settings, self.notifier, background)
        self.users = Users(
            workspace, self.notifier, background, self.current, self.navigation, self._locking
        )
        self.library_files = LibraryFiles(workspace, self.notifier, background, self.drafts)
        self._join()

    def _join(self) -> None:
        """Connect the parts that do not know each other."""
        self.drafts.failed.connect(self.notifier.error)
        self.imports.unlocked.connect(self.pages.show_unlocked)
        self.users.changed.connect(self._reset)
        self.users.changed.connect(self._locking.watch)
        self.undo_stack.register(self.annotations)
        self.undo_stack.register(self.headings)

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
        self.imports.close()
        self._indexing.close()
        self.search.close()
        self.background.close()
        self.library_files.close()
        self.workspace.close()
