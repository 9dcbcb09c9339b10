from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from reader.model.anchoring.selector import describe
from reader.model.annotation import Annotation, Change
from reader.model.document import Document, Section
from reader.model.search import Hit, Query, Snippet
from reader.model.span import Span
from reader.paths import Paths
from reader.services.note_search import note_hits
from reader.store.notes import Notes

TEXT = "Dose\nGive half a tablet.\nNever more."
DOCUMENT = Document(
    "ab" * 32,
    "On doses",
    TEXT,
    sections=(Section("s1", None, 1, None, "Dose", "body", Span(0, len(TEXT))),),
)


@pytest.fixture
def notes(paths: Paths) -> Iterator[Notes]:
    notes = Notes(paths.notes("anna"))
    yield notes
    notes.close()


def marked(notes: Notes, words: str, note: str = "", tags: tuple[str, ...] = ()) -> None:
    start = TEXT.index(words)
    target = describe(DOCUMENT, Span(start, start + len(words)))
    annotation = Annotation(words, target, note=note, tags=tags)
    notes.apply(Change(None, annotation))


def found(
    notes: Notes, text: str, document: Document | None = DOCUMENT
) -> list[tuple[Hit, Snippet]]:
    return list(note_hits(notes, lambda _: document, Query(text)))


def test_a_note_is_found_at_its_passage(notes: Notes) -> None:
    marked(notes, "half a tablet", "Ask  the\nnaïve pharmacist", ("first dose",))
    ((hit, snippet),) = found(notes, "NAIVE phar")
    span = Span(10, 23)
    assert hit == Hit(DOCUMENT.id, "s1", "note", span, span, 0.0, "half a tablet")
    assert snippet.text == "Ask the naïve pharmacist #first dose"
    assert [mark.cut(snippet.text) for mark in snippet.marks] == ["naïve", "phar"]
    ((_, snippet),) = found(notes, "first")
    assert [mark.cut(snippet.text) for mark in snippet.marks] == ["first"]


def test_a_long_note_is_cut_round_what_was_found(notes: Notes) -> None:
    marked(notes, "half", "words " * 100 + "needle " + "words " * 100)
    ((_, snippet),) = found(notes, "needle")
    assert len(snippet.text) == 160
    assert [mark.cut(snippet.text) for mark in snippet.marks] == ["needle"]


def test_a_passage_is_found_in_the_text_and_not_again_here(notes: Notes) -> None:
    marked(notes, "half a tablet")
    assert found(notes, "tablet") == []


def test_a_passage_that_is_gone_from_the_text_is_still_found(notes: Notes) -> None:
    marked(notes, "half a tablet")
    revised = replace(DOCUMENT, text="Dose\nGive a quarter.\nNever more.", sections=())
    ((hit, snippet),) = found(notes, "tablet", revised)
    assert (hit.kind, hit.span, hit.section_id) == ("highlight", Span(0, 0), "")
    assert snippet.text == "half a tablet"


def test_other_documents_and_those_that_are_gone_are_left_out(notes: Notes) -> None:
    marked(notes, "half a tablet", "needle")
    assert found(notes, "needle", None) == []
    elsewhere = Query("needle", document_id="cd" * 32)
    assert list(note_hits(notes, lambda _: DOCUMENT, elsewhere)) == []


def test_notes_alone_by_colour_and_tag(notes: Notes) -> None:
    marked(notes, "half a tablet", "Ask the pharmacist", ("first dose",))
    marked(notes, "Never more")
    assert [hit.kind for hit, _ in found(notes, "in:notes")] == ["note", "highlight"]
    ((hit, snippet),) = found(notes, "in:notes never")
    assert hit.kind == "highlight"
    assert snippet.text == "Never more"
    assert [mark.cut(snippet.text) for mark in snippet.marks] == ["Never"]
    ((hit, _),) = found(notes, 'tag:"first dose"')
    assert hit.annotation_id == "half a tablet"
    assert len(found(notes, "colour:yellow")) == 2
    assert found(notes, "colour:pink") == []


def test_fields_and_signs_are_no_words(notes: Notes) -> None:
    marked(notes, "half a tablet", "Ask the pharmacist")
    assert len(found(notes, '"the pharmacist" -nurse')) == 1
    assert found(notes, "title:pharmacist") == []


def test_notes_in_documents_that_do_not_fit_are_left_out(notes: Notes) -> None:
    marked(notes, "half a tablet", "Ask the pharmacist")
    for text in ("pharmacist", "in:notes"):
        query = Query(text)
        assert list(note_hits(notes, lambda _: DOCUMENT, query, lambda _: False)) == []
        assert len(list(note_hits(notes, lambda _: DOCUMENT, query, DOCUMENT.id.__eq__))) == 1
