"""What is under the pointer while rows are dragged: how many, in a picture that hides no target."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QDrag, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QApplication

PADDING_PX = 8
# Beside the pointer: what it points at stays in sight.
POINTER_PX = QPoint(-12, -12)


def drag_rows(view: QAbstractItemView, actions: Qt.DropAction) -> None:
    """Drag the selected rows of a view until they are dropped; this returns then.

    Qt would carry a picture of the rows themselves, which is as wide as the window.
    """
    chosen = view.selectionModel().selectedRows()
    drag = QDrag(view)
    drag.setMimeData(view.model().mimeData(chosen))
    drag.setPixmap(carried_picture(view, len(chosen)))
    drag.setHotSpot(POINTER_PX)
    drag.exec(actions)


def carried_picture(view: QAbstractItemView, count: int) -> QPixmap:
    """A label that says how many rows are dragged, in the colours of the theme turned about."""
    said = f"{count} selected"
    metrics = view.fontMetrics()
    margin = QSize(PADDING_PX, PADDING_PX // 2) * 2
    size = QSize(metrics.horizontalAdvance(said), metrics.height()) + margin
    scale = view.devicePixelRatioF()
    picture = QPixmap(size * scale)
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    # A view's own palette may hold what its style sheet made of it, a ground without a colour.
    palette = QApplication.palette()
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.color(QPalette.ColorRole.Text))
    painter.drawRoundedRect(QRect(QPoint(0, 0), size), 4, 4)
    painter.setFont(view.font())
    painter.setPen(palette.color(QPalette.ColorRole.Base))
    painter.drawText(QRect(QPoint(0, 0), size), Qt.AlignmentFlag.AlignCenter, said)
    painter.end()
    return picture
