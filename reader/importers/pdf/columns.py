"""Columns of a page: where white space from top to bottom parts text from text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from reader.importers.pdf.word import Word

GUTTER_EM = 0.8
_WIDE_GUTTER_EM = 2.2
_NARROWEST_COLUMN_EM = 11.0
_LONGEST_WORD_EM = 12.0
_FILLED = 0.55
_FILLED_TEXT = 0.8
_FEW_NOTES = 0.4
_WORDED = 0.35
_ROWS_A_NOTE = 3
_CLOSEST_STEP = 1.6
_SPARSE = 1.5
_MOST_LEVEL = 0.8
_MANY_LEVEL = 0.6
_SOME_LEVEL = 0.5
_AS_MANY = 0.7
_CELL_GAP_EM = 1.5


@dataclass(slots=True)
class Atom:
    """Words that stand so close that no column ends between them.

    A table is one too; its own atoms are `held` by it. Where all edges of its cells are drawn,
    these are its `cells`: row, column and words of each that has some.
    """

    words: list[Word]
    left: float
    top: float
    right: float
    bottom: float
    held: Sequence[Atom] = ()
    cells: Sequence[tuple[int, int, list[Word]]] = ()

    @classmethod
    def holding(cls, held: Sequence[Atom]) -> Atom:
        """The atom that a table of these is, at least one."""
        return cls(
            [word for atom in held for word in atom.words],
            min(atom.left for atom in held),
            min(atom.top for atom in held),
            max(atom.right for atom in held),
            max(atom.bottom for atom in held),
            held,
        )


@dataclass(frozen=True, slots=True)
class Gutter:
    """Where on the line two columns are parted, and whether the right one is read first."""

    place: float
    right_first: bool


def gaps_of(spans: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """What lies between spans that cover no common place."""
    found = []
    reach: float | None = None
    for low, high in sorted(spans):
        if reach is not None and low > reach:
            found.append((reach, low))
        reach = high if reach is None else max(reach, high)
    return found


def gutter_of(atoms: list[Atom], em: float) -> Gutter | None:
    """Where white space from top to bottom parts two columns of text; None where none does."""
    atoms = [atom for atom in atoms if not runs_over(atom, em)]
    gaps = gaps_of((atom.left, atom.right) for atom in atoms)
    sides = []
    for low, high in sorted(gaps, key=lambda gap: gap[0] - gap[1]):
        if high - low < GUTTER_EM * em:
            break
        left = [atom for atom in atoms if atom.right <= low]
        right = [atom for atom in atoms if atom.left >= high]
        if _parts(left, right, high - low, em):
            return Gutter((low + high) / 2, right_first=False)
        sides.append((low, high, left, right))
    # Notes may stand in the margin of one column of several: those are to be parted first.
    for low, high, left, right in sides:
        if _noted_before(left, right, high - low, em):
            return Gutter((low + high) / 2, right_first=True)
    return None


def runs_over(atom: Atom, em: float) -> bool:
    """Whether it is one long word, such as an address, that may run over the edge of its column."""
    return len(atom.words) == 1 and atom.right - atom.left > _LONGEST_WORD_EM * em


def _parts(left: list[Atom], right: list[Atom], gap: float, em: float) -> bool:
    """Whether white space between atoms parts columns, not labels from items or cells of a row."""
    widths = [max(a.right for a in side) - min(a.left for a in side) for side in (left, right)]
    narrow = min(widths) < _NARROWEST_COLUMN_EM * em
    if narrow and widths[0] <= widths[1]:
        return False
    if not narrow and min(map(_worded, (left, right))) < _WORDED:
        return False
    rows = [rows_of(side) for side in (left, right)]
    if narrow:
        return _noted(rows[0], rows[1], gap, em)
    few, many = sorted(rows, key=len)
    if len(few) < 3:
        return gap >= _WIDE_GUTTER_EM * em and not _level(few, many)
    if _step(few) > _SPARSE * _step(many) and _level(few, many, _MANY_LEVEL):
        return False
    as_many = len(few) >= _AS_MANY * len(many) and _level(few, many, _SOME_LEVEL)
    if as_many and (_is_tabular(few, em) or _is_tabular(many, em)):
        return False
    if not _level(few, many):
        return True
    return min(map(_fill, rows, rows)) >= _FILLED


def _is_tabular(rows: list[list[Atom]], em: float) -> bool:
    """Whether most lines of a side have white in them that is wider than between words."""
    parted = sum(
        any(after.left - before.right > _CELL_GAP_EM * em for before, after in pairwise(row))
        for row in rows
    )
    return parted >= _MANY_LEVEL * len(rows)


def _noted(text: list[list[Atom]], notes: list[list[Atom]], gap: float, em: float) -> bool:
    """Whether narrow lines to the right of text are notes in its margin."""
    if gap < em or len(notes) > _FEW_NOTES * len(text) or len(text) < 3:
        return False
    words = [word.text for row in notes for atom in row for word in atom.words]
    lettered = sum(any(map(str.isalpha, word)) and len(word) > 2 for word in words)
    return lettered > 0.5 * len(words) and _fill(text, text) >= _FILLED_TEXT


def _noted_before(left: list[Atom], right: list[Atom], gap: float, em: float) -> bool:
    """Whether narrow lines to the left of text are notes in its margin, and no labels of it."""
    width = max(atom.right for atom in left) - min(atom.left for atom in left)
    if gap < em or width >= _NARROWEST_COLUMN_EM * em or _worded(left) <= 0.5:
        return False
    notes, text = rows_of(left), rows_of(right)
    if len(notes) > _FEW_NOTES * len(text):
        return False
    steps = pairwise([row[0] for row in notes])
    begun = sum(b.bottom - a.bottom > _CLOSEST_STEP * (b.bottom - b.top) for a, b in steps)
    if len(notes) < _ROWS_A_NOTE * (begun + 1):
        return False
    top, bottom = notes[0][0].top, notes[-1][0].bottom
    beside = [row for row in text if row[0].bottom > top and row[0].top < bottom]
    return len(beside) >= _ROWS_A_NOTE and _fill(beside, text) >= _FILLED


def _worded(atoms: list[Atom]) -> float:
    """The share of the words that have letters."""
    words = [word.text for atom in atoms for word in atom.words]
    return sum(any(map(str.isalpha, word)) for word in words) / len(words)


def _step(rows: list[list[Atom]]) -> float:
    """How far apart most rows of a column are."""
    return median(below[0].top - above[0].top for above, below in pairwise(rows))


def _fill(lines: list[list[Atom]], column: list[list[Atom]]) -> float:
    """How much of the width of a column some of its lines take up: the median."""
    width = max(a.right for row in column for a in row) - min(a.left for row in column for a in row)
    return median(sum(atom.right - atom.left for atom in row) for row in lines) / width


def rows_of(atoms: list[Atom]) -> list[list[Atom]]:
    """Atoms by the lines that they stand on, from the top down, each from left to right."""
    rows: list[list[Atom]] = []
    for atom in sorted(atoms, key=lambda atom: atom.top + atom.bottom):
        if rows:
            last = rows[-1][-1]
            shared = min(atom.bottom, last.bottom) - max(atom.top, last.top)
            if shared > 0.5 * min(atom.bottom - atom.top, last.bottom - last.top):
                rows[-1].append(atom)
                continue
        rows.append([atom])
    return [sorted(row, key=lambda atom: atom.left) for row in rows]


def _level(left: list[list[Atom]], right: list[list[Atom]], share: float = _MOST_LEVEL) -> bool:
    """Whether such a share of the lines of the side with fewer stands level with the others."""
    few, many = sorted((left, right), key=len)
    middles = sorted(row[0].top + row[0].bottom for row in many)
    near = 0.5 * median(row[0].bottom - row[0].top for row in few)
    beside = sum(
        bisect_right(middles, middle - near) < bisect_left(middles, middle + near)
        for middle in (row[0].top + row[0].bottom for row in few)
    )
    return beside >= share * len(few)
