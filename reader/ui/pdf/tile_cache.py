"""The drawn pieces of pages: which are wanted, which are there, and letting go of the oldest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QImage, QPainter, QPixmap

from reader.model.pdf.pdf_annotation import marks_taken_in
from reader.model.pdf.tile import WHITE, Tile
from reader.problem import Problem
from reader.session.pages import RenderedTile
from reader.session.session import Session
from reader.ui.pdf.page_layout import PlacedPage
from reader.ui.widgets.theme import Theme

# A page of more pixels is drawn in squares, so that none takes long or much.
LARGEST_WHOLE_PX = 4_000_000
SQUARE_PX = 1_400
MOST_BYTES = 40_000_000


def tiles_of(
    placed: PlacedPage, ratio: float, theme: Theme, seen: QRectF | None = None
) -> Iterator[Tile]:
    """The tiles of a page on a screen with `ratio` pixels a unit; of large ones those in `seen`."""
    wide, high = (
        max(1, round(side * ratio)) for side in (placed.area.width(), placed.area.height())
    )
    look = (placed.turn, paper_of(theme), theme.ink, theme.dark)
    if wide * high <= LARGEST_WHOLE_PX:
        yield Tile(placed.page.number, wide, high, 0, 0, wide, high, *look)
        return
    for top in range(0, high, SQUARE_PX):
        for left in range(0, wide, SQUARE_PX):
            right, bottom = min(left + SQUARE_PX, wide), min(top + SQUARE_PX, high)
            tile = Tile(placed.page.number, wide, high, left, top, right, bottom, *look)
            if seen is None or seen.intersects(place_of(tile, placed)):
                yield tile


def paper_of(theme: Theme) -> str:
    """What the white of pages becomes."""
    return theme.paper if theme.dark or theme.name == "sepia" else WHITE


def place_of(tile: Tile, placed: PlacedPage) -> QRectF:
    """Where a tile lies in the view, also when it was drawn for another size of its page."""
    area = placed.area
    across, down = area.width() / tile.width_px, area.height() / tile.height_px
    width, height = tile.size
    return QRectF(
        area.x() + tile.left * across, area.y() + tile.top * down, width * across, height * down
    )


class TileCache(QObject):
    """Draws what is wanted, one after the other, and keeps what was drawn last."""

    came = Signal()

    def __init__(self, session: Session, most_bytes: int, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._most_bytes = most_bytes
        self._drawn: dict[Tile, QPixmap] = {}
        self._bytes = 0
        self._whole: dict[int, Tile] = {}
        self._waiting: Tile | None = None
        self._wanted: list[Tile] = []
        self.problems: dict[int, Problem] = {}
        # Marks of the file that are notes now are drawn no longer, and painted instead.
        self._taken_in = marks_taken_in(session.annotations.all)
        session.pages.tile_ready.connect(self._take)
        session.annotations.changed.connect(self._draw_anew)

    def clear(self) -> None:
        """Forgets all tiles: another document is shown."""
        self._drawn.clear()
        self._whole.clear()
        self._wanted.clear()
        self.problems.clear()
        self._bytes = 0

    def _draw_anew(self, _changes: object) -> None:
        taken_in = marks_taken_in(self._session.annotations.all)
        if taken_in != self._taken_in:
            self._taken_in = taken_in
            wanted = self._wanted
            self.clear()
            self.want(wanted)

    def want(self, tiles: Iterable[Tile]) -> None:
        """Has these drawn, the first one first, and no longer what was wanted before."""
        self._wanted = [tile for tile in tiles if tile.page not in self.problems]
        for tile in reversed(self._wanted):
            if tile in self._drawn:
                # What is wanted is let go of last.
                self._drawn[tile] = self._drawn.pop(tile)
        self._next()

    def holds(self, tile: Tile) -> bool:
        """Whether a tile is there to be painted."""
        return tile in self._drawn

    @property
    def settled(self) -> bool:
        """Whether all that is wanted is there."""
        return self._waiting is None

    def _next(self) -> None:
        if self._waiting is not None:
            return
        for tile in self._wanted:
            if tile not in self._drawn and tile.page not in self.problems:
                self._waiting = tile
                self._session.pages.render(tile)
                return

    def _take(self, rendered: RenderedTile) -> None:
        tile, pixels = rendered.tile, rendered.result
        if tile is not self._waiting:
            return
        self._waiting = None
        if isinstance(pixels, Problem):
            self.problems[tile.page] = pixels
        elif pixels is not None:
            self._keep(tile, pixels)
        self.came.emit()
        self._next()

    def _keep(self, tile: Tile, pixels: bytes) -> None:
        width, height = tile.size
        image = QImage(pixels, width, height, len(pixels) // height, QImage.Format.Format_RGB32)
        self._drawn[tile] = QPixmap.fromImage(image)
        self._bytes += 4 * width * height
        if tile.is_whole:
            self._whole[tile.page] = tile
        for oldest in list(self._drawn):
            if self._bytes <= self._most_bytes or len(self._drawn) == 1:
                break
            if oldest not in self._wanted:
                del self._drawn[oldest]
                self._bytes -= 4 * oldest.size[0] * oldest.size[1]
                if self._whole.get(oldest.page) == oldest:
                    del self._whole[oldest.page]

    def paint(self, painter: QPainter, placed: PlacedPage, tiles: Iterable[Tile]) -> bool:
        """Draws the tiles of a page, where missing an earlier drawing of it; whether all is there.

        The painter's coordinates are the view's own, before scrolling.
        """
        missing = []
        for tile in tiles:
            picture = self._drawn.get(tile)
            if picture is None:
                missing.append(tile)
            else:
                self._put(painter, place_of(tile, placed), picture)
        earlier = self._whole.get(placed.page.number)
        if missing and earlier is not None and earlier.turn == placed.turn:
            picture = self._drawn[earlier]
            for tile in missing:
                place = place_of(tile, placed)
                share = QRectF(
                    tile.left / tile.width_px * earlier.width_px,
                    tile.top / tile.height_px * earlier.height_px,
                    tile.size[0] / tile.width_px * earlier.width_px,
                    tile.size[1] / tile.height_px * earlier.height_px,
                )
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawPixmap(place, picture, share)
        return not missing

    @staticmethod
    def _put(painter: QPainter, place: QRectF, picture: QPixmap) -> None:
        ratio = picture.width() / max(place.width(), 1e-6)
        # Without scaling where it was drawn for this very size, so that letters stay crisp.
        picture.setDevicePixelRatio(ratio)
        painter.drawPixmap(place.topLeft(), picture)
