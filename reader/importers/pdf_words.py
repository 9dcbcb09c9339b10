"""The words of a PDF's page with their boxes and type."""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from reader.importers.pdf_file import Sheet

MOST_CHARACTERS_A_PAGE = 400_000
_LINE_END_HYPHEN = "\x02"
_BOLD_WEIGHT = 600
_BOLD_NAME = re.compile(r"bold|black|heavy|semibold|cmbx|-bd\b|demi", re.I)
_ITALIC_NAME = re.compile(r"ital|obliq|cmti|cmsl", re.I)
_MIXED = re.compile(r"[\d*†‡§¶]")
_SMALLER = 0.86


@dataclass(slots=True)
class Word:
    """A run of characters without space on one line, all of one size.

    The box is in points from the shown page's top left; `baseline` is measured like its top and
    bottom. `turned` is how the run stands on the shown page: 0, 90, 180 or 270 degrees clockwise.
    `glued`: no space parts it from the run before. `broken`: the line's end cut it at a hyphen,
    which is no part of `text`. `shift` is 1 for raised runs and -1 for lowered ones.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    size: float
    bold: bool = False
    italic: bool = False
    turned: int = 0
    glued: bool = False
    broken: bool = False
    shift: int = 0


def words_of(page: Any, sheet: Sheet) -> list[Word]:
    """The words of a loaded page, in the order in which the file draws them."""
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return []
    try:
        return _Reader(text_page, sheet).words()
    finally:
        pdfium.FPDFText_ClosePage(text_page)


class _Reader:
    def __init__(self, text_page: Any, sheet: Sheet) -> None:
        self._text_page = text_page
        self._sheet = sheet
        self._box = pdfium.FS_RECTF()
        self._matrix = pdfium.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
        self._styles: dict[tuple[bytes, int], tuple[bool, bool]] = {}

    def words(self) -> list[Word]:
        count = min(pdfium.FPDFText_CountChars(self._text_page), MOST_CHARACTERS_A_PAGE)
        get, page = pdfium.FPDFText_GetUnicode, self._text_page
        letters = _letters([get(page, i) for i in range(count)])
        found: list[Word] = []
        first = -1
        for i, letter in enumerate([*letters, " "]):
            ends = letter.isspace() or letter == _LINE_END_HYPHEN
            if not ends:
                first = i if first < 0 else first
            elif first >= 0:
                found += self._runs(letters, first, i)
                if letter == _LINE_END_HYPHEN and found:
                    found[-1].broken = True
                first = -1
        return found

    def _runs(self, letters: list[str], first: int, end: int) -> list[Word]:
        """A word in runs of one size: a raised mark is drawn close to the word before it."""
        text = "".join(letters[first:end])
        edges = [first, end]
        if end - first > 1 and _MIXED.search(text) and len(text) < 200:
            sizes = [round(self._height(i), 1) for i in range(first, end)]
            changes = [
                first + i
                for i in range(1, len(sizes))
                if min(sizes[i - 1 : i + 1]) < _SMALLER * max(sizes[i - 1 : i + 1])
            ]
            edges = [first, *changes, end]
        elif middle := self._breaks(first, end):
            return self._runs(letters, first, middle) + self._runs(letters, middle, end)
        runs: list[Word] = []
        for a, b in pairwise(edges):
            word = self._word("".join(letters[a:b]), a, b)
            if word is not None:
                word.glued = bool(runs)
                runs.append(word)
        _set_shifts(runs)
        return runs

    def _breaks(self, first: int, end: int) -> int:
        """Where a run without spaces jumps to another line; 0 when it does not."""
        if end - first < 2 or self._place(end - 1)[1] == self._place(first)[1]:
            return 0
        places = [self._place(i) for i in range(first, end)]
        for i in range(1, len(places)):
            if abs(places[i][1] - places[i - 1][1]) > 2 and places[i][0] < places[i - 1][0]:
                return first + i
        return 0

    def _place(self, i: int) -> tuple[float, float]:
        pdfium.FPDFText_GetCharOrigin(self._text_page, i, self._x, self._y)
        return self._x.value, self._y.value

    def _height(self, i: int) -> float:
        pdfium.FPDFText_GetLooseCharBox(self._text_page, i, self._box)
        return float(abs(self._box.top - self._box.bottom))

    def _word(self, text: str, first: int, end: int) -> Word | None:
        text = _readable(text)
        corners = []
        for i in (first, end - 1) if end - first > 1 else (first,):
            if pdfium.FPDFText_GetLooseCharBox(self._text_page, i, self._box):
                box = self._box
                corners.append(self._sheet.shown(box.left, box.top))
                corners.append(self._sheet.shown(box.right, box.bottom))
        if not text or not corners:
            return None
        across, down = [x for x, _ in corners], [y for _, y in corners]
        values = (min(across), min(down), max(across), max(down))
        if not all(map(math.isfinite, values)) or not self._is_shown(*values):
            return None
        turned = self._turned(first)
        x, y = self._sheet.shown(*self._place(first))
        bold, italic = self._style(first)
        size = values[3] - values[1] if turned in (0, 180) else values[2] - values[0]
        baseline = {0: y, 90: -x, 180: -y, 270: x}[turned]
        return Word(text, *values, baseline, self._size(first) or size, bold, italic, turned)

    def _is_shown(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Whether the middle of a box lies on the page: what is cut off is no text."""
        across, down = (left + right) / 2, (top + bottom) / 2
        return 0 <= across <= self._sheet.width_pt and 0 <= down <= self._sheet.height_pt

    def _size(self, i: int) -> float:
        size = pdfium.FPDFText_GetFontSize(self._text_page, i)
        if pdfium.FPDFText_GetMatrix(self._text_page, i, self._matrix):
            size *= math.hypot(self._matrix.c, self._matrix.d)
        return float(round(size, 1)) if 0.5 < size < 1000 else 0.0

    def _turned(self, i: int) -> int:
        angle = pdfium.FPDFText_GetCharAngle(self._text_page, i)
        if angle < 0:
            return 0
        return (round(math.degrees(angle) / 90) * 90 + self._sheet.rotation) % 360

    def _style(self, i: int) -> tuple[bool, bool]:
        size = pdfium.FPDFText_GetFontInfo(self._text_page, i, self._name, 128, self._flags)
        key = (self._name.value if 0 < size <= 128 else b"", self._flags.value)
        if key not in self._styles:
            name = key[0].decode("utf-8", "replace")
            weight = pdfium.FPDFText_GetFontWeight(self._text_page, i)
            bold = bool(_BOLD_NAME.search(name)) or weight >= _BOLD_WEIGHT
            self._styles[key] = (bold, bool(_ITALIC_NAME.search(name)) or bool(key[1] & 64))
        return self._styles[key]


