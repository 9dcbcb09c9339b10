"""All printed pages small, beside the one that is read."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reader.model.document import Document
from reader.model.pdf.page_map import Page
from reader.model.pdf.tile import Tile
from reader.session.navigation import Location
from reader.session.session import Session
from reader.session.timers import single_shot
from reader.ui.pdf.page_layout import PlacedPage
from reader.ui.pdf.tile_cache import TileCache, paper_of, tiles_of
from reader.ui.widgets.controls import Caps
from reader.ui.widgets.row_delegate import RowDelegate
from reader.ui.widgets.row_list import RowList
from reader.ui.widgets.rows import Rows
from reader.ui.widgets.theme import Theme, sans

WIDE_PX = 132
HIGHEST_PX = 190
ABOVE_PX = 8
LABEL_PX = 22
MOST_BYTES = 8_000_000


class PageRows(Rows):
    """The pages of the open document."""

    def say(self, row: Page) -> str:
        return f"Page {row.label}"


class ThumbnailDelegate(RowDelegate):
    """Paints a page with its number under it."""

    row_px = HIGHEST_PX + ABOVE_PX + LABEL_PX

    def __init__(self, tiles: TileCache, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._tiles = tiles
        self.reading = 0
        self.turn = 0

    def placed(self, page: Page, area: QRect) -> PlacedPage:
        """The page in its place in a row."""
        wide, high = page.width_pt, page.height_pt
        if self.turn % 2:
            wide, high = high, wide
        scale = min(WIDE_PX / wide, HIGHEST_PX / high)
        size = max(round(wide * scale), 4), max(round(high * scale), 4)
        left = area.x() + (area.width() - size[0]) // 2
        return PlacedPage(page, QRectF(left, area.y() + ABOVE_PX, *size), scale, self.turn)

    def height(self, row: Page) -> int:
        return (
            round(self.placed(row, QRect(0, 0, self.width, 0)).area.height()) + ABOVE_PX + LABEL_PX
        )

    def draw(self, painter: QPainter, area: QRect, row: Page, current: bool) -> None:
        theme, placed = self.theme, self.placed(row, area)
        reading = row.number == self.reading
        edge = placed.area.adjusted(-0.5, -0.5, 0.5, 0.5)
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.setBrush(QColor(paper_of(theme)))
        painter.drawRect(edge)
        ratio = painter.device().devicePixelRatioF()
        self._tiles.paint(painter, placed, tiles_of(placed, ratio, theme))
        if reading:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRect(edge.adjusted(-1, -1, 1, 1))
        painter.setPen(QColor(theme.accent if reading else theme.ink2))
        painter.setFont(sans(12, 600 if reading else 400))
        below = QRectF(area.x(), placed.area.bottom() + 2, area.width(), LABEL_PX - 4)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, row.label)


class Thumbnails(QWidget):
    """The pages in a list; a click goes there."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._tiles = TileCache(session, MOST_BYTES, self)
        self._rows = PageRows(self)
        self._delegate = ThumbnailDelegate(self._tiles, theme, self)
        self.list = RowList(self._rows, self._delegate, "Pages")
        self._heading = Caps("Pages", theme)
        self._heading.setContentsMargins(18, 13, 18, 6)
        self.setObjectName("chrome")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._heading)
        column.addWidget(self.list, 1)
        self.setMinimumHeight(120)
        self._wanting = single_shot(self)
        self._wanting.timeout.connect(self._want)
        self._tiles.came.connect(self.list.viewport().update)
        self.list.verticalScrollBar().valueChanged.connect(self._want_soon)
        self.list.verticalScrollBar().rangeChanged.connect(self._want_soon)
        self.list.taken.connect(self._go)
        session.current.changed.connect(self._show)
        session.pages.mode_changed.connect(self._show)
        session.navigation.location_changed.connect(self._follow)
        session.pages.rotated.connect(self._take_rotation)
        self._show()

    def set_theme(self, theme: Theme) -> None:
        """Draws itself in the colours of `theme` from now on."""
        self._delegate.theme = theme
        self._heading.set_theme(theme)
        self.list.viewport().update()
        self._wanting.start()

    def _show(self, _document: Document | None = None) -> None:
        self._tiles.clear()
        pages = self._session.pages.page_map if self._session.pages.as_printed else None
        self._delegate.turn = self._session.pages.quarter_turns
        self._rows.set_rows(list(pages.pages) if pages is not None else [])
        self._delegate.reading = 0
        self._follow(self._session.navigation.location)
        self._wanting.start()

    def _take_rotation(self, _quarter_turns: int) -> None:
        self._show()

    def _follow(self, location: Location) -> None:
        number = location.page.number if location.page is not None else 0
        if number == self._delegate.reading or not 0 < number <= len(self._rows.rows):
            return
        self._delegate.reading = number
        index = self._rows.index(number - 1, 0)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)
        self.list.viewport().update()

    def _go(self, index: QModelIndex) -> None:
        self._session.pages.show_page(index.data(Qt.ItemDataRole.UserRole))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._wanting.start()

    def _want_soon(self, *_: int) -> None:
        # Not the timer's own slot: it would take the place of the scroll bar for its delay.
        self._wanting.start()

    def _want(self) -> None:
        if not self.isVisible() or not self._rows.rows:
            return
        view = self.list.viewport().rect()
        first = max(self.list.indexAt(view.topLeft()).row(), 0)
        wanted: list[Tile] = []
        for number in range(first, len(self._rows.rows)):
            area = self.list.visualRect(self._rows.index(number, 0))
            # One screen more, for the next turn of the wheel.
            if area.top() > 2 * view.height():
                break
            placed = self._delegate.placed(self._rows.rows[number], area)
            wanted += tiles_of(placed, self.devicePixelRatioF(), self._delegate.theme)
        self._tiles.want(wanted)

    def take_focus(self) -> None:
        """Moves the keyboard here."""
        self.list.take_focus()
