"""What is found in a user's notes, as hits beside those in the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from reader.model.anchoring import placed
from reader.model.annotation import Annotation
from reader.model.document import Document
from reader.model.query import Hit, HitKind, Query, Snippet
from reader.model.span import Span
from reader.store.notes import Notes

_BEFORE = 40
_LENGTH = 160


def note_hits(
    notes: Notes, document_of: Callable[[str], Document | None], query: Query
) -> Iterator[tuple[Hit, Snippet]]:
    """The annotations that answer a query, with a line of the note that does.

    A "note" is found by its note or tags. A passage whose own words answer is found in the text
    already; it is a hit here, a "highlight", only when its place in the text is not sure.
    """
    words = query.text.split()
    for annotation in notes.search(query.text, query.limit):
        document_id = annotation.target.document_id
        document = document_of(document_id)
        if document is None or query.document_id not in ("", document_id):
            continue
        span = placed(document, annotation.target)
        text = " ".join([*annotation.note.split(), *(f"#{tag}" for tag in annotation.tags)])
        in_note = _marks(text, words)
        if in_note or span is None:
            place = span or Span(0, 0)
            section = document.section_at(place.start) if span else None
            kind: HitKind = "note" if in_note else "highlight"
            hit = Hit(
                document_id, section.id if section else "", kind, place, place, 0.0, annotation.id
            )
            yield hit, _snippet(text if in_note else _quote(annotation), words)


def _quote(annotation: Annotation) -> str:
    return " ".join(annotation.target.quote.exact.split())


def _marks(text: str, words: list[str]) -> list[Span]:
    """Where words of the text begin with one of these, whatever their case and accents."""
    pattern = "|".join(rf"\b{re.escape(_folded(word))}" for word in words)
    return [Span(*found.span()) for found in re.finditer(pattern, _folded(text))]


def _folded(text: str) -> str:
    """The text without case and accents, each character still in its place."""
    return "".join(unicodedata.normalize("NFKD", one)[0].lower()[0] for one in text)


def _snippet(text: str, words: list[str]) -> Snippet:
    marks = _marks(text, words)
    start = max(0, marks[0].start - _BEFORE) if marks else 0
    window = Span(start, min(len(text), start + _LENGTH))
    inside = tuple(mark.moved(-start) for mark in marks if window.covers(mark))
    return Snippet(window.cut(text), inside)
