from __future__ import annotations

import re
from dataclasses import replace

import pytest

from reader.model.anchoring.document_identity import (
    named_veto,
    other_address,
    populations,
    shared,
    strengths,
    veto,
)
from reader.model.document import Document, with_details
from tests.model.samples import ARTICLE, a_document


def test_editions_share_most_of_their_words() -> None:
    assert shared(ARTICLE, ARTICLE) == 1.0
    assert 0.7 < shared(ARTICLE, ARTICLE.replace("Ketamine", "It").replace("a week", "days")) < 1


def test_what_is_part_of_a_longer_text_is_shared() -> None:
    assert shared(ARTICLE, f"Something else before it. {ARTICLE} And more after it.") > 0.98


def test_texts_that_are_others_share_nothing() -> None:
    other = " ".join(f"word{k} follows word{k + 1}" for k in range(100))
    assert shared(ARTICLE, other) == 0.0


def test_a_line_is_too_short_to_tell() -> None:
    assert shared("A line that many texts begin with.", "A line that many texts begin with.") == 0.0


def document(text: str, title: str = "T", source: str = "a.txt") -> Document:
    return replace(a_document(text), title=title, source=source)


def test_doses_are_compared_whatever_their_spelling() -> None:
    for said in ("Drops 2.50 mg/ml", "Drops 2,5mg per ml", "drops_2.5 milligrams/1 ml"):
        assert strengths(document("", said)) == {"2.5mg/ml"}
    assert strengths(document("", "Insulin 100 IU/ml, 20 mcg")) == {"100units/ml", "20µg"}
    assert strengths(document("In 5 mg, 10 mg and 500 g/20 ml", "10 of 20")) == {
        "5mg", "10mg", "500g/20ml"
    }  # fmt: skip
    assert strengths(document("Beside it. " * 90 + "Each tablet contains 5 mg of it.")) == {"5mg"}
    assert strengths(document("Beside it. " * 90 + "Each contains 2.5 mg. 9 g.")) == {"2.5mg"}
    assert strengths(document("Nothing")) == set()


@pytest.mark.parametrize("said", ["Kinder", "Paediatrics", "children's", "for a child_"])
def test_populations_are_known_by_their_words(said: str) -> None:
    assert populations(said) == {"child"}


def test_a_population_under_the_title_counts_too() -> None:
    one, other = document("Fever\nIn adults\n" + ARTICLE), document("Fever\nIn babies\n" + ARTICLE)
    assert veto(one, other) == "population"
    assert veto(one, document("Fever\n" + ARTICLE)) is None


DRUG = (
    "{0} is given in the evening. Nobody should take {0} with milk, for {0} is then not taken up. "
    "Where {0} does not help within a week, it is stopped. {1}"
)


def test_a_word_that_is_steadily_replaced_is_another_subject() -> None:
    one = document(DRUG.format("Amlodipine", ARTICLE))
    assert veto(one, document(DRUG.format("Bisoprolol", ARTICLE))) == "subject"
    assert veto(one, document(DRUG.format("Amlodipin", ARTICLE))) == "subject"
    assert veto(one, document(DRUG.format("5 mg", ARTICLE), "T 5 mg")) == "subject"
    # Nor one that is known to the other text, nor one that is only gone, nor a plain number.
    assert veto(one, document(DRUG.format("It", ARTICLE))) is None
    assert veto(one, document(DRUG.format("Bisoprolol", ARTICLE + "Amlodipine"))) is None
    assert veto(one, document(ARTICLE)) is None
    assert veto(document(DRUG.format("3px", "")), document(DRUG.format("4px", ""))) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tumour", "tumor"),
        ("randomised", "randomized"),
        ("oedemas", "edema"),
        ("programme", "program"),
    ],
)
def test_another_spelling_is_no_other_subject(one: str, other: str) -> None:
    assert veto(document(DRUG.format(one, "")), document(DRUG.format(other, ""))) is None


def test_another_counterpart_each_time_is_none() -> None:
    each = iter(["Alpha", "Beta", "Gamma", "Delta"])
    text = DRUG.format("Amlodipine", ARTICLE)
    other = re.sub("Amlodipine", lambda _: next(each), text)
    assert veto(document(text), document(other)) is None


def test_the_titles_alone_can_tell_two_apart() -> None:
    assert named_veto(document("", "Drops 5 mg"), document("", "Drops 10 mg"))
    assert named_veto(document("", "Fever in adults"), document("", "Fever in children"))
    assert not named_veto(document("", "Fever in adults"), document("", "Fever"))


def test_addresses_differ_where_both_are_known() -> None:
    one = with_details(document(""), {"address": "https://example.org/a"})
    assert other_address(one, with_details(one, {"address": "https://example.org/b"}))
    assert not other_address(one, with_details(one, {"address": "http://www.example.org/a/"}))
    assert not other_address(one, document(""))
