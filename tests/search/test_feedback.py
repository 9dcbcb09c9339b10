"""A question finds what says the same in other words, and says so; a short one does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.model.search import Answer, Query
from reader.search import execute as answering
from reader.search import feedback as room
from reader.search.index import Index
from reader.search.searcher import Finder
from tests.search.samples import nowhere
from tests.search.test_ranking import a_document

QUESTION = "does ketamine relieve anxiety in older people"
TEXTS = {
    "one": "Ketamine can relieve anxiety by N-methyl-D-aspartate. A glutamate surge in the cortex "
    "is said to do it.",
    "two": "Whom does ketamine relieve? A glutamate surge comes first, 30 minutes in.",
    "three": "A glutamate surge follows blocked receptors; the cortex answers with a surge.",
    "four": "Kidneys make water out of blood all day.",
}


@pytest.fixture
def finder(tmp_path: Path) -> Finder:
    # Three segments, of which the last holds no answer to the question.
    for names in (("one", "two"), ("three",), ("four",)):
        Index(tmp_path).add(a_document(name, name, (name, TEXTS[name])) for name in names)
    assert len(list(tmp_path.glob("*.arrays"))) == 3
    return Finder(tmp_path, nowhere)


def ids(answer: Answer) -> list[str]:
    return list(dict.fromkeys(hit.document_id for hit in answer.hits))


def test_other_words_of_the_best_answers_find_more(finder: Finder) -> None:
    answer = finder.find(Query(QUESTION, related=True))
    assert sorted(ids(answer)) == ["one", "three", "two"]
    assert ids(answer)[-1] == "three"
    cuts = {hit.span.cut(f"three\n{TEXTS['three']}") for hit in answer.hits[-3:]}
    assert cuts <= {"glutamate", "surge", "cortex"}
    assert answer.notice.endswith("in other words is among them.")
    assert answer.total == len(answer.hits)


def test_only_when_they_are_wanted(finder: Finder) -> None:
    answer = finder.find(Query(QUESTION))
    assert sorted(ids(answer)) == ["one", "two"]
    assert "other words" not in answer.notice


@pytest.mark.parametrize("text", ["ketamine", '"ketamine can" kidneys anxiety relieve cortex said'])
def test_never_where_a_word_is_looked_for_or_a_phrase_is_firm(finder: Finder, text: str) -> None:
    answer = finder.find(Query(text, related=True))
    assert "three" not in ids(answer)


def test_few_words_are_a_place_to_be_found(finder: Finder) -> None:
    assert ids(finder.find(Query("ketamine kidneys", related=True))) != []
    assert "three" not in ids(finder.find(Query("ketamine kidneys", related=True)))


def test_few_words_too_where_there_are_answers_to_learn_from(
    finder: Finder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "DOCUMENTS", 3)
    assert "three" in ids(finder.find(Query("ketamine kidneys", related=True)))
    for limit in (2, 100):
        best = ids(finder.find(Query("ketamine kidneys", limit=limit, related=True)))
        assert best[:2] == ["four", "two"]


def test_the_weightiest_words_are_the_same_however_few_are_wanted(
    finder: Finder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words too light to be among so few are left alone, and the heaviest of all is not."""
    many = finder.find(Query(QUESTION, related=True))
    monkeypatch.setattr(room, "TERMS", 1)
    few = finder.find(Query(QUESTION, related=True))
    assert few.total < many.total
    assert {(hit.document_id, hit.span) for hit in few.hits} <= {
        (hit.document_id, hit.span) for hit in many.hits
    }


def test_not_in_one_document(finder: Finder) -> None:
    assert ids(finder.find(Query(QUESTION, "one", related=True))) == ["one"]


def test_not_where_it_takes_too_long(finder: Finder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_POSTINGS", 3)
    answer = finder.find(Query(QUESTION, related=True))
    assert sorted(ids(answer)) == ["one", "two"]


def test_nothing_can_be_learnt_from_no_answer(finder: Finder) -> None:
    assert finder.find(Query("zebras xylophones quagmires marmots lemurs", related=True)).hits == ()


def test_words_in_brackets_are_words_like_others(finder: Finder) -> None:
    """In a question brackets are not meant as operators."""
    plain = finder.find(Query("ketamine (often given to older people) kidneys"))
    assert sorted(ids(plain)) == ["four", "one", "two"]
