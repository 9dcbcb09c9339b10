"""Spans, sections and changes: the small parts that all else rests on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.importers.builder.document_builder import Writer
from reader.model.annotation import Annotation, Change, Target, TextQuoteSelector
from reader.model.document import Document, reading_minutes
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


def document() -> Document:
    writer = Writer()
    writer.begin("paragraph")
    writer.add("Before.")
    for level, title in ((1, "One"), (2, "Inner"), (2, "Other"), (1, "Two")):
        writer.begin_heading(level)
        writer.add(title)
        writer.begin("paragraph")
        writer.add(f"Text of {title}.")
    return writer.build(id="0" * 64, title="T")


def test_the_innermost_section_is_found_and_none_before_the_first() -> None:
    made = document()
    assert made.outline.section_at(0) is None
    for title in ("One", "Inner", "Other", "Two"):
        section = made.outline.section_at(made.text.index(f"Text of {title}"))
        assert section is not None
        assert section.title == title
    last = made.outline.section_at(len(made.text))
    assert last is not None
    assert last.title == "Two"
    inner = next(s for s in made.sections if s.title == "Inner")
    assert [s.title for s in made.outline.path(inner)] == ["One", "Inner"]
    assert made.outline.path(None) == ()
    assert made.outline.section("s1") is made.sections[0]
    assert made.outline.section("none") is None


def test_text_after_the_last_section_belongs_to_its_parent_or_to_none() -> None:
    from dataclasses import replace

    made = document()
    cut = replace(made.sections[3], span=Span(made.sections[3].span.start, len(made.text) - 5))
    shorter = replace(made, sections=(*made.sections[:3], cut))
    assert shorter.outline.section_at(len(made.text) - 2) is None


def test_passages_divide_the_text_without_gap() -> None:
    made = document()
    passages = made.outline.passages()
    assert passages[0][0] is None
    assert "".join(span.cut(made.text) for _, span in passages) == made.text
    writer = Writer()
    writer.begin_heading(1)
    writer.add("At once")
    assert writer.build(id="0" * 64, title="T").outline.passages()[0][0] is not None


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
