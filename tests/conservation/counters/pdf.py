"""PDF: the characters of PDFium, by the lines that it finds.

What no page shows is not counted: outside the crop box, of no size, of a mode that draws nothing
is what PDFium itself gives no box for.
"""

from __future__ import annotations

from ctypes import c_double, c_int, create_string_buffer
from pathlib import Path
from typing import Any, Literal

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from tests.conservation.counted import ANY, Container, Counting
from tests.conservation.counters.symbol import is_symbol_font

_HYPHEN = 2
_LINE_ENDS = (10, 13, _HYPHEN, 0xFFFE)
_NAME_BYTES = 128
_LIGATURE = 3
_SMALL = 0.85
_BRACKETS = "()[]{}⟨⟩|"
_RISEN, _LOWERED = 0.25, 0.03


def count(path: Path) -> list[Container]:
    """The lines of all pages."""
    counting = Counting()
    file = pdfium.PdfDocument(path)
    try:
        for number in range(len(file)):
            try:
                page = file[number]
            except pdfium.PdfiumError:
                continue
            text_page = page.get_textpage()
            _page(counting, page, text_page)
            text_page.close()
            page.close()
    finally:
        file.close()
    return counting.containers


def _page(counting: Counting, page: Any, text_page: Any) -> None:
    codes = [raw.FPDFText_GetUnicode(text_page.raw, i) for i in range(text_page.count_chars())]
    shown = _shown(page, text_page.raw, codes)
    edges = [c_double() for _ in range(4)]
    line = _Line()
    high = 0
    seen: dict[tuple[int, int, int], int] = {}
    for i, code in enumerate(codes):
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            # The second half of a sign beyond the first 65,536.
            code, high = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00, 0
        if code in _LINE_ENDS:
            # Of a hyphen at the end of a line PDFium makes a sign of its own.
            counting.add("-" if code not in (10, 13) else "")
            counting.end("line")
            line = _Line()
            continue
        if not raw.FPDFText_GetCharBox(text_page.raw, i, *edges):
            continue
        x = (edges[0].value + edges[1].value) / 2
        y = (edges[2].value + edges[3].value) / 2
        if i not in shown and not chr(code).isspace():
            continue
        place = (code, round(2 * x), round(2 * y))
        # Set twice on the same place, to look bold; the letters of a ligature follow each other.
        if i - seen.setdefault(place, i) > _LIGATURE and not chr(code).isspace():
            continue
        if line.is_far_from(text_page.raw, i):
            counting.end("line")
            line = _Line()
        unknown = raw.FPDFText_HasUnicodeMapError(text_page.raw, i) == 1
        if chr(code).isspace():
            counting.add(" ")
        elif unknown or code < 32 or 0xD800 <= code < 0xE000 or _is_symbol(text_page.raw, i):
            counting.add(ANY)
        else:
            counting.add(chr(code), line.position(text_page.raw, i, chr(code)))
    counting.end("line")


def _shown(page: Any, text_page: Any, codes: list[int]) -> set[int]:
    """The places of the words of which a letter is on the page, not cut off by its edge.

    An edge cuts words: each is counted whole or not at all. How high a letter stands is told by
    the type where PDFium knows that: by their shapes, tall letters would be off the page sooner.
    """
    left, bottom, right, top = page.get_cropbox()
    edges = [c_double() for _ in range(4)]
    loose = raw.FS_RECTF()
    shown: set[int] = set()
    word: list[int] = []
    inside = False
    for i, code in enumerate([*codes, 10]):
        if code in _LINE_ENDS or chr(code).isspace():
            shown.update(word if inside else ())
            word, inside = [], False
            continue
        word.append(i)
        if raw.FPDFText_GetCharBox(text_page, i, *edges):
            x, y = (edges[0].value + edges[1].value) / 2, (edges[2].value + edges[3].value) / 2
            if raw.FPDFText_GetLooseCharBox(text_page, i, loose):
                y = (loose.bottom + loose.top) / 2
            inside |= left <= x <= right and bottom <= y <= top
    return shown


def _is_symbol(text_page: Any, i: int) -> bool:
    """True for characters of fonts that hold signs, which PDFium may give as letters."""
    name = create_string_buffer(_NAME_BYTES)
    raw.FPDFText_GetFontInfo(text_page, i, name, _NAME_BYTES, c_int())
    bare = name.value.decode("latin-1").rpartition("+")[2].replace("-", " ")
    return is_symbol_font(bare.removesuffix("MT").replace("ZapfDingbats", "Zapf Dingbats"))


class _Line:
    """The height at which the characters of a line stand, without those that are raised."""

    def __init__(self) -> None:
        self._bottom = self._height = 0.0
        self._box = raw.FS_RECTF()
        self._last: tuple[float, float] | None = None

    def is_far_from(self, text_page: Any, i: int) -> bool:
        """True for a character more than a line above or below the one before it.

        PDFium joins labels of a drawing that stand one over the other.
        """
        if not raw.FPDFText_GetLooseCharBox(text_page, i, self._box):
            return False
        bottom, top = self._box.bottom, self._box.top
        low, high = self._last or (bottom, top)
        self._last = bottom, top
        return bool(max(bottom - high, low - top) > max(top - bottom, high - low))

    def position(self, text_page: Any, i: int, character: str) -> Literal["", "sup", "sub"]:
        """ "sup" or "sub" for smaller digits that stand above or below what is before them."""
        if not raw.FPDFText_GetLooseCharBox(text_page, i, self._box):
            return ""
        bottom, height = self._box.bottom, self._box.top - self._box.bottom
        risen = bottom - self._bottom
        if character in _BRACKETS and height > self._height / _SMALL:
            # The tall bracket of a matrix says nothing of where its lines stand.
            return ""
        if height > _SMALL * self._height or abs(risen) > self._height:
            self._bottom, self._height = bottom, height
        elif character.isdigit() and risen > _RISEN * self._height:
            return "sup"
        elif character.isdigit() and risen < -_LOWERED * self._height:
            return "sub"
        return ""
