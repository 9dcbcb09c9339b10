"""A caret on printed pages, which the arrow keys move, to select exactly."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractScrollArea

from reader.model.pdf.page_map import PageBox
from reader.model.span import Span
from reader.session.session import Session
from reader.ui.marks.mark_painter import MarkPainter
from reader.ui.marks.view_binder import SETTLE_DELAY_MS, ViewBinder
from reader.ui.pdf.caret_steps import by_letter, by_line, by_line_end, by_word, place_of
from reader.ui.pdf.page_scroller import PageScroller
from reader.ui.pdf.spots import Spot


class PageCaret(QObject):
    """The caret of a view of pages; between it and where it was put lies the selection."""

    def __init__(
        self,
        view: QAbstractScrollArea,
        session: Session,
        scroller: PageScroller,
        marks: MarkPainter,
        binder: ViewBinder,
    ) -> None:
        super().__init__(view)
        self.is_on = False
        self._view = view
        self._session = session
        self._scroller = scroller
        self._marks = marks
        self._binder = binder
        self._offset = 0
        self._anchor = 0
        self._selected: Span | None = None
        # Where on a line the caret wants to be while it moves by lines, in points.
        self._x: float | None = None

    @property
    def place(self) -> PageBox | None:
        """Where the caret stands; None while there is none."""
        pages = self._scroller.pages
        return place_of(pages, self._offset) if self.is_on and pages is not None else None

    def toggle(self) -> None:
        """Show the caret at the current hit, else where it was or where the page begins; or hide
        it."""
        if self.end() or self._scroller.pages is None:
            return
        self.is_on = True
        hit, visible = self._marks.current, self._scroller.visible_span()
        if hit is not None and visible.overlaps(hit) and self._offset == hit.start:
            self._offset = hit.end
        elif not visible.start <= self._offset <= visible.end or self.place is None:
            self._offset = visible.start
        self._anchor = self._offset
        self._binder.select(None)
        self._view.setFocus()

    def jump(self, offset: int) -> None:
        """Have the caret stand, or begin, where somebody has gone."""
        self._offset = self._anchor = offset
        self._x = None

    def end(self) -> bool:
        """Hide the caret; return whether there was one."""
        had_caret, self.is_on = self.is_on, False
        self._view.viewport().update()
        return had_caret

    def put(self, spot: Spot) -> None:
        """Put the caret to the letter at, or nearest to, a spot."""
        pages = self._scroller.pages
        offset = pages.at(*spot) if pages is not None else None
        if self.is_on and offset is not None:
            self._offset = self._anchor = offset
            self._x = None
            self._view.viewport().update()

    def key(self, event: QKeyEvent) -> bool:
        """Move the caret by a key; return whether it is one that moves it."""
        if not self.is_on:
            return False
        selected = self._session.selection.span
        if selected is not None and selected != self._selected:
            # The mouse has selected meanwhile.
            self._anchor, self._offset = selected.start, selected.end
        to = self._goal(event)
        if to is None:
            return False
        if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._anchor = to
        elif selected is None:
            self._anchor = self._offset
        self._offset = to
        self._select()
        self._bring()
        return True

    def _goal(self, event: QKeyEvent) -> int | None:
        pages, at = self._scroller.pages, self._offset
        key, modifiers = event.key(), event.modifiers()
        others = ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        control = Qt.KeyboardModifier.ControlModifier
        forwards = {Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_End}
        by = 1 if key in forwards else -1
        if pages is None or modifiers & others & ~control:
            return None
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._x = None
            step = by_word if modifiers & control else by_letter
            return step(pages, at, by)
        if modifiers & control:
            return None
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._x = None
            return by_line_end(pages, at, by)
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            place = place_of(pages, at)
            if self._x is None and place is not None:
                self._x = place.left
            return by_line(pages, at, self._x or 0.0, by)
        return None

    def _select(self) -> None:
        document = self._session.current.document
        start, end = sorted((self._anchor, self._offset))
        text = document.text if document is not None else ""
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        self._selected = Span(start, end) if start < end else None
        self._binder.select(self._selected, SETTLE_DELAY_MS)

    def _bring(self) -> None:
        pages, at = self._scroller.pages, self._offset
        if pages is None:
            return
        # The letter behind the caret, or the one before it where a word ends.
        letter = Span(at, at + 1)
        if not pages.boxes(letter):
            letter = Span(max(at - 1, 0), at)
        self._scroller.scroll_to(letter)
