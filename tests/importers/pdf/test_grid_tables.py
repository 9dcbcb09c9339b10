from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.importers.pdf.test_read import reading
from tests.importers.pdf.test_structure import BODY, blocks
from tests.importers.pdf_samples import Sheet, Text, column, pdf

LEFTS = (60, 200, 290, 380)
WIDTH = 120


def cell(x: float, y: float, width: float, height: float) -> str:
    """A rectangle whose lower left corner is given, as its edges are drawn."""
    return f"{x} {y} {width} {height} re S\n"


def table_of(tmp_path: Path, drawn: str, texts: Sequence[Text]) -> list[str]:
    sheet = Sheet([*column(60, 800, BODY), *texts], drawn=drawn)
    return blocks(reading(tmp_path, pdf([sheet])).document, "table")


def spaced_cells(rows: int, top: float, height: float) -> str:
    """Cells that each have edges of their own, with a little white between them."""
    widths = (138, 88, 88, 140)
    return "".join(
        cell(left - 6, top - (i + 1) * height, width, height - 2)
        for i in range(rows)
        for left, width in zip(LEFTS, widths, strict=True)
    )


def test_cells_with_edges_of_their_own_stay_in_their_rows_where_columns_look_parted(
    tmp_path: Path,
) -> None:
    rows = [
        ("Drug", "Adult", "Child", "Renal"),
        ("Amoxicillin", "1 g", "15 mg/kg", "500 mg every 12 h"),
        ("Gentamicin", "5 mg/kg", "7 mg/kg", "avoid"),
        ("Meropenem", "1 g", "20 mg/kg", "-"),
    ]
    texts = [
        Text(left + 10 * (i % 2), 648 - 30 * i, words)
        for i, row in enumerate(rows)
        for left, words in zip(LEFTS, row, strict=True)
    ]
    texts.append(Text(70, 636 - 30, "trihydrate"))
    found = table_of(tmp_path, spaced_cells(4, 660, 30), texts)
    rows[1] = ("Amoxicillin trihydrate", *rows[1][1:])
    assert found == ["\n".join("\t".join(row) for row in rows)]


def test_a_cell_over_two_rows_does_not_make_them_one(tmp_path: Path) -> None:
    drawn = "".join(
        [
            cell(54, 600, 140, 20),
            cell(194, 600, 90, 20),
            cell(284, 600, 90, 20),
            cell(54, 560, 140, 40),
            *(cell(x, y, 90, 20) for x in (194, 284) for y in (560, 580)),
        ]
    )
    texts = [Text(60, 606, "Drug"), Text(200, 606, "Dose"), Text(290, 606, "Use")]
    texts += [Text(60, 576, "Meropenem")]
    texts += [Text(200, 586, "1 g"), Text(290, 586, "sepsis")]
    texts += [Text(200, 566, "2 g"), Text(290, 566, "meningitis")]
    assert table_of(tmp_path, drawn, texts) == [
        "Drug\tDose\tUse\nMeropenem\t1 g\tsepsis\n\t2 g\tmeningitis"
    ]


def test_a_heading_over_two_columns_is_one_cell(tmp_path: Path) -> None:
    drawn = cell(54, 600, 140, 20) + cell(194, 600, 180, 20)
    drawn += "".join(cell(x, 580 - 20 * i, 90, 20) for x in (194, 284) for i in range(2))
    drawn += "".join(cell(54, 580 - 20 * i, 140, 20) for i in range(2))
    texts = [Text(60, 606, "Age"), Text(230, 606, "Dose in milligrams a day")]
    texts += [Text(60, 586, "1 year"), Text(200, 586, "10"), Text(290, 586, "5")]
    texts += [Text(60, 566, "2 years"), Text(200, 566, "20"), Text(290, 566, "10")]
    assert table_of(tmp_path, drawn, texts) == [
        "Age\tDose in milligrams a day\t\n1 year\t10\t5\n2 years\t20\t10"
    ]


def test_the_rows_between_coloured_rows_are_of_their_table(tmp_path: Path) -> None:
    widths = (140, 90, 90)
    drawn = "0.9 g\n" + "".join(
        f"{left - 6} {600 - 40 * i} {width} 20 re f\n"
        for i in range(3)
        for left, width in zip(LEFTS, widths, strict=False)
    )
    rows = [(f"Drug {i}", f"{i} mg", f"{i * 2} h") for i in range(5)]
    texts = [
        Text(left, 606 - 20 * i, words)
        for i, row in enumerate(rows)
        for left, words in zip(LEFTS, row, strict=False)
    ]
    found = table_of(tmp_path, drawn + "0 g\n", texts)
    assert found == ["\n".join("\t".join(row) for row in rows)]


