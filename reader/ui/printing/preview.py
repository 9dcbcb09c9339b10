"""A printed page as it will be, and turning to the others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPageLayout, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reader.ui.widgets.controls import IconButton
from reader.ui.widgets.theme import Theme

PREVIEW_PX = 430
DOTS_AN_INCH = 96


class Pages(Protocol):
    """What is printed, page by page."""

    @property
    def count(self) -> int:
        """How many pages there are."""

    def prepare(self) -> Iterator[None]:
        """Lay out; each step takes some milliseconds."""

    def fetch(self, number: int) -> Iterator[None]:
        """Wait until a page, counted from 0, can be painted."""

    def paint(self, painter: QPainter, number: int) -> None:
        """Draw a page, counted from 0, at the painter's origin in pixels of 1/96 inch."""


class PaperPreview(QWidget):
    """Shows one page of a paper."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._paper: Pages | None = None
        self._layout = QPageLayout()
        self.page = 0
        self.picture = QLabel(self)
        self.picture.setFixedSize(PREVIEW_PX, round(PREVIEW_PX * 1.42))
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setAccessibleName("Preview of a page")
        self.before = IconButton("chevron-left", "Page before", theme, self)
        self.after = IconButton("chevron-right", "Page after", theme, self)
        self.before.clicked.connect(self._step_back)
        self.after.clicked.connect(self._step_on)
        self._number = QLabel(self)
        self._number.setObjectName("page_number")
        self._number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        turning = QHBoxLayout()
        for widget, stretch in ((self.before, 0), (self._number, 1), (self.after, 0)):
            turning.addWidget(widget, stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.picture)
        column.addLayout(turning)

    def show_paper(self, paper: Pages, layout: QPageLayout) -> None:
        """Shows the first page of a paper that has been laid out."""
        self._paper, self._layout, self.page = paper, layout, 0
        self._show()

    def renew(self) -> None:
        """Draw the page again, of which more has come."""
        if self._paper is not None:
            self._show()

    def _step_back(self) -> None:
        self.page -= 1
        self._show()

    def _step_on(self) -> None:
        self.page += 1
        self._show()

    def _show(self) -> None:
        assert self._paper is not None
        whole = QSizeF(self._layout.fullRectPixels(DOTS_AN_INCH).size())
        scale = min(PREVIEW_PX / whole.width(), self.picture.height() / whole.height())
        ratio = self.devicePixelRatioF()
        picture = QPixmap((whole * scale * ratio).toSize())
        picture.setDevicePixelRatio(ratio)
        picture.fill(QColor("#FFFFFF"))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(scale, scale)
        painter.translate(self._layout.paintRectPixels(DOTS_AN_INCH).topLeft())
        self._paper.paint(painter, self.page)
        painter.resetTransform()
        painter.setPen(QColor(self._theme.line))
        painter.drawRect(QRectF(0, 0, whole.width() * scale - 1, whole.height() * scale - 1))
        painter.end()
        self.picture.setPixmap(picture)
        self._number.setText(f"{self.page + 1} of {self._paper.count}")
        self.before.setEnabled(self.page > 0)
        self.after.setEnabled(self.page + 1 < self._paper.count)
