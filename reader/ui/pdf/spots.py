"""Spots and boxes on printed pages, and the text that lies at them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from PySide6.QtCore import QRectF

from reader.model.document import Document
from reader.model.pdf.page_map import PageMap
from reader.model.span import Span
from reader.ui.pdf.page_layout import PlacedPage

# How far from a word the mouse may be and still point at it.
NEAR_PT = 3.0

Spot = tuple[int, float, float]
"""A page's number, and x and y on it in points."""


def offset_at(pages: PageMap, spot: Spot) -> int | None:
    """The offset of the text at a spot; None beside it."""
    number, x, y = spot
    word = pages.word_at(number, x, y)
    if word is None:
        return None
    for box in pages.boxes(word):
        across = box.left - NEAR_PT <= x <= box.right + NEAR_PT
        if box.page == number and across and box.top - 1 <= y <= box.bottom + 1:
            return min(max(pages.at(*spot) or 0, word.start), word.end - 1)
    return None


def span_around(
    pages: PageMap, document: Document, spot: Spot, what: Literal["word", "paragraph"]
) -> Span | None:
    """The word or the paragraph at a spot; None where there is no text."""
    word = pages.word_at(*spot)
    if word is None or what == "word":
        return word
    held = [block.span for block in document.blocks if block.span.holds(word.start)]
    return min(held, key=len, default=word)


def text_in(pages: PageMap, shown: Iterable[PlacedPage], seen: QRectF) -> Span | None:
    """The text of some pages in a part of the view, from the first to the last word of it."""
    spans = [
        span
        for placed in shown
        for span, box in pages.words_on(placed.page.number)
        if seen.contains(placed.box(box).center())
    ]
    if not spans:
        return None
    return Span(min(one.start for one in spans), max(one.end for one in spans))
