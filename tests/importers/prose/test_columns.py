"""Columns of numbers in plain text stay columns, and prose stays prose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.importers.prose.columns import has_columns, is_rule, rows_of
from reader.importers.text.read import read_text
from reader.model.document import Document


def document(text: str) -> Document:
    return read_text(text, document_id="0" * 64, source="a.txt")


def cells(made: Document) -> list[list[str]]:
    (table,) = made.tables
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell.span.cut(made.text))
    return [rows[i] for i in sorted(rows)]


@pytest.mark.parametrize(
    "lines",
    [
        ["Drug      Dose    Max", "A         5 mg    10 mg", "B                 20 mg"],
        ["Drug\tDose\tMax", "A\t5 mg\t10 mg", "B\t\t20 mg"],
        ["| Drug | Dose | Max |", "|---|---|---|", "| A | 5 mg | 10 mg |", "| B | | 20 mg |"],
        ["+---+---+---+", "| Drug | Dose | Max |", "+===+===+===+", "| A | 5 mg | 10 mg |",
         "+---+---+---+", "| B |  | 20 mg |", "+---+---+---+"],
    ],
)  # fmt: skip
def test_each_cell_stays_in_its_column(lines: list[str]) -> None:
    made = document("Doses of two\n\nThey are these.\n\n" + "\n".join(lines) + "\n\nThat was all.")
    assert cells(made) == [["Drug", "Dose", "Max"], ["A", "5 mg", "10 mg"], ["B", "", "20 mg"]]
    assert made.tables[0].cells[0].header
    assert not made.left_out


def test_uneven_columns_keep_their_spaces() -> None:
    lines = [
        "Heart rate   0  absent   1  <100",
        "Tone  0 limp      1   some",
        "Colour of all the skin  0  blue",
    ]
    made = document("Apgar\n\n" + "\n".join(lines))
    (block,) = [b for b in made.blocks if b.kind == "preformatted"]
    assert block.span.cut(made.text) == "\n".join(lines)


@pytest.mark.parametrize(
    "lines",
    [
        ["One sentence ends.  The next has 5 mg.", "Another ends.  Then 6 mg."],
        ["only one line    with 5"],
        ["words   set", "wide    apart"],
        ["a" * 400 + "   5", "b" * 400 + "   6"],
        ["a   " + "b 5 " * 30, "c   " + "d 6 " * 30],
    ],
)
def test_prose_is_no_table(lines: list[str]) -> None:
    assert rows_of(lines) == ()


def test_rules_are_drawn_lines() -> None:
    assert is_rule("+----+-----+")
    assert is_rule("-----")
    assert not is_rule("--")
    assert not is_rule("- 5 mg")
    assert not has_columns(["one line  5"])


@given(
    st.lists(
        st.tuples(*[st.text("abc 59.<", max_size=6).map(str.strip)] * 3), min_size=2, max_size=6
    )
)
def test_what_is_set_in_columns_comes_back(rows: list[tuple[str, str, str]]) -> None:
    rows = [("x" + " ".join(a.split()), " ".join(b.split()), "7" + " ".join(c.split()))
            for a, b, c in rows]  # fmt: skip
    lines = [f"{a:<10}{'m' + b:<10}{c}" for a, b, c in rows]
    made = rows_of(lines)
    assert made == tuple((a, "m" + b, c) for a, b, c in rows)
