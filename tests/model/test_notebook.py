"""What goes out with a note: its words as they read, its place, its source, what it cites."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reader.model.annotation import Annotation
from reader.model.describing import describe
from reader.model.document import Document
from reader.model.notebook import citation, cited_references, clean_quote, gather
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
    assert citation(replace(document, **fields)) == line  # type: ignore[arg-type]
