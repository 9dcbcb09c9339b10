"""Where the words that one word of a query stands for are, in the passages of all segments.

A row is one word in one passage. The rows of a few words are kept; those of very many are gone
through again when their places are wanted, for a few passages only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from reader.search.arrays import Array, expand, running
from reader.search.positions import PASSAGE_SHIFT, Occurrences, in_order, kept
from reader.search.segment import Field, Segment

# To add up more rows than these, or to compare their places, takes longer than anybody waits.
MOST_ROWS = 6_000_000
MOST_PLACED_ROWS = 600_000
KEPT_ROWS = 500_000
CHUNK = 100_000


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one segment: the passage of each, how often the word is there, and from which place.

    Those `of_one_word` are in the order of their passages. Places take one slot if there are no
    `widths`.
    """

    segment: int
    of_one_word: bool
    passages: Array
    frequencies: Array
    places: Array
    widths: Array | None


@dataclass(frozen=True, slots=True)
class Postings:
    """Where a word, in all the spellings meant, stands: in each passage so often.

    `wide` are the passages in which two of its places may overlap. `words` are the numbers of the
    spellings in each segment. There are no `parts` when they would be too large to keep. Of very
    many spellings the rarer ones are `cut` off.
    """

    passages: Array
    counts: Array
    wide: Array
    words: tuple[Array, ...]
    parts: tuple[Part, ...] | None
    cut: bool

    @property
    def of_one_word(self) -> bool:
        """Whether it has but one spelling in each segment."""
        return all(len(words) <= 1 for words in self.words)

    @property
    def plain(self) -> bool:
        """Whether no two of its places can overlap."""
        return not len(self.wide)

    @property
    def total(self) -> int:
        """How often it stands in all passages."""
        return int(self.counts.sum())

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        rows = sum(len(part.passages) for part in self.parts or ())
        return 16 * len(self.passages) + 24 * rows + sum(words.nbytes for words in self.words)


class Rows:
    """The rows of one field in all segments; `alive` says which passages are still there."""

    def __init__(self, segments: Sequence[Segment], bases: Array, alive: Array, name: str) -> None:
        self.fields = [segment.fields[name] for segment in segments]
        self.bases = bases
        self.alive = alive
        self._counts: dict[int, Array] = {}

    def counts(self, number: int) -> Array:
        """In how many passages of a segment that are still there each of its words stands."""
        if number not in self._counts:
            field = self.fields[number]
            alive = self.alive[int(self.bases[number]) : int(self.bases[number + 1])]
            found = field.counts
            if not alive.all():
                found = np.diff(running(alive[field.passages])[field.first])
            self._counts[number] = found
        return self._counts[number]

    def postings(self, words: Sequence[Array], most: int) -> Postings:
        """What these words of each segment are together, the commonest of at most so many rows."""
        sizes = [int(f.counts[one].sum()) for f, one in zip(self.fields, words, strict=True)]
        one_word = max(map(len, words), default=0) <= 1
        cut = sum(sizes) > most and not one_word
        if cut:
            words = [
                self._commonest(f, one, most) for f, one in zip(self.fields, words, strict=True)
            ]
        small = sum(sizes) <= KEPT_ROWS or one_word
        parts = tuple(self.parts(words, None)) if small else None
        if parts is None or any(not part.of_one_word for part in parts):
            counted = self._counted(words)
            passages = np.flatnonzero(counted)
            counts = counted[passages]
        else:
            passages = np.concatenate([np.zeros(0, np.int64), *(p.passages for p in parts)])
            counts = np.concatenate([np.zeros(0, np.int64), *(p.frequencies for p in parts)])
        wide = [one[field.widths[one] > 1] for field, one in zip(self.fields, words, strict=True)]
        overlapping = np.flatnonzero(self._counted(wide)) if any(map(len, wide)) else passages[:0]
        return Postings(passages, counts, overlapping, tuple(words), parts, cut)

    def _commonest(self, field: Field, words: Array, most: int) -> Array:
        """As many of the words as the segment's share of the rows allows, the commonest first.

        The commonest itself is always among them.
        """
        share = most * len(field.passages) // sum(len(f.passages) for f in self.fields)
        order = np.argsort(-field.counts[words].astype(np.int64), kind="stable")
        within = np.cumsum(field.counts[words[order]], dtype=np.int64) <= share
        within[:1] = True
        return np.sort(words[order[within]])

    def _counted(self, words: Sequence[Array]) -> Array:
        """How often these words stand in each passage."""
        counted = np.zeros(len(self.alive), np.int64)
        for number, field in enumerate(self.fields):
            inside = counted[int(self.bases[number]) : int(self.bases[number + 1])]
            for _, which in _chunks(field, words[number]):
                passages, times = field.passages[which], field.frequencies[which]
                inside += np.bincount(passages, times, len(inside)).astype(np.int64)
        return counted * self.alive

    def occurrences(self, words: Sequence[Array]) -> Occurrences:
        """All places of these words."""
        found: list[tuple[Array, Array]] = [(np.zeros(0, np.int64), np.zeros(0, np.int64))]
        for number, field in enumerate(self.fields):
            for some, which in _chunks(field, words[number]):
                passages = field.passages[which] + self.bases[number]
                times = field.frequencies[which]
                slots = field.positions[expand(field.places[some], field.totals[some])]
                keys = np.repeat(passages << PASSAGE_SHIFT, times) + slots
                widths = np.repeat(field.widths[some].astype(np.int64), field.totals[some])
                found.append((keys, widths))
        keys, widths = map(np.concatenate, zip(*found, strict=True))
        everything = in_order(keys, widths)
        return kept(everything.keys, everything.widths, self.alive)

    def parts(self, words: Sequence[Array], wanted: Array | None) -> Iterator[Part]:
        """The rows of these words of each segment, of all passages or of those wanted."""
        for number, field in enumerate(self.fields):
            if len(words[number]):
                yield self._part(number, field, words[number], wanted)

    def _part(self, number: int, field: Field, words: Array, wanted: Array | None) -> Part:
        gathered: list[tuple[Array, ...]] = []
        for some, which in _chunks(field, words):
            passages = field.passages[which] + self.bases[number]
            keep = self.alive if wanted is None else self.alive & wanted
            rows = keep[passages]
            frequencies = field.frequencies[which].astype(np.int64)
            before = running(frequencies)[:-1]
            counts = field.counts[some].astype(np.int64)
            first = running(counts)[:-1]
            places = before + np.repeat(field.places[some].astype(np.int64) - before[first], counts)
            widths = np.repeat(field.widths[some], counts)
            gathered.append((passages[rows], frequencies[rows], places[rows], widths[rows]))
        passages, frequencies, places, widths = map(np.concatenate, zip(*gathered, strict=True))
        wide = field.widths[words].max() > 1
        return Part(
            number, len(words) == 1, passages, frequencies, places, widths if wide else None
        )


def _chunks(field: Field, words: Array) -> Iterator[tuple[Array, Array]]:
    """The words with their rows, so many at a time that they stay in the processor's cache."""
    ends = np.cumsum(field.counts[words], dtype=np.int64)
    start = 0
    while start < len(words):
        reached = int(ends[start - 1]) if start else 0
        end = max(start + 1, int(np.searchsorted(ends, reached + CHUNK, "right")))
        some = words[start:end]
        yield some, expand(field.first[some], field.counts[some])
        start = end
