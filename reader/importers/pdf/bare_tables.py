"""Tables without drawn lines below a name ("Table 2"), whose rows no column may part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from reader.importers.pdf.columns import Atom, rows_of

_NAME = re.compile(r"(?:table|tab\.?|tabelle|tableau|tabla|tabella|tabel)$", re.I)
_NUMBER = re.compile(r"[A-Z]?\d|[IVX]+\b")
_WIDEST_CELL = 0.3
_WIDEST_OF_MANY = 0.5
_MANY_CELLS = 3
_NARROWEST_TABLE = 0.55
_FEWEST_ROWS = 3
_MOST_CAPTION_LINES = 4
_FARTHEST_EM = 3.2
_CELL_GAP_EM = 1.2
_WHOLE_WIDTH = 0.8
_MANY_ROWS = 0.2
_FEW_WORDS = 3
_INDENT_EM = 3.0


def with_bare_tables(atoms: list[Atom], em: float) -> list[Atom]:
    """The atoms with one for each table without lines, so that its rows stay whole.

    Below its name a table has rows of cells that stand apart, none of them as long as lines of a
    column, and reaches over more than half of the text.
    """
    rows = rows_of([atom for atom in atoms if not atom.held])
    if len(rows) < _FEWEST_ROWS:
        return atoms
    width = max(atom.right for atom in atoms) - min(atom.left for atom in atoms)
    gone: set[int] = set()
    made: list[Atom] = []
    for number, row in enumerate(rows):
        if any(id(atom) in gone for atom in row):
            continue
        if sum(map(_is_name, row)) != 1:
            continue
        held = _below(rows, number, width, em)
        if held:
            gone.update(map(id, held))
            made.append(Atom.holding(held))
    for held in _between_lines(rows, width, em):
        if not any(id(atom) in gone for atom in held):
            gone.update(map(id, held))
            made.append(Atom.holding(held))
    return [*(atom for atom in atoms if id(atom) not in gone), *made] if made else atoms


def _between_lines(rows: Sequence[list[Atom]], width: float, em: float) -> list[list[Atom]]:
    """What stands in three columns or more of a few words between lines over the whole width."""
    single = [_width(row) if len(_cells(row, em)) == 1 else 0.0 for row in rows]
    text = max(single)
    if text <= _NARROWEST_TABLE * width:
        return []
    whole = [i for i, wide in enumerate(single) if wide > _WHOLE_WIDTH * text]
    found = []
    left = min((atom.left for row in rows for atom in row), default=0.0)
    for above, below in pairwise(whole):
        band = rows[above + 1 : below]
        # Short lines of the text itself begin at its edge, and hold one cell.
        while band and _is_short(band[0], left, em):
            band = band[1:]
        while band and _is_short(band[-1], left, em):
            band = band[:-1]
        cells = [_cells(row, em) for row in band]
        many = sum(len(one) >= _MANY_CELLS for one in cells)
        words = sorted(len(atom.words) for row in band for atom in row)
        if (
            many >= _FEWEST_ROWS
            and many >= _MANY_ROWS * len(band)
            and words[len(words) // 2] <= _FEW_WORDS
            and max(right - left for one in cells for left, right in one) < _WIDEST_OF_MANY * text
        ):
            found.append([atom for row in band for atom in row])
    return found


def _is_short(row: Sequence[Atom], left: float, em: float) -> bool:
    return len(_cells(row, em)) < 2 and row[0].left < left + _INDENT_EM * em


def _is_name(atom: Atom) -> bool:
    words = atom.words
    return (
        len(words) > 1
        and _NAME.match(words[0].text) is not None
        and _NUMBER.match(words[1].text) is not None
    )


def _below(rows: Sequence[list[Atom]], named: int, width: float, em: float) -> list[Atom]:
    """What the table below the row with its name holds; [] where there is none such."""
    first = named + 1
    while first < len(rows) and first - named < _MOST_CAPTION_LINES and len(rows[first]) == 1:
        first += 1
    taken = _taken(rows, first, width, em)
    held = [atom for row in taken for atom in row]
    # Its name goes with it, unless other text stands beside that.
    named_rows = rows[named:first]
    parted = sum(len(_cells(row, em)) > 1 for row in taken)
    if parted < max(_FEWEST_ROWS, 0.6 * len(taken)) or _width(held) <= _NARROWEST_TABLE * width:
        return []
    alone = all(len(row) == 1 for row in named_rows)
    return [atom for row in named_rows for atom in row] + held if alone else held


def _taken(rows: Sequence[list[Atom]], first: int, width: float, em: float) -> list[list[Atom]]:
    """The rows from there on that are set as those of a table, the last of them with two cells."""
    taken: list[list[Atom]] = []
    above = rows[first - 1] if first else rows[first]
    for row in rows[first:]:
        far = row[0].top - max(atom.bottom for atom in above) > _FARTHEST_EM * em
        cells = _cells(row, em)
        widest = _WIDEST_OF_MANY if len(cells) >= _MANY_CELLS else _WIDEST_CELL
        if (far and taken) or any(right - left > widest * width for left, right in cells):
            break
        if any(map(_is_name, row)) and taken:
            break
        taken.append(row)
        above = row
    while taken and len(_cells(taken[-1], em)) < 2:
        taken.pop()
    return taken


def _cells(row: Sequence[Atom], em: float) -> list[tuple[float, float]]:
    """Left and right of what stands in a row with wide gaps between; justified lines have none."""
    found: list[tuple[float, float]] = []
    for atom in row:
        if found and atom.left - found[-1][1] < _CELL_GAP_EM * em:
            found[-1] = found[-1][0], max(found[-1][1], atom.right)
        else:
            found.append((atom.left, atom.right))
    return found


def _width(held: Sequence[Atom]) -> float:
    if not held:
        return 0.0
    return max(atom.right for atom in held) - min(atom.left for atom in held)
