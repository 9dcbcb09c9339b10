"""Which passages match a query, and where: exact, with whole arrays at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import reduce

import numpy as np

from reader.search import open_rows, postings
from reader.search.arrays import Array
from reader.search.index_view import View
from reader.search.positions import (
    PASSAGE_SHIFT,
    Occurrences,
    chained,
    common,
    few,
    joined,
    outermost,
    united,
    windows,
    within,
)
from reader.search.postings import Postings
from reader.search.query_ast import (
    And,
    Either,
    Field,
    Filed,
    Marked,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Region,
    Spot,
    Term,
    Years,
    sought,
    terms,
    title_fields,
)

_SLOT = (1 << PASSAGE_SHIFT) - 1
# Of so few rows it pays to look only into the passages that hold them.
FEW_STARTS = 2_000
BLOCK = 300_000


Filing = Callable[[str, str], Collection[str] | None]


def nowhere(_field: str, _name: str) -> None:
    """Knows of no collection, tag or kind."""


class Matcher:
    """Answers for one query; `scope` says which passages it is about, `regions` which parts.

    `filed` gives the ids of documents that the library files under a name.
    """

    def __init__(
        self, view: View, scope: Array, regions: Sequence[Region] = (), filed: Filing = nowhere
    ) -> None:
        self.view = view
        self.scope = scope
        self.regions = regions
        self.filed = filed
        self._found: dict[tuple[str, Spot, bool], Occurrences] = {}
        # Words of which not all spellings are looked for.
        self.cut: dict[Term, None] = {}

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
            case Filed(field, name):
                return self.scope & self.view.of_documents(self.filed(field, name) or ())
            case Marked():
                return np.zeros_like(self.scope)
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
            found = self._noted(spot, self.view.postings(field, spot))
            return found.passages, found.counts
        bounded = bool(self.regions) and field == "text"
        found_in = self._all(field, spot, bounded).passages
        counts = np.bincount(found_in, minlength=len(self.scope))
        passages = np.flatnonzero(counts > 0)
        return passages, counts[passages]

    def _all(self, field: str, spot: Spot, bounded: bool) -> Occurrences:
        """All places of a spot in the scope, or in its regions."""
        key = (field, spot, bounded)
        if key in self._found:
            return self._found[key]
        regions, wanted = self.regions if bounded else (), self.scope
        row = self._open_row(spot) if field == "text" else None
        if row is None and isinstance(spot, Phrase | Near):
            wanted = self._holding_all(field, spot.parts, wanted, whole=False)
        stretches = self._stretches(field, [spot], wanted) if row is None else ()
        found = [self.occurrences(field, spot, wanted, stretch) for stretch in stretches]
        self._found[key] = self._in_regions(joined(found) if row is None else row, regions)
        return self._found[key]

    def _open_row(self, spot: Spot) -> Occurrences | None:
        """The places in the scope of a row in the text whose last part is very many words."""
        if not isinstance(spot, Phrase) or not isinstance(last := spot.parts[-1], Term):
            return None
        found = self._postings("text", last, whole=True)
        if found.of_one_word or found.rows <= open_rows.MANY_ROWS:
            return None
        before = spot.parts[:-1]
        first = Phrase(before) if len(before) > 1 else before[0]
        return open_rows.followed(self.view, self._all("text", first, bounded=False), found)

    def _stretches(self, field: str, spots: Sequence[Spot], wanted: Array) -> Iterator[range]:
        """All passages, so many at a time that the places in them fit into the processor's cache.

        That takes half the time. A few wanted ones are looked through all at once.
        """
        size = len(wanted)
        step = max(1, size)
        if not few(wanted):
            words = [term for spot in spots for term in terms(spot)]
            total = sum(self._postings(field, word, whole=False).total for word in words)
            step = max(1, size * BLOCK // total) if total > BLOCK else step
        return (range(at, min(size, at + step)) for at in range(0, size, step))

    def occurrences(self, field: str, spot: Spot, wanted: Array, stretch: range) -> Occurrences:
        """The places of a spot in those passages of a stretch that are wanted, anywhere in them."""
        match spot:
            case Term():
                return self._places(field, spot, wanted, stretch)
            case Either(parts):
                return united([self.occurrences(field, part, wanted, stretch) for part in parts])
            case Phrase(parts):
                return self._in_a_row(field, parts, wanted, stretch)
            case _:
                found = self._together(field, spot.parts, wanted, stretch)
                return windows(found, spot.distance)

    def _postings(self, field: str, term: Term, whole: bool) -> Postings:
        """Where a word is; of very many spellings the commonest, unless a few passages matter.

        These are the `whole` stretch.
        """
        most = postings.MOST_ROWS if whole else postings.MOST_PLACED_ROWS
        return self._noted(term, self.view.postings(field, term, most))

    def _noted(self, term: Term, found: Postings) -> Postings:
        if found.cut:
            self.cut[term] = None
        return found

    def _places(self, field: str, term: Term, wanted: Array, stretch: range) -> Occurrences:
        whole = len(stretch) == len(wanted)
        found = self._postings(field, term, whole)
        if found.of_one_word or whole:
            return self.view.occurrences(field, found, wanted, stretch)
        key = (field, term, False)
        if key not in self._found:
            everywhere = range(len(wanted))
            self._found[key] = self.view.occurrences(field, found, self.scope, everywhere)
        return within(self._found[key], wanted, stretch)

    def _holding_all(self, field: str, parts: Sequence[Spot], wanted: Array, whole: bool) -> Array:
        """Which of the wanted passages hold all those parts that are single words."""
        for part in parts:
            if isinstance(part, Term):
                holding = np.zeros_like(wanted)
                found = self._postings(field, part, whole)
                holding[found.passages] = True
                wanted = wanted & holding
        return wanted

    def _together(
        self, field: str, parts: Sequence[Spot], wanted: Array, stretch: range
    ) -> list[Occurrences]:
        """The places of the parts in passages that hold them all."""
        wanted = self._holding_all(field, parts, wanted, len(stretch) == len(wanted))
        return [self.occurrences(field, part, wanted, stretch) for part in parts]

    def _in_a_row(
        self, field: str, parts: Sequence[Spot], wanted: Array, stretch: range
    ) -> Occurrences:
        """The places where the parts follow each other.

        When each takes one slot, we begin with the rarest and look at the others only where the
        row may still be whole.
        """
        words = [(n, part) for n, part in enumerate(parts) if isinstance(part, Term)]
        whole = len(stretch) == len(wanted)
        known = [self._postings(field, word, whole) for _, word in words]
        if len(words) < len(parts) or not all(one.plain for one in known):
            return chained(self._together(field, parts, wanted, stretch))
        order = sorted(range(len(words)), key=lambda n: known[n].total)
        wanted = self._holding_all(field, parts, wanted, whole)
        starts = np.zeros(0, np.int64)
        for number in order:
            one = self._places(field, words[number][1], wanted, stretch).keys - number
            starts = one if number == order[0] else common(starts, one)
            if len(starts) < FEW_STARTS:
                wanted = np.zeros_like(wanted)
                wanted[starts >> PASSAGE_SHIFT] = True
        return Occurrences(starts, np.full(len(starts), len(parts), np.int64))

    def _in_regions(self, found: Occurrences, regions: Sequence[Region]) -> Occurrences:
        if not regions:
            return found
        passages, slots = found.passages, found.keys & _SLOT
        titles = self.view.titles[passages]

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
        wholes = [(spot, self.regions) for spot in sought(node)]
        wholes += [(spot, ("title",)) for spot in title_fields(node)]
        unknown = [spot for spot, regions in wholes if self._known(spot, regions) is None]
        return joined(
            [
                self._seen([self._restricted(*one, wanted, stretch) for one in wholes])
                for stretch in self._stretches("text", unknown, wanted)
            ]
        )

    def _seen(self, found: Sequence[Occurrences]) -> Occurrences:
        """Those of the places that are hits."""
        places = outermost(united(found))
        # All places in a title that is no part of the text are one place.
        titles = self.view.titles[places.passages]
        keep = ~titles | (np.diff(places.passages, prepend=-1) > 0)
        return Occurrences(places.keys[keep], places.widths[keep])

    def _known(self, spot: Spot, regions: Sequence[Region]) -> Occurrences | None:
        same = regions == self.regions
        return self._found.get(("text", spot, bool(regions))) if same else None

    def _restricted(
        self, spot: Spot, regions: Sequence[Region], wanted: Array, stretch: range
    ) -> Occurrences:
        known = self._known(spot, regions)
        if known is not None:
            return within(known, wanted, stretch)
        return self._in_regions(self.occurrences("text", spot, wanted, stretch), regions)

    def total(self, node: Node, mask: Array) -> int:
        """How many hits there are in all passages of the mask."""
        if any(title_fields(node)):
            return len(self.hits(node, mask).keys)
        found, slow = self._added_up(list(dict.fromkeys(sought(node))))
        quick = mask & ~slow
        titles = quick & self.view.titles
        text = quick & ~titles
        # All places in a title that is no part of the text are one place.
        held = np.zeros_like(mask)
        total = 0
        for passages, times in found:
            total += int(times[text[passages]].sum())
            held[passages] = True
        total += int(np.count_nonzero(held & titles))
        slow &= mask
        return total + (len(self.hits(node, slow).keys) if slow.any() else 0)

    def _added_up(self, spots: Sequence[Spot]) -> tuple[list[tuple[Array, Array]], Array]:
        """How often each of the spots is in each passage, and where they may overlap."""
        added: list[tuple[Array, Array]] = []
        slow = np.zeros_like(self.scope)
        fields = [segment.fields["text"] for segment in self.view.segments]
        seen = [np.zeros(len(field.words) if len(spots) > 1 else 0, bool) for field in fields]
        for spot in spots:
            if not isinstance(spot, Term):
                slow[self.counts("text", spot)[0]] = True
                continue
            found = self.view.postings("text", spot)
            shared = False
            if len(spots) > 1:
                new = [words[~known[words]] for known, words in zip(seen, found.words, strict=True)]
                for known, words in zip(seen, new, strict=True):
                    known[words] = True
                shared = sum(map(len, new)) < sum(map(len, found.words))
                if shared and not self.regions:
                    found = self.view.rows("text").postings(new, postings.MOST_ROWS)
            slow[found.wide] = True
            if self.regions:
                slow[found.passages] |= shared
                added.append(self.counts("text", spot))
            else:
                added.append((found.passages, found.counts))
        return added, slow
