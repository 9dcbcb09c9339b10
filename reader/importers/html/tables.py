"""Tables: which hold data, and where in the grid each cell stands."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice

from reader.importers.common.cell_place import Place
from reader.importers.common.elements import HEADINGS, Element, is_hidden, tag_of

MOST_SPAN = 200
_PARTS = frozenset("article aside footer form header iframe main nav".split())
NESTING = frozenset("b center div font form i section span".split())
"""Elements that pages put round rows and cells, where none can be."""
_MANY_PARAGRAPHS = 4
_LEAST_PROSE = 100
_GUTTER = re.compile(r"\b(line-?nos?|line-?numbers?|gutter|lineno)\b", re.IGNORECASE)
ROW_TAGS = frozenset(("thead", "tbody", "tfoot", "tr", "td", "th", "caption"))
ROW_PARTS = ("thead", "tbody", "tfoot")
_CAPTION = re.compile(
    r"\s*(supplementary |supplemental |appendix |online )?(table|tab\.|tabelle|tableau"
    r"|tabla|tabella|box|panel)\s*[A-Z]?\.?\s?\d{0,3}[A-Za-z]?(\.\d{1,2})?\s*[.:|–—]",
    re.IGNORECASE,
)


def is_caption(text: str) -> bool:
    """Whether a paragraph before a table reads like its caption ("Table 1. …")."""
    return bool(_CAPTION.match(text)) and len(text) < 1500


def own_caption(table: Element) -> Element | None:
    """The table's own caption."""
    return next((child for child in table if tag_of(child) == "caption"), None)


def is_data(table: Element) -> bool:
    """Whether a table is one to its reader, and no means of placing things on a page.

    Structure decides alone: parts of pages in a cell, headings with prose under them, tables of
    data inside, many paragraphs in cells without any row to compare.
    """
    if table.get("role") in ("presentation", "none") or table.get("datatable") == "0":
        return False
    rows = [row for row in (list(_cells(row)) for row in _rows(table)) if row]
    cells = [cell for row in rows for cell in row]
    filled = [cell for cell in cells if holds_words(cell)]
    if not filled:
        return False
    if any(_is_gutter(cell) for cell in cells):
        return False
    titled = own_caption(table) is not None or any(
        tag_of(e) in ("th", "thead") and _of_table(e, table) for e in table.iter()
    )
    sections = [_sections_in(cell) for cell in filled]
    if any(_holds_page_part(cell, titled) for cell in filled) or max(sections) > 1 + titled:
        return False
    if len(filled) == 1 and any(tag_of(e) in HEADINGS for e in filled[0].iter()):
        return False
    if titled or _has_border(table):
        return True
    if any(sections) or any(_holds_table_of_data(cell) for cell in filled):
        return False
    if len(rows) < 3 and max(map(_paragraphs_in, filled)) >= _MANY_PARAGRAPHS:
        return False
    return not _is_picture_with_words(table, filled)


def settle_layout(root: Element) -> None:
    """Say of each table that is none to its reader that it is for looks, before parts are cut."""
    for table in root.iter("table", "{*}table"):
        if table.get("role") is None and not is_data(table):
            table.set("role", "presentation")


def holds_words(cell: Element) -> bool:
    """Whether any words stand in the element, visible or not."""
    return any(e.text and e.text.strip() for e in cell.iter() if tag_of(e)) or any(
        e.tail and e.tail.strip() for e in cell.iterdescendants()
    )


def _of_table(element: Element, table: Element) -> bool:
    """Whether an element belongs to this table and to no other inside it."""
    return next((a for a in element.iterancestors() if tag_of(a) == "table"), None) is table


def _has_border(table: Element) -> bool:
    border = table.get("border")
    if border is not None:
        return border.strip() not in ("0", "none")
    return table.get("rules") in ("all", "rows", "cols", "groups")


def _is_gutter(cell: Element) -> bool:
    """Whether a cell holds the line numbers of a listing in the cell beside it."""
    if not any(tag_of(e) == "pre" for e in cell.iter()):
        return False
    names = " ".join((e.get("class") or "") for e in islice(cell.iter(), 5))
    return bool(_GUTTER.search(names))


def _holds_page_part(cell: Element, titled: bool) -> bool:
    found = {tag_of(e) for e in cell.iter()} & _PARTS
    return bool(found - {"header", "footer", "aside", "form"} if titled else found)


def _sections_in(cell: Element) -> int:
    """How many headings with paragraphs of prose under them are in a cell."""
    count = 0
    under = -1
    for element in cell.iter():
        name = tag_of(element)
        if name in HEADINGS:
            count += under >= _LEAST_PROSE
            under = 0
        elif under >= 0 and name in ("p", "li", "div") and element.text:
            under += len(element.text.strip())
    return count + (under >= _LEAST_PROSE)


def _holds_table_of_data(cell: Element) -> bool:
    return any(tag_of(e) == "table" and e is not cell and is_data(e) for e in cell.iter())


def _paragraphs_in(cell: Element) -> int:
    names = [tag_of(e) for e in cell.iter()]
    return names.count("p") + names.count("br") // 2


def _is_picture_with_words(table: Element, filled: list[Element]) -> bool:
    """Whether all there is are pictures and one cell of words: a figure with its caption."""
    return len(filled) == 1 and any(tag_of(e) in ("img", "svg") for e in table.iter())


def _rows(table: Element) -> Iterator[Element]:
    """The rows of the table and of no other inside it: head, bodies, foot."""
    parts = sorted(_parts(table), key=lambda p: {"thead": 0, "tfoot": 2}.get(tag_of(p), 1))
    for part in parts:
        if tag_of(part) == "tr":
            yield part
        else:
            yield from (row for row in _parts(part) if tag_of(row) == "tr")


def _parts(table: Element) -> Iterator[Element]:
    """Rows and groups of rows, those too that stand in what cannot be there: a form, a font."""
    for child in table:
        name = tag_of(child)
        if is_hidden(child):
            continue
        if name == "tr" or (name in ROW_PARTS and tag_of(table) not in ROW_PARTS):
            yield child
        elif name in NESTING:
            yield from _parts(child)


def _cells(row: Element) -> Iterator[Element]:
    for child in row:
        name = tag_of(child)
        if is_hidden(child):
            continue
        if name in ("td", "th"):
            yield child
        elif name in NESTING:
            yield from _cells(child)


def places(table: Element) -> dict[Element, Place]:
    """Every cell in reading order with its place; spans reach no further than there are cells."""
    rows = list(_rows(table))
    ends = _ends_of_groups(rows)
    found: dict[Element, Place] = {}
    busy_until: dict[int, int] = {}
    for row_number, row in enumerate(rows):
        column = 0
        in_head = (parent := row.getparent()) is not None and tag_of(parent) == "thead"
        for cell in _cells(row):
            while busy_until.get(column, 0) > row_number:
                column += 1
            across = _span(cell.get("colspan"), 1)
            # A span ends with its group of rows; one of 0 reaches so far.
            left = ends[row_number] - row_number
            down = min(_span(cell.get("rowspan"), left), left)
            for busy in range(column, column + across):
                busy_until[busy] = row_number + down
            header = in_head or tag_of(cell) == "th"
            found[cell] = Place(row_number, column, header, down, across)
            column += across
    return _compressed(found)


def _ends_of_groups(rows: list[Element]) -> list[int]:
    """For each row, the number of the first row after its group."""
    ends = [len(rows)] * len(rows)
    for number in range(len(rows) - 2, -1, -1):
        same = rows[number].getparent() is rows[number + 1].getparent()
        ends[number] = ends[number + 1] if same else number + 1
    return ends


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
