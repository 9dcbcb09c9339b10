"""What is drawn of printed pages: their tiles as they come, and the marks over them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import accumulate, zip_longest

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QAbstractScrollArea

from reader.model.annotation import Annotation
from reader.model.pdf.page_map import PageBox
from reader.model.pdf.tile import Tile
from reader.model.span import Span
from reader.problem import Locked
from reader.session.session import Session
from reader.session.timers import single_shot
from reader.ui.marks.area_painting import paint_area, paint_drawn, top_line
from reader.ui.marks.mark_painter import MarkPainter
from reader.ui.marks.note_markers import NOTE_SIGN_PX, Marker, NoteMarkers, Place
from reader.ui.pdf.page_layout import PlacedPage
from reader.ui.pdf.page_scroller import PageScroller
from reader.ui.pdf.tile_cache import MOST_BYTES, TileCache, paper_of, tiles_of
from reader.ui.widgets.marker_scrollbar import TickBar
from reader.ui.widgets.theme import Theme, sans

DESK = {"light": "#EBEAE6", "sepia": "#E2D8C4", "dark": "#0D0E10"}
# How far the signs of notes stand from the right edge of their page.
_MARGIN_PX = 6
_CARET_PX = 2


class PagePainter(QObject):
    """Paints the pages that are in sight with their marks, and the ticks on the scroll bar."""

    def __init__(
        self,
        view: QAbstractScrollArea,
        ticks: TickBar,
        session: Session,
        theme: Theme,
        scroller: PageScroller,
        marks: MarkPainter,
    ) -> None:
        super().__init__(view)
        self.theme = theme
        self.tiles = TileCache(session, MOST_BYTES, self)
        self._view = view
        self._ticks = ticks
        self._session = session
        self._scroller = scroller
        self._marks = marks
        self._note_markers = NoteMarkers(marks)
        self._has_asked = False
        # A wheel turns many times a frame; what is to be drawn is decided once.
        self._wanting = single_shot(self)
        self._wanting.timeout.connect(self._want)
        self.tiles.came.connect(self._take_tile)

    def clear(self) -> None:
        """Forget what was drawn: another document is shown."""
        self.tiles.clear()
        self._has_asked = False

    def refresh(self) -> None:
        """Have drawn and painted what is in sight now."""
        self._wanting.start()
        self._view.viewport().update()

    # Tiles

    def _want(self) -> None:
        scroller = self._scroller
        if scroller.pages is None or not self._view.isVisible():
            return
        ratio, height = self._view.devicePixelRatioF(), self._view.viewport().height()
        seen, layout = scroller.seen, scroller.layout
        shown = scroller.in_sight()
        wanted = [tile for placed in shown for tile in self.tiles_in_sight(placed, ratio)]
        numbers = {placed.page.number for placed in shown}
        if numbers:
            first, last = min(numbers), max(numbers)
            for number in (last + 1, first - 1, last + 2):
                if 1 <= number <= len(layout.all):
                    # Of large pages, what comes into sight first.
                    edge = seen.translated(0, height * (1 if number > first else -1))
                    wanted += tiles_of(layout.of(number), ratio, self.theme, edge)
        self.tiles.want(wanted)

    def tiles_in_sight(self, placed: PlacedPage, ratio: float) -> Iterable[Tile]:
        """The tiles of a page that are in sight, on a screen with `ratio` pixels a unit."""
        return tiles_of(placed, ratio, self.theme, self._scroller.seen)

    def _take_tile(self) -> None:
        self._view.viewport().update()
        locked = [one for one in self.tiles.problems.values() if isinstance(one, Locked)]
        document = self._session.current.document
        if locked and document is not None and not self._has_asked:
            # Once: whoever says no reads the sentence on the pages.
            self._has_asked = True
            self._session.imports.ask_password(document.id, locked[0])

    # Painting

    def paint(
        self,
        painter: QPainter,
        area: QRect,
        selection: Span | None,
        caret: PageBox | None,
        drawn: PageBox | None,
    ) -> None:
        """Paint what there is in an area of the viewport; `drawn` is a rectangle being drawn."""
        painter.fillRect(area, QColor(DESK[self.theme.name]))
        scroller = self._scroller
        if scroller.pages is None:
            return
        painter.translate(-scroller.left, -scroller.top)
        seen = QRectF(area.translated(scroller.left, scroller.top))
        for placed in scroller.in_sight():
            self._paint_page(painter, placed, seen, selection)
            if caret is not None and caret.page == placed.page.number:
                self._paint_caret(painter, placed, caret)
            if drawn is not None and drawn.page == placed.page.number:
                paint_drawn(painter, placed.box(drawn), self.theme)

    def _paint_page(
        self, painter: QPainter, placed: PlacedPage, seen: QRectF, selection: Span | None
    ) -> None:
        theme, area = self.theme, placed.area
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.setBrush(QColor(paper_of(theme)))
        painter.drawRect(area.adjusted(-0.5, -0.5, 0.5, 0.5))
        problem = self.tiles.problems.get(placed.page.number)
        if problem is not None:
            painter.setPen(QColor(theme.ink2))
            painter.setFont(sans(13))
            flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
            painter.drawText(area.adjusted(24, 24, -24, -24), flags, problem.sentence)
            return
        ratio = self._view.devicePixelRatioF()
        self.tiles.paint(painter, placed, tiles_of(placed, ratio, theme, seen))
        painter.save()
        painter.setClipRect(area.adjusted(-2, 0, 2, 0))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        boxes = partial(self._boxes, placed)
        if selection is not None:
            self._paint_selection(painter, boxes(selection))
        self._marks.paint_within(painter, theme, self._stretches(placed), boxes, over=True)
        for area_box, annotation in self.areas_on(placed):
            paint_area(painter, area_box, annotation, theme, annotation.id == self._marks.chosen)
        painter.restore()
        self._note_markers.paint(painter, self.markers(placed), theme, ratio)

    def _stretches(self, placed: PlacedPage) -> list[Span]:
        pages = self._scroller.pages
        return pages.stretches_on(placed.page.number) if pages is not None else []

    def _boxes(self, placed: PlacedPage, span: Span) -> list[QRectF]:
        pages = self._scroller.pages
        assert pages is not None
        found = [placed.box(box) for box in pages.boxes(span, placed.page.number)]
        return [box.adjusted(-1, -0.5, 1, 0.5) for box in found]

    def _paint_selection(self, painter: QPainter, boxes: list[QRectF]) -> None:
        mode = QPainter.CompositionMode
        dark = self.theme.dark
        painter.setCompositionMode(
            mode.CompositionMode_Lighten if dark else mode.CompositionMode_Multiply
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.selection))
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        for box in boxes:
            path.addRect(box)
        painter.drawPath(path)
        painter.setCompositionMode(mode.CompositionMode_SourceOver)

    def _paint_caret(self, painter: QPainter, placed: PlacedPage, caret: PageBox) -> None:
        half = _CARET_PX / 2
        sides = (0, -half, 0, half) if placed.turn % 2 else (-half, 0, half, 0)
        painter.fillRect(placed.box(caret).adjusted(*sides), QColor(self.theme.ink))

    def markers(self, placed: PlacedPage) -> list[Marker]:
        """The signs beside a page of the notes on it, in the view's coordinates."""
        x = round(placed.area.right()) - NOTE_SIGN_PX - _MARGIN_PX
        seen = [Span(one.start, one.end + 1) for one in self._stretches(placed)]
        places: list[Place] = [
            (annotation, partial(self._first_line, placed, at))
            for at, annotation in self._marks.highlights.over(seen)
        ]
        places += [(note, partial(top_line, box)) for box, note in self.areas_on(placed)]
        return self._note_markers.of(places, x, -NOTE_SIGN_PX)

    def areas_on(self, placed: PlacedPage) -> list[tuple[QRectF, Annotation]]:
        """Where the areas of a page lie in the view, each with its note; the largest first."""
        number = placed.page.number
        found = [
            (placed.box(one.target.area.box), one)
            for _, one in self._marks.on_areas.items
            if one.target.area is not None and one.target.area.page == number
        ]
        return sorted(found, key=lambda one: -one[0].width() * one[0].height())

    def area_at(self, point: QPointF) -> Annotation | None:
        """The note on the smallest area at a point of the viewport; None where there is none."""
        if self._scroller.pages is None:
            return None
        place = self._scroller.place_of(point)
        found = self.areas_on(self._scroller.layout.at(place.x(), place.y()))
        return next((note for box, note in reversed(found) if box.contains(place)), None)

    def _first_line(self, placed: PlacedPage, span: Span) -> QRectF | None:
        boxes = self._boxes(placed, Span(span.start, max(span.end, span.start + 1)))
        return boxes[0] if boxes else None

    def note_at(self, point: QPointF) -> Annotation | None:
        """The note whose sign is at a point of the viewport; None where there is none."""
        if self._scroller.pages is None:
            return None
        place = self._scroller.place_of(point)
        placed = self._scroller.layout.at(place.x(), place.y())
        return self._note_markers.at(self.markers(placed), place.toPoint())

    # Ticks

    def show_ticks(self) -> None:
        """Show on the scroll bar where the marks and hits are."""
        marks, edges = self._marks, self.theme.edges
        if self._scroller.pages is None:
            self._ticks.set_highlights(())
            self._ticks.set_hits(())
            self._ticks.set_current(None)
            return
        self._ticks.set_highlights(
            (share, edges[note.colour])
            for spans in (marks.highlights, marks.on_areas)
            for share, (_, note) in zip(self._shares(spans.starts), spans.items, strict=True)
        )
        self._ticks.set_hits(self._shares(marks.hits.starts))
        self.show_current_tick()

    def show_current_tick(self) -> None:
        """Show on the scroll bar where the current hit is."""
        current = self._marks.current if self._scroller.pages is not None else None
        self._ticks.set_current(*self._shares([current.start]) if current is not None else (None,))

    def _shares(self, offsets: Sequence[int]) -> list[float]:
        """How far down all pages ascending offsets are, as far as that is known without the words
        of a page; in one walk, for there may be twenty thousand."""
        layout, shares, done = self._scroller.layout, [], 0
        following = accumulate((placed.page.span.start for placed in layout.all[1:]), max)
        for placed, next_start in zip_longest(layout.all, following, fillvalue=None):
            if placed is None or done == len(offsets):
                break
            end = len(offsets) if next_start is None else bisect_left(offsets, next_start, done)
            text, top, height = placed.page.span, placed.area.y(), placed.area.height()
            length, whole = max(len(text), 1), layout.height
            inside = min(bisect_right(offsets, text.start + length, done), end)
            shares += [
                (top + (offset - text.start) / length * height) / whole
                for offset in offsets[done:inside]
            ]
            shares += [(top + height) / whole] * (end - inside)
            done = end
        return shares
