from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.negation import extension
from reader.model.span import Span
from tests.model.samples import place


@pytest.mark.parametrize(
    ("text", "words", "longer"),
    [
        (
            "Give it once daily unless the kidneys fail. Then wait.",
            "Give it once daily",
            "Give it once daily unless the kidneys fail",
        ),
        ("Some do not give it at night.", "give it at night", "not give it at night"),
        ("One should never give it.", "give it", "never give it"),
        ("It isn’t safe in pregnancy.", "safe in pregnancy", "n’t safe in pregnancy"),
        (
            "We suggest warm rooms (weak recommendation, low certainty). More follows.",
            "We suggest warm rooms",
            "We suggest warm rooms (weak recommendation, low certainty)",
        ),
        (
            "We suggest warm rooms. (Weak recommendation.) More follows.",
            "We suggest warm rooms.",
            "We suggest warm rooms. (Weak recommendation.)",
        ),
        (
            "We suggest warm rooms. [low certainty] More follows.",
            "We suggest warm rooms",
            "We suggest warm rooms. [low certainty]",
        ),
        (
            "The drug helps most, but only in the young",
            "The drug helps most",
            "The drug helps most, but only in the young",
        ),
        ("No harm was seen.", "harm was seen", "No harm was seen"),
    ],
)
def test_what_turns_the_sense_is_offered(text: str, words: str, longer: str) -> None:
    found = extension(text, place(text, words))
    assert found is not None
    assert found.cut(text) == longer


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Give it daily. Do not give it at night.", "Give it daily."),
        ("Never wait. Give it daily with food in the morning.", "Give it daily"),
        ("Give it daily with food.", "Give it daily"),
        ("Give it daily (see Table 2). More.", "Give it daily"),
        ("Give it daily. (See Table 2.) More.", "Give it daily."),
        ("It is not so.\nGive it daily", "Give it daily"),
        ("Not", "Not"),
        ("a  b unless c", "  "),
        ("Give it once daily by mouth and slowly unless it is late.", "Give it once daily"),
        ("Ketamine unless it is late.", "Ketamine"),
    ],
)
def test_what_turns_nothing_is_not(text: str, words: str) -> None:
    assert extension(text, place(text, words.strip(" ") or words)) is None


@given(st.text(max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_it_never_gets_shorter(text: str, one: int, two: int) -> None:
    start, end = sorted((min(one, len(text)), min(two, len(text))))
    found = extension(text, Span(start, end))
    assert found is None or found.covers(Span(start, end))
