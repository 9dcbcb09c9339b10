"""From a passage to its description, and back as long as the text is the same.

What a text that has changed needs beyond that is anchoring.py: a window starts without it.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

from reader.model.annotation import Target, TextQuoteSelector
from reader.model.document import Document
from reader.model.span import Span

# 32 characters of context doubled the wrong placements on real revisions.
CONTEXT = 64


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


def placed(document: Document, target: Target) -> Span | None:
    """The place of a target that was made on this very text; None for any other target.

    That of an area is known in the very file that it was made on, and nowhere else: two scans have
    the same text, which is none.
    """
    if target.area is not None and target.area.file != document.id:
        return None
    if target.text_hash != text_hash(document.text):
        return None
    return target.position if target.position.cut(document.text) == target.quote.exact else None
