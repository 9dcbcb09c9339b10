"""What goes out with a note: its words as they read, its place, its source, what it cites."""

from __future__ import annotations

import time as time_module
from dataclasses import replace

import pytest

from reader.model.anchoring.selector import describe
from reader.model.annotation import Annotation
from reader.model.document import Document, Mark, with_details
from reader.model.export.export_set import (
    citation,
    cited_references,
    clean_quote,
    gather,
    local_day,
    on_one_line,
)
from reader.model.plain_text import Piece
from reader.model.span import Span
from tests.model.samples import ARTICLE, an_article, place


def note(document: Document, words: str, name: str = "", nth: int = 0) -> Annotation:
    return Annotation(name or words, describe(document, place(document.text, words, nth)))


def test_notes_come_by_document_in_reading_order() -> None:
    first, second = an_article(), replace(an_article(), id="e" * 64, title="Another")
    documents = {first.id: first, second.id: second}
    annotations = [
        note(first, "Patients"),
        note(first, "Ketamine blocks the"),
        note(first, "Ketamine blocks"),
        note(second, "Side effects"),
        replace(note(first, "rises"), target=describe(replace(first, text="gone"), Span(0, 4))),
    ]
    made = gather(annotations, documents.get, "2026-01-01T00:00:00Z", "anna")
    assert [chapter.document.title for chapter in made.chapters] == [
        "Another",
        "Ketamine in anxiety",
    ]
    entries = made.chapters[1].entries
    assert [entry.annotation.id for entry in entries[:3]] == [
        "Ketamine blocks the",
        "Ketamine blocks",
        "Patients",
    ]
    assert entries[3].span is None
    assert entries[3].quote == "gone"
    assert entries[0].path == ("Background",)
    assert entries[0].link == f"offprint:{first.id}#Ketamine%20blocks%20the"
    assert made.count == 5


def test_a_document_that_is_gone_keeps_its_notes() -> None:
    made = gather([note(an_article(), "Patients")], lambda _: None, "")
    assert "no longer in the library" in made.chapters[0].document.title
    assert made.chapters[0].entries[0].quote == "Patients"


def test_a_quote_reads_without_the_digits_of_its_marks_and_brings_what_they_mean() -> None:
    document = an_article()
    span = Span(ARTICLE.index("NMDA"), ARTICLE.index("The usual"))
    assert clean_quote(document, span) == (
        "NMDA receptor within minutes. Glutamate then rises in the prefrontal cortex, and AMPA "
        "receptors answer it."
    )
    assert [label for label, _ in cited_references(document, span)] == ["1", "2", "3"]
    start = span.start + len("NMDA receptor")
    assert clean_quote(document, Span(start, start + 1)) == ""


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({}, "Title. (a.txt)"),
        (
            {"authors": ("A. Berg", "B. Low"), "published": "2020-05"},
            "Berg A, Low B. Title. 2020.",
        ),
        ({"authors": tuple("ABCDEFG")}, "A, B, C, D, E, F, et al. Title."),
        ({"journal": "Ann.", "doi": "10.1/x"}, "Title. Ann. doi:10.1/x"),
        ({"address": "https://x.example/a"}, "Title. Available from: https://x.example/a"),
    ],
)
def test_a_citation_says_what_is_known(fields: dict[str, object], line: str) -> None:
    document = Document("d", "Title.", "", source="a.txt")
    assert citation(with_details(document, fields)) == line


@pytest.mark.parametrize(
    ("some", "line"),
    [
        ([], []),
        ([" a ", "b"], ["a ", "b"]),
        (["a\n", "\n b"], ["a ", "b"]),
        (["a", "\n", "b"], ["a", " ", "b"]),
        (["a", " "], ["a"]),
        (["a ", " ", "b "], ["a ", "b"]),
        ([" ", "a"], ["a"]),
        (["a", "  b"], ["a", " b"]),
    ],
)
def test_pieces_on_one_line(some: list[str], line: list[str]) -> None:
    assert [one.words for one in on_one_line(map(Piece, some))] == line


def test_signs_of_a_quote_and_its_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "below 109 and CO2 as shown [1], [2]."
    marks = [("sup", "9"), ("sub", "2"), ("reference_mark", "[1]"), ("reference_mark", "[2]")]
    made = tuple(
        Mark(kind, place(text, words), "1")  # type: ignore[arg-type]  # one of the kinds
        for kind, words in marks
    )
    document = Document("d", "T", text, marks=made)
    one = Annotation("a", describe(document, Span(0, len(text))), "blue")
    notebook = gather([one], {"d": document}.get, "", meanings={"blue": "Dose"})
    (entry,) = notebook.chapters[0].entries
    assert entry.quote == "below 10⁹ and CO₂ as shown."
    assert [piece.words for piece in entry.pieces if piece.kinds] == ["9", "2"]
    assert entry.facts == ("Dose (blue)",)


@pytest.mark.parametrize(
    ("time", "day"),
    [
        ("2026-02-03T23:30:00Z", "2026-02-04"),
        ("2026-02-03T12:00:00+00:00", "2026-02-03"),
        ("", ""),
        ("yesterday at noon", "yesterday "),
        ("0001-01-01T00:00:00+23:00", "0001-01-01"),
    ],
)
@pytest.mark.skipif(not hasattr(time_module, "tzset"), reason="the zone cannot be set here")
def test_days_are_those_of_the_person(time: str, day: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time_module.tzset()
    try:
        assert local_day(time) == day
    finally:
        monkeypatch.undo()
        time_module.tzset()
