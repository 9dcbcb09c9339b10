from __future__ import annotations

from pathlib import Path

from tests.importers.pdf.test_read import reading
from tests.importers.pdf.test_structure import BODY, blocks
from tests.importers.pdf_samples import Sheet, Text, column, pdf

ITEMS = (
    "Respiratory rate of 22 a minute or more",
    "altered mentation, which is any change of the state of mind that was not there",
    "Systolic pressure of 100 mmHg or less",
)


def disc(x: float, y: float, size: float = 4) -> str:
    """A circle of four curves, the lower left corner of its box at a place."""
    r, k = size / 2, size * 0.276
    a, b = x + r, y + r
    return (
        f"{a + r} {b} m {a + r} {b + k} {a + k} {b + r} {a} {b + r} c "
        f"{a - k} {b + r} {a - r} {b + k} {a - r} {b} c "
        f"{a - r} {b - k} {a - k} {b - r} {a} {b - r} c "
        f"{a + k} {b - r} {a + r} {b - k} {a + r} {b} c "
    )


def listed(tmp_path: Path, drawn: str, texts: list[Text]) -> list[str]:
    sheet = Sheet([*column(60, 780, BODY), *texts], drawn=drawn)
    return blocks(reading(tmp_path, pdf([sheet])).document, "list_item")


def items(x: float = 92) -> list[Text]:
    return [Text(x, 660 - 13 * i, words) for i, words in enumerate(ITEMS)]


def test_items_whose_bullets_are_drawn_are_items(tmp_path: Path) -> None:
    drawn = "".join(disc(80, 661.5 - 13 * i) + "f\n" for i in range(3))
    assert listed(tmp_path, drawn, items()) == list(ITEMS)


def test_rings_and_squares_are_bullets_and_are_told_apart(tmp_path: Path) -> None:
    drawn = "0.7 w " + disc(80, 661.5) + "S\n80 648.5 4 4 re f\n" + disc(80, 635.5) + "f\n"
    sheet = Sheet([*column(60, 780, BODY), *items()], drawn=drawn)
    document = reading(tmp_path, pdf([sheet])).document
    labels = [block.label for block in document.blocks if block.kind == "list_item"]
    assert labels == ["◦", "▪", "•"]


def test_shapes_within_lines_and_those_of_drawings_are_no_bullets(tmp_path: Path) -> None:
    within = disc(105, 661.5) + "f\n" + disc(120, 690) + "f\n"
    assert listed(tmp_path, within, [Text(60, 660, "A line with    a shape in it")]) == []
    many = "".join(disc(80 + i, 661.5 - 13 * k) + "f\n" for i in range(70) for k in range(3))
    assert listed(tmp_path, many, items(160)) == []


def test_items_within_items_that_count_by_letters_stay_apart(tmp_path: Path) -> None:
    texts = column(60, 780, BODY)
    lines = [
        (70, "1. Give oxygen to all"),
        (90, "a. by mask 5 L"),
        (90, "b. by a cannula 2 L"),
        (70, "2. Take cultures"),
        (90, "i. from the arm"),
        (90, "ii. from the line"),
        (70, "3. Give fluid"),
    ]
    texts += [Text(x, 660 - 12 * i, words) for i, (x, words) in enumerate(lines)]
    document = reading(tmp_path, pdf([Sheet(texts)])).document
    found = [b.span.cut(document.text) for b in document.blocks][-7:]
    assert [words.split(" ")[-2:] for words in found] == [
        words.split(" ")[-2:] for _, words in lines
    ]


def test_ticks_and_arrows_are_bullets(tmp_path: Path) -> None:
    drawn = "/F9 10 Tf"
    fonts = "/F9 << /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>"
    texts = [*column(60, 780, BODY), *items(74)]
    marks = "".join(f"BT {drawn} 1 0 0 1 60 {660 - 13 * i} Tm (4) Tj ET\n" for i in range(3))
    sheet = Sheet(texts, drawn=marks, fonts=fonts)
    assert blocks(reading(tmp_path, pdf([sheet])).document, "list_item") == list(ITEMS)


def test_a_list_with_its_text_far_behind_its_bullets_is_no_table(tmp_path: Path) -> None:
    texts = column(60, 780, BODY)
    for i, words in enumerate(ITEMS):
        texts += [Text(60, 660 - 13 * i, "\u2022"), Text(96, 660 - 13 * i, words)]
    assert listed(tmp_path, "", texts[len(column(60, 780, BODY)) :]) == list(ITEMS)
