"""Notes that stand beside a printed page: one below the other, as near to their places as fits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QTextDocument

from reader.printing.pagination import draw
from reader.ui.printing.margin_notes import PaperNote, as_card, plain
from reader.ui.widgets.theme import Theme, sans

# Between page and notes.
GAP_PX = 18
# For the line that says which notes stand elsewhere.
_MORE_PX = 18
_BETWEEN_PX = 6


@dataclass(frozen=True, slots=True)
class Margin:
    """The notes beside a page with their heights on it, and those without room there."""

    cards: list[tuple[PaperNote, float, QTextDocument]]
    rest: list[PaperNote]


def stacked(
    notes: Iterable[tuple[PaperNote, float]], theme: Theme, width: float, height: float
) -> Margin:
    """Notes, each beside the height that is told with it or below the one before, in a margin of
    that size in pixels."""
    made, free = Margin([], []), 0.0
    for note, wanted in notes:
        card = as_card(note, theme, width)
        tall = card.size().height()
        # Moved up as far as the notes before it leave room.
        y = max(free, min(wanted, height - _MORE_PX - tall))
        if made.rest or y + tall > height - _MORE_PX:
            made.rest.append(note)
            continue
        made.cards.append((note, y, card))
        free = y + tall + _BETWEEN_PX
    return made


def paint_beside(painter: QPainter, margin: Margin, room: QRectF, theme: Theme, whole: str) -> None:
    """Paint notes in the room beside a page; what has none there stands after the `whole`."""
    for note, y, card in margin.cards:
        tall = card.size().height()
        painter.save()
        painter.translate(room.x(), room.y() + y)
        edge = QColor(theme.edges[note.annotation.colour])
        painter.fillRect(QRectF(-8, 2, 2, tall - 4), edge)
        draw(painter, card, QRectF(0, 0, room.width(), tall))
        painter.restore()
    if margin.rest:
        first, last = margin.rest[0].number, margin.rest[-1].number
        told = f"{first}" if first == last else f"{first}–{last}"
        painter.setFont(plain(sans(9)))
        painter.setPen(QColor(theme.ink3))
        low = QRectF(room.x(), room.bottom() - _MORE_PX + 4, room.width(), 14)
        painter.drawText(low, int(Qt.AlignmentFlag.AlignLeft), f"{told} after {whole}")
