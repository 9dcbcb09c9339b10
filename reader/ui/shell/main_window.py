"""The window: where every action is carried out, and where its parts are joined to the session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from reader.session.imports import LockedFile
from reader.session.note_transfer import UnmatchedNotes
from reader.session.session import Session
from reader.settings import THUMBNAILS, Setting
from reader.ui.article.outline_pane import ContentsPane
from reader.ui.search.results_pane import ResultsPane
from reader.ui.shell import file_handlers
from reader.ui.shell import handlers as doing
from reader.ui.shell.actions import ACTIONS, Action
from reader.ui.shell.pane_host import LatePanes
from reader.ui.widgets import theme as themes

if TYPE_CHECKING:
    from reader.ui.pdf.thumbnails import Thumbnails

# What to do first when the key of an action is pressed that cannot be carried out yet.
WANTING = {
    "annotation": "Choose a highlight first: click on it, or press Alt+Down.",
    "selection": "Select a passage first: with the mouse, or with Shift and the arrow keys.",
    "hit": "Look for something first: Ctrl+F.",
    "pages": "This document has no printed pages.",
}


class Window(LatePanes):
    """Carries actions out, says what the session says, and takes the keyboard about."""

    def __init__(self, session: Session, theme: themes.Theme) -> None:
        super().__init__(session, theme)
        self.page.setFocus()
        self._join()
        self._restore_size()

    def _run(self) -> None:
        sender = self.sender()
        if isinstance(sender, QAction):
            self.run(next(action for action in ACTIONS if action.id == sender.data()))

    def run(self, action: Action) -> None:
        """Carries an action out, if what it needs is there."""
        if self.enabled(action):
            action.run(self)

    def enabled(self, action: Action) -> bool:
        """Whether what an action needs is there."""
        session = self.session
        have = {
            "document": session.current.document is not None,
            "selection": session.annotations.passage is not None
            or bool(session.selection.annotation_id),
            "annotation": bool(session.selection.annotation_id),
            "hit": session.search.state.count > 0,
            "pages": session.pages.has_pages,
        }
        return all(have[need] for need in action.needs)

    def _enable(self, _event: object = None) -> None:
        for action in ACTIONS:
            self._actions[action.id].setEnabled(self.enabled(action))

    def _join(self) -> None:
        session, header = self.session, self.header
        header.left_pane.clicked.connect(self._actions["left_pane"].trigger)
        header.notes_pane.clicked.connect(self._actions["notes_pane"].trigger)
        header.back.clicked.connect(session.navigation.back)
        header.forward.clicked.connect(session.navigation.forward)
        header.type.clicked.connect(self._actions["reading_settings"].trigger)
        header.theme.clicked.connect(self.themes.choose_next)
        header.export.clicked.connect(self._actions["export"].trigger)
        header.menu.clicked.connect(self.show_menu)
        header.search.left.connect(self._focus_page)
        header.search.results_wanted.connect(self.results.take_focus)
        self.status.view.clicked.connect(self._actions["printed"].trigger)
        self.status.page.clicked.connect(self._actions["go_to_page"].trigger)
        self.review_bar.wanted.connect(self._actions["review"].trigger)
        self.left_out_bar.show_wanted.connect(self._actions["left_out"].trigger)
        self.left_out_bar.whole_wanted.connect(self._actions["whole_page"].trigger)
        session.reanchoring.cases_ready.connect(self._begin_review)
        self.notes.export_wanted.connect(self._actions["export"].trigger)
        self.empty.open_wanted.connect(self._actions["open"].trigger)
        self.empty.guide_wanted.connect(self._actions["guide"].trigger)
        self.library.open_wanted.connect(self._actions["open"].trigger)
        self.library.table_wanted.connect(self._actions["shelf"].trigger)
        self.page.copy_wanted.connect(self._actions["copy_cited"].trigger)
        self.page.find_wanted.connect(self._actions["find_selection"].trigger)
        self.page.figure_wanted.connect(self._enlarge)
        session.current.changed.connect(self._show_document)
        session.pages.mode_changed.connect(self._show_view)
        session.search.results_changed.connect(self._show_results)
        session.annotations.edit_requested.connect(self._show_notes)
        session.settings.changed.connect(self._take_setting)
        session.users.changed.connect(self._take_user)
        session.imports.password_required.connect(self._ask_password)
        session.note_transfer.unmatched.connect(self._ask_homes)
        session.imports.failures_requested.connect(self._actions["failures"].trigger)
        for signal in (
            session.current.changed,
            session.selection.span_changed,
            session.selection.annotation_changed,
            session.search.results_changed,
            session.search.hit_changed,
            session.annotations.changed,
        ):
            signal.connect(self._enable)
        self._enable()

    def _show_view(self) -> None:
        self._show_document(self.session.current.document)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._enable()

    def _show_results(self) -> None:
        active = self.session.search.state.active
        self.left.setCurrentWidget(self.results if active else self.reading)
        if active and not self.left.isVisible():
            self.left.setVisible(True)

    def _show_notes(self, _annotation_id: str) -> None:
        self.notes.setVisible(True)

    def _take_setting(self, setting: Setting[Any]) -> None:
        if setting == THUMBNAILS:
            self._show_thumbnails()

    def show_palette(self) -> None:
        """Shows all commands, to be found by name."""
        from reader.ui.shell.command_palette import Palette

        Palette(self, self.theme).exec()

    def show_shortcuts(self) -> None:
        """Shows all keys on one sheet."""
        from reader.ui.shell.command_palette import ShortcutSheet

        ShortcutSheet(self.theme, self).exec()

    def _enlarge(self, asset: str) -> None:
        doing.enlarge_figure(self, asset)

    def _ask_homes(self, notes: UnmatchedNotes) -> None:
        file_handlers.ask_homes(self, notes.path, notes.report)

    def _ask_password(self, file: LockedFile) -> None:
        file_handlers.ask_password(self, file.path, file.sentence)

    def _take_user(self, _name: str) -> None:
        self._enable()

    def next_pane(self, by: int) -> None:
        """Moves the keyboard to another pane: left, page, notes, search."""
        panes: list[QWidget | None] = [
            self.header.search,
            self.left,
            self._review,
            self.page,
            self.printed,
            self.notebook,
            self.shelf,
            self.notes,
        ]
        shown = [pane for pane in panes if pane is not None and pane.isVisible()]
        focus = QApplication.focusWidget()
        now = next(
            (i for i, p in enumerate(shown) if focus and (p is focus or p.isAncestorOf(focus))), -by
        )
        pane = shown[(now + by) % len(shown)]
        if pane is self.left:
            self._left_list.take_focus()
        elif pane is self.notes:
            self.notes.take_focus()
        elif pane is self._review:
            self.review.take_focus()
        elif self.notebook is not None and pane is self.notebook:
            self.notebook.list.take_focus()
        elif self.shelf is not None and pane is self.shelf:
            self.shelf.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            pane.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def _left_list(self) -> ResultsPane | Thumbnails | ContentsPane:
        if self.session.search.state.active:
            return self.results
        small = self.thumbnails
        return small if small is not None and small.isVisible() else self.contents

    def _focus_page(self) -> None:
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def start_search(self, library: bool = False) -> None:
        """Puts the keyboard into the search field."""
        self.results.show_library(True if library else None)
        self.header.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.header.search.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self._peel()
        elif key == Qt.Key.Key_F10:
            self.show_menu()
        elif missing := self._missing_for(event):
            self.session.notifier.info(missing)
        else:
            super().keyPressEvent(event)

    def _missing_for(self, event: QKeyEvent) -> str:
        """What there must be for the action of a key; "" when there is none that lacks anything."""
        pressed = QKeySequence(event.keyCombination())
        for action in ACTIONS:
            if pressed in self._actions[action.id].shortcuts() and not self.enabled(action):
                return next((WANTING[need] for need in WANTING if need in action.needs), "")
        return ""

    def _peel(self) -> None:
        """Esc takes the topmost layer away: card, selection, search, choice, full screen."""
        if self.message.isVisible():
            self.message.dismiss()
        elif self.view.escape():
            return
        elif self.session.search.state.active:
            self.header.search.end_search()
        elif self._review is not None and self._review.isVisible():
            self._review.put_away()
        elif self.session.selection.annotation_id:
            self.session.annotations.choose("")
        elif self.isFullScreen():
            self.toggle_full_screen()
