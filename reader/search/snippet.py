"""A line of the document's own text around a hit."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping

from reader.model.document import Document
from reader.model.plain_text import raised_and_lowered
from reader.model.search import Hit, Snippet
from reader.model.span import Span

WIDTH = 160
_BEFORE = 0.35  # of the width: what follows a hit says more than what precedes it
_LONGEST_PART = 24  # of a word that is cut away at an edge
_CLINGING = ",.;:!?)]"


def snippet(
    document: Document, hit: Hit, others: Iterable[Span] = (), width: int = WIDTH
) -> Snippet:
    """About `width` characters around the hit, on one line; all of `others` in it are marked too.

    Numbers of references are left out, so that words read clean. A title that is no part of the
    text is given as it is.
    """
    if hit.kind == "title" and not len(hit.span):
        return Snippet(" ".join(document.title.split()), ())
    text = document.text
    block = _block(document, hit.span)
    cut = _window(text, hit.span, block, width)
    hidden = [
        mark.span
        for mark in document.marks
        if mark.kind == "reference_mark"
        and cut.covers(mark.span)
        and not any(map(str.isalpha, mark.span.cut(text)))
    ]
    line, places = _clean(text, cut, hidden, raised_and_lowered(document, cut))
    before = "… " if cut.start > block.start else ""
    after = " …" if cut.end < block.end else ""
    marks = set()
    for span in (hit.span, *others):
        first, last = max(span.start, cut.start), min(span.end, cut.end)
        if first < last:
            start, end = places[first - cut.start], places[last - cut.start]
            marks.add(Span(start, max(start, end)).moved(len(before)))
    return Snippet(before + line + after, tuple(sorted(mark for mark in marks if len(mark))))


def _block(document: Document, span: Span) -> Span:
    """The block that a span starts in; between blocks, from there on to the end of the text."""
    number = bisect_right(document.blocks, span.start, key=lambda block: block.span.start) - 1
    if number >= 0 and document.blocks[number].span.end >= span.end:
        return document.blocks[number].span
    return Span(span.start, len(document.text))


def _window(text: str, span: Span, block: Span, width: int) -> Span:
    """What of the block is shown: whole words around the span."""
    room = max(0, width - len(span))
    last = min(block.end, max(span.end, span.start + room - int(room * _BEFORE) + len(span)))
    first = max(block.start, min(span.start, last - width))
    last = min(block.end, max(last, first + width))
    if first > block.start and not text[first - 1].isspace():
        spaces = [
            i for i in range(first, min(span.start, first + _LONGEST_PART)) if text[i].isspace()
        ]
        first = spaces[0] + 1 if spaces else first
    if last < block.end and not text[last].isspace():
        spaces = [i for i in range(max(span.end, last - _LONGEST_PART), last) if text[i].isspace()]
        last = spaces[-1] if spaces else last
    return Span(first, last)


def _clean(
    text: str, cut: Span, hidden: Iterable[Span], signs: Mapping[int, str]
) -> tuple[str, list[int]]:
    """The cut on one line without what is hidden, and where each of its offsets went.

    `signs` stand in the places of raised and lowered characters.
    """
    covered = {offset for span in hidden for offset in range(span.start, span.end)}
    line, places = "", []
    for offset in range(cut.start, cut.end):
        character = text[offset]
        if offset - 1 in covered and line.endswith(" ") and character in _CLINGING:
            line = line[:-1]
        places.append(len(line))
        if offset in covered:
            continue
        if not character.isspace():
            line += signs.get(offset, character)
        elif line and not line.endswith(" "):
            line += " "
    line = line.rstrip()
    return line, [min(place, len(line)) for place in [*places, len(line)]]
