"""The lines of a page in the order in which they are read: columns one after the other.

The words of a page are cut into regions: where white space runs down between two columns that both
hold lines of text, left is read before right; where such columns end at something that spans them,
what is above is read first. What cannot be cut has lines from top to bottom.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from statistics import median

from reader.importers.pdf.bare_tables import with_bare_tables
from reader.importers.pdf.boxes import boxes_in, with_floats, without_floats
from reader.importers.pdf.columns import GUTTER_EM, Atom, gaps_of, gutter_of, rows_of, runs_over
from reader.importers.pdf.formulas import as_lines
from reader.importers.pdf.grid_tables import with_grids
from reader.importers.pdf.grids import grids_of, without_edges
from reader.importers.pdf.lines import Line, frame, main_size
from reader.importers.pdf.margins import without_initials
from reader.importers.pdf.objects import Rule
from reader.importers.pdf.rules import mark_struck, with_rules, with_tables, without_tables
from reader.importers.pdf.word import Word

# Pages with more runs than this are no text that is set in columns.
MOST_ATOMS = 2000
_DEEPEST = 24
_JOINED_EM = 0.55
_SMALLER = 0.86
_NO_SPACE_EM = 0.12
_OVERLAP_EM = 0.3
_FRACTION = re.compile(r"[/⁄]\d")


def lines_of(words: Sequence[Word], page: int, rules: Sequence[Rule] = ()) -> list[Line]:
    """The lines of a page in reading order; text that is turned comes after the rest."""
    askew = [word for word in words if word.askew]
    level = [word for word in words if not word.askew] if askew else words
    mark_struck(level, [rule for rule in rules if rule.level])
    drawn = grids_of(rules) if rules else []
    words = as_lines(without_initials(level), without_edges(rules, drawn))
    turns = sorted(
        {word.turned for word in words},
        key=lambda turn: -sum(len(word.text) for word in words if word.turned == turn),
    )
    found: list[Line] = []
    for turn in turns:
        atoms = _atoms([word for word in words if word.turned == turn])
        em = main_size(words) or 10.0
        leftwards = _runs_leftwards(words)
        level_rules = [rule for rule in rules if rule.level] if not turn else []
        grids = drawn if not turn else []
        atoms, floats = without_floats(with_grids(atoms, grids), grids, em)
        atoms = with_tables(atoms, level_rules, em)
        atoms = with_bare_tables(atoms, em) if len(atoms) <= MOST_ATOMS else atoms
        regions = _ordered(atoms, em, leftwards, 0) if len(atoms) <= MOST_ATOMS else [atoms]
        regions = with_floats(regions, floats)
        for region in (
            one
            for whole in regions
            for part in without_tables(whole)
            for one in boxes_in(part, grids)
        ):
            block = found[-1].block + 1 if found else 0
            if region and region[0].cells:
                found += _lines_of_cells(region[0], page, block)
                continue
            lines = [Line(tuple(line), page, block) for line in _lines(region)]
            found += with_rules(lines, level_rules)
    for _, run in groupby(askew, key=lambda word: (word.size, word.turned)):
        found.append(Line(tuple(run), page, found[-1].block + 1 if found else 0))
    return found


def _lines_of_cells(table: Atom, page: int, block: int) -> list[Line]:
    """The lines of a table, cell by cell."""
    return [
        Line(tuple(line), page, block, cell=(row, column))
        for row, column, words in table.cells
        for line in _lines(_atoms(words))
    ]


def _atoms(words: Sequence[Word]) -> list[Atom]:
    atoms: list[Atom] = []
    last: Atom | None = None
    for word in words:
        if word.turned:
            left, top, right, bottom = frame(word)
        else:
            left, top, right, bottom = word.left, word.top, word.right, word.bottom
        if last is not None and (word.glued or _goes_on(last, word, left, top, bottom)):
            last.words.append(word)
            # Comparing takes less time than calling min and max.
            if left < last.left:
                last.left = left
            if right > last.right:
                last.right = right
            if not word.shift:
                if top < last.top:
                    last.top = top
                if bottom > last.bottom:
                    last.bottom = bottom
            continue
        last = Atom([word], left, top, right, bottom)
        atoms.append(last)
    return atoms


def _goes_on(last: Atom, word: Word, left: float, top: float, bottom: float) -> bool:
    """Whether a word stands level with an atom and close behind it."""
    size = word.size
    if not -0.5 * size <= left - last.right <= _JOINED_EM * size:
        return False
    above, below = last.top, last.bottom
    if top == above and bottom == below:
        return bottom > top
    shared = min(bottom, below) - max(top, above)
    return shared > 0.4 * min(bottom - top, below - above)


def _ordered(atoms: list[Atom], em: float, leftwards: bool, depth: int) -> list[list[Atom]]:
    """The atoms in regions that are one column each, in reading order."""
    if len(atoms) < 2 or depth > _DEEPEST:
        return [atoms] if atoms else []
    gutter = gutter_of(atoms, em)
    if gutter is not None:
        left = [atom for atom in atoms if atom.left < gutter.place]
        right = [atom for atom in atoms if atom.left >= gutter.place]
        sides = (right, left) if leftwards or gutter.right_first else (left, right)
        return [one for side in sides for one in _ordered(side, em, leftwards, depth + 1)]
    for parts in _bands(atoms, em):
        return [one for part in parts for one in _ordered(part, em, leftwards, depth + 1)]
    return [atoms]


def _bands(atoms: list[Atom], em: float) -> Iterable[list[list[Atom]]]:
    """The best way to divide atoms into what is above columns, in them and below, if any."""
    rows = _stripes(atoms)
    if len(rows) < 2:
        return
    best: tuple[float, int, int] | None = None
    tried: list[tuple[int, int, float, float]] = []
    for i, row in enumerate(rows):
        for low, high in gaps_of((atom.left, atom.right) for atom in row):
            # A white space that has been followed from another stripe leads to the same band.
            known = any(a <= i <= b and left < high and low < right for a, b, left, right in tried)
            if high - low < GUTTER_EM * em or known:
                continue
            first, last, low, high = _reach(rows, i, (low, high), em)
            tried.append((first, last, low, high))
            if (first, last) == (0, len(rows) - 1):
                continue
            band = [atom for row in rows[first : last + 1] for atom in row]
            height = max(a.bottom for a in band) - min(a.top for a in band)
            if (best is None or height > best[0]) and gutter_of(band, em) is not None:
                best = (height, first, last)
    if best is not None:
        _, first, last = best
        parts = (rows[:first], rows[first : last + 1], rows[last + 1 :])
        yield [[atom for row in part for atom in row] for part in parts if part]


def _stripes(atoms: list[Atom]) -> list[list[Atom]]:
    """Atoms in stripes from the top down with no atom in two of them."""
    stripes: list[list[Atom]] = []
    reach = 0.0
    for atom in sorted(atoms, key=lambda atom: atom.top):
        # Boxes of lines that are set tight overlap a little.
        if stripes and atom.top < reach - 0.25 * (atom.bottom - atom.top):
            stripes[-1].append(atom)
            reach = max(reach, atom.bottom)
        else:
            stripes.append([atom])
            reach = atom.bottom
    return stripes


def _reach(
    rows: list[list[Atom]], i: int, white: tuple[float, float], em: float
) -> tuple[int, int, float, float]:
    """The first and last stripe round stripe `i` with one white space through all, and that."""
    low, high = white
    first = last = i
    for step in (-1, 1):
        k = i + step
        while 0 <= k < len(rows):
            a, b = _clear([atom for atom in rows[k] if not runs_over(atom, em)], low, high)
            if b - a < GUTTER_EM * em:
                break
            low, high = a, b
            first, last = min(first, k), max(last, k)
            k += step
    return first, last, low, high


def _clear(row: list[Atom], low: float, high: float) -> tuple[float, float]:
    """The widest part of a white space that a stripe leaves clear."""
    edges = [(atom.left, atom.right) for atom in row if atom.right > low and atom.left < high]
    if not edges:
        return low, high
    spans = [(low - 1, low), *edges, (high, high + 1)]
    return max(gaps_of(spans), key=lambda gap: gap[1] - gap[0], default=(low, low))


def _lines(atoms: list[Atom]) -> list[list[Word]]:
    lines = [[word for atom in row for word in atom.words] for row in rows_of(atoms)]
    for line in lines:
        size = line[0].size
        # Most lines are of one size, and all of it stands on them.
        if any(word.size != size or word.shift for word in line):
            _set_shifts(line)
            _close_up(line)
    return [_leftwards(line) if _runs_leftwards(line) else line for line in lines]


def _runs_leftwards(words: Iterable[Word]) -> bool:
    """Whether most letters are of a script that is written from right to left."""
    sample = "".join(word.text for word in words)
    if sample.isascii():
        return False
    kinds = [unicodedata.bidirectional(c) for c in sample]
    return sum(kind in ("R", "AL") for kind in kinds) > kinds.count("L")


def _leftwards(line: list[Word]) -> list[Word]:
    """A line's words from right to left; those of other scripts stay as they are in a row."""
    found: list[Word] = []
    for same, run in groupby(reversed(line), key=lambda word: _runs_leftwards([word])):
        words = list(run)
        found += words if same else reversed(words)
    for word in found:
        word.glued = False
    return found


