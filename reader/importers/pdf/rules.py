"""What the lines drawn on a PDF's page tell of its text: tables that columns must not part."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from reader.importers.pdf.columns import Atom, gaps_of
from reader.importers.pdf.lines import Line
from reader.importers.pdf.objects import Rule
from reader.importers.pdf.word import Word

_HIGHEST_ROW_EM = 9.0
_FEWEST_RULES = 3
_SAME_EDGE_PT = 6.0
_COVERED = 0.5
_MOST_STRIKES = 400
# Through small letters: higher than a line under words, lower than one over them.
_LOWEST_STRIKE, _HIGHEST_STRIKE = 0.14, 0.5
_STRUCK = 0.8
_LARGEST_PT = 40.0


def with_tables(atoms: list[Atom], rules: Sequence[Rule], em: float) -> list[Atom]:
    """The atoms with one for each table that level lines draw, so that nothing parts it.

    It is a table where three level lines or more of one width lie below each other, and most rows
    between them have words that stand apart.
    """
    waiting = sorted(rules, key=lambda rule: (rule.top, rule.left))
    while waiting:
        run = waiting[:1]
        for rule in waiting[1:]:
            if _alike(run[-1], rule):
                if rule.top - run[-1].top > _HIGHEST_ROW_EM * em:
                    break
                run.append(rule)
        taken = set(map(id, run))
        waiting = [rule for rule in waiting if id(rule) not in taken]
        if len({round(rule.top) for rule in run}) >= _FEWEST_RULES:
            atoms = _with_table(atoms, run, em)
    return atoms


def _alike(one: Rule, other: Rule) -> bool:
    return (
        abs(one.left - other.left) < _SAME_EDGE_PT and abs(one.right - other.right) < _SAME_EDGE_PT
    )


def _with_table(atoms: list[Atom], run: Sequence[Rule], em: float) -> list[Atom]:
    left, right = run[0].left - _SAME_EDGE_PT, run[0].right + _SAME_EDGE_PT
    held: list[Atom] = []
    rows = parted = 0
    for above, below in pairwise(run):
        row = [
            atom
            for atom in atoms
            if not atom.cells
            and above.top <= (atom.top + atom.bottom) / 2 < below.top
            and left <= atom.left
            and atom.right <= right
        ]
        held += row
        rows += bool(row)
        parted += bool(gaps_of((atom.left, atom.right) for atom in row if _is_wide(row, em)))
    if rows < _FEWEST_RULES - 1 or parted <= rows / 2:
        return atoms
    inside = set(map(id, held))
    return [*(atom for atom in atoms if id(atom) not in inside), Atom.holding(held)]


def _is_wide(row: Sequence[Atom], em: float) -> bool:
    """Whether the white spaces of a row are wider than those between words."""
    gaps = gaps_of((atom.left, atom.right) for atom in row)
    return any(high - low > em for low, high in gaps)


def without_tables(region: list[Atom]) -> list[list[Atom]]:
    """A region as the text above each table in it, the table, and the text below."""
    tables = sorted((atom for atom in region if atom.held), key=lambda atom: atom.top)
    if not tables:
        return [region]
    rest = [atom for atom in region if not atom.held]
    found: list[list[Atom]] = []
    for table in tables:
        middle = (table.top + table.bottom) / 2
        found.append([atom for atom in rest if (atom.top + atom.bottom) / 2 < middle])
        rest = [atom for atom in rest if (atom.top + atom.bottom) / 2 >= middle]
        found.append([table] if table.cells else list(table.held))
    return [part for part in (*found, rest) if part]


def mark_struck(words: Sequence[Word], rules: Sequence[Rule]) -> None:
    """Tell words that have a line through them."""
    if not rules or len(rules) > _MOST_STRIKES:
        return
    ordered = sorted((word for word in words if not word.turned), key=lambda word: word.baseline)
    baselines = [word.baseline for word in ordered]
    for rule in rules:
        middle = (rule.top + rule.bottom) / 2
        for word in ordered[bisect_left(baselines, middle) :]:
            rise = (word.baseline - middle) / word.size
            if rise > _HIGHEST_STRIKE:
                # Larger type may still follow, but none so large in a line with this one.
                if word.baseline - middle > _LARGEST_PT:
                    break
                continue
            shared = min(rule.right, word.right) - max(rule.left, word.left)
            if rise > _LOWEST_STRIKE and shared > _STRUCK * (word.right - word.left):
                word.struck = True


def with_rules(lines: list[Line], rules: Sequence[Rule]) -> list[Line]:
    """The lines of a region from the top down, each with whether a rule parts it from the last."""
    if not rules or len(lines) < 2:
        return lines
    ordered = sorted(rules, key=lambda rule: rule.top)
    tops = [rule.top for rule in ordered]
    found = lines[:1]
    for above, line in pairwise(lines):
        first = bisect_left(tops, above.baseline - 0.2 * above.size)
        last = bisect_left(tops, line.baseline - 0.4 * line.size)
        left, _, right, _ = line.frame
        parted = _covered(ordered[first:last], left, right) > _COVERED * (right - left)
        found.append(replace(line, parted=True) if parted else line)
    return found


def _covered(rules: Sequence[Rule], left: float, right: float) -> float:
    """How much of a line's width is above or below rules, which may be the edges of cells."""
    covered = 0.0
    reach = left
    for rule in sorted(rules, key=lambda one: one.left):
        begin, end = max(rule.left, reach), min(rule.right, right)
        if end > begin:
            covered += end - begin
            reach = end
    return covered
