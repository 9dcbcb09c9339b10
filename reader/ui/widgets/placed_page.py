"""A page of a document in its place: the way from the page to where it is drawn, and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from reader.model.pdf.page_map import Page, PageBox


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """A page in its place; `scale` is pixels a point, `turn` quarter turns clockwise."""

    page: Page
    area: QRectF
    scale: float
    turn: int

    def point(self, x: float, y: float) -> tuple[float, float]:
        """The place on the page, in points, of a place in the view."""
        across, down = (x - self.area.x()) / self.scale, (y - self.area.y()) / self.scale
        width, height = self.page.width_pt, self.page.height_pt
        turned = (
            (across, down),
            (down, height - across),
            (width - across, height - down),
            (width - down, across),
        )
        return turned[self.turn]

    def box(self, box: PageBox) -> QRectF:
        """Where a box of the page lies in the view."""
        one, other = self._place(box.left, box.top), self._place(box.right, box.bottom)
        return QRectF(one, other).normalized()

    def area_of(self, boxes: Sequence[PageBox]) -> QRectF:
        """The rectangle around those of some boxes that are on the page."""
        area = QRectF()
        for box in boxes:
            if box.page == self.page.number:
                area = area.united(self.box(box))
        return area

    def _place(self, x: float, y: float) -> QPointF:
        width, height = self.page.width_pt, self.page.height_pt
        turned = ((x, y), (height - y, x), (width - x, height - y), (y, width - x))
        across, down = turned[self.turn]
        return QPointF(self.area.x() + across * self.scale, self.area.y() + down * self.scale)
