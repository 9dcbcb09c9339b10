"""The printed pages as one works with them: selecting, clicking on marks, going by keyboard."""

from __future__ import annotations

from typing import Any, Literal

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from reader.model.annotation import Annotation
from reader.model.document import Document
from reader.model.span import Span
from reader.session.session import Session
from reader.session.timers import repeating, single_shot
from reader.settings import COLOUR_MEANINGS, Setting
from reader.ui.marks.hover import Pointing
from reader.ui.marks.popups import SelectionBar
from reader.ui.pdf.key_selection import changed, with_word
from reader.ui.pdf.page_layer import SheetView
from reader.ui.pdf.spots import Spot, offset_at, span_around
from reader.ui.widgets.theme import Theme

SETTLE_DELAY_MS = 350
SETTLE_AFTER_MOUSE_MS = 120
LINE_STEP_PX = 56
EDGE_SCROLL_MS = 30


class Sheets(SheetView):
    """Mouse and keyboard on the pages; what is selected are whole words."""

    copy_wanted = Signal()
    find_wanted = Signal()

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, theme, parent)
        self.context_menu: QMenu | None = None
        self._from: Spot | None = None
        self._pressed = QPointF()
        self._dragged = False
        self._held: tuple[QPointF, int, int] | None = None
        self._clicks = 0
        self.viewport().setMouseTracking(True)
        self.pointing = Pointing(session, theme, self, self)
        self._bar = SelectionBar(session, theme, self)
        self._bar.copy_wanted.connect(self.copy_wanted)
        self._bar.find_wanted.connect(self.find_wanted)
        self._settle_timer = single_shot(self)
        self._settle_timer.timeout.connect(self._offer)
        self._edge_timer = repeating(self, EDGE_SCROLL_MS)
        self._edge_timer.timeout.connect(self._scroll_at_edge)
        self._click_timer = single_shot(self)

    def set_theme(self, theme: Theme) -> None:
        self.pointing.set_theme(theme)
        self._bar.set_theme(theme)
        super().set_theme(theme)

    def open(self, document: Document | None) -> None:
        self._put_cards_away()
        super().open(document)
        self.pointing.open(document if self.pages is not None else None)

    def scrolled(self) -> None:
        self._put_cards_away()
        super().scrolled()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._put_cards_away()
        super().resizeEvent(event)

    def _put_cards_away(self) -> None:
        self.pointing.put_away()
        self._bar.hide()

    def _take_setting(self, setting: Setting[Any]) -> None:
        if setting == COLOUR_MEANINGS:
            self._bar.name_colours()
        super()._take_setting(setting)

    def _take_choice(self, annotation_id: str) -> None:
        if annotation_id:
            self.session.selection.set_span(None)
        super()._take_choice(annotation_id)

    def _take_selection(self, span: Span | None) -> None:
        self._bar.hide()
        super()._take_selection(span)

    # Places

    def _spot(self, point: QPointF) -> Spot | None:
        if self.pages is None:
            return None
        place = self.view_point(point)
        leaf = self.leaves.at(place.x(), place.y())
        return (leaf.page.number, *leaf.point(place.x(), place.y()))

    def _offset_at(self, point: QPointF) -> int | None:
        """The offset of the text at a point; None beside it."""
        spot = self._spot(point)
        if spot is None or self.pages is None:
            return None
        return offset_at(self.pages, spot)

    def _note_at(self, point: QPointF) -> Annotation | None:
        place = self.view_point(point)
        if self.pages is None:
            return None
        for annotation, box in self.note_signs(self.leaves.at(place.x(), place.y())):
            if box.adjusted(-4, -4, 4, 4).contains(place.toPoint()):
                return annotation
        return None

    # Mouse

    def wheelEvent(self, event: QWheelEvent) -> None:
        down = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if down:
                self.zoom_by(1 if down > 0 else -1, event.position())
            event.accept()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._put_cards_away()
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        point = event.position()
        if event.button() == Qt.MouseButton.MiddleButton:
            self._held = (point, self.left, self.top)
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._dragged = False
        again = self._click_timer.isActive() and (point - self._pressed).manhattanLength() < 6
        self._pressed = point
        if again:
            self._select_around(point, "paragraph")
            self._dragged = True
            return
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if shift and self.session.selection.span is not None:
            self._extend_to(point)
            self._dragged = True
            return
        self._from = self._spot(point)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position()
        if self._held is not None:
            start, left, top = self._held
            self.horizontalScrollBar().setValue(round(left - (point.x() - start.x())))
            self.ticks.setValue(round(top - (point.y() - start.y())))
        elif self._from is not None:
            far = (point - self._pressed).manhattanLength() >= QApplication.startDragDistance()
            if far or self._dragged:
                self._dragged = True
                self._drag_to(point)
                outside = not 0 <= point.y() <= self.viewport().height()
                if outside != self._edge_timer.isActive():
                    (self._edge_timer.start if outside else self._edge_timer.stop)()
        elif not event.buttons():
            self._hover(point)

    def _hover(self, point: QPointF) -> None:
        offset = self._offset_at(point)
        on_page = self.viewport().mapTo(self, point.toPoint())
        shape = Qt.CursorShape.ArrowCursor if offset is None else Qt.CursorShape.IBeamCursor
        if self.pointing.hover(offset, on_page) or self._note_at(point) is not None:
            shape = Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(shape)

    def _drag_to(self, point: QPointF) -> None:
        here = self._spot(point)
        if self.pages is not None and here is not None and self._from is not None:
            self.session.selection.set_span(self.pages.between(self._from, here))

    def _extend_to(self, point: QPointF) -> None:
        now, here = self.session.selection.span, self._spot(point)
        if now is None or here is None or self.pages is None:
            return
        word = self.pages.word_at(*here)
        if word is not None:
            self.session.selection.set_span(
                Span(min(now.start, word.start), max(now.end, word.end))
            )
            self._settle_timer.start(SETTLE_AFTER_MOUSE_MS)

    def _scroll_at_edge(self) -> None:
        point = QPointF(self.viewport().mapFromGlobal(self.cursor().pos()))
        beyond = min(point.y(), 0.0) + max(point.y() - self.viewport().height(), 0.0)
        self.ticks.setValue(self.top + round(beyond / 2))
        self._drag_to(point)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._edge_timer.stop()
        if event.button() == Qt.MouseButton.MiddleButton:
            self._held = None
            self.viewport().unsetCursor()
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._from = None
        if self._dragged:
            self._settle_timer.start(SETTLE_AFTER_MOUSE_MS)
        else:
            self.session.selection.set_span(None)
            self._click(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        annotation = self._note_at(event.position())
        if annotation is not None:
            self.session.annotations.write_note(annotation.id)
            return
        self._pressed = event.position()
        self._select_around(event.position(), "word")
        self._dragged = True
        self._click_timer.start(QApplication.doubleClickInterval())

    def _select_around(self, point: QPointF, what: Literal["word", "paragraph"]) -> None:
        spot, document = self._spot(point), self.session.current.document
        if self.pages is None or spot is None or document is None:
            return
        self.session.selection.set_span(span_around(self.pages, document, spot, what))

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

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        offset = self._offset_at(QPointF(event.pos()))
        found = self.marking.highlights.at(offset) if offset is not None else None
        if found is not None and self.session.selection.span is None:
            self.session.annotations.choose(found.id)
        if self.context_menu is not None:
            self.session.selection.menu_offset = offset
            self.context_menu.popup(event.globalPos())

    def _offer(self) -> None:
        span = self.session.selection.span
        if span is not None and self._from is None:
            self._bar.place(self.rectangle_of(span), above=True)

    # Keys

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Tab walks the reference marks and links in sight, then leaves the pages."""
        if self.pages is None or not self.hasFocus():
            return super().focusNextPrevChild(forwards)
        return self.pointing.step(forwards) or super().focusNextPrevChild(forwards)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.marking.focus = None
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys, key = Qt.Key, event.key()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        screen = max(LINE_STEP_PX, self.viewport().height() - LINE_STEP_PX)
        steps = {
            keys.Key_Down: LINE_STEP_PX,
            keys.Key_Up: -LINE_STEP_PX,
            keys.Key_PageDown: screen,
            keys.Key_PageUp: -screen,
            keys.Key_Space: -screen if shift else screen,
            keys.Key_Home: -self.ticks.maximum() - 1,
            keys.Key_End: self.ticks.maximum() + 1,
        }
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in (keys.Key_Return, keys.Key_Enter) and self.marking.focus is not None:
            self.pointing.enter()
        elif shift and key in (keys.Key_Left, keys.Key_Right, keys.Key_Up, keys.Key_Down):
            self._select_by_key(keys(key))
        elif key in steps and (plain or key == keys.Key_Space):
            self.ticks.setValue(self.top + steps[keys(key)])
        elif key in (keys.Key_Left, keys.Key_Right) and plain:
            by = 1 if key == keys.Key_Right else -1
            across = self.horizontalScrollBar()
            if across.maximum():
                across.setValue(across.value() + by * LINE_STEP_PX)
            else:
                self.step_page(by)
        else:
            # Not the scroll area's own keys: they would act beside ours.
            event.ignore()

    def _select_by_key(self, key: Qt.Key) -> None:
        """Moves the end of the selection by a word or a line; begins one at the current hit."""
        if self.pages is None or self.session.current.document is None:
            return
        text, now = self.session.current.document.text, self.session.selection.span
        if now is not None:
            wanted = changed(text, self.pages, now, key)
        else:
            first = self.visible_span().start
            wanted = self.marking.current or with_word(text, Span(first, first))
        self.session.selection.set_span(wanted)
        self._settle_timer.start(SETTLE_DELAY_MS)

    def escape(self) -> bool:
        """Peels the topmost layer off the pages; whether there was one."""
        if self.pointing.is_shown or self._bar.isVisible():
            self._put_cards_away()
            return True
        if self.session.selection.span is not None:
            self.session.selection.set_span(None)
            return True
        if self.marking.focus is not None:
            self.marking.focus = None
            self.viewport().update()
            return True
        return False
