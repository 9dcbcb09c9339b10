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
# What our list says is never silenced by what a document does.
BOTH = ["NMDA = N-methyl-D-aspartate", "NMDA = never asked of the list"]
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
    assert names(answer) == BOTH
    assert all(one.used for one in answer.expansions)
    assert [one.origin for one in answer.expansions] == ["library", "list"]


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
    assert [expansion.used for expansion in answer.expansions] == [False, True]


@pytest.mark.parametrize("text", ['"NMDA"', '"n-methyl-d-aspartate"', "zebra", "NMDA~", "the"])
def test_what_is_meant_as_it_stands_has_no_other_form(finder: Finder, text: str) -> None:
    assert finder.find(Query(text)).expansions == ()


def test_small_letters_are_a_short_form_unless_they_are_a_word(finder: Finder) -> None:
    assert names(finder.find(Query("nmda"))) == BOTH
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
    lines = ["MS\x1fmultiple sclerosis"] * 3 + ["MS\x1fmitral stenosis"]
    assert Forms(lines).meanings("MS") == ["multiple sclerosis"]
    assert Forms(lines[2:]).meanings("MS") == ["multiple sclerosis", "mitral stenosis"]
    assert forms.meanings("XX") == []
    assert forms.spelled_like("rct") == ["RCT"]
    assert forms.spelled_like("xx") == []


def test_what_stands_in_brackets_or_beside_or_has_other_forms_too(finder: Finder) -> None:
    for text in ("zebra OR NMDA", "(zebra AND NMDA) OR NMDA", "(NMDA AND antagonist)"):
        assert names(finder.find(Query(text))) == BOTH
    assert ("long", "N-methyl-D-aspartate") in cuts(finder.find(Query("zebra OR NMDA")))
    assert finder.find(Query("k -NMDA")).expansions == ()


def test_the_library_has_a_say_where_an_article_says_nothing(finder: Finder) -> None:
    answer = finder.find(Query("NMDA", "short"))
    assert names(answer) == BOTH


SPELLINGS = {
    "british": "Low haemoglobin is anaemia. The oesophagus of paediatric patients. We randomised.",
    "american": "Low hemoglobin is anemia. The esophagus of pediatric patients. We randomized.",
    "heart": "A heart attack, or cerebral edema.",
    "infarct": "Myocardial infarction, or brain swelling. Sjögren had it.",
}


@pytest.fixture
def spelled(tmp_path: Path) -> Finder:
    Index(tmp_path).add([a_document(name, name, (name, text)) for name, text in SPELLINGS.items()])
    return Finder(tmp_path, nowhere)


def found(answer: Answer) -> list[str]:
    return sorted({hit.document_id for hit in answer.hits})


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("hemoglobin", "hemoglobin = haemoglobin"),
        ("Anaemia", "anaemia = anemia"),
        ("oesophagus OR zebra", "oesophagus = esophagus"),
        ("pediatric NEAR/9 patients", "pediatric = paediatric"),
        ("randomising", "randomising = randomizing"),
        ("low-haemoglobin", "haemoglobin = hemoglobin"),
    ],
)
def test_british_and_american_are_one(spelled: Finder, text: str, name: str) -> None:
    answer = spelled.find(Query(text))
    assert found(answer) == ["american", "british"]
    (expansion,) = answer.expansions
    assert (expansion.name, expansion.origin) == (name, "spelling")
    assert len(found(spelled.find(Query(text, without=(name,))))) == 1
    assert len(found(spelled.find(Query(f'"{text}"')))) <= 1


def test_what_is_left_out_is_so_in_both_spellings(spelled: Finder) -> None:
    assert found(spelled.find(Query("low -anaemia"))) == []
    assert found(spelled.find(Query("patients -anaem"))) == ["american", "british"]


def test_everyday_and_clinical_names_find_each_other(spelled: Finder) -> None:
    answer = spelled.find(Query("heart attack"))
    assert found(answer) == ["heart", "infarct"]
    (expansion,) = answer.expansions
    assert (expansion.name, expansion.origin) == (
        "heart attack = myocardial infarction",
        "everyday",
    )
    assert found(spelled.find(Query("heart attack", without=(expansion.name,)))) == ["heart"]
    assert found(spelled.find(Query('"heart attack"'))) == ["heart"]
    # In either spelling, and whichever the table has.
    assert found(spelled.find(Query("brain swelling"))) == ["heart", "infarct"]
    assert found(spelled.find(Query("cerebral oedema"))) == ["heart", "infarct"]
    # What stands nowhere is not offered.
    assert spelled.find(Query("kidney stone")).expansions == ()


def test_umlauts_that_were_spelled_out(spelled: Finder) -> None:
    answer = spelled.find(Query("Sjoegren"))
    assert found(answer) == ["infarct"]
    assert names(answer) == ["sjoegren = sjogren"]
