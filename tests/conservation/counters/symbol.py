"""The characters of the font Symbol, and of those of which nobody has a table here.

Source: Unicode's mapping of Adobe's Symbol encoding.
"""

from __future__ import annotations

from tests.conservation.counted import ANY

_LOW = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"
    "‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
)
_HIGH = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪"
_SYMBOL = {0x20 + i: c for i, c in enumerate(_LOW)} | {0xA0 + i: c for i, c in enumerate(_HIGH)}
_SYMBOL |= {0xF1: "〉", 0xF2: "∫"}
_PRIVATE = 0xF000


def is_symbol_font(name: str) -> bool:
    """True for fonts whose characters are pictures, not letters."""
    bare = name.strip().lower()
    return bare == "symbol" or bare.startswith(("wingdings", "webdings", "zapf dingbats"))


def symbol(font: str, code: int) -> str:
    """The character that a code of such a font shows."""
    bare = code - _PRIVATE if _PRIVATE <= code < _PRIVATE + 0x100 else code
    if font.strip().lower() == "symbol":
        return _SYMBOL.get(bare, ANY)
    return " " if bare == 0x20 else ANY
