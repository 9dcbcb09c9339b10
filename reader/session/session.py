"""The session: the parts of the application behind the window, built and joined in one place."""

from __future__ import annotations

from collections.abc import Sequence

from reader.model.deep_link import SCHEME
from reader.services.workspace import Workspace
from reader.session.annotations import Annotations
from reader.session.background import Background
from reader.session.bookmarks import Bookmarks
from reader.session.catalog import Catalog
from reader.session.citations import Citations
from reader.session.current_document import CurrentDocument
from reader.session.drafts import Drafts
from reader.session.heading_corrections import HeadingCorrections
from reader.session.imports import Imports
from reader.session.indexing import Indexing
from reader.session.library_commands import LibraryCommands
from reader.session.library_files import LibraryFiles
from reader.session.navigation import Navigation
from reader.session.negation_guard import NegationGuard
from reader.session.note_transfer import NoteTransfer
from reader.session.notebook import Notebook
from reader.session.notifier import Notifier
from reader.session.offers import Offers
from reader.session.pages import PdfPages
from reader.session.passwords import Passwords
from reader.session.pdf_notes import PdfNotes
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
        search_state = SearchState()
        self.annotations = Annotations(
            workspace,
            self.settings,
            self.notifier,
            self.current,
            self.navigation,
            self.selection,
            search_state,
        )
        self.drafts = Drafts(workspace, self.annotations.apply)
        self.undo_stack = UndoStack(self.notifier, self.current)
        self.bookmarks = Bookmarks(self.current, self.navigation, self.selection, self.annotations)
        self.negation_guard = NegationGuard(
            self.notifier, self.current, self.selection, self.annotations
        )
        self.reanchoring = Reanchoring(
            workspace,
            self.notifier,
            background,
            self.current,
            self.navigation,
            self.annotations,
            self.selection,
        )
        self.search = Search(
            workspace,
            self.settings,
            self.notifier,
            background,
            self.current,
            self.navigation,
            self.annotations,
            search_state,
        )
        self.indexing = Indexing(workspace, self.notifier, background, self.current)
        self.library_commands = LibraryCommands(
            workspace, self.notifier, background, self.current, self.navigation, self.indexing
        )
        self.same_article = SameArticle(
            workspace,
            self.notifier,
            background,
            self.current,
            self.annotations,
            self.library_commands,
        )
        self.passwords = Passwords()
        self.imports = Imports(
            workspace,
            self.settings,
            self.notifier,
            background,
            self.current,
            self.library_commands,
            self.indexing,
            self.reanchoring,
            self.passwords,
        )
        self.headings = HeadingCorrections(
            workspace,
            self.notifier,
            self.current,
            self.selection,
            self.annotations,
            self.undo_stack,
            self.library_commands,
            self.indexing,
        )
        self.offers = Offers(
            workspace,
            self.notifier,
            self.current,
            self.library_commands,
            self.indexing,
            self.reanchoring,
        )
        self.notebook = Notebook(
            workspace, self.notifier, background, self.current, self.annotations, self.reanchoring
        )
        self.note_transfer = NoteTransfer(
            workspace, self.notifier, background, self.annotations, self.undo_stack
        )
        self.pages = PdfPages(
            workspace,
            self.notifier,
            background,
            self.current,
            self.navigation,
            self.annotations,
            self.passwords,
        )
        self.pdf_notes = PdfNotes(
            workspace, self.notifier, background, self.current, self.annotations, self.passwords
        )
        self.citations = Citations(
            self.settings, self.catalog, self.current, self.pages, self.annotations
        )
        self.users = Users(workspace, self.notifier, background, self.current, self.navigation)
        self.library_files = LibraryFiles(workspace, self.notifier, background, self.drafts)
        self._join()

    def _join(self) -> None:
        """Connect the parts that do not know each other."""
        self.drafts.failed.connect(self.notifier.error)
        # What a worker takes up, it also indexes.
        self.indexing.indexed.connect(self.library_commands.tell_of_finds)
        self.indexing.indexed.connect(self.search.repeat)
        self.indexing.forgotten.connect(self.search.repeat)
        self.imports.unlocked.connect(self.pages.show_unlocked)
        self.users.changed.connect(self.reset)
        self.undo_stack.register(self.annotations)
        self.undo_stack.register(self.headings)

    def begin(self, files: Sequence[str] = ()) -> None:
        """Start the work behind the window: once it has been painted, never before.

        Of `files`, names are imported and opened, addresses of ours followed.
        """
        self.users.back_up_in_worker()
        if clashes := self.workspace.paths.clashes():
            self.notifier.info(" ".join(clashes))
        self.library_commands.tell_of_finds()
        if not self.open(files):
            self.imports.watch()

    def open(self, files: Sequence[str]) -> bool:
        """Import files by their names and open them, and follow addresses of ours.

        Return whether there were files.
        """
        for address in files:
            if address.startswith(SCHEME):
                self.notebook.follow(address)
        names = [name for name in files if not name.startswith(SCHEME)]
        if names:
            self.imports.add(names)
        return bool(names)

    def refresh(self) -> None:
        """Show what another window or a command has done meanwhile to the library or to this
        user's notes."""
        if self.workspace.library.news():
            self.library_commands.announce()
            if self.current.document is None:
                self.current.open_last()
        document = self.current.document
        if document is not None:
            changed = self.workspace.notes.news()
            if document.id in changed:
                self.annotations.refresh()
            self.same_article.take_news(changed)

    def reset(self, _user: str = "") -> None:
        """Let go of all that belongs to the user before, each part its own."""
        self.drafts.reset()
        self.current.reset()
        self.annotations.reset()
        self.passwords.reset()
        self.search.reset()
        self.navigation.reset()

    def close(self) -> None:
        """Write the position down and end the workers."""
        self.current.about_to_change.emit()
        self.navigation.save()
        self.drafts.close()
        self.indexing.close()
        self.background.close()
        self.library_files.close()
        self.workspace.close()
