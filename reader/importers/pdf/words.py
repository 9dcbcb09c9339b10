"""The words of a PDF's page with their boxes and type."""

from __future__ import annotations

import ctypes
import math
import re
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from reader.importers.pdf.characters import LINE_END_HYPHEN, Characters, text_object
from reader.importers.pdf.file import Sheet
from reader.importers.pdf.glyphs import SECOND_HALF, readable
from reader.importers.pdf.hidden import Suspect, Why, hidden_among
from reader.importers.pdf.objects import mark_name, objects_of, plain
from reader.importers.pdf.scan import Traits
from reader.importers.pdf.word import MOVED, SMALLER, PageText, Word, set_shifts, without_doubles

_BOLD_WEIGHT = 600
_BOLD_NAME = re.compile(r"bold|black|heavy|semibold|cmbx|-bd\b|demi", re.I)
_ITALIC_NAME = re.compile(r"ital|obliq|cmti|cmsl", re.I)
_MIXED = re.compile(r"[\d*†‡§¶]")
_FARTHEST_MOVED = 0.8
_POINTS = frozenset(".,;:)]")
_LONGEST_MIXED = 200
_WORD = re.compile(rf"[^\s{LINE_END_HYPHEN}]+")
# Text that is turned by more than this from level or upright stands askew.
_ASKEW_DEGREES = 8
_PALE = 235
_INVISIBLE = {pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP}
_render_mode = plain("FPDFTextObj_GetTextRenderMode", ctypes.c_int, ctypes.c_void_p)
_loose_box = plain(
    "FPDFText_GetLooseCharBox", ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p
)
_font = plain("FPDFTextObj_GetFont", ctypes.c_void_p, ctypes.c_void_p)
_mark_count = plain("FPDFPageObj_CountMarks", ctypes.c_int, ctypes.c_void_p)
_fill_colour = plain(
    "FPDFPageObj_GetFillColor", ctypes.c_int, ctypes.c_void_p, *[ctypes.POINTER(ctypes.c_uint)] * 4
)

_Corners = tuple[float, float, float, float, bool, bool]
_Look = tuple[float, int, bool, bool, bool, Why | None, int, float]
_NOWHERE: _Corners = (-1e9, -1e9, -1e9, -1e9, True, False)


def words_of(page: Any, sheet: Sheet, traits: Traits) -> PageText:
    """The words of a loaded page; `traits` are those of its file.

    The page must be loaded again before it is drawn.
    """
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return PageText()
    try:
        return _Reader(page, text_page, sheet, traits).read()
    finally:
        pdfium.FPDFText_ClosePage(text_page)


