"""The signs that stand beside a page where notes are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from reader.model.annotation import Annotation, Colour
from reader.ui.marks.mark_painter import MarkPainter
from reader.ui.widgets.theme import Theme, pixmap, sans

NOTE_SIGN_PX = 20
# How near the mouse must be to a sign to point at it.
NEAR_PX = 4
# Signs of lines that are less apart stand beside each other.
_LINES_APART_PX = 10

# What stands in the margin instead of the sign of a note, by the annotation's motivation.
_SIGNS = {"bookmarking": "bookmark"}

Marker = tuple[Annotation, QRect]
Place = tuple[Annotation, Callable[[], QRectF | None]]
"""An annotation, and what says where its first line lies; None for no sign."""


class NoteMarkers:
    """Finds and draws the signs of the notes of a view; each has a place beside its first line."""

    def __init__(self, marks: MarkPainter) -> None:
        self._marks = marks

    def of(self, places: Iterable[Place], x: int, step_px: int) -> list[Marker]:
        """The signs of those annotations that have one, from the top down.

        `x` is the left edge of the signs; of two that would touch, the second stands `step_px`
        to the right, or to the left if that is below 0.
        """
        with_sign = (one for one in places if _has_sign(one[0]) or self._marks.letters)
        lines = ((annotation, line_of()) for annotation, line_of in with_sign)
        heights = [
            (round(line.center().y() - NOTE_SIGN_PX / 2), annotation)
            for annotation, line in lines
            if line is not None
        ]
        found: list[Marker] = []
        last_y = -100
        for y, annotation in sorted(heights, key=lambda one: one[0]):
            shift = step_px if abs(y - last_y) < _LINES_APART_PX else 0
            last_y = y
            found.append((annotation, QRect(x + shift, y, NOTE_SIGN_PX, NOTE_SIGN_PX)))
        return found

    @staticmethod
    def at(markers: Iterable[Marker], point: QPoint) -> Annotation | None:
        """The annotation whose sign is at a point; None where there is none."""
        for annotation, box in markers:
            if box.adjusted(-NEAR_PX, -NEAR_PX, NEAR_PX, NEAR_PX).contains(point):
                return annotation
        return None

    def paint(
        self, painter: QPainter, markers: Iterable[Marker], theme: Theme, ratio: float
    ) -> None:
        """Draws signs on a screen with `ratio` pixels a unit, and letters where they are wanted."""
        for annotation, box in markers:
            letter = self._marks.letters.get(annotation.colour, "")
            if letter and annotation.motivation not in _SIGNS:
                has_sign = _has_sign(annotation)
                painter.setPen(QColor(theme.ink2))
                painter.setFont(sans(10 if has_sign else 13, 600))
                # Beside the sign of a note, or in its place.
                place = box.translated(NOTE_SIGN_PX - 4, 6) if has_sign else box
                painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), letter)
            if not _has_sign(annotation):
                continue
            name = _SIGNS.get(annotation.motivation, "message-square-text")
            if annotation.target.area is not None and not annotation.note:
                name = "area"
            if annotation.state == "check":
                name = "circle-alert"
            sign = pixmap(name, theme.edges[annotation.colour], NOTE_SIGN_PX, ratio)
            painter.drawPixmap(box.topLeft(), sign)


def _has_sign(annotation: Annotation) -> bool:
    told = annotation.note or annotation.target.area or annotation.motivation in _SIGNS
    return bool(told or annotation.state == "check")


def letters_of(meanings: Mapping[Colour, str]) -> dict[Colour, str]:
    """A letter for each colour: the first of its meaning that no other has; else its number."""
    found: dict[Colour, str] = {}
    for number, (colour, meaning) in enumerate(meanings.items(), 1):
        free = (sign.upper() for sign in meaning if sign.isalpha())
        found[colour] = next((one for one in free if one not in found.values()), str(number))
    return found
