"""The one coordinate system: places in a document's text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of a document's text, in Unicode code points.

    Raises:
        ValueError: when start is negative or end lies before start.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"no span from {self.start} to {self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def __bool__(self) -> bool:
        """True also when empty: an empty span is still a place."""
        return True

    def cut(self, text: str) -> str:
        """The characters of `text` that this span covers."""
        return text[self.start : self.end]

    def holds(self, offset: int) -> bool:
        """Whether the character at `offset` lies in the span."""
        return self.start <= offset < self.end

    def covers(self, other: Span) -> bool:
        """Whether every place of `other` is a place of this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def moved(self, by: int) -> Span:
        """The span `by` code points further on."""
        return Span(self.start + by, self.end + by)