class _Reader:
    def __init__(self, page: Any, text_page: Any, sheet: Sheet, traits: Traits) -> None:
        self._page = page
        self._text_page = text_page
        self._sheet = sheet
        self._traits = traits
        # Bare addresses take less time than objects that stand for them.
        self._address = ctypes.cast(text_page, ctypes.c_void_p).value
        self._box = pdfium.FS_RECTF()
        self._box_at = ctypes.addressof(self._box)
        self._matrix = pdfium.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
        self._colour = [ctypes.c_uint() for _ in range(4)]
        self._styles: dict[tuple[bytes, int], tuple[bool, bool]] = {}
        self._font_styles: dict[int, tuple[bool, bool]] = {}
        self._looks: dict[int, _Look] = {}
        a, b, c, d, e, f = sheet.matrix
        # As most pages are: nothing is turned.
        self._moved = (e, f) if a == 1.0 and d == -1.0 and not (b or c) else None
        self._size_pt = (sheet.width_pt, sheet.height_pt)
        self._outside: list[str] = []
        self._suspects: list[tuple[Word, int, Why]] = []
        self._own_objects: set[int] | None = None

    def read(self) -> PageText:
        """All words of the page, and what of them is not shown."""
        text = Characters(self._text_page, self._traits.symbols).text()
        found: list[Word] = []
        broken = LINE_END_HYPHEN in text
        is_mixed, corners_of, word_of = _MIXED.search, self._corners, self._word
        for match in _WORD.finditer(text):
            first, end = match.span()
            word_text = match[0]
            corners = corners_of(first, end)
            mixed = corners[5]
            if end - first > 2 and not mixed and not word_text.isalpha():
                # A point after a lowered word ("Cmax.") is as large as the letter before that.
                pointed = word_text[-1] in _POINTS and word_text[0].isupper()
                mixed = (pointed and corners_of(first, end - 1)[5]) or (
                    is_mixed(word_text) is not None and not word_text.isdecimal()
                )
            if corners[4] and not mixed:
                # Most words are of one size and on one line.
                word = word_of(word_text, first, corners)
                if word is not None:
                    found.append(word)
            else:
                found += self._runs(text, first, end, corners)
            if broken and found and text[end : end + 1] == LINE_END_HYPHEN:
                found[-1].broken = True
        given = text.replace(LINE_END_HYPHEN, "-").replace(SECOND_HALF, "")
        page = PageText(found, [("outside the page", word) for word in self._outside])
        page.shown = readable(given)
        self._without_hidden(page)
        without_doubles(page)
        return page

    def _without_hidden(self, page: PageText) -> None:
        if not self._suspects:
            return
        suspects = [
            Suspect(i, (word.left, word.top, word.right, word.bottom), drawn, why)
            for i, (word, drawn, why) in enumerate(self._suspects)
        ]
        hidden = hidden_among(self._page, self._sheet, suspects)
        gone = {id(self._suspects[i][0]) for i in hidden}
        page.words = [word for word in page.words if id(word) not in gone]
        page.left_out += [(why, self._suspects[i][0].text) for i, why in hidden.items()]

    def _runs(self, text: str, first: int, end: int, corners: _Corners) -> list[Word]:
        """A word in runs of one size: a raised mark is drawn close to the word before it."""
        if end - first == 1 or end - first > _LONGEST_MIXED:
            return self._run(text, first, end, corners)
        sizes = [self._height(i) for i in range(first, end)]
        changes = [
            i
            for i, (one, other) in enumerate(pairwise(sizes), first + 1)
            if min(one, other) < SMALLER * max(one, other)
        ]
        changes = sorted({*changes, *self._moves(first, end)})
        if not changes:
            return self._run(text, first, end, corners)
        runs: list[Word] = []
        for a, b in pairwise([first, *changes, end]):
            found = self._run(text, a, b, self._corners(a, b))
            if found:
                found[0].glued = bool(runs)
                runs += found
        set_shifts(runs)
        return runs

    def _moves(self, first: int, end: int) -> list[int]:
        """Where a word goes on higher or lower, as raised type of nearly the same size does."""
        size, turned, askew, *_ = self._look(first)
        if askew or turned or not size:
            return []
        a, b, c, d, _, _ = self._sheet.matrix
        places = [(a * x + c * y, b * x + d * y) for x, y in map(self._place, range(first, end))]
        return [
            i
            for i, ((x0, y0), (x1, y1)) in enumerate(pairwise(places), first + 1)
            if x1 > x0 and MOVED < abs(y1 - y0) / size < _FARTHEST_MOVED
        ]

    def _run(self, text: str, first: int, end: int, corners: _Corners) -> list[Word]:
        """A run of one size; several, where it goes on in another line without a space."""
        if not corners[4] and (middle := self._breaks(first, end)):
            return [
                *self._run(text, first, middle, self._corners(first, middle)),
                *self._run(text, middle, end, self._corners(middle, end)),
            ]
        word = self._word(text[first:end], first, corners)
        return [] if word is None else [word]

    def _breaks(self, first: int, end: int) -> int:
        """Where a run without spaces jumps to another line; 0 when it does not."""
        places = [self._place(i) for i in range(first, end)]
        if self._look(first)[1] == 0:
            a, b, c, d, _, _ = self._sheet.matrix
            places = [(a * x + c * y, b * x + d * y) for x, y in places]
            steps = pairwise(places)
            broken = [abs(y1 - y0) > 2 and x1 <= x0 for (x0, y0), (x1, y1) in steps]
        else:
            broken = [abs(y1 - y0) > 2 and x1 < x0 for (x0, y0), (x1, y1) in pairwise(places)]
        return first + broken.index(True) + 1 if any(broken) else 0

    def _place(self, i: int) -> tuple[float, float]:
        pdfium.FPDFText_GetCharOrigin(self._text_page, i, self._x, self._y)
        return self._x.value, self._y.value

    def _height(self, i: int) -> float:
        pdfium.FPDFText_GetLooseCharBox(self._text_page, i, self._box)
        return abs(float(self._box.top) - float(self._box.bottom))

    def _corners(self, first: int, end: int) -> _Corners:
        """The box round the first and the last character of a run, in the file's coordinates.

        Left, top, right, bottom, whether the two stand on one height, and whether they differ in
        size or in where they stand. What has no box is nowhere.
        """
        box, at, page = self._box, self._box_at, self._address
        if not _loose_box(page, first, at):
            return _NOWHERE
        left, top, right, bottom = box.left, box.top, box.right, box.bottom
        if end - first < 2 or not _loose_box(page, end - 1, at):
            return left, top, right, bottom, True, False
        left2, top2, right2, bottom2 = box.left, box.top, box.right, box.bottom
        tall, tall2 = top - bottom, top2 - bottom2
        return (
            left if left < left2 else left2,
            top if top > top2 else top2,
            right if right > right2 else right2,
            bottom if bottom < bottom2 else bottom2,
            bottom2 < top and top2 > bottom and left2 > left,
            tall < SMALLER * tall2
            or tall2 < SMALLER * tall
            or abs(bottom - bottom2) > MOVED * (tall if tall > tall2 else tall2),
        )

    def _word(self, text: str, first: int, corners: _Corners) -> Word | None:
        if not text.isascii():
            text = readable(text.replace(SECOND_HALF, ""))
            if not text:
                return None
        left, top, right, bottom, _, _ = corners
        if self._moved is not None:
            e, f = self._moved
            left, right, top, bottom = left + e, right + e, f - top, f - bottom
        else:
            a, b, c, d, e, f = self._sheet.matrix
            x0, x1 = a * left + c * top + e, a * right + c * bottom + e
            y0, y1 = b * left + d * top + f, b * right + d * bottom + f
            left, right = (x0, x1) if x0 < x1 else (x1, x0)
            top, bottom = (y0, y1) if y0 < y1 else (y1, y0)
        # What is cut off is no text; nor is what is nowhere.
        width, height = self._size_pt
        if not (0 <= (left + right) / 2 <= width and 0 <= (top + bottom) / 2 <= height):
            self._outside.append(text)
            return None
        look = self._looks.get(text_object(self._address, first)) or self._look(first)
        size, turned, askew, bold, italic, why, drawn, baseline = look
        if askew:
            baseline = self._baseline(first, turned)
        size = size or (bottom - top if turned in (0, 180) else right - left) or 1.0
        word = Word(text, left, top, right, bottom, baseline, size, bold, italic, turned)
        if askew:
            word.askew = True
        if why is not None:
            self._suspects.append((word, drawn, why))
        return word

    def _baseline(self, i: int, turned: int) -> float:
        """Where a character stands, measured downwards on the page turned so that it is level."""
        a, b, c, d, e, f = self._sheet.matrix
        x, y = self._place(i)
        x, y = a * x + c * y + e, b * x + d * y + f
        return y if turned == 0 else -x if turned == 90 else -y if turned == 180 else x

    def _look(self, i: int) -> _Look:
        """The type and the style of a character, which it shares with what is drawn at once."""
        drawn = text_object(self._address, i)
        size, turned, askew = self._type(i)
        font = _font(drawn) if drawn is not None else None
        style = self._font_styles.get(font) if font is not None else None
        if style is None:
            style = self._style(i)
            if font is not None:
                self._font_styles[font] = style
        bold, italic = style
        baseline = self._baseline(i, turned)
        look = (size, turned, askew, bold, italic, self._doubt(drawn), drawn or 0, baseline)
        if drawn is not None:
            self._looks[drawn] = look
        return look

    def _doubt(self, drawn: int | None) -> Why | None:
        """Why a text object may not be shown, if it may not."""
        if drawn is None:
            return None
        mode = _render_mode(drawn)
        if mode in _INVISIBLE:
            return "invisible"
        if self._traits.layers and (_is_layered(drawn) or self._is_held(drawn)):
            return "layer"
        if mode == pdfium.FPDF_TEXTRENDERMODE_FILL and _fill_colour(drawn, *self._colour):
            red, green, blue, solid = (part.value for part in self._colour)
            if min(red, green, blue) > _PALE or not solid:
                return "pale"
        return None

    def _is_held(self, drawn: int) -> bool:
        """Whether a text object is part of a form, which may be a layer."""
        if self._own_objects is None:
            found = objects_of(self._page)
            self._own_objects = {thing for thing, _, _, depth in found if not depth}
        return drawn not in self._own_objects

    def _type(self, i: int) -> tuple[float, int, bool]:
        """The size in points, 0 when it cannot be, how its line runs, and whether that is askew."""
        size = pdfium.FPDFText_GetFontSize(self._text_page, i)
        m = self._matrix
        if not pdfium.FPDFText_GetMatrix(self._text_page, i, m):
            return (size if 0.5 < size < 1000 else 0.0), 0, False
        size *= math.hypot(m.c, m.d)
        a, b, c, d, _, _ = self._sheet.matrix
        right, down = a * m.a + c * m.b, b * m.a + d * m.b
        angle = math.degrees(math.atan2(down, right))
        turned = round(angle / 90) * 90
        askew = abs(angle - turned) > _ASKEW_DEGREES
        return (float(round(size, 1)) if 0.5 < size < 1000 else 0.0), turned % 360, askew

    def _style(self, i: int) -> tuple[bool, bool]:
        size = pdfium.FPDFText_GetFontInfo(self._text_page, i, self._name, 128, self._flags)
        key = (self._name.value if 0 < size <= 128 else b"", self._flags.value)
        if key not in self._styles:
            name = key[0].decode("utf-8", "replace")
            weight = pdfium.FPDFText_GetFontWeight(self._text_page, i)
            bold = bool(_BOLD_NAME.search(name)) or weight >= _BOLD_WEIGHT
            self._styles[key] = (bold, bool(_ITALIC_NAME.search(name)) or bool(key[1] & 64))
        return self._styles[key]


def _is_layered(drawn: int) -> bool:
    """Whether a text object stands in marked content that a layer may hide."""
    thing = ctypes.cast(drawn, pdfium.FPDF_PAGEOBJECT)
    marks = (pdfium.FPDFPageObj_GetMark(thing, i) for i in range(_mark_count(drawn)))
    return any(mark_name(mark) == "OC" for mark in marks)
