"""Tables: which hold data, and where in the grid each cell stands."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from reader.importers.html_tree import HEADINGS, Element, is_hidden, length_of, tag_of

MOST_SPAN = 200
_LONG_CELL = 600
_CAPTION = re.compile(
    r"\s*(supplementary |supplemental |appendix |online )?(table|tab\.|tabelle|tableau"
    r"|tabla|tabella|box|panel)\s*[A-Z]?\.?\s?\d{0,3}[A-Za-z]?(\.\d{1,2})?\s*[.:|–—]",
    re.IGNORECASE,
)
_RUNNING = ("p", "ul", "ol", "dl", "blockquote", "div", "section", "article", "figure", "form")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell stands; rows and columns count from 0."""

    row: int
    column: int
    header: bool
    row_span: int
    column_span: int


def is_caption(text: str) -> bool:
    """Whether a paragraph before a table reads like its caption ("Table 1. …")."""
    return bool(_CAPTION.match(text)) and len(text) < 1500


def own_caption(table: Element) -> Element | None:
    """The table's own caption."""
    return next((child for child in table if tag_of(child) == "caption"), None)


def is_data(table: Element) -> bool:
    """Whether a table is one to its reader, and no means of placing things on a page."""
    if table.get("role") in ("presentation", "none"):
        return False
    rows = [list(_cells(row)) for row in _rows(table)]
    cells = [cell for row in rows for cell in row]
    if not cells or not length_of(table):
        return False
    inner = [tag_of(e) for e in table.iter()]
    if "pre" in inner or any(name in HEADINGS for name in inner) or inner.count("table") > 3:
        return False
    if max(map(_running_length, cells)) > 10 * _LONG_CELL:
        return False
    if own_caption(table) is not None or "th" in inner or "thead" in inner:
        return True
    if inner.count("table") > 1 or len(rows) < 2 or max(map(len, rows)) < 2:
        return False
    return max(map(_running_length, cells)) <= _LONG_CELL


def _running_length(cell: Element) -> int:
    """How much running text is in a cell; a long line alone is none."""
    if sum(tag_of(e) in _RUNNING for e in cell.iter()) < 2:
        return 0
    return length_of(cell)


def _rows(table: Element) -> Iterator[Element]:
    """The rows of the table and of no other inside it: head, bodies, foot."""
    parts = sorted(table, key=lambda part: {"thead": 0, "tfoot": 2}.get(tag_of(part), 1))
    for part in parts:
        if tag_of(part) == "tr":
            yield part
        elif tag_of(part) in ("thead", "tbody", "tfoot") and not is_hidden(part):
            yield from (row for row in part if tag_of(row) == "tr" and not is_hidden(row))


def _cells(row: Element) -> Iterator[Element]:
    return (cell for cell in row if tag_of(cell) in ("td", "th") and not is_hidden(cell))


def places(table: Element) -> dict[Element, Place]:
    """Every cell in reading order with its place; spans reach no further than there are cells."""
    rows = list(_rows(table))
    found: dict[Element, Place] = {}
    busy_until: dict[int, int] = {}
    for row_number, row in enumerate(rows):
        column = 0
        in_head = (parent := row.getparent()) is not None and tag_of(parent) == "thead"
        for cell in _cells(row):
            while busy_until.get(column, 0) > row_number:
                column += 1
            across = _span(cell.get("colspan"), 1)
            down = min(_span(cell.get("rowspan"), len(rows)), len(rows) - row_number)
            for busy in range(column, column + across):
                busy_until[busy] = row_number + down
            header = in_head or tag_of(cell) == "th"
            found[cell] = Place(row_number, column, header, down, across)
            column += across
    return _compressed(found)


def _span(untrusted: str | None, if_zero: int) -> int:
    digits = (untrusted or "").strip()
    if not re.fullmatch(r"[0-9]{1,6}", digits):
        return 1
    return min(int(digits) or if_zero, MOST_SPAN) or 1


def _compressed(found: dict[Element, Place]) -> dict[Element, Place]:
    """The places with only those columns in which a cell begins."""
    columns = sorted({place.column for place in found.values()})
    made = {}
    for cell, place in found.items():
        first = bisect_left(columns, place.column)
        last = bisect_left(columns, place.column + place.column_span)
        made[cell] = Place(place.row, first, place.header, place.row_span, max(1, last - first))
    return made
