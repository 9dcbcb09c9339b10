"""The words of drawings: what stands above its line is a power, "10⁹" and not "109"."""

from __future__ import annotations

import re

from reader.importers.common.elements import Element, tag_of
from reader.model.document import Mark
from reader.model.plain_text import marked_as_plain
from reader.model.span import Span

_NUMBER = re.compile(r"-?\d*\.?\d+")
_SHIFT = re.compile(r"baseline-shift\s*:\s*([^;]+)")


def drawn_words(text: Element) -> str:
    """The words of a drawing; what it draws above its line or below is raised or lowered.

    Source: SVG 1.1, 10.5 ("dy", "baseline-shift"), https://www.w3.org/TR/SVG11/text.html.
    """
    pieces: list[tuple[str, float]] = []
    _add_pieces(text, 0.0, pieces)
    line = next((height for piece, height in pieces if piece.strip()), 0.0)
    words, marks = "", list[Mark]()
    for piece, height in pieces:
        if height != line and piece.strip():
            span = Span(len(words), len(words) + len(piece))
            marks.append(Mark("sup" if height < line else "sub", span))
        words += piece
    return " ".join(marked_as_plain(words, marks, Span(0, len(words))).split())


def _add_pieces(element: Element, height: float, pieces: list[tuple[str, float]]) -> float:
    """Add what an element draws, each with its height under the line; the height it ends at."""
    shift = (element.get("baseline-shift") or "").strip()
    shift = shift or next(iter(_SHIFT.findall(element.get("style") or "")), "")
    raised = {"super": -1.0, "sub": 1.0}.get(shift, 0.0)
    if not raised and (number := _NUMBER.match(shift)):
        raised = -float(number[0])
    own_line = element.get("y") is not None or element.get("x") is not None
    moved = _NUMBER.match((element.get("dy") or "").strip()) if not own_line else None
    height = 0.0 if own_line else round(height + (float(moved[0]) if moved else 0.0), 6)
    pieces.append((element.text or "", height + raised))
    line = element.get("y")
    for child in element:
        if tag_of(child):
            if _begins_line(child, line):
                pieces.append((" ", 0.0))
            line = child.get("y") or line
            height = _add_pieces(child, height, pieces)
        pieces.append((child.tail or "", height + raised))
    return height


def _begins_line(part: Element, line: str | None) -> bool:
    """Whether a part is drawn lower at a place of its own; letters placed one by one are not."""
    if part.get("y") is not None:
        return part.get("y") != line
    return part.get("x") is not None and part.get("dy") is not None
