from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

import reader.services.note_search as room
from reader.model.anchoring.selector import describe
from reader.model.annotation import Annotation, Change
from reader.model.document import Document, Section
from reader.model.search import Answer, Hit, Query, Snippet
from reader.model.span import Span
from reader.paths import Paths
from reader.search.index import Index
from reader.search.searcher import Finder
from reader.services.note_search import SearchedNotes, note_hits
from reader.store.notes import Notes

Found = Callable[..., list[tuple[Hit, Snippet]]]
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


@pytest.fixture
def finder(paths: Paths) -> Finder:
    Index(paths.index).add([DOCUMENT])
    return Finder(paths.index, lambda _: DOCUMENT, filed=filed)


@pytest.fixture
def ask(notes: Notes, finder: Finder) -> Callable[..., Answer]:
    searched = SearchedNotes(notes.path)
    return lambda text, **more: finder.find(Query(text, **more), searched.index)


@pytest.fixture
def found(notes: Notes, ask: Callable[..., Answer]) -> Callable[..., list[tuple[Hit, Snippet]]]:
    def hits(text: str, document: Document | None = DOCUMENT) -> list[tuple[Hit, Snippet]]:
        return list(note_hits(notes, lambda _: document, ask(text)))

    return hits


def filed(field: str, name: str) -> set[str] | None:
    """All documents are in the collection “ward”."""
    return {"ward": {DOCUMENT.id}, "empty": set()}.get(name) if field == "collection" else None


def test_a_note_is_found_at_its_passage(notes: Notes, found: Found) -> None:
    marked(notes, "half a tablet", "Ask  the\nnaïve pharmacist", ("first dose",))
    ((hit, snippet),) = found("NAIVE pharm*")
    span = Span(10, 23)
    assert hit == Hit(DOCUMENT.id, "s1", "note", span, span, hit.score, "half a tablet")
    assert snippet.text == "Ask the naïve pharmacist #first dose"
    assert [mark.cut(snippet.text) for mark in snippet.marks] == ["naïve", "pharmacist"]
    ((_, snippet),) = found("first")
    assert [mark.cut(snippet.text) for mark in snippet.marks] == ["first"]


def test_a_long_note_is_cut_round_what_was_found(notes: Notes, found: Found) -> None:
    marked(notes, "half", "words " * 100 + "needle " + "words " * 100)
    ((_, snippet),) = found("needle")
    assert len(snippet.text) == 160
    assert [mark.cut(snippet.text) for mark in snippet.marks] == ["needle"]


def test_a_passage_is_found_in_the_text_and_not_again_here(notes: Notes, found: Found) -> None:
    marked(notes, "half a tablet")
    assert found("tablet") == []


def test_a_passage_that_is_gone_from_the_text_is_still_found(notes: Notes, found: Found) -> None:
    marked(notes, "half a tablet")
    revised = replace(DOCUMENT, text="Dose\nGive a quarter.\nNever more.", sections=())
    ((hit, snippet),) = found("tablet", revised)
    assert (hit.kind, hit.span, hit.section_id) == ("highlight", Span(0, 0), "")
    assert snippet.text == "half a tablet"


def test_other_documents_and_those_that_are_gone_are_left_out(
    notes: Notes, found: Found, ask: Callable[..., Answer]
) -> None:
    marked(notes, "half a tablet", "needle")
    assert found("needle", None) == []
    assert ask("needle", document_id="cd" * 32).notes == ()
    assert len(ask("needle", document_id=DOCUMENT.id).notes) == 1
    answer = ask("needle")
    notes.purge("half a tablet")
    assert list(note_hits(notes, lambda _: DOCUMENT, answer)) == []


def test_notes_alone_by_colour_and_tag(notes: Notes, found: Found) -> None:
    marked(notes, "half a tablet", "Ask the pharmacist", ("first dose",))
    marked(notes, "Never more")
    assert [hit.kind for hit, _ in found("in:notes")] == ["note", "highlight"]
    ((hit, snippet),) = found("in:notes never")
    assert hit.kind == "highlight"
    assert snippet.text == "Never more"
    assert [mark.cut(snippet.text) for mark in snippet.marks] == ["Never"]
    ((hit, _),) = found('tag:"first dose"')
    assert hit.annotation_id == "half a tablet"
    assert len(found("colour:yellow")) == 2
    assert found("colour:pink") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"the pharmacist" -nurse', "a"),
        ("ketamine NOT placebo", "b"),
        ("ketamine -placebo", "b"),
        ("ketamine OR pharmacist", "abc"),
        ("ketamine (placebo OR propofol)", "c"),
        ("*amine", "bc"),
        ("k?tamin*", "bc"),
        ("ketamin~ in:notes", "bc"),
        ("ketamine NEAR/1 placebo", "c"),
        ("ketamine NEAR/0 placebo", ""),
        ('"ketamine placebo"', ""),
        ("beta-blocker", "b"),
        ("betablocker", "b"),
        ("IL6", "b"),
        ("TNFalpha CO2 5 mcg", "b"),
        ("1000 strasse fibrosis", "b"),
        ("hemoglobin", "c"),
        ("MI", "c"),
        ("myocardial infarction -in:notes", ""),
        ("pharmacist in:notes", "a"),
        ("tag:COVID-19", "a"),
        ("tag:covid-19 -pharmacist", ""),
        ('tag:"On Call" OR colour:PINK', "bc"),
        ("-tag:covid-19 in:notes", "bc"),
        ("colour:green", ""),
        ("pharmacist collection:ward", "a"),
        ("pharmacist -collection:ward", ""),
        ("pharmacist collection:empty", ""),
        ("pharmacist year:2019", ""),
        ("pharmacist author:berg", ""),
        ("pharmacist title:doses", "a"),
        ("(pharmacist AND title:doses)", "a"),
        ("pharmacist in:title", ""),
        ("collection:ward", ""),
        ("zebra OR collection:ward", ""),
        ("collection:ward in:notes", "abc"),
    ],
)
def test_notes_answer_the_language_of_the_text(
    notes: Notes, ask: Callable[..., Answer], text: str, expected: str
) -> None:
    words = [
        ("a", "Ask the pharmacist", ("COVID-19",), "yellow"),
        ("b", "Ketamine, β-blocker, IL-6, TNF-α, CO₂, 5 µg, 1,000, Straße, ﬁbrosis", (), "pink"),
        ("c", "ketamine and placebo; haemoglobin after an MI, propofol", ("on call",), "yellow"),
    ]
    target = describe(DOCUMENT, Span(10, 23))
    for name, note, tags, colour in words:
        one = Annotation(name, target, note=note, tags=tags)
        notes.apply(Change(None, replace(one, colour=colour)))  # type: ignore[arg-type]
    assert "".join(sorted(hit.annotation_id for hit in ask(text).notes)) == expected


