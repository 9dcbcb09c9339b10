"""The window: it builds its parts, and joins them to each other and to the session."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow

from reader.model.document import Document
from reader.session.passwords import LockedFile
from reader.session.session import Session
from reader.settings import GEOMETRY
from reader.ui.commands.actions import Action
from reader.ui.notes.notes_pane import NotesPane
from reader.ui.shell import file_handlers, handlers, lock_handlers
from reader.ui.shell.announcer import Announcer
from reader.ui.shell.document_stack import DocumentPane, DocumentStack
from reader.ui.shell.header import Header, SearchField
from reader.ui.shell.keyboard import KeyboardFollower
from reader.ui.shell.layout import Layout
from reader.ui.shell.left_pane import LeftPane
from reader.ui.shell.menus import Menus
from reader.ui.shell.message_bar import MessageBar
from reader.ui.shell.page_column import PageColumn
from reader.ui.shell.pane_host import Dock, PaneHost, PaneSpec, WidgetPane
from reader.ui.shell.theme_manager import ThemeManager
from reader.ui.widgets import theme as themes
from reader.ui.widgets.reveal import reveal

if TYPE_CHECKING:
    from reader.session.imports import Imports
    from reader.session.note_transfer import NoteTransfer, UnmatchedNotes
    from reader.session.reanchoring import ReviewCases
    from reader.ui.library.library_table import ShelfTable
    from reader.ui.notes.notebook_view import NotebookPane
    from reader.ui.review.review_panel import ReviewPanel


class MainWindow(QMainWindow):
    """Builds header, panes, page and menus; carries actions out; ends the session when closed.

    What a start does not show is made when it is first asked for: `notebook`, `library_table` and
    `review` here, the printed pages in `document_stack`, small pages in `left`.
    """

    def __init__(self, session: Session, theme: themes.Theme) -> None:
        super().__init__()
        # Said with their types, since the table of actions is checked before this is.
        self.session: Session = session
        self.themes: ThemeManager = ThemeManager(session, theme, self)
        self._is_ending = False
        self.setMinimumSize(640, 420)
        self.setAcceptDrops(True)
        themed = self.themes.follow
        self.header = themed(Header(session, theme, self))
        self.document_stack: DocumentStack = DocumentStack(session, self.themes)
        self.middle = PageColumn(session, self.themes, self.document_stack)
        self.left = themed(LeftPane(session, self.themes))
        self.notes = themed(NotesPane(session, theme))
        self.frame: Layout = Layout(
            session.settings, self.header, self.left, self.middle, self.notes, self.middle.status
        )
        self.setCentralWidget(self.frame)
        self.menus: Menus = Menus(session, self)
        self.document_stack.set_context_menu(self.menus.context)
        self.panes: PaneHost = PaneHost(
            {Dock.PAGE: self.document_stack.addWidget, Dock.ABOVE: self.middle.add_above}
        )
        # In the order of F6.
        self.panes.register(PaneSpec("search", self._search_pane, Dock.HEADER, eager=True))
        self.panes.register(PaneSpec("left", self._left_pane, Dock.BESIDE, eager=True))
        self.review = self.panes.register(PaneSpec("review", self._make_review, Dock.ABOVE))
        self.panes.register(PaneSpec("document", self._document_pane, Dock.PAGE, eager=True))
        self.notebook = self.panes.register(PaneSpec("notebook", self._make_notebook, Dock.PAGE))
        self.library_table = self.panes.register(
            PaneSpec("library_table", self._make_library_table, Dock.PAGE)
        )
        self.panes.register(PaneSpec("notes", self._notes_pane, Dock.BESIDE, eager=True))
        self.panes.register(PaneSpec("message", self._message_pane, Dock.OVER, eager=True))
        self._announcer: Announcer = Announcer(session, self)
        self._keyboard: KeyboardFollower = KeyboardFollower(session, self.document_stack, self)
        for pane in (self.header, self.left, self.middle, self.notes):
            self._keyboard.watch(pane)
        self._connect()
        self.document_stack.page.setFocus()
        self._restore_size()

    @property
    def theme(self) -> themes.Theme:
        """The theme that the window is shown in."""
        return self.themes.theme

    def _connect(self) -> None:
        """Join the parts of the window to each other and to the session: all of it is here, and
        beside the factories of the late panes below."""
        session, header, middle, left = self.session, self.header, self.middle, self.left
        documents, actions = self.document_stack, self.menus.actions
        self.menus.chosen.connect(self._carry_out)
        self.menus.context.aboutToHide.connect(session.selection.forget_menu_offset)
        header.left_pane.clicked.connect(actions["left_pane"].trigger)
        header.notes_pane.clicked.connect(actions["notes_pane"].trigger)
        header.back.clicked.connect(session.navigation.back)
        header.forward.clicked.connect(session.navigation.forward)
        header.type.clicked.connect(actions["reading_settings"].trigger)
        header.theme.clicked.connect(self.themes.choose_next)
        header.export.clicked.connect(actions["export"].trigger)
        header.menu.clicked.connect(self._show_menu)
        header.search.left.connect(documents.focus_view)
        header.search.results_wanted.connect(left.focus_results)
        middle.status.view.clicked.connect(actions["printed"].trigger)
        middle.status.page.clicked.connect(actions["go_to_page"].trigger)
        middle.review_bar.wanted.connect(actions["review"].trigger)
        middle.left_out_bar.show_wanted.connect(actions["left_out"].trigger)
        middle.left_out_bar.whole_wanted.connect(actions["whole_page"].trigger)
        documents.stand_in_shown.connect(self.frame.make_room)
        documents.document_shown.connect(self.frame.give_room_back)
        documents.copy_wanted.connect(actions["copy_cited"].trigger)
        documents.find_wanted.connect(actions["find_selection"].trigger)
        documents.page.figure_wanted.connect(self._enlarge)
        documents.empty.open_wanted.connect(actions["open"].trigger)
        documents.empty.guide_wanted.connect(actions["guide"].trigger)
        self.notes.export_wanted.connect(actions["export"].trigger)
        left.made.connect(self._keyboard.watch)
        left.library.open_wanted.connect(actions["open"].trigger)
        left.library.table_wanted.connect(actions["shelf"].trigger)
        session.current.changed.connect(self._show_title)
        session.notifier.reveal_requested.connect(reveal)
        session.marker.edit_requested.connect(self._show_note_editor)
        session.reanchoring.cases_ready.connect(self._begin_review)
        session.users.unlock_wanted.connect(self._unlock_user)
        session.late_imports.when_made(self._hear_of_imports)
        session.late_note_transfer.when_made(self._hear_of_notes)

    def _hear_of_imports(self, imports: Imports) -> None:
        imports.password_required.connect(self._ask_password)
        imports.failures_requested.connect(self.menus.actions["failures"].trigger)

    def _hear_of_notes(self, note_transfer: NoteTransfer) -> None:
        note_transfer.unmatched.connect(self._match_documents)

    # The panes: those of every start, then those made late.

    def _search_pane(self) -> WidgetPane[SearchField]:
        field = self.header.search
        return WidgetPane(field, field.take_focus, field.escape)

    def _left_pane(self) -> WidgetPane[LeftPane]:
        return WidgetPane(self.left, self.left.take_focus)

    def _document_pane(self) -> DocumentPane:
        return DocumentPane(self.document_stack)

    def _notes_pane(self) -> WidgetPane[NotesPane]:
        return WidgetPane(self.notes, self.notes.take_focus)

    def _message_pane(self) -> WidgetPane[MessageBar]:
        message = self.middle.message
        return WidgetPane(message, message.setFocus, message.escape)

    def _make_review(self) -> WidgetPane[ReviewPanel]:
        from reader.ui.review.review_panel import ReviewPanel

        panel = self.themes.follow(ReviewPanel(self.session, self.themes.theme, self))
        panel.proposed.connect(self.document_stack.propose)
        panel.shown.connect(self.middle.review_bar.make_room)
        return WidgetPane(panel, panel.take_focus, panel.escape)

    def _make_notebook(self) -> WidgetPane[NotebookPane]:
        from reader.ui.notes.notebook_view import NotebookPane

        pane = self.themes.follow(NotebookPane(self.session, self.themes.theme, self))
        pane.closed.connect(self.document_stack.go_back)
        pane.export_wanted.connect(self._export_some)
        pane.history_wanted.connect(self._show_history)
        return WidgetPane(pane, pane.list.take_focus)

    def _make_library_table(self) -> WidgetPane[ShelfTable]:
        from reader.ui.library.library_table import ShelfTable

        table = self.themes.follow(ShelfTable(self.session, self.themes.theme, self))
        table.closed.connect(self.document_stack.go_back)
        table.export_wanted.connect(self._export_some)
        return WidgetPane(table, partial(table.filter.setFocus, Qt.FocusReason.ShortcutFocusReason))

    # What the window does when it hears of something.

    def _carry_out(self, action: Action) -> None:
        # Imported here: a start carries nothing out.
        from reader.ui.shell.action_handlers import HANDLERS

        outcome = HANDLERS[action.id](self)
        if action.id == "caret":
            self._announcer.say_caret(bool(outcome))

    def _show_menu(self) -> None:
        self.menus.show_main(self.header.menu)

    def _show_title(self, document: Document | None) -> None:
        several = len(self.session.users.names) > 1
        user = self.session.workspace.user if several else ""
        parts = (document.title if document is not None else "", user)
        self.setWindowTitle(" – ".join(part for part in parts if part))

    def _show_note_editor(self, _annotation_id: str) -> None:
        self.notes.setVisible(True)

    def _begin_review(self, review: ReviewCases) -> None:
        self.review.widget.take(review.cases)

    def _enlarge(self, asset: str) -> None:
        handlers.enlarge_figure(self, asset)

    def _match_documents(self, notes: UnmatchedNotes) -> None:
        file_handlers.match_documents(self, notes.path, notes.report)

    def _ask_password(self, file: LockedFile) -> None:
        file_handlers.ask_password(self, file.path, file.sentence)

    def _unlock_user(self, name: str) -> None:
        lock_handlers.unlock_user(self, name)

    def _export_some(self, ids: frozenset[str]) -> None:
        file_handlers.export_notes(self, ids)

    def _show_history(self, annotation_id: str) -> None:
        handlers.show_history(self, annotation_id)

    def show_notes(self, ids: tuple[str, ...]) -> None:
        """Show some notes in the notebook."""
        if not handlers.shows_notebook(self):
            handlers.toggle_notebook(self)
        self.notebook.widget.show_only(ids)

    def show_palette(self) -> None:
        """Show all commands, to be found by name."""
        from reader.ui.shell.command_palette import Palette

        palette = Palette(self.menus, self.theme, self)
        palette.named.connect(self._announcer.say)
        palette.exec()

    def show_shortcuts(self) -> None:
        """Show all keys on one sheet."""
        from reader.ui.shell.shortcut_sheet import ShortcutSheet

        ShortcutSheet(self.menus, self.theme, self).exec()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self._dismiss_top()
        elif key == Qt.Key.Key_F10:
            self._show_menu()
        elif self._keyboard.keeps(event):
            event.ignore()
        elif missing := self.menus.missing_for(event):
            self.session.notifier.info(missing)
        else:
            super().keyPressEvent(event)

    def _dismiss_top(self) -> None:
        """Esc takes the topmost layer away: of the panes, then the choice, then the keyboard from
        what is beside the document, then full screen."""
        if self.panes.escape():
            return
        if self.session.selection.annotation_id:
            self.session.annotations.choose("")
        elif self._keyboard.shows_document and not self._keyboard.is_in_document:
            self.document_stack.focus_view()
        elif self.isFullScreen():
            handlers.toggle_full_screen(self)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        names = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if names:
            event.acceptProposedAction()
            self.session.imports.add(names)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.frame.fit(event.size().width())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.session.library_commands.take_news()
            self.session.annotations.take_news()

    def _restore_size(self) -> None:
        geometry = self.session.settings.get(GEOMETRY)
        if not (geometry and self.restoreGeometry(QByteArray.fromBase64(geometry.encode()))):
            screen = self.screen().availableGeometry()
            self.resize(min(1366, screen.width()), min(768, screen.height()))
            if screen.width() <= 1366 or screen.height() <= 800:
                self.setWindowState(Qt.WindowState.WindowMaximized)
        self.frame.restore()

    def end(self) -> None:
        """Closes the window because the system wants it: nobody is there to be asked."""
        self._is_ending = True
        self.session.drafts.flush()
        self.close()

    def _may_lose(self, words: str) -> bool:
        if self._is_ending or not words:
            return self._is_ending
        from reader.ui.notes.unsaved_dialog import may_close

        return may_close(self, words)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.notes.finish_editing() and not self._may_lose(self.notes.unsaved_words):
            event.ignore()
            return
        self.notes.give_up_editing()
        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        self.session.settings.set(GEOMETRY, geometry)
        self.frame.save()
        self.session.close()
        self.themes.release()
        self.panes.release()
        super().closeEvent(event)
