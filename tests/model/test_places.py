"""Spans, sections and changes: the small parts that all else rests on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.annotation import Annotation, Change, Target, TextQuoteSelector
from reader.model.document import reading_minutes
from reader.model.span import Span


@given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99), st.integers(0, 99))
def test_spans_overlap_when_they_share_a_character(a: int, b: int, c: int, d: int) -> None:
    one, other = Span(min(a, b), max(a, b)), Span(min(c, d), max(c, d))
    shared = set(range(one.start, one.end)) & set(range(other.start, other.end))
    assert one.overlaps(other) == bool(shared) or not (len(one) and len(other))
    assert one.covers(other) == (one.start <= other.start and other.end <= one.end)
    assert all(one.holds(i) == (one.start <= i < one.end) for i in range(100))


def test_a_span_is_a_place_even_when_it_is_empty() -> None:
    assert Span(3, 3)
    assert len(Span(3, 3)) == 0
    assert Span(1, 3).cut("abcde") == "bc"
    assert Span(1, 3).moved(4) == Span(5, 7)
    for bad in ((-1, 2), (3, 2)):
        with pytest.raises(ValueError, match="no span"):
            Span(*bad)


def test_reading_takes_a_minute_at_least() -> None:
    assert reading_minutes(0) == 1
    assert reading_minutes(11_500) == 10


def annotation(name: str, **fields: object) -> Annotation:
    target = Target("d", TextQuoteSelector("words"), Span(0, 5), "")
    return Annotation(name, target, **fields)  # type: ignore[arg-type]


def test_a_change_is_about_one_annotation_and_its_inverse_undoes_it() -> None:
    one, edited = annotation("a"), annotation("a", note="n")
    change = Change(one, edited)
    assert change.inverse() == Change(edited, one)
    assert change.inverse().inverse() == change
    assert Change(None, one).annotation_id == Change(one, None).annotation_id == "a"
    with pytest.raises(ValueError, match="changes something"):
        Change(None, None)
    with pytest.raises(ValueError, match="one annotation"):
        Change(one, annotation("b"))