def test_rows_at_the_end_of_a_page_and_repeated_headings_stay_in_their_tables(
    tmp_path: Path,
) -> None:
    sheets = []
    for page in range(3):
        drawn = "".join(cell(x, 780 - 20 * i, 90, 20) for x in (60, 150) for i in range(38))
        texts = [Text(66, 786, "Age"), Text(156, 786, "Dose (mg)")]
        for i in range(1, 38):
            age = 37 * page + i
            texts += [Text(66, 786 - 20 * i, f"{age} y"), Text(156, 786 - 20 * i, f"{age * 5}")]
        sheets.append(Sheet(texts, drawn=drawn))
    found = blocks(reading(tmp_path, pdf(sheets)).document, "table")
    assert [table.count("\n") for table in found] == [37] * 3
    assert all(table.startswith("Age\tDose (mg)\n") for table in found)
    assert found[-1].endswith("\n111 y\t555")


def test_rows_that_have_no_edges_between_them_are_not_made_one(tmp_path: Path) -> None:
    drawn = "".join(cell(x, 600, 90, 20) + cell(x, 500, 90, 100) for x in (60, 150))
    texts = [Text(66, 606, "Age"), Text(156, 606, "Dose")]
    texts += [Text(66, 586 - 16 * i, f"{i + 1} y") for i in range(5)]
    texts += [Text(156, 586 - 16 * i, f"{i * 5} mg") for i in range(5)]
    (table,) = table_of(tmp_path, drawn, texts)
    assert "2 y\t5 mg\n3 y\t10 mg" in table


def test_a_drawn_line_of_many_pieces_parts_rows(tmp_path: Path) -> None:
    rows = [(0, "Drug|Adult|Child")]
    for i in range(1, 4):
        rows += [(40 * i - 12, f"Drug {i} that has a|{i} g every|{i}5 mg/kg, no")]
        rows += [(40 * i, "long name|4 h|more than 4 g")]
    texts = [
        Text(left, 640 - y, words)
        for y, line in rows
        for left, words in zip((60, 200, 330), line.split("|"), strict=True)
    ]
    # The edges of cells and those of their colours lie half a point apart.
    drawn = "".join(
        f"{left} {624 - dy} m {right} {624 - dy} l S\n"
        for left, right in ((54, 190), (190, 320), (320, 480))
        for dy in (0, 0.8)
    )
    drawn += "".join(f"54 {y} m 480 {y} l S\n" for y in (660, 586, 546, 508))
    (table,) = table_of(tmp_path, "0.5 w\n" + drawn, texts)
    assert table.splitlines()[:2] == [
        "Drug\tAdult\tChild",
        "Drug 1 that has a long name\t1 g every 4 h\t15 mg/kg, no more than 4 g",
    ]


def test_the_edge_between_two_cells_is_no_bar_of_a_fraction(tmp_path: Path) -> None:
    drawn = "".join(cell(120, 540 + 16 * i, 26, 16) for i in range(3))
    drawn += "".join(cell(146, 540 + 16 * i, 60, 16) for i in range(3))
    drawn += cell(54, 540, 66, 48)
    texts = [Text(60, 560, "Day 1")]
    for i, (drug, dose) in enumerate((("A", "5 mg"), ("B", "10 mg"), ("C", "15 mg"))):
        texts += [Text(126, 576 - 16 * i, drug), Text(150, 576 - 16 * i, dose)]
    (table,) = table_of(tmp_path, drawn, texts)
    assert "/" not in table
    assert [row.split("\t")[1:] for row in table.splitlines()] == [
        ["A", "5 mg"],
        ["B", "10 mg"],
        ["C", "15 mg"],
    ]


def test_cells_of_one_row_that_go_on_are_read_one_after_the_other(tmp_path: Path) -> None:
    drawn = "".join(cell(54 + 150 * i, 560, 150, 48) for i in range(3))
    said = (
        "Green: 0 to 4|every 4 hours",
        "Amber: 5 or 6|every hour",
        "Red: 7 or more|all the time",
    )
    texts = [one for i, words in enumerate(said) for one in column(60 + 150 * i, 594, words)]
    assert table_of(tmp_path, drawn, texts) == [
        "\t".join(words.replace("|", " ") for words in said)
    ]
