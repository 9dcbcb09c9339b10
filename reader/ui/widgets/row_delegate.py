"""The delegate that paints the rows of a list, to a width that the list says."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from reader.ui.widgets.rows import ENABLED, Index
from reader.ui.widgets.theme import Theme

if TYPE_CHECKING:
    from reader.ui.widgets.row_list import RowList


class RowDelegate(QStyledItemDelegate):
    """Paints one row, to a width that the list says.

    `mirrored` is whether the window reads from right to left; `box` minds it.
    """

    _hovers = True
    row_px = 60  # how high each row is; a guess where `height` says it of each
    _grows = False  # with the text of the window: its rows are painted larger as a whole

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.width = 200
        self.mirrored = False

    def height(self, row: Any) -> int:
        """How high a row is at the present width, in pixels.

        Asked of rows in sight alone, and of none where all are `row_px` high. It may change when
        the row has been drawn.
        """
        return self.row_px

    def draw(self, painter: QPainter, area: QRect, row: Any, current: bool) -> None:
        """Paints a row."""
        raise NotImplementedError

    def _draw_edge(self, painter: QPainter, area: QRect) -> None:
        """Paint the edge of a row that stands out: its ground alone is too near to the others'."""
        bar = self.box(area, 8, 5, 3, area.height() - 10)
        painter.fillRect(bar, QColor(self.theme.accent))

    def tip(self, row: Any) -> str:
        """What a row has no room to show; "" when it shows all."""
        return ""

    def box(self, area: QRect, x: float, y: float, width: float, height: float) -> QRectF:
        """A box in a row, `x` from the side where reading begins."""
        left = area.x() + (area.width() - x - width if self.mirrored else x)
        return QRectF(left, area.y() + y, width, height)

    @property
    def near(self) -> Qt.AlignmentFlag:
        """Where a line of text begins."""
        side = Qt.AlignmentFlag.AlignRight if self.mirrored else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter

    @property
    def far(self) -> Qt.AlignmentFlag:
        """Where a line of text ends."""
        side = Qt.AlignmentFlag.AlignLeft if self.mirrored else Qt.AlignmentFlag.AlignRight
        return side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter

    @property
    def _scale(self) -> float:
        """How much larger than usual the rows are painted."""
        return self.theme.text_scale if self._grows else 1.0

    def _inside(self, area: QRect, point: QPoint) -> tuple[QRect, QPoint]:
        """A row's area and a point, from the view's pixels to those that rows are drawn in."""
        size = area.size() / self._scale
        return QRect(QPoint(0, 0), size), (point - area.topLeft()) / self._scale

    def set_width(self, width: int) -> bool:
        """Takes another width, in the view's pixels; whether it is another."""
        width = round(width / self._scale)
        changed = width != self.width
        self.width = width
        return changed

    def painted_height(self, row: Any = None) -> int:
        """How high a row is in the view's pixels; without one, as high as it is guessed to be."""
        height = self.row_px if row is None else self.height(row)
        return height if self._scale == 1 else ceil(height * self._scale)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = cast("RowList", option.widget)
        area = QRect(option.rect)
        self.mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        current = view.currentIndex() == index
        painter.save()
        try:
            if self._scale != 1:
                painter.translate(area.topLeft())
                painter.scale(self._scale, self._scale)
                area, _ = self._inside(area, area.topLeft())
            # The bar's room is kept free whether it shows or not, so that nothing jumps when it
            # comes.
            if self.mirrored:
                area.setLeft(area.right() + 1 - self.width)
            else:
                area.setWidth(self.width)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            # A Latin title keeps its full stop at its end in a window that reads from the right.
            painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
            if self._hovers and view.input.hovered == index and index.flags() & ENABLED:
                row_ground(painter, area, self.theme.pressed)
            self.draw(painter, area, index.data(Qt.ItemDataRole.UserRole), current)
            if self._hovers and view.selectionModel().isSelected(index):
                self._draw_edge(painter, area)
            if current and view.hasFocus() and view.input.by_keyboard:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(self.theme.accent), 2))
                painter.drawRoundedRect(QRectF(area).adjusted(7, 1, -7, -1), 6, 6)
        finally:
            painter.restore()
        if self.painted_height(index.data(Qt.ItemDataRole.UserRole)) != option.rect.height():
            view.measure_again(index.row())

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        if event.type() != QEvent.Type.ToolTip:
            return super().helpEvent(event, view, option, index)
        row = index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None
        tip = self.tip(row) if row is not None else ""
        QToolTip.showText(event.globalPos(), tip, view)
        return True


def row_ground(painter: QPainter, area: QRect, colour: str) -> None:
    """The rounded ground of a row."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(QRectF(area).adjusted(8, 1, -8, -1), 6, 6)
