"""A dot of a highlight colour, for menus."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

from reader.model.annotation import Colour
from reader.ui.widgets.theme import LIGHT


def swatch(colour: Colour) -> QIcon:
    """A dot of a highlight colour, with an edge that shows on light and on dark menus."""
    picture = QPixmap(32, 32)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(LIGHT.edges[colour]), 3))
    painter.setBrush(QColor(LIGHT.fills[colour]))
    painter.drawEllipse(4, 4, 24, 24)
    painter.end()
    return QIcon(picture)
