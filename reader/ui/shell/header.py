"""The header: panes, history, title, the one search field, type, theme, export."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QWidget

from reader.model.document import Document
from reader.session.navigation import Location
from reader.session.session import Session
from reader.session.timers import single_shot
from reader.ui.commands.key_map import KeyTip, with_keys
from reader.ui.shell.layout import header_px, search_field_px
from reader.ui.widgets.controls import ElidedLabel, IconButton
from reader.ui.widgets.theme import Theme, pixmap

_REST_ROOM_PX = 8
TYPING_DELAY_MS = 40


class SearchField(QLineEdit):
    """The field that searches as one types; it shows which hit of how many is current."""

    left = Signal()  # Esc with the text kept: back to the page
    results_wanted = Signal()

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self.setMinimumWidth(180)
        self.setPlaceholderText("Search this article and your library")
        self.setAccessibleName("Search this article and your library")
        KeyTip(session, self, "Search this article and your library ([find])")
        self.setFrame(False)
        self._timer = single_shot(self, TYPING_DELAY_MS)
        self._timer.timeout.connect(self._find)
        self._count = QLabel(self)
        self._count.setObjectName("count")
        self._previous = IconButton("chevron-up", "Previous match", theme, self, 26)
        self._next = IconButton("chevron-down", "Next match", theme, self, 26)
        self._clear = IconButton("x", "End the search (Esc)", theme, self, 26)
        KeyTip(session, self._previous, "Previous match ([previous_hit])")
        KeyTip(session, self._next, "Next match ([next_hit])")
        self._previous.clicked.connect(self._step_back)
        self._next.clicked.connect(self._step_on)
        self._clear.clicked.connect(self.end_search)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 6, 0)
        row.setSpacing(4)
        row.addStretch(1)
        for widget in (self._count, self._previous, self._next, self._clear):
            row.addWidget(widget)
        self.textEdited.connect(self._typed)
        session.search.results_changed.connect(self._show_count)
        session.search.hit_changed.connect(self._show_count)
        session.current.changed.connect(self._show_count)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draws itself in the colours of `theme` from now on."""
        self._theme = theme
        for button in (self._previous, self._next, self._clear):
            button.set_theme(theme)
        self.setFixedHeight(search_field_px(theme))
        self.setMaximumWidth(theme.room(520))
        self.setStyleSheet(
            f"SearchField {{ background: {theme.raised}; border: 1px solid {theme.edge};"
            f" placeholder-text-color: {theme.ink3};"
            f" border-radius: 6px; padding-left: 30px; font-size: {theme.px(13)}px; }}"
            f"SearchField:focus {{ border: 2px solid {theme.accent}; padding-left: 29px; }}"
            f"#count {{ color: {theme.ink2}; font-size: {theme.px(12)}px; }}"
        )
        self._show_count()

    def _typed(self, _text: str) -> None:
        # The first key is answered at once; keys that follow fast are answered together.
        if not self._timer.isActive():
            self._find()
        self._timer.start()

    def _find(self) -> None:
        if self.text() != self._session.search.state.text:
            self._session.search.find(self.text())

    def look_for(self, text: str) -> None:
        """Searches for `text` as if it had been typed."""
        self.setText(text)
        self._find()

    def end_search(self) -> None:
        """Ends the search and goes back to the page."""
        self._timer.stop()
        self.clear()
        self._session.search.find("")
        self.left.emit()

    def take_focus(self) -> None:
        """Move the keyboard here."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def escape(self) -> bool:
        """End the search, if there is one; return False if there is none."""
        active = self._session.search.state.active
        if active:
            self.end_search()
        return active

    def _step_on(self) -> None:
        self._session.search.step(1)

    def _step_back(self) -> None:
        self._session.search.step(-1)

    def _show_count(self, _event: object = None) -> None:
        finding = self._session.search.state
        # Others search too: a suggestion, a filter, a search of before.
        if not self._timer.isActive() and self.text().strip() != finding.text.strip():
            self.setText(finding.text)
        active = finding.active
        for widget in (self._previous, self._next, self._clear):
            widget.setVisible(active)
        self._count.setVisible(True)
        if not active:
            self._count.setText("" if self.hasFocus() else self._key())
        elif finding.count == 0:
            self._count.setText("None here")
        elif finding.current >= 0:
            self._count.setText(f"{finding.current + 1} of {finding.count}")
        else:
            self._count.setText(f"{finding.count} here")
        self.update()
        room = self._count.sizeHint().width() + (90 if active else 14)
        self.setTextMargins(0, 0, room, 0)

    def _key(self) -> str:
        return with_keys(self._session.settings, "[find]").replace("+", " ")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shift = event.key(), event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._timer.stop()
            self._find()
            finding = self._session.search.state
            if finding.fresh and not finding.count and finding.library.total:
                # There is none here to go to: on to those of the library.
                self.results_wanted.emit()
            else:
                self._session.search.step(-1 if shift else 1)
        elif key == Qt.Key.Key_Escape:
            if self.text() and self._session.search.state.count:
                self.left.emit()
            else:
                self.end_search()
        elif key == Qt.Key.Key_Down and not self.text():
            self.show_earlier()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._session.search.step(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def show_earlier(self) -> None:
        """Offers the searches that are kept and those that led somewhere."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        saved = self._session.search.kept.saved
        recent = [one for one in self._session.search.kept.recent if one not in saved]
        for title, texts in (("Kept", saved), ("Recent", recent)):
            if texts:
                menu.addSection(title)
            for text in texts:
                menu.addAction(text.replace("&", "&&")).setData(text)
        if menu.isEmpty():
            menu.addAction("No searches yet").setEnabled(False)
        menu.triggered.connect(self._take_earlier)
        menu.setMinimumWidth(min(self.width(), 360))
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _take_earlier(self, action: QAction) -> None:
        self.look_for(str(action.data()))

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Tab takes the rest of the word, or the suggestion, where there is one."""
        rest = self._rest()
        if forwards and rest:
            self.look_for(self.text() + rest)
            return True
        if forwards and self.hasFocus() and self._session.search.take_suggestion():
            return True
        return super().focusNextPrevChild(forwards)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        picture = pixmap("search", self._theme.ink3, 16, self.devicePixelRatioF())
        x = 11 if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else self.width() - 27
        painter.drawPixmap(x, (self.height() - 16) // 2, picture)
        if rest := self._rest():
            painter.setPen(QColor(self._theme.ink3))
            painter.setFont(self.font())
            place = self.cursorRect().center()
            line = QFontMetrics(self.font())
            base = (self.height() + line.ascent() - line.descent()) // 2
            room = self.width() - self.textMargins().right() - place.x() - _REST_ROOM_PX
            shown = line.elidedText(rest, Qt.TextElideMode.ElideRight, max(0, room))
            painter.drawText(place.x() + 1, base, shown)

    def _rest(self) -> str:
        """What would complete the word before the caret."""
        finding = self._session.search.state
        ends = self.cursorPosition() == len(self.text()) and not self.hasSelectedText()
        return (
            finding.completion if self.hasFocus() and ends and self.text() == finding.text else ""
        )


class Header(QWidget):
    """The row on top of the window."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self.setObjectName("chrome")
        self.left_pane = IconButton("panel-left", "Contents and library", theme, self)
        self.back = IconButton("chevron-left", "Back", theme, self)
        self.forward = IconButton("chevron-right", "Forward", theme, self)
        self.title = ElidedLabel(self)
        self.search = SearchField(session, theme, self)
        self.type = IconButton("a-large-small", "Reading settings", theme, self)
        self.theme = IconButton("sun", "Light, sepia or dark", theme, self)
        self.export = IconButton("share", "Export notes", theme, self)
        self.menu = IconButton("ellipsis", "Menu (F10)", theme, self)
        self.notes_pane = IconButton("panel-right", "Notes", theme, self)
        for button, tip in (
            (self.left_pane, "Contents and library ([left_pane])"),
            (self.back, "Back ([back])"),
            (self.forward, "Forward ([forward])"),
            (self.type, "Reading settings ([reading_settings])"),
            (self.export, "Export notes ([export])"),
            (self.notes_pane, "Notes ([notes_pane])"),
        ):
            KeyTip(session, button, tip)
        start = QHBoxLayout()
        start.setSpacing(4)
        for widget in (self.left_pane, self.back, self.forward):
            start.addWidget(widget)
        start.addSpacing(6)
        start.addWidget(self.title, 1)
        finish = QHBoxLayout()
        finish.setSpacing(4)
        finish.addStretch(1)
        for widget in (self.type, self.theme, self.export, self.menu, self.notes_pane):
            finish.addWidget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(11, 0, 11, 0)
        row.setSpacing(16)
        row.addLayout(start, 1)
        row.addWidget(self.search, 2)
        row.addLayout(finish, 1)
        session.current.changed.connect(self._show_title)
        session.navigation.location_changed.connect(self._show_title)
        session.navigation.history_changed.connect(self._show_history)
        self.set_theme(theme)
        self._show_title()
        self._show_history()

    def set_theme(self, theme: Theme) -> None:
        """Draws itself in the colours of `theme` from now on."""
        self._theme = theme
        buttons = (self.left_pane, self.back, self.forward, self.type, self.theme)
        for button in (*buttons, self.export, self.menu, self.notes_pane):
            button.set_theme(theme)
        self.theme.set_icon("moon" if theme.dark else "sun")
        self.search.set_theme(theme)
        self.setFixedHeight(header_px(theme))
        self.title.setFont(theme.sans(13, 500))
        self.title.setStyleSheet(f"color: {theme.ink2}; font-weight: 500;")
        self.update()

    def _show_title(self, event: Document | Location | None = None) -> None:
        document = self._session.current.document
        # The page's own title is in view at the top; the header takes over when it is gone.
        scrolled = document is not None and self._session.navigation.location.offset > 0
        self.title.set_whole(document.title if document is not None and scrolled else "")

    def _show_history(self) -> None:
        self.back.setEnabled(self._session.navigation.can_go_back)
        self.forward.setEnabled(self._session.navigation.can_go_forward)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.chrome))
        painter.setPen(QPen(QColor(self._theme.line), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
