"""Headings that a row of signs is drawn under are headings, and the row is none of the text."""

from __future__ import annotations

import pytest

from reader.importers.text.read import read_text
from reader.model.document import Document

WORDS = "Words of a paragraph that goes on for a while, so that it is no heading of any kind.\n"


def document(text: str) -> Document:
    return read_text(text, document_id="0" * 64, source="a.txt")


def kinds(made: Document) -> list[tuple[str, str]]:
    return [(block.kind, block.span.cut(made.text)) for block in made.blocks]


def test_signs_rank_headings_and_a_line_over_them_makes_a_title() -> None:
    made = document(
        f"=======\nDosing\n=======\n\n{WORDS}\nAdults\n======\n{WORDS}\nwith renal failure\n"
        f"------------------\n{WORDS}\nChildren\n========\n\n{WORDS}"
    )
    assert made.title == "Dosing"
    assert [(one.level, one.title) for one in made.sections] == [
        (1, "Adults"),
        (2, "with renal failure"),
        (1, "Children"),
    ]
    assert "=" not in made.text
    assert "-" not in made.text


def test_a_lone_underlined_first_line_is_the_title() -> None:
    assert document(f"dosing\n~~~~~~\n\n{WORDS}{WORDS}").title == "dosing"


@pytest.mark.parametrize(
    "text",
    [
        f"{WORDS}A total of doses\n----------------\n5\n",
        f"{WORDS}\n1 2 3\n-----\n{WORDS}",
        f"{WORDS}\nShort\n------------------------------\n{WORDS}",
        f"{WORDS}\n- item\n------\n{WORDS}",
    ],
)
def test_what_is_drawn_elsewhere_makes_no_heading(text: str) -> None:
    assert not document(text).sections


def test_columns_over_a_row_of_dashes_stay_a_table() -> None:
    made = document(f"{WORDS}\nDrug      Dose\n--------------\nAspirin   75 mg\n\n{WORDS}")
    assert [kind for kind, _ in kinds(made)].count("table") == 1


def test_the_number_of_a_page_between_dashes_is_no_item() -> None:
    assert ("paragraph", "- 3 -") in kinds(document(f"{WORDS}\n- 3 -\n\n{WORDS}"))


def test_a_vertical_tab_ends_a_line() -> None:
    made = document("Adrenaline 1 mg.\vAtropine 3 mg.\n")
    assert [words for _, words in kinds(made)] == ["Adrenaline 1 mg.", "Atropine 3 mg."]
