"""How an area of a printed page looks: one that is marked, and one that is being drawn."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from reader.model.annotation import Annotation
from reader.ui.widgets.theme import Theme

_EDGE_PX = 1.6
_CHOSEN_EDGE_PX = 2.6
_SIGN_PX = 20.0


def paint_area(
    painter: QPainter, box: QRectF, annotation: Annotation, theme: Theme, is_chosen: bool
) -> None:
    """Paint a marked area over its page: tinted with a frame, or the frame alone."""
    mode = QPainter.CompositionMode
    if annotation.style == "highlight":
        mixing = mode.CompositionMode_Lighten if theme.dark else mode.CompositionMode_Multiply
        painter.setCompositionMode(mixing)
        painter.fillRect(box, QColor(theme.fills[annotation.colour]))
        painter.setCompositionMode(mode.CompositionMode_SourceOver)
    edge = _CHOSEN_EDGE_PX if is_chosen else _EDGE_PX
    painter.setPen(QPen(QColor(theme.edges[annotation.colour]), edge))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)


def paint_drawn(painter: QPainter, box: QRectF, theme: Theme) -> None:
    """Paint a rectangle while it is being drawn."""
    ground = QColor(theme.accent)
    ground.setAlphaF(0.15)
    painter.fillRect(box, ground)
    painter.setPen(QPen(QColor(theme.accent), 1.5, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)


def top_line(box: QRectF) -> QRectF:
    """The part of an area beside which its sign stands."""
    return QRectF(box.left(), box.top(), box.width(), min(box.height(), _SIGN_PX))
