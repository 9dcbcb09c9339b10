"""The page: the view, and what mouse and keyboard do in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QMenu, QWidget

from reader.model.annotation import Annotation
from reader.model.document import Document
from reader.session.session import Session
from reader.ui.article.horizontal_bar import STEP_PX
from reader.ui.article.page_turning import turned_by
from reader.ui.article.selection import SelectingView
from reader.ui.marks.hover import Pointing
from reader.ui.typeset.formats import GUTTER_PX
from reader.ui.typeset.geometry import offset_at
from reader.ui.widgets.row_list import KEYBOARD_REASONS
from reader.ui.widgets.theme import Theme

SETTLE_AFTER_MOUSE_MS = 120
LINE_STEP_PX = 56


class Page(SelectingView):
    """The page as one works with it: selecting, clicking on marks, walking by keyboard."""

    figure_wanted = Signal(str)  # the name of the picture's file

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, theme, parent)
        self.context_menu: QMenu | None = None
        self._handing_on = False
        self._pressed_in_margin = False
        self.viewport().setMouseTracking(True)
        self.pointing = Pointing(session, theme, self, self)
        # The keyboard has come here from another pane.
        self._here = QFrame(self)
        self._here.hide()
        self._colour_line(theme)

    def _colour_line(self, theme: Theme) -> None:
        self._here.setStyleSheet(f"background: {theme.accent};")

    def set_theme(self, theme: Theme) -> None:
        self.pointing.set_theme(theme)
        self._colour_line(theme)
        super().set_theme(theme)

    def open(self, document: Document | None) -> None:
        self._caret = False
        self._put_cards_away()
        super().open(document)
        self.pointing.open(self.document_shown)

    def scrolled(self) -> None:
        self._put_cards_away()
        super().scrolled()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._put_cards_away()
        super().resizeEvent(event)
        self._here.setGeometry(0, 0, self.width(), 2)
        self._here.raise_()

    def _put_cards_away(self) -> None:
        self.pointing.put_away()
        self._bar.hide()

    # Mouse

    def event(self, event: QEvent) -> bool:
        # The margins beside the column are this widget's, not the viewport's.
        if isinstance(event, QWheelEvent):
            self.wheelEvent(event)
            return True
        if isinstance(event, QMouseEvent) and self._begins_in_margin(event):
            inner = QMouseEvent(
                event.type(),
                QPointF(self.viewport().mapFrom(self, event.position().toPoint())),
                event.globalPosition(),
                event.button(),
                event.buttons(),
                event.modifiers(),
            )
            self._handing_on = True
            try:
                return QApplication.sendEvent(self.viewport(), inner)
            finally:
                self._handing_on = False
        if (
            isinstance(event, QContextMenuEvent)
            and event.reason() == QContextMenuEvent.Reason.Keyboard
        ):
            # Qt would first scroll to its caret, which is hidden and may be anywhere.
            self._open_menu_by_key()
            return True
        return super().event(event)

    def _open_menu_by_key(self) -> None:
        span, corner = self.session.annotations.passage, QPoint(GUTTER_PX, 40)
        if self.context_menu is None:
            return
        if span is not None and self.typeset is not None:
            below = self.rectangle_of(span).bottomLeft()
            if self.rect().contains(below):
                corner = below
        self.context_menu.popup(self.mapToGlobal(corner))

    def _begins_in_margin(self, event: QMouseEvent) -> bool:
        """Whether a mouse event is for the margin: what the viewport leaves alone comes up to
        this widget too, and going down again it would go round for ever."""
        if self._handing_on or not self.viewport().isVisible():
            return False
        inside = self.viewport().geometry().contains(event.position().toPoint())
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            self._pressed_in_margin = not inside
        return not inside or self._pressed_in_margin

    def wheelEvent(self, event: QWheelEvent) -> None:
        down, across = event.angleDelta().y(), event.angleDelta().x()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            down, across = 0, across or down
        if self.sideways.isVisible() and abs(across) > abs(down):
            self.sideways.setValue(self.sideways.value() - across)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if down:
                self.zoom_by(1 if down > 0 else -1)
        elif self.turner.is_on and self.typeset is not None:
            self.turner.roll(down or across)
        else:
            before = self.top
            QApplication.sendEvent(self.ticks, event)
            if self.top == before and down:
                self.turn(1 if down < 0 else -1)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._put_cards_away()
        self._here.hide()
        self._by_mouse = True
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._by_mouse = False
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self.textCursor().hasSelection():
            self._settle_timer.start(SETTLE_AFTER_MOUSE_MS)
        else:
            self._click(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        annotation = self._note_at(event.position())
        if annotation is not None:
            self.session.annotations.write_note(annotation.id)
            return
        if self.typeset is not None:
            moved = QPointF(self.horizontalScrollBar().value(), self.top)
            name = self.typeset.documentLayout().imageAt(event.position() + moved)
            if name:
                self.figure_wanted.emit(name)
                return
        self._by_mouse = True
        super().mouseDoubleClickEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if event.buttons():
            return
        point = event.position()
        offset = self._offset_at(point)
        on_page = self.viewport().mapTo(self, point.toPoint())
        shape = Qt.CursorShape.ArrowCursor if offset is None else Qt.CursorShape.IBeamCursor
        if self.pointing.hover(offset, on_page) or self._note_at(point) is not None:
            shape = Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(shape)

    def _click(self, point: QPointF) -> None:
        beside = self._note_at(point)
        if beside is not None:
            self.session.annotations.choose(beside.id)
            return
        offset = self._offset_at(point)
        if self.pointing.click(offset):
            return
        found = self.marking.highlights.at(offset) if offset is not None else None
        self.session.annotations.choose(found.id if found else "")

    def _offset_at(self, point: QPointF) -> int | None:
        if self.typeset is None:
            return None
        x, y = point.x() + self.horizontalScrollBar().value(), point.y() + self.top
        return offset_at(self.typeset, x, y)

    def _note_at(self, point: QPointF) -> Annotation | None:
        y = point.y() + self.top
        for annotation, box in self.note_signs(y - 40, y + 40):
            if box.adjusted(-4, -4, 4, 4).contains(QPoint(round(point.x()), round(y))):
                return annotation
        return None

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        offset = self._offset_at(QPointF(event.pos()))
        found = self.marking.highlights.at(offset) if offset is not None else None
        if found is not None and not self.textCursor().hasSelection():
            self.session.annotations.choose(found.id)
        if self.context_menu is not None:
            self.session.selection.menu_offset = offset
            self.context_menu.popup(event.globalPos())

    # Keys

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Tab walks the reference marks and links in sight, then leaves the page."""
        if self.typeset is None or not self.hasFocus():
            return super().focusNextPrevChild(forwards)
        return self.pointing.step(forwards) or super().focusNextPrevChild(forwards)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._here.setVisible(event.reason() in KEYBOARD_REASONS)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.marking.focus = None
        self._here.hide()
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys, key = Qt.Key, event.key()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        screen = max(LINE_STEP_PX, self.viewport().height() - 3 * LINE_STEP_PX // 2)
        steps = {
            keys.Key_Down: LINE_STEP_PX,
            keys.Key_Up: -LINE_STEP_PX,
            keys.Key_PageDown: screen,
            keys.Key_PageUp: -screen,
            keys.Key_Space: screen,
            keys.Key_Home: -self.ticks.maximum() - 1,
            keys.Key_End: self.ticks.maximum() + 1,
        }
        aside = {keys.Key_Left: -STEP_PX, keys.Key_Right: STEP_PX}
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in (keys.Key_Return, keys.Key_Enter) and self.marking.focus is not None:
            self.pointing.enter()
        elif self.turner.is_on and not self._caret and (by := turned_by(event)):
            self.turner.turn(by)
        elif key == keys.Key_Space and shift:
            self._step(-screen)
        elif key in steps and plain and not self._caret:
            self._step(steps[keys(key)])
        elif key in aside and plain and not self._caret and self.sideways.isVisible():
            self.sideways.setValue(self.sideways.value() + aside[keys(key)])
        elif shift and not self.textCursor().hasSelection() and not self._caret:
            self._begin_selection()
            super().keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        before = self.top
        self.ticks.setValue(self.top + by)
        if self.top == before:
            self.turn(1 if by > 0 else -1)

    def escape(self) -> bool:
        """Peels the topmost layer off the page; whether there was one."""
        if self.pointing.is_shown or self._bar.isVisible():
            self._put_cards_away()
            return True
        if self._unselect():
            return True
        if self.marking.focus is not None or self._caret:
            self.marking.focus = None
            self._caret = False
            self.setCursorWidth(0)
            self.viewport().update()
            return True
        return False
