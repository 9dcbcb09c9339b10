from __future__ import annotations

from pathlib import Path

import pytest

from reader.model.search import Query
from reader.search import completion as room
from reader.search.index import Index
from reader.search.searcher import Finder
from tests.search.samples import nowhere
from tests.search.test_ranking import a_document

TEXTS = {
    "one": "An antagonist of N-methyl-D-aspartate. Antagonists are many.",
    "two": "The antagonist again, and antagonism. Café.",
    "three": "Antagonist, antagonism, antagonises.",
}


@pytest.fixture
def finder(tmp_path: Path) -> Finder:
    for name, text in TEXTS.items():
        Index(tmp_path).add([a_document(name, name, ("Part", text))])
    return Finder(tmp_path, nowhere)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("antag", "antagonist"),
        ("nmda Antag", "antagonist"),
        ("antagonist", ""),
        ("antagonism", ""),
        ("an", ""),
        ("zzz", ""),
        ("antag ", ""),
        ('"the antag', "antagonist"),
        ("antag*", ""),
        ("n-meth", ""),
        ("", ""),
        ("title:antag", "antagonist"),
    ],
)
def test_the_word_being_typed_is_completed_by_the_most_frequent(
    finder: Finder, text: str, word: str
) -> None:
    assert finder.find(Query(text, typing=True)).completion == word


def test_what_is_not_being_typed_is_left_alone(finder: Finder) -> None:
    assert finder.find(Query("antag")).completion == ""


def test_no_word_of_removed_documents_completes(tmp_path: Path) -> None:
    Index(tmp_path).add(a_document(name, name, ("Part", text)) for name, text in TEXTS.items())
    finder = Finder(tmp_path, nowhere)
    assert finder.find(Query("antagonise", typing=True)).completion == "antagonises"
    Index(tmp_path).remove(["three"])
    assert finder.find(Query("antagonise", typing=True)).completion == ""


def test_too_many_words_in_all_segments_mean_none(
    finder: Finder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """None of the segments has so many: the words of each are others."""
    monkeypatch.setattr(room, "MOST", 4)
    assert finder.find(Query("antag", typing=True)).completion == "antagonist"
    monkeypatch.setattr(room, "MOST", 3)
    assert finder.find(Query("antag", typing=True)).completion == ""


def test_too_many_words_mean_none(finder: Finder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST", 0)
    assert finder.find(Query("antag", typing=True)).completion == ""


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("ketamine in a", "anxiety: a review"),
        ("Ketamine  IN anxiety:", "anxiety: a review"),
        ("ketamine in", ""),
        ("ketamine in a ", ""),
        ("ketamine in anxiety: a review", ""),
        ("dose in antag", "antagonist"),
    ],
)
def test_a_title_is_completed_from_three_words_on(tmp_path: Path, text: str, rest: str) -> None:
    Index(tmp_path).add([a_document("one", "one", ("Part", TEXTS["one"]))])

    def titled(beginning: str) -> str:
        title = "Ketamine in anxiety: a review"
        return title if title.lower().startswith(beginning.lower()) else ""

    finder = Finder(tmp_path, nowhere, titled=titled)
    assert finder.find(Query(text, typing=True)).completion == rest
    assert finder.find(Query(text)).completion == ""
