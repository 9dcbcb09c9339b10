from __future__ import annotations

from reader.model.anchoring.selector import describe, placed
from reader.model.annotation import Annotation
from reader.model.document import Document
from reader.model.pdf.pdf_annotation import PdfAnnotation, as_annotation, as_printed
from reader.model.serialization import annotation_from_plain, annotation_to_plain
from reader.model.span import Span

DOCUMENT = Document("d" * 64, "Sleep", "Nobody slept that night, but all slept the next.")


def test_a_printed_note_is_the_same_annotation_every_time() -> None:
    printed = PdfAnnotation(
        "n1", Span(7, 12), "blue", "underline", "Why?", "Ada Brown", "2020-01-02T03:04:05Z"
    )
    made = as_annotation(DOCUMENT, printed)
    assert made == as_annotation(DOCUMENT, printed)
    assert made.id != as_annotation(DOCUMENT, PdfAnnotation("n2", Span(7, 12))).id
    assert annotation_from_plain(annotation_to_plain(made)) == made
    assert placed(DOCUMENT, made.target) == Span(7, 12)
    assert (made.colour, made.style, made.note, made.tags) == (
        "blue",
        "underline",
        "Why?",
        ("Ada-Brown",),
    )
    assert made.motivation == "commenting"


def test_a_bare_highlight_is_no_comment() -> None:
    made = as_annotation(DOCUMENT, PdfAnnotation("n1", Span(7, 12)))
    assert (made.motivation, made.note, made.tags) == ("highlighting", "", ())


def test_an_annotation_becomes_a_printed_note() -> None:
    target = describe(DOCUMENT, Span(7, 12))
    annotation = Annotation("a1", target, "pink", "underline", "commenting", "Why?")
    assert as_printed(annotation, Span(7, 12), "Ada") == PdfAnnotation(
        "a1", Span(7, 12), "pink", "underline", "Why?", "Ada", tags=()
    )
    bookmark = Annotation("a2", target, motivation="bookmarking")
    assert as_printed(bookmark, Span(7, 12)).pinned
