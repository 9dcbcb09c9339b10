"""Boxes with text that stand beside other text, which must not run through them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reader.importers.pdf.columns import Atom, rows_of
from reader.importers.pdf.grids import TOUCH_PT, Grid, is_in

_NEXT_EM = 3.5
_BESIDE_EM = 0.5


def without_floats(
    atoms: list[Atom], grids: Sequence[Grid], em: float
) -> tuple[list[Atom], list[list[Atom]]]:
    """The atoms without those in boxes that text runs round, and these, box by box."""
    floats: list[list[Atom]] = []
    for grid in grids:
        inside = [atom for atom in atoms if grid.is_box and is_in(atom, grid)]
        if not _is_text(inside, atoms, grid):
            continue
        left, right = grid.columns[0], grid.columns[-1]
        low, high = grid.rows[0] - _NEXT_EM * em, grid.rows[-1] + _NEXT_EM * em
        others = [atom for atom in atoms if atom.left < right and left < atom.right]
        runs_round = any(
            low < (atom.top + atom.bottom) / 2 < high
            and not grid.rows[0] < (atom.top + atom.bottom) / 2 < grid.rows[-1]
            and (atom.left < left - _BESIDE_EM * em or right + _BESIDE_EM * em < atom.right)
            for atom in others
        )
        if runs_round:
            floats.append(inside)
            taken = set(map(id, inside))
            atoms = [atom for atom in atoms if id(atom) not in taken]
    return atoms, floats


def with_floats(regions: list[list[Atom]], floats: Sequence[list[Atom]]) -> list[list[Atom]]:
    """The regions with each box in the one that runs round it, or before what is level with it."""
    for box in floats:
        top, bottom = min(atom.top for atom in box), max(atom.bottom for atom in box)
        level = [
            sum(top < (atom.top + atom.bottom) / 2 < bottom for atom in region)
            for region in regions
        ]
        left, right = min(atom.left for atom in box), max(atom.right for atom in box)
        round_it = [
            i
            for i, region in enumerate(regions)
            if level[i]
            and min(atom.left for atom in region) <= left + TOUCH_PT
            and max(atom.right for atom in region) >= right - TOUCH_PT
        ]
        best = max(round_it or range(len(level)), key=lambda i: level[i])
        holding = [[*regions[best], *box]] if round_it else [box, regions[best]]
        regions = [*regions[:best], *holding, *regions[best + 1 :]]
    return regions


def _is_text(inside: list[Atom], atoms: list[Atom], grid: Grid) -> bool:
    """Whether a box holds lines of text and stands beside others: fields of forms hold one."""
    beside = [
        atom
        for atom in atoms
        if grid.rows[0] < (atom.top + atom.bottom) / 2 < grid.rows[-1] and not is_in(atom, grid)
    ]
    return all(len(rows_of(some)) > 1 for some in (inside, beside) if some) and bool(
        inside and beside
    )


def boxes_in(region: list[Atom], grids: Sequence[Grid]) -> list[list[Atom]]:
    """A region with each box that stands beside its text as one of its own, before or after."""
    for grid in grids:
        if not grid.is_box:
            continue
        inside = [atom for atom in region if is_in(atom, grid)]
        rest = [atom for atom in region if not is_in(atom, grid)]
        if _is_text(inside, rest, grid):
            place = _break_of(rest, grid.rows[0])
            above = [atom for atom in rest if (atom.top + atom.bottom) / 2 < place]
            below = [atom for atom in rest if (atom.top + atom.bottom) / 2 >= place]
            parts = [above, inside, below]
            return [one for part in parts if part for one in boxes_in(part, grids)]
    return [region]


def _break_of(atoms: list[Atom], top: float) -> float:
    """Where text may be parted next to a height: above a paragraph that stands apart."""
    rows = rows_of(atoms)
    steps = [below[0].bottom - above[0].bottom for above, below in pairwise(rows)]
    if not steps:
        return top
    usual = sorted(steps)[len(steps) // 2]
    places = [rows[0][0].top, rows[-1][0].bottom]
    for (above, below), step in zip(pairwise(rows), steps, strict=True):
        if step > 1.3 * usual:
            places.append((above[0].bottom + below[0].top) / 2)
    return min(places, key=lambda place: abs(place - top))
