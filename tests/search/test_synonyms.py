"""A short form finds what it stands for, and the other way round; people can say no."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.model.search import Answer, Query
from reader.search.index import Index
from reader.search.searcher import Finder
from reader.search.word_forms import Forms
from tests.search.samples import nowhere
from tests.search.test_ranking import a_document

TEXTS = {
    "defines": "The N-methyl-D-aspartate (NMDA) receptor is blocked. Who knows? NMDA it is.",
    "short": "An NMDA antagonist was given.",
    "long": "It blocks N-methyl-D-aspartate in the cortex.",
    "sclerosis": "In multiple sclerosis (MS) the nerves suffer. MS is long. "
    "Who (WHO) asks, who tells?",
    "stenosis": "In mitral stenosis (MS) the valve is narrow. Mitral stenosis is heard.",
    "health": "The World Health Organization (WHO) says so.",
    "target": "The mechanistic target of rapamycin (mTOR) grows; mTOR again.",
    "disorder": "Major depressive disorder is common.",
}
OWN = ["MDD\x1fmajor depressive disorder", "NMDA\x1fnever asked of the list"]


@pytest.fixture
def finder(tmp_path: Path) -> Finder:
    index = Index(tmp_path)
    for name, text in TEXTS.items():
        index.add([a_document(name, name, (name, text))])
    index.merge()
    return Finder(tmp_path, nowhere, OWN)


def cuts(answer: Answer) -> list[tuple[str, str]]:
    found = []
    for hit in answer.hits:
        text = f"{hit.document_id}\n{TEXTS[hit.document_id]}"
        found.append((hit.document_id, hit.span.cut(text)))
    return found


def names(answer: Answer) -> list[str]:
    return [expansion.name for expansion in answer.expansions]


def test_a_short_form_finds_the_long_one_after_itself(finder: Finder) -> None:
    answer = finder.find(Query("NMDA"))
    assert ("long", "N-methyl-D-aspartate") in cuts(answer)
    documents = [hit.document_id for hit in answer.hits]
    assert documents.index("short") < documents.index("long")
    assert names(answer) == ["NMDA = N-methyl-D-aspartate"]
    assert answer.expansions[0].used
    assert answer.expansions[0].origin == "library"


def test_a_long_form_finds_the_short_one(finder: Finder) -> None:
    answer = finder.find(Query("n-methyl-d-aspartate antagonist"))
    assert ("short", "NMDA") in cuts(answer)
    assert names(answer) == ["NMDA = N-methyl-D-aspartate"]
    answer = finder.find(Query("MDD"))
    assert [one for one, _ in cuts(answer)] == ["disorder"]
    assert answer.expansions[0].origin == "list"
    both = finder.find(Query("major depressive disorder MDD"))
    assert names(both) == ["MDD = major depressive disorder"]


def test_what_was_switched_off_is_shown_and_not_looked_for(finder: Finder) -> None:
    answer = finder.find(Query("NMDA", without=("NMDA = N-methyl-D-aspartate",)))
    assert {cut for _, cut in cuts(answer)} == {"NMDA"}
    (expansion,) = answer.expansions
    assert not expansion.used


@pytest.mark.parametrize("text", ['"NMDA"', "nmd", "zebra", "NMDA~", "the"])
def test_what_is_meant_as_it_stands_has_no_other_form(finder: Finder, text: str) -> None:
    assert finder.find(Query(text)).expansions == ()


def test_small_letters_are_a_short_form_unless_they_are_a_word(finder: Finder) -> None:
    assert names(finder.find(Query("nmda"))) == ["NMDA = N-methyl-D-aspartate"]
    assert names(finder.find(Query("mtor"))) == ["mTOR = mechanistic target of rapamycin"]
    assert finder.find(Query("who asks")).expansions == ()
    assert names(finder.find(Query("WHO"))) == ["WHO = World Health Organization"]


def test_two_meanings_are_offered_and_an_article_has_its_own(finder: Finder) -> None:
    both = names(finder.find(Query("MS")))
    assert sorted(both) == ["MS = mitral stenosis", "MS = multiple sclerosis"]
    answer = finder.find(Query("MS", "stenosis"))
    assert names(answer) == ["MS = mitral stenosis"]
    assert [cut for _, cut in cuts(answer)] == ["mitral stenosis", "MS", "Mitral stenosis"]


def test_plurals_are_one_form_and_rare_meanings_are_none() -> None:
    lines = ["RCTs\x1frandomised controlled trials"] * 9 + ["RCT\x1frandomised controlled trial"]
    forms = Forms([*lines, "RCT\x1frounded corner table"])
    assert forms.meanings("RCT") == ["randomised controlled trials"]
    assert forms.meanings("XX") == []
    assert forms.spelled_like("rct") == ["RCT"]
    assert forms.spelled_like("xx") == []
