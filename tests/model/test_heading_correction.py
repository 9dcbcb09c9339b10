"""Corrected headings: other sections over the same text."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from reader.importers.builder.document_builder import DocumentBuilder
from reader.model.document import Block, Document
from reader.model.heading_correction import (
    LONGEST_HEADING,
    Correction,
    as_heading,
    as_text,
    corrected,
    with_correction,
)


def a_document(*lines: tuple[str, object]) -> Document:
    """Lines: ("Heading", level), else ("words", kind of block)."""
    writer = DocumentBuilder()
    for words, kind in lines:
        if isinstance(kind, int):
            writer.begin_heading(kind, "2.1" if words == "Numbered" else None)
        else:
            writer.begin(kind, label="3." if words == "Counted" else "")  # type: ignore[arg-type]
        writer.add(words)
    return writer.build(id="d", title="T", source="t.txt")


DOCUMENT = a_document(
    ("Methods", 1),
    ("Participants", "paragraph"),
    ("Forty took part.", "paragraph"),
    ("In 2020 it ended.", 2),
    ("Nobody left.", "paragraph"),
    ("Counted", "list_item"),
    ("Numbered", 1),
    ("x" * (LONGEST_HEADING + 1), "paragraph"),
)


def outline(document: Document) -> list[tuple[int, str | None, str]]:
    return [(one.level, one.number, one.title) for one in document.sections]


def place(words: str, document: Document = DOCUMENT) -> int:
    return document.text.index(words) + 2


def made(words: str, document: Document = DOCUMENT) -> Correction:
    found = as_heading(document, place(words, document))
    assert found is not None
    return found


def unmade(words: str) -> Correction:
    found = as_text(DOCUMENT, place(words))
    assert found is not None
    return found


def block(document: Document, words: str) -> Block:
    return next(b for b in document.blocks if b.span.cut(document.text) == words)


def test_a_line_under_a_heading_becomes_its_first_part() -> None:
    document = corrected(DOCUMENT, [made("Participants")])
    assert document.text == DOCUMENT.text
    assert outline(document) == [
        (1, None, "Methods"),
        (2, None, "Participants"),
        (2, None, "In 2020 it ended."),
        (1, "2.1", "Numbered"),
    ]
    section = document.sections[1]
    assert section.span.cut(document.text) == "Participants\nForty took part.\n"
    assert section.parent == document.sections[0].id
    found = block(document, "Participants")
    assert (found.kind, found.ref) == ("heading", section.id)
    assert document.outline.section_at(place("Forty")) == section


def test_a_line_after_text_stands_beside_the_heading_before_it() -> None:
    assert made("Forty took part.").level == 1
    assert made("Counted").level == 2
    document = corrected(DOCUMENT, [made("Counted")])
    # The number of a list item was printed before the words: so it is one of the heading.
    assert (2, "3", "Counted") in outline(document)
    assert block(document, "Counted").label == ""


def test_without_any_heading_the_first_is_one_of_the_top() -> None:
    bare = a_document(("Aims", "paragraph"), ("We looked.", "paragraph"))
    document = corrected(bare, [made("Aims", bare)])
    assert outline(document) == [(1, None, "Aims")]
    assert document.sections[0].span.cut(document.text) == document.text


def test_a_heading_that_is_none_leaves_its_part_to_the_one_before() -> None:
    document = corrected(DOCUMENT, [unmade("In 2020")])
    assert outline(document) == [(1, None, "Methods"), (1, "2.1", "Numbered")]
    assert block(document, "In 2020 it ended.").kind == "paragraph"
    # A printed number, which is not in the text, is still shown.
    item = block(corrected(DOCUMENT, [unmade("Numbered")]), "Numbered")
    assert (item.kind, item.label) == ("list_item", "2.1.")


def test_when_a_heading_goes_the_parts_under_it_are_never_two_deeper() -> None:
    document = corrected(DOCUMENT, [unmade("Methods")])
    assert outline(document)[0] == (1, None, "In 2020 it ended.")


def test_what_is_too_long_or_no_line_of_text_is_no_heading() -> None:
    assert as_heading(DOCUMENT, place("xxx")) is None
    assert as_heading(DOCUMENT, place("Methods")) is None
    assert as_text(DOCUMENT, place("Participants")) is None
    nothing = replace(DOCUMENT, blocks=(), sections=())
    assert as_heading(nothing, 3) is None
    assert as_text(nothing, 3) is None


def test_the_last_word_on_a_paragraph_counts_and_the_importers_own_needs_none() -> None:
    first = made("Participants")
    known = with_correction(DOCUMENT, (), first)
    assert known == (first,)
    deeper = replace(first, level=3)
    assert with_correction(DOCUMENT, known, deeper) == (deeper,)
    assert with_correction(DOCUMENT, known, replace(first, level=0)) == ()
    gone = unmade("Methods")
    assert with_correction(DOCUMENT, (gone,), replace(gone, level=1)) == ()
    assert with_correction(DOCUMENT, (gone,), first) == (gone, first)


def test_paragraphs_are_found_again_by_their_words_if_these_are_there_once() -> None:
    correction = made("Participants")
    later = a_document(("New before it", "paragraph"), ("Participants", "paragraph"))
    assert outline(corrected(later, [correction])) == [(1, None, "Participants")]
    twice = a_document(("New before it", "paragraph"), *[("Participants", "paragraph")] * 2)
    assert corrected(twice, [correction]) is twice
    none = a_document(("New before it", "paragraph"))
    assert corrected(none, [correction]) is none


@given(
    st.lists(st.sampled_from([1, 2, 3, 4, "paragraph", "list_item"]), min_size=1, max_size=12),
    st.lists(st.tuples(st.integers(0, 11), st.integers(0, 4)), max_size=6),
)
def test_any_corrections_leave_a_sound_tree(
    kinds: list[object], said: list[tuple[int, int]]
) -> None:
    document = a_document(*[(f"Line {i}", kind) for i, kind in enumerate(kinds)])
    corrections = [
        Correction(document.text.index(words), words, level)
        for i, level in dict(said).items()
        if i < len(kinds)
        for words in document.text.split("\n")[i : i + 1]
    ]
    after = corrected(document, corrections)
    assert after.text == document.text
    assert len(after.blocks) == len(document.blocks)
    headings = [b for b in after.blocks if b.kind == "heading"]
    assert [h.ref for h in headings] == [s.id for s in after.sections]
    assert len({s.id for s in after.sections}) == len(after.sections)
    for heading, section in zip(headings, after.sections, strict=True):
        assert section.span.start == heading.span.start
        parent = after.outline.section(section.parent or "")
        assert section.level == (parent.level + 1 if parent else 1)
        assert parent is None or (
            parent.span.start < section.span.start and section.span.end <= parent.span.end
        )
    assert corrected(after, []) == after


def test_a_tree_that_is_built_anew_is_the_importers() -> None:
    document = a_document(*[(f"Line {i}", level) for i, level in enumerate([1, 3, 3, 2, 1, 4, 2])])
    same = Correction(0, "Line 0", 1)
    assert corrected(document, [same]) == document
