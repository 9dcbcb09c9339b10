"""Rows of tables, told from lines of text by the gaps in them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reader.importers.pdf_lines import Line, frame

_CELL_GAP_EM = 1.5
_MOST_WRAPPED = 2
_WHOLE_EM = 0.6
_WORDED = 0.6
_ALIKE = 0.2


def table_rows(lines: Sequence[Line]) -> set[int]:
    """The lines that are rows of tables: below each other, with wide gaps at the same place.

    Between such rows may stand lines that end before the gap, as what a cell goes on with.
    """
    right = max(line.frame[2] for line in lines)
    parts = [[] if _is_stretched(line, right) else cells(line) for line in lines]
    gaps = [[(one[1], other[0]) for one, other in pairwise(row)] for row in parts]
    rows: set[int] = set()
    for i, below in enumerate(gaps):
        em = lines[i].size
        for k in range(i - 1, max(i - 2 - _MOST_WRAPPED, -1), -1):
            ends = [
                min(a[1], b[1])
                for a in gaps[k]
                for b in below
                if min(a[1], b[1]) - max(a[0], b[0]) > 0.5 * em
            ]
            between = lines[k + 1 : i]
            end = max(ends, default=0.0) - _CELL_GAP_EM * em
            if ends and all(_is_of_cell(line, lines[k], lines[i], end) for line in between):
                rows.update(range(k, i + 1))
            if gaps[k]:
                break
    return rows


def _is_stretched(line: Line, right: float) -> bool:
    """Whether all spaces of a line of words are alike, for it to reach the right edge."""
    if line.frame[2] < right - _WHOLE_EM * line.size:
        return False
    lettered = sum(sum(map(str.isalpha, word.text)) > 1 for word in line.words)
    if lettered < _WORDED * len(line.words):
        return False
    frames = [frame(word) for word in line.words]
    spaces = [
        after[0] - before[2]
        for (before, after), word in zip(pairwise(frames), line.words[1:], strict=True)
        if not word.glued
    ]
    return len(spaces) > 1 and max(spaces) - min(spaces) <= _ALIKE * max(spaces)


def _is_of_cell(line: Line, above: Line, below: Line, end: float) -> bool:
    """Whether a line between two rows ends before their gap and is set as one of them is."""
    return line.frame[2] <= end and any(
        line.bold == row.bold and abs(line.size - row.size) <= 0.05 * row.size
        for row in (above, below)
    )


def cells(line: Line, gap_em: float = _CELL_GAP_EM) -> list[tuple[float, float, int, int]]:
    """The parts of a line between wide gaps: left, right, first word and word after the last."""
    found: list[tuple[float, float, int, int]] = []
    for i, word in enumerate(line.words):
        left, _, right, _ = frame(word)
        if found and left - found[-1][1] <= gap_em * word.size:
            first = found[-1]
            found[-1] = (first[0], max(first[1], right), first[2], i + 1)
        else:
            found.append((left, right, i, i + 1))
    return found
