"""Rows of tables, told from lines of text by the gaps in them, and their cells."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import mean, median

from reader.importers.pdf.grid_tables import rows_by_cells
from reader.importers.pdf.lines import Line, frame
from reader.importers.pdf.middles import with_middles
from reader.importers.pdf.signs import without_signs
from reader.importers.pdf.word import Word

_CELL_GAP_EM = 1.5
_MOST_WRAPPED = 12
_WHOLE_EM = 0.6
_WORDED = 0.6
_ALIKE = 0.2
_SPACE_EM = 0.5
_WIDEST_SPACE_EM = 1.0
_WIDER = 1.25
_WHITE_EM = 0.5
_CROSSED = (0.0, 0.1, 0.25, 0.5)
# What stands further in than the line above is a part of what that names.
_INWARD_EM = 0.4
_BESIDE_EM = 0.8
_ROW_EM = 1.4
_CLOSE = 1.15
_CLOSEST_EM = 1.4
_SLACK_EM = 0.1
_APART_EM = 0.5
_FULL = 0.6
_FEWEST_RULED = 4
_GRIDDED = 0.8
_HIGHEST_RULED = 6
_MOST_BETWEEN = 6
_NEXT_EM = 2.2
_PARTED_EM = 0.4
_AMOUNT = re.compile(r"[(\-−–]*[¥$€£]? ?\d[\d,. ]*%?\)?")
_MARKER = re.compile(r"[•◦▪▫‣●■❖➢✓✔►▸➤]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]")
_NAMED = re.compile(r"(table|figure|fig)\b", re.I)

Row = list[list[Line]]
"""The lines of each cell of a row."""


def table_rows(lines: Sequence[Line]) -> set[int]:
    """The lines that are rows of tables: below each other, with wide gaps at the same place.

    Between such rows may stand lines that end before the gap or begin after it, as what a cell
    goes on with.
    """
    if lines[0].cell is not None:
        return set(range(len(lines)))
    right = max(line.frame[2] for line in lines)
    parts = [[] if _is_stretched(line, right) else cells(line) for line in lines]
    parts = [[] if _is_item(*of) else of[1] for of in zip(lines, parts, strict=True)]
    gaps = [[(one[1], other[0]) for one, other in pairwise(row)] for row in parts]
    rows: set[int] = set()
    for i, below in enumerate(gaps):
        em = lines[i].size
        for k in range(i - 1, max(i - 2 - _MOST_WRAPPED, -1), -1):
            shared = [
                (max(a[0], b[0]), min(a[1], b[1]))
                for a in gaps[k]
                for b in below
                if min(a[1], b[1]) - max(a[0], b[0]) > 0.5 * em
            ]
            between = lines[k + 1 : i]
            if shared and all(_is_of_cell(line, lines[k], lines[i], shared) for line in between):
                rows.update(range(k, i + 1))
            if gaps[k]:
                break
    found = _filled(lines, rows)
    # A heading over several columns stands between drawn lines as all rows do.
    gridded = sum(line.parted for line in lines[1:]) >= _GRIDDED * (len(lines) - 1)
    if gridded and len(lines) >= _FEWEST_RULED and len(found) >= _FULL * len(lines):
        return set(range(len(lines)))
    return found


def _is_item(line: Line, row: Sequence[tuple[float, float, int, int]]) -> bool:
    """Whether a line is an item of a list, far behind its bullet or number."""
    return len(row) == 2 and row[0][3] == 1 and _MARKER.fullmatch(line.words[0].text) is not None


def _filled(lines: Sequence[Line], rows: set[int]) -> set[int]:
    """The rows with the lines between, above and below them that stand in their columns."""
    runs: list[list[int]] = []
    for i in sorted(rows):
        if runs and i == runs[-1][-1] + 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    found = set(rows)
    for above, below in pairwise(runs):
        whites = _whites([lines[i] for i in (*above, *below)])
        between = range(above[-1] + 1, below[0])
        if len(between) <= _MOST_BETWEEN and all(
            _stands_in(lines[i], lines[above[-1]], whites) for i in between
        ):
            found.update(between)
    for run in runs:
        held = [lines[i] for i in run]
        count = len(_whites(held))
        for first, step in ((run[0], -1), (run[-1], 1)):
            i = first + step
            while 0 <= i < len(lines) and i not in found:
                # A heading may be wider than what stands in its column.
                whites = _whites([*held, lines[i]])
                if (
                    abs(lines[i].baseline - lines[i - step].baseline) > _NEXT_EM * lines[i].size
                    or len(whites) < count
                    or not _stands_in(lines[i], lines[first], whites)
                    or lines[i].frame[2] < whites[0]
                ):
                    break
                held.append(lines[i])
                found.add(i)
                i += step
    return found


def _stands_in(line: Line, row: Line, whites: Sequence[float]) -> bool:
    """Whether a line is set as a row is, with no word over the white between columns."""
    if not whites or abs(line.size - row.size) > 0.05 * row.size or _NAMED.match(line.text):
        return False
    slack = _SLACK_EM * line.size
    frames = [frame(word) for word in line.words]
    over = any(
        bisect_right(whites, left + slack) < bisect_left(whites, right - slack)
        for left, _, right, _ in frames
    )
    # Words of a sentence may stand so that the white falls between two of them.
    run_on = any(
        after[0] - before[2] < _APART_EM * line.size
        and bisect_left(whites, before[2] - slack) < bisect_left(whites, after[0] + slack)
        for before, after in pairwise(frames)
    )
    return not (over or run_on)


def _is_stretched(line: Line, right: float) -> bool:
    """Whether all spaces of a line of words are alike, for it to reach the right edge."""
    if line.frame[2] < right - _WHOLE_EM * line.size:
        return False
    lettered = sum(sum(map(str.isalpha, word.text)) > 1 for word in line.words)
    if lettered < _WORDED * len(line.words):
        return False
    spaces = _spaces(line)
    return len(spaces) > 1 and max(spaces) - min(spaces) <= _ALIKE * max(spaces)


def _spaces(line: Line) -> list[float]:
    """The spaces between the words of a line, in sizes of its type."""
    frames = [frame(word) for word in line.words]
    return [
        (after[0] - before[2]) / line.size
        for (before, after), word in zip(pairwise(frames), line.words[1:], strict=True)
        if not word.glued
    ]


def _is_of_cell(line: Line, above: Line, below: Line, gaps: Sequence[tuple[float, float]]) -> bool:
    """Whether a line between two rows leaves a gap of theirs white and is set as one of them is."""
    left, _, right, _ = line.frame
    return any(
        right <= gap[1] - _CELL_GAP_EM * line.size or left >= gap[1] - _SLACK_EM * line.size
        for gap in gaps
    ) and any(
        line.bold == row.bold and abs(line.size - row.size) <= 0.05 * row.size
        for row in (above, below)
    )


def cells(line: Line, gap_em: float = _CELL_GAP_EM) -> list[tuple[float, float, int, int]]:
    """The parts of a line between wide gaps: left, right, first word and word after the last."""
    found: list[tuple[float, float, int, int]] = []
    begun, start, end = 0, 0.0, 0.0
    for i, word in enumerate(line.words):
        left, _, right, _ = frame(word)
        if not i:
            start, end = left, right
        elif left - end > gap_em * word.size:
            found.append((start, end, begun, i))
            begun, start, end = i, left, right
        elif right > end:
            end = right
    return [*found, (start, end, begun, len(line.words))] if line.words else found


def rows_of(lines: Sequence[Line]) -> list[Row]:
    """The rows of a table by its lines, all with as many cells."""
    if lines[0].cell is not None:
        return rows_by_cells(lines)
    whites = _whites(lines)
    found, lines = with_middles([_by_columns(line, whites) for line in lines], lines)
    found = without_signs(found)
    if _ruled(lines):
        return _between_rules(found, lines)
    close = _close(lines)
    wraps = _wraps(found, close)
    rows = found[:1]
    for below, line, near in zip(found[1:], lines[1:], close, strict=True):
        apart = _is_beside_a_span(rows[-1], below, line)
        if not apart and ((wraps and near) or _goes_on(rows[-1], below, line)):
            for cell, more in zip(rows[-1], below, strict=True):
                cell += more
        else:
            rows.append(below)
    return rows


def _ruled(lines: Sequence[Line]) -> bool:
    """Whether every row of a table stands between drawn lines, so that these tell its rows."""
    rows: list[int] = []
    for line in lines:
        if line.parted or not rows:
            rows.append(1)
        else:
            rows[-1] += 1
    return len(rows) >= _FEWEST_RULED and max(rows[1:]) <= _HIGHEST_RULED


def _between_rules(found: Sequence[Row], lines: Sequence[Line]) -> list[Row]:
    rows: list[Row] = []
    for row, line in zip(found, lines, strict=True):
        if rows and not line.parted and not _counts_again(rows[-1], row):
            for cell, more in zip(rows[-1], row, strict=True):
                cell += more
        else:
            rows.append(row)
    return rows


def _counts_again(row: Row, here: Row) -> bool:
    """Whether a line has a number of its own below one of the row: it is the next row."""
    return any(
        cell and more and _AMOUNT.fullmatch(cell[-1].text) and _AMOUNT.fullmatch(more[0].text)
        for cell, more in zip(row, here, strict=True)
    )


def _close(lines: Sequence[Line]) -> list[bool]:
    """Whether each line but the first stands as close to the one above as lines of a cell do."""
    steps = [(below.baseline - above.baseline) / below.size for above, below in pairwise(lines)]
    closest = min((step for step in steps if step > _BESIDE_EM), default=0.0)
    return [step <= min(_CLOSE * closest, _CLOSEST_EM) for step in steps]


def _whites(lines: Sequence[Line]) -> list[float]:
    """Where columns are parted: the middles of what most lines with many cells leave white."""
    spaces = [space for line in lines for space in _spaces(line) if space < _WIDEST_SPACE_EM]
    # Typewriters' letters have wide spaces between words, too.
    parts = [cells(line, max(_SPACE_EM, _WIDER * median(spaces or [0.0]))) for line in lines]
    wide = max(len(cells(line)) for line in lines)
    counted = [row for row in parts if 2 * len(row) > wide] or parts
    em = min(line.size for line in lines)
    edges = sorted(edge for row in counted for one in row for edge in ((one[0], 1), (one[1], -1)))
    best: list[float] = []
    for share in _CROSSED:
        found = _left_white(edges, int(share * len(counted)), _WHITE_EM * em)
        best = max(best, found, key=len)
        if len(best) + 1 >= wide:
            break
    return best


def _left_white(edges: Sequence[tuple[float, int]], most: int, least: float) -> list[float]:
    """The middles of what at most so many of the cells with these edges cover, so wide at least."""
    found: list[float] = []
    begun = 0.0
    over, was_white = 0, False
    for place, change in edges:
        over += change
        is_white = over <= most
        if was_white and not is_white and place - begun > least:
            found.append((begun + place) / 2)
        if is_white and not was_white:
            begun = place
        was_white = is_white
    return found


def _by_columns(line: Line, whites: Sequence[float]) -> Row:
    """The cells of a line; words that stand over the white between columns are not parted."""
    found: list[list[Word]] = [[] for _ in range(len(whites) + 1)]
    column, right = 0, 0.0
    for i, word in enumerate(line.words):
        left, _, end, _ = frame(word)
        slack = _SLACK_EM * word.size
        following = bisect_left(whites, left + slack)
        # Headings over several columns have a space there only by chance.
        apart = not i or left - right > _PARTED_EM * word.size
        if apart and (not i or bisect_left(whites, right - slack) < following):
            column = max(column, following)
        found[column].append(word)
        right = end
    return [[replace(line, words=tuple(words))] if words else [] for words in found]


def _wraps(rows: Sequence[Row], close: Sequence[bool]) -> bool:
    """Whether lines that stand close below others go on in their cells, and begin no rows."""
    held = [sum(map(bool, row)) for row in rows]
    near = [count for count, is_close in zip(held[1:], close, strict=True) if is_close]
    far = [count for count, is_close in zip(held[1:], close, strict=True) if not is_close]
    return bool(near and far) and mean(near) < _FULL * mean([held[0], *far])


def _is_beside_a_span(row: Row, here: Row, line: Line) -> bool:
    """Whether the first cell stands in the middle of several rows, and this is the next of them."""
    last = [cell[-1].baseline for cell, more in zip(row, here, strict=True) if cell and more]
    return len(last) > 1 and not here[0] and line.baseline - max(last) > _ROW_EM * line.size


def _goes_on(row: Row, here: Row, line: Line) -> bool:
    """Whether a line stands in the row above: beside its lines, or as more of its first cell."""
    above = max((one for cell in row for one in cell), key=lambda one: one.baseline)
    if line.baseline - above.baseline < _BESIDE_EM * line.size:
        return True
    if not (row[0] and here[0]) or not line.text[0].islower():
        return False
    inward = line.frame[0] - row[0][-1].frame[0]
    return not any(here[1:]) or (not any(row[1:]) and inward < _INWARD_EM * line.size)
