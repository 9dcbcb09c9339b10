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
_LONGEST_MIXED = 200
# Stands for the second half of a character that PDFium counts twice.
_SECOND_HALF = "\x1a"
_WORD = re.compile(r"[^\s\x02]+")
_HALVES = re.compile("[\ud800-\udfff]")
# As pypdfium2 declares it, each answer becomes a pointer object, which takes longer than the call.
_text_object = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(
    ctypes.cast(pdfium.FPDFText_GetTextObject, ctypes.c_void_p).value or 0
)


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
        self._looks: dict[int, tuple[float, int, bool, bool]] = {}

    def words(self) -> list[Word]:
        """All words of the page."""
        text = self._text()
        found: list[Word] = []
        for match in _WORD.finditer(text):
            first, end = match.span()
            found += self._runs(text, first, end)
            if found and text[end : end + 1] == _LINE_END_HYPHEN:
                found[-1].broken = True
        return found

    def _text(self) -> str:
        """The characters of the page, each at the place by which PDFium knows it."""
        page = self._text_page
        count = min(pdfium.FPDFText_CountChars(page), MOST_CHARACTERS_A_PAGE)
        if count < 1:
            return ""
        units = (ctypes.c_ushort * (count + 1))()
        if pdfium.FPDFText_GetText(page, 0, count, units) == count + 1:
            text = bytes(units)[: 2 * count].decode("utf-16-le", "surrogatepass")
            if len(text) == count and not _HALVES.search(text):
                return text.replace("\ufffe", _LINE_END_HYPHEN).replace("\x00", " ")
        codes = [pdfium.FPDFText_GetUnicode(page, i) for i in range(count)]
        return "".join(letter or _SECOND_HALF for letter in _letters(codes))

    def _runs(self, text: str, first: int, end: int) -> list[Word]:
        """A word in runs of one size: a raised mark is drawn close to the word before it."""
        if end - first == 1 or end - first > _LONGEST_MIXED or not _MIXED.search(text, first, end):
            return self._run(text, first, end)
        sizes = [self._height(i) for i in range(first, end)]
        changes = [
            i
            for i, (one, other) in enumerate(pairwise(sizes), first + 1)
            if min(one, other) < _SMALLER * max(one, other)
        ]
        runs: list[Word] = []
        for a, b in pairwise([first, *changes, end]):
            found = self._run(text, a, b)
            if found:
                found[0].glued = bool(runs)
                runs += found
        _set_shifts(runs)
        return runs

    def _run(self, text: str, first: int, end: int) -> list[Word]:
        """A run of one size; several, where it goes on in another line without a space."""
        corners = self._corners(first, end)
        if corners is None:
            return []
        if not corners[4] and (middle := self._breaks(first, end)):
            return self._run(text, first, middle) + self._run(text, middle, end)
        word = self._word(text[first:end].replace(_SECOND_HALF, ""), first, corners)
        return [] if word is None else [word]

    def _breaks(self, first: int, end: int) -> int:
        """Where a run without spaces jumps to another line; 0 when it does not."""
        places = [self._place(i) for i in range(first, end)]
        for i, (one, other) in enumerate(pairwise(places), first + 1):
            if abs(other[1] - one[1]) > 2 and other[0] < one[0]:
                return i
        return 0

    def _place(self, i: int) -> tuple[float, float]:
        pdfium.FPDFText_GetCharOrigin(self._text_page, i, self._x, self._y)
        return self._x.value, self._y.value

    def _height(self, i: int) -> float:
        pdfium.FPDFText_GetLooseCharBox(self._text_page, i, self._box)
        return abs(float(self._box.top) - float(self._box.bottom))

    def _corners(self, first: int, end: int) -> tuple[float, float, float, float, bool] | None:
        """The box round the first and the last character of a run, in the file's coordinates.

        Left, top, right, bottom, and whether the two stand on one height.
        """
        box, page = self._box, self._text_page
        if not pdfium.FPDFText_GetLooseCharBox(page, first, box):
            return None
        left, top, right, bottom = box.left, box.top, box.right, box.bottom
        if end - first < 2 or not pdfium.FPDFText_GetLooseCharBox(page, end - 1, box):
            return left, top, right, bottom, True
        left2, top2, right2, bottom2 = box.left, box.top, box.right, box.bottom
        return (
            left if left < left2 else left2,
            top if top > top2 else top2,
            right if right > right2 else right2,
            bottom if bottom < bottom2 else bottom2,
            bottom2 < top and top2 > bottom,
        )

    def _word(
        self, text: str, first: int, corners: tuple[float, float, float, float, bool]
    ) -> Word | None:
        text = _readable(text)
        if not text:
            return None
        left, top, right, bottom, _ = corners
        a, b, c, d, e, f = self._sheet.matrix
        x0, x1 = a * left + c * top + e, a * right + c * bottom + e
        y0, y1 = b * left + d * top + f, b * right + d * bottom + f
        left, right = (x0, x1) if x0 < x1 else (x1, x0)
        top, bottom = (y0, y1) if y0 < y1 else (y1, y0)
        # What is cut off is no text; nor is what is nowhere.
        across, down = (left + right) / 2, (top + bottom) / 2
        if not (0 <= across <= self._sheet.width_pt and 0 <= down <= self._sheet.height_pt):
            return None
        size, turned, bold, italic = self._look(first)
        x, y = self._place(first)
        x, y = a * x + c * y + e, b * x + d * y + f
        size = size or (bottom - top if turned in (0, 180) else right - left) or 1.0
        baseline = y if turned == 0 else -x if turned == 90 else -y if turned == 180 else x
        return Word(text, left, top, right, bottom, baseline, size, bold, italic, turned)

    def _look(self, i: int) -> tuple[float, int, bool, bool]:
        """The type and the style of a character, which it shares with what is drawn at once."""
        drawn = _text_object(self._text_page, i)
        look = self._looks.get(drawn)
        if look is None:
            look = (*self._type(i), *self._style(i))
            if drawn is not None:
                self._looks[drawn] = look
        return look

    def _type(self, i: int) -> tuple[float, int]:
        """The size in points, 0 when it cannot be, and how the line of a character runs."""
        size = pdfium.FPDFText_GetFontSize(self._text_page, i)
        m = self._matrix
        if not pdfium.FPDFText_GetMatrix(self._text_page, i, m):
            return (size if 0.5 < size < 1000 else 0.0), 0
        size *= math.hypot(m.c, m.d)
        a, b, c, d, _, _ = self._sheet.matrix
        right, down = a * m.a + c * m.b, b * m.a + d * m.b
        turned = round(math.degrees(math.atan2(down, right)) / 90) * 90 % 360
        return (float(round(size, 1)) if 0.5 < size < 1000 else 0.0), turned

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
    if text.isascii() and text.isprintable():
        return text
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
