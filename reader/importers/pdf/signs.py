"""Columns that hold signs of currency alone, which belong to the numbers beside them."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from reader.importers.pdf.lines import Line

Row = list[list[Line]]


def without_signs(rows: list[Row]) -> list[Row]:
    """The rows with no column of signs of currency alone: they stand before the numbers."""
    for c in range(len(rows[0]) - 2, -1, -1):
        held = "".join(line.text for row in rows for line in row[c])
        if held and all(unicodedata.category(sign) == "Sc" for sign in held):
            rows = [[*row[:c], _side_by_side(row[c], row[c + 1]), *row[c + 2 :]] for row in rows]
    return rows


def _side_by_side(left: list[Line], right: list[Line]) -> list[Line]:
    if not (left and right):
        return left or right
    return [replace(left[0], words=tuple(word for line in (*left, *right) for word in line.words))]
