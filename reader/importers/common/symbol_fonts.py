"""What characters in the fonts Symbol, Wingdings and Webdings show, as Unicode.

Source: Adobe's Symbol encoding, and the glyphs of Microsoft's fonts of pictures.
"""

from __future__ import annotations

UNKNOWN = "\ufffd"
"""A sign that nobody can name."""

_SYMBOL = (
    {code: chr(code) for code in range(0x20, 0x7F)}
    | dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True))
    | dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True))
    | {0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2A: "∗", 0x2D: "−", 0x40: "≅", 0x5C: "∴"}
    | {0x5E: "⊥", 0x60: "‾", 0x7E: "∼"}
    | dict(
        zip(
            range(0xA0, 0xFF),
            "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓"
            "◊⟨®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\x00⟩∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭",
            strict=True,
        )
    )
)
_SYMBOL.pop(0xF0)
_ARROWS = "←→↑↓↖↗↙↘"
_WINGDINGS = (
    dict(
        zip(
            range(0x20, 0x7F),
            " 🖉✂✁👓🕭🕮🕯🕿✆🖂🖃📪📫📬📭📁📂📄🗏🗐🗄⌛🖮🖰🖲🖳🖴🖫🖬✇✍🖎✌👌👍👎☜☞☝☟🖐☺😐☹💣☠🏳🏱✈☼💧❄"
            "🕆✞🕈✠✡☪☯ॐ☸♈♉♊♋♌♍♎♏♐♑♒♓🙰🙵●🔾■☐🞐❑❒⬧⧫◆❖⬥⌧⮹⌘🏵🏶🙶🙷",
            strict=True,
        )
    )
    | dict(zip(range(0x80, 0x96), "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿", strict=True))
    | dict(zip(range(0x9E, 0xB7), "·•▪○○○◉◎○▪☐🟂✦★✶✴✹✵⯐⌖⟡⌑⯑✪✰", strict=True))
    | {0xB7 + hour: chr(0x1F550 + hour) for hour in range(12)}
    | dict(zip(range(0xD5, 0xDF), "⌫⌦⮘➢⮙⮛⮈⮊⮉⮋", strict=True))
    | dict(zip(range(0xDF, 0xEF), _ARROWS * 2, strict=True))
    | dict(zip(range(0xEF, 0xF5), "⇦⇨⇧⇩⬄⇳", strict=True))
    | dict(zip(range(0xF5, 0xFF), "⬁⬀⬃⬂🢬🢭✗✓☒☑", strict=True))
)
_WINGDINGS_2 = (
    {0x20: " ", 0x3E: "☜", 0x3F: "☞", 0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒"}
    | {0x54: "☒", 0x55: "⮾", 0x56: "⮿", 0x57: "🛇", 0x58: "⦸", 0x5D: "‽"}
    | dict(zip(range(0x69, 0x7F), "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿", strict=True))
    | {0x95: "·", 0x96: "•", 0x97: "•", 0x98: "●", 0x99: "●", 0x9A: "○", 0x9B: "○", 0x9D: "⊙"}
    | {0xA0: "▪", 0xA1: "◾", 0xA2: "■", 0xA3: "☐", 0xA8: "▣", 0xAE: "⬥", 0xAF: "◇", 0xB1: "◈"}
)
_WINGDINGS_3 = (
    {0x20: " "}
    | dict(zip(range(0x21, 0x29), _ARROWS, strict=True))
    | dict(zip(range(0x66, 0x6E), _ARROWS, strict=True))
    | dict(zip(range(0x70, 0x7F), "▲▼△▽◀▶◁▷◣◢◤◥◂▸▴", strict=True))
)
_WEBDINGS = {0x20: " ", 0x59: "♥", 0x61: "✓", 0x67: "■", 0x69: "ℹ", 0x6E: "●", 0x72: "✗"} | dict(
    zip(range(0x33, 0x3E), "◀▶▲▼⏪⏩⏮⏭⏸⏹⏺", strict=True)
)
_MARLETT = {0x61: "✓", 0x62: "✓", 0x68: "●", 0x69: "●", 0x72: "✗", 0x74: "▲", 0x75: "▼"}
_DINGBATS = (
    {0x20: " "}
    | {code: chr(0x2701 + code - 0x21) for code in range(0x21, 0x7F)}
    | {0x25: "☎", 0x2A: "☛", 0x2B: "☞", 0x48: "★", 0x6C: "●", 0x6E: "■", 0x73: "▲", 0x74: "▼"}
    | {0x75: "◆", 0x77: "◗"}
    | {code: chr(0x2761 + code - 0xA1) for code in range(0xA1, 0xA8)}
    | dict(zip(range(0xA8, 0xAC), "♣♦♥♠", strict=True))
    | {code: chr(0x2460 + code - 0xAC) for code in range(0xAC, 0xB6)}
    | {code: chr(0x2776 + code - 0xB6) for code in range(0xB6, 0xD4)}
    | {code: chr(0x2794 + code - 0xD4) for code in range(0xD4, 0xFF) if code != 0xF0}
    | {0xD5: "→", 0xD6: "↔", 0xD7: "↕"}
)
SYMBOL_FONTS = {
    "symbol": _SYMBOL,
    "symbolmt": _SYMBOL,
    "symbolps": _SYMBOL,
    "standardsymbolsl": _SYMBOL,
    "standardsymbolsps": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings2": _WINGDINGS_2,
    "wingdings3": _WINGDINGS_3,
    "webdings": _WEBDINGS,
    "marlett": _MARLETT,
    **dict.fromkeys(("zapfdingbats", "itczapfdingbats", "monotypesorts", "dingbats"), _DINGBATS),
}

"""By a font's bare name, what each of its codes shows."""


def is_symbol_font(font: str) -> bool:
    """Whether letters in that font show signs."""
    return _bare(font) in SYMBOL_FONTS


def symbol_text(untrusted_text: str, font: str) -> str:
    """The characters that a run in that font shows; private ones that nobody knows are U+FFFD.

    In a font of signs a letter stands for a sign: "m" in Symbol is "μ".
    """
    table = SYMBOL_FONTS.get(_bare(font))
    if table is None:
        if not any("\ue000" <= c <= "\uf8ff" for c in untrusted_text):
            return untrusted_text
        # A private character without its font: most programs mean Symbol by it.
        known = not any(name in _bare(font) for name in ("awesome", "icon", "glyph"))
        return "".join(_private(c, known) for c in untrusted_text)
    return "".join(_shown(c, table) for c in untrusted_text)


def decoded_symbol(untrusted_code: str, font: str) -> str:
    """The character of a `w:sym`: its code in hexadecimal, by itself or from U+F000 on."""
    try:
        code = int(untrusted_code, 16)
    except ValueError:
        return UNKNOWN
    if not 0 < code <= 0x10FFFF or 0xD800 <= code < 0xE000:
        return UNKNOWN
    return symbol_text(chr(code), font)


def _bare(font: str) -> str:
    return font.lower().replace(" ", "").replace("-", "").replace("_", "")


def _shown(character: str, table: dict[int, str]) -> str:
    code = ord(character)
    if character.isspace() and code < 0x80:
        return character
    if 0xF000 <= code <= 0xF0FF:
        return table.get(code - 0xF000, UNKNOWN)
    if code < 0x100:
        return table.get(code, UNKNOWN)
    return _private(character)


def _private(character: str, is_symbol: bool = True) -> str:
    code = ord(character)
    if is_symbol and 0xF020 <= code <= 0xF0FF:
        return _SYMBOL.get(code - 0xF000, UNKNOWN)
    return UNKNOWN if 0xE000 <= code <= 0xF8FF else character
