from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.anchoring.words import split, unchanged, words
from reader.model.span import Span


def keys(text: str) -> list[str]:
    return split(text).keys


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("An NMDA receptor", "an nmda Receptor"),
        ("the ﬁrst of ten", "the first of ten"),
        ("“so called” ‘thing’", "\"so called\" 'thing'"),
        ("2.5–10 mg", "2.5-10 mg"),
        ("five -- or six", "five — or six"),
        ("prefrontal cor-\n  tex", "prefrontal cortex"),
        ("pre\u00adfrontal", "prefrontal"),
        ("patient’s", "patient's"),
        ("a\u00a0b\n\nc", "a b c"),
        ("10⁹", "109"),
    ],
)
def test_what_counts_for_nothing_when_finding(one: str, two: str) -> None:
    assert keys(one) == keys(two)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("2.5 mg", "25 mg"),
        ("2.5 mg", "2,5 mg"),
        ("a-b", "ab"),
        ("do not", "do"),
        ("dose", "doses"),
    ],
)
def test_what_counts_when_finding(one: str, two: str) -> None:
    assert keys(one) != keys(two)


def test_signs_are_words_and_dashes_one_sign() -> None:
    assert keys("(5 mg), ' ’ --- \u2212") == ["(", "5", "mg", ")", ",", "'", "'", "-", "-"]


def test_what_is_written_without_spaces_is_taken_by_characters() -> None:
    assert keys("治療する mg") == ["治", "療", "す", "る", "mg"]


@given(st.text(alphabet="ab1-’' \n\u00ad\u200b.“治ﬁ"))
def test_words_are_in_order_and_hold_every_letter(text: str) -> None:
    found = split(text)
    places = list(zip(found.starts, found.ends, strict=True))
    assert all(start < end for start, end in places)
    assert all(one[1] <= two[0] for one, two in pairwise(places))
    covered = {at for start, end in places for at in range(start, end)}
    assert all(at in covered for at, character in enumerate(text) if character.isalnum())


def test_words_touched_by_a_span() -> None:
    found = words("one two  three")
    assert found.touched(Span(0, 3)) == range(1)
    assert found.touched(Span(2, 5)) == range(2)
    assert found.touched(Span(3, 4)) == range(1, 1)
    assert found.touched(Span(5, 5)) == range(1, 2)
    assert found.touched(Span(7, 14)) == range(2, 3)


def test_a_part_keeps_its_places() -> None:
    part = words("one two three").part(range(1, 3))
    assert (part.keys, part.starts, len(part)) == (["two", "three"], [4, 8], 2)


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("the “usual” dose", 'the\n"usual"  dose ', True),
        ("10⁹ cells", "109 cells", False),
        ("2.5 mg", "25 mg", False),
        ("is safe", "is not safe", False),
        ("Dose", "dose", False),
        ("1–2", "1-2", False),
    ],
)
def test_unchanged_is_asked_of_the_text_itself(one: str, two: str, same: bool) -> None:
    assert unchanged(one, two) is same
