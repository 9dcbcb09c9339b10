"""Tables whose cells have drawn edges all round: which words each cell holds."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from reader.importers.pdf.columns import Atom, gaps_of, rows_of
from reader.importers.pdf.grids import SAME_EDGE_PT, TOUCH_PT, Grid, is_in
from reader.importers.pdf.lines import Line
from reader.importers.pdf.objects import Rule
from reader.importers.pdf.word import Word

_MOST_LINES_OF_CELL = 30
_MOST_LINES_OF_ROW = 8
_FEWEST_FILLED = 0.6
_INSIDE = 0.6
_MOST_ACROSS = 0.05
_OVER_PT = 1.5
_CELL_GAP_EM = 0.5
_FILLED = 0.35
_MOST_OPEN = 0.15
_COLUMN_GAP_EM = 1.5
_AMOUNT = re.compile(r"[<>≤≥~(\[+\-−–]?\s?[$€£]?\d")

Cell = tuple[int, int, list[Word]]
"""Row and column of a cell, both counted from 0, and its words."""


def with_grids(atoms: list[Atom], grids: Sequence[Grid]) -> list[Atom]:
    """The atoms with one for each table that is drawn as a grid; its cells hold its words."""
    for grid in grids:
        if len(grid.columns) < 3:
            continue
        held = [atom for atom in atoms if not atom.cells and is_in(atom, grid)]
        if not held:
            continue
        words = [word for atom in held for word in atom.words]
        corners = _corners(words, grid)
        cells = _cells(held, grid, corners)
        if len(cells) < _FILLED * len(set(corners.values())) or not _is_table(cells, grid):
            continue
        taken = set(map(id, held))
        table = Atom(
            [word for _, _, words in cells for word in words],
            grid.columns[0],
            grid.rows[0],
            grid.columns[-1],
            grid.rows[-1],
            held,
            cells,
        )
        atoms = [*(atom for atom in atoms if id(atom) not in taken), table]
    return atoms


def _cells(
    atoms: Sequence[Atom], grid: Grid, corners: dict[tuple[int, int], tuple[int, int]]
) -> list[Cell]:
    """The words of each cell that has some, by rows; [] where many words stand across edges.

    Words that run over an edge stay together.
    """
    found: dict[tuple[int, int], list[Word]] = {}
    count = across = 0
    for atom in atoms:
        over = sum(_is_over(word, grid) for word in atom.words)
        count += len(atom.words)
        across += over
        first = atom.words[0]
        for word in atom.words:
            one = first if over else word
            column = _between(grid.columns, one.left + 0.5 * min(one.right - one.left, one.size))
            row = _between(grid.rows, one.baseline - 0.3 * one.size)
            found.setdefault(corners.get((row, column), (row, column)), []).append(word)
    if across > _MOST_ACROSS * count:
        return []
    return [(row, column, held) for (row, column), held in sorted(found.items())]


def _is_over(word: Word, grid: Grid) -> bool:
    """Whether an edge is drawn through a word."""
    middle = (word.top + word.bottom) / 2
    return any(
        min(rule.left - word.left, word.right - rule.left) > _OVER_PT
        and rule.top <= middle <= rule.bottom
        for rule in grid.upright
    )


def _between(places: Sequence[float], place: float) -> int:
    return min(max(bisect_left(places, place) - 1, 0), len(places) - 2)


def _corners(words: Sequence[Word], grid: Grid) -> dict[tuple[int, int], tuple[int, int]]:
    """For what no edge parts from what is left of it or above: where the cell begins."""
    begins: dict[tuple[int, int], tuple[int, int]] = {}
    for row, (top, bottom) in enumerate(pairwise(grid.rows)):
        middle = (top + bottom) / 2
        here = [w for w in words if top <= w.baseline - 0.3 * w.size < bottom]
        for column, (left, right) in enumerate(pairwise(grid.columns)):
            begins[row, column] = (row, column)
            if column and not _is_parted(grid.upright, left, middle, here):
                begins[row, column] = begins[row, column - 1]
            elif row and not any(
                abs(rule.top - top) <= TOUCH_PT
                and rule.left - TOUCH_PT <= (left + right) / 2 <= rule.right + TOUCH_PT
                for rule in grid.level
            ):
                begins[row, column] = begins[row - 1, column]
    return begins


def _is_parted(upright: Sequence[Rule], edge: float, middle: float, words: Sequence[Word]) -> bool:
    """Whether an edge is drawn there, or words of the row leave it white as columns do."""
    if any(
        abs(rule.left - edge) <= TOUCH_PT and rule.top <= middle <= rule.bottom for rule in upright
    ):
        return True
    if not words:
        return True
    spans = [(word.left, word.right) for word in words]
    em = max(word.size for word in words)
    if edge < min(spans)[0] or edge > max(right for _, right in spans):
        return False
    return any(
        low <= edge + SAME_EDGE_PT
        and edge - SAME_EDGE_PT <= high
        and high - low > _CELL_GAP_EM * em
        for low, high in gaps_of(spans)
    )


def _is_table(cells: Sequence[Cell], grid: Grid) -> bool:
    """Whether most rows hold words, half of them some apart, and no cell holds many cells."""
    rows: dict[int, list[list[list[Word]]]] = {}
    for row, _, words in cells:
        rows.setdefault(row, []).append(_lines(words))
    if len(rows) < _FEWEST_FILLED * (len(grid.rows) - 1):
        return False
    heights = [len(_lines(words)) for *_, words in cells]
    if len(grid.rows) == 2 and (
        len(cells) < len(grid.columns) - 1
        or max(heights) > _MOST_LINES_OF_ROW
        or sum(lines > 1 for lines in heights) < 0.5 * len(cells)
    ):
        # Columns of text may have lines between and around them.
        return False
    if sum(len(row) > 1 for row in rows.values()) < max(
        min(2, len(grid.rows) - 1), 0.5 * len(rows)
    ):
        return False
    if sum(any(map(_is_parted_wide, _lines(words))) for *_, words in cells) > _MOST_OPEN * len(
        cells
    ):
        return False
    return all(
        len(lines) <= _MOST_LINES_OF_CELL and not (len(row) > 1 and _counts(lines))
        for row in rows.values()
        for lines in row
    )


def _lines(words: Sequence[Word]) -> list[list[Word]]:
    atoms = [Atom([w], w.left, w.top, w.right, w.bottom) for w in words]
    return [[word for atom in row for word in atom.words] for row in rows_of(atoms)]


def _is_parted_wide(line: Sequence[Word]) -> bool:
    """Whether a line of a cell has a space as wide as that between columns."""
    gaps = gaps_of((word.left, word.right) for word in line)
    return any(high - low > _COLUMN_GAP_EM * line[0].size for low, high in gaps)


def _counts(lines: Sequence[list[Word]]) -> bool:
    """Whether most lines of a cell are amounts, one below the other: each is of a row."""
    amounts = sum(len(line) < 4 and _AMOUNT.match(line[0].text) is not None for line in lines)
    return len(lines) > 2 and amounts > _INSIDE * len(lines)


def rows_by_cells(lines: Sequence[Line]) -> list[list[list[Line]]]:
    """The rows of a table that is drawn as a grid, without rows and columns that have no words."""
    cells = [line.cell for line in lines if line.cell is not None]
    rows = sorted({row for row, _ in cells})
    columns = sorted({column for _, column in cells})
    found: list[list[list[Line]]] = [[[] for _ in columns] for _ in rows]
    for line in lines:
        if line.cell is not None:
            found[rows.index(line.cell[0])][columns.index(line.cell[1])].append(line)
    return found
