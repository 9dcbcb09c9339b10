"""What the characters of symbol fonts, private codes and loose accents stand for."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from reader.importers.common.symbol_fonts import SYMBOL_FONTS, UNKNOWN

SECOND_HALF = "\ufdd1"
"""Stands for a character that PDFium counts and that says nothing of its own."""

_SUBSET = re.compile(r"^[A-Z]{6}\+")
_SYMBOL_NAME = re.compile(
    r"(?P<Webdings>webdings)|(?P<Wingdings3>wingdings ?-?3)|(?P<Wingdings2>wingdings ?-?2)"
    r"|(?P<Wingdings>wingdings)|(?P<Dingbats>zapf ?dingbats|itczapf|dingbats)"
    r"|(?P<Cmex>\bcmex\d)"
    r"|(?P<Symbol>symbol(?!a|s)(?:mt|neu|std|ps|\b|[-,]))",
    re.I,
)
_OTHER = re.compile(r"[^\x00-\x7e\s]")
_LATIN = re.compile(r"[A-Za-z\"$'*@\\^`~-]")
_TAKEN_FORMS = re.compile("[\ufb00-\ufb4f\ufe70-\ufefc]")


def _row(first: int, signs: str) -> dict[int, str]:
    return dict(enumerate(signs, first))


_CMEX = _row(
    0x00, "()[]⌊⌋⌈⌉{}⟨⟩||/\\()()[]⌊⌋⌈⌉{}⟨⟩/\\()[]⌊⌋⌈⌉{}⟨⟩/\\/\\⎛⎞⎡⎤⎣⎦⎢⎥⎧⎫⎩⎭⎨⎬⎪⏐⎝⎠⎜⎟⟨⟩"
) | _row(0x46, "⊔⊔∮∮⊙⊙⊕⊕⊗⊗∑∏∫∪∩⊎∧∨∑∏∫∪∩⊎∧∨∐∐ˆˆˆ˜˜˜[]⌊⌋⌈⌉{}√√√√√")
_FONTS = {
    "Cmex": _CMEX,
    "Symbol": SYMBOL_FONTS["symbol"],
    "Wingdings": SYMBOL_FONTS["wingdings"],
    "Wingdings2": SYMBOL_FONTS["wingdings2"],
    "Wingdings3": SYMBOL_FONTS["wingdings3"],
    "Webdings": SYMBOL_FONTS["webdings"],
    "Dingbats": SYMBOL_FONTS["dingbats"],
}
# Source: Adobe, the corporate use of the private area (glyph list), as far as fonts have it.
_PRIVATE = (
    {0xF730 + digit: str(digit) for digit in range(10)}
    | {0xF761 + place: chr(ord("A") + place) for place in range(26)}
    | _row(0xF8E5, "‾⏐⎯®©™⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪")
    | _row(0xF8F5, "⎮⎞⎟⎠⎤⎥⎦⎫⎬⎭")
    | {0xF6D9: "©", 0xF6DA: "®", 0xF6DB: "™", 0xF6BE: "ȷ", 0xF6C3: "\u0326", 0xF001: "fi"}
    | {0xF002: "fl"}
)
# Accents that stand beside a letter in old fonts, and what puts them on it.
_ACCENTS = dict(
    zip("´`¨ˆ˜¯˘˙˚¸ˇ˝˛", map(chr, (769, 768, 776, 770, 771, 772, 774)), strict=False)
) | {
    "˙": "\u0307",
    "˚": "\u030a",
    "¸": "\u0327",
    "ˇ": "\u030c",
    "˝": "\u030b",
    "˛": "\u0328",
}
ACCENT = re.compile("[" + "".join(_ACCENTS) + "]")
_DOTLESS = {"ı": "i", "ȷ": "j"}


@lru_cache(maxsize=512)
def symbol_font(name: str) -> str:
    """Which font of symbols a font's name tells of; "" when it is one of letters."""
    found = _SYMBOL_NAME.search(_SUBSET.sub("", name))
    return str(found.lastgroup) if found else ""


def decoded(sign: str, font: str, is_mapped: bool) -> str:
    """What a character of a font stands for; U+FFFD when nobody can tell.

    `font` is as `symbol_font` tells; `is_mapped` says that the file gives the character itself.
    """
    code = ord(sign)
    private = 0xE000 <= code <= 0xF8FF
    if font and 0xF000 <= code <= 0xF0FF:
        return _FONTS[font].get(code - 0xF000, UNKNOWN)
    # PDFium takes the codes of a font without an encoding for letters, where there are none.
    bare = not is_mapped or (_LATIN.match(sign) if font in ("Symbol", "Cmex") else True)
    if font and bare and code <= 0xFF:
        return _FONTS[font].get(code, UNKNOWN)
    if private:
        return _PRIVATE.get(code, UNKNOWN)
    return sign


def accented(letter: str, accent: str) -> str:
    """A letter with an accent that is drawn over it; "" when there is no such letter."""
    letter = _DOTLESS.get(letter, letter)
    made = unicodedata.normalize("NFC", letter + _ACCENTS[accent])
    return made if len(made) == 1 else ""


def readable(text: str) -> str:
    """Letters instead of the ligatures and presentation forms that typesetters use.

    What is no character is U+FFFD; white space stays.
    """
    return text if text.isascii() else _OTHER.sub(_readable, text)


def _readable(found: re.Match[str]) -> str:
    sign = found[0]
    if _TAKEN_FORMS.match(sign):
        return unicodedata.normalize("NFKC", sign)
    known = sign.isprintable() or unicodedata.category(sign) == "Cf"
    return sign if known else UNKNOWN
