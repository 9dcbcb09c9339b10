"""The pages of a PDF on paper, with highlights, and the notes beside the pages or after them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QTextDocument

from reader.model.pdf.page_map import Page, PageBox, PageMap
from reader.model.pdf.tile import Tile
from reader.model.span import Span
from reader.printing.pagination import Band, bands, draw, pages
from reader.problem import Problem
from reader.session.pages import RenderedTile
from reader.session.session import Session
from reader.ui.marks.area_painting import paint_area
from reader.ui.marks.mark_painter import MarkPainter
from reader.ui.printing.article_print import Layout, inks, marks_of
from reader.ui.printing.beside import GAP_PX, Margin, paint_beside, stacked
from reader.ui.printing.margin_notes import PaperNote, plain, small_text, write_list
from reader.ui.widgets.placed_page import PlacedPage
from reader.ui.widgets.theme import sans

# Letters of a page that was drawn so finely are sharp on paper.
DOTS_AN_INCH = 220
UNITS_AN_INCH = 96
# How much of a sheet is for the notes beside its page, with the gap.
BESIDE_PX = 200.0
_MOST_PAGES_KEPT = 3


class PrintedPages(QObject):
    """Has each page drawn when it is asked for; `paint` leaves one white that is not there yet."""

    came = Signal()

    def __init__(
        self,
        session: Session,
        page_map: PageMap,
        notes: Sequence[PaperNote],
        layout: Layout,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._page_map = page_map
        self._notes = tuple(notes) if layout.where != "none" else ()
        self._is_beside = layout.where == "margin"
        self._room = layout.room
        # The places of the notes by their pages' numbers, and what stands beside these pages.
        self._places: dict[int, list[tuple[PaperNote, PageBox]]] = {}
        self._beside: dict[int, Margin] = {}
        self._theme = inks(layout.grey)
        self._marks = marks_of(notes, layout) if layout.highlights else MarkPainter()
        self._drawn: dict[int, QImage] = {}
        self._waiting: Tile | None = None
        self._problems: dict[int, Problem] = {}
        self._after: QTextDocument | None = None
        self._after_pages: list[tuple[float, float]] = []
        session.pages.tile_ready.connect(self._take)

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._page_map.pages) + len(self._after_pages)

    def prepare(self) -> Iterator[None]:
        """Lay out the notes, and have the first page drawn."""
        rest = [note for note in self._notes if not self._put(note) or not self._is_beside]
        yield
        if self._is_beside:
            for number, places in self._places.items():
                placed = self._placed(self._page_map.pages[number - 1])
                heights = [(note, placed.box(box).top()) for note, box in places]
                heights.sort(key=lambda one: one[1])
                width, height = BESIDE_PX - GAP_PX, self._room.height()
                self._beside[number] = stacked(heights, self._theme, width, height)
                rest += self._beside[number].rest
                yield
        if rest:
            self._after = small_text(self._room.width())
            rest.sort(key=lambda note: note.number)
            yield from write_list(self._after, rest, self._theme)
            listed: list[Band] = []
            for band in bands(self._after):
                listed.append(band)
                yield
            self._after_pages = pages(listed, self._room.height())
        yield from self.fetch(0)

    def _put(self, note: PaperNote) -> bool:
        """Find the page that a note stands on; return whether it is on one."""
        area, span = note.annotation.target.area, note.span
        boxes: list[PageBox] = []
        if span is not None and area is not None:
            # A file of notes may name a page that there is not.
            boxes = [area.box] if area.page <= len(self._page_map.pages) else []
        elif span is not None:
            boxes = self._page_map.boxes(Span(span.start, max(span.end, span.start + 1)))
        for box in boxes[:1]:
            self._places.setdefault(box.page, []).append((note, box))
        return bool(boxes)

    def fetch(self, number: int) -> Iterator[None]:
        """Have a page drawn, counted from 0, and wait until it is.

        Raises:
            Problem: when it cannot be drawn.
        """
        while number < len(self._page_map.pages) and number not in self._drawn:
            if number in self._problems:
                raise self._problems[number]
            self._want(number)
            yield

    def _want(self, number: int) -> None:
        if self._waiting is None and number not in self._problems:
            page = self._page_map.pages[number]
            size, turn = self._size(page) * (DOTS_AN_INCH / UNITS_AN_INCH), self._turn(page)
            wide, tall = max(1, round(size.width())), max(1, round(size.height()))
            self._waiting = Tile(page.number, wide, tall, 0, 0, wide, tall, turn)
            self._session.pages.render(self._waiting)

    def _turn(self, page: Page) -> int:
        """A page that is wider than tall lies across a sheet that is taller than wide."""
        across = page.width_pt > page.height_pt
        return int(across != (self._room.width() > self._room.height()))

    def _size(self, page: Page) -> QSizeF:
        """How large a page is printed: as it is, or as large as fits, beside its notes if any."""
        size = QSizeF(page.width_pt, page.height_pt) * (UNITS_AN_INCH / 72)
        size = size.transposed() if self._turn(page) else size
        wide, tall = self._width_for(page), self._room.height()
        return size * min(wide / size.width(), tall / size.height(), 1.0)

    def _width_for(self, page: Page) -> float:
        """How wide the room for a page is, without that for its notes."""
        has_beside = self._is_beside and page.number in self._places
        return self._room.width() - (BESIDE_PX if has_beside else 0.0)

    def _placed(self, page: Page) -> PlacedPage:
        """Where a page is printed: at the left of its notes, else in the middle."""
        size, turn = self._size(page), self._turn(page)
        left = (self._width_for(page) - size.width()) / 2
        top = (self._room.height() - size.height()) / 2
        scale = size.width() / (page.height_pt if turn else page.width_pt)
        return PlacedPage(page, QRectF(left, top, size.width(), size.height()), scale, turn)

    def _take(self, rendered: RenderedTile) -> None:
        if rendered.tile is not self._waiting:
            return
        tile, self._waiting = rendered.tile, None
        if isinstance(rendered.result, Problem):
            self._problems[tile.page - 1] = rendered.result
        elif rendered.result is not None:
            self._keep(tile, rendered.result)
        self.came.emit()

    def _keep(self, tile: Tile, pixels: bytes) -> None:
        page = self._page_map.pages[tile.page - 1]
        wide, tall = tile.size
        drawn = QImage(pixels, wide, tall, len(pixels) // tall, QImage.Format.Format_RGB32)
        picture, size = drawn.copy(), self._size(page)
        placed = replace(self._placed(page), area=QRectF(QPointF(), size))
        # Marks are mixed with the picture, which no printer does.
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(wide / size.width(), tall / size.height())
        boxes = partial(self._boxes, placed)
        self._marks.paint_within(painter, self._theme, [page.span], boxes, over=True)
        for _, one in self._marks.on_areas.items:
            if one.target.area is not None and one.target.area.page == page.number:
                paint_area(painter, placed.box(one.target.area.box), one, self._theme, False)
        self._paint_numbers(painter, placed)
        painter.end()
        self._drawn[tile.page - 1] = picture
        while len(self._drawn) > _MOST_PAGES_KEPT:
            del self._drawn[next(iter(self._drawn))]

    def _boxes(self, placed: PlacedPage, span: Span) -> list[QRectF]:
        found = self._page_map.boxes(span, placed.page.number)
        return [placed.box(box).adjusted(-1, -0.5, 1, 0.5) for box in found]

    def _paint_numbers(self, painter: QPainter, placed: PlacedPage) -> None:
        """The numbers by which the notes beside or after the pages refer to their places."""
        painter.setPen(QColor(self._theme.ink2))
        painter.setFont(plain(sans(9.5, 600)))
        for note, at in self._places.get(placed.page.number, ()):
            box = placed.box(at)
            place = QRectF(max(box.left() - 22, 0.0), box.top() - 5, 20, 14)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignRight), str(note.number))

    def paint(self, painter: QPainter, number: int) -> None:
        """Draw a page, counted from 0, at the painter's origin in pixels of 1/96 inch."""
        if number >= len(self._page_map.pages):
            assert self._after is not None
            top, bottom = self._after_pages[number - len(self._page_map.pages)]
            draw(painter, self._after, QRectF(0, top, self._room.width(), bottom - top))
            return
        picture = self._drawn.get(number)
        if picture is None:
            self._want(number)
            return
        page = self._page_map.pages[number]
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self._placed(page).area, picture)
        if page.number in self._beside:
            width, height = BESIDE_PX - GAP_PX, self._room.height()
            room = QRectF(self._room.width() - width, 0, width, height)
            paint_beside(painter, self._beside[page.number], room, self._theme, "the pages")
