"""Tables without lines that stand across two columns keep their rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importers.pdf.test_read import LEFT, RIGHT, reading
from tests.importers.pdf.test_structure import blocks
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
