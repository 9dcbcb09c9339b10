"""Letters in fonts of signs show those signs."""

from __future__ import annotations

import pytest

from reader.importers.common.symbol_fonts import (
    UNKNOWN,
    decoded_symbol,
    is_symbol_font,
    symbol_text,
)


@pytest.mark.parametrize(
    ("font", "letters", "signs"),
    [
        ("Symbol", "abgdmDSW", "αβγδμΔΣΩ"),
        ("Symbol", "\uf0b3\uf0a3\uf0b1\uf0b4\uf0b0\uf0a5\uf0b7\uf0ae", "≥≤±×°∞•→"),
        ("symbol", "5 m", "5 μ"),
        ("Wingdings", "\uf0fc\uf0fb\uf0fe\uf0fd\uf0a8\uf06f\uf0e0\uf0df\uf0d8", "✓✗☑☒☐☐→←➢"),
        ("Wingdings 2", "\uf050\uf052\uf0a3", "✓☑☐"),
        ("Wingdings 3", "\uf070\uf071\uf068", "▲▼↑"),
        ("Webdings", "a", "✓"),
        ("ZapfDingbats", "3l\u00d5", "✓●→"),
        ("Times New Roman", "m\uf06d", "mμ"),
        ("FontAwesome", "\uf06d", UNKNOWN),
        ("Symbol", "\uf0ff\ue000", UNKNOWN * 2),
        ("Symbol", "µ漢", "∝漢"),
        ("", "plain", "plain"),
    ],
)
def test_letters_become_signs(font: str, letters: str, signs: str) -> None:
    assert symbol_text(letters, font) == signs


@pytest.mark.parametrize(
    ("code", "font", "sign"),
    [
        ("F06D", "Symbol", "μ"),
        ("006D", "Symbol", "μ"),
        ("2265", "Times", "≥"),
        ("x", "Symbol", UNKNOWN),
        ("", "Symbol", UNKNOWN),
        ("0", "Symbol", UNKNOWN),
        ("D800", "Symbol", UNKNOWN),
        ("FFFFFFFF", "Symbol", UNKNOWN),
    ],
)
def test_signs_by_their_codes(code: str, font: str, sign: str) -> None:
    assert decoded_symbol(code, font) == sign


def test_fonts_of_signs() -> None:
    assert is_symbol_font("Wingdings 2")
    assert not is_symbol_font("Arial")