def _letters(codes: Sequence[int]) -> list[str]:
    """A character for each code; the second half of a pair is empty, what is none is a space."""
    letters: list[str] = []
    high = 0
    for code in codes:
        if high and 0xDC00 <= code <= 0xDFFF:
            letters[-1] = chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00)
            letters.append("")
        elif code in (0, 0xFFFF):
            letters.append(" ")
        elif 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
            letters.append("\ufffd")
        else:
            letters.append(_LINE_END_HYPHEN if code == 0xFFFE else chr(code))
        high = code if 0xD800 <= code <= 0xDBFF else 0
    return letters


def _readable(text: str) -> str:
    """Letters instead of the ligatures and presentation forms that typesetters use."""
    if text.isascii():
        return "".join(c for c in text if c.isprintable())
    return "".join(
        unicodedata.normalize("NFKC", c)
        if "\ufb00" <= c <= "\ufb4f" or "\ufe70" <= c <= "\ufefc"
        else c
        for c in text
        if c.isprintable() or c == "\u00ad" or unicodedata.category(c) in ("Cf", "Co")
    )


def _set_shifts(runs: list[Word]) -> None:
    """Tells raised and lowered runs from the line that the largest run of the word stands on."""
    if len(runs) < 2:
        return
    main = max(runs, key=lambda run: (run.size, len(run.text)))
    for run in runs:
        if run.size < _SMALLER * main.size or run.bottom - run.top < _SMALLER * (
            main.bottom - main.top
        ):
            rise = main.baseline - run.baseline
            run.shift = 1 if rise > 0.12 * main.size else -1 if rise < -0.05 * main.size else 0
