"""Tables that are drawn in a Markdown text are tables on the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.importers.markdown.read import read
from reader.model.document import Document


def document(tmp_path: Path, text: str) -> Document:
    path = tmp_path / "a.md"
    path.write_text(f"# Doses\n\n{text}", encoding="utf-8")
    return read(path).document


def rows(made: Document) -> list[list[list[str]]]:
    """The words of each table's cells, by row."""
    found = []
    for table in made.tables:
        by_row: dict[int, list[str]] = {}
        for cell in table.cells:
            by_row.setdefault(cell.row, []).append(cell.span.cut(made.text))
        found.append(list(by_row.values()))
    return found


GRID = """\
+---------+--------+
| Drug    | Dose   |
+=========+========+
| Aspirin | 75 mg  |
| EC      | - od   |
|         | - bd   |
+---------+--------+
| not in pregnancy |
+---------+--------+
"""
HEADED = """\
Drug        Dose
-------  -------
Aspirin    75 mg
         2.5 mg
"""
HEADLESS = """\
-------  -----
Aspirin  75 mg
Digoxin  62 µg
-------  -----
"""
FRAMED = """\
----------------------------
 Drug      Dose
 name      of it
--------- ------------------
 Aspirin   75 mg, not more
           than once

 Digoxin   62 µg
----------------------------
"""


@pytest.mark.parametrize(
    ("text", "table"),
    [
        (
            GRID,
            [
                ["Drug", "Dose"],
                ["Aspirin EC", "75 mg\nod\nbd"],
                ["not in pregnancy"],
            ],
        ),
        (HEADED, [["Drug", "Dose"], ["Aspirin", "75 mg"], ["", "2.5 mg"]]),
        (HEADLESS, [["Aspirin", "75 mg"], ["Digoxin", "62 µg"]]),
        (
            FRAMED,
            [
                ["Drug name", "Dose of it"],
                ["Aspirin", "75 mg, not more than once"],
                ["Digoxin", "62 µg"],
            ],
        ),
    ],
)
def test_a_drawn_table_is_read_by_its_cells(
    tmp_path: Path, text: str, table: list[list[str]]
) -> None:
    assert rows(document(tmp_path, f"{text}\nAfter it.\n")) == [table]


def test_the_head_of_a_grid_is_its_head(tmp_path: Path) -> None:
    cells = document(tmp_path, GRID).tables[0].cells
    assert [cell.header for cell in cells][:3] == [True, True, False]


def test_a_grid_right_after_a_line_ends_its_paragraph(tmp_path: Path) -> None:
    made = document(tmp_path, f"Doses:\n{GRID}After it.\n")
    assert [block.kind for block in made.blocks] == ["title", "paragraph", "table", "paragraph"]


@pytest.mark.parametrize(
    "text",
    [
        "+-----+-----+\n| a   | b   |\n|     +-----+\n|     | c   |\n+-----+-----+\n",
        "+---+---+\n",
    ],
)
def test_a_grid_that_is_no_plain_table_loses_nothing(tmp_path: Path, text: str) -> None:
    made = document(tmp_path, text)
    assert not made.tables
    assert all(sign in made.text for sign in text.split())


@pytest.mark.parametrize(
    "text",
    [
        "A rule:\n\n--- ---\n\nafter",
        "Heading\n-------\n\nafter",
        "A long word over the parts\n---- ---- ----\nx",
        "-------------\n\nno table under it\n",
        "-------  -----\nAspirin  75 mg\n\nno rule under it",
    ],
)
def test_rules_and_headings_are_no_tables(tmp_path: Path, text: str) -> None:
    assert not document(tmp_path, text).tables
