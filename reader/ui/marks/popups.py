"""Small cards over the page: what a reference mark means, and what can be done with a selection."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from reader.model.annotation import COLOURS, Annotation
from reader.session.session import Session
from reader.ui.widgets.controls import ColourDot, IconButton
from reader.ui.widgets.theme import Theme, sans, serif

_SHADOW_PX = 10
_SCROLL_BAR_PX = 14


class Card(QFrame):
    """A raised card with a soft shadow, a child of the page."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._page = parent
        self.setContentsMargins(_SHADOW_PX, _SHADOW_PX, _SHADOW_PX, _SHADOW_PX)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Draws itself in the colours of `theme` from now on."""
        self.theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = QRectF(self.rect()).adjusted(_SHADOW_PX, _SHADOW_PX, -_SHADOW_PX, -_SHADOW_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        for i in range(_SHADOW_PX, 0, -2):
            painter.setBrush(QColor(0, 0, 0, 5 if not self.theme.dark else 14))
            painter.drawRoundedRect(body.adjusted(-i, -i + 3, i, i), 8 + i, 8 + i)
        painter.setPen(QPen(QColor(self.theme.line), 1))
        painter.setBrush(QColor(self.theme.raised))
        painter.drawRoundedRect(body, 8, 8)

    def place(self, beside: QRect, above: bool) -> None:
        """Shows the card below (or above) a rectangle of the parent, always wholly inside it."""
        self.adjustSize()
        # The scroll bar is drawn over what lies on the page.
        room = self._page.rect().adjusted(0, 0, -_SCROLL_BAR_PX, 0)
        size = self.sizeHint().expandedTo(self.minimumSize())
        x = min(max(room.left(), beside.left() - 16), room.right() - size.width())
        high = beside.top() - size.height() + _SHADOW_PX - 4
        low = beside.bottom() - _SHADOW_PX + 6
        y = high if above and high >= 0 else low
        if y + size.height() > room.bottom():
            y = max(0, high)
        self.setGeometry(QRect(QPoint(x, y), size))
        self.show()
        self.raise_()


class ReferenceCard(Card):
    """Shows the references behind a mark, with the way to the list."""

    wanted = Signal(int)  # offset of the reference to go to

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._head = QLabel(self)
        self._head.setObjectName("reference-heading")
        self._text = QLabel(self)
        self._text.setObjectName("reference-text")
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._go = QPushButton("Go to reference  ↵", self)
        self._go.setFlat(True)
        self._go.setCursor(Qt.CursorShape.PointingHandCursor)
        self._go.clicked.connect(self._want)
        self._offset = 0
        top = QHBoxLayout()
        top.addWidget(self._head, 1)
        top.addWidget(self._go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 12, 14)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self._text)
        self.setFixedWidth(400 + 2 * _SHADOW_PX)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._head.setFont(sans(11, 600))
        self._head.setStyleSheet(
            f"color: {theme.ink3}; font-size: 11px; font-weight: 600; letter-spacing: 0.5px;"
        )
        self._text.setFont(serif(15.5))
        self._text.setStyleSheet(
            f"color: {theme.ink}; font-family: 'Offprint Serif'; font-size: 15.5px;"
        )
        self._go.setStyleSheet(
            f"QPushButton {{ color: {theme.accent}; border: none; background: transparent;"
            " font-size: 12px; font-weight: 400; padding: 2px 4px; }"
            f"QPushButton:focus {{ border: 1px solid {theme.accent}; border-radius: 4px; }}"
        )

    def show_references(self, heading: str, text: str, offset: int, beside: QRect) -> None:
        """Shows `text` under `heading`; `offset` is where "Go to reference" leads."""
        self._head.setText(heading.upper())
        self._text.setText(text)
        inner = self.width() - 2 * _SHADOW_PX - 28
        self._text.setMinimumHeight(self._text.heightForWidth(inner))
        self._offset = offset
        self._go.show()
        self.setAccessibleName(f"{heading}: {text}")
        self.place(beside, above=False)

    def show_meaning(self, short: str, long: str, beside: QRect) -> None:
        """Shows what a short form stands for."""
        self.show_references(short, long, 0, beside)
        self._go.hide()
        # Not in capitals: "mTOR" and "MTOR" may be two things.
        self._head.setText(short)

    def _want(self) -> None:
        self.hide()
        self.wanted.emit(self._offset)

    def go(self) -> None:
        """Follows "Go to reference"."""
        self._want()

    def leaveEvent(self, event: QEvent) -> None:
        self.hide()
        super().leaveEvent(event)


class SelectionPopup(Card):
    """What can be done with a fresh selection, or with a highlight that was clicked on.

    Beside a highlight its colour is ringed, and it can be deleted; beside a selection it can be
    searched for.
    """

    def __init__(self, session: Session, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._session = session
        self._annotation_id = ""
        layout = QHBoxLayout(self)
        layout.setContentsMargins(6, 4, 6, 4)
        layout.setSpacing(2)
        self._dots = []
        for i, colour in enumerate(COLOURS, 1):
            dot = ColourDot(
                colour, f"{session.annotations.meaning(colour)} – {colour} ({i})", theme, self
            )
            dot.setCheckable(True)
            dot.clicked.connect(self._mark)
            layout.addWidget(dot)
            self._dots.append(dot)
        self._buttons = []
        layout.addSpacing(8)
        for name, tip, slot in (
            ("message-square-text", "Write a note (N)", session.marker.write_note),
            ("copy", "Copy with citation (Ctrl+Shift+C)", self._copy),
            ("search", "Find this (Ctrl+Shift+E)", self._find),
            ("trash-2", "Delete highlight (Delete)", self._delete),
        ):
            button = IconButton(name, tip, theme, self, 28)
            button.clicked.connect(slot)
            layout.addWidget(button)
            self._buttons.append(button)
        self.offer()

    copy_wanted = Signal()
    find_wanted = Signal()

    def offer(self, annotation: Annotation | None = None) -> None:
        """Offer what can be done with a highlight, or with the selection for None."""
        self._annotation_id = annotation.id if annotation is not None else ""
        find, delete = self._buttons[-2:]
        find.setVisible(annotation is None)
        delete.setVisible(annotation is not None)
        thing = "selection" if annotation is None else "highlight"
        self.setAccessibleName(f"What to do with the {thing}")
        for dot in self._dots:
            dot.setChecked(annotation is not None and dot.colour == annotation.colour)

    def renew(self) -> None:
        """Ring the colour that the highlight has now; go when there is no such highlight."""
        if self._annotation_id and self.isVisible():
            annotation = self._session.annotations.get(self._annotation_id)
            if annotation is None:
                self.hide()
            else:
                self.offer(annotation)

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
        self.renew()

    def _copy(self) -> None:
        self.copy_wanted.emit()

    def _delete(self) -> None:
        self.hide()
        self._session.annotations.delete(self._annotation_id)

    def _find(self) -> None:
        self.find_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self._page.setFocus()
        else:
            super().keyPressEvent(event)
