"""Places in the text, and how those of several words stand to each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np

from reader.search.arrays import Array, each_once

PASSAGE_SHIFT = 32
_BITS = 63
_FEW = 20
_NOWHERE = np.iinfo(np.int64).max
_MOST_ARRANGED = 8


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Places in the text, in order: each from the slot `key` over `width` slots.

    A key is the number of the passage, shifted by 32 bits, and the slot in it.
    """

    keys: Array
    widths: Array

    @property
    def passages(self) -> Array:
        """The passage of each."""
        return self.keys >> PASSAGE_SHIFT


def in_order(keys: Array, widths: Array) -> Occurrences:
    """The places in order, the wider first, each once."""
    bits = int(widths.max(initial=0)).bit_length()
    if int(keys.max(initial=0)).bit_length() + bits < _BITS:
        # Sorted as one number, which is several times faster than as two.
        largest = (1 << bits) - 1
        both = np.sort(keys << bits | largest - widths)
        both = both[np.diff(both, prepend=-1) > 0]
        return Occurrences(both >> bits, largest - (both & largest))
    order = np.lexsort((-widths, keys))
    keys, widths = keys[order], widths[order]
    new = (np.diff(keys, prepend=-1) > 0) | (np.diff(widths, prepend=-1) != 0)
    return Occurrences(keys[new], widths[new])


def joined(found: Sequence[Occurrences]) -> Occurrences:
    """The places of one finding after those of the other."""
    if len(found) == 1:
        return found[0]
    none = np.zeros(0, np.int64)
    return Occurrences(
        np.concatenate([none, *(one.keys for one in found)]),
        np.concatenate([none, *(one.widths for one in found)]),
    )


def kept(keys: Array, widths: Array, wanted: Array) -> Occurrences:
    """Those of the places that are in wanted passages."""
    keep = wanted[keys >> PASSAGE_SHIFT]
    return Occurrences(keys[keep], widths[keep])


def within(found: Occurrences, wanted: Array, stretch: range) -> Occurrences:
    """Those of the places that are in wanted passages of a stretch."""
    edges = [stretch.start << PASSAGE_SHIFT, stretch.stop << PASSAGE_SHIFT]
    inside = slice(*np.searchsorted(found.keys, edges).tolist())
    return kept(found.keys[inside], found.widths[inside], wanted)


def few(wanted: Array) -> bool:
    """Whether so few passages are wanted that it pays to look for these alone."""
    return bool(np.count_nonzero(wanted) * _FEW < len(wanted))


def common(one: Array, other: Array) -> Array:
    """The keys that are in both; each holds its own in order, and once."""
    # A stable sort of two runs in order is their merging.
    both = np.sort(np.concatenate([one, other]), kind="stable")
    shared: Array = both[1:][both[1:] == both[:-1]]
    return shared


def united(found: Sequence[Occurrences]) -> Occurrences:
    """All places of several findings, each once."""
    if len(found) == 1:
        return found[0]
    all_of_them = joined(found)
    return in_order(all_of_them.keys, all_of_them.widths)


def chained(found: Sequence[Occurrences]) -> Occurrences:
    """The places where all follow each other."""
    starts, ends = found[0].keys, found[0].keys + found[0].widths
    for one in found[1:]:
        matched = []
        for width in each_once(one.widths).tolist():
            keys = one.keys[one.widths == width]
            at = np.searchsorted(keys, ends)
            at[at == len(keys)] = 0
            follows = keys[at] == ends
            matched.append((starts[follows], ends[follows] + width))
        none = np.zeros(0, np.int64)
        starts = np.concatenate([none, *(pair[0] for pair in matched)])
        ends = np.concatenate([none, *(pair[1] for pair in matched)])
    return in_order(starts, ends - starts)


def windows(found: Sequence[Occurrences], distance: int) -> Occurrences:
    """The narrowest stretches that hold a place of each, with at most `distance` slots more.

    No place, and no part of one, stands for two of them; of more than eight that may overlap, we
    do not make sure of it.
    """
    if not all(len(one.keys) for one in found):
        return Occurrences(found[0].keys[:0], found[0].widths[:0])
    apart = len(found) > _MOST_ARRANGED or _never_overlap(found)
    ways = [found] if apart else product(*map(_by_width, found))
    starts, ends = [], []
    for way in ways:
        for number, first in enumerate(way):
            others = (*way[:number], *way[number + 1 :])
            end, words = (_next_to if apart else _arranged)(first, others)
            # Passages are so far apart that no stretch reaches from one into the next.
            reached = (end < _NOWHERE) & (end - first.keys - words <= distance)
            starts.append(first.keys[reached])
            ends.append(end[reached])
    start, end = np.concatenate(starts), np.concatenate(ends)
    made = in_order(start, end - start)
    end = made.keys + made.widths
    narrower = np.minimum.accumulate(np.append(end[1:], _NOWHERE)[::-1])[::-1]
    # Of those that start at one place, the last in order is the narrowest.
    return Occurrences(made.keys[narrower > end], made.widths[narrower > end])


def _never_overlap(found: Sequence[Occurrences]) -> bool:
    """Whether all places take one slot, and no slot is a place of two findings."""
    if any(int(one.widths.max()) > 1 for one in found):
        return False
    # A stable sort of runs in order is their merging.
    keys = np.sort(np.concatenate([one.keys for one in found]), kind="stable")
    return not bool((keys[1:] == keys[:-1]).any())


def _by_width(found: Occurrences) -> list[Occurrences]:
    """The places of each width by themselves."""
    widths = np.asarray(found.widths)
    return [
        Occurrences(found.keys[widths == width], widths[widths == width])
        for width in each_once(widths).tolist()
    ]


def _next_to(first: Occurrences, others: Sequence[Occurrences]) -> tuple[Array, Array]:
    """From each place, where the next place of each other finding ends, and the slots in all."""
    end, words = first.keys + first.widths, first.widths
    for other in others:
        at = np.searchsorted(other.keys, first.keys)
        missing = at == len(other.keys)
        at[missing] = 0
        end = np.maximum(end, np.where(missing, _NOWHERE, other.keys[at] + other.widths[at]))
        words = words + other.widths[at]
    return end, words


def _arranged(first: Occurrences, others: Sequence[Occurrences]) -> tuple[Array, Array]:
    """The same with places that do not overlap: the order in which the last one ends first.

    The places of each finding are of one width.
    """
    widths = [int(other.widths[0]) for other in others]
    keys = [
        np.append(other.keys, _NOWHERE - width) for other, width in zip(others, widths, strict=True)
    ]
    known = {frozenset[int](): first.keys + first.widths}
    for size in range(1, len(others) + 1):
        for chosen in map(frozenset, combinations(range(len(others)), size)):
            ends = []
            for last in chosen:
                at = np.searchsorted(keys[last], known[chosen - {last}])
                ends.append(keys[last][np.minimum(at, len(keys[last]) - 1)] + widths[last])
            known[chosen] = np.minimum.reduce(ends)
    return known[frozenset(range(len(others)))], first.widths + sum(widths)


def outermost(found: Occurrences) -> Occurrences:
    """The places that lie in no other."""
    ends = found.keys + found.widths
    before = np.maximum.accumulate(np.append(0, ends[:-1]))
    return Occurrences(found.keys[ends > before], found.widths[ends > before])
