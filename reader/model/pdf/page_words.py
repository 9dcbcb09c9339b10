"""The words of one page: where each begins and ends in the text, and its box on the page."""

from __future__ import annotations

import sys
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise
from operator import ge, gt, sub

from reader.model.pdf.glyph_widths import share_before
from reader.model.span import Span

UNITS_A_POINT = 20
MOST_WORDS = 2_000_000
_LARGEST_UNITS = 2**30
# Half the time of the usual level, for a map that is 7 % larger.
_QUICK = 3
_PLANES = "IIiiii"
_BYTES_A_WORD = 4 * len(_PLANES)
# A line is left for another one sooner than a place in it is given up.
_DOWN_COUNTS = 16.0

Sides = tuple[float, float, float, float]
"""Left, top, right, bottom, in points."""


class PageWords:
    """The words of a page in the order of the text; lengths are kept as 1/20 point."""

    def __init__(
        self,
        starts: Sequence[int] = (),
        ends: Sequence[int] = (),
        sides: Sequence[Sequence[int]] = ((), (), (), ()),
    ) -> None:
        """Take starts, ends, and all left, top, right and bottom sides in units, 1/20 point.

        Raises:
            ValueError: when a word is empty, or words overlap or are out of order.
        """
        self.starts, self.ends = array("I", starts), array("I", ends)
        self._sides = [array("i", plane) for plane in sides]
        if any(map(gt, self.ends, self.starts[1:])):
            raise ValueError("words overlap or are out of order")
        if any(map(ge, self.starts, self.ends)):
            raise ValueError("a word is empty")

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def extent(self) -> Span:
        """From the first word to the last."""
        return Span(self.starts[0], self.ends[-1]) if self.starts else Span(0, 0)

    def stretches(self, gap: int) -> list[Span]:
        """Where in the text the words stand together: what is further apart than `gap` characters
        is cut."""
        count, pairs = len(self), zip(self.ends, self.starts[1:], strict=False)
        cuts = [i for i, (end, start) in enumerate(pairs, 1) if start - end > gap]
        edges = pairwise((0, *cuts, count)) if count else ()
        return [Span(self.starts[first], self.ends[last - 1]) for first, last in edges]

    def span(self, i: int) -> Span:
        """Where a word stands in the text."""
        return Span(self.starts[i], self.ends[i])

    def within(self, span: Span) -> range:
        """The numbers of the words that share a character with a span."""
        return range(bisect_right(self.ends, span.start), bisect_left(self.starts, span.end))

    def box(self, i: int, span: Span, text: str) -> Sides:
        """The box of as much of a word as `span` holds, by the usual widths of its letters.

        Without a text, all letters are taken to be equally wide.
        """
        start, end = self.starts[i], self.ends[i]
        left, top, right, bottom = (plane[i] / UNITS_A_POINT for plane in self._sides)
        if span.start <= start and end <= span.end:
            return left, top, right, bottom
        word, width = text[start:end] or "x" * (end - start), right - left
        before = share_before(word, max(span.start - start, 0))
        until = share_before(word, min(span.end, end) - start)
        return left + before * width, top, left + until * width, bottom

    def nearest(self, x: float, y: float) -> int | None:
        """The number of the word nearest to a place of the page, in points; None without any."""
        x, y = x * UNITS_A_POINT, y * UNITS_A_POINT
        lefts, tops, rights, bottoms = self._sides

        def distance(i: int) -> float:
            across = max(lefts[i] - x, 0, x - rights[i])
            down = max(tops[i] - y, 0, y - bottoms[i]) * _DOWN_COUNTS
            return across * across + down * down

        return min(range(len(self)), key=distance, default=None)

    def pack(self) -> bytes:
        """The words as bytes that `unpack` takes; about 6 bytes a word."""
        before = [0, *self.ends][:-1]
        planes = (
            array("I", map(sub, self.starts, before)),
            array("I", map(sub, self.ends, self.starts)),
            *(array("i", map(sub, plane, [0, *plane])) for plane in self._sides),
        )
        return zlib.compress(b"".join(_little(plane).tobytes() for plane in planes), _QUICK)

    @classmethod
    def unpack(cls, untrusted: bytes, count: int) -> PageWords:
        """The words that `pack` wrote.

        Raises:
            ValueError: when they are damaged, or not so many.
        """
        try:
            return cls._unpacked(inflated(untrusted, _BYTES_A_WORD * count), count)
        except OverflowError as error:
            raise ValueError(f"the words of a page are damaged: {error}") from None

    @classmethod
    def _unpacked(cls, untrusted: bytes, count: int) -> PageWords:
        if len(untrusted) != _BYTES_A_WORD * count:
            raise ValueError("the words of a page have the wrong length")
        planes = []
        for i, kind in enumerate(_PLANES):
            plane = array(kind)
            plane.frombytes(untrusted[4 * i * count : 4 * (i + 1) * count])
            planes.append(_little(plane))
        gaps, sizes, *steps = planes
        ends = array("I", accumulate(a + b for a, b in zip(gaps, sizes, strict=True)))
        starts = array("I", (b - a for a, b in zip(sizes, ends, strict=True)))
        sides = [array("i", accumulate(plane)) for plane in steps]
        made = cls(starts, ends, sides)
        lefts, tops, rights, bottoms = sides
        if any(map(gt, lefts, rights)) or any(map(gt, tops, bottoms)):
            raise ValueError("a word's box is inside out")
        return made


def inflated(untrusted: bytes, most: int) -> bytes:
    """What `zlib.compress` packed.

    Raises:
        ValueError: when it is damaged, cut off, or more than `most` bytes.
    """
    inflating = zlib.decompressobj()
    try:
        # Of none there may still be an end to be read.
        found = inflating.decompress(untrusted, max(most, 1))
    except zlib.error as error:
        raise ValueError(f"the map of pages is damaged: {error}") from None
    if not inflating.eof or inflating.unused_data:
        raise ValueError("the map of pages is cut off or too large")
    return found


def in_units(points: Sequence[float]) -> list[int]:
    """Return lengths in points as units of 1/20 point, those beyond any page cut."""
    units = [round(one * UNITS_A_POINT) for one in points]
    if -_LARGEST_UNITS <= min(units, default=0) <= max(units, default=0) <= _LARGEST_UNITS:
        return units
    return [max(-_LARGEST_UNITS, min(_LARGEST_UNITS, one)) for one in units]


def _little(plane: array[int]) -> array[int]:
    """The plane in the byte order of the file, or back from it."""
    if sys.byteorder == "big":
        plane = plane[:]
        plane.byteswap()
    return plane
