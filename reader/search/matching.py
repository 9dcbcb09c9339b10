"""Which passages match a query, and where: exact, with whole arrays at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce

import numpy as np

from reader.search.arrays import Array
from reader.search.inverting import TITLE
from reader.search.tree import (
    And,
    Either,
    Field,
    Node,
    Not,
    Or,
    Phrase,
    Region,
    Spot,
    Term,
    Years,
    sought,
)
from reader.search.view import PASSAGE_SHIFT, Occurrences, View, in_order

_SLOT = (1 << PASSAGE_SHIFT) - 1


class Matcher:
    """Answers for one query; `scope` says which passages it is about, `regions` which parts."""

    def __init__(self, view: View, scope: Array, regions: Sequence[Region] = ()) -> None:
        self.view = view
        self.scope = scope
        self.regions = regions
        self._found: dict[tuple[str, Spot, bool], Occurrences] = {}

    def mask(self, node: Node) -> Array:
        """Which passages match."""
        match node:
            case And(parts):
                return reduce(np.logical_and, map(self.mask, parts))
            case Or(parts):
                return reduce(np.logical_or, map(self.mask, parts))
            case Not(part):
                return self.scope & ~self.mask(part)
            case Years(first, last):
                return self.scope & (self.view.years >= first) & (self.view.years <= last)
            case Field(name, part):
                return self._holding(self.counts(name, part)[0])
            case _:
                return self._holding(self.counts("text", node)[0])

    def _holding(self, passages: Array) -> Array:
        mask = np.zeros_like(self.scope)
        mask[passages] = True
        return mask & self.scope

    def counts(self, field: str, spot: Spot) -> tuple[Array, Array]:
        """The passages that hold a spot in a field, and how often each."""
        if isinstance(spot, Term) and not (self.regions and field == "text"):
            postings = self.view.postings(field, spot)
            return postings.passages, postings.counts
        passages, counts = np.unique(self._all(field, spot).passages, return_counts=True)
        return passages, counts

    def _all(self, field: str, spot: Spot) -> Occurrences:
        """All places of a spot in the scope, in the regions if it is the text."""
        bounded = bool(self.regions) and field == "text"
        key = (field, spot, bounded)
        if key not in self._found:
            found = self.occurrences(field, spot, self.scope)
            self._found[key] = self._in_regions(found, self.regions) if bounded else found
        return self._found[key]

    def occurrences(self, field: str, spot: Spot, wanted: Array) -> Occurrences:
        """The places of a spot in those passages that are wanted, wherever in them."""
        match spot:
            case Term():
                return self.view.occurrences(field, spot, wanted)
            case Either(parts):
                return united([self.occurrences(field, part, wanted) for part in parts])
            case Phrase(parts):
                return _chained(self._together(field, parts, wanted))
            case _:
                return _windows(self._together(field, spot.parts, wanted), spot.distance)

    def _together(self, field: str, parts: Sequence[Spot], wanted: Array) -> list[Occurrences]:
        """The places of the parts in passages that hold them all."""
        wanted = wanted.copy()
        for part in parts:
            if isinstance(part, Term):
                holding = np.zeros_like(wanted)
                holding[self.view.postings(field, part).passages] = True
                wanted &= holding
        return [self.occurrences(field, part, wanted) for part in parts]

    def _in_regions(self, found: Occurrences, regions: Sequence[Region]) -> Occurrences:
        passages, slots = found.passages, found.keys & _SLOT
        titles = self.view.kinds[passages] == TITLE

        def inside(name: str) -> Array:
            starts, ends = self.view.regions[name]
            return (starts[passages] <= slots) & (slots < ends[passages])

        keep = np.zeros(len(slots), bool)
        if "title" in regions:
            keep |= titles | inside("head")
        if "references" in regions:
            keep |= inside("references")
        if "text" in regions:
            keep |= ~titles & ~inside("references")
        return Occurrences(found.keys[keep], found.widths[keep])

    def hits(self, node: Node, wanted: Array) -> Occurrences:
        """Every place in the wanted passages that the query is about.

        A place inside another is left out: the phrase is the hit, not each of its words.
        """
        found = [self._restricted(spot, wanted, self.regions) for spot in sought(node)]
        found += [self._restricted(spot, wanted, ("title",)) for spot in title_fields(node)]
        places = _outermost(united(found))
        # All places in a title that is no part of the text are one place.
        titles = self.view.kinds[places.passages] == TITLE
        keep = ~titles | (np.diff(places.passages, prepend=-1) > 0)
        return Occurrences(places.keys[keep], places.widths[keep])

    def _restricted(self, spot: Spot, wanted: Array, regions: Sequence[Region]) -> Occurrences:
        found = self.occurrences("text", spot, wanted)
        return self._in_regions(found, regions) if regions else found

    def total(self, node: Node, mask: Array) -> int:
        """How many hits there are in all passages of the mask."""
        quick = self._quick_total(node, mask)
        if quick is not None:
            return quick
        return len(self.hits(node, mask).keys)

    def _quick_total(self, node: Node, mask: Array) -> int | None:
        """The same without looking at places, when no two can overlap."""
        spots = list(sought(node))
        if self.regions or any(title_fields(node)):
            return None
        seen: list[set[int]] = [set() for _ in self.view.segments]
        text = mask & (self.view.kinds != TITLE)
        held = np.zeros_like(mask)
        total = 0
        for spot in dict.fromkeys(spots):
            if not isinstance(spot, Term):
                return None
            postings = self.view.postings("text", spot)
            if not postings.plain:
                return None
            for known, words in zip(seen, postings.words, strict=True):
                new = words.tolist()
                if not known.isdisjoint(new):
                    return None
                known.update(new)
            total += int(postings.counts[text[postings.passages]].sum())
            held[postings.passages] = True
        return total + int((held & mask & ~text).sum())


def united(found: Sequence[Occurrences]) -> Occurrences:
    """All places of several findings, each once."""
    none = np.zeros(0, np.int64)
    return in_order(
        np.concatenate([none, *(one.keys for one in found)]),
        np.concatenate([none, *(one.widths for one in found)]),
    )


def _chained(found: Sequence[Occurrences]) -> Occurrences:
    """The places where all follow each other."""
    starts, ends = found[0].keys, found[0].keys + found[0].widths
    for one in found[1:]:
        matched = []
        for width in np.unique(one.widths).tolist():
            keys = one.keys[one.widths == width]
            at = np.searchsorted(keys, ends)
            at[at == len(keys)] = 0
            follows = keys[at] == ends
            matched.append((starts[follows], ends[follows] + width))
        none = np.zeros(0, np.int64)
        starts = np.concatenate([none, *(pair[0] for pair in matched)])
        ends = np.concatenate([none, *(pair[1] for pair in matched)])
    return in_order(starts, ends - starts)


def _windows(found: Sequence[Occurrences], distance: int) -> Occurrences:
    """The narrowest stretches that hold one place of each, with at most `distance` slots more.

    A stretch starts with a place of some part, and takes the next place of each other part.
    """
    if not all(len(one.keys) for one in found):
        return Occurrences(found[0].keys[:0], found[0].widths[:0])
    starts, ends = [], []
    for number, first in enumerate(found):
        end, words = first.keys + first.widths, first.widths
        reached = np.ones(len(end), bool)
        for other in (*found[:number], *found[number + 1 :]):
            at = np.searchsorted(other.keys, first.keys)
            reached &= at < len(other.keys)
            at = np.minimum(at, len(other.keys) - 1)
            end = np.maximum(end, other.keys[at] + other.widths[at])
            words = words + other.widths[at]
        # Passages are so far apart that no stretch reaches from one into the next.
        reached &= end - first.keys - words <= distance
        starts.append(first.keys[reached])
        ends.append(end[reached])
    start, end = np.concatenate(starts), np.concatenate(ends)
    made = in_order(start, end - start)
    end = made.keys + made.widths
    narrower = np.minimum.accumulate(np.append(end[1:], np.iinfo(np.int64).max)[::-1])[::-1]
    return Occurrences(made.keys[narrower > end], made.widths[narrower > end])


def _outermost(found: Occurrences) -> Occurrences:
    """The places that lie in no other."""
    ends = found.keys + found.widths
    before = np.maximum.accumulate(np.append(0, ends[:-1]))
    return Occurrences(found.keys[ends > before], found.widths[ends > before])


def title_fields(node: Node) -> Iterator[Spot]:
    """What is looked for in titles, without what must not be there."""
    if isinstance(node, Field) and node.name == "title":
        yield node.part
    elif isinstance(node, And | Or):
        for part in node.parts:
            yield from title_fields(part)
