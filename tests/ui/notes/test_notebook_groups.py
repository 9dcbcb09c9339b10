"""The groups of the notebook and the rows that they make."""

from __future__ import annotations

import pytest

from reader.ui.notes.notebook_groups import month, rows_by_section, rows_of
from reader.ui.notes.notebook_rows import Heading


@pytest.mark.parametrize(
    ("key", "said"), [("2026-03", "March 2026"), ("", "Without a date"), ("2026", "Without a date")]
)
def test_a_month_is_said_in_words(key: str, said: str) -> None:
    assert month(key) == said


def test_a_group_is_its_heading_and_its_notes() -> None:
    assert rows_of([("One", ["a", "b"]), ("Two", [])]) == [
        Heading("One", 2),
        "a",
        "b",
        Heading("Two", 0),
    ]


def test_a_document_is_headed_once_with_all_its_notes() -> None:
    found = [("One", "", ["a"]), ("One", "Doses", ["b", "c"]), ("Two", "Aims", ["d"])]
    assert rows_by_section(iter(found)) == [
        Heading("One", 3),
        "a",
        Heading("Doses", 2, 1),
        "b",
        "c",
        Heading("Two", 1),
        Heading("Aims", 1, 1),
        "d",
    ]
