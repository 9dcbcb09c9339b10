"""What mouse and keyboard do on the text of an article."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, floor

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QTextEdit

from reader.session.timers import repeating
from reader.ui.article.horizontal_bar import STEP_PX
from reader.ui.article.page_turning import turned_by
from reader.ui.article.scroll_keeper import ScrollKeeper
from reader.ui.article.text_layout import TextLayout
from reader.ui.article.text_painter import TextPainter
from reader.ui.article.text_selection import TextSelection
from reader.ui.marks.document_view import Target
from reader.ui.marks.view_binder import ViewBinder
from reader.ui.typeset.formats import GUTTER_PX
from reader.ui.typeset.geometry import nearest_line, offset_at, visible_blocks

LINE_STEP_PX = 56
EDGE_MS = 120

PassOn = Callable[[QEvent], bool]
"""Gives an event to Qt; whether Qt took it."""


class TextInput(QObject):
    """Acts on the events of a view and of its viewport before Qt does, or after it."""

    figure_wanted = Signal(str)  # the name of the picture's file
    zoom_wanted = Signal(int)  # by how many steps

    def __init__(
        self,
        view: QTextEdit,
        layout: TextLayout,
        scroll_keeper: ScrollKeeper,
        selection: TextSelection,
        painter: TextPainter,
        binder: ViewBinder,
    ) -> None:
        super().__init__(view)
        self._view = view
        self._layout = layout
        self._scroll_keeper = scroll_keeper
        self._selection = selection
        self._painter = painter
        self._binder = binder
        self._is_handing_on = False
        self._is_pressed_in_margin = False
        self._edge = 0
        self._edge_timer = repeating(self, EDGE_MS)
        self._edge_timer.timeout.connect(self._pass_edge)
        view.viewport().setMouseTracking(True)

    # The view's own events: the keyboard, and the margins beside the column

    def view_event(self, event: QEvent, pass_on: PassOn) -> bool:
        """Act on an event of the view; return whether it was taken."""
        if isinstance(event, QWheelEvent):
            return self._wheel(event)
        if isinstance(event, QMouseEvent) and self._begins_in_margin(event):
            return self._hand_on(event)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event) or pass_on(event)
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            self._binder.leave_focus()
        if (
            isinstance(event, QContextMenuEvent)
            and event.reason() == QContextMenuEvent.Reason.Keyboard
        ):
            # Qt would first scroll to its caret, which is hidden and may be anywhere.
            self._binder.open_menu_by_key()
            return True
        return pass_on(event)

    def _begins_in_margin(self, event: QMouseEvent) -> bool:
        """Whether a mouse event is for the margin: what the viewport leaves alone comes up to
        the view too, and going down again it would go round for ever."""
        if self._is_handing_on or not self._view.viewport().isVisible():
            return False
        inside = self._view.viewport().geometry().contains(event.position().toPoint())
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            self._is_pressed_in_margin = not inside
        return not inside or self._is_pressed_in_margin

    def _hand_on(self, event: QMouseEvent) -> bool:
        viewport = self._view.viewport()
        inner = QMouseEvent(
            event.type(),
            QPointF(viewport.mapFrom(self._view, event.position().toPoint())),
            event.globalPosition(),
            event.button(),
            event.buttons(),
            event.modifiers(),
        )
        self._is_handing_on = True
        try:
            return QApplication.sendEvent(viewport, inner)
        finally:
            self._is_handing_on = False

    # The viewport's events: the mouse on the text

    def viewport_event(self, event: QEvent, pass_on: PassOn) -> bool:
        """Act on an event of the viewport; return whether it was taken."""
        # Where pages are turned, with its point in the one endless column that Qt knows.
        moved = self._layout.turner.moved(event)
        if moved is None:
            return self._viewport_event(event, pass_on)
        taken = self._viewport_event(moved, pass_on)
        event.setAccepted(moved.isAccepted())
        return taken

    def _viewport_event(self, event: QEvent, pass_on: PassOn) -> bool:
        if isinstance(event, QMouseEvent):
            return self._mouse(event, pass_on)
        if isinstance(event, QWheelEvent):
            return self._wheel(event)
        if isinstance(event, QContextMenuEvent):
            self._binder.open_menu(self._target(QPointF(event.pos())), event.globalPos())
            return True
        return pass_on(event)

    def _mouse(self, event: QMouseEvent, pass_on: PassOn) -> bool:
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress:
            self._binder.press()
            extends = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            is_left = event.button() == Qt.MouseButton.LeftButton
            self._selection.begin_by_mouse(extends or not is_left)
        elif kind == QEvent.Type.MouseButtonDblClick:
            if self._open(event.position()):
                return True
            self._selection.is_by_mouse = True
        taken = self._pass_on(self._on_a_line(event), pass_on)
        self._watch_edge(event)
        if kind == QEvent.Type.MouseButtonRelease:
            self._selection.is_by_mouse = False
            if event.button() == Qt.MouseButton.LeftButton:
                self._release(event.position())
        elif kind == QEvent.Type.MouseMove and not event.buttons():
            point = event.position()
            on_page = self._view.mapFromGlobal(event.globalPosition().toPoint())
            self._binder.point_at(self._target(point), on_page)
        return taken

    def _watch_edge(self, event: QMouseEvent) -> None:
        """While one drags beyond the upper or lower edge, go on into other parts of a long text."""
        y, height = event.position().y(), self._view.viewport().height()
        is_drawn = (
            bool(event.buttons() & Qt.MouseButton.LeftButton) and not self._selection.is_empty
        )
        self._edge = (1 if y > height else -1 if y < 0 else 0) if is_drawn else 0
        if not self._edge:
            self._edge_timer.stop()
        elif not self._edge_timer.isActive():
            self._edge_timer.start()

    def _pass_edge(self) -> None:
        bar = self._view.verticalScrollBar()
        if bar.value() == (bar.maximum() if self._edge > 0 else bar.minimum()):
            self._scroll_keeper.turn(self._edge)

    def _on_a_line(self, event: QMouseEvent) -> QMouseEvent:
        """The event at the nearest line of text, as a press between two lines means one of them."""
        typeset, point = self._layout.typeset, event.position()
        inside = 0 <= point.y() < self._view.viewport().height()
        is_selecting = bool((event.buttons() | event.button()) & Qt.MouseButton.LeftButton)
        if typeset is None or not inside or not is_selecting:
            return event
        place = point + self._moved()
        moved_px = nearest_line(typeset, place.x(), place.y()) - place.y()
        if not moved_px:
            return event
        # Rounded away from the gap, as Qt asks for whole pixels.
        moved_px = ceil(moved_px) if moved_px > 0 else floor(moved_px)
        return _moved_by(event, QPointF(0, moved_px))

    def _pass_on(self, event: QMouseEvent, pass_on: PassOn) -> bool:
        """Let Qt act on an event: in a mirrored table where Qt itself has put the cell."""
        typeset, shift_px = self._layout.typeset, 0
        mirror = typeset.mirror if typeset is not None else None
        # Where the mouse merely passes, Qt looks for anchors, of which there are none.
        is_passing = event.type() == QEvent.Type.MouseMove and not event.buttons()
        if typeset is not None and mirror is not None and not is_passing:
            place = event.position() + self._moved()
            blocks = visible_blocks(typeset, place.y(), place.y())
            shifts = (mirror.under(block, place.x() - GUTTER_PX) for block in blocks)
            shift_px = next((one for one in shifts if one), 0)
        if typeset is None or mirror is None or not shift_px:
            return pass_on(event)
        with mirror.lifted(typeset):
            return pass_on(_moved_by(event, QPointF(-shift_px, 0)))

    def _release(self, point: QPointF) -> None:
        if self._selection.is_empty:
            self._binder.click(self._target(point))
        else:
            self._binder.settle()

    def _open(self, point: QPointF) -> bool:
        """Open what a double click is on: a note or a figure; whether there was either."""
        if self._binder.write_note(self._target(point)):
            return True
        if self._layout.typeset is None:
            return False
        name = self._layout.typeset.documentLayout().imageAt(point + self._moved())
        if name:
            self.figure_wanted.emit(name)
        return bool(name)

    def _moved(self) -> QPointF:
        return QPointF(self._scroll_keeper.left, self._scroll_keeper.top)

    def _target(self, point: QPointF) -> Target:
        typeset = self._layout.typeset
        if typeset is None:
            return Target()
        place = point + self._moved()
        return Target(offset_at(typeset, place.x(), place.y()), self._painter.note_at(point))

    def _wheel(self, event: QWheelEvent) -> bool:
        down, across = event.angleDelta().y(), event.angleDelta().x()
        sideways = self._scroll_keeper.sideways
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            down, across = 0, across or down
        if sideways.isVisible() and abs(across) > abs(down):
            sideways.setValue(sideways.value() - across)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if down:
                self.zoom_wanted.emit(1 if down > 0 else -1)
        elif self._layout.turner.is_on and self._layout.typeset is not None:
            self._layout.turner.roll(down or across)
        else:
            before = self._scroll_keeper.top
            QApplication.sendEvent(self._view.verticalScrollBar(), event)
            if self._scroll_keeper.top == before and down:
                self._scroll_keeper.turn(1 if down < 0 else -1)
        event.accept()
        return True

    # Keys

    def _key(self, event: QKeyEvent) -> bool:
        keys, key = Qt.Key, event.key()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        free = plain and not self._selection.has_caret
        height = self._view.viewport().height()
        screen = max(LINE_STEP_PX, height - 3 * LINE_STEP_PX // 2)
        steps = {
            keys.Key_Down: LINE_STEP_PX,
            keys.Key_Up: -LINE_STEP_PX,
            keys.Key_PageDown: screen,
            keys.Key_PageUp: -screen,
            keys.Key_Space: screen,
        }
        aside = {keys.Key_Left: -STEP_PX, keys.Key_Right: STEP_PX}
        sideways = self._scroll_keeper.sideways
        if key in (keys.Key_Tab, keys.Key_Backtab):
            return False
        if key in (keys.Key_Return, keys.Key_Enter) and self._binder.follow_focus():
            return True
        # Imported here: a start presses no key.
        from PySide6.QtGui import QKeySequence

        if event.matches(QKeySequence.StandardKey.SelectAll):
            self._selection.select_all()
            return True
        turner = self._layout.turner
        if turner.is_on and not self._selection.has_caret and (by := turned_by(event)):
            turner.turn(by)
        elif key == keys.Key_Space and shift:
            self._scroll_keeper.step(-screen)
        elif free and key in steps:
            self._scroll_keeper.step(steps[keys(key)])
        elif free and key in (keys.Key_Home, keys.Key_End):
            self._scroll_keeper.step_to_end(key == keys.Key_End)
        elif free and key in aside and sideways.isVisible():
            sideways.setValue(sideways.value() + aside[keys(key)])
        else:
            if shift and self._selection.is_empty and not self._selection.has_caret:
                self._selection.begin()
            return False
        return True


def _moved_by(event: QMouseEvent, by: QPointF) -> QMouseEvent:
    return QMouseEvent(
        event.type(),
        event.position() + by,
        event.globalPosition() + by,
        event.button(),
        event.buttons(),
        event.modifiers(),
    )
