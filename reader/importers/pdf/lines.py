"""A line of a page: its words, where it stands and how it is set."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from reader.importers.pdf.word import Word


@dataclass(frozen=True)
class Line:
    """Words on one line of one column, from left to right; `page` counts from 1.

    `block` numbers the regions of the page, in reading order. `parted`: a drawn rule lies between
    the line above in that region and this one. `cell`: row and column, counted from 0, in a table
    whose edges are all drawn.
    """

    words: tuple[Word, ...]
    page: int
    block: int
    parted: bool = False
    cell: tuple[int, int] | None = None

    @cached_property
    def frame(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom on the page turned so that the line is level."""
        left, top, right, bottom = frame(self.words[0])
        for word in self.words[1:]:
            # Comparing takes less time than calling min and max.
            a, b, c, d = (
                frame(word) if word.turned else (word.left, word.top, word.right, word.bottom)
            )
            if a < left:
                left = a
            if b < top:
                top = b
            if c > right:
                right = c
            if d > bottom:
                bottom = d
        return left, top, right, bottom

    @cached_property
    def size(self) -> float:
        """The size that most of its characters have."""
        return main_size(self.words)

    @cached_property
    def bold(self) -> bool:
        """Whether nearly all of it is bold."""
        return _share(self.words, [word.bold for word in self.words]) > 0.9

    @cached_property
    def italic(self) -> bool:
        """Whether nearly all of it is italic."""
        return _share(self.words, [word.italic for word in self.words]) > 0.9

    @cached_property
    def baseline(self) -> float:
        """Where the line stands, measured downwards."""
        level = [word.baseline for word in self.words if not word.shift]
        return median(level or [word.baseline for word in self.words])

    @cached_property
    def text(self) -> str:
        """The line's words with spaces between them."""
        return "".join(
            ("" if word.glued or not i else " ") + word.text for i, word in enumerate(self.words)
        )


def frame(word: Word) -> tuple[float, float, float, float]:
    """The word's box in a frame in which its line runs level from left to right."""
    if word.turned == 90:
        return word.top, -word.right, word.bottom, -word.left
    if word.turned == 180:
        return -word.right, -word.bottom, -word.left, -word.top
    if word.turned == 270:
        return -word.bottom, word.left, -word.top, word.right
    return word.left, word.top, word.right, word.bottom


def main_size(words: Iterable[Word]) -> float:
    """The size of type that most characters have; 0 when there are none."""
    counts: dict[float, int] = {}
    for word in words:
        size = word.size
        counts[size] = counts.get(size, 0) + len(word.text)
    return max(counts, key=lambda size: counts[size], default=0.0)


def _share(words: Sequence[Word], which: Sequence[bool]) -> float:
    if not any(which):
        return 0.0
    total = sum(len(word.text) for word in words)
    return sum(len(w.text) for w, yes in zip(words, which, strict=True) if yes) / total
