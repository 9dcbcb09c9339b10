"""Formulas keep their order: what stands over a bar is divided by what stands under it."""

from __future__ import annotations

from pathlib import Path

from tests.importers.pdf.test_read import reading
from tests.importers.pdf.test_structure import blocks
from tests.importers.pdf_samples import Sheet, Text, pdf


def text_of(tmp_path: Path, texts: list[Text], drawn: str = "") -> str:
    return reading(tmp_path, pdf([Sheet(texts, drawn=drawn)])).document.text


def test_a_fraction_is_written_in_one_line(tmp_path: Path) -> None:
    texts = [
        Text(60, 660, "CrCl =", 12),
        Text(110, 667, "(140 - age) x weight", 12),
        Text(140, 652, "72 x SCr", 12),
        Text(230, 660, "ml/min", 12),
    ]
    shown = text_of(tmp_path, texts, "0.6 w 108 663 m 225 663 l S")
    assert shown == "CrCl = ((140 - age) x weight)/(72 x SCr) ml/min"


def test_single_terms_need_no_brackets(tmp_path: Path) -> None:
    texts = [Text(60, 620, "Dose =", 12), Text(108, 627, "a", 12), Text(108, 613, "b", 12)]
    assert text_of(tmp_path, texts, "0.6 w 106 622.5 m 117 622.5 l S") == "Dose = a/b"


def test_a_line_under_the_head_of_a_column_is_no_fraction(tmp_path: Path) -> None:
    texts = [
        Text(x, y, words, 12)
        for x, column in ((60, ("Drug", "A", "B")), (200, ("Dose", "5 mg", "7 mg")))
        for y, words in zip((700, 685, 671), column, strict=True)
    ]
    drawn = "0.6 w 60 697 m 85 697 l S 0.6 w 200 697 m 228 697 l S"
    assert text_of(tmp_path, texts, drawn) == "Drug\tDose\nA\t5 mg\nB\t7 mg"


def test_underlined_words_of_a_sentence_are_no_fraction(tmp_path: Path) -> None:
    texts = [Text(60, 700, "a = b is so and"), Text(60, 688, "the next line goes on")]
    assert "/" not in text_of(tmp_path, texts, "0.6 w 82 697 m 88 697 l S")


def test_tall_brackets_are_brackets(tmp_path: Path) -> None:
    pieces = "".join(
        f"BT /S 12 Tf {x} {y} Td (\\{code}) Tj ET\n"
        for x, codes in ((110, ("346", "347", "350")), (150, ("366", "367", "370")))
        for y, code in zip((712, 700, 688), codes, strict=True)
    )
    sheet = Sheet(
        [Text(60, 698, "x = 2", 12), Text(120, 698, "a + b", 12)],
        drawn=pieces,
        fonts="/S 100 0 R",
    )
    objects = ["<< /Type /Font /Subtype /Type1 /BaseFont /Symbol >>"]
    document = reading(tmp_path, pdf([sheet], objects=objects)).document
    assert "".join(blocks(document, "paragraph")).replace(" ", "") == "x=2(a+b)"
    assert document.left_out == ()
