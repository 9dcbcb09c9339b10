"""What stands on a widget that paints itself: its words, where they stand and how they look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRect
from PySide6.QtGui import QPainter, QRegion
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

_SVG = "{http://www.w3.org/2000/svg}"
_MATRIX = re.compile(r"matrix\(([^)]*)\)")


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one line that look alike; their base line begins at `x` and `y`, in pixels."""

    text: str
    x: float
    y: float
    family: str
    size_px: float
    weight: int
    italic: bool
    colour: str

    @property
    def bold(self) -> bool:
        return self.weight >= 600


def painted(widget: QWidget, area: QRect | None = None) -> list[Run]:
    """The words that `widget` paints, those within `area` of it, in the order of painting."""
    root = ET.fromstring(_drawn(widget))
    found = list(_runs(root, 0.0, 0.0))
    return [run for run in found if area is None or area.top() < run.y <= area.bottom() + 1]


def lines(runs: list[Run]) -> list[str]:
    """The words line by line from above, without the spaces at their ends."""
    rows: dict[float, list[Run]] = {}
    for run in runs:
        rows.setdefault(round(run.y), []).append(run)
    in_order = (sorted(rows[y], key=lambda run: run.x) for y in sorted(rows))
    return ["".join(run.text for run in row).strip() for row in in_order]


def _drawn(widget: QWidget) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    drawing = QSvgGenerator()
    drawing.setOutputDevice(buffer)
    drawing.setSize(widget.size())
    drawing.setResolution(96)
    painter = QPainter(drawing)
    widget.render(painter, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    painter.end()
    return bytes(buffer.data().data())


def _runs(element: ET.Element, x: float, y: float) -> Iterator[Run]:
    for child in element:
        found = _MATRIX.match(child.get("transform", ""))
        dx, dy = [float(n) for n in found[1].split(",")][4:] if found else (0.0, 0.0)
        if child.tag == f"{_SVG}text":
            # The drawing puts a line break and a space before the words.
            yield Run(
                (child.text or "").removeprefix("\n "),
                x + float(child.get("x", "0")),
                y + float(child.get("y", "0")),
                child.get("font-family", ""),
                float(child.get("font-size", "0")),
                int(child.get("font-weight", "400")),
                child.get("font-style", "") == "italic",
                child.get("fill", ""),
            )
        yield from _runs(child, x + dx, y + dy)
