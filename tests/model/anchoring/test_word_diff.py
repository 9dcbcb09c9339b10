from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.anchoring.word_diff import differences, in_words
from reader.model.span import Span


def test_nothing_differs_but_space_and_quotes() -> None:
    assert differences("the “usual”  dose", 'the "usual"\ndose') == ()


def test_a_difference_is_two_spans() -> None:
    (found,) = differences("give it daily now", "give it at night now")
    assert (found.old, found.new) == (Span(8, 13), Span(8, 16))
    (found,) = differences("give it", "give it now")
    assert (found.old, found.new, found.grave) == (Span(7, 7), Span(8, 11), False)
    (found,) = differences("so give it", "give it")
    assert (found.old, found.new) == (Span(0, 2), Span(0, 0))


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("dose is 0.5 mg per kg", "dose is 5 mg per kg", "0.5 mg → 5 mg"),
        ("dose is 5 mg/kg.", "dose is 5 µg/kg.", "mg/kg → µg/kg"),
        ("it must be given", "it must not be given", "(nothing) → not"),
        ("count 10⁹ cells", "count 109 cells", "10⁹ → 109"),
        ("if HbA1c < 7", "if HbA1c > 7", "< → >"),
        ("for 12 weeks", "for 2 weeks", "12 weeks → 2 weeks"),
        ("give unless frail", "give if frail", "unless → if"),
    ],
)
def test_what_turns_the_sense_is_grave(old: str, new: str, line: str) -> None:
    assert any(found.grave for found in differences(old, new))
    assert in_words(old, new) == [line]


def test_the_grave_ones_come_first() -> None:
    old = "The clinician gives 5 mg to patients in pain"
    new = "The nurse gives 50 mg to people in pain"
    assert in_words(old, new) == ["5 mg → 50 mg", "clinician → nurse", "patients → people"]


@given(st.text(max_size=60), st.text(max_size=60))
def test_differences_are_in_order_and_inside(old: str, new: str) -> None:
    at = (0, 0)
    for found in differences(old, new):
        assert found.old.start >= at[0]
        assert found.new.start >= at[1]
        at = (found.old.end, found.new.end)
    assert at[0] <= len(old)
    assert at[1] <= len(new)
    assert len(in_words(old, new)) == len(differences(old, new))