def test_the_best_come_first_and_what_was_written_before_what_was_marked(
    notes: Notes, ask: Callable[..., Answer]
) -> None:
    marked(notes, "half a tablet")
    marked(notes, "Never", "The tablet, after a very long talk about quite other things")
    marked(notes, "more", "tablet")
    for limit in (1, 2, 3):
        found = ask("tablet", limit=limit).notes
        assert [one.annotation_id for one in found] == ["more", "Never", "half a tablet"][:limit]
    same = [one.annotation_id for one in ask("in:notes", limit=2).notes]
    assert same == ["Never", "more"]


def test_filters_of_notes_that_match_nothing_say_so(
    notes: Notes, ask: Callable[..., Answer]
) -> None:
    marked(notes, "half a tablet", tags=("dose",))
    assert ask("tag:Dose colour:yellow").notice == ""
    assert ask("tag:doses").notice == "No note has the tag “doses”."
    assert ask("colour:Pink").notice == "No note is marked in pink."
    sentence = "There is no colour “red”: try yellow, green, blue, pink or violet."
    assert ask("colour:red OR half").notice == sentence
    assert ask("collection:nowhere").notice == "There is no collection “nowhere”."
    assert ask("collection:empty").notice == "The collection “empty” is empty."


def test_what_is_edited_is_found_as_it_is_now(notes: Notes, ask: Callable[..., Answer]) -> None:
    def ids(text: str) -> list[str]:
        return sorted(one.annotation_id for one in ask(text).notes)

    assert ids("in:notes") == []
    for number in range(30):
        target = describe(DOCUMENT, Span(10, 23))
        one = Annotation(f"n{number}", target, note=f"word{number} same")
        (change,) = notes.apply(Change(None, one))
        assert ids(f"word{number}") == [one.id]
    assert len(ids("same")) == 20
    assert change.after is not None
    notes.apply(Change(change.after, replace(change.after, note="other")))
    assert ids("word29") == []
    assert ids("other") == ["n29"]
    notes.purge("n28", "n29")
    assert ids("word28 OR other") == []


def test_a_file_that_nobody_touches_is_not_read_again(
    notes: Notes, ask: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    marked(notes, "half a tablet", "needle")
    for path in notes.path.parent.glob(notes.path.name + "*"):
        os.utime(path, (1, 1))
    assert len(ask("needle").notes) == 1
    monkeypatch.setattr(room, "Notes", None)
    assert len(ask("needle").notes) == 1


def test_without_a_file_there_are_none(paths: Paths, finder: Finder) -> None:
    searched = SearchedNotes(paths.notes("nobody"))
    assert finder.find(Query("in:notes"), searched.index).notes == ()


def test_of_many_notes_some_wait_until_the_question_is_asked_again(
    notes: Notes, finder: Finder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "SLICE", 2)
    target = describe(DOCUMENT, Span(10, 23))
    made = [Annotation(f"n{number}", target, note=f"same w{number}") for number in range(7)]
    notes.apply(*(Change(None, one) for one in made))
    searched = SearchedNotes(notes.path)

    def ids(seconds: float) -> list[str]:
        index = searched.take_in(seconds)
        return sorted(one.annotation_id for one in finder.find(Query("same"), index).notes)

    assert (ids(0), searched.waiting) == (["n0", "n1"], 5)
    # What changes meanwhile is read as it is when its turn comes.
    (edited,) = notes.some(["n4"])
    notes.apply(Change(edited, replace(edited, note="other")))
    notes.purge("n0", "n6")
    found = [(ids(0), searched.waiting)]
    while searched.waiting:
        found.append((ids(0), searched.waiting))
    assert len(found) > 2
    assert found[-1] == (["n1", "n2", "n3", "n5"], 0)
    assert ids(60) == ["n1", "n2", "n3", "n5"]
