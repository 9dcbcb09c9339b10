"""What is found in a user's notes, as hits beside those in the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reader.model.anchoring.selector import placed
from reader.model.annotation import Annotation
from reader.model.document import Document
from reader.model.search import Hit, HitKind, Query, Snippet
from reader.model.span import Span
from reader.search.query_parser import parse
from reader.services.document_filter import Fits, everywhere
from reader.store.note_filter import Choice
from reader.store.notes import Notes

_BEFORE = 40
_LENGTH = 160


@dataclass(frozen=True, slots=True)
class Noted:
    """An annotation that answers a query: a "note" by what was written, else a "highlight"."""

    annotation: Annotation
    kind: HitKind
    snippet: Snippet


def noted(notes: Notes, query: Query, fits: Fits = everywhere) -> Iterator[Noted]:
    """The annotations that answer a query, each with a line of the note, or of the passage.

    A query with `in:notes`, `colour:` or `tag:` is answered by them alone. Only those in documents
    that fit are wanted.
    """
    asked = parse(query.text, query.typing)
    words = asked.words.split()
    if not words and not asked.of_notes:
        return
    if asked.of_notes:
        ids = notes.choose(Choice(query.document_id, asked.tag, asked.colour, asked.words))
        found = notes.some(ids[: query.limit] if fits is everywhere else ids)
    else:
        found = notes.search(asked.words, query.limit)
    for annotation in found:
        document_id = annotation.target.document_id
        if query.document_id not in ("", document_id) or not fits(document_id):
            continue
        text = _note(annotation)
        in_note = bool(_marks(text, words)) if words else bool(annotation.note)
        yield Noted(
            annotation,
            "note" if in_note else "highlight",
            _snippet(text if in_note else _quote(annotation), words),
        )


def note_hits(
    notes: Notes,
    document_of: Callable[[str], Document | None],
    query: Query,
    fits: Fits = everywhere,
) -> Iterator[tuple[Hit, Snippet]]:
    """The hits in notes with their lines, at the places where the notes are.

    A passage whose own words answer is found in the text already; it is a hit here, a "highlight",
    only when notes alone were asked for or its place in the text is not sure.
    """
    of_notes = parse(query.text, query.typing).of_notes
    for one in noted(notes, query, fits):
        document_id = one.annotation.target.document_id
        document = document_of(document_id)
        if document is None:
            continue
        span = placed(document, one.annotation.target)
        if one.kind == "note" or span is None or of_notes:
            place = span or Span(0, 0)
            section = document.section_at(place.start) if span else None
            section_id = section.id if section else ""
            yield (
                Hit(document_id, section_id, one.kind, place, place, 0.0, one.annotation.id),
                one.snippet,
            )


def _note(annotation: Annotation) -> str:
    return " ".join([*annotation.note.split(), *(f"#{tag}" for tag in annotation.tags)])


def _quote(annotation: Annotation) -> str:
    return " ".join(annotation.target.quote.exact.split())


def _marks(text: str, words: list[str]) -> list[Span]:
    """Where words of the text begin with one of these, whatever their case and accents."""
    if not words:
        return []
    pattern = "|".join(rf"\b{re.escape(_folded(word))}" for word in words)
    return [Span(*found.span()) for found in re.finditer(pattern, _folded(text))]


def _folded(text: str) -> str:
    """The text without case and accents, each character still in its place."""
    return "".join(unicodedata.normalize("NFKD", one)[0].lower()[0] for one in text)


def _snippet(text: str, words: list[str]) -> Snippet:
    marks = _marks(text, words)
    start = max(0, marks[0].start - _BEFORE) if marks else 0
    # Not from the middle of a word on.
    start = text.find(" ", start, marks[0].start) + 1 if start else 0
    window = Span(start, min(len(text), start + _LENGTH))
    inside = tuple(mark.moved(-start) for mark in marks if window.covers(mark))
    return Snippet(window.cut(text), inside)
