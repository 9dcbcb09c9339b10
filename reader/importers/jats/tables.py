"""Tables of an article in JATS: those of XHTML, of OASIS (CALS), and arrays."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reader.importers.common.cell_place import Place
from reader.importers.common.elements import Element, tag_of
from reader.importers.html.tables import MOST_SPAN, places

CELL_BLOCKS = frozenset(
    "p list def-list disp-formula disp-formula-group disp-quote boxed-text table-wrap array table "
    "fig fig-group graphic media preformat code speech statement verse-group sec chem-struct-wrap "
    "supplementary-material question-wrap".split()
)


def cells_of(table: Element) -> dict[Element, Place]:
    """The cells of a table in reading order, each with its place."""
    groups = [child for child in table if tag_of(child) == "tgroup"]
    found: dict[Element, Place] = {}
    if not groups:
        return places(table)
    for group in groups:
        _add_group(group, found)
    return found


def holds_blocks(cell: Element) -> bool:
    """Whether a cell holds more than a line of words: paragraphs, a list, a picture."""
    if not len(cell):
        return False
    if tag_of(cell) == "entrytbl":
        return True
    blocks = [e for e in cell.iterdescendants() if tag_of(e) in CELL_BLOCKS]
    if not blocks:
        return False
    alone = len(blocks) == 1 and tag_of(blocks[0]) == "p"
    return not alone or bool(_around(cell, blocks[0]).strip())


def _around(cell: Element, block: Element) -> str:
    """The words of a cell outside its block."""
    whole, inner = ("".join(map(str, one.itertext())) for one in (cell, block))
    return whole.replace(inner, "", 1)


def _add_group(group: Element, found: dict[Element, Place]) -> None:
    """Add the entries of a `tgroup`, whose columns have names and whose rows may reach down."""
    columns: dict[str, int] = {}
    for number, spec in enumerate(e for e in group if tag_of(e) == "colspec"):
        columns[spec.get("colname") or str(number + 1)] = number
    spans = {e.get("spanname") or "": e for e in group if tag_of(e) == "spanspec"}
    rows = list(_rows(group))
    first = 1 + max((place.row for place in found.values()), default=-1)
    busy_until: dict[int, int] = {}
    for number, (row, in_head) in enumerate(rows):
        column = 0
        for entry in (e for e in row if tag_of(e) in ("entry", "entrytbl")):
            said = spans.get(entry.get("spanname") or "", entry)
            begin = columns.get(said.get("namest") or entry.get("colname") or "")
            if begin is not None and begin >= column:
                column = begin
            while busy_until.get(column, 0) > number:
                column += 1
            end = columns.get(said.get("nameend") or "", column)
            across = min(max(1, end - column + 1), MOST_SPAN)
            more = entry.get("morerows") or ""
            down = 1 + (int(more) if re.fullmatch(r"\d{1,4}", more) else 0)
            down = min(down, len(rows) - number)
            for busy in range(column, column + across):
                busy_until[busy] = number + down
            found[entry] = Place(first + number, column, in_head, down, across)
            column += across


def _rows(group: Element) -> Iterator[tuple[Element, bool]]:
    """The rows with whether they stand in the head; the foot comes last, wherever it is written."""
    parts = sorted(group, key=lambda part: {"thead": 0, "tfoot": 2}.get(tag_of(part), 1))
    for part in parts:
        if tag_of(part) in ("thead", "tbody", "tfoot"):
            yield from ((row, tag_of(part) == "thead") for row in part if tag_of(row) == "row")
