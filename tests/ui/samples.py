"""An article of our own for the tests of the window, and hits in it."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from reader.importers.builder.document_builder import DocumentBuilder
from reader.model.document import Document
from reader.model.search import Answer, Hit, Query
from reader.model.span import Span
from reader.session.session import Session

_PARTS: tuple[tuple[int, str, tuple[str, ...]], ...] = (
    (1, "What Is Ketamine?", (
        "Ketamine is an old anaesthetic with a new use. Among its targets the NMDA receptor is the "
        "one that matters most to psychiatrists.",
        "Small doses calm within hours, which no tablet does.",
    )),
    (1, "Uses Of Ketamine", ("Two uses are told apart here.",)),
    (2, "Uses Of Ketamine: How Does It Work?", (
        "The NMDA receptor is blocked, glutamate rises, and ketamine opens the way for new "
        "synapses.",
    )),
    (1, "Ketamine For Anxiety In Those Whom Nothing Else Has Helped", (
        "In several trials ketamine was of use. Blood pressure rose and nausea was common.",
        "Ketamine works for some days; whether it can be repeated is not known.",
    )),
    (1, "Side Effects", ("Dizziness and a dreamlike state pass within two hours.",)),
    (1, "Questions", ()),
    (2, "Which kinds of anxiety has it been tried in?", ("In four or five.",)),
    (2, "Who should not have it?", ("Those with an aneurysm, for one.",)),
)  # fmt: skip
_REFERENCES = (
    "Writer A. Ketamine in the clinic. Journal of Examples. 2020;1:1–9.",
    "Writer B, Other C. Ketamine once more. Journal of Examples. 2021;2:10–19.",
)


def an_article(title: str = "Ketamine for Anxiety: Mechanism and Side Effects") -> Document:
    """A short article with nested sections and two references."""
    writer = DocumentBuilder()
    writer.begin("title")
    writer.add(title)
    for level, heading, paragraphs in _PARTS:
        writer.begin_heading(level)
        writer.add(heading)
        for paragraph in paragraphs:
            writer.begin("paragraph")
            writer.add(paragraph)
    writer.begin_heading(1, kind="references")
    writer.add("References")
    for number, reference in enumerate(_REFERENCES, 1):
        writer.begin("reference", label=str(number))
        writer.add(reference)
    return writer.build(
        id=hashlib.sha256(title.encode()).hexdigest(),
        title=title,
        source="article.txt",
        importer="test 1",
    )


def a_flat_text(title: str = "A letter without headings") -> Document:
    """A document that has no sections."""
    writer = DocumentBuilder()
    writer.begin("paragraph")
    writer.add("Dear colleague, thank you for the patient.")
    return writer.build(
        id=hashlib.sha256(title.encode()).hexdigest(), title=title, source="letter.txt"
    )


def hits_of(document: Document, word: str) -> tuple[Hit, ...]:
    """All places of a word in a document, as the index would answer."""
    references = [s.span for s in document.sections if s.kind == "references"]
    found = []
    for match in re.finditer(re.escape(word), document.text, re.IGNORECASE):
        span = Span(*match.span())
        section = document.outline.section_at(span.start)
        in_references = any(r.start <= span.start < r.end for r in references)
        found.append(
            Hit(
                document.id,
                section.id if section is not None else "",
                "reference" if in_references else "text",
                span,
                section.span if section is not None else Span(0, len(document.text)),
            )
        )
    return tuple(found)


def answer(session: Session, word: str, *elsewhere: Document, **said: Any) -> None:
    """Lets the session have found a word in the open document and in others."""
    finding = session.search.state
    number = finding.ask(word)
    document = session.current.document
    if document is not None:
        found = hits_of(document, word)
        finding.take(number, Answer(Query(word, document.id), found, len(found), **said))
    others = tuple(hit for one in elsewhere for hit in hits_of(one, word))
    finding.take(number, Answer(Query(word), others, len(others), **said))
    session.search.results_changed.emit()


def mark(session: Session, words: str, colour: Any = "yellow", **fields: Any) -> str:
    """Marks the first place of these words; gives the annotation's id."""
    assert session.current.document is not None
    start = session.current.document.text.index(words)
    session.selection.set_span(Span(start, start + len(words)))
    annotation_id = session.marker.highlight(colour)
    session.selection.set_span(None)
    if fields:
        assert session.annotations.edit(annotation_id, **fields)
    session.annotations.choose("")
    return annotation_id
