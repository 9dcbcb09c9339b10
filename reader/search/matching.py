"""Which passages match a query, and where: exact, with whole arrays at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce

import numpy as np

from reader.search.arrays import Array
from reader.search.inverting import TITLE
from reader.search.places import (
    PASSAGE_SHIFT,
    Occurrences,
    chained,
    common,
    outermost,
    united,
    windows,
)
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
from reader.search.view import View

_SLOT = (1 << PASSAGE_SHIFT) - 1
# Of so few rows it pays to look only into the passages that hold them.
FEW_STARTS = 2_000
BLOCK = 300_000


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
                return self._in_a_row(field, parts, wanted)
            case _:
                return windows(self._together(field, spot.parts, wanted), spot.distance)

    def _holding_all(self, field: str, parts: Sequence[Spot], wanted: Array) -> Array:
        """Which of the wanted passages hold all those parts that are single words."""
        wanted = wanted.copy()
        for part in parts:
            if isinstance(part, Term):
                holding = np.zeros_like(wanted)
                holding[self.view.postings(field, part).passages] = True
                wanted &= holding
        return wanted

    def _together(self, field: str, parts: Sequence[Spot], wanted: Array) -> list[Occurrences]:
        """The places of the parts in passages that hold them all."""
        wanted = self._holding_all(field, parts, wanted)
        return [self.occurrences(field, part, wanted) for part in parts]

    def _in_a_row(self, field: str, parts: Sequence[Spot], wanted: Array) -> Occurrences:
        """The places where the parts follow each other.

        When each takes one slot, we begin with the rarest and look at the others only where the
        row may still be whole.
        """
        words = [(n, part) for n, part in enumerate(parts) if isinstance(part, Term)]
        if len(words) < len(parts) or not all(
            self.view.postings(field, word).plain for _, word in words
        ):
            return chained(self._together(field, parts, wanted))
        words.sort(key=lambda one: self.view.postings(field, one[1]).total)
        wanted = self._holding_all(field, parts, wanted)
        total = sum(self.view.postings(field, word).total for _, word in words)
        # What fits into the processor's cache is done in half the time.
        step = max(1, len(wanted) * BLOCK // (total + BLOCK))
        if any(self.view.postings(field, word).parts is None for _, word in words):
            step = max(1, len(wanted))
        starts = np.concatenate(
            [
                np.zeros(0, np.int64),
                *(
                    self._rows(field, words, wanted, first, first + step)
                    for first in range(0, len(wanted), step)
                ),
            ]
        )
        return Occurrences(starts, np.full(len(starts), len(parts), np.int64))

    def _rows(
        self, field: str, words: Sequence[tuple[int, Term]], wanted: Array, first: int, end: int
    ) -> Array:
        """Where the rows of these words start, each so far from the start, in some passages."""
        open_ones = wanted
        starts = self.view.starts(field, words[0][1], open_ones, first, end) - words[0][0]
        for number, word in words[1:]:
            if not len(starts):
                break
            if len(starts) < FEW_STARTS:
                open_ones = np.zeros_like(wanted)
                open_ones[starts >> PASSAGE_SHIFT] = True
            one = self.view.starts(field, word, open_ones, first, end)
            starts = common(starts, one - number)
        kept: Array = starts[wanted[starts >> PASSAGE_SHIFT]]
        return kept

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
        places = outermost(united(found))
        # All places in a title that is no part of the text are one place.
        titles = self.view.kinds[places.passages] == TITLE
        keep = ~titles | (np.diff(places.passages, prepend=-1) > 0)
        return Occurrences(places.keys[keep], places.widths[keep])

    def _restricted(self, spot: Spot, wanted: Array, regions: Sequence[Region]) -> Occurrences:
        known = self._found.get(("text", spot, bool(regions))) if regions == self.regions else None
        if known is not None:
            keep = wanted[known.passages]
            return Occurrences(known.keys[keep], known.widths[keep])
        found = self.occurrences("text", spot, wanted)
        return self._in_regions(found, regions) if regions else found

    def total(self, node: Node, mask: Array) -> int:
        """How many hits there are in all passages of the mask."""
        if self.regions or any(title_fields(node)):
            return len(self.hits(node, mask).keys)
        counts, held, slow = self._added_up(list(dict.fromkeys(sought(node))))
        text = self.view.kinds != TITLE
        quick = mask & ~slow
        total = int(counts[quick & text].sum()) + int((held & quick & ~text).sum())
        slow &= mask
        return total + (len(self.hits(node, slow).keys) if slow.any() else 0)

    def _added_up(self, spots: Sequence[Spot]) -> tuple[Array, Array, Array]:
        """How often the spots are in each passage, where they are, and where they may overlap."""
        counts = np.zeros(len(self.scope), np.int64)
        held, slow = np.zeros_like(self.scope), np.zeros_like(self.scope)
        seen = [np.zeros(len(one.fields["text"].words), bool) for one in self.view.segments]
        for spot in spots:
            if not isinstance(spot, Term):
                slow[self.counts("text", spot)[0]] = True
                continue
            postings = self.view.postings("text", spot)
            new = [words[~known[words]] for known, words in zip(seen, postings.words, strict=True)]
            for known, words in zip(seen, new, strict=True):
                known[words] = True
            if sum(map(len, new)) < sum(map(len, postings.words)):
                postings = self.view.rows("text").postings(new)
            slow[postings.wide] = True
            counts[postings.passages] += postings.counts
            held[postings.passages] = True
        return counts, held, slow


def title_fields(node: Node) -> Iterator[Spot]:
    """What is looked for in titles, without what must not be there."""
    if isinstance(node, Field) and node.name == "title":
        yield node.part
    elif isinstance(node, And | Or):
        for part in node.parts:
            yield from title_fields(part)
