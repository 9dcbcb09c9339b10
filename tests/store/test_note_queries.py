from __future__ import annotations

import pytest

from reader.store.note_filter import NoteFilter
from reader.store.notes import Notes
from tests.store.samples import added, edited


def found(notes: Notes, text: str) -> list[str]:
    return sorted(annotation.id for annotation in notes.queries.search(text))


def test_quotes_notes_and_tags_are_found_by_their_words(notes: Notes) -> None:
    added(notes, 1, note="Give *slowly*")
    added(notes, 2, tags=("naïve", "first dose"))
    annotation = added(notes, 3)
    assert found(notes, "words") == ["a1", "a2", "a3"]
    assert found(notes, "SLOWL") == ["a1"]
    assert found(notes, "words slow") == ["a1"]
    assert found(notes, "naive") == ["a2"]
    assert found(notes, '"dose"') == ["a2"]
    assert found(notes, 'NOT OR ( " * \x00') == found(notes, "  ") == []
    edited(notes, annotation, note="Give fast")
    assert found(notes, "give") == ["a1", "a3"]
    assert len(notes.queries.search("words", limit=2)) == 2
    notes.undo()
    assert found(notes, "fast") == []


@pytest.mark.parametrize(
    ("choice", "ids"),
    [
        (NoteFilter(), ["a1", "a2", "a3"]),
        (NoteFilter(document_id="d2"), ["a3"]),
        (NoteFilter(document_ids=("d2", "none")), ["a3"]),
        (NoteFilter(ids=("a3", "a1", "none")), ["a1", "a3"]),
        (NoteFilter(tag="dose"), ["a1", "a3"]),
        (NoteFilter(tags=("age", 'say "no"')), ["a1", "a2"]),
        (NoteFilter(tags=("do", "gone")), []),
        (NoteFilter(colours=("pink", "blue")), ["a2"]),
        (NoteFilter(document_ids=("d2", "d9")), ["a3"]),
        (NoteFilter(document_ids=("",)), []),
        (NoteFilter(tag="do"), []),
        (NoteFilter(tag='say "no"'), ["a2"]),
        (NoteFilter(colour="pink"), ["a2"]),
        (NoteFilter(words="giv"), ["a1"]),
        (NoteFilter(words="  "), ["a1", "a2", "a3"]),
        (NoteFilter(since="2024-01-01T00:00:01"), ["a2", "a3"]),
        (NoteFilter(until="2024-01-01T00:00:01"), ["a1"]),
        (NoteFilter(tag="dose", colour="yellow", document_id="d1", words="words"), ["a1"]),
        (NoteFilter(in_trash=True), ["a4"]),
    ],
)
def test_annotations_are_chosen(notes: Notes, choice: NoteFilter, ids: list[str]) -> None:
    added(notes, 1, note="Give", tags=("dose", "age"), modified="2024-01-01T00:00:00.500Z")
    added(notes, 2, colour="pink", tags=('say "no"',), modified="2024-01-01T00:00:01.000Z")
    added(notes, 3, "d2", tags=("dose",), modified="2024-01-01T00:00:02.000Z")
    added(notes, 4, deleted="2024-01-01T00:00:03Z", tags=("gone",))
    assert notes.queries.choose(choice) == ids
    assert [annotation.id for annotation in notes.some([*ids, "a9"])] == ids
    for most in (9, 1):
        count, first = notes.queries.first(choice, most)
        assert (count, [annotation.id for annotation in first]) == (len(ids), ids[:most])
    assert notes.queries.count() == 4
    assert notes.queries.tags() == {"dose": 2, "age": 1, 'say "no"': 1}


def test_notes_in_groups(notes: Notes) -> None:
    added(notes, 2, "d2", colour="pink", tags=("dose", "ward"))
    added(notes, 1, "d2", tags=("dose",))
    added(notes, 3, "d1", state="moved")
    added(notes, 4, "d1", deleted="2024-02-02T00:00:00Z")
    everything = NoteFilter()
    assert notes.queries.grouped(everything, "document") == {"d1": ["a3"], "d2": ["a1", "a2"]}
    by_tag = notes.queries.grouped(everything, "tag")
    assert {tag: sorted(ids) for tag, ids in by_tag.items()} == {
        "": ["a3"],
        "dose": ["a1", "a2"],
        "ward": ["a2"],
    }
    assert notes.queries.grouped(everything, "colour") == {"yellow": ["a3", "a1"], "pink": ["a2"]}
    assert notes.queries.grouped(everything, "month") == {"2024-01": ["a3", "a1", "a2"]}
    assert notes.queries.grouped(NoteFilter(states=("moved", "check")), "document") == {
        "d1": ["a3"]
    }
    assert notes.queries.grouped(NoteFilter(in_trash=True), "document") == {"d1": ["a4"]}


def test_what_was_changed_since_is_told_by_number(notes: Notes) -> None:
    assert (notes.queries.latest_operation(), notes.queries.changed_after(0)) == (0, [])
    first = added(notes, 1)
    seen = notes.queries.latest_operation()
    added(notes, 2)
    assert notes.queries.changed_after(seen) == ["a2"]
    edited(notes, first, note="Later")
    assert sorted(notes.queries.changed_after(seen)) == ["a1", "a2"]
    assert notes.queries.changed_after(notes.queries.latest_operation()) == []


def test_they_are_counted_without_the_trash(notes: Notes) -> None:
    assert notes.queries.counts() == {}
    added(notes, 1)
    added(notes, 2, "d2")
    added(notes, 3, "d2", deleted="2024-01-01T00:00:03Z")
    assert notes.queries.counts() == {"d1": 1, "d2": 1}
