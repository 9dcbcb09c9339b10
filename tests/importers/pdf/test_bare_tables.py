"""Tables without lines that stand across two columns keep their rows."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.importers.pdf.test_read import LEFT, RIGHT, reading
from tests.importers.pdf.test_structure import BODY, blocks
from tests.importers.pdf.test_tables import in_columns
from tests.importers.pdf_samples import Sheet, Text, column, pdf

ROWS = in_columns(
    [0, 140, 290, 400],
    (0, "Drug|Adult|Child|Note"),
    (14, "Aspirin|75 mg|not given|max 300 mg"),
    (28, "Zebral|1 g|15 mg/kg|"),
    (42, "Quaggol||-2.5|"),
    (56, "Okapine|30 mg|contraindicated|under 12"),
)
TABLE = (
    "Drug\tAdult\tChild\tNote\nAspirin\t75 mg\tnot given\tmax 300 mg\nZebral\t1 g\t15 mg/kg\t\n"
    "Quaggol\t\t-2.5\t\nOkapine\t30 mg\tcontraindicated\tunder 12"
)


def sheet(*more: Text, name: str = "Table 1. Doses") -> Sheet:
    columns = [*column(50, 780, LEFT), *column(320, 780, RIGHT)]
    table = [Text(50 + x, 660 - y, words, 9) for x, y, words in ROWS]
    below = [*column(50, 560, RIGHT), *column(320, 560, LEFT)]
    return Sheet([*columns, Text(50, 676, name, 9, "bold"), *table, *below, *more])


@pytest.mark.parametrize("name", ["Table 1. Doses", "TABLE IV Doses", "Tabelle 2: Dosen"])
def test_rows_across_both_columns_stay_rows(tmp_path: Path, name: str) -> None:
    document = reading(tmp_path, pdf([sheet(name=name)])).document
    assert blocks(document, "table") == [TABLE]
    kinds = [block.kind for block in document.blocks]
    place = kinds.index("table")
    assert document.blocks[place - 1].span.cut(document.text) == name


def test_a_table_in_one_column_leaves_the_other_its_text(tmp_path: Path) -> None:
    rows = in_columns([0, 120], (0, "Drug|Adult"), (12, "Aspirin|75 mg"), (24, "Zebral|1 g"))
    words = f"{LEFT}|{RIGHT}|{LEFT}"
    texts = [
        Text(50, 712, "Table 1. Doses", 10, "bold"),
        *(Text(50 + x, 700 - y, one) for x, y, one in rows),
        *column(50, 652, LEFT),
        *column(320, 724, words),
    ]
    document = reading(tmp_path, pdf([Sheet(texts)])).document
    assert " ".join(words.split("|")) in document.text


def test_a_table_without_a_name_keeps_its_first_column(tmp_path: Path) -> None:
    rows = in_columns(
        [0, 170, 230, 300],
        (0, "Drug|Dose|Interval|Renal failure"),
        (18, "Zebracillin|1 g|8 h|500 mg every twelve hours"),
        (36, "Quaggacin|5 mg/kg|24 h|not in severe failure"),
        (54, "Okapine with long-tailed okapam|4.5 g|6 h|"),
        (81, "Gnupenem||| "),
        (72, "|1 g|8 h|half of the dose"),
        (90, "|2 g|8 h|in meningitis"),
    )
    texts = [*column(60, 780, BODY), *(Text(60 + x, 660 - y, one) for x, y, one in rows)]
    document = reading(tmp_path, pdf([Sheet([*texts, *column(60, 540, BODY)])])).document
    (table,) = blocks(document, "table")
    assert table.splitlines()[1] == "Zebracillin\t1 g\t8 h\t500 mg every twelve hours"
    assert table.splitlines()[3].split("\t")[:2] == ["Okapine with long-tailed okapam", "4.5 g"]
    # The first cell stands in the middle of two rows.
    assert table.splitlines()[4:] == [
        "Gnupenem\t1 g\t8 h\thalf of the dose",
        "\t2 g\t8 h\tin meningitis",
    ]


def test_powers_that_are_hardly_smaller_are_raised(tmp_path: Path) -> None:
    texts = [
        Text(60, 700, "Counts of 10"),
        Text(117.2, 704.5, "9", 9),
        Text(122.2, 700, "/L and CO"),
        Text(168.9, 695.5, "2", 9),
        Text(177, 700, "in blood were kept."),
    ]
    document = reading(tmp_path, pdf([Sheet([*texts, *column(60, 670, BODY)])])).document
    marks = [(m.kind, m.span.cut(document.text)) for m in document.marks]
    assert [one for one in marks if one[0] in ("sup", "sub")] == [("sup", "9"), ("sub", "2")]
    assert "10" + "9/L and CO2 in" in document.text


def grid(lefts: Sequence[float], tops: Sequence[float]) -> str:
    """The edges of each cell by themselves, as browsers draw them."""
    edges = []
    for top in tops:
        edges += [f"{a} {top} m {b} {top} l S" for a, b in itertools.pairwise(lefts)]
    for left in lefts:
        edges += [f"{left} {a} m {left} {b} l S" for a, b in itertools.pairwise(tops)]
    return "\n".join(edges)


def test_a_heading_over_columns_is_of_the_table_whose_cells_are_drawn(tmp_path: Path) -> None:
    tops = [664 - 19 * i for i in range(7)]
    rows = [(0, "Age||"), (19, "|first|then")]
    rows += [(19 + 19 * i, f"{i} years|{i}0|{i}5") for i in range(1, 5)]
    words = in_columns([4, 84, 134], *[(y, line) for y, line in rows])
    texts = [Text(60 + x, 651 - y, one) for x, y, one in words if one]
    texts.append(Text(160, 651, "Dose in mg"))
    sheet = Sheet(
        [*column(60, 780, BODY), *texts, *column(60, 500, BODY)],
        drawn=grid([60, 140, 190, 240], tops),
    )
    document = reading(tmp_path, pdf([sheet])).document
    (table,) = blocks(document, "table")
    assert table.splitlines()[0].split("\t")[0] == "Age"
    assert "Dose in mg" in table.splitlines()[0]
    assert table.splitlines()[-1] == "4 years\t40\t45"


def test_lines_with_numbers_of_their_own_are_rows_between_drawn_lines(tmp_path: Path) -> None:
    rows = [(18 * i, f"Zebra {i}|{i},250|({i}.5)") for i in range(1, 9)]
    texts = [Text(60 + x, 664 - y, one) for x, y, one in in_columns([0, 150, 250], *rows)]
    lines = "\n".join(f"60 {y} m 340 {y} l S" for y in (660, 623, 587, 551, 515))
    sheet = Sheet([*column(60, 780, BODY), *texts, *column(60, 490, BODY)], drawn=lines)
    document = reading(tmp_path, pdf([sheet])).document
    (table,) = blocks(document, "table")
    assert table.splitlines() == [f"Zebra {i}\t{i},250\t({i}.5)" for i in range(1, 9)]
