"""What is read is what was written, for any notes, in each format that is taken back in."""

from __future__ import annotations

import uuid
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reader.exporters import markdown_notes
from reader.exporters.registry import FORMATS
from reader.model.anchoring.selector import describe
from reader.model.annotation import COLOURS, Annotation, Area
from reader.model.document import Document, Mark
from reader.model.export.export_set import ExportSet, gather
from reader.model.pdf.page_box import PageBox
from reader.model.span import Span
from reader.note_importers.registry import read
from reader.problem import Problem

# What a format has no place for: nothing, in any that is taken back in.
LOSSLESS = ("markdown", "markdown-folder", "html", "json", "csv", "hypothesis")
TO_BE_READ = ("docx", "anki")

HOSTILE = [
    "```", "~~~", "`", "``", "\n", "\n\n", "<b>", "<!--", "-->", "<script>x</script>", "&lt;",
    "&#13;", "\\", "[x]: /y", "![x](http://x/y.png)", "[x](javascript:y)", "$$", "%%", "---",
    "\r", "\r\n", "\x00", "\x0b", "\x1f", "\x85", "\u2028", "\ufeff", "\ud7ff", "\uffff", "\t",
    "a | b\n--- | ---\n1 | 0\n", "| ", "> ", "# ", "## ", "^id", "Earlier text: ", "==========",
    "- Your Highlight | x", "[open](offprint:", "<!--offprint {}-->", '{"items": []}', "sep=;",
    "Highlight,Title\n", "=1+1", "'", '"', ",", " · ", "#tag", "e\u0301", "\u00e9", "ﬁ", "😀", "𝛼",
    "<blockquote id=\"a\">", "</p>", "data-annotation", "noteHeading bookTitle", "return {",
]  # fmt: skip
TEXT = "One ﬁrst 😀 passage.\n\n10⁹ cells2,3 and 500 mg.\t e\u0301nd of | it *all* [1], [2].\nMore."
# No lone surrogate can be written in UTF-8, nor kept.
CHARACTERS = st.characters(exclude_categories=["Cs"])
WORDS = st.lists(st.sampled_from(HOSTILE) | st.text(CHARACTERS, max_size=6), max_size=9)
NOTES = WORDS.map("".join)


def a_document(title: str = "A title", text: str = TEXT) -> Document:
    marks = [("sup", "⁹"), ("reference_mark", "2,3"), ("strike", "500 mg"), ("strike", "First")]
    found = [(kind, text.find(words), len(words)) for kind, words in marks]
    placed: Any = sorted((at, kind, size) for kind, at, size in found if at >= 0)
    made = tuple(Mark(kind, Span(at, at + size), "1") for at, kind, size in placed)
    return Document("d" * 64, title, text, marks=made, authors=("Ada Writer",))


def taken_back(name: str, notebook: ExportSet) -> list[Annotation]:
    content = FORMATS[name].content(notebook)
    assert isinstance(content, str)
    assert FORMATS[name].holds(content, notebook)
    found = read(content.encode(), "notes")
    assert not found.unread
    return [one.annotation for one in found.notes if one.annotation is not None]


@st.composite
def some_notes(draw: st.DrawFn, document: Document) -> list[Annotation]:
    made = []
    for number in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(document.text)))
        end = draw(st.integers(start, len(document.text)))
        target = describe(document, Span(start, end))
        note = draw(NOTES)
        one = Annotation(
            id=draw(st.sampled_from([str(uuid.UUID(int=number)), f"{number}()# &ä"])),
            target=target,
            colour=draw(st.sampled_from(COLOURS)),
            style=draw(st.sampled_from(["highlight", "underline"])),
            motivation=draw(st.sampled_from(["highlighting", "commenting", "bookmarking"])),
            note=note,
            tags=tuple(dict.fromkeys(draw(st.lists(NOTES.filter(bool), max_size=3)))),
            created=draw(st.sampled_from(["", "2026-01-02T23:04:05Z", "2026-01-02T03:04:05.5Z"])),
        )
        one = replace(one, modified=draw(st.sampled_from([one.created, "2026-02-02T23:04:05Z"])))
        if draw(st.booleans()):
            # Somewhere else now, or nowhere.
            gone = describe(replace(document, text=draw(NOTES)), Span(0, 0))
            one = replace(one, state="unplaced", target=replace(gone, quote=target.quote))
        elif draw(st.booleans()):
            left, top, wide = (draw(st.floats(0.01, 900)) for _ in range(3))
            box = PageBox(draw(st.integers(1, 9)), left, top, left + 1 + wide, 2000.0)
            area = Area.of(draw(st.sampled_from(["d" * 64, "e" * 64])), box)
            there = replace(describe(document, Span(start, start)), area=area)
            one = replace(one, target=there)
            if draw(st.booleans()):
                # Of an edition whose file it is not.
                one = replace(one, state="changed", target=target, earlier=there)
        elif draw(st.booleans()):
            one = replace(one, state="changed", earlier=describe(document, Span(0, min(9, end))))
        made.append(one)
    return made


