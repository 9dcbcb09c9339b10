"""Where a document's text stands on printed pages, and what text stands at a place of a page.

The importer of a format with pages writes it, as an asset beside the document named `ASSET`.
Places on a page are points (1/72 inch) to the right and down from the top left corner of the page
as it is shown: /Rotate is applied already, and so are the sizes of `Page`.
"""

from __future__ import annotations

import struct
import zlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from operator import gt, itemgetter

from reader.model.pdf.glyph_widths import letters_before
from reader.model.pdf.page_box import PageBox, lines
from reader.model.pdf.page_words import MOST_WORDS, PageWords, in_units, inflated
from reader.model.span import Span

__all__ = ["ASSET", "Page", "PageBox", "PageMap", "Word", "place_in_text"]

ASSET = "pages.map"
MOST_PAGES = 100_000
# The words of so many pages stay unpacked.
_PAGES_AT_HAND = 64
_MAGIC = b"OPM2"
_COUNT = struct.Struct("<I")
_PAGE = struct.Struct("<ddHIIHIIII")

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
class _Block:
    """The packed words of a page: how many, from where to where in the text, and the bytes."""

    count: int
    extent: Span
    packed: bytes


class PageMap:
    """The pages of a document and the boxes of its words.

    A word that is printed in two pieces, on two lines or with a raised part, is two words here.
    Where inside a word a letter stands is told by the usual widths of letters, once the text is
    known; else all are taken to be equally wide. The words of a page are unpacked when
    they are first asked for; every method that asks raises ValueError when they are damaged.
    """

    @classmethod
    def of(cls, pages: Sequence[Page], words: Iterable[Word]) -> PageMap:
        """Make the map of words in the order of the text, none empty and none overlapping.

        Raises:
            ValueError: when that is not so, or a word is on no page.
        """
        words = list(words)
        if any(map(gt, map(itemgetter(1), words), map(itemgetter(0), words[1:]))):
            raise ValueError("words overlap or are out of order")
        numbers = set(map(itemgetter(2), words))
        if numbers and not 1 <= min(numbers) <= max(numbers) <= len(pages):
            raise ValueError("a word is on no page")
        on: list[list[Word]] = [[] for _ in pages]
        for number, run in groupby(words, itemgetter(2)):
            on[number - 1] += run
        blocks = []
        for held in on:
            starts, ends, _, *sides = list(zip(*held, strict=True)) or [()] * 7
            made = PageWords(starts, ends, [in_units(plane) for plane in sides])
            blocks.append(_Block(len(made), made.extent, made.pack()))
        return cls(pages, blocks)

    def __init__(self, pages: Sequence[Page], blocks: list[_Block], text: str = "") -> None:
        """Take the words of each page packed, and the document's text.

        Raises:
            ValueError: when the pages are not numbered from 1.
        """
        if any(page.number != i for i, page in enumerate(pages, 1)):
            raise ValueError("the pages are not numbered from 1")
        self.text = text
        self.pages: tuple[Page, ...] = tuple(pages)
        self._blocks = blocks
        self._at_hand: dict[int, PageWords] = {}
        # Pages whose words overlap with a span: sorted starts and a running maximum of ends.
        order = sorted(
            (block.extent, number) for number, block in enumerate(blocks, 1) if block.count
        )
        self._order = [number for _, number in order]
        self._starts = [extent.start for extent, _ in order]
        self._ends = list(accumulate((extent.end for extent, _ in order), max))

    def _words(self, number: int) -> PageWords:
        """The words of a page.

        Raises:
            ValueError: when they are damaged.
        """
        words = self._at_hand.pop(number, None)
        if words is None:
            block = self._blocks[number - 1]
            words = PageWords.unpack(block.packed, block.count) if block.count else PageWords()
            if words.extent != block.extent:
                raise ValueError("the words of a page are not where the map says")
        self._at_hand[number] = words
        if len(self._at_hand) > _PAGES_AT_HAND:
            del self._at_hand[next(iter(self._at_hand))]
        return words

    def check(self) -> None:
        """Unpack everything once.

        Raises:
            ValueError: when anything of it is damaged, or words of two pages overlap.
        """
        spans = sorted(span for page in self.pages for span, _ in self.words_on(page.number))
        if any(one.end > other.start for one, other in pairwise(spans)):
            raise ValueError("words overlap")

    @property
    def end(self) -> int:
        """Where in the text the last word or page ends."""
        return max([page.span.end for page in self.pages] + self._ends[-1:], default=0)

    def _overlapping(self, span: Span) -> Iterator[int]:
        """The numbers of the pages that may have words in a span."""
        i = bisect_left(self._ends, span.start + 1)
        while i < len(self._order) and self._starts[i] < span.end:
            yield self._order[i]
            i += 1

    def page_at(self, offset: int) -> Page | None:
        """The page that the text at `offset`, or else the text before it, stands on."""
        holding = [page for page in self._begun(offset) if page.span.holds(offset)]
        if len(holding) == 1:
            return holding[0]
        here = Span(offset, offset + 1)
        for number in self._overlapping(here):
            if self._words(number).within(here):
                return self.pages[number - 1]
        begun = self._begun(offset)
        return max(begun, key=lambda page: page.span, default=self.pages[0] if self.pages else None)

    def _begun(self, offset: int) -> list[Page]:
        return [page for page in self.pages if page.span.start <= offset]

    def boxes(self, span: Span, page: int | None = None) -> list[PageBox]:
        """What of the pages, or of one of them, a span covers: one box a line.

        They come in the order of the text.
        """
        if not len(span):
            return []
        held: list[tuple[int, PageBox]] = []
        for number in self._overlapping(span) if page is None else (page,):
            words = self._words(number)
            held += [
                (words.starts[i], PageBox(number, *words.box(i, span, self.text)))
                for i in words.within(span)
            ]
        held.sort(key=lambda one: one[0])
        return lines([box for _, box in held])

    def words_on(self, page: int) -> list[tuple[Span, PageBox]]:
        """The words of a page, in the order of the text; none of a page that is not there."""
        if not 1 <= page <= len(self.pages):
            return []
        words = self._words(page)
        spans = map(words.span, range(len(words)))
        return [
            (span, PageBox(page, *words.box(i, span, self.text))) for i, span in enumerate(spans)
        ]

    def has_words(self, page: int) -> bool:
        """Whether a page that there is has any words; none are unpacked for it."""
        return self._blocks[page - 1].count > 0

    def at(self, page: int, x: float, y: float) -> int | None:
        """The offset nearest to a place, from before to after a word; None without any word."""
        span = self._nearest(page, x, y)
        if span is None:
            return None
        words = self._words(page)
        left, _, right, _ = words.box(words.within(span)[0], span, self.text)
        share = (min(max(x, left), right) - left) / (right - left) if right > left else 0.0
        word = span.cut(self.text) or "x" * len(span)
        return span.start + letters_before(word, share)

    def word_at(self, page: int, x: float, y: float) -> Span | None:
        """The whole word nearest to a place, with all its pieces."""
        span = self._nearest(page, x, y)
        return None if span is None else self._whole(span)

    def between(
        self, first: tuple[int, float, float], last: tuple[int, float, float]
    ) -> Span | None:
        """The whole words between two places, each a page number, x and y, in either order."""
        one, other = self._nearest(*first), self._nearest(*last)
        if one is None or other is None:
            return None
        return self._whole(Span(min(one.start, other.start), max(one.end, other.end)))

    def _nearest(self, page: int, x: float, y: float) -> Span | None:
        if not 1 <= page <= len(self.pages):
            return None
        words = self._words(page)
        i = words.nearest(x, y)
        return None if i is None else words.span(i)

    def _whole(self, span: Span) -> Span:
        """The span with the pieces that the words at its ends go on in, also on other pages."""
        before = self._piece(span.start - 1)
        while before is not None and before.end == span.start:
            span = Span(before.start, span.end)
            before = self._piece(span.start - 1)
        after = self._piece(span.end)
        while after is not None and after.start == span.end:
            span = Span(span.start, after.end)
            after = self._piece(span.end)
        return span

    def _piece(self, offset: int) -> Span | None:
        """The word that holds an offset."""
        if offset < 0:
            return None
        here = Span(offset, offset + 1)
        for number in self._overlapping(here):
            words = self._words(number)
            for i in words.within(here):
                return words.span(i)
        return None

    def encode(self) -> bytes:
        """The map as bytes that `decode` takes; about 6 bytes a word."""
        head = [_COUNT.pack(len(self.pages))]
        for page, block in zip(self.pages, self._blocks, strict=True):
            label = page.label.encode()[:0xFFFF]
            sizes = (page.width_pt, page.height_pt, page.rotation)
            spans = (page.span.start, page.span.end, len(label))
            held = (block.count, block.extent.start, block.extent.end, len(block.packed))
            head += [_PAGE.pack(*sizes, *spans, *held), label]
        packed = zlib.compress(b"".join(head))
        blocks = (block.packed for block in self._blocks)
        return b"".join((_MAGIC, _COUNT.pack(len(packed)), packed, *blocks))

    @classmethod
    def decode(cls, untrusted: bytes, text: str = "") -> PageMap:
        """The map that `encode` wrote, of a document with that text.

        The words of its pages are looked at when asked for.

        Raises:
            ValueError: when its head is damaged; see `check` for the rest.
        """
        if not untrusted.startswith(_MAGIC):
            raise ValueError("this is no map of pages")
        try:
            return cls._decoded(untrusted, text)
        except (struct.error, UnicodeDecodeError) as error:
            raise ValueError(f"the map of pages is damaged: {error}") from None

    @classmethod
    def _decoded(cls, untrusted: bytes, text: str) -> PageMap:
        (size,) = _COUNT.unpack_from(untrusted, len(_MAGIC))
        body = len(_MAGIC) + _COUNT.size
        head = inflated(untrusted[body : body + size], MOST_PAGES * (_PAGE.size + 256))
        (page_count,) = _COUNT.unpack_from(head)
        at, place = _COUNT.size, body + size
        pages, blocks = [], []
        for number in range(1, page_count + 1):
            entry = _PAGE.unpack_from(head, at)
            width, height, rotation, start, end, label_size, count, first, last, length = entry
            at += _PAGE.size + label_size
            if not (0 < width < 1e7 and 0 < height < 1e7 and rotation in (0, 90, 180, 270)):
                raise ValueError("a page has no size or stands askew")
            if count > MOST_WORDS:
                raise ValueError("a page of the map is too large")
            label = head[at - label_size : at].decode()
            pages.append(Page(number, label, width, height, rotation, Span(start, end)))
            blocks.append(_Block(count, Span(first, last), untrusted[place : place + length]))
            place += length
        if at != len(head) or place != len(untrusted):
            raise ValueError("the map of pages has the wrong length")
        return cls(pages, blocks, text)


def place_in_text(pages: PageMap, box: PageBox) -> Span:
    """The empty span at which a box of a page stands in the text."""
    nearest = pages.word_at(box.page, box.left, box.top) or pages.pages[box.page - 1].span
    return Span(nearest.start, nearest.start)
