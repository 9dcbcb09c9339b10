"""Printed pages laid out under each other: zoom, scrolling, and which of them is in sight."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, cast

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from reader.model.pdf.page_map import PageMap
from reader.model.span import Span
from reader.session.session import Session
from reader.settings import PAGE_ZOOM, PAGES_IN_TWOS, Setting
from reader.ui.pdf.page_layout import LARGEST, PX_A_POINT, SMALLEST, Fit, Leaf, Leaves
from reader.ui.widgets.marker_scrollbar import TickBar
from reader.ui.widgets.theme import Theme

ZOOMS = (0.25, 0.5, 0.67, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0, 6.0, 8.0)
TOP_PX = 20


class SheetArea(QAbstractScrollArea):
    """Where the pages of the open document lie, and the moving about in them.

    Everything that leaves or enters is a span of the document's text or a page; places in the
    view are counted from the top left of all pages laid out.
    """

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.theme = theme
        self.pages: PageMap | None = None
        self.leaves = Leaves((), (100, 100))
        self.ticks = TickBar(theme, self)
        self.setVerticalScrollBar(self.ticks)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCornerWidget(QWidget(self))
        self._place: tuple[int, float] | None = None
        self._pending: Span | None = None
        self.ticks.valueChanged.connect(self.scrolled)
        self.horizontalScrollBar().valueChanged.connect(self.scrolled)

    def show_pages(self, pages: PageMap | None) -> None:
        """Lays out these pages where the person left them; None for nothing."""
        self.pages = pages
        self._place = self._pending = None
        if pages is None:
            self.leaves = Leaves((), (100, 100))
            return
        self._lay_out()
        left, position = self.session.pages.page_place, self.session.navigation.position
        if left is not None:
            self._go(*left)
        elif position is not None and position.offset:
            self.show_span(Span(position.offset, position.offset))
        else:
            self._go(1, 0.0)

    def laid_out(self) -> None:
        """Is called when pages lie where they did not."""

    @property
    def zoom(self) -> float | Fit:
        """How large pages are shown: 1 is 100 %."""
        kept = self.session.settings.get(PAGE_ZOOM)
        return cast("Fit", kept) if isinstance(kept, str) else float(kept)

    @property
    def turn(self) -> int:
        """By how many quarter turns clockwise the open document is shown turned."""
        return self.session.pages.quarter_turns

    def _lay_out(self) -> None:
        if self.pages is None:
            return
        # The bar keeps its room, so that pages do not jump when it comes and goes.
        room = (self.width() - self.ticks.sizeHint().width(), self.height())
        in_twos = bool(self.session.settings.get(PAGES_IN_TWOS))
        self.leaves = Leaves(self.pages.pages, room, self.zoom, self.turn, in_twos)
        self._set_ranges()
        self.laid_out()

    def _set_ranges(self) -> None:
        view = self.viewport().size()
        across = self.horizontalScrollBar()
        spare = max(0, round(self.leaves.width) - view.width())
        across.setRange(0, spare)
        across.setPageStep(view.width())
        across.setSingleStep(40)
        self.ticks.setRange(0, max(0, round(self.leaves.height) - view.height()))
        self.ticks.setPageStep(view.height())
        self.ticks.setSingleStep(56)

    def _take_setting(self, setting: Setting[Any]) -> None:
        if setting in (PAGE_ZOOM, PAGES_IN_TWOS) and self.pages is not None:
            self._keep_place(self._lay_out)

    def _take_rotation(self, _quarter_turns: int) -> None:
        if self.pages is not None:
            self._keep_place(self._lay_out)

    def _keep_place(self, change: Callable[[], None], at: QPointF | None = None) -> None:
        """Lays out anew with the same place of a page at the upper edge, or under a point."""
        point = at if at is not None else QPointF(self.viewport().width() / 2, 0)
        x, y = point.x() + self.left, point.y() + self.top
        leaf = self.leaves.at(x, y) if at is not None else self.leaves.first(y)
        down = (y - leaf.area.y()) / leaf.area.height()
        across = (x - leaf.area.x()) / leaf.area.width()
        change()
        area = self.leaves.of(leaf.page.number).area
        self.horizontalScrollBar().setValue(round(area.x() + across * area.width() - point.x()))
        self._scroll(area.y() + down * area.height() - point.y())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.pages is None:
            return
        if self._place is not None:
            place = self._place
            self._lay_out()
            self._go(*place)
        else:
            self._keep_place(self._lay_out)
        if self._pending is not None:
            self.show_span(self._pending)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._lay_out()
        if self._place is not None:
            self._go(*self._place)
        if self._pending is not None:
            self.show_span(self._pending)
            self._pending = None

    def zoom_by(self, steps: int, at: QPointF | None = None) -> None:
        """Makes the pages larger or smaller, around a point of the view; 0 fits them again."""
        if self.pages is None:
            return
        if not steps:
            self.session.settings.set(PAGE_ZOOM, "auto")
            return
        scale = self.leaves.first(self.top).scale / PX_A_POINT
        larger = [zoom for zoom in ZOOMS if zoom > scale * 1.01]
        smaller = [zoom for zoom in ZOOMS if zoom < scale * 0.99]
        wanted = (larger or [LARGEST])[0] if steps > 0 else (smaller or [SMALLEST])[-1]
        if at is None:
            self.session.settings.set(PAGE_ZOOM, wanted)
        else:
            self._keep_place(partial(self.session.settings.set, PAGE_ZOOM, wanted), at)

    # Scrolling

    @property
    def top(self) -> int:
        """The height of the pages at the upper edge of the view."""
        return self.ticks.value()

    @property
    def left(self) -> int:
        """How far the pages are moved to the left."""
        spare = self.viewport().width() - self.leaves.width
        # Leaves are laid out in the whole room: only wider ones are moved.
        return self.horizontalScrollBar().value() if spare < 0 else 0

    def page_now(self) -> Leaf:
        """The page that is being read."""
        return self.leaves.first(self.top + self.viewport().height() / 3)

    def _go(self, number: int, share: float) -> None:
        self._place = (number, share)
        area = self.leaves.of(number).area
        margin = TOP_PX if share <= 0 else 0
        self._scroll(area.y() + share * area.height() - margin)
        self._place = (number, share)

    def go_to_page(self, number: int) -> None:
        """Shows a page from its top."""
        self._go(number, 0.0)

    def step_page(self, by: int) -> None:
        """Shows the page after or before the one at the upper edge."""
        now = self.leaves.first(self.top + TOP_PX + 2)
        # Leaving a page half read upwards goes to its own top first.
        inside = self.top > now.area.y() - TOP_PX + 2
        number = now.page.number + (by if by > 0 or not inside else 0)
        two = len(self.leaves.all) > 1 and bool(self.session.settings.get(PAGES_IN_TWOS))
        number += by if two and now.page.number > 1 else 0
        self._go(min(max(number, 1), len(self.leaves.all)), 0.0)

    def _scroll(self, y: float) -> None:
        self.ticks.setRange(0, max(self.ticks.maximum(), 0))
        self.ticks.setValue(round(y))
        self.scrolled()

    def scrolled(self) -> None:
        """Tells the session what is in sight now."""
        self._place = None
        if self.pages is None or not self.leaves.all:
            return
        leaf = self.leaves.first(self.top + TOP_PX + 1)
        share = max(0.0, (self.top - leaf.area.y()) / leaf.area.height())
        last = self.top >= self.ticks.maximum() - 2
        self.session.pages.locate_page(leaf.page, share, self._offset_below(leaf), last)

    def _offset_below(self, leaf: Leaf) -> int:
        """The offset of the first text of a page below the upper edge of the view."""
        assert self.pages is not None
        if self.top <= leaf.area.y():
            return leaf.page.span.start
        x, y = leaf.point(leaf.area.left(), self.top + TOP_PX)
        found = self.pages.at(leaf.page.number, x, y)
        return leaf.page.span.start if found is None else found

    def show_span(self, span: Span) -> None:
        """Brings a span into view: a heading to the top, other text where it is read best."""
        if self.pages is None:
            return
        if not self.isVisible():
            self._pending = span
        page = self.pages.page_at(span.start)
        if page is None:
            return
        area = self._area(Span(span.start, max(span.end, span.start + 1)))
        if area is None:
            self._go(page.number, 0.0)
        elif not len(span):
            self._bring(area.x(), area.right())
            self._scroll(area.top() - TOP_PX)
        else:
            height = self.viewport().height()
            if area.top() < self.top + 40 or area.bottom() > self.top + height - 60:
                self._scroll(area.top() - height * 0.3)
            self._bring(area.left(), area.right())
        self.viewport().update()

    def _bring(self, left: float, right: float) -> None:
        bar, wide = self.horizontalScrollBar(), self.viewport().width()
        if left < self.left or right > self.left + wide:
            bar.setValue(round(min(left - 40, right + 40 - wide) if right > left else left))

    def _area(self, span: Span) -> QRectF | None:
        """Where the first lines of a span lie in the view."""
        assert self.pages is not None
        boxes = self.pages.boxes(span)
        if not boxes:
            return None
        first = self.leaves.of(boxes[0].page)
        return first.box(boxes[0])

    def rectangle_of(self, span: Span) -> QRect:
        """Where a span begins, in this widget's coordinates."""
        area = self._area(span) or QRectF(self.left, self.top, 1, 1)
        moved = area.translated(-self.left, -self.top).toAlignedRect()
        return moved.translated(self.viewport().pos())

    def visible_span(self) -> Span:
        """The text in sight, from the first to the last word of it."""
        assert self.pages is not None
        seen = QRectF(self.left, self.top, self.viewport().width(), self.viewport().height())
        spans = [
            span
            for leaf in self.in_sight()
            for span, box in self.pages.words_on(leaf.page.number)
            if seen.contains(leaf.box(box).center())
        ]
        if not spans:
            return Span(
                self.session.navigation.location.offset, self.session.navigation.location.offset
            )
        return Span(min(one.start for one in spans), max(one.end for one in spans))

    def in_sight(self) -> list[Leaf]:
        """The pages of which something is in sight."""
        return self.leaves.between(self.top, self.top + self.viewport().height())

    def view_point(self, point: QPointF) -> QPointF:
        """The place in the view of a point of the viewport."""
        return QPointF(point.x() + self.left, point.y() + self.top)
