"""Rows of tables whose labels stand midway between their lines, as in cells over several rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from reader.importers.pdf.lines import Line

Row = list[list[Line]]
_AS_ONE_STEP = 1.35


def with_middles(rows: Sequence[Row], lines: Sequence[Line]) -> tuple[list[Row], list[Line]]:
    """The rows, one a line, and their lines, with what stands between two rows in the upper one.

    Such a line is nearer to both than rows are to each other, and has words only where neither
    of them has any.
    """
    steps = [below.baseline - above.baseline for above, below in pairwise(lines)]
    usual = median(steps) if steps else 0.0
    kept_rows: list[Row] = []
    kept: list[Line] = []
    for i, (row, line) in enumerate(zip(rows, lines, strict=True)):
        between = 0 < i < len(lines) - 1 and kept and kept[-1] is lines[i - 1]
        if (
            between
            and steps[i - 1] + steps[i] <= _AS_ONE_STEP * usual
            and not _share_columns(rows[i - 1], row)
            and not _share_columns(row, rows[i + 1])
        ):
            kept_rows[-1] = [over or here for over, here in zip(kept_rows[-1], row, strict=True)]
        else:
            kept_rows.append(row)
            kept.append(line)
    return kept_rows, kept


def _share_columns(row: Row, other: Row) -> bool:
    return any(cell and more for cell, more in zip(row, other, strict=True))
