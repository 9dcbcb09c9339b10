"""Signs that turn the sense: what no letter says is decoded, or said to be unknown."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.importers.common.symbol_fonts import UNKNOWN
from reader.importers.pdf.glyphs import accented, decoded, readable, symbol_font
from reader.model.document import Document
from reader.model.plain_text import plain_text
from reader.model.span import Span
from tests.importers.pdf.test_read import reading
from tests.importers.pdf_samples import Sheet, pdf

FONTS = "/S 100 0 R /W 101 0 R /Z 102 0 R /C 103 0 R"
OBJECTS = [
    "<< /Type /Font /Subtype /Type1 /BaseFont /Symbol >>",
    "<< /Type /Font /Subtype /TrueType /BaseFont /ABCDEF+Wingdings "
    "/FirstChar 32 /LastChar 255 /Widths [" + "900 " * 224 + "] /FontDescriptor 106 0 R >>",
    "<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>",
    "<< /Type /Font /Subtype /Type0 /BaseFont /GHIJKL+Any /Encoding /Identity-H "
    "/DescendantFonts [104 0 R] >>",
    "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /GHIJKL+Any /DW 600 /CIDSystemInfo "
    "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 105 0 R >>",
    "<< /Type /FontDescriptor /FontName /GHIJKL+Any /Flags 4 /FontBBox [0 0 1000 1000] "
    "/ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>",
    "<< /Type /FontDescriptor /FontName /ABCDEF+Wingdings /Flags 4 /FontBBox [0 0 1000 1000] "
    "/ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>",
]


def drawn(tmp_path: Path, *parts: str) -> Document:
    """A page with these parts of a line, each "font size (words)", or "rise Ts"."""
    shown = " ".join(
        part if part.endswith("Ts") else "/{} {} Tf {} Tj".format(*part.split(" ", 2))
        for part in parts
    )
    sheet = Sheet(drawn=f"BT 60 700 Td {shown} ET", fonts=FONTS)
    return reading(tmp_path, pdf([sheet], objects=OBJECTS)).document


def plain(document: Document) -> str:
    return plain_text(document, Span(0, len(document.text)))


def test_symbols_are_what_they_show(tmp_path: Path) -> None:
    document = drawn(tmp_path, "F1 11 (K )", "S 11 (\\263 )", "F1 11 (6; )", "S 11 (\\0553 \\2614)")
    assert document.text == "K ≥ 6; −3 ±4"


def test_ticks_are_ticks(tmp_path: Path) -> None:
    document = drawn(
        tmp_path, "W 11 (\\376)", "F1 11 ( yes )", "W 11 (\\250)", "F1 11 ( no )", "Z 11 (48)"
    )
    assert document.text == "☑ yes ☐ no ✔✘"


def test_a_glyph_without_a_letter_is_said_to_be_unknown(tmp_path: Path) -> None:
    document = drawn(tmp_path, "F1 11 (Dose )", "C 11 <00110045>", "F1 11 ( mg)")
    assert document.text == f"Dose {UNKNOWN * 2} mg"
    (warning,) = document.warnings
    assert "2 signs" in warning


@pytest.mark.parametrize(
    ("name", "font"),
    [
        ("ABCDEF+SymbolMT", "Symbol"),
        ("Symbol", "Symbol"),
        ("Symbolist", ""),
        ("Wingdings-Regular", "Wingdings"),
        ("Wingdings2", "Wingdings2"),
        ("Wingdings 3", "Wingdings3"),
        ("Webdings", "Webdings"),
        ("ZapfDingbatsITC", "Dingbats"),
        ("XYZABC+CMEX10", "Cmex"),
        ("Helvetica", ""),
    ],
)
def test_fonts_of_symbols_are_known_by_name(name: str, font: str) -> None:
    assert symbol_font(name) == font


@pytest.mark.parametrize(
    ("sign", "font", "is_mapped", "shown"),
    [
        ("\uf0b3", "Symbol", True, "≥"),
        ("\uf0fc", "Wingdings", False, "✓"),
        ("\u00d8", "Wingdings", False, "➢"),
        ("R", "Wingdings2", False, "☑"),
        ("a", "Webdings", True, "✓"),
        ("\x12", "Cmex", False, "("),
        ("Z", "Wingdings3", False, UNKNOWN),
        ("b", "Symbol", True, "β"),
        ("×", "Symbol", True, "×"),
        ("6", "Symbol", True, "6"),
        ("\uf733", "", True, "3"),
        ("\uf8eb", "", True, "⎛"),
        ("\ue123", "", True, UNKNOWN),
    ],
)
def test_codes_are_decoded_by_their_font(sign: str, font: str, is_mapped: bool, shown: str) -> None:
    assert decoded(sign, font, is_mapped) == shown


def test_ligatures_and_forms_are_letters() -> None:
    assert readable("sufﬁcient ﬂow") == "sufficient flow"
    assert readable("a\u0378\ue000") == f"a{UNKNOWN * 2}"


def test_an_accent_drawn_over_a_letter_is_on_it(tmp_path: Path) -> None:
    sheet = Sheet(
        drawn="BT /F1 12 Tf 60 700 Td (Caf) Tj ET BT /F1 12 Tf 78.7 700 Td (e) Tj ET "
        "BT /F1 12 Tf 80 700 Td (\\264) Tj ET BT /F1 12 Tf 85.4 700 Td (s) Tj ET"
    )
    assert reading(tmp_path, pdf([sheet])).document.text == "Cafés"
    apart = Sheet(drawn="BT /F1 12 Tf 60 700 Td (rock \\264n roll) Tj ET")
    assert reading(tmp_path, pdf([apart])).document.text == "rock ´n roll"
    assert accented("ı", "´") == "í"
    assert accented("q", "˝") == ""


def test_raised_and_lowered_signs_stay_on_their_line_without_spaces(tmp_path: Path) -> None:
    document = drawn(
        tmp_path, "F1 11 (below 50 x 10)","4 Ts", "F1 7 (9)","0 Ts", "F1 11 (/L and C)","-2 Ts",
        "F1 7 (max)","0 Ts", "F1 11 (.)",
    )  # fmt: skip
    assert document.text == "below 50 x 109/L and Cmax."
    assert [(m.kind, m.span.cut(document.text)) for m in document.marks] == [
        ("sup", "9"),
        ("sub", "max"),
    ]


def test_a_mixed_number_is_two_numbers(tmp_path: Path) -> None:
    document = drawn(
        tmp_path,
        "F1 11 (give 3)",
        "4 Ts",
        "F1 7 (1)",
        "0 Ts",
        "F1 11 (/)",
        "F1 7 (2)",
        "F1 11 ( tablets)",
    )
    assert document.text == "give 3 1/2 tablets"
    assert "31" not in plain(document)


def test_words_with_a_line_through_them_are_struck(tmp_path: Path) -> None:
    sheet = Sheet(
        drawn="BT /F1 12 Tf 60 700 Td (Give 500 mg daily) Tj ET 0.7 w 88 704 m 132 704 l S"
    )
    document = reading(tmp_path, pdf([sheet])).document
    (mark,) = document.marks
    assert (mark.kind, mark.span.cut(document.text)) == ("strike", "500 mg")
    under = Sheet(
        drawn="BT /F1 12 Tf 60 700 Td (Give 500 mg daily) Tj ET 0.7 w 88 698 m 132 698 l S"
    )
    assert reading(tmp_path, pdf([under])).document.marks == ()


def test_letters_in_a_row_of_a_font_that_only_calls_itself_symbol_stay(tmp_path: Path) -> None:
    # An own encoding: PDFium gives its letters as they are.
    font = (
        "<< /Type /Font /Subtype /TrueType /BaseFont /Symbol /Encoding /WinAnsiEncoding "
        "/FirstChar 32 /LastChar 126 /Widths [" + "500 " * 95 + "] /FontDescriptor 101 0 R >>"
    )
    descriptor = (
        "<< /Type /FontDescriptor /FontName /Symbol /Flags 32 /FontBBox [0 0 1000 1000] "
        "/ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>"
    )
    sheet = Sheet(drawn="BT /S 11 Tf 60 700 Td (What is b) Tj ET", fonts="/S 100 0 R")
    document = reading(tmp_path, pdf([sheet], objects=[font, descriptor])).document
    assert document.text == "What is b"
