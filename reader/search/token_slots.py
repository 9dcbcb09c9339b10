"""Texts cut into words, each in a numbered slot.

Each position of a passage is a *slot*; slots without a word stand between blocks, so that no
phrase reaches over, and wherever 255 characters have no word.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from reader.search.analyzer import WIDTH_SIGN, analyse, cut
from reader.search.arrays import Array, expand, running

_WIDEST_GAP = 255


@dataclass
class Lexicon(dict[str, int]):
    """Numbers for raw words, and for each its pieces' surfaces, also numbered."""

    surfaces: dict[str, int] = field(default_factory=dict)
    counts: list[int] = field(default_factory=list)
    joined: list[int] = field(default_factory=list)
    pieces: list[int] = field(default_factory=list)

    def __missing__(self, raw: str) -> int:
        word = analyse(raw)
        for piece in word.pieces:
            size = piece.end - piece.start
            self.pieces += self._surface(piece.surface), piece.start, size
        count = len(word.pieces)
        self.counts.append(count)
        other, width = (word.joined, count) if word.joined else (word.raised, 2)
        self.joined.append(self._surface(f"{other}{WIDTH_SIGN}{width}") if other else -1)
        number = self[raw] = len(self)
        return number

    def tables(self) -> Tables:
        """All that is known so far."""
        counts = np.array(self.counts, np.int64)
        return Tables(
            counts,
            running(counts),
            np.array(self.pieces, np.int64).reshape(-1, 3),
            np.array(self.joined, np.int64),
        )

    def _surface(self, surface: str) -> int:
        return self.surfaces.setdefault(surface, len(self.surfaces))


@dataclass(frozen=True, slots=True)
class Tables:
    """For each raw word the number of its pieces, its first and its joined surface or -1.

    A piece is a row: its surface, where in the raw word it starts, its size.
    """

    counts: Array
    first: Array
    pieces: Array
    joined: Array


@dataclass
class Stream:
    """Texts one after the other, cut into raw words, with where passages and blocks start."""

    lexicon: Lexicon
    size: int = 0
    raws: list[Array] = field(default_factory=list)
    starts: list[Array] = field(default_factory=list)
    passages: list[int] = field(default_factory=list)
    blocks: list[int] = field(default_factory=list)

    def add(self, text: str, passages: Iterable[int] = (0,), blocks: Iterable[int] = ()) -> None:
        """Takes in a text; the offsets count from its beginning."""
        parts = cut(text)
        words = parts[1::2]
        ends = np.cumsum(np.fromiter(map(len, parts), np.int64, len(parts)))
        self.raws.append(np.fromiter(map(self.lexicon.__getitem__, words), np.int64, len(words)))
        self.starts.append(ends[:-1:2] + self.size)
        self.passages += [self.size + offset for offset in passages]
        self.blocks += [self.size + offset for offset in blocks]
        self.size += len(text) + 1

    def add_lines(self, passages: Iterable[Sequence[str]]) -> None:
        """Takes in passages whose lines are blocks."""
        texts, starts, blocks, size = [], [], [], 0
        for lines in passages:
            starts.append(size)
            for line in lines:
                texts.append(line)
                blocks.append(size)
                size += len(line) + 1
        self.add("\n".join(texts), starts, blocks)

    def lay_out(self, tables: Tables) -> Slots:
        """All words in their slots."""
        raws, starts = _joined_up(self.raws), _joined_up(self.starts)
        passages = np.array(self.passages, np.int64)
        counts = tables.counts[raws]
        surface, inside, size = tables.pieces[expand(tables.first[raws], counts)].T
        start = np.repeat(starts, counts) + inside
        passage = np.searchsorted(passages, start, "right") - 1
        first = np.diff(passage, prepend=-1) > 0
        gap = start - np.where(first, passages[passage], np.roll(start + size, 1))
        breaks = np.zeros(len(start) + 1, np.int64)
        breaks[np.searchsorted(start, np.array(self.blocks, np.int64))] = 1
        breaks = np.where(first, 0, breaks[:-1])
        wide = gap // _WIDEST_GAP
        slot = np.arange(len(start)) + np.cumsum(breaks + wide)
        total = int(slot[-1]) + 1 if len(slot) else 0
        gaps, sizes = np.zeros(total, np.uint8), np.zeros(total, np.uint8)
        gaps[slot], sizes[slot] = gap % _WIDEST_GAP, size
        gaps[expand((slot - wide)[wide > 0], wide[wide > 0])] = _WIDEST_GAP
        before = np.append(slot - breaks - wide, total)
        token = np.searchsorted(passage, np.arange(len(passages) + 1))
        joined = tables.joined[raws]
        whole = running(counts)[:-1][joined >= 0]
        return Slots(
            first=before[token],
            gaps=gaps,
            sizes=sizes,
            words=np.diff(token),
            starts=start,
            slots=np.append(slot, total),
            surface=np.concatenate([surface, joined[joined >= 0]]),
            slot=np.concatenate([slot, slot[whole]]),
        )


def _joined_up(parts: list[Array]) -> Array:
    return np.concatenate([np.zeros(0, np.int64), *parts])


@dataclass(frozen=True, slots=True)
class Slots:
    """Where each word of a stream is.

    `first` is each passage's first slot, and where all end; `gaps` and `sizes` lead from slot to
    slot through the text; `words` counts a passage's. `starts` are the offsets of the words in the
    stream and `slots` their slots. `surface` and `slot` are what is to be looked up, joined forms
    included.
    """

    first: Array
    gaps: Array
    sizes: Array
    words: Array
    starts: Array
    slots: Array
    surface: Array
    slot: Array

    def between(self, starts: Sequence[int], ends: Sequence[int]) -> tuple[Array, Array]:
        """The slots of the words that start in each range of the stream."""
        edges = np.searchsorted(self.starts, np.array([starts, ends], np.int64))
        return self.slots[edges[0]], self.slots[edges[1]]
