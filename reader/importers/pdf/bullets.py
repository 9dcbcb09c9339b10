"""Bullets of a PDF's lists that are drawn as small shapes, as browsers do, and not as letters."""

from __future__ import annotations

import ctypes
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from reader.importers.pdf.file import Sheet
from reader.importers.pdf.objects import bounds_of, objects_of
from reader.importers.pdf.word import PageText, Word

_SMALLEST_PT, _LARGEST_PT = 1.5, 7.0
_SQUARE = 0.15
_FEWEST_CURVED = 8
_MOST_SHAPES = 200
_LOWEST_EM, _HIGHEST_EM = 0.05, 0.62
_NEAREST_EM, _FARTHEST_EM = 0.15, 2.6
_CLEAR_EM = 1.5
_LARGEST_EM = 0.65


@dataclass(frozen=True, slots=True)
class Shape:
    """A small shape as wide as high, in points of the shown page, and the sign that it is like."""

    left: float
    top: float
    right: float
    bottom: float
    sign: str


def shapes_of(page: Any, sheet: Sheet) -> list[Shape]:
    """The small shapes of a page; [] where there are so many that they are a drawing's."""
    found: list[Shape] = []
    for thing, kind, matrix, _ in objects_of(page):
        if kind != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        box = bounds_of(thing, matrix)
        if box is None:
            continue
        wide, high = box[2] - box[0], box[3] - box[1]
        if not (_SMALLEST_PT <= wide <= _LARGEST_PT and abs(wide - high) <= _SQUARE * wide):
            continue
        (x0, y0), (x1, y1) = sheet.shown(*box[:2]), sheet.shown(*box[2:])
        found.append(Shape(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1), _sign(thing)))
        if len(found) > _MOST_SHAPES:
            return []
    return found


def _sign(thing: int) -> str:
    path = ctypes.cast(thing, pdfium.FPDF_PAGEOBJECT)
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    if not fill.value:
        return "◦"
    return "•" if pdfium.FPDFPath_CountSegments(path) >= _FEWEST_CURVED else "▪"


def with_bullets(page: PageText, shapes: Sequence[Shape]) -> None:
    """Add to the words of a page its drawn bullets, each before the line that it stands at."""
    if not shapes:
        return
    level = [(word.baseline, i) for i, word in enumerate(page.words) if not word.turned]
    level.sort()
    baselines = [baseline for baseline, _ in level]
    added: dict[int, Word] = {}
    for shape in shapes:
        middle = (shape.top + shape.bottom) / 2
        first = bisect_left(baselines, middle)
        near = [i for base, i in level[first:] if base - middle < 2 * _LARGEST_PT]
        followed = _followed(shape, middle, [(i, page.words[i]) for i in near])
        if followed is not None and followed not in added:
            word = page.words[followed]
            added[followed] = Word(
                shape.sign,
                shape.left,
                word.top,
                shape.right,
                word.bottom,
                word.baseline,
                word.size,
                bold=word.bold,
                italic=word.italic,
            )
    if added:
        words: list[Word] = []
        for i, word in enumerate(page.words):
            words += [added[i], word] if i in added else [word]
        page.words = words


def _followed(shape: Shape, middle: float, words: Iterable[tuple[int, Word]]) -> int | None:
    """The place of the word that begins its line a little to the right of a shape, if any."""
    found: tuple[float, int] | None = None
    for i, word in words:
        if not _LOWEST_EM * word.size < word.baseline - middle < _HIGHEST_EM * word.size:
            continue
        if shape.left - _CLEAR_EM * word.size < word.right and word.left < shape.right:
            # A shape in a line or above one of its words is none that begins it.
            return None
        gap = word.left - shape.right
        if gap >= 0 and (found is None or gap < found[0]):
            found = (gap, i)
            fits = (
                _NEAREST_EM * word.size < gap < _FARTHEST_EM * word.size
                and shape.right - shape.left < _LARGEST_EM * word.size
            )
            found = (gap, i if fits else -1)
    return found[1] if found is not None and found[1] >= 0 else None
