"""The cells of a table of Rich Text, each in its column: rows say where their edges are.

Source: Rich Text Format Specification 1.9.1, "Table Definitions".
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import pairwise

from reader.importers.rtf.looks import CellPlace, RowPlaces
from reader.importers.word.outline import find_header
from reader.importers.word.parts import Omitted, Paragraph, Part, Table, TableCell

_NEAR_TWIPS = 60
_MOST_COLUMNS = 1_000


@dataclass(slots=True)
class Row:
    """The contents of the cells of a row, and what it says of their places."""

    cells: list[list[Part]] = field(default_factory=list)
    places: RowPlaces = field(default_factory=RowPlaces)


def table_of(rows: list[Row]) -> list[Part]:
    """The table of rows, and what of it is left out."""
    table, omitted = Table(), list[Part]()
    edges = _edges(rows)
    above: dict[int, TableCell] = {}
    for number, row in enumerate(rows):
        left = row.places.left
        last: TableCell | None = None
        for i, parts in enumerate(row.cells[:_MOST_COLUMNS]):
            place = row.places.cells[i] if i < len(row.places.cells) else CellPlace()
            column, span = i, 1
            if edges:
                column = _index(edges, left)
                span = max(1, _index(edges, place.edge) - column)
                left = place.edge
            before = above.get(column)
            if place.goes_on_beside and last is not None:
                last.column_span += span
                last.parts += [p for p in parts if not _is_empty(p)]
            elif place.goes_on_above and before is not None and _reaches(before, number):
                before.row_span += 1
                omitted += _covered(parts)
                last = None
            else:
                last = TableCell(number, column, parts, 1, span, row.places.is_header)
                table.cells.append(last)
                above[column] = last
    find_header(table)
    return [table, *omitted] if table.cells else []


def _edges(rows: list[Row]) -> list[int]:
    """Where the columns of a table begin and end; [] when a row does not say where its cells are.

    Edges that nearly meet are one.
    """
    found: set[int] = set()
    near = _NEAR_TWIPS
    for row in rows:
        places = row.places.cells
        edges = [row.places.left, *(place.edge for place in places[: len(row.cells)])]
        widths = [second - first for first, second in pairwise(edges)]
        if len(places) < len(row.cells) or min(widths, default=0) <= 0:
            return []
        near = min(near, min(widths) // 2)
        found.update(edges)
    kept: list[int] = []
    for edge in sorted(found):
        if not kept or edge - kept[-1] > near:
            kept.append(edge)
    return kept


def _index(edges: list[int], edge: int) -> int:
    """Which of the edges is meant, the nearest one."""
    at = min(bisect_left(edges, edge), len(edges) - 1)
    return at - 1 if at and edge - edges[at - 1] < edges[at] - edge else at


def _reaches(cell: TableCell, row: int) -> bool:
    return cell.row + cell.row_span == row


def _is_empty(part: Part) -> bool:
    return isinstance(part, Paragraph) and not part.events


def _covered(parts: list[Part]) -> list[Part]:
    """What stands in a cell that another one covers, as what is not shown."""
    found: list[Part] = []
    for part in parts:
        if isinstance(part, Table):
            found += [hidden for cell in part.cells for hidden in _covered(cell.parts)]
        elif isinstance(part, Paragraph):
            left = [event for event in part.events if event.kind == "left_out"]
            found += [Omitted(event.reason, event.text) for event in left]
            found += [Omitted("hidden text", part.text)] if part.text.strip() else []
        else:
            found.append(part)
    return found
