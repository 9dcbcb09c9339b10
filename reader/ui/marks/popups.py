"""Small cards over the page, and the bar of what can be done with a selection."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from reader.model.annotation import COLOURS
from reader.session.session import Session
from reader.ui.widgets.controls import ColourDot, IconButton
from reader.ui.widgets.theme import Theme

SHADOW_PX = 10


class Card(QFrame):
    """A raised card with a soft shadow, a child of the page."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.page = parent  # what the card lies over
        self.setContentsMargins(SHADOW_PX, SHADOW_PX, SHADOW_PX, SHADOW_PX)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Draws itself in the colours of `theme` from now on."""
        self.theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = QRectF(self.rect()).adjusted(SHADOW_PX, SHADOW_PX, -SHADOW_PX, -SHADOW_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        for i in range(SHADOW_PX, 0, -2):
            painter.setBrush(QColor(0, 0, 0, 5 if not self.theme.dark else 14))
            painter.drawRoundedRect(body.adjusted(-i, -i + 3, i, i), 8 + i, 8 + i)
        painter.setPen(QPen(QColor(self.theme.line), 1))
        painter.setBrush(QColor(self.theme.raised))
        painter.drawRoundedRect(body, 8, 8)

    def place(self, beside: QRect, above: bool) -> None:
        """Shows the card below (or above) a rectangle of the parent, always wholly inside it."""
        self.adjustSize()
        room = self.page.rect()
        size = self.sizeHint().expandedTo(self.minimumSize())
        x = min(max(room.left(), beside.left() - 16), room.right() - size.width())
        high = beside.top() - size.height() + SHADOW_PX - 4
        low = beside.bottom() - SHADOW_PX + 6
        y = high if above and high >= 0 else low
        if y + size.height() > room.bottom():
            y = max(0, high)
        self.setGeometry(QRect(QPoint(x, y), size))
        self.show()
        self.raise_()


class SelectionPopup(Card):
    """Five colours, note, copy and find, beside a fresh selection."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._session = session
        self.setAccessibleName("What to do with the selection")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(6, 4, 6, 4)
        layout.setSpacing(2)
        self._dots = []
        for i, colour in enumerate(COLOURS, 1):
            dot = ColourDot(
                colour, f"{session.annotations.meaning(colour)} – {colour} ({i})", theme, self
            )
            dot.clicked.connect(self._mark)
            layout.addWidget(dot)
            self._dots.append(dot)
        self._buttons = []
        layout.addSpacing(8)
        for name, tip, slot in (
            ("message-square-text", "Write a note (N)", session.marker.write_note),
            ("copy", "Copy with citation (Ctrl+Shift+C)", self._copy),
            ("search", "Find this (Ctrl+Shift+E)", self._find),
        ):
            button = IconButton(name, tip, theme, self, 28)
            button.clicked.connect(slot)
            layout.addWidget(button)
            self._buttons.append(button)

    copy_wanted = Signal()
    find_wanted = Signal()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        for dot in self._dots:
            dot.set_theme(theme)
        for button in self._buttons:
            button.set_theme(theme)

    def name_colours(self) -> None:
        """Takes over what the user calls the colours."""
        for i, dot in enumerate(self._dots, 1):
            dot.setToolTip(f"{self._session.annotations.meaning(dot.colour)} – {dot.colour} ({i})")

    def _mark(self) -> None:
        dot = self.sender()
        assert isinstance(dot, ColourDot)
        self._session.marker.highlight(dot.colour)

    def _copy(self) -> None:
        self.copy_wanted.emit()

    def _find(self) -> None:
        self.find_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.page.setFocus()
        else:
            super().keyPressEvent(event)
