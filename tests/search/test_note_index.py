"""Notes come and go in small segments, and are found as if they had all come at once."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from reader.model.search import Answer, Query
from reader.model.span import Span
from reader.search.note_index import NoteIndex, NoteText
from reader.search.searcher import Finder
from tests.search.samples import nowhere


def a_note(number: int, note: str, tags: tuple[str, ...] = (), quote: str = "") -> NoteText:
    return NoteText(
        f"n{number}", f"d{number % 3}", Span(number, number + 1), "pink", tags, note, quote
    )


def ids(answer: Answer) -> list[str]:
    return [hit.annotation_id for hit in answer.notes]


def test_in_any_order_and_cut_they_answer_alike(tmp_path: Path) -> None:
    chance = Random(3)
    finder = Finder(tmp_path, nowhere)
    notes = {n: a_note(n, f"dose word{n % 5} 10\u202f000") for n in range(40)}
    grown = NoteIndex()
    for number, note in notes.items():
        grown.update([note])
        if chance.random() < 0.3:
            gone = chance.randrange(number + 1)
            grown.update([], [f"n{gone}"])
            grown.update([notes[gone]], ["n99"])
    whole = NoteIndex()
    whole.update(notes.values())
    whole.update([])
    for text in (
        "dose",
        "word3",
        "10000",
        "in:notes",
        "word1 -word2",
        "tag:x",
        "colour:Pink word4",
    ):
        for limit in (3, 100):
            query = Query(text, limit=limit)
            assert ids(finder.find(query, grown)) == ids(finder.find(query, whole)), text


def test_nothing_is_left_of_notes_that_are_all_gone(tmp_path: Path) -> None:
    index = NoteIndex()
    for number in range(12):
        index.update([a_note(number, "dose")])
        index.update([], [f"n{number}"])
    assert ids(Finder(tmp_path, nowhere).find(Query("dose OR in:notes"), index)) == []


def test_no_segment_grows_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.search.note_index.MOST_NOTES_IN_A_SEGMENT", 4)
    index = NoteIndex()
    for start in range(0, 60, 6):
        index.update(a_note(number, "dose") for number in range(start, start + 6))
    assert len(ids(Finder(tmp_path, nowhere).find(Query("dose", limit=99), index))) == 60


def test_a_note_its_tags_and_its_passage_are_lines(tmp_path: Path) -> None:
    index = NoteIndex()
    index.update(
        [
            a_note(1, " one\n two ", ("three", "four"), "five  six"),
            a_note(2, "", ("three",), "four"),
            a_note(3, "", (), "three four"),
        ]
    )
    assert [index.notes[f"n{n}"].text for n in (1, 2, 3)] == [
        "one two #three #four\nfive six",
        "#three\nfour",
        "\nthree four",
    ]
    finder = Finder(tmp_path, nowhere)
    assert ids(finder.find(Query('"three four"'), index)) == ["n3"]
    found = finder.find(Query("four"), index).notes
    kinds = [(one.annotation_id, one.kind) for one in found]
    assert sorted(kinds) == [("n1", "note"), ("n2", "highlight"), ("n3", "highlight")]
    assert kinds[0] == ("n1", "note")
    snippets = [one.snippet for one in finder.find(Query("three"), index).notes]
    assert {mark.cut(one.text) for one in snippets for mark in one.marks} == {"three"}


@pytest.mark.parametrize(
    ("text", "notice"),
    [
        ("colour:mauve", "There is no colour “mauve”"),
        ("colour:Green dose", "No note is marked in green."),
        ("tag:cardiology", "No note has the tag “cardiology”."),
        ("colour:PINK", ""),
    ],
)
def test_a_colour_or_tag_that_no_note_has_is_said(tmp_path: Path, text: str, notice: str) -> None:
    index = NoteIndex()
    index.update([a_note(1, "dose")])
    said = Finder(tmp_path, nowhere).find(Query(text), index).notice
    assert notice in said if notice else "colour" not in said
