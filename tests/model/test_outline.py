from __future__ import annotations

from reader.importers.builder.document_builder import DocumentBuilder
from reader.model.document import Document
from reader.model.span import Span


def document() -> Document:
    writer = DocumentBuilder()
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
    writer = DocumentBuilder()
    writer.begin_heading(1)
    writer.add("At once")
    assert writer.build(id="0" * 64, title="T").outline.passages()[0][0] is not None
