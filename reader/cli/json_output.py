"""The JSON that commands print; offsets are code points of what `text` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reader.model.document import Document
from reader.model.search import Answer, Hit, Snippet

if TYPE_CHECKING:
    from reader.store.catalog import CatalogEntry

Json = dict[str, Any]


def outline(document: Document) -> Json:
    """A document's table of contents, its references and where they are referred to."""
    return {
        "id": document.id,
        "title": document.title,
        "authors": list(document.authors),
        "published": document.publication.published,
        "language": document.language,
        "sections": [
            {
                "id": section.id,
                "level": section.level,
                "number": section.number,
                "title": section.title,
                "start": section.span.start,
                "end": section.span.end,
            }
            for section in document.sections
        ],
        "references": [
            {"label": reference.label, "text": reference.span.cut(document.text)}
            for reference in document.references
        ],
        "reference_marks": [
            {"label": label, "start": mark.span.start, "end": mark.span.end}
            for mark in document.marks
            if mark.kind == "reference_mark" and not mark.target.startswith("#")
            for label in mark.target.split()
        ],
    }


def entry(one: CatalogEntry, notes: int) -> Json:
    """A document as the library lists it, with the number of the user's notes on it."""
    return {
        "id": one.id,
        "source": one.source,
        "title": one.title,
        "authors": list(one.authors),
        "published": one.published,
        "kind": one.kind,
        "sections": one.sections,
        "characters": one.characters,
        "notes": notes,
        "indexed": one.indexed,
    }


def answer(one: Answer, hits: list[Json]) -> Json:
    """What was found for a query."""
    return {
        "query": one.query.text,
        "understood": one.understood,
        "suggestion": one.suggestion,
        "notice": one.notice,
        "problem": one.problem,
        "total": one.total,
        "elapsed_ms": round(one.elapsed_ms, 2),
        "expansions": [
            {"short": e.short, "long": e.long, "origin": e.origin, "used": e.used}
            for e in one.expansions
        ],
        "hits": hits,
    }


def hit(one: Hit, document: Document, snippet: Snippet, later_edition: str = "") -> Json:
    """One place that was found; `marks` are offsets in the snippet.

    A place in an earlier edition also names the id of the latest one, as `later_edition`.
    """
    path = document.outline.path(document.outline.section(one.section_id))
    return {
        "document_id": one.document_id,
        "source": document.source,
        "title": document.title,
        "section_id": one.section_id,
        "section": " › ".join(section.title for section in path),
        "kind": one.kind,
        "start": one.span.start,
        "end": one.span.end,
        "score": round(one.score, 4),
        "snippet": snippet.text,
        "marks": [[mark.start, mark.end] for mark in snippet.marks],
        **({"later_edition": later_edition} if later_edition else {}),
    }
