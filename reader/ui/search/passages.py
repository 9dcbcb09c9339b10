"""Hits of several words that stand together: one passage is one row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reader.model.search import Hit
from reader.model.span import Span

# From the beginning of the first word to the end of the last: what a row has room to show.
NEAR = 80


@dataclass(frozen=True, slots=True)
class Passage:
    """Hits that one row shows, in reading order; the row is the first one's."""

    hits: tuple[Hit, ...]
    words: int

    @property
    def first(self) -> Hit:
        """The hit that the row leads to."""
        return self.hits[0]

    @property
    def others(self) -> tuple[Span, ...]:
        """Where the other words stand."""
        return tuple(hit.span for hit in self.hits[1:])

    @property
    def length(self) -> int:
        """From the first word to the end of the last, in characters."""
        return self.hits[-1].span.end - self.first.span.start


def passages(hits: Iterable[Hit], text: str) -> list[Passage]:
    """The hits of a document in the order given; those near each other in one paragraph as one.

    `text` is the document's; without it each hit is a passage of its own.
    """
    if not text:
        return [Passage((hit,), 1) for hit in hits]
    made: list[list[Hit]] = []
    for hit in hits:
        if made and _is_near(made[-1], hit, text):
            made[-1].append(hit)
        else:
            made.append([hit])
    return [
        Passage(tuple(one), len({hit.span.cut(text).casefold() for hit in one})) for one in made
    ]


def _is_near(before: list[Hit], hit: Hit, text: str) -> bool:
    first, last = before[0], before[-1]
    if hit.annotation_id or (hit.kind, hit.section_id) != (last.kind, last.section_id):
        return False
    if first.annotation_id or not last.span.end <= hit.span.start:
        return False
    near = hit.span.end - first.span.start <= NEAR
    return near and "\n" not in text[last.span.end : hit.span.start]


def closest_first(found: list[Passage]) -> list[Passage]:
    """Titles and notes as they are, then passages: the one with most of the words first, of these
    the one in which they stand closest."""
    return sorted(found, key=_closeness)


def _closeness(one: Passage) -> tuple[int, int, int]:
    if one.first.kind not in ("text", "reference"):
        return (0, 0, 0)
    return (1, -one.words, one.length if one.words > 1 else 0)
