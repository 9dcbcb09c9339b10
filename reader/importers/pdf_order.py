"""The lines of a page in the order in which they are read: columns one after the other.

The words of a page are cut into regions: where white space runs down between two columns that both
hold lines of text, left is read before right; where such columns end at something that spans them,
what is above is read first. What cannot be cut has lines from top to bottom.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from itertools import groupby
from statistics import median

from reader.importers.pdf_columns import GUTTER_EM, Atom, gaps_of, gutter_of, rows_of, runs_over
from reader.importers.pdf_lines import Line, frame, main_size
from reader.importers.pdf_margins import without_initials, without_line_numbers
from reader.importers.pdf_words import Word

# Pages with more runs than this are no text that is set in columns.
MOST_ATOMS = 2000
_DEEPEST = 24
_JOINED_EM = 0.55
_SMALLER = 0.86


def lines_of(words: Sequence[Word], page: int) -> list[Line]:
    """The lines of a page in reading order; text that stands askew comes after the rest."""
    words = without_initials(without_line_numbers(words))
    turns = sorted(
        {word.turned for word in words},
        key=lambda turn: -sum(len(word.text) for word in words if word.turned == turn),
    )
    found: list[Line] = []
    for turn in turns:
        atoms = _atoms([word for word in words if word.turned == turn])
        em = main_size(words) or 10.0
        leftwards = _runs_leftwards(words)
        regions = _ordered(atoms, em, leftwards, 0) if len(atoms) <= MOST_ATOMS else [atoms]
        for region in regions:
            block = found[-1].block + 1 if found else 0
            found += [Line(tuple(line), page, block) for line in _lines(region)]
    return found


def _atoms(words: Sequence[Word]) -> list[Atom]:
    atoms: list[Atom] = []
    last: Atom | None = None
    for word in words:
        left, top, right, bottom = frame(word)
        if last is not None and (word.glued or _goes_on(last, word, left, top, bottom)):
            last.words.append(word)
            last.left, last.right = min(last.left, left), max(last.right, right)
            if not word.shift:
                last.top, last.bottom = min(last.top, top), max(last.bottom, bottom)
            continue
        last = Atom([word], left, top, right, bottom)
        atoms.append(last)
    return atoms


def _goes_on(last: Atom, word: Word, left: float, top: float, bottom: float) -> bool:
    """Whether a word stands level with an atom and close behind it."""
    if not -0.5 * word.size <= left - last.right <= _JOINED_EM * word.size:
        return False
    shared = min(bottom, last.bottom) - max(top, last.top)
    return shared > 0.4 * min(bottom - top, last.bottom - last.top)


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
        _set_shifts(line)
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
    """Tells raised and lowered words also where a space parts them from the word before."""
    size = main_size(line)
    level = [word.baseline for word in line if word.size >= _SMALLER * size]
    baseline = median(level)
    for word in line:
        if word.size < _SMALLER * size and not word.shift:
            rise = (baseline - word.baseline) / size
            word.shift = 1 if 0.15 < rise < 0.8 else -1 if -0.5 < rise < -0.08 else 0
