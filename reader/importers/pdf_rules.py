"""What the lines drawn on a PDF's page tell of its text: tables that columns must not part."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from reader.importers.pdf_columns import Atom
from reader.importers.pdf_lines import Line
from reader.importers.pdf_objects import Rule
from reader.importers.pdf_word import Word

_HIGHEST_ROW_EM = 14.0
_FEWEST_RULES = 3
_BEYOND_EM = 2.0
_SAME_EDGE_PT = 6.0
_COVERED = 0.5
_MOST_STRIKES = 400
# Through small letters: higher than a line under words, lower than one over them.
_LOWEST_STRIKE, _HIGHEST_STRIKE = 0.14, 0.5
_STRUCK = 0.8
_LARGEST_PT = 40.0


def table_across(
    atoms: Sequence[Atom], rules: Sequence[Rule], place: float, em: float
) -> tuple[list[Atom], list[Atom], list[Atom]] | None:
    """The atoms above, in and below the table that lies across a white space at `place`.

    It is a table where three level lines or more cross that space, with rows between them that have
    words on both sides. None where there is none.
    """
    top, bottom = min(atom.top for atom in atoms), max(atom.bottom for atom in atoms)
    beyond = _BEYOND_EM * em
    crossing = sorted(
        (
            rule
            for rule in rules
            if rule.left < place - beyond
            and rule.right > place + beyond
            and top - em < rule.top < bottom + em
        ),
        key=lambda rule: rule.top,
    )
    best: list[Rule] = []
    run: list[Rule] = []
    for rule in crossing:
        if run and not (_alike(run[0], rule) and _is_row(atoms, run[-1], rule, place, em)):
            run = []
        run.append(rule)
        if len(run) > len(best):
            best = list(run)
    heights = {round(rule.top) for rule in best}
    if len(heights) < _FEWEST_RULES:
        return None
    upper, lower = best[0].top, best[-1].bottom
    parts: tuple[list[Atom], list[Atom], list[Atom]] = ([], [], [])
    for atom in atoms:
        middle = (atom.top + atom.bottom) / 2
        parts[0 if middle < upper else 2 if middle > lower else 1].append(atom)
    return parts


def _alike(one: Rule, other: Rule) -> bool:
    return (
        abs(one.left - other.left) < _SAME_EDGE_PT and abs(one.right - other.right) < _SAME_EDGE_PT
    )


def _is_row(atoms: Sequence[Atom], above: Rule, below: Rule, place: float, em: float) -> bool:
    """Whether words stand on both sides between two lines; none at all where they nearly touch."""
    if below.top - above.top > _HIGHEST_ROW_EM * em:
        return False
    if below.top - above.top < 0.7 * em:
        return True
    inside = [a for a in atoms if above.top < (a.top + a.bottom) / 2 < below.top]
    return any(a.right < place for a in inside) and any(a.left > place for a in inside)


def mark_struck(words: Sequence[Word], rules: Sequence[Rule]) -> None:
    """Tells words that have a line through them."""
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
        parted = any(
            min(rule.right, right) - max(rule.left, left) > _COVERED * (right - left)
            for rule in ordered[first:last]
        )
        found.append(replace(line, parted=True) if parted else line)
    return found
