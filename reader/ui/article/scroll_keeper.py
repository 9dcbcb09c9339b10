"""Where an article is read: scrolling, and the same line in sight through every new layout."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QRect, QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextEdit

from reader.model.span import Span
from reader.session.session import Session
from reader.ui.article.horizontal_bar import HEIGHT_PX, Sideways
from reader.ui.article.text_layout import TextLayout
from reader.ui.typeset.geometry import (
    first_line,
    landing_top,
    line_rectangle,
    rectangles,
    visible_span,
)


class ScrollKeeper(QObject):
    """Scrolls a view over its layout and tells the session what is in sight."""

    moved = Signal()  # something else may be in sight now

    def __init__(self, view: QTextEdit, layout: TextLayout, session: Session) -> None:
        super().__init__(view)
        self._view = view
        self._layout = layout
        self._session = session
        # Offset and share above the edge of a line that was scrolled to, and the height there.
        self._kept: tuple[int, float, int] | None = None
        self._restored: tuple[int, float, int] | None = None
        self._bar = view.verticalScrollBar()
        self._across = view.horizontalScrollBar()
        self.sideways = Sideways(view)
        self._bar.valueChanged.connect(self.report)
        layout.turner.part_wanted.connect(self.turn)

    # Building

    def open(self, offset: int, fraction: float) -> None:
        """Set the part of the layout's document that holds a line, and scroll there."""
        self._set_part(self._layout.part_of(offset))
        self.scroll_to_line(offset, fraction)

    def forget(self) -> None:
        """Let go of the place: nothing is shown."""
        self._kept = self._restored = None

    def rebuild(self, at_once: bool = False) -> None:
        """Set the same part anew, with the same line at the upper edge; a long one in steps, unless
        it is wanted `at_once`."""
        if self._layout.typeset is None:
            self._view.viewport().update()
        else:
            self._layout.set_anew(self._show_anew, at_once)

    def _show_anew(self, show: Callable[[], None]) -> None:
        place = self.first_line()
        self._kept = None
        show()
        self._place_sideways()
        self.scroll_to_line(*place)
        if not self._layout.fits:
            # The view has become wider or narrower meanwhile.
            self.fit(place)

    def _set_part(self, number: int) -> None:
        self._kept = None
        self._layout.set_part(number)
        self._place_sideways()

    def fit(self, place: tuple[int, float]) -> None:
        """Lay the text out for a new size of the view; `place` is the first line from before."""
        if not self._layout.fits:
            self._kept = None
            if not self._layout.refit():
                self._layout.set_part(self._layout.number)
            self.scroll_to_line(*place)
        self._layout.centre()
        self._place_sideways()
        self.report()

    def _place_sideways(self) -> None:
        area = self._view.viewport().geometry()
        top = self._view.height() - HEIGHT_PX
        self.sideways.setGeometry(area.x(), top, area.width(), HEIGHT_PX)
        self.sideways.raise_()

    def restore_when_shown(self) -> None:
        """Scroll to the same line again as soon as the view has been shown."""
        # Until a view is shown, Qt bounds its scroll bar by a layout that is not there yet.
        self._restored = self._kept
        QTimer.singleShot(0, self._restore)

    def _restore(self) -> None:
        if self._restored is not None and self._layout.typeset is not None:
            self.scroll_to_line(*self._restored[:2])
        self._restored = None

    # What is in sight

    @property
    def top(self) -> int:
        """The height of the page at the upper edge of the view."""
        return self._bar.value()

    @property
    def left(self) -> int:
        """How far the page is moved to the left."""
        return self._across.value()

    def first_line(self) -> tuple[int, float]:
        """The offset of the first visible line, and the share of it above the edge."""
        if self._layout.typeset is None:
            return 0, 0.0
        if self._kept is not None and self._kept[2] == self.top:
            # Nobody has scrolled since: another zoom and back leads to the very same place.
            return self._kept[:2]
        return first_line(self._layout.typeset, self.top, self._view.height())

    def visible_span(self) -> Span:
        """The text in sight, in whole paragraphs."""
        assert self._layout.typeset is not None
        return visible_span(self._layout.typeset, self.top, self._layout.turner.bottom)

    def rectangle_of(self, span: Span) -> QRect:
        """Where a span in sight begins, in the view's coordinates."""
        typeset = self._layout.typeset
        assert typeset is not None
        start, end = (typeset.offsets.position(o) for o in (span.start, span.end))
        boxes = rectangles(typeset, start, max(end, start + 1), typeset.findBlock(start))
        box = boxes[0] if boxes else line_rectangle(typeset, span.start)
        moved = box.translated(-self.left, -self.top).toRect()
        return self._layout.turner.to_view(moved).translated(self._view.viewport().pos())

    def report(self) -> None:
        """Tell the session what is in sight now."""
        self.moved.emit()
        layout = self._layout
        if layout.is_building or layout.document is None or layout.typeset is None:
            return
        if layout.turner.snap():
            # Moved by that, it has reported already.
            return
        if layout.turner.is_on:
            # Qt would move what is painted, and paint only what came in at the edge.
            self._view.viewport().update()
        if self._kept is not None and self._kept[2] != self.top and self._view.isVisible():
            self._kept = None
        wide = layout.typeset.wide_tables
        self.sideways.offer(bool(wide) and any(map(self.visible_span().overlaps, wide)))
        offset, fraction = self.first_line()
        at_end = layout.is_last and layout.turner.is_at_end
        self._session.navigation.report_location(
            offset, fraction, layout.typeset.offsets.end if at_end else offset
        )

    # Scrolling

    def scroll_to_line(self, offset: int, fraction: float) -> None:
        """Bring a line of the part to the upper edge, with a share of it above that."""
        assert self._layout.typeset is not None
        if offset <= self._layout.typeset.offsets.start and fraction <= 0.0:
            self._scroll(0)
            return
        line = line_rectangle(self._layout.typeset, offset)
        self._kept = None
        self._scroll(round(line.top() + fraction * line.height()))
        self._kept = (offset, fraction, self.top)

    def scroll_to_share(self, share: float) -> None:
        """Bring the line to the upper edge that is so far down the document, from 0 to 1."""
        document = self._layout.document
        if document is not None:
            offset = min(round(share * len(document.text)), len(document.text) - 1)
            self._set_part(self._layout.part_of(offset))
            self.scroll_to_line(offset, 0.0)

    def _scroll(self, y: int) -> None:
        # The range is stale until the event loop has run.
        self._bar.setRange(0, max(self._bar.maximum(), y))
        self._bar.setValue(y)
        self.report()

    def step(self, by_px: int) -> None:
        """Scroll by some pixels; at an end of the part, on into the next one."""
        before = self.top
        self._bar.setValue(self.top + by_px)
        if self.top == before:
            self.turn(1 if by_px > 0 else -1)

    def step_to_end(self, forwards: bool) -> None:
        """Scroll to the end or the start of the part; from there on into the next one."""
        whole = self._bar.maximum() + 1
        self.step(whole if forwards else -whole)

    def turn(self, by: int) -> None:
        """Show the part after or before this one, when there is one."""
        if self._layout.has_part(self._layout.number + by):
            self._set_part(self._layout.number + by)
            if by > 0:
                self._scroll(0)
            else:
                self.scroll_to_line(self._layout.part.end - 1, 0.0)

    def scroll_to(self, span: Span) -> None:
        """Bring a span into view: a heading to the top, other text where it is read best."""
        if self._layout.document is None:
            return
        wanted = self._layout.part_of(span.start)
        if wanted != self._layout.number:
            self._set_part(wanted)
        typeset = self._layout.typeset
        assert typeset is not None
        if span.start == 0 and not len(span):
            self._scroll(0)
            self._put_cursor(0)
            return
        if len(span):
            self._bring(span)
        elif span.start < len(self._layout.document.text) - 1:
            self._scroll(round(landing_top(typeset, span.start)))
        else:
            # The last screen, not the last line above an empty page.
            height = typeset.documentLayout().documentSize().height()
            last_top = max(0, round(height) - self._view.viewport().height())
            self._bar.setRange(0, last_top)
            self._scroll(last_top)
        self._put_cursor(span.start)
        self._view.viewport().update()

    def _bring(self, span: Span) -> None:
        typeset = self._layout.typeset
        assert typeset is not None
        line = line_rectangle(typeset, span.start)
        last = line_rectangle(typeset, max(span.start, span.end - 1))
        height = self._view.viewport().height()
        if not self._layout.turner.holds(line.top(), last.bottom()):
            self._scroll(max(0, round(line.top() - height * 0.3)))
        if typeset.wide_tables:
            moved = self.rectangle_of(span).translated(-self._view.viewport().x(), 0)
            left = moved.left() + self.left
            self.sideways.bring(left, left + moved.width())

    def _put_cursor(self, offset: int) -> None:
        """Have the caret stand where one went, so that it reads on from there."""
        assert self._layout.typeset is not None
        cursor = self._view.textCursor()
        cursor.setPosition(self._layout.typeset.offsets.position(offset))
        self.set_cursor(cursor)

    def set_cursor(self, cursor: QTextCursor) -> None:
        """Move Qt's cursor without letting it scroll."""
        top, left = self.top, self.left
        self._view.setTextCursor(cursor)
        self._bar.setValue(top)
        self._across.setValue(left)
