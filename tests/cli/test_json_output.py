from __future__ import annotations

from reader.cli import json_output as as_json
from reader.model.document import Document, Mark, Reference, Section
from reader.model.publication import Publication
from reader.model.search import Hit, Snippet
from reader.model.span import Span

TEXT = "Dose\nIt is safe 1,2.\nOld age\nNo note a.\n1 Writer\n2 Other"


def a_document() -> Document:
    return Document(
        "ab" * 32,
        "On doses",
        TEXT,
        source="doses.html",
        authors=("A. Writer",),
        language="en",
        sections=(
            Section("s1", None, 1, "2.1", "Dose", "body", Span(0, 41)),
            Section("s2", "s1", 2, None, "Old age", "body", Span(21, 41)),
        ),
        marks=(
            Mark("strong", Span(0, 4)),
            Mark("reference_mark", Span(16, 19), "1 2"),
            Mark("reference_mark", Span(37, 38), "#41"),
        ),
        references=(Reference("1", Span(40, 48)), Reference("2", Span(49, 56))),
        publication=Publication(published="2024"),
    )


def test_an_outline_has_each_label_of_a_mark_and_no_marks_of_notes() -> None:
    assert as_json.outline(a_document()) == {
        "id": "ab" * 32,
        "title": "On doses",
        "authors": ["A. Writer"],
        "published": "2024",
        "language": "en",
        "sections": [
            {"id": "s1", "level": 1, "number": "2.1", "title": "Dose", "start": 0, "end": 41},
            {"id": "s2", "level": 2, "number": None, "title": "Old age", "start": 21, "end": 41},
        ],
        "references": [{"label": "1", "text": "1 Writer"}, {"label": "2", "text": "2 Other"}],
        "reference_marks": [
            {"label": "1", "start": 16, "end": 19},
            {"label": "2", "start": 16, "end": 19},
        ],
    }


def test_a_hit_says_its_path_and_what_is_marked_in_the_snippet() -> None:
    found = Hit("ab" * 32, "s2", "text", Span(32, 36), Span(21, 41), 1.23456)
    assert as_json.hit(found, a_document(), Snippet("No note", (Span(3, 7),))) == {
        "document_id": "ab" * 32,
        "source": "doses.html",
        "title": "On doses",
        "section_id": "s2",
        "section": "Dose › Old age",
        "kind": "text",
        "start": 32,
        "end": 36,
        "score": 1.2346,
        "snippet": "No note",
        "marks": [[3, 7]],
    }


def test_a_hit_in_no_section_has_no_path() -> None:
    found = Hit("ab" * 32, "", "title", Span(0, 0), Span(0, 0))
    assert as_json.hit(found, a_document(), Snippet("On doses", ()))["section"] == ""
