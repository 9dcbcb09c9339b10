"""Where a document's text stands on printed pages, and what text stands at a place of a page.

The importer of a format with pages writes it, as an asset beside the document named `ASSET`.
Places on a page are points (1/72 inch) to the right and down from the top left corner of the page
as it is shown: /Rotate is applied already, and so are the sizes of `Page`.
"""

from __future__ import annotations

import struct
import sys
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from operator import ge, gt

from reader.model.span import Span

ASSET = "pages.map"
MOST_PAGES = 100_000
MOST_WORDS = 8_000_000
_MAGIC = b"OPM1"
_HEAD = struct.Struct("<II")
_PAGE = struct.Struct("<ddHIIH")
_UNITS_A_POINT = 20
_LARGEST_UNITS = 2**30
# A line is left for another one sooner than a place in it is given up.
_DOWN_COUNTS = 16.0

Word = tuple[int, int, int, float, float, float, float]
"""Start and end in the text, page number, left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page; `number` counts from 1, `label` is the printed number ("iv", "12").

    The sizes are of the page as it is shown. `rotation` is the file's /Rotate: 0, 90, 180 or 270
    degrees clockwise, which renderers apply by themselves. `span` holds all words of the page; it
    is empty when the page has none, and shares text with the next where a paragraph runs on above
    a footnote.
    """

    number: int
    label: str
    width_pt: float
    height_pt: float
    rotation: int
    span: Span


