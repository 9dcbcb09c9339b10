"""The lines of a page in the order in which they are read: columns one after the other.

The words of a page are cut into regions: where white space runs down between two columns that both
hold lines of text, left is read before right; where such columns end at something that spans them,
what is above is read first. What cannot be cut has lines from top to bottom.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from reader.importers.pdf_lines import Line, frame, main_size
from reader.importers.pdf_margins import without_initials, without_line_numbers
from reader.importers.pdf_words import Word

# Pages with more runs than this are no text that is set in columns.
MOST_ATOMS = 6000
_DEEPEST = 24
_JOINED_EM = 0.55
_GUTTER_EM = 0.8
_WIDE_GUTTER_EM = 2.2
_NARROWEST_COLUMN_EM = 11.0
_LONGEST_WORD_EM = 12.0
_FILLED = 0.55
_FILLED_TEXT = 0.8
_FEW_NOTES = 0.4
_SMALLER = 0.86


@dataclass(slots=True)
class _Atom:
    """Words that stand so close that no column ends between them."""

    words: list[Word]
    left: float
    top: float
    right: float
    bottom: float


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


def _atoms(words: Sequence[Word]) -> list[_Atom]:
    atoms: list[_Atom] = []
    last: _Atom | None = None
    for word in words:
        left, top, right, bottom = frame(word)
        if last is not None and (word.glued or _goes_on(last, word, left, top, bottom)):
            last.words.append(word)
            last.left, last.right = min(last.left, left), max(last.right, right)
            if not word.shift:
                last.top, last.bottom = min(last.top, top), max(last.bottom, bottom)
            continue
        last = _Atom([word], left, top, right, bottom)
        atoms.append(last)
    return atoms


def _goes_on(last: _Atom, word: Word, left: float, top: float, bottom: float) -> bool:
    """Whether a word stands level with an atom and close behind it."""
    if not -0.5 * word.size <= left - last.right <= _JOINED_EM * word.size:
        return False
    shared = min(bottom, last.bottom) - max(top, last.top)
    return shared > 0.4 * min(bottom - top, last.bottom - last.top)


def _ordered(atoms: list[_Atom], em: float, leftwards: bool, depth: int) -> list[list[_Atom]]:
    """The atoms in regions that are one column each, in reading order."""
    if len(atoms) < 2 or depth > _DEEPEST:
        return [atoms] if atoms else []
    cut = _gutter(atoms, em)
    if cut is not None:
        left = [atom for atom in atoms if atom.left < cut]
        right = [atom for atom in atoms if atom.left >= cut]
        sides = (right, left) if leftwards else (left, right)
        return [one for side in sides for one in _ordered(side, em, leftwards, depth + 1)]
    for parts in _bands(atoms, em):
        return [one for part in parts for one in _ordered(part, em, leftwards, depth + 1)]
    return [atoms]


def _gaps(spans: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """What lies between spans that cover no common place."""
    found = []
    reach: float | None = None
    for low, high in sorted(spans):
        if reach is not None and low > reach:
            found.append((reach, low))
        reach = high if reach is None else max(reach, high)
    return found


def _gutter(atoms: list[_Atom], em: float) -> float | None:
    """Where white space from top to bottom parts two columns of text; None where none does."""
    atoms = [atom for atom in atoms if not _runs_over(atom, em)]
    gaps = _gaps((atom.left, atom.right) for atom in atoms)
    for low, high in sorted(gaps, key=lambda gap: gap[0] - gap[1]):
        if high - low < _GUTTER_EM * em:
            break
        left = [atom for atom in atoms if atom.right <= low]
        right = [atom for atom in atoms if atom.left >= high]
        if _parts(left, right, high - low, em):
            return (low + high) / 2
    return None


def _runs_over(atom: _Atom, em: float) -> bool:
    """Whether it is one long word, such as an address, that may run over the edge of its column."""
    return len(atom.words) == 1 and atom.right - atom.left > _LONGEST_WORD_EM * em


def _parts(left: list[_Atom], right: list[_Atom], gap: float, em: float) -> bool:
    """Whether white space between atoms parts columns, not labels from items or cells of a row."""
    rows = [_rows(side) for side in (left, right)]
    widths = [max(a.right for a in side) - min(a.left for a in side) for side in (left, right)]
    if min(widths) < _NARROWEST_COLUMN_EM * em:
        return widths[0] > widths[1] and _noted(rows[0], rows[1], gap, em)
    if min(map(len, rows)) < 3:
        return gap >= _WIDE_GUTTER_EM * em and not _level(*rows)
    if not _level(*rows):
        return True
    return min(map(_fill, rows)) >= _FILLED


def _noted(text: list[list[_Atom]], notes: list[list[_Atom]], gap: float, em: float) -> bool:
    """Whether narrow lines to the right of text are notes in its margin."""
    if gap < em or len(notes) > _FEW_NOTES * len(text) or len(text) < 3:
        return False
    words = [word.text for row in notes for atom in row for word in atom.words]
    lettered = sum(any(map(str.isalpha, word)) and len(word) > 2 for word in words)
    return lettered > 0.5 * len(words) and _fill(text) >= _FILLED_TEXT


def _fill(rows: list[list[_Atom]]) -> float:
    """How much of the width of a column its lines take up: the median."""
    width = max(a.right for row in rows for a in row) - min(a.left for row in rows for a in row)
    return median(sum(atom.right - atom.left for atom in row) for row in rows) / width


def _rows(atoms: list[_Atom]) -> list[list[_Atom]]:
    """Atoms by the lines that they stand on, from the top down, each from left to right."""
    rows: list[list[_Atom]] = []
    for atom in sorted(atoms, key=lambda atom: atom.top + atom.bottom):
        if rows:
            last = rows[-1][-1]
            shared = min(atom.bottom, last.bottom) - max(atom.top, last.top)
            if shared > 0.5 * min(atom.bottom - atom.top, last.bottom - last.top):
                rows[-1].append(atom)
                continue
        rows.append([atom])
    return [sorted(row, key=lambda atom: atom.left) for row in rows]


def _level(left: list[list[_Atom]], right: list[list[_Atom]]) -> bool:
    """Whether most lines of the side with fewer stand level with one of the other side."""
    few, many = sorted((left, right), key=len)
    middles = [row[0].top + row[0].bottom for row in many]
    height = median(row[0].bottom - row[0].top for row in few)
    beside = sum(
        any(abs(row[0].top + row[0].bottom - middle) < 0.5 * height for middle in middles)
        for row in few
    )
    return beside >= 0.8 * len(few)


def _bands(atoms: list[_Atom], em: float) -> Iterable[list[list[_Atom]]]:
    """The best way to divide atoms into what is above columns, in them and below, if any."""
    rows = _stripes(atoms)
    if len(rows) < 2:
        return
    best: tuple[float, int, int] | None = None
    tried: list[tuple[int, int, float, float]] = []
    for i, row in enumerate(rows):
        for low, high in _gaps((atom.left, atom.right) for atom in row):
            # A white space that has been followed from another stripe leads to the same band.
            known = any(a <= i <= b and left < high and low < right for a, b, left, right in tried)
            if high - low < _GUTTER_EM * em or known:
                continue
            first, last, low, high = _reach(rows, i, (low, high), em)
            tried.append((first, last, low, high))
            if (first, last) == (0, len(rows) - 1):
                continue
            band = [atom for row in rows[first : last + 1] for atom in row]
            height = max(a.bottom for a in band) - min(a.top for a in band)
            if (best is None or height > best[0]) and _gutter(band, em) is not None:
                best = (height, first, last)
    if best is not None:
        _, first, last = best
        parts = (rows[:first], rows[first : last + 1], rows[last + 1 :])
        yield [[atom for row in part for atom in row] for part in parts if part]


def _stripes(atoms: list[_Atom]) -> list[list[_Atom]]:
    """Atoms in stripes from the top down with no atom in two of them."""
    stripes: list[list[_Atom]] = []
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
    rows: list[list[_Atom]], i: int, white: tuple[float, float], em: float
) -> tuple[int, int, float, float]:
    """The first and last stripe round stripe `i` with one white space through all, and that."""
    low, high = white
    first = last = i
    for step in (-1, 1):
        k = i + step
        while 0 <= k < len(rows):
            a, b = _clear([atom for atom in rows[k] if not _runs_over(atom, em)], low, high)
            if b - a < _GUTTER_EM * em:
                break
            low, high = a, b
            first, last = min(first, k), max(last, k)
            k += step
    return first, last, low, high


def _clear(row: list[_Atom], low: float, high: float) -> tuple[float, float]:
    """The widest part of a white space that a stripe leaves clear."""
    edges = [(atom.left, atom.right) for atom in row if atom.right > low and atom.left < high]
    if not edges:
        return low, high
    spans = [(low - 1, low), *edges, (high, high + 1)]
    return max(_gaps(spans), key=lambda gap: gap[1] - gap[0], default=(low, low))


def _lines(atoms: list[_Atom]) -> list[list[Word]]:
    lines = [[word for atom in row for word in atom.words] for row in _rows(atoms)]
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
