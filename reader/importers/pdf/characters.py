"""The characters of a PDF's page as PDFium counts them, each with what it stands for."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from typing import Any

import pypdfium2.raw as pdfium

from reader.importers.common.symbol_fonts import UNKNOWN
from reader.importers.pdf.glyphs import (
    ACCENT,
    SECOND_HALF,
    accented,
    decoded,
    symbol_font,
)
from reader.importers.pdf.objects import plain

MOST_CHARACTERS_A_PAGE = 400_000
LINE_END_HYPHEN = "\ufffe"
_HYPHEN = 2
_HALVES = re.compile("[\ud800-\udfff]")
# What no letter has for its code: the file does not say what is drawn there.
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff]")
_NO_LETTER = re.compile("[\x00-\x1f\x7f-\x9f]")
# Capitals, digits and signs are doubled to look bold or to have a shadow; so then are the others.
_DOUBLED = re.compile(r"([^\sa-z])\1")
_DOUBLED_LETTERS = re.compile(r"(\S)\1")
_SAME_PLACE = 0.35
_WORD = re.compile(r"[A-Za-z]{4,}")
_OVER = 0.5
text_object = plain("FPDFText_GetTextObject", ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)


class Characters:
    """The text of a page's text; `symbols` tells that the file may have fonts of symbols."""

    def __init__(self, text_page: Any, symbols: bool) -> None:
        self._page = text_page
        self._symbols = symbols
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
        self._fonts: dict[int, bytes] = {}
        self._sides = [ctypes.c_double() for _ in range(4)]

    def text(self) -> str:
        """The characters of the page, each at the place by which PDFium knows it.

        What is drawn and has no letter is U+FFFD; the hyphens of line ends are `LINE_END_HYPHEN`.
        """
        text = self._given()
        if self._symbols or _ODD.search(text):
            text = self._told(text)
        if ACCENT.search(text):
            text = self._with_accents(text)
        if _DOUBLED.search(text):
            text = self._once(text)
        return text

    def _given(self) -> str:
        page = self._page
        count = min(pdfium.FPDFText_CountChars(page), MOST_CHARACTERS_A_PAGE)
        if count < 1:
            return ""
        units = (ctypes.c_ushort * (count + 1))()
        if pdfium.FPDFText_GetText(page, 0, count, units) == count + 1:
            text = bytes(units)[: 2 * count].decode("utf-16-le", "surrogatepass")
            if len(text) == count and not _HALVES.search(text):
                return text
        codes = [pdfium.FPDFText_GetUnicode(page, i) for i in range(count)]
        for i, code in enumerate(codes):
            # One by one, the hyphens of line ends have the code of a sign that is none.
            if code == _HYPHEN and pdfium.FPDFText_IsHyphen(page, i) == 1:
                codes[i] = ord(LINE_END_HYPHEN)
        return "".join(letter or SECOND_HALF for letter in _letters(codes))

    def _told(self, text: str) -> str:
        """The text with what symbols stand for, and U+FFFD for what nobody can tell."""
        found = list(text)
        unsure: set[bytes] = set()
        worded = self._worded(text) if self._symbols else set()
        for i, sign in enumerate(text):
            if sign in " \r\n" or (sign.isascii() and sign.isprintable() and not self._symbols):
                continue
            font = self.font(i)
            kind = symbol_font(font.decode("utf-8", "replace")) if font else ""
            if _NO_LETTER.match(sign):
                if sign == "\t" or not self._is_drawn(i):
                    found[i] = " "
                else:
                    known = decoded(sign, kind, self._is_mapped(i)) if kind else sign
                    found[i] = UNKNOWN if _NO_LETTER.match(known) else known
                    unsure.add(font)
            elif (kind and font not in worded) or "\ue000" <= sign <= "\uf8ff":
                found[i] = decoded(sign, kind, self._is_mapped(i))
        if unsure:
            # Codes of a font that has no letters for some are hardly letters elsewhere.
            for i, sign in enumerate(found):
                if not sign.isspace() and self.font(i) in unsure and not self._is_mapped(i):
                    found[i] = sign if symbol_font(str(self.font(i))) else UNKNOWN
        return "".join(sign if len(sign) == 1 else sign[0] for sign in found)

    def font(self, i: int) -> bytes:
        """The name of a character's font; b"" for a space that PDFium put in."""
        drawn = text_object(self._page, i)
        if drawn is None:
            return b""
        name = self._fonts.get(drawn)
        if name is None:
            size = pdfium.FPDFText_GetFontInfo(self._page, i, self._name, 128, self._flags)
            name = self._fonts[drawn] = self._name.value if 0 < size <= 128 else b"?"
        return name

    def _worded(self, text: str) -> set[bytes]:
        """The fonts called Symbol whose letters are letters: they stand in rows, as words do."""
        found = set()
        for match in _WORD.finditer(text):
            font = self.font(match.start())
            if (
                symbol_font(font.decode("utf-8", "replace")) == "Symbol"
                and all(self.font(i) == font for i in range(match.start(), match.end()))
                and self._is_mapped(match.start())
            ):
                found.add(font)
        return found

    def _is_mapped(self, i: int) -> bool:
        return not pdfium.FPDFText_HasUnicodeMapError(self._page, i)

    def _is_drawn(self, i: int) -> bool:
        """Whether a character has a shape."""
        left, right, bottom, top = self._sides
        if not pdfium.FPDFText_GetCharBox(self._page, i, left, right, bottom, top):
            return False
        return right.value - left.value > 0.01 and top.value - bottom.value > 0.01

    def _with_accents(self, text: str) -> str:
        """The text with each accent on the letter that it is drawn over."""
        found = list(text)
        for match in ACCENT.finditer(text):
            i = match.start()
            for step in (1, -1):
                k = i + step
                # A space between the two is PDFium's own.
                if 0 <= k < len(text) and text[k] == " " and text_object(self._page, k) is None:
                    k += step
                if 0 <= k < len(text) and text[k].isalpha() and self._over(i, k):
                    made = accented(text[k], match[0])
                    if made:
                        low, high = min(i, k), max(i, k)
                        found[low : high + 1] = [made] + [SECOND_HALF] * (high - low)
                        break
        return "".join(found)

    def _over(self, accent: int, letter: int) -> bool:
        left, right, _, _ = self._sides
        spans = []
        for i in (accent, letter):
            if not self._is_drawn(i):
                return False
            spans.append((left.value, right.value))
        (a, b), (c, d) = spans
        return min(b, d) - max(a, c) > _OVER * (b - a)

    def _once(self, text: str) -> str:
        """The text with characters that are drawn twice at one place as one."""
        doubled = [m.start() for m in _DOUBLED.finditer(text) if self._same_place(m.start())]
        if not doubled:
            return text
        found = list(text)
        for match in _DOUBLED_LETTERS.finditer(text):
            if self._same_place(match.start()):
                found[match.start() + 1] = SECOND_HALF
        return "".join(found)

    def _same_place(self, i: int) -> bool:
        """Whether a character lies on the one before it, as far as it is wide."""
        if text_object(self._page, i) is None or text_object(self._page, i + 1) is None:
            return False
        left, right, bottom, top = self._sides
        boxes = []
        for k in (i, i + 1):
            if not self._is_drawn(k):
                return False
            boxes.append((left.value, right.value, bottom.value, top.value))
        one, other = boxes
        across, down = one[1] - one[0], one[3] - one[2]
        return (
            abs(one[0] - other[0]) < _SAME_PLACE * across
            and abs(one[2] - other[2]) < _SAME_PLACE * down
        )


def _letters(codes: Sequence[int]) -> list[str]:
    """A character for each code; the second half of a pair is empty, what is none is a space."""
    letters: list[str] = []
    high = 0
    for code in codes:
        if high and 0xDC00 <= code <= 0xDFFF:
            letters[-1] = chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00)
            letters.append("")
        elif 0xD800 <= code <= 0xDFFF or code > 0x10FFFF or code == 0xFFFF:
            letters.append("\ufffd")
        else:
            letters.append(LINE_END_HYPHEN if code == 0xFFFE else chr(code))
        high = code if 0xD800 <= code <= 0xDBFF else 0
    return letters
