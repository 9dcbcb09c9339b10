from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

import reader.search.index_view as view_room
import reader.search.postings as room
from reader.importers.builder.document_builder import DocumentBuilder
from reader.model.document import Document
from reader.model.search import Query
from reader.search import matcher as matching
from reader.search.index import Index
from reader.search.searcher import Finder
from tests.search.comparing import Library, compare
from tests.search.samples import PATTERNS, a_question, nowhere


def a_document(name: str, text: str) -> Document:
    writer = DocumentBuilder()
    writer.begin("paragraph")
    writer.add(text)
    return writer.build(id=name, title="")


@pytest.mark.parametrize(
    ("kept", "chunk", "few", "sparse"), [(0, 1, 1, 16), (0, 30, 16, 0), (5, 10**6, 2, 10**9)]
)
def test_answers_are_the_same_whether_rows_are_kept_or_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: int, chunk: int, few: int, sparse: int
) -> None:
    monkeypatch.setattr(room, "FEW_WORDS", few)
    monkeypatch.setattr(room, "SPARSE", sparse)
    monkeypatch.setattr(room, "KEPT_ROWS", kept)
    monkeypatch.setattr(room, "CHUNK", chunk)
    chance = Random(kept + chunk)
    library = Library(tmp_path / "index", chance)
    for _ in range(3):
        library.change()
        for _ in range(30):
            compare(library, a_question(chance), chance)
            compare(library, " ".join(chance.choices(PATTERNS, k=2)), chance)


def test_of_too_many_words_the_commonest_are_found_and_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = Index(tmp_path)
    index.add([a_document("a", "notion"), a_document("b", "notion"), a_document("c", "potion")])
    finder = Finder(tmp_path, nowhere)
    assert finder.find(Query("*otion")).total == 3
    assert finder.find(Query("*otion")).notice == ""
    monkeypatch.setattr(room, "MOST_ROWS", 2)
    answer = Finder(tmp_path, nowhere).find(Query("*otion"))
    assert [hit.document_id for hit in answer.hits] == ["a", "b"]
    assert answer.notice == "Very many words are like *otion; only the commonest are looked for."


@pytest.mark.parametrize("size", [1, 2, 9])
@pytest.mark.parametrize("gone", [0, 3])
def test_which_words_are_the_commonest_is_asked_of_the_whole_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, gone: int
) -> None:
    words = ["lotion", "notion", "potion", "notion", "motion", "lotion", "motion", "notion"]
    documents = [a_document(f"d{n}", f"{word} {n}") for n, word in enumerate(words)]
    removed = [a_document(f"gone{n}", "potion") for n in range(gone)]
    everything = [*documents, *removed]
    index = Index(tmp_path)
    for start in range(0, len(everything), size):
        index.add(everything[start : start + size])
    index.remove([one.id for one in removed])
    monkeypatch.setattr(view_room, "MOST_ROWS", 6)
    # Three of notion and two of lotion are the commonest; motion is as common, and comes later.
    answer = Finder(tmp_path, nowhere).find(Query("*otion"))
    assert sorted(hit.document_id for hit in answer.hits) == ["d0", "d1", "d3", "d5", "d7"]
    assert answer.notice == "Very many words are like *otion; only the commonest are looked for."
    monkeypatch.setattr(view_room, "MOST_ROWS", 8)
    answer = Finder(tmp_path, nowhere).find(Query("*otion"))
    assert (len(answer.hits), answer.notice) == (8, "")


@pytest.mark.parametrize("text", ['"*otion is"', "*otion NEAR/3 is", "*otion in:text"])
def test_of_too_many_words_fewer_are_compared_by_their_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(matching, "BLOCK", 1)
    index = Index(tmp_path)
    words = {"a": "notion", "b": "notion", "c": "potion"}
    index.add(a_document(name, f"{word} is") for name, word in words.items())
    assert Finder(tmp_path, nowhere).find(Query(text)).total == 3
    monkeypatch.setattr(room, "MOST_PLACED_ROWS", 2)
    answer = Finder(tmp_path, nowhere).find(Query(text))
    assert [hit.document_id for hit in answer.hits] == ["a", "b"]
    assert answer.notice == "Very many words are like *otion; only the commonest are looked for."
