"""Small cards over the page, and the bar of what can be done with a selection."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from reader.model.annotation import COLOURS, Annotation
from reader.session.session import Session
from reader.ui.commands.key_map import KeyTip
from reader.ui.widgets.controls import ColourDot, IconButton
from reader.ui.widgets.theme import Theme

SHADOW_PX = 10
_SCROLL_BAR_PX = 14


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
        # The scroll bar is drawn over what lies on the page.
        room = self.page.rect().adjusted(0, 0, -_SCROLL_BAR_PX, 0)
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
        self._tips: list[KeyTip] = []
        for colour in COLOURS:
            dot = ColourDot(
                colour, f"{session.annotations.meaning(colour)} – {colour}", theme, self
            )
            self._tips.append(KeyTip(session, dot, ""))
            dot.setCheckable(True)
            dot.clicked.connect(self._mark)
            layout.addWidget(dot)
            self._dots.append(dot)
        self._buttons = []
        self._button_tips: list[KeyTip] = []
        layout.addSpacing(8)
        for name, tip, action_id, slot in (
            ("message-square-text", "Write a note", "note", session.marker.write_note),
            ("copy", "Copy with citation", "copy_cited", self._copy),
            ("search", "Find this", "find_selection", self._find),
            ("trash-2", "Delete highlight", "delete", self._delete),
        ):
            button = IconButton(name, tip, theme, self, 28)
            self._button_tips.append(KeyTip(session, button, f"{tip} ([{action_id}])"))
            button.clicked.connect(slot)
            layout.addWidget(button)
            self._buttons.append(button)
        # Tab comes here from the page.
        before = parent
        for widget in (*self._dots, *self._buttons):
            QWidget.setTabOrder(before, widget)
            before = widget
        self.name_colours()
        self.offer()

    copy_wanted = Signal()
    find_wanted = Signal()

    def offer(self, annotation: Annotation | None = None) -> None:
        """Offer what can be done with a highlight, or with the selection for None."""
        self._annotation_id = annotation.id if annotation is not None else ""
        find, delete = self._buttons[-2:]
        find.setVisible(annotation is None)
        delete.setVisible(annotation is not None)
        on_area = annotation is not None and annotation.target.area is not None
        said, key = ("Copy as picture", "copy") if on_area else ("Copy with citation", "copy_cited")
        self._button_tips[1].set_text(f"{said} ([{key}])")
        self._buttons[1].setAccessibleName(said)
        thing = "selection" if annotation is None else "area" if on_area else "highlight"
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
        for dot, tip in zip(self._dots, self._tips, strict=True):
            said = f"{self._session.annotations.meaning(dot.colour)} – {dot.colour}"
            tip.set_text(f"{said} ([{dot.colour}])")

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
            self.page.setFocus()
        else:
            super().keyPressEvent(event)
