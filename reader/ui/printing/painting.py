"""Pages painted on a printer or into a file, one a step, so that a window can go on meanwhile."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QPagedPaintDevice, QPainter
from PySide6.QtWidgets import QProgressBar

from reader.problem import Problem
from reader.ui.printing.preview import DOTS_AN_INCH, Pages


def painted(
    pages: Pages, device: QPagedPaintDevice, numbers: range, progress: QProgressBar
) -> Iterator[None]:
    """Paint the pages of these numbers, from 0, and show how many are done.

    Raises:
        Problem: when the device cannot be painted on.
    """
    painter = QPainter()
    if not painter.begin(device):
        raise Problem("The printer cannot be used.")
    scale = device.logicalDpiX() / DOTS_AN_INCH
    progress.setRange(0, len(numbers))
    progress.show()
    try:
        for done, number in enumerate(numbers):
            yield from pages.fetch(number)
            if done:
                device.newPage()
            painter.save()
            painter.scale(scale, scale)
            pages.paint(painter, number)
            painter.restore()
            progress.setValue(done + 1)
            yield
    finally:
        painter.end()