def _set_shifts(line: list[Word]) -> None:
    """Tell raised and lowered words also where a space parts them from the word before."""
    size = main_size(line)
    baseline = median(word.baseline for word in line if word.size >= _SMALLER * size)
    for word in line:
        if word.size < _SMALLER * size and not word.shift:
            rise = (baseline - word.baseline) / size
            word.shift = 1 if 0.15 < rise < 0.8 else -1 if -0.5 < rise < -0.08 else 0


def _close_up(line: list[Word]) -> None:
    """Take back the space that PDFium sees where the size of type changes, and none is drawn.

    A mixed number keeps its whole apart from its fraction: "3 1/2", whose 1 is raised.
    """
    for before, word in pairwise(line):
        if word.size != before.size or word.shift != before.shift:
            gap = frame(word)[0] - frame(before)[2]
            if -_OVERLAP_EM * before.size < gap < _NO_SPACE_EM * max(word.size, before.size):
                word.glued = True
    for i, (before, word) in enumerate(pairwise(line), 1):
        over = line[i + 1].text if i + 1 < len(line) and line[i + 1].glued else ""
        under = line[i + 2].text if i + 2 < len(line) and line[i + 2].glued else ""
        if (
            word.glued
            and word.shift > 0
            and word.text.isdecimal()
            and before.text[-1].isdecimal()
            and _FRACTION.match(over + under)
        ):
            word.glued = False
