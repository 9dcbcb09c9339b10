"""What blocks say beside their text: the title of a heading, the identifiers of a reference."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from reader.model.document import Mark, Reference
from reader.model.identifiers import find_doi
from reader.model.plain_text import marked_as_plain
from reader.model.span import Span

_PMID = re.compile(r"\bPMID:?\s*(\d{4,9})\b", re.IGNORECASE)


def title_of(text: str, span: Span, marks: Iterable[Mark]) -> str:
    """A heading's words as they leave the page; `marks` are those on it, in the document's text."""
    inside = [
        replace(mark, span=mark.span.moved(-span.start))
        for mark in sorted(marks, key=lambda mark: mark.span.start)
    ]
    return marked_as_plain(text, inside, Span(0, len(text)))


def reference_of(label: str, text: str, span: Span) -> Reference:
    """The entry of a reference list that stands at a span, with the identifiers printed in it."""
    pmid = _PMID.search(text)
    return Reference(label, span, find_doi(text), pmid[1] if pmid else "")
