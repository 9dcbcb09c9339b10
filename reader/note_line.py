"""A piece of a note on one line, as results show it: words, with what matched in them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reader.model.note_tables import parts
from reader.model.search import Snippet
from reader.model.span import Span
from reader.note_markdown import shown

# Private signs stand at the ends of what matched while the Markdown is read.
_BEGIN, _END = "\ue000", "\ue001"
_LEADING = re.compile(r"^(?:› )+")
# What a cut has left of signs whose other half lies outside it.
_TORN = re.compile(r"\*\*|(?<!\w)__|__(?!\w)|^`|`$")
_CELLS = re.compile(r"\s*(?<!\\)\|\s*")
# The line under the head of a table, also where line breaks were lost.
_RULE = re.compile(r"\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?(?!\S))?")


def line_of(note: str) -> str:
    """A whole note on one line, without the signs of Markdown; cells of tables apart by dots."""
    return rendered(note).text


def rendered(piece: str, marks: Iterable[Span] = ()) -> Snippet:
    """A piece of a note on one line; `marks` are spans of the piece, those of the answer of it."""
    signed, at = "", 0
    for mark in sorted(marks):
        if mark.start >= at:
            signed += piece[at : mark.start] + _BEGIN + piece[mark.start : mark.end] + _END
            at = mark.end
    signed += piece[at:]
    lines = [line for part in parts(signed) for line in _lines(part)]
    whole = " ".join(" ".join(lines).split())
    text, found, begun = "", [], -1
    for sign in _TORN.sub("", whole):
        if sign == _BEGIN:
            begun = len(text)
        elif sign == _END:
            if 0 <= begun < len(text):
                found.append(Span(begun, len(text)))
            begun = -1
        else:
            text += sign
    return Snippet(text, tuple(found))


def _lines(part: str | tuple[tuple[str, ...], ...]) -> list[str]:
    if not isinstance(part, str):
        return [" · ".join(shown(cell).text for cell in row if cell) for row in part]
    return [_LEADING.sub("", shown(line).text) for line in map(_row, part.split("\n"))]


def _row(line: str) -> str:
    """A line with what a cut has left of a table, without its bars."""
    if not line.lstrip().startswith("|") and not _RULE.search(line):
        return line
    return " · ".join(filter(None, _CELLS.split(_RULE.sub("|", line))))
