"""Between a passage and its description, both ways: `describe` and `anchor` are inverses."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from reader.model.annotation import Target, TextQuoteSelector
from reader.model.document import Document
from reader.model.span import Span

# 32 characters of context doubled the wrong placements on real revisions.
CONTEXT = 64

State = Literal["kept", "moved", "unplaced"]


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a target is in a text now, or None when that is not sure.

    `score` is 1 for certainty; `proposals` are places that it could be, best first.
    """

    span: Span | None
    state: State
    score: float = 0.0
    proposals: tuple[Span, ...] = ()


@lru_cache(maxsize=8)
def text_hash(text: str) -> str:
    """The SHA-256 of a text, by which annotations know what they were made on."""
    return hashlib.sha256(text.encode()).hexdigest()


def describe(document: Document, span: Span) -> Target:
    """The target that a passage is: its words, their surroundings and their place.

    Source: Web Annotation Data Model, 4.2.4 and 4.2.5.
    """
    text = document.text
    quote = TextQuoteSelector(
        span.cut(text),
        text[max(0, span.start - CONTEXT) : span.start],
        text[span.end : span.end + CONTEXT],
    )
    return Target(document.id, quote, span, text_hash(text))


def anchor(document: Document, target: Target) -> Placement:
    """Where the target of an annotation is in the document's text.

    In the very text it was made on, at its position. In another, only where the words stand with
    the same surroundings, and nowhere else; other places with the words are proposals.
    """
    text = document.text
    if target.text_hash == text_hash(text) and target.position.end <= len(text):
        return Placement(target.position, "kept", 1.0)
    quote = target.quote
    if not quote.exact:
        return Placement(None, "unplaced")
    found = _places(text, quote.exact)
    sure = [
        span
        for span in found
        if text[: span.start].endswith(quote.prefix) and text[span.end :].startswith(quote.suffix)
    ]
    if len(sure) == 1:
        return Placement(sure[0], "moved", 1.0)
    return Placement(None, "unplaced", 0.0, tuple(sure or found)[:5])


def _places(text: str, words: str) -> list[Span]:
    found, start = [], text.find(words)
    while start >= 0:
        found.append(Span(start, start + len(words)))
        start = text.find(words, start + 1)
    return found
