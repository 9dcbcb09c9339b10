from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.importers.builder.document_builder import DocumentBuilder
from reader.model.document import Document
from reader.model.search import Hit
from reader.model.span import Span
from reader.search.snippet import WIDTH, snippet

LONG = " ".join(f"word{n:03}" for n in range(60))


def a_document(text: str, title: str = "A  title") -> Document:
    writer = DocumentBuilder()
    writer.begin("paragraph")
    for part in text.split("|"):
        if part.isdigit():
            with writer.mark("reference_mark", part):
                writer.add(part)
        else:
            writer.add(part)
    writer.begin("paragraph")
    writer.add("Another paragraph.")
    return writer.build(id="d", title=title)


def a_hit(document: Document, word: str) -> Hit:
    start = document.text.index(word)
    return Hit("d", "", "text", Span(start, start + len(word)), Span(0, len(document.text)))


def test_a_short_paragraph_is_shown_whole() -> None:
    document = a_document("All of this is shown.")
    found = snippet(document, a_hit(document, "this"))
    assert found.text == "All of this is shown."
    assert [mark.cut(found.text) for mark in found.marks] == ["this"]


def test_of_a_long_paragraph_whole_words_around_the_hit_are_shown() -> None:
    document = a_document(LONG)
    found = snippet(document, a_hit(document, "word030"))
    assert found.text.startswith("… word0")
    assert found.text.endswith(" …")
    assert all(len(word) == 7 for word in found.text.strip("… ").split())
    assert WIDTH - 20 <= len(found.text) <= WIDTH + 4
    assert [mark.cut(found.text) for mark in found.marks] == ["word030"]


def test_the_ends_of_a_paragraph_have_no_ellipsis() -> None:
    document = a_document(LONG)
    assert snippet(document, a_hit(document, "word000")).text.startswith("word000")
    assert snippet(document, a_hit(document, "word059")).text.endswith("word059")


def test_other_hits_are_marked_too_as_far_as_they_are_shown() -> None:
    document = a_document(LONG)
    others = [a_hit(document, word).span for word in ("word028", "word055", "word031")]
    found = snippet(document, a_hit(document, "word030"), others)
    assert [mark.cut(found.text) for mark in found.marks] == ["word028", "word030", "word031"]


def test_numbers_of_references_are_left_out() -> None:
    document = a_document("the NMDA |4|receptor, anxiety|3|, mood |5|. And so on")
    hit = a_hit(document, "NMDA 4receptor")
    found = snippet(document, hit, [a_hit(document, "anxiety").span])
    assert found.text == "the NMDA receptor, anxiety, mood. And so on"
    assert [mark.cut(found.text) for mark in found.marks] == ["NMDA receptor", "anxiety"]


def test_a_hit_that_is_all_left_out_has_no_mark() -> None:
    document = a_document("anxiety|3|, mood")
    assert snippet(document, a_hit(document, "3")).marks == ()


def test_it_is_one_line() -> None:
    writer = DocumentBuilder()
    writer.begin_table()
    for cell, text in enumerate(("Dose", "0.5 mg", "Route", "nasal")):
        writer.begin_cell(cell // 2, cell % 2)
        writer.add(text)
    document = writer.build(id="d", title="")
    assert snippet(document, a_hit(document, "nasal")).text == "Dose 0.5 mg Route nasal"


def test_a_title_outside_the_text_is_given_as_it_is() -> None:
    hit = Hit("d", "", "title", Span(0, 0), Span(0, 0))
    assert snippet(a_document("text"), hit).text == "A title"


def test_between_blocks_the_text_from_there_on_is_shown() -> None:
    document = a_document("First.")
    hit = Hit("d", "", "text", Span(4, 14), Span(0, 20))
    assert snippet(document, hit).text == "t. Another paragraph."
    nothing = Document("d", "", "no blocks at all")
    assert snippet(nothing, a_hit(nothing, "blocks")).text == "blocks at all"


def test_a_hit_longer_than_the_line_is_shown_whole() -> None:
    document = a_document(LONG)
    span = Span(8, 8 + 2 * WIDTH)
    found = snippet(document, Hit("d", "", "text", span, span))
    assert span.cut(document.text).strip() in found.text


def test_very_long_words_are_cut_through() -> None:
    document = a_document("a" * 300 + "hit" + "b" * 300)
    found = snippet(document, a_hit(document, "hit"))
    assert found.text.startswith("… aaa")
    assert found.text.endswith("bbb …")
    assert [mark.cut(found.text) for mark in found.marks] == ["hit"]


@given(st.text("ab \n|1,.", max_size=400), st.data())
def test_marks_always_lie_in_the_line(text: str, data: st.DataObject) -> None:
    document = a_document(text)
    size = len(document.text)
    start = data.draw(st.integers(0, size - 1))
    end = data.draw(st.integers(start, min(size, start + 30)))
    span = Span(start, end)
    found = snippet(document, Hit("d", "", "text", span, span), [Span(0, size)], width=40)
    assert "\n" not in found.text
    assert all(0 <= mark.start < mark.end <= len(found.text) for mark in found.marks)
