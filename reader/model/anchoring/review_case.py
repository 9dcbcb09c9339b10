"""What a person is shown to decide about a note whose text has changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reader.model.anchoring.anchor import anchor
from reader.model.annotation import Annotation, Target
from reader.model.document import Document
from reader.model.span import Span

# So much of the old text is shown on either side of the passage.
AROUND = 240
REVIEWED = ("moved", "changed", "check", "unplaced")


@dataclass(frozen=True, slots=True)
class Case:
    """A note to be decided about.

    `span` is its passage in `old`, a piece of the earlier text. `proposals` are where it may be in
    the present text, the best first; the place that it has is the first of them.
    """

    annotation_id: str
    old: str
    span: Span
    proposals: tuple[Span, ...] = ()


def cases(
    document: Document,
    annotations: list[Annotation],
    old_text: Callable[[str], str | None],
) -> list[Case]:
    """The notes on a document that are to be decided about, in the order they are given."""
    found = []
    for annotation in annotations:
        if annotation.state in REVIEWED:
            target = annotation.earlier or annotation.target
            text = old_text(target.text_hash)
            placement = anchor(document, target, text)
            spans = [] if annotation.earlier is None else [annotation.target.position]
            spans += [span for span in (placement.span, *placement.proposals) if span is not None]
            proposals = tuple(dict.fromkeys(spans))
            found.append(Case(annotation.id, *before(target, text), proposals))
    return found


def before(target: Target, text: str | None) -> tuple[str, Span]:
    """A passage with what stood around it, and where it is in that; an area as it is called."""
    if target.area is not None:
        return target.words, Span(0, len(target.words))
    span, quote = target.position, target.quote
    if text is None or span.cut(text) != quote.exact:
        start = len(quote.prefix)
        piece = quote.prefix + quote.exact + quote.suffix
        return piece, Span(start, start + len(quote.exact))
    window = around(text, span)
    return window.cut(text), span.moved(-window.start)


def around(text: str, span: Span) -> Span:
    """A passage and what stands round it, in whole words."""
    start, end = max(0, span.start - AROUND), min(len(text), span.end + AROUND)
    if start > 0:
        start = max(start, text.find(" ", start, span.start) + 1)
    if end < len(text):
        space = text.rfind(" ", span.end, end)
        end = space if space >= 0 else end
    return Span(start, end)
