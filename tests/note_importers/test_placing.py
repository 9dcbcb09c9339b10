"""Typography never keeps a note from its place; other words and numbers always do."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.document import Block, Document, Mark
from reader.model.imported_note import FoundNote, FoundSource
from reader.model.span import Span
from reader.note_importers.placing import placed_note

TEXT = """A title

The authors said “this is no cure” and the efﬁcacy of the first-line drug isn’t proven — yet.

The extra\u00adordinary dose of naïve patients – 10–20 mg – was given… as it was before that day.

Serum potassium rose to 5.5 mmol/L in those who also took spironolactone for hypertension.

A word that was par- ted at the end of a line stands in this sentence of its own making.

Earlier work said so1,2 and later work[12] said the very same thing about the same subject.

Cells were 10⁹ per litre in all of the volunteers. 2.5 mg were given to each one of them daily.

One dose of 20 \u00b5g was followed by another.
"""
START = TEXT.index("so1,2") + 2
DOCUMENT = Document(
    "d" * 64,
    "A title",
    TEXT,
    blocks=(Block("title", Span(0, 7)),),
    marks=(
        Mark("reference_mark", Span(START, START + 3), "1 2"),
        Mark("reference_mark", Span(START + 2, START + 3), "2"),
    ),
)


def words(exact: str, prefix: str = "", suffix: str = "") -> str:
    """The passage that the words are placed on for sure; "" for none."""
    one = FoundNote("k", FoundSource(), exact, prefix, suffix)
    made = placed_note(DOCUMENT, one, "a")
    return made.target.position.cut(TEXT) if made.state == "" else ""


@pytest.mark.parametrize(
    ("said", "begins", "ends"),
    [
        ('said "this is no cure" and the efficacy of', "said", "of"),
        ("the first-line drug isn't proven - yet.", "the first", "yet."),
        ("The extraordinary dose of naïve patients - 10-20 mg - was given... as it", "The", "it"),
        (unicodedata.normalize("NFD", "extraordinary dose of naïve patients"), "extra", "patients"),
        ("yet.The extraordinary dose of naïve patients", "yet", "patients"),
        ("The extraordinary dose of naive patients", "The", "patients"),
        ("A word that was parted at the end of a line", "A word", "line"),
        ("A word that was par-\nted at the end of a line", "A word", "line"),
        ("Earlier work said so and later work", "Earlier", "work"),
        ("later work said the very same thing", "later", "thing"),
        ("SERUM POTASSIUM ROSE TO 5.5 MMOL/L IN THOSE", "Serum", "those"),
        ("2.5 mg were given to each", "2.5", "each"),
        ("2.5 mg were gi\u00ad\nven to each", "2.5", "each"),
        ("One dose of 20 \u03bcg was followed", "One dose", "followed"),
    ],
)
def test_typography_counts_for_nothing(said: str, begins: str, ends: str) -> None:
    found = words(said)
    assert found.startswith(begins)
    assert found.endswith(ends)


@pytest.mark.parametrize(
    "said",
    [
        "potassium rose to 55 mmol/L in those who also took",
        "potassium rose to 5.5 mmol/L in those who NEVER took",
        "Cells were 109 per litre in all of the volunteers",
        "5 mg were given to each one",
        "mg were given to each one of them dail",
        "umes rose to 5.5 mmol/L in those",
        "of the drug",
        "",
        "SERUM POTASSIUM ROSE TO 55 MMOL/L IN THOSE",
    ],
)
def test_other_words_and_numbers_count(said: str) -> None:
    assert words(said) == ("A title" if not said else "")


def test_what_is_not_placed_keeps_its_own_words() -> None:
    said = "potassium rose to 55 mmol/L in those who also took spironolactone for hypertension."
    made = placed_note(DOCUMENT, FoundNote("k", FoundSource(), said), "a")
    assert (made.state, made.target.quote.exact) == ("unplaced", said)


def test_what_stands_around_places_a_few_words_and_parts_of_words() -> None:
    assert words("5.5", "Serum potassium rose to ", " mmol/L in those who") == "5.5"
    assert words("tassium", "Serum po", " rose to 5.5 mmol/L") == "tassium"
    assert words("5 mg", " the volunteers. 2.", " were given to each") == "5 mg"
    assert words("5.5", "Serum sodium fell to ", " mmol/L in those who") == ""
    assert words("2", "of the volunteers. ", ".5 mg were given") == "2"


@given(st.text(max_size=80), st.text(max_size=20), st.text(max_size=20))
def test_any_words_are_placed_or_not(exact: str, prefix: str, suffix: str) -> None:
    made = placed_note(DOCUMENT, FoundNote("k", FoundSource(), exact, prefix, suffix), "a")
    assert made.target.document_id == DOCUMENT.id


def test_a_document_without_blocks_has_no_place_for_a_note_on_all_of_it() -> None:
    bare = Document("e" * 64, "A", "Words")
    made = placed_note(bare, FoundNote("k", FoundSource(), "", note="n"), "a")
    assert made.state == "unplaced"
