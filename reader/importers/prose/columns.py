"""Tables in plain text: lines whose cells stand in columns, by spaces, tabs or strokes."""

from __future__ import annotations

import re
from collections.abc import Sequence

Row = tuple[str, ...]

_LONGEST_CELL = 80
_GAP = 2
_WIDEST_LINE = 300
_FEWEST_NUMBERS = 0.3
_RULE = re.compile(r"[\s+|:=_-]*[-=_][\s+|:=_-]*")
_WORD = re.compile(r"\S+")
_STROKES = re.compile(r"\s*\|(.*)\|\s*")


def is_rule(line: str) -> bool:
    """Whether a line is drawn: dashes, and what crosses them."""
    return len(line.strip()) >= 3 and _RULE.fullmatch(line) is not None


def rows_of(lines: Sequence[str]) -> tuple[Row, ...]:
    """The rows of a table that lines without a blank one between them are; () when they are none.

    Each row has as many cells as the table has columns; an empty cell is "". Cells stand between
    strokes, or between tabs that each line has as many of, or in columns parted by at least two
    spaces in every line. Columns must hold numbers in a third of the lines, or they are prose set
    with wide gaps.
    """
    bare = [line for line in lines if not is_rule(line)]
    if len(bare) < 2:
        return ()
    stroked = [_STROKES.fullmatch(line) for line in bare]
    if all(stroked):
        made = [tuple(c.strip() for c in found[1].split("|")) for found in stroked if found]
        widest = max(map(len, made))
        return tuple((*row, *[""] * (widest - len(row))) for row in made) if widest > 1 else ()
    tabs = {line.rstrip("\n").count("\t") for line in bare}
    if tabs != {0} and min(tabs) >= 1 and not any(line.startswith("\t") for line in bare):
        widest = max(tabs) + 1
        cells = [[c.strip() for c in line.split("\t")] for line in bare]
        made = [(*row, *[""] * (widest - len(row))) for row in cells]
        return _if_table(made)
    return _if_table(_by_gutters([line.expandtabs(8).rstrip() for line in bare]))


def _by_gutters(lines: Sequence[str]) -> list[Row]:
    """The lines cut where each of them has white space, at least two wide."""
    width = max(map(len, lines))
    if width > _WIDEST_LINE:
        return []
    taken = bytearray(width)
    for line in lines:
        for word in _WORD.finditer(line):
            taken[word.start() : word.end()] = b"\x01" * (word.end() - word.start())
    columns: list[tuple[int, int]] = []
    start = -1
    for i in range(width + 1):
        if i < width and taken[i]:
            if start < 0:
                start = i
                if columns and i - columns[-1][1] < _GAP:
                    start = columns.pop()[0]
        elif start >= 0:
            columns.append((start, i))
            start = -1
    if len(columns) < 2:
        return []
    return [tuple(line[a:b].strip() for a, b in columns) for line in lines]


def _if_table(rows: list[Row]) -> tuple[Row, ...]:
    if not rows or len(rows[0]) < 2 or not any(rows[0]):
        return ()
    if any(len(cell) > _LONGEST_CELL for row in rows for cell in row):
        return ()
    numbers = sum(any(map(str.isdigit, "".join(row[1:]))) for row in rows)
    return tuple(rows) if numbers >= _FEWEST_NUMBERS * len(rows) else ()


def has_columns(lines: Sequence[str]) -> bool:
    """Whether lines hold wide gaps before numbers, as a table does whose columns are not even."""
    if len(lines) < 2:
        return False
    gapped = sum(re.search(r"\S(?: {2,}|\t+)\S", line.strip()) is not None for line in lines)
    numbered = sum(re.search(r"(?: {2,}|\t+)\S*\d", line.strip()) is not None for line in lines)
    return gapped >= 0.7 * len(lines) and numbered >= _FEWEST_NUMBERS * len(lines)
