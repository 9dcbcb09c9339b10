"""What is drawn on a PDF's page all round: the edges of tables and boxes."""

from __future__ import annotations

from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass

from reader.importers.pdf.columns import Atom
from reader.importers.pdf.objects import Rule

# The edges of cells that stand apart, as browsers draw them, are one edge of the grid.
SAME_EDGE_PT = 3.0
# Round corners leave so much of the edges away.
TOUCH_PT = 5.0
_MOST_RULES = 1_500
_MOST_EDGES = 400
_HIGHEST_STRIPE = 1.5


@dataclass(frozen=True, slots=True)
class Grid:
    """Edges that touch each other; those of columns from the left, those of rows from the top."""

    columns: Sequence[float]
    rows: Sequence[float]
    level: Sequence[Rule]
    upright: Sequence[Rule]

    @property
    def is_box(self) -> bool:
        """Whether it has one cell only."""
        return len(self.columns) == 2 and len(self.rows) == 2

    def holds(self, x: float, y: float) -> bool:
        """Whether a place is inside."""
        return self.columns[0] <= x <= self.columns[-1] and self.rows[0] <= y <= self.rows[-1]


def grids_of(rules: Sequence[Rule]) -> list[Grid]:
    """What the rules of a page surround, the smallest first; [] for drawings of many lines."""
    if len(rules) > _MOST_RULES:
        return []
    level = _whole([rule for rule in rules if rule.level])
    upright = [_flipped(rule) for rule in _whole([_flipped(r) for r in rules if not r.level])]
    if len(level) < 2 or len(upright) < 2 or len(level) + len(upright) > _MOST_EDGES:
        return []
    found = []
    for one, other in _touching(level, upright):
        if len(one) < 2 or len(other) < 2:
            continue
        columns = [rule.left for rule in other]
        columns += [min(rule.left for rule in one), max(rule.right for rule in one)]
        rows = [rule.top for rule in one]
        rows += [min(rule.top for rule in other), max(rule.bottom for rule in other)]
        grid = Grid(_places(columns), _places(rows), one, other)
        # Edges that lie all at one place surround nothing.
        if len(grid.columns) > 1 and len(grid.rows) > 1:
            found.append(grid)
    return sorted(
        _with_stripes(found),
        key=lambda grid: (round(grid.rows[-1] - grid.rows[0]), grid.rows[0], grid.columns[0]),
    )


def _with_stripes(grids: Sequence[Grid]) -> list[Grid]:
    """The grids, with those as one that are the coloured rows of a table: others lie between."""
    found: list[Grid] = []
    for grid in sorted(grids, key=lambda one: one.rows[0]):
        above = next((one for one in reversed(found) if _is_striped(one, grid)), None)
        if above is None:
            found.append(grid)
            continue
        found.remove(above)
        found.append(
            Grid(
                _places([*above.columns, *grid.columns]),
                [*above.rows, *grid.rows],
                [*above.level, *grid.level],
                [*above.upright, *grid.upright],
            )
        )
    return found


def _is_striped(above: Grid, below: Grid) -> bool:
    lowest = min(above.rows[-1] - above.rows[-2], below.rows[1] - below.rows[0])
    return (
        min(len(above.columns), len(below.columns)) > 2
        and abs(above.columns[0] - below.columns[0]) <= SAME_EDGE_PT
        and abs(above.columns[-1] - below.columns[-1]) <= SAME_EDGE_PT
        and TOUCH_PT < below.rows[0] - above.rows[-1] <= _HIGHEST_STRIPE * lowest
    )


def _flipped(rule: Rule) -> Rule:
    return Rule(rule.top, rule.left, rule.bottom, rule.right)


def _whole(rules: Sequence[Rule]) -> list[Rule]:
    """Level rules with those that lie on or beside each other, or end at each other, as one."""
    found: list[Rule] = []
    for rule in sorted(rules, key=lambda one: (one.top, one.left)):
        kept: list[Rule] = []
        for i in range(len(found) - 1, -1, -1):
            other = found[i]
            if rule.top - other.top > 2 * SAME_EDGE_PT:
                break
            if (
                abs(other.top - rule.top) <= SAME_EDGE_PT
                and rule.left <= other.right + SAME_EDGE_PT
                and other.left <= rule.right + SAME_EDGE_PT
            ):
                kept.append(found.pop(i))
        lefts, rights = [one.left for one in kept], [one.right for one in kept]
        top = kept[0].top if kept else rule.top
        whole = Rule(min([rule.left, *lefts]), top, max([rule.right, *rights]), top)
        insort(found, whole, key=lambda one: one.top)
    return found


def _touching(
    level: Sequence[Rule], upright: Sequence[Rule]
) -> list[tuple[list[Rule], list[Rule]]]:
    """Level and upright rules that touch each other, together."""
    waiting, free = list(upright), list(level)
    groups: list[tuple[list[Rule], list[Rule]]] = []
    while free:
        ones, others = [free.pop()], []
        new = ones
        while new:
            more = [rule for rule in waiting if any(_touch(one, rule) for one in new)]
            taken = set(map(id, more))
            waiting = [rule for rule in waiting if id(rule) not in taken]
            others += more
            new = [rule for rule in free if any(_touch(rule, other) for other in more)]
            taken = set(map(id, new))
            free = [rule for rule in free if id(rule) not in taken]
            ones = [*ones, *new]
        groups.append((ones, others))
    return groups


def _touch(level: Rule, upright: Rule) -> bool:
    return (
        level.left - TOUCH_PT <= upright.left <= level.right + TOUCH_PT
        and upright.top - TOUCH_PT <= level.top <= upright.bottom + TOUCH_PT
    )


def _places(edges: Sequence[float]) -> list[float]:
    """Edges with those that lie close to each other as one."""
    found: list[float] = []
    for edge in sorted(edges):
        if not found or edge - found[-1] > TOUCH_PT:
            found.append(edge)
    return found


def is_in(atom: Atom, grid: Grid) -> bool:
    """Whether the middle of an atom lies in a grid."""
    return grid.holds((atom.left + atom.right) / 2, (atom.top + atom.bottom) / 2)


def without_edges(rules: Sequence[Rule], grids: Sequence[Grid]) -> list[Rule]:
    """The rules that are no edges of cells, as bars of fractions are."""
    edges = [rule for grid in grids if not grid.is_box for rule in grid.level]
    return [rule for rule in rules if not any(_lies_on(rule, edge) for edge in edges)]


def _lies_on(rule: Rule, edge: Rule) -> bool:
    return (
        abs(rule.top - edge.top) <= SAME_EDGE_PT
        and edge.left - SAME_EDGE_PT <= rule.left
        and rule.right <= edge.right + SAME_EDGE_PT
    )
