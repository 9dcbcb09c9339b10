"""A figure, large: zoomed by wheel and keys, moved by dragging, closed by Esc."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QDialog, QGraphicsScene, QGraphicsView, QVBoxLayout, QWidget

from reader.model.document import Figure
from reader.ui.typeset.text_document import draw_picture
from reader.ui.widgets.controls import resize_with_text
from reader.ui.widgets.dark_images import darkened

STEP = 1.25
DRAWN_PX = 1600


class _Sheet(QGraphicsView):
    """Zooms with the wheel, which would scroll."""

    turned = Signal(float)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.turned.emit(STEP if event.angleDelta().y() > 0 else 1 / STEP)
        event.accept()


class FigureDialog(QDialog):
    """Shows one picture as large as there is room; drawings are drawn anew, not blown up.

    `paper` is the dark paper it is turned onto; "" leaves it as it is drawn.
    """

    def __init__(
        self, figure: Figure, untrusted_bytes: bytes, parent: QWidget | None, paper: str = ""
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(figure.label or figure.alternative[:80] or "Figure")
        resize_with_text(self, 1000, 640)
        width, height = figure.width_px or 3, figure.height_px or 2
        scale = max(1.0, DRAWN_PX / max(width, height))
        image = draw_picture(untrusted_bytes, round(width * scale), round(height * scale), 1.0)
        if paper:
            image = darkened(image, paper)
        self._scene = QGraphicsScene(self)
        self._scene.addPixmap(QPixmap.fromImage(image)).setTransformationMode(
            Qt.TransformationMode.SmoothTransformation
        )
        self.view = _Sheet(self._scene, self)
        self.view.setAccessibleName(figure.alternative or "Figure")
        self.view.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.view.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.view.setToolTip("Wheel, + and − zoom; 0 shows all; drag to move; Esc closes")
        self.view.turned.connect(self.zoom)
        self._whole = True
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.view)

    def zoom(self, by: float) -> None:
        """Makes the picture larger or smaller; 0 shows all of it."""
        self._whole = by == 0
        if self._whole:
            # The view has its size only when the layout has been carried out.
            self._column.activate()
            self.view.fitInView(self._scene.sceneRect(), Qt.AspectRatioMode.KeepAspectRatio)
        else:
            self.view.scale(by, by)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.zoom(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._whole:
            self.zoom(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {"+": STEP, "=": STEP, "-": 1 / STEP, "0": 0.0}.get(event.text())
        if by is None:
            super().keyPressEvent(event)
        else:
            self.zoom(by)