@dataclass(frozen=True, slots=True)
class PageBox:
    """A rectangle on a page; see the module for its coordinates."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


class PageMap:
    """The pages of a document and the boxes of its words.

    A word that is printed in two pieces, on two lines or with a raised part, is two words here.
    Inside a word, characters are taken to be equally wide.
    """

    def __init__(self, pages: Sequence[Page], words: Iterable[Word]) -> None:
        """Takes words in the order of the text, none empty and none overlapping.

        Raises:
            ValueError: when that is not so, or a word is on no page.
        """
        self.pages: tuple[Page, ...] = tuple(pages)
        columns = list(zip(*words, strict=True)) or [()] * 7
        starts, ends, numbers = (array("I", column) for column in columns[:3])
        self._set(starts, ends, numbers, *(array("i", _units(column)) for column in columns[3:]))

    def _set(
        self,
        starts: array[int],
        ends: array[int],
        numbers: array[int],
        lefts: array[int],
        tops: array[int],
        rights: array[int],
        bottoms: array[int],
    ) -> None:
        if any(page.number != i for i, page in enumerate(self.pages, 1)):
            raise ValueError("the pages are not numbered from 1")
        if any(map(gt, ends, starts[1:])):
            raise ValueError("words overlap or are out of order")
        if any(map(ge, starts, ends)):
            raise ValueError("a word is empty")
        if numbers and not 1 <= min(numbers) <= max(numbers) <= len(self.pages):
            raise ValueError("a word is on no page")
        self._on: list[list[int]] = [[] for _ in self.pages]
        for i, number in enumerate(numbers):
            self._on[number - 1].append(i)
        self._starts, self._ends, self._numbers = starts, ends, numbers
        self._lefts, self._tops, self._rights, self._bottoms = lefts, tops, rights, bottoms

    @property
    def end(self) -> int:
        """Where in the text the last word or page ends."""
        return max([page.span.end for page in self.pages] + [*self._ends[-1:]], default=0)

    def page_at(self, offset: int) -> Page | None:
        """The page that the text at `offset`, or else the text before it, stands on."""
        i = bisect_right(self._starts, offset) - 1
        if i >= 0 and offset < self._ends[i]:
            return self.pages[self._numbers[i] - 1]
        begun = [page for page in self.pages if page.span.start <= offset]
        return max(begun, key=lambda page: page.span, default=self.pages[0] if self.pages else None)

    def boxes(self, span: Span) -> list[PageBox]:
        """What of the pages a span covers: one box a line, in the order of the text."""
        found: list[PageBox] = []
        for i in range(bisect_right(self._ends, span.start), bisect_left(self._starts, span.end)):
            box = self._box(i, max(span.start, self._starts[i]), min(span.end, self._ends[i]))
            if found and _on_one_line(found[-1], box):
                found[-1] = _hull(found[-1], box)
            else:
                found.append(box)
        return found if len(span) else []

    def words_on(self, page: int) -> list[tuple[Span, PageBox]]:
        """The words of a page, in the order of the text; none of a page that is not there."""
        if not 1 <= page <= len(self.pages):
            return []
        return [
            (Span(self._starts[i], self._ends[i]), self._box(i, self._starts[i], self._ends[i]))
            for i in self._on[page - 1]
        ]

    def at(self, page: int, x: float, y: float) -> int | None:
        """The offset nearest to a place, from before to after a word; None without any word."""
        i = self._nearest(page, x, y)
        if i is None:
            return None
        left, right = self._lefts[i] / _UNITS_A_POINT, self._rights[i] / _UNITS_A_POINT
        share = (min(max(x, left), right) - left) / (right - left) if right > left else 0.0
        return self._starts[i] + round(share * (self._ends[i] - self._starts[i]))

    def word_at(self, page: int, x: float, y: float) -> Span | None:
        """The whole word nearest to a place, with all its pieces."""
        i = self._nearest(page, x, y)
        return None if i is None else self._whole(i, i)

    def between(
        self, first: tuple[int, float, float], last: tuple[int, float, float]
    ) -> Span | None:
        """The whole words between two places, each a page number, x and y, in either order."""
        one, other = self._nearest(*first), self._nearest(*last)
        if one is None or other is None:
            return None
        return self._whole(min(one, other), max(one, other))

    def _whole(self, first: int, last: int) -> Span:
        while first > 0 and self._ends[first - 1] == self._starts[first]:
            first -= 1
        while last + 1 < len(self._starts) and self._ends[last] == self._starts[last + 1]:
            last += 1
        return Span(self._starts[first], self._ends[last])

    def _nearest(self, page: int, x: float, y: float) -> int | None:
        if not 1 <= page <= len(self.pages):
            return None
        x, y = x * _UNITS_A_POINT, y * _UNITS_A_POINT

        def distance(i: int) -> float:
            across = max(self._lefts[i] - x, 0, x - self._rights[i])
            down = max(self._tops[i] - y, 0, y - self._bottoms[i]) * _DOWN_COUNTS
            return across * across + down * down

        return min(self._on[page - 1], key=distance, default=None)

    def _box(self, i: int, start: int, end: int) -> PageBox:
        left, right = self._lefts[i] / _UNITS_A_POINT, self._rights[i] / _UNITS_A_POINT
        step = (right - left) / (self._ends[i] - self._starts[i])
        return PageBox(
            self._numbers[i],
            left + (start - self._starts[i]) * step,
            self._tops[i] / _UNITS_A_POINT,
            right - (self._ends[i] - end) * step,
            self._bottoms[i] / _UNITS_A_POINT,
        )

    def encode(self) -> bytes:
        """The map as bytes that `decode` takes; about 6 bytes a word."""
        parts = [_HEAD.pack(len(self.pages), len(self._starts))]
        for page in self.pages:
            label = page.label.encode()[:0xFFFF]
            sizes = (page.width_pt, page.height_pt, page.rotation)
            parts += [_PAGE.pack(*sizes, page.span.start, page.span.end, len(label)), label]
        before = [0, *self._ends][:-1]
        planes = (
            array("I", (a - b for a, b in zip(self._starts, before, strict=False))),
            array("I", (b - a for a, b in zip(self._starts, self._ends, strict=True))),
            self._numbers,
            *map(_steps, (self._lefts, self._tops, self._rights, self._bottoms)),
        )
        parts += [_little(plane).tobytes() for plane in planes]
        return _MAGIC + zlib.compress(b"".join(parts))

    @classmethod
    def decode(cls, untrusted: bytes) -> PageMap:
        """The map that `encode` wrote.

        Raises:
            ValueError: when it is damaged.
        """
        try:
            return cls._decoded(_unpacked(untrusted))
        except (struct.error, OverflowError, zlib.error) as error:
            raise ValueError(f"the map of pages is damaged: {error}") from None

    @classmethod
    def _decoded(cls, untrusted: bytes) -> PageMap:
        page_count, word_count = _HEAD.unpack_from(untrusted)
        if page_count > MOST_PAGES or word_count > MOST_WORDS:
            raise ValueError("the map of pages is too large")
        at = _HEAD.size
        pages = []
        for number in range(1, page_count + 1):
            width, height, rotation, start, end, size = _PAGE.unpack_from(untrusted, at)
            at += _PAGE.size + size
            if not (0 < width < 1e7 and 0 < height < 1e7 and rotation in (0, 90, 180, 270)):
                raise ValueError("a page has no size or stands askew")
            label = untrusted[at - size : at].decode()
            pages.append(Page(number, label, width, height, rotation, Span(start, end)))
        if len(untrusted) - at != 28 * word_count:
            raise ValueError("the map of pages has the wrong length")
        planes = []
        for i, kind in enumerate("IIIiiii"):
            plane = array(kind)
            plane.frombytes(untrusted[at + 4 * i * word_count : at + 4 * (i + 1) * word_count])
            planes.append(_little(plane))
        gaps, sizes, numbers, *steps = planes
        ends = array("I", accumulate(a + b for a, b in zip(gaps, sizes, strict=True)))
        starts = array("I", (end - size for end, size in zip(ends, sizes, strict=True)))
        lefts, tops, rights, bottoms = (array("i", accumulate(plane)) for plane in steps)
        pairs = (zip(lefts, rights, strict=True), zip(tops, bottoms, strict=True))
        if any(low > high for pair in pairs for low, high in pair):
            raise ValueError("a word's box is inside out")
        made = cls(pages, ())
        made._set(starts, ends, numbers, lefts, tops, rights, bottoms)
        return made


def _units(points: Sequence[float]) -> list[int]:
    units = [round(one * _UNITS_A_POINT) for one in points]
    if units and max(max(units), -min(units)) > _LARGEST_UNITS:
        return [max(-_LARGEST_UNITS, min(_LARGEST_UNITS, one)) for one in units]
    return units


def _steps(plane: array[int]) -> array[int]:
    return array("i", (b - a for a, b in pairwise([0, *plane])))


def _little(plane: array[int]) -> array[int]:
    """The plane in the byte order of the file, or back from it."""
    if sys.byteorder == "big":
        plane = plane[:]
        plane.byteswap()
    return plane


def _unpacked(untrusted: bytes) -> bytes:
    if not untrusted.startswith(_MAGIC):
        raise ValueError("this is no map of pages")
    most = _HEAD.size + MOST_PAGES * (_PAGE.size + 256) + 28 * MOST_WORDS
    inflating = zlib.decompressobj()
    found = inflating.decompress(untrusted[len(_MAGIC) :], most)
    if not inflating.eof or inflating.unused_data:
        raise ValueError("the map of pages is cut off or too large")
    return found


def _on_one_line(one: PageBox, other: PageBox) -> bool:
    if one.page != other.page:
        return False
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    lower = min(one.bottom - one.top, other.bottom - other.top)
    apart = max(one.left, other.left) - min(one.right, other.right)
    return shared >= 0.5 * lower and apart <= 2 * max(lower, 1.0)


def _hull(one: PageBox, other: PageBox) -> PageBox:
    return PageBox(
        one.page,
        min(one.left, other.left),
        min(one.top, other.top),
        max(one.right, other.right),
        max(one.bottom, other.bottom),
    )
