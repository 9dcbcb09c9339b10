"""Where the pages of a document lie under each other, and the way from a page to the view and back.

The view's coordinates are device-independent pixels from the top left of all pages laid out; a
page's own are points from its top left, as in `model.pages`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QRectF, QSize

from reader.model.pdf.page_map import Page, PageBox
from reader.ui.widgets.placed_page import PlacedPage as PlacedPage

Fit = Literal["auto", "width", "page"]

MARGIN_PX = 16
GAP_PX = 14
# What "100 %" is: a point of paper is 4/3 of a pixel.
PX_A_POINT = 96 / 72
# A page that fits a wide window is larger than anybody reads it.
WIDEST_AUTO = 1.25
SMALLEST, LARGEST = 0.1, 8.0
ZOOMS = (0.25, 0.5, 0.67, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0, 6.0, 8.0)
# A passage that was zoomed to does not touch the edges.
_ROOM_AROUND = 0.92
_SMALLEST_SIDE_PX = 8


class PageLayout:
    """All pages in their places, one or two beside each other."""

    def __init__(
        self,
        pages: Sequence[Page],
        room_px: tuple[int, int],
        zoom: float | Fit = "auto",
        turn: int = 0,
        in_twos: bool = False,
    ) -> None:
        """Lays the pages out for a view of that size; a number as `zoom` is 1 for 100 %."""
        self.all: list[PlacedPage] = []
        self._tops: list[float] = []
        self._rows: list[list[PlacedPage]] = []
        rows = _rows(pages, in_twos)
        across = 2 if in_twos and len(rows) > 1 else 1
        scales = [_scale(zoom, _fitting(row, room_px, turn, across)) for row in rows]
        widths = [
            sum(_turned(page, turn)[0] for page in row) * scale + GAP_PX * (len(row) - 1)
            for row, scale in zip(rows, scales, strict=True)
        ]
        halves = [width * across / len(row) for row, width in zip(rows, widths, strict=True)]
        self.width = max(halves, default=0.0) + 2 * MARGIN_PX
        middle = max(self.width, room_px[0]) / 2
        y = float(MARGIN_PX)
        for row, scale, width in zip(rows, scales, widths, strict=True):
            x = middle - width / 2
            if len(row) < across:
                # The first page is a right one, as in a bound book; a last one is a left one.
                x = middle + GAP_PX / 2 if row is rows[0] else middle - width - GAP_PX / 2
            placed = []
            for page in row:
                # Whole pixels, so that a page is shown as it was drawn.
                wide, tall = (
                    max(round(side * scale), _SMALLEST_SIDE_PX) for side in _turned(page, turn)
                )
                placed.append(PlacedPage(page, QRectF(round(x), round(y), wide, tall), scale, turn))
                x += wide + GAP_PX
            self._rows.append(placed)
            self._tops.append(y)
            self.all += placed
            y = max(one.area.bottom() for one in placed) + GAP_PX
        self.height = y - GAP_PX + MARGIN_PX

    def between(self, top: float, bottom: float) -> list[PlacedPage]:
        """The pages that are in sight between two heights."""
        first = max(bisect_right(self._tops, top) - 1, 0)
        last = bisect_right(self._tops, bottom)
        return [
            one
            for row in self._rows[first:last]
            for one in row
            if one.area.bottom() > top and one.area.top() < bottom
        ]

    def at(self, x: float, y: float) -> PlacedPage:
        """The page at a place, or the one nearest to it."""
        row = self._rows[max(bisect_right(self._tops, y) - 1, 0)]
        return min(row, key=lambda one: max(one.area.left() - x, x - one.area.right()))

    def first(self, top: float) -> PlacedPage:
        """The first page that is in sight below a height, or the last of all."""
        for row in self._rows[max(bisect_right(self._tops, top) - 1, 0) :]:
            if max(one.area.bottom() for one in row) > top:
                return row[0]
        return self._rows[-1][0]

    def of(self, number: int) -> PlacedPage:
        """The page of that number, from 1; the last of all when there are fewer."""
        return self.all[min(max(number, 1), len(self.all)) - 1]


def next_zoom(placed: PlacedPage, steps: int) -> float:
    """The zoom above the one that a page is shown at, or below it when `steps` is negative."""
    scale = placed.scale / PX_A_POINT
    larger = [zoom for zoom in ZOOMS if zoom > scale * 1.01]
    smaller = [zoom for zoom in ZOOMS if zoom < scale * 0.99]
    return (larger or [LARGEST])[0] if steps > 0 else (smaller or [SMALLEST])[-1]


def zoom_of(placed: PlacedPage, boxes: Sequence[PageBox], room: QSize) -> float:
    """The zoom at which some boxes of a page are as large as fits a view of that size."""
    area = placed.area_of(boxes)
    fits = min(room.width() / max(area.width(), 1.0), room.height() / max(area.height(), 1.0))
    zoom = placed.scale / PX_A_POINT * fits * _ROOM_AROUND
    return round(min(max(zoom, SMALLEST), LARGEST), 3)


def _rows(pages: Sequence[Page], in_twos: bool) -> list[list[Page]]:
    if not in_twos or len(pages) < 2:
        return [[page] for page in pages]
    return [[pages[0]], *(list(pages[i : i + 2]) for i in range(1, len(pages), 2))]


def _turned(page: Page, turn: int) -> tuple[float, float]:
    sides = page.width_pt, page.height_pt
    return (sides[1], sides[0]) if turn % 2 else sides


def _fitting(
    row: Sequence[Page], room_px: tuple[int, int], turn: int, across: int
) -> tuple[float, float]:
    """The scales at which a row of `across` pages is as wide, and as high, as the view."""
    sizes = [_turned(page, turn) for page in row]
    # A page that stands alone among pairs leaves the other's room free.
    sizes += sizes[:1] * (across - len(sizes))
    wide = room_px[0] - 2 * MARGIN_PX - GAP_PX * (across - 1)
    tall = room_px[1] - 2 * GAP_PX
    return (
        max(wide, 1) / sum(width for width, _ in sizes),
        max(tall, 1) / max(height for _, height in sizes),
    )


def _scale(zoom: float | Fit, fitting: tuple[float, float]) -> float:
    if zoom == "page":
        scale = min(fitting)
    elif zoom == "width":
        scale = fitting[0]
    elif zoom == "auto":
        scale = min(fitting[0], WIDEST_AUTO * PX_A_POINT)
    else:
        scale = min(max(float(zoom), SMALLEST), LARGEST) * PX_A_POINT
    return scale
