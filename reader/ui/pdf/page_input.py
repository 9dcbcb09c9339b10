"""What mouse and keyboard do on printed pages; what is selected are whole words."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication

from reader.model.span import Span
from reader.session.session import Session
from reader.session.timers import repeating, single_shot
from reader.ui.marks.document_view import Target
from reader.ui.marks.mark_painter import MarkPainter
from reader.ui.marks.view_binder import SETTLE_AFTER_MOUSE_MS, SETTLE_DELAY_MS, ViewBinder
from reader.ui.pdf.area_input import AreaInput
from reader.ui.pdf.key_selection import changed, with_word
from reader.ui.pdf.page_caret import PageCaret
from reader.ui.pdf.page_painter import PagePainter
from reader.ui.pdf.page_scroller import PageScroller
from reader.ui.pdf.spots import Spot, offset_at, span_around

LINE_STEP_PX = 56
EDGE_SCROLL_MS = 30
# A third press this near to a double click selects the paragraph.
_NEAR_PX = 6


class PageInput(QObject):
    """Acts on the events of a view of pages and of its viewport."""

    def __init__(
        self,
        view: QAbstractScrollArea,
        session: Session,
        scroller: PageScroller,
        painter: PagePainter,
        marks: MarkPainter,
        binder: ViewBinder,
        caret: PageCaret,
        area: AreaInput,
    ) -> None:
        super().__init__(view)
        self._view = view
        self._session = session
        self._scroller = scroller
        self._painter = painter
        self._marks = marks
        self._binder = binder
        self._caret = caret
        self._area = area
        self._from: Spot | None = None
        self._pressed = QPointF()
        self._is_dragged = False
        self._held: tuple[QPointF, int, int] | None = None
        self._edge_timer = repeating(self, EDGE_SCROLL_MS)
        self._edge_timer.timeout.connect(self._scroll_at_edge)
        self._click_timer = single_shot(self)
        view.viewport().setMouseTracking(True)

    def view_event(self, event: QEvent) -> bool:
        """Act on an event of the view; return whether Qt is not to act on it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            self._binder.leave_focus()
        if (
            isinstance(event, QContextMenuEvent)
            and event.reason() == QContextMenuEvent.Reason.Keyboard
        ):
            self._binder.open_menu_by_key()
            return True
        return False

    def viewport_event(self, event: QEvent) -> bool:
        """Act on an event of the viewport; return whether Qt is not to act on it."""
        if isinstance(event, QMouseEvent):
            return self._mouse(event)
        if isinstance(event, QWheelEvent):
            return self._wheel(event)
        if isinstance(event, QContextMenuEvent):
            self._binder.open_menu(self._target(QPointF(event.pos())), event.globalPos())
            return True
        return False

    # Places

    def _target(self, point: QPointF) -> Target:
        pages, spot = self._scroller.pages, self._scroller.spot_of(point)
        if pages is None or spot is None:
            return Target()
        offset, note = offset_at(pages, spot), self._painter.note_at(point)
        area = self._painter.area_at(point)
        if area is None or area.target.area is None:
            return Target(offset, note)
        return Target(offset, note, area, self._scroller.rectangle_of_box(area.target.area.box))

    # Mouse

    def _wheel(self, event: QWheelEvent) -> bool:
        down = event.angleDelta().y()
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if down:
            self._scroller.zoom_by(1 if down > 0 else -1, event.position())
        event.accept()
        return True

    def _mouse(self, event: QMouseEvent) -> bool:
        actions = {
            QEvent.Type.MouseButtonPress: self._press,
            QEvent.Type.MouseButtonDblClick: self._double_click,
            QEvent.Type.MouseButtonRelease: self._release,
            QEvent.Type.MouseMove: self._move,
        }
        act = actions.get(event.type())
        if act is not None:
            act(event)
        return act is not None

    def _press(self, event: QMouseEvent) -> None:
        self._binder.press()
        self._view.setFocus(Qt.FocusReason.MouseFocusReason)
        point = event.position()
        if event.button() == Qt.MouseButton.MiddleButton:
            self._held = (point, self._scroller.left, self._scroller.top)
            self._view.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        spot = self._scroller.spot_of(point)
        if spot is not None and self._area.wants(spot):
            self._area.press(spot, point)
        near = (point - self._pressed).manhattanLength() < _NEAR_PX
        is_third = self._click_timer.isActive() and near
        is_longer = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        self._pressed, self._is_dragged = point, True
        if is_third:
            self._select_around(point, "paragraph")
        elif is_longer and self._session.selection.span is not None:
            self._extend_to(point)
        else:
            self._is_dragged = False
            self._from = spot if not self._area.is_drawing else None

    def _move(self, event: QMouseEvent) -> None:
        point = event.position()
        if self._held is not None:
            start, left, top = self._held
            self._scroller.move_to(left - point.x() + start.x(), top - point.y() + start.y())
        elif self._area.is_drawing:
            self._area.move(point)
        elif self._from is not None:
            far = (point - self._pressed).manhattanLength() >= QApplication.startDragDistance()
            if far or self._is_dragged:
                self._is_dragged = True
                self._drag_to(point)
                outside = not 0 <= point.y() <= self._view.viewport().height()
                if outside != self._edge_timer.isActive():
                    (self._edge_timer.start if outside else self._edge_timer.stop)()
        elif not event.buttons() and not self._area.is_on:
            on_page = self._view.viewport().mapTo(self._view, point.toPoint())
            target = self._target(point)
            self._binder.point_at(target, on_page)
            is_free = target.note is None and target.area is None
            if is_free and self._area.wants(self._scroller.spot_of(point)):
                self._view.viewport().setCursor(Qt.CursorShape.CrossCursor)

    def _drag_to(self, point: QPointF) -> None:
        pages, here = self._scroller.pages, self._scroller.spot_of(point)
        if pages is not None and here is not None and self._from is not None:
            self._binder.select(pages.between(self._from, here))

    def _extend_to(self, point: QPointF) -> None:
        now, here = self._session.selection.span, self._scroller.spot_of(point)
        if now is None or here is None or self._scroller.pages is None:
            return
        word = self._scroller.pages.word_at(*here)
        if word is not None:
            longer = Span(min(now.start, word.start), max(now.end, word.end))
            self._binder.select(longer, SETTLE_AFTER_MOUSE_MS)

    def _scroll_at_edge(self) -> None:
        point = QPointF(self._view.viewport().mapFromGlobal(self._view.cursor().pos()))
        beyond = min(point.y(), 0.0) + max(point.y() - self._view.viewport().height(), 0.0)
        self._scroller.step(round(beyond / 2))
        self._drag_to(point)

    def _release(self, event: QMouseEvent) -> None:
        self._edge_timer.stop()
        if event.button() == Qt.MouseButton.MiddleButton:
            self._held = None
            self._view.viewport().unsetCursor()
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._from = None
        if self._area.is_drawing and self._area.release():
            return
        if self._is_dragged:
            self._binder.settle()
        else:
            self._binder.select(None)
            spot = self._scroller.spot_of(event.position())
            if spot is not None:
                self._caret.put(spot)
            self._binder.click(self._target(event.position()))

    def _double_click(self, event: QMouseEvent) -> None:
        if self._binder.write_note(self._target(event.position())):
            return
        self._pressed = event.position()
        self._select_around(event.position(), "word")
        self._is_dragged = True
        self._click_timer.start(QApplication.doubleClickInterval())

    def _select_around(self, point: QPointF, what: Literal["word", "paragraph"]) -> None:
        pages, spot = self._scroller.pages, self._scroller.spot_of(point)
        document = self._session.current.document
        if pages is not None and spot is not None and document is not None:
            self._binder.select(span_around(pages, document, spot, what))

    # Keys

    def _key(self, event: QKeyEvent) -> bool:
        keys, key = Qt.Key, event.key()
        if key in (keys.Key_Tab, keys.Key_Backtab):
            return False
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        screen = max(LINE_STEP_PX, self._view.viewport().height() - LINE_STEP_PX)
        whole = self._view.verticalScrollBar().maximum() + 1
        steps = {
            keys.Key_Down: LINE_STEP_PX,
            keys.Key_Up: -LINE_STEP_PX,
            keys.Key_PageDown: screen,
            keys.Key_PageUp: -screen,
            keys.Key_Space: -screen if shift else screen,
            keys.Key_Home: -whole,
            keys.Key_End: whole,
        }
        if self._area.key(event):
            return True
        if key in (keys.Key_Return, keys.Key_Enter) and self._binder.follow_focus():
            return True
        # Imported here: a start presses no key.
        from PySide6.QtGui import QKeySequence

        if event.matches(QKeySequence.StandardKey.SelectAll):
            document = self._session.current.document
            if document is not None:
                self._binder.select(Span(0, len(document.text.rstrip())), SETTLE_DELAY_MS)
            return True
        if self._caret.key(event):
            return True
        if shift and key in (keys.Key_Left, keys.Key_Right, keys.Key_Up, keys.Key_Down):
            self._select_by_key(keys(key))
        elif key in steps and (plain or key == keys.Key_Space):
            self._scroller.step(steps[keys(key)])
        elif key in (keys.Key_Left, keys.Key_Right) and plain:
            self._step_aside(1 if key == keys.Key_Right else -1)
        else:
            # Not the scroll area's own keys: they would act beside ours.
            event.ignore()
        return True

    def _step_aside(self, by: int) -> None:
        across = self._view.horizontalScrollBar()
        if across.maximum():
            across.setValue(across.value() + by * LINE_STEP_PX)
        else:
            self._scroller.step_page(by)

    def _select_by_key(self, key: Qt.Key) -> None:
        """Move the end of the selection by a word or a line; begin one at the current hit."""
        pages, document = self._scroller.pages, self._session.current.document
        if pages is None or document is None:
            return
        now = self._session.selection.span
        if now is not None:
            wanted = changed(document.text, pages, now, key)
        else:
            first = self._scroller.visible_span().start
            wanted = self._marks.current or with_word(document.text, Span(first, first))
        self._binder.select(wanted, SETTLE_DELAY_MS)
