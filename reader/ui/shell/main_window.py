"""The window: it builds its parts, and joins them to each other and to the session."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow

from reader.model.document import Document
from reader.session.session import Session
from reader.settings import GEOMETRY
from reader.ui.shell.announcer import Announcer
from reader.ui.shell.document_stack import DocumentStack
from reader.ui.shell.layout import Layout
from reader.ui.shell.page_column import PageColumn
from reader.ui.shell.theme_manager import ThemeManager
from reader.ui.shell.window_requests import WindowRequests
from reader.ui.widgets import theme as themes
from reader.ui.widgets.first_key import FirstKey

if TYPE_CHECKING:
    from reader.session.imports import Imports
    from reader.session.note_transfer import NoteTransfer
    from reader.ui.commands.actions import Action
    from reader.ui.library.library_table import ShelfTable
    from reader.ui.notes.notebook_view import NotebookPane
    from reader.ui.notes.notes_pane import NotesPane
    from reader.ui.review.review_panel import ReviewPanel
    from reader.ui.shell.header import Header
    from reader.ui.shell.keyboard import KeyboardFollower
    from reader.ui.shell.left_pane import LeftPane
    from reader.ui.shell.menus import Menus
    from reader.ui.shell.pane_host import PaneHost, PaneSlot


class MainWindow(QMainWindow):
    """Builds header, panes, page and menus; carries actions out; ends the session when closed.

    With `page_first`, what stands around the page is left to `complete`, which the first key calls,
    or to `complete_in_turns`. What a start does not show is made when it is first asked for: other
    panes in `panes`, the printed pages in `document_stack`, small pages in `left`.
    """

    header: Header
    left: LeftPane
    notes: NotesPane
    menus: Menus
    panes: PaneHost
    review: PaneSlot[ReviewPanel]
    notebook: PaneSlot[NotebookPane]
    library_table: PaneSlot[ShelfTable]
    _keyboard: KeyboardFollower

    def __init__(self, session: Session, theme: themes.Theme, *, page_first: bool = False) -> None:
        super().__init__()
        # Said with their types, since the table of actions is checked before this is.
        self.session: Session = session
        self.themes: ThemeManager = ThemeManager(session, theme, self)
        self._is_ending = self._is_half = False
        self.setMinimumSize(640, 420)
        self.setAcceptDrops(True)
        self.document_stack: DocumentStack = DocumentStack(session, self.themes)
        self.middle = PageColumn(session, self.themes, self.document_stack)
        self.frame: Layout = Layout(session.settings, theme, self.middle)
        self.setCentralWidget(self.frame)
        self._announcer: Announcer = Announcer(session, self)
        self.document_stack.stand_in_shown.connect(self.frame.make_room)
        self.document_stack.document_shown.connect(self.frame.give_room_back)
        session.current.changed.connect(self._show_title)
        session.marker.edit_requested.connect(self._write_first_note)
        self.requests: WindowRequests = WindowRequests(self)
        session.reanchoring.cases_ready.connect(self.requests.begin_review)
        session.late_imports.when_made(self._hear_of_imports)
        session.late_note_transfer.when_made(self._hear_of_notes)
        session.users.unlock_wanted.connect(self.requests.unlock_user)
        self._steps = [
            self._add_menus,
            self._add_header,
            self._add_left,
            self._add_article,
            self._add_bars,
            self._add_notes,
            self._join,
        ]
        self._first_key = FirstKey(self, self.complete)
        if not page_first:
            self.document_stack.page.setFocus()
            self.complete()
        self._restore_size()

    @property
    def theme(self) -> themes.Theme:
        """The theme that the window is shown in."""
        return self.themes.theme

    # What stands around the page. Imported here, all of it: the page is painted first.

    def complete(self) -> None:
        """Make at once what is not made yet of what stands around the page."""
        while self._steps:
            self._take_step()

    def _take_step(self) -> None:
        try:
            self._steps.pop(0)()
        except BaseException:
            # What is left would fail for want of it. Half a window can be read in, and closed.
            self._steps.clear()
            self._is_half = True
            raise

    def complete_in_turns(self, then: Callable[[], None]) -> None:
        """Make what stands around the page, one part a turn of the event loop; then call `then`,
        unless the window has been closed."""
        if self._steps:
            self._take_step()
            QTimer.singleShot(0, partial(self.complete_in_turns, then))
        elif self.isVisible():
            then()

    def _write_first_note(self, annotation_id: str) -> None:
        """Make the notes, and have one written in them, if that is asked for so soon."""
        self.requests.show_notes_pane(annotation_id)
        self.notes.edit(annotation_id)

    def _add_menus(self) -> None:
        from reader.ui.shell.menus import Menus

        self.menus = Menus(self.session, self)
        self.menus.chosen.connect(self._carry_out)
        self.menus.context.aboutToHide.connect(self.session.selection.forget_menu_offset)
        self.document_stack.set_context_menu(self.menus.context)

    def _add_header(self) -> None:
        from reader.ui.shell.header import Header

        self.header = header = self.themes.follow(Header(self.session, self.theme, self))
        self.frame.put_header(header)
        actions, session = self.menus.actions, self.session
        header.left_pane.clicked.connect(actions["left_pane"].trigger)
        header.notes_pane.clicked.connect(actions["notes_pane"].trigger)
        header.back.clicked.connect(session.navigation.back)
        header.forward.clicked.connect(session.navigation.forward)
        header.type.clicked.connect(actions["reading_settings"].trigger)
        header.theme.clicked.connect(self.themes.choose_next)
        header.export.clicked.connect(actions["export"].trigger)
        header.menu.clicked.connect(self._show_menu)
        header.search.left.connect(self.document_stack.focus_view)

    def _add_left(self) -> None:
        from reader.ui.shell.left_pane import LeftPane

        self.left = left = self.themes.follow(LeftPane(self.session, self.themes))
        self.frame.put_left(left)
        self.header.search.results_wanted.connect(left.focus_results)
        left.library.open_wanted.connect(self.menus.actions["open"].trigger)
        left.library.table_wanted.connect(self.menus.actions["shelf"].trigger)

    def _add_notes(self) -> None:
        from reader.ui.notes.notes_pane import NotesPane

        self.notes = self.themes.follow(NotesPane(self.session, self.theme))
        self.frame.put_notes(self.notes)
        self.notes.export_wanted.connect(self.menus.actions["export"].trigger)

    def _add_article(self) -> None:
        # Here already, unless printed pages came first.
        self.document_stack.page.figure_wanted.connect(self.requests.enlarge)

    def _add_bars(self) -> None:
        documents, middle, actions = self.document_stack, self.middle, self.menus.actions
        middle.complete()
        self.frame.put_foot(middle.status)
        middle.status.view.clicked.connect(actions["printed"].trigger)
        middle.status.page.clicked.connect(actions["go_to_page"].trigger)
        middle.review_bar.wanted.connect(actions["review"].trigger)
        middle.left_out_bar.show_wanted.connect(actions["left_out"].trigger)
        middle.left_out_bar.whole_wanted.connect(actions["whole_page"].trigger)
        documents.copy_wanted.connect(actions["copy_cited"].trigger)
        documents.find_wanted.connect(actions["find_selection"].trigger)
        documents.empty.open_wanted.connect(actions["open"].trigger)
        documents.empty.guide_wanted.connect(actions["guide"].trigger)

    def _join(self) -> None:
        """Join all parts: panes that F6 goes through, the keyboard, what the session asks for."""
        from reader.ui.shell.keyboard import KeyboardFollower
        from reader.ui.shell.panes import Panes
        from reader.ui.widgets.reveal import reveal

        session = self.session
        session.marker.edit_requested.disconnect(self._write_first_note)
        session.marker.edit_requested.connect(self.requests.show_notes_pane)
        session.notifier.reveal_requested.connect(reveal)
        panes = Panes(self)
        self.panes = panes.host
        self.review, self.notebook = panes.review, panes.notebook
        self.library_table = panes.library_table
        self.middle.tab_after(self.left.library.list)
        self._keyboard = KeyboardFollower(self.session, self.document_stack, self)
        for pane in (self.header, self.left, self.middle, self.notes):
            self._keyboard.watch(pane)
        self.left.made.connect(self._keyboard.watch)
        self._first_key.stop()

    # What the window does when it hears of something.

    def _hear_of_imports(self, imports: Imports) -> None:
        imports.password_required.connect(self.requests.ask_password)
        imports.failures_requested.connect(self.requests.show_failures)

    def _hear_of_notes(self, note_transfer: NoteTransfer) -> None:
        note_transfer.unmatched.connect(self.requests.match_documents)

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

    def show_palette(self) -> None:
        """Show all commands, to be found by name."""
        from reader.ui.shell.command_palette import Palette

        palette = Palette(self.menus, self.theme, self)
        palette.named.connect(self._announcer.say)
        palette.exec()

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
            self.menus.actions["full_screen"].trigger()

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
        from reader.ui.widgets.in_turns import InTurns

        self.complete()
        if self._is_half:
            self.session.close()
            return
        if not self.notes.finish_editing() and not self._may_lose(self.notes.unsaved_words):
            event.ignore()
            return
        self.notes.give_up_editing()
        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        self.session.settings.set(GEOMETRY, geometry)
        self.frame.save()
        # What is done in turns would go on with notes that are closed.
        for turns in self.findChildren(InTurns):
            turns.stop()
        self.session.close()
        self.themes.release()
        self.panes.release()
        super().closeEvent(event)
