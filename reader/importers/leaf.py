"""One block or cell while it is being written, before its text is tidied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from reader.model.document import Mark, MarkKind
from reader.model.span import Span


@dataclass
class Leaf:
    """The raw characters of one block or cell, and what was said about ranges of them."""

    keep_space: bool = False
    parts: list[str] = field(default_factory=list)
    length: int = 0
    open_marks: list[tuple[MarkKind, str, int]] = field(default_factory=list)
    marks: list[tuple[MarkKind, str, int, int]] = field(default_factory=list)
    anchors: list[tuple[str, int]] = field(default_factory=list)

    def marks_in(self, start: int, text: str, places: list[int] | None) -> Iterator[Mark]:
        """The marks on what has become of it: `text`, which begins at `start` of the document.

        `places` are where its characters went. Marks that are still open end with it; those on
        nothing, or on white space alone, are left out.
        """
        while self.open_marks:
            kind, target, begun = self.open_marks.pop()
            self.marks.append((kind, target, begun, self.length))
        for kind, target, begun, ended in self.marks:
            first, last = moved(begun, places, text), moved(ended, places, text)
            while first < last and text[first].isspace():
                first += 1
            while first < last and text[last - 1].isspace():
                last -= 1
            if first < last:
                yield Mark(kind, Span(start + first, start + last), target)


def moved(place: int, places: list[int] | None, text: str) -> int:
    """Where a place in what was written is in the tidied text of it."""
    return min(places[place] if places is not None else place, len(text))
