"""Moves the page sideways while a table that is wider than it is in sight."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollBar, QTextEdit

HEIGHT_PX = 10
STEP_PX = 80
_BESIDE_PX = 60


class Sideways(QScrollBar):
    """A slim bar at the foot of a view, in the place of Qt's, which would stand there always."""

    def __init__(self, view: QTextEdit) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._bar = view.horizontalScrollBar()
        self.setAccessibleName("Move the table sideways")
        self.setToolTip("Move the table sideways (Left and Right, or Shift and the wheel)")
        self.setSingleStep(STEP_PX)
        self._bar.rangeChanged.connect(self._take_range)
        self._bar.valueChanged.connect(self.setValue)
        self.valueChanged.connect(self._bar.setValue)
        self.hide()

    def _take_range(self, least: int, most: int) -> None:
        self.setRange(least, most)
        self.setPageStep(self._bar.pageStep())
        if not most:
            self.hide()

    def offer(self, wide: bool) -> None:
        """Stands there when a wide table is in sight; else the page is back at its left edge."""
        self.setVisible(wide and self.maximum() > 0)
        if not wide:
            self._bar.setValue(0)

    def bring(self, left: float, right: float) -> None:
        """Brings what lies between two distances from the left edge of the page into sight."""
        room = self._bar.pageStep()
        if not self._bar.value() <= left <= right <= self._bar.value() + room:
            self._bar.setValue(0 if right <= room else round(left) - _BESIDE_PX)
