"""Printed pages laid out under each other: zoom, scrolling, and which of them is in sight."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, cast

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, Signal
from PySide6.QtWidgets import QAbstractScrollArea

from reader.model.annotation import Area
from reader.model.pdf.page_map import PageBox, PageMap
from reader.model.span import Span
from reader.session.session import Session
from reader.settings import PAGE_ZOOM, PAGES_IN_TWOS, Setting
from reader.ui.pdf.page_layout import Fit, PageLayout, PlacedPage, next_zoom, zoom_of
from reader.ui.pdf.spots import Spot, text_in

TOP_PX = 20


class PageScroller(QObject):
    """Where the pages of the open document lie in a view, and the moving about in them.

    Everything that leaves or enters is a span of the document's text or a page; places in the
    view are counted from the top left of all pages laid out.
    """

    laid_out = Signal()  # pages lie where they did not
    moved = Signal()  # something else may be in sight now

    def __init__(self, view: QAbstractScrollArea, session: Session) -> None:
        super().__init__(view)
        self.pages: PageMap | None = None
        self.layout = PageLayout((), (100, 100))
        self._view = view
        self._session = session
        self._bar = view.verticalScrollBar()
        self._across = view.horizontalScrollBar()
        self._place: tuple[int, float] | None = None
        self._pending: Span | Area | None = None
        self._bar.valueChanged.connect(self._report)
        self._across.valueChanged.connect(self._report)
        session.pages.page_requested.connect(self.go_to_page)
        session.annotations.area_requested.connect(self.show_area)
        session.pages.rotated.connect(self._take_rotation)
        session.settings.changed.connect(self._take_setting)

    def show_pages(self, pages: PageMap | None) -> None:
        """Lay out these pages where the person left them; None for nothing."""
        self.pages = pages
        self._place = self._pending = None
        if pages is None:
            self.layout = PageLayout((), (100, 100))
            return
        self._lay_out()
        left, position = self._session.pages.page_place, self._session.navigation.position
        if left is not None:
            self._go(*left)
        elif position is not None and position.offset:
            self.scroll_to(Span(position.offset, position.offset))
        else:
            self._go(1, 0.0)

    def go_on_with(self, pages: PageMap) -> None:
        """Take the pages of the same file again, with their words now, at the same place."""
        self.pages = pages
        self._keep_place(self._lay_out)

    @property
    def _zoom(self) -> float | Fit:
        """How large pages are shown: 1 is 100 %."""
        kept = self._session.settings.get(PAGE_ZOOM)
        return cast("Fit", kept) if isinstance(kept, str) else float(kept)

    def _lay_out(self) -> None:
        if self.pages is None:
            return
        # The bar keeps its room, so that pages do not jump when it comes and goes.
        room = (self._view.width() - self._bar.sizeHint().width(), self._view.height())
        in_twos = bool(self._session.settings.get(PAGES_IN_TWOS))
        turn = self._session.pages.quarter_turns
        self.layout = PageLayout(self.pages.pages, room, self._zoom, turn, in_twos)
        self._set_ranges()
        self.laid_out.emit()

    def _set_ranges(self) -> None:
        size, across = self._view.viewport().size(), self._across
        spare = max(0, round(self.layout.width) - size.width())
        across.setRange(0, spare)
        across.setPageStep(size.width())
        across.setSingleStep(40)
        self._bar.setRange(0, max(0, round(self.layout.height) - size.height()))
        self._bar.setPageStep(size.height())
        self._bar.setSingleStep(56)

    def _take_setting(self, setting: Setting[Any]) -> None:
        if setting in (PAGE_ZOOM, PAGES_IN_TWOS) and self.pages is not None:
            self._keep_place(self._lay_out)

    def _take_rotation(self, _quarter_turns: int) -> None:
        if self.pages is not None:
            self._keep_place(self._lay_out)

    def _keep_place(self, change: Callable[[], None], at: QPointF | None = None) -> None:
        """Lay out anew with the same place of a page at the upper edge, or under a point."""
        point = at if at is not None else QPointF(self._view.viewport().width() / 2, 0)
        x, y = point.x() + self.left, point.y() + self.top
        placed = self.layout.at(x, y) if at is not None else self.layout.first(y)
        down = (y - placed.area.y()) / placed.area.height()
        across = (x - placed.area.x()) / placed.area.width()
        change()
        area = self.layout.of(placed.page.number).area
        self._across.setValue(round(area.x() + across * area.width() - point.x()))
        self._scroll(area.y() + down * area.height() - point.y())

    def fit(self) -> None:
        """Lay the pages out for a new size of the view."""
        if self.pages is None:
            return
        if self._place is not None:
            place = self._place
            self._lay_out()
            self._go(*place)
        else:
            self._keep_place(self._lay_out)
        self._resume()

    def restore_when_shown(self) -> None:
        """Go where the view was sent while it was not shown and had no size."""
        self._lay_out()
        if self._place is not None:
            self._go(*self._place)
        self._resume()
        self._pending = None

    def _resume(self) -> None:
        if isinstance(self._pending, Area):
            self.show_area(self._pending)
        elif self._pending is not None:
            self.scroll_to(self._pending)

    def zoom_by(self, steps: int, at: QPointF | None = None) -> None:
        """Make the pages larger or smaller, around a point of the view; 0 fits them again."""
        if self.pages is None:
            return
        settings = self._session.settings
        if not steps:
            settings.set(PAGE_ZOOM, "auto")
            return
        wanted = next_zoom(self.layout.first(self.top), steps)
        if at is None:
            settings.set(PAGE_ZOOM, wanted)
        else:
            self._keep_place(partial(settings.set, PAGE_ZOOM, wanted), at)

    def zoom_to(self, boxes: Sequence[PageBox]) -> None:
        """Make some boxes of a page as large as fits the view, and bring them into its middle."""
        if not boxes:
            return
        room = self._view.viewport().size()
        zoom = zoom_of(self.layout.of(boxes[0].page), boxes, room)
        self._session.settings.set(PAGE_ZOOM, zoom)
        middle = self.layout.of(boxes[0].page).area_of(boxes).center()
        self._across.setValue(round(middle.x() - room.width() / 2))
        self._scroll(middle.y() - room.height() / 2)

    # Scrolling

    @property
    def top(self) -> int:
        """The height of the pages at the upper edge of the view."""
        return self._bar.value()

    @property
    def left(self) -> int:
        """How far the pages are moved to the left."""
        spare = self._view.viewport().width() - self.layout.width
        # Pages are laid out in the whole room: only wider ones are moved.
        return self._across.value() if spare < 0 else 0

    def _go(self, number: int, share: float) -> None:
        self._place = (number, share)
        area = self.layout.of(number).area
        margin = TOP_PX if share <= 0 else 0
        self._scroll(area.y() + share * area.height() - margin)
        self._place = (number, share)

    def go_to_page(self, number: int) -> None:
        """Show a page from its top."""
        self._go(number, 0.0)

    def step_page(self, by: int) -> None:
        """Show the page after or before the one at the upper edge."""
        now = self.layout.first(self.top + TOP_PX + 2)
        # Leaving a page half read upwards goes to its own top first.
        inside = self.top > now.area.y() - TOP_PX + 2
        number = now.page.number + (by if by > 0 or not inside else 0)
        in_twos = bool(self._session.settings.get(PAGES_IN_TWOS))
        two = len(self.layout.all) > 1 and in_twos
        number += by if two and now.page.number > 1 else 0
        self._go(min(max(number, 1), len(self.layout.all)), 0.0)

    def step(self, by_px: int) -> None:
        """Scroll down by some pixels."""
        self._bar.setValue(self.top + by_px)

    def move_to(self, left: float, top: float) -> None:
        """Scroll to a place in both directions."""
        self._across.setValue(round(left))
        self._bar.setValue(round(top))

    def _scroll(self, y: float) -> None:
        self._bar.setRange(0, max(self._bar.maximum(), 0))
        self._bar.setValue(round(y))
        self._report()

    def _report(self) -> None:
        """Tell the session what is in sight now."""
        self.moved.emit()
        self._place = None
        if self.pages is None or not self.layout.all:
            return
        placed = self.layout.first(self.top + TOP_PX + 1)
        share = max(0.0, (self.top - placed.area.y()) / placed.area.height())
        last = self.top >= self._bar.maximum() - 2
        offset = self._offset_below(placed)
        self._session.pages.locate_page(placed.page, share, offset, last)

    def _offset_below(self, placed: PlacedPage) -> int:
        """The offset of the first text of a page below the upper edge of the view."""
        assert self.pages is not None
        if self.top <= placed.area.y():
            return placed.page.span.start
        x, y = placed.point(placed.area.left(), self.top + TOP_PX)
        found = self.pages.at(placed.page.number, x, y)
        return placed.page.span.start if found is None else found

    def scroll_to(self, span: Span) -> None:
        """Bring a span into view: a heading to the top, other text where it is read best."""
        if self.pages is None:
            return
        if not self._view.isVisible():
            self._pending = span
        page = self.pages.page_at(span.start)
        if page is None:
            return
        area = self._area(Span(span.start, max(span.end, span.start + 1)))
        # The start of a document is the top of its first page, not its first word.
        if area is None or span == Span(0, 0):
            self._go(page.number, 0.0)
        elif not len(span):
            self._bring(area.x(), area.right())
            self._scroll(area.top() - TOP_PX)
        else:
            height = self._view.viewport().height()
            if area.top() < self.top + 40 or area.bottom() > self.top + height - 60:
                self._scroll(area.top() - height * 0.3)
            self._bring(area.left(), area.right())
        self._view.viewport().update()

    def show_area(self, area: Area) -> None:
        """Bring an area of a page into view."""
        if self.pages is None or area.page > len(self.pages.pages):
            return
        if not self._view.isVisible():
            self._pending = area
        box = self.layout.of(area.page).box(area.box)
        height = self._view.viewport().height()
        if box.top() < self.top or box.bottom() > self.top + height:
            self._scroll(box.top() - max(TOP_PX, (height - box.height()) / 2))
        self._bring(box.left(), box.right())

    def _bring(self, left: float, right: float) -> None:
        wide = self._view.viewport().width()
        if left < self.left or right > self.left + wide:
            wanted = min(left - 40, right + 40 - wide) if right > left else left
            self._across.setValue(round(wanted))

    # Places

    def _area(self, span: Span) -> QRectF | None:
        """Where the first lines of a span lie in the view."""
        assert self.pages is not None
        boxes = self.pages.boxes(span)
        return self.layout.of(boxes[0].page).box(boxes[0]) if boxes else None

    def rectangle_of(self, span: Span) -> QRect:
        """Where a span begins, in the widget's coordinates."""
        area = self._area(span) or QRectF(self.left, self.top, 1, 1)
        return self._in_widget(area)

    def rectangle_of_box(self, box: PageBox) -> QRect:
        """Where a box of a page lies, in the widget's coordinates."""
        return self._in_widget(self.layout.of(box.page).box(box))

    def _in_widget(self, area: QRectF) -> QRect:
        moved = area.translated(-self.left, -self.top).toAlignedRect()
        return moved.translated(self._view.viewport().pos())

    @property
    def seen(self) -> QRectF:
        """The part of the view that is in sight."""
        size = self._view.viewport().size()
        return QRectF(self.left, self.top, size.width(), size.height())

    def in_sight(self) -> list[PlacedPage]:
        """The pages of which something is in sight."""
        return self.layout.between(self.top, self.top + self._view.viewport().height())

    def visible_span(self) -> Span:
        """The text in sight, from the first to the last word of it."""
        assert self.pages is not None
        offset = self._session.navigation.location.offset
        return text_in(self.pages, self.in_sight(), self.seen) or Span(offset, offset)

    def place_of(self, point: QPointF) -> QPointF:
        """The place in the view of a point of the viewport."""
        return QPointF(point.x() + self.left, point.y() + self.top)

    def spot_of(self, point: QPointF) -> Spot | None:
        """The spot of a page at, or nearest to, a point of the viewport; None without pages."""
        if self.pages is None:
            return None
        place = self.place_of(point)
        placed = self.layout.at(place.x(), place.y())
        return (placed.page.number, *placed.point(place.x(), place.y()))
