"""Tables without drawn lines that stand across the columns of a page, below "Table 2"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.importers.pdf.columns import Atom, rows_of

_NAME = re.compile(r"(?:table|tab\.?|tabelle|tableau|tabla|tabella|tabel)$", re.I)
_NUMBER = re.compile(r"[A-Z]?\d|[IVX]+\b")
_WIDEST_CELL = 0.3
_NARROWEST_TABLE = 0.55
_FEWEST_ROWS = 3
_MOST_CAPTION_LINES = 4
_FARTHEST_EM = 3.2


def with_named_tables(atoms: list[Atom], em: float) -> list[Atom]:
    """The atoms with one for each such table, so that no column parts its rows.

    Below its name each row has words that stand apart, none of them as long as lines of a column,
    and together they reach over more than half of the text.
    """
    if not any(_is_name(atom) for atom in atoms):
        return atoms
    level = [atom for atom in atoms if not atom.held]
    width = max(atom.right for atom in atoms) - min(atom.left for atom in atoms)
    rows = rows_of(level)
    gone: set[int] = set()
    made: list[Atom] = []
    for number, row in enumerate(rows):
        if sum(map(_is_name, row)) != 1 or any(id(atom) in gone for atom in row):
            continue
        held = _below(rows, number, width, em)
        if held:
            gone.update(map(id, held))
            made.append(_holding(held))
    return [*(atom for atom in atoms if id(atom) not in gone), *made] if made else atoms


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
    taken: list[list[Atom]] = []
    above = rows[first - 1]
    for row in rows[first:]:
        far = row[0].top - max(atom.bottom for atom in above) > _FARTHEST_EM * em
        long = any(atom.right - atom.left > _WIDEST_CELL * width for atom in row)
        if far or long:
            break
        taken.append(row)
        above = row
    while taken and len(taken[-1]) < 2:
        taken.pop()
    held = [atom for row in taken for atom in row]
    # Its name goes with it, unless other text stands beside that.
    named_rows = rows[named:first]
    wide = max((atom.right for atom in held), default=0.0) - min(
        (atom.left for atom in held), default=0.0
    )
    parted = sum(len(row) > 1 for row in taken)
    fits = parted >= max(_FEWEST_ROWS, 0.6 * len(taken)) and wide > _NARROWEST_TABLE * width
    if not fits:
        return []
    alone = all(len(row) == 1 for row in named_rows)
    return [atom for row in named_rows for atom in row] + held if alone else held


def _holding(held: list[Atom]) -> Atom:
    return Atom(
        [word for atom in held for word in atom.words],
        min(atom.left for atom in held),
        min(atom.top for atom in held),
        max(atom.right for atom in held),
        max(atom.bottom for atom in held),
        held,
    )
