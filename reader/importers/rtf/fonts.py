"""The fonts of a Rich Text file: which bytes are which letters, and which letters are signs."""

from __future__ import annotations

import codecs

from reader.importers.common.symbol_fonts import UNKNOWN, is_symbol_font, symbol_text
from reader.importers.rtf.control_words import CHARSETS, SYMBOLS


class Fonts:
    """Knows each font by its number; `codec` is that of fonts that name none.

    `has_unknown` says that a sign was met which nobody can name.
    """

    def __init__(self) -> None:
        self.codec = "cp1252"
        self.default = -1
        self.has_unknown = False
        self._codecs: dict[int, str] = {}
        self._names: dict[int, str] = {}
        self._symbols: set[int] = set()

    def name(self, font: int, said: str) -> None:
        """Take the name of a font, which ends at a semicolon."""
        name = said.partition(";")[0].strip()
        if name:
            self._names[font] = name

    def charset(self, font: int, number: int) -> None:
        """Take the number of a font's set of characters."""
        if number == SYMBOLS:
            self._symbols.add(font)
        elif number in CHARSETS:
            self._codecs[font] = CHARSETS[number]

    def code_page(self, number: int) -> None:
        """Take the code page of the file."""
        self.codec = _codec(f"cp{number}")

    def decoded(self, untrusted_bytes: bytes, font: int) -> str:
        """The letters that bytes are in a font; those of a font of signs still are its letters."""
        signs = font in self._symbols or is_symbol_font(self._names.get(font, ""))
        codec = "latin-1" if signs else self._codecs.get(font, self.codec)
        return untrusted_bytes.decode(codec, "replace")

    def shown(self, text: str, font: int) -> str:
        """What letters in a font show."""
        name = self._names.get(font, "")
        if font in self._symbols and not is_symbol_font(name):
            # Signs of a font that nobody knows: their letters mean nothing.
            text = "".join(UNKNOWN if not c.isspace() and c < "\u0100" else c for c in text)
        text = symbol_text(text, name)
        self.has_unknown = self.has_unknown or UNKNOWN in text
        return text


def _codec(name: str) -> str:
    try:
        return codecs.lookup({"cp65001": "utf-8", "cp0": "cp1252"}.get(name, name)).name
    except LookupError:
        return "cp1252"