@given(st.data())
def test_what_is_read_is_what_was_written(data: st.DataObject) -> None:
    document = a_document(data.draw(st.sampled_from(["A title", *HOSTILE])))
    mine = data.draw(some_notes(document))
    notebook = gather(mine, {document.id: document}.get, "2026-02-03T04:05:06Z", "anna")
    mine.sort(key=lambda one: one.id)
    for name in LOSSLESS:
        back = sorted(taken_back(name, notebook), key=lambda one: one.id)
        assert len(back) == len(mine), name
        for one, other in zip(back, mine, strict=True):
            for field in fields(Annotation):
                assert getattr(one, field.name) == getattr(other, field.name), (name, field.name)


@pytest.mark.parametrize("name", LOSSLESS)
def test_a_note_of_250_000_characters_comes_back(name: str) -> None:
    document = a_document()
    note = Annotation("a", describe(document, Span(4, 9)), note="0123456789\n" * 23_000)
    notebook = gather([note], {document.id: document}.get, "2026-02-03T04:05:06Z")
    (back,) = taken_back(name, notebook)
    assert back.note == note.note


@pytest.mark.parametrize("name", TO_BE_READ)
def test_what_is_made_to_be_read_says_so(name: str) -> None:
    document = a_document()
    note = Annotation("a", describe(document, Span(4, 9)))
    content = FORMATS[name].content(gather([note], {document.id: document}.get, ""))
    assert isinstance(content, bytes)
    with pytest.raises(Problem, match="made to be read"):
        read(content, f"notes.{name}")


@given(NOTES)
def test_no_note_runs_or_hides_what_follows_in_markdown(note: str) -> None:
    safe = markdown_notes.write(note)
    assert markdown_notes.read(safe.text, safe.fence, safe.escaped) == note
    page = MarkdownIt("commonmark", {"html": True}).parse(f"> q\n\n{safe.text}\n\nLast *words*\n")
    kinds = {one.type for block in page for one in (block, *(block.children or ()))}
    assert kinds.isdisjoint({"html_block", "html_inline", "image"})
    assert page[-2].content == "Last *words*"
    assert page[-3].level == 0


@pytest.mark.parametrize(
    ("note", "written"),
    [
        ("plain words, 5 < 6 & 7", "plain words, 5 < 6 & 7"),
        ("`<b>` stays code", "`<b>` stays code"),
        ("```\n<b>\n```", "```\n<b>\n```"),
        ("```\n<b>", "```\n<b>\n```"),
        ("a `b\n<i> `c`", "a `b\n&lt;i> `c`"),
        ("<b>x</b> &lt;", "&lt;b>x&lt;/b> &amp;lt;"),
        ("[a](https://x.example/)", "[a](https://x.example/)"),
        ("[a](javascript:b)", "[a]&#40;javascript:b)"),
        ("---\nx: y\n---", "----\nx: y\n----"),
        ("50 %% of", "50 %&#37; of"),
        ("\\<b> is marked off", "\\<b> is marked off"),
        ("  ```\n<b>", "  &#96;&#96;&#96;\n&lt;b>"),
    ],
)
def test_a_note_in_markdown_is_what_was_typed_as_far_as_it_is_harmless(
    note: str, written: str
) -> None:
    assert markdown_notes.write(note).text == written


def test_what_a_person_edits_in_our_markdown_is_taken() -> None:
    document = a_document()
    note = Annotation(
        "a",
        describe(document, Span(4, 9)),
        note="Mine",
        tags=("x",),
        created="2026-01-02T03:04:05Z",
    )
    for name in ("markdown", "markdown-folder"):
        content = FORMATS[name].content(gather([note], {document.id: document}.get, ""))
        assert isinstance(content, str)
        edited = content.replace("\nMine\n", "\nMine,\n\n> and more\n").replace("#x ·", "#x · #y ·")
        edited = edited.replace("yellow ·", "blue ·").replace("\n", "\r\n")
        (one,) = read(edited.encode(), "notes.md").notes
        assert (one.note, one.tags, one.colour) == ("Mine,\n\n> and more", ("x", "y"), "blue")
        assert one.created == note.created
