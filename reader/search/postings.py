"""Where the words that one word of a query stands for are, in the passages of all segments.

A row is one word in one passage. The rows of a few words are kept; those of very many are gone
through again when their places are wanted, for a few passages only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np

from reader.search.arrays import Array, expand, running
from reader.search.positions import PASSAGE_SHIFT, Occurrences, in_order, kept
from reader.search.segment import Field, Segment

# To add up more rows than these, or to compare their places, takes longer than anybody waits.
MOST_ROWS = 6_000_000
MOST_PLACED_ROWS = 600_000
KEPT_ROWS = 500_000
CHUNK = 100_000
FEW_WORDS = 16
# So many times fewer rows than passages are sorted; more are added up in an array of passages.
SPARSE = 16


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


@dataclass(slots=True)
class Postings:
    """Where a word, in all the spellings meant, stands: in each passage so often.

    `wide` are the passages in which two of its places may overlap. `words` are the numbers of the
    spellings in each segment, and `rows` their rows, those of spellings that were left out too: of
    very many the rarer ones are `cut` off. `parts` are the rows that were wanted once, to be kept.
    """

    passages: Array
    counts: Array
    wide: Array
    words: tuple[Array, ...]
    rows: int
    cut: bool
    parts: tuple[Part, ...] | None = None

    @property
    def of_one_word(self) -> bool:
        """Whether it has but one spelling in each segment."""
        return all(len(words) <= 1 for words in self.words)

    @property
    def may_be_kept(self) -> bool:
        """Whether its parts are not too large to be kept."""
        return self.rows <= KEPT_ROWS or self.of_one_word

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
        """Bytes that it takes with its parts."""
        rows = self.rows if self.may_be_kept else 0
        return 16 * len(self.passages) + 24 * rows + sum(words.nbytes for words in self.words)


class Rows:
    """The rows of one field in all segments; `alive` says which passages are still there."""

    def __init__(self, segments: Sequence[Segment], bases: Array, alive: Array, name: str) -> None:
        self.fields = [segment.fields[name] for segment in segments]
        self.bases = bases
        self.alive = alive
        self._counts: dict[int, Array] = {}
        edges = bases.tolist()
        # Of each segment, or nothing when all of its passages are still there.
        self._left = [
            None if inside.all() else inside for inside in (alive[a:b] for a, b in pairwise(edges))
        ]
        self._left_out = not alive.all()

    def counts(self, number: int) -> Array:
        """In how many passages of a segment that are still there each of its words stands."""
        if number not in self._counts:
            field, left = self.fields[number], self._left[number]
            found = field.counts
            if left is not None:
                found = np.diff(running(left[field.passages])[field.first])
            self._counts[number] = found
        return self._counts[number]

    def postings(self, words: Sequence[Array], most: int) -> Postings:
        """What these words of each segment are together, the commonest of at most so many rows."""
        rows = sum(_row_count(f, w) for f, w in zip(self.fields, words, strict=True) if len(w))
        cut = rows > most and max(map(len, words)) > 1
        if cut:
            words, cut = self._commonest(words, most)
        passages, counts = self._counted(words)
        wide = [
            one[field.widths[one] > 1] if len(one) else one
            for field, one in zip(self.fields, words, strict=True)
        ]
        overlapping = self._counted(wide)[0] if any(map(len, wide)) else passages[:0]
        return Postings(passages, counts, overlapping, tuple(words), rows, cut)

    def _commonest(self, words: Sequence[Array], most: int) -> tuple[list[Array], bool]:
        """As many of the spellings as have at most so many rows together, and whether not all do.

        The commonest come first, of those that are as common the first by their letters, however
        the index is cut; the commonest itself is always among them.
        """
        spelled = [
            [field.words[n] for n in some.tolist()]
            for field, some in zip(self.fields, words, strict=True)
        ]
        common: Counter[bytes] = Counter()
        for number, (some, which) in enumerate(zip(spelled, words, strict=True)):
            for word, count in zip(some, self.counts(number)[which].tolist(), strict=True):
                common[word] += int(count)
        order = sorted(common, key=lambda word: (-common[word], word))
        reached = accumulate(common[word] for word in order)
        kept = {
            word
            for n, (word, rows) in enumerate(zip(order, reached, strict=True))
            if rows <= most or n == 0
        }
        chosen = [
            which[np.fromiter((word in kept for word in some), bool, len(some))]
            for some, which in zip(spelled, words, strict=True)
        ]
        return chosen, len(kept) < len(common)

    def _counted(self, words: Sequence[Array]) -> tuple[Array, Array]:
        """The passages that hold any of these words, and how often each."""
        none = np.zeros(0, np.int64)
        passages, counts = [none], [none]
        in_order = True
        bases = list(self.bases)
        for number, (field, some) in enumerate(zip(self.fields, words, strict=True)):
            if len(some) == 1:
                which = field.rows_of(some.item())
                passages.append(field.passages[which] + bases[number])
                counts.append(field.frequencies[which])
                continue
            for found, times in self._rows_of(number, field, some) if len(some) else ():
                passages.append(found + bases[number])
                counts.append(times)
            in_order = in_order and (len(some) <= 1 or len(some) > FEW_WORDS)
        rows, times = np.concatenate(passages), np.concatenate(counts).astype(np.int64)
        if not in_order:
            rows, times = self._summed(rows, times)
        if self._left_out:
            keep = self.alive[rows]
            rows, times = rows[keep], times[keep]
        return rows, times

    def _rows_of(self, number: int, field: Field, words: Array) -> Iterator[tuple[Array, Array]]:
        """The passages of a segment with each of a few words, or any of many; how often."""
        if len(words) <= FEW_WORDS:
            for which in map(field.rows_of, words.tolist()):
                yield field.passages[which], field.frequencies[which]
            return
        dense = self._dense(number, words)
        passages = np.flatnonzero(dense > 0)
        yield passages, dense[passages]

    def _summed(self, passages: Array, counts: Array) -> tuple[Array, Array]:
        """Each of the passages once, in order, with its counts added up."""
        if len(passages) * SPARSE > len(self.alive):
            dense = np.bincount(passages, counts, len(self.alive))
            passages = np.flatnonzero(dense > 0)
            return passages, dense[passages].astype(np.int64)
        order = np.argsort(passages, kind="stable")
        passages, counts = passages[order], counts[order]
        firsts = np.flatnonzero(np.diff(passages, prepend=-1))
        return passages[firsts], np.add.reduceat(counts, firsts)

    def _dense(self, number: int, words: Array) -> Array:
        """How often these words stand in each passage of a segment."""
        field = self.fields[number]
        dense = np.zeros(int(self.bases[number + 1] - self.bases[number]), np.int32)
        for _, which in chunks(field, words):
            times = np.bincount(field.passages[which], field.frequencies[which], len(dense))
            dense += times.astype(np.int32)
        return dense

    def occurrences(self, words: Sequence[Array]) -> Occurrences:
        """All places of these words."""
        found: list[tuple[Array, Array]] = [(np.zeros(0, np.int64), np.zeros(0, np.int64))]
        for number, field in enumerate(self.fields):
            for some, which in chunks(field, words[number]):
                passages = field.passages[which] + self.bases[number]
                times = field.frequencies[which]
                slots = field.positions[runs(field.places, some)]
                keys = np.repeat(passages << PASSAGE_SHIFT, times) + slots
                widths = np.repeat(field.widths[some].astype(np.int64), field.totals[some])
                found.append((keys, widths))
        keys, widths = map(np.concatenate, zip(*found, strict=True))
        everything = in_order(keys, widths)
        return kept(everything.keys, everything.widths, self.alive)

    def parts(self, words: Sequence[Array], wanted: Array | None) -> Iterator[Part]:
        """The rows of these words of each segment, of all passages or of those wanted."""
        keep = self.alive if wanted is None else self.alive & wanted
        edges = self.bases.tolist()
        for number, field in enumerate(self.fields):
            if len(words[number]):
                here = keep[edges[number] : edges[number + 1]]
                if here.any():
                    yield self._part(number, field, words[number], here)

    def _part(self, number: int, field: Field, words: Array, keep: Array) -> Part:
        """The rows of these words in those passages of a segment that are to be kept."""
        gathered: list[tuple[Array, ...]] = []
        base = self.bases[number]
        for some, which in chunks(field, words):
            passages = field.passages[which]
            rows = np.flatnonzero(keep[passages])
            frequencies = field.frequencies[which]
            before = running(frequencies)
            first = running(field.counts[some])
            word = np.searchsorted(first, rows, "right") - 1
            places = before[rows] + (field.places[some].astype(np.int64) - before[first[:-1]])[word]
            gathered.append(
                (passages[rows] + base, frequencies[rows], places, field.widths[some][word])
            )
        passages, frequencies, places, widths = map(np.concatenate, zip(*gathered, strict=True))
        wide = field.widths[words].max() > 1
        return Part(
            number,
            len(words) == 1,
            passages,
            frequencies.astype(np.int64),
            places,
            widths if wide else None,
        )


def _row_count(field: Field, words: Array) -> int:
    """How many rows these words have."""
    counts = field.counts
    return int(counts[words.item()] if len(words) == 1 else counts[words].sum())


def runs(edges: Array, words: Array) -> Array | slice:
    """What lies between the edges of each of these words, one after the other."""
    first, last = int(words[0]), int(words[-1]) + 1
    if last - first == len(words):
        # Those that begin alike follow each other.
        return slice(int(edges[first]), int(edges[last]))
    return expand(edges[words], edges[words + 1] - edges[words])


def chunks(field: Field, words: Array) -> Iterator[tuple[Array, Array | slice]]:
    """The words with their rows, so many at a time that they stay in the processor's cache."""
    ends = np.cumsum(field.counts[words], dtype=np.int64)
    start = 0
    while start < len(words):
        reached = int(ends[start - 1]) if start else 0
        end = max(start + 1, int(np.searchsorted(ends, reached + CHUNK, "right")))
        some = words[start:end]
        yield some, runs(field.first, some)
        start = end
