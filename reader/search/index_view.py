"""The whole index as it is searched: all segments' passages numbered through, and their postings.

Postings are read once and kept, up to a bound, until the index changes.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property

import numpy as np

from reader.search.analyzer import is_short_form
from reader.search.arrays import Array, each_once, expand, running
from reader.search.compounds import compounds_of, own_parts, part_of
from reader.search.inverter import FIELDS, TITLE
from reader.search.languages import stem_in
from reader.search.positions import (
    PASSAGE_SHIFT,
    Occurrences,
    few,
    in_order,
    joined,
    kept,
    within,
)
from reader.search.postings import MOST_ROWS, Part, Postings, Rows
from reader.search.query_ast import Term
from reader.search.segment import Segment
from reader.search.spellings import Spellings
from reader.search.vocabulary import words_of
from reader.search.word_forms import Forms

# How soon more of a word counts less, and how much the length of a passage does: BM25's.
K1, B = 1.2, 0.75
MOST_CACHED_BYTES = 96 * 1024 * 1024


class View:
    """Segments searched as one; `alive` says of each segment's passages which are still there."""

    def __init__(self, segments: Sequence[Segment], alive: Sequence[Array]) -> None:
        self.segments = list(segments)
        self.bases = running(np.array([s.passage_count for s in segments], np.int64))
        self._document_bases = running(np.array([s.document_count for s in segments], np.int64))
        self.alive = np.concatenate([np.zeros(0, bool), *alive])
        self._rows: dict[str, Rows] = {}
        self.count = int(self.alive.sum())
        self._cache: OrderedDict[tuple[str, Term, int], Postings] = OrderedDict()
        self._cached_bytes = 0
        self._german: dict[str, bool] = {}
        self._near: tuple[tuple[str, int], list[Array]] = (("", 0), [])

    def column(self, name: str) -> Array:
        """One number for each passage of all segments."""
        parts = [segment.arrays[f"passage.{name}"].astype(np.int64) for segment in self.segments]
        return np.concatenate([np.zeros(0, np.int64), *parts])

    @cached_property
    def documents(self) -> Array:
        """The number of each passage's document."""
        counts = [segment.passage_count for segment in self.segments]
        bases: Array = np.repeat(self._document_bases[:-1], counts)
        return self.column("document") + bases

    @cached_property
    def kinds(self) -> Array:
        """What each passage is: text, references or a title."""
        return self.column("kind")

    @cached_property
    def titles(self) -> Array:
        """Which passages are but a title that is not in the text."""
        return np.asarray(self.kinds == TITLE)

    @cached_property
    def years(self) -> Array:
        """The year that each passage's document was published in, or 0."""
        parts = [
            segment.arrays["document.year"][segment.arrays["passage.document"]]
            for segment in self.segments
        ]
        return np.concatenate([np.zeros(0, np.int64), *parts])

    @cached_property
    def lengths(self) -> dict[str, Array]:
        """How many words each passage is ranked by: with the titles above it, and these alone.

        A passage that is but a title counts as one of average length: it stands for a document.
        """
        text, title = self.column("words"), self.column("title_words")
        usual = np.float32(self.usual_length("text"))
        all_words = np.where(self.titles, usual, (text + title).astype(np.float32))
        return {"text": all_words, "title": title.astype(np.float32)}

    @cached_property
    def damping(self) -> dict[str, Array]:
        """How often a word must stand in each passage to count half of what it can."""
        return {
            name: K1 * (1 - B + B * lengths / self.usual_length(name))
            for name, lengths in self.lengths.items()
        }

    def usual_length(self, name: str) -> float:
        """How many words a passage has on average: with the titles above it, or these alone."""
        return self._usual_lengths[name]

    @cached_property
    def _usual_lengths(self) -> dict[str, float]:
        # Whole numbers are added, so that no order of segments gives another sum.
        text, title = self.column("words"), self.column("title_words")
        body = self.alive & ~self.titles
        return {
            "text": int((text + title)[body].sum()) / max(1, int(np.count_nonzero(body))) or 1.0,
            "title": int(title[self.alive].sum()) / max(1, self.count) or 1.0,
        }

    @cached_property
    def regions(self) -> dict[str, tuple[Array, Array]]:
        """The first and the last slot but one of each passage's title and of its references."""
        return {
            name: (self.column(f"{name}_start"), self.column(f"{name}_end"))
            for name in ("head", "references")
        }

    @cached_property
    def forms(self) -> Forms:
        """The short forms that the documents define, all of them together."""
        there = np.zeros(int(self._document_bases[-1]), bool)
        there[self.documents[self.alive]] = True
        lines = [line.decode() for segment in self.segments for line in segment.forms.all()]
        # In an order of their own: what is as usual as another comes first in any cut.
        return Forms(sorted(line for line, stays in zip(lines, there, strict=True) if stays))

    def forms_of(self, document_id: str) -> Forms:
        """The short forms that one document defines."""
        return Forms(
            segment.forms[n].decode()
            for segment in self.segments
            for n, one in enumerate(segment.document_ids)
            if one == document_id
        )

    def place(self, passage: int) -> tuple[Segment, int]:
        """The segment that holds a passage, and the passage's number there."""
        number = int(np.searchsorted(self.bases, passage, "right")) - 1
        return self.segments[number], passage - int(self.bases[number])

    def document_id(self, document: int) -> str:
        """The id of a document by its number."""
        number = int(np.searchsorted(self._document_bases, document, "right")) - 1
        return self.segments[number].document_ids[document - int(self._document_bases[number])]

    @cached_property
    def ranks(self) -> Array:
        """Each document's place among all by their ids, whichever segments they are in."""
        ids = [one for segment in self.segments for one in segment.document_ids]
        ranks = np.empty(len(ids), np.int64)
        ranks[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
        return ranks

    def scope(self, document_id: str) -> Array:
        """Which passages are of a document; none when the index does not hold it."""
        return np.asarray(self.of_documents([document_id]) & self.alive)

    @cached_property
    def _numbers(self) -> dict[str, list[int]]:
        numbers: dict[str, list[int]] = {}
        for segment, base in zip(self.segments, self._document_bases.tolist(), strict=False):
            for number, one in enumerate(segment.document_ids, base):
                numbers.setdefault(one, []).append(number)
        return numbers

    def of_documents(self, document_ids: Collection[str]) -> Array:
        """Which passages are of these documents, also those that are there no more."""
        wanted = np.zeros(int(self._document_bases[-1]), bool)
        known = self._numbers
        wanted[[n for one in document_ids if one in known for n in known[one]]] = True
        inside: Array = wanted[self.documents]
        return inside

    def rows(self, field: str) -> Rows:
        """The rows of a field."""
        if field not in self._rows:
            self._rows[field] = Rows(self.segments, self.bases, self.alive, field)
        return self._rows[field]

    def postings(self, field: str, term: Term, most: int | None = None) -> Postings:
        """Where a word stands in a field, with the commonest spellings of at most so many rows."""
        found = self._looked_up(field, term, MOST_ROWS)
        if most is None or found.rows <= most:
            return found
        return self._looked_up(field, term, most)

    def _looked_up(self, field: str, term: Term, most: int) -> Postings:
        key = (field, term, most)
        if key in self._cache:
            self._cache.move_to_end(key)
            return self._cache[key]
        found = self._cache[key] = self._read(field, term, most)
        self._cached_bytes += found.size
        while self._cached_bytes > MOST_CACHED_BYTES and len(self._cache) > 1:
            self._cached_bytes -= self._cache.popitem(last=False)[1].size
        return found

    def _read(self, field: str, term: Term, most: int) -> Postings:
        rows = self.rows(field)
        if term.how in ("word", "typed") and is_short_form(term.text):
            found = rows.postings(self._words(field, term, strict=True), most)
            if len(found.passages):
                return found
        return rows.postings(self._words(field, term, strict=False), most)

    def _words(self, field: str, term: Term, strict: bool) -> list[Array]:
        fields = [segment.fields[field] for segment in self.segments]
        near = self.near(field, term.text, term.edits) if term.how == "fuzzy" else ()
        found = words_of(term, fields, strict, near)
        if term.how in ("word", "typed") and not is_short_form(term.text):
            for text in (term.text, *term.also):
                found = self._with_languages(found, field, text)
        return found

    def near(self, field: str, text: str, edits: int) -> list[Array]:
        """For each segment the numbers of a field's words that so few edits make of a word."""
        asked = (text, edits)
        if self._near[0] != asked:
            # Of all fields at once, for a question looks a word up in one after the other.
            self._near = (asked, self._spellings.close(text, edits))
        first = FIELDS.index(field) * len(self.segments)
        return self._near[1][first : first + len(self.segments)]

    @cached_property
    def _spellings(self) -> Spellings:
        return Spellings([one.fields[name].spelled for name in FIELDS for one in self.segments])

    def _with_languages(self, found: list[Array], field: str, text: str) -> list[Array]:
        """The words with those of one stem by the language of their documents, and compounds."""
        if self.languages:
            edges = self.bases.tolist()
            of_languages = [
                segment.in_languages(field, text, self.alive[first:last])
                for segment, first, last in zip(self.segments, edges[:-1], edges[1:], strict=True)
            ]
            found = [
                each_once(np.concatenate(pair)) for pair in zip(found, of_languages, strict=True)
            ]
        part = part_of(text)
        if part and self._is_german(stem_in("de", text)):
            fields = [segment.fields[field] for segment in self.segments]
            compounds = [compounds_of(part, one, self._is_german) for one in fields]
            found = _united(found, compounds)
        return found

    @cached_property
    def languages(self) -> frozenset[str]:
        """The languages other than English that documents are in."""
        return frozenset(one for segment in self.segments for one in segment.languages)

    def _is_german(self, stem: str) -> bool:
        """Whether a stem is that of a German word: on our list, or in a German document."""
        if stem in own_parts():
            return True
        if stem not in self._german and "de" in self.languages:
            edges = self.bases.tolist()
            self._german[stem] = any(
                segment.speaks("text", f"de:{stem}", self.alive[first:last])
                for segment, first, last in zip(self.segments, edges[:-1], edges[1:], strict=True)
            )
        return self._german.get(stem, False)

    def occurrences(
        self, field: str, found: Postings, wanted: Array, stretch: range
    ) -> Occurrences:
        """The places of a word in those passages of a stretch that are `wanted`.

        The stretch must be all passages, unless the word has but one spelling in each segment.
        """
        rows = self.rows(field)
        if found.parts is None and few(wanted):
            parts: Iterable[Part] = rows.parts(found.words, wanted)
        elif found.may_be_kept:
            found.parts = found.parts or tuple(rows.parts(found.words, None))
            parts = found.parts
        else:
            return within(rows.occurrences(found.words), wanted, stretch)
        edges = self.bases.tolist()
        places = joined(
            [
                self._places(field, part, wanted, stretch)
                for part in parts
                if edges[part.segment] < stretch.stop and stretch.start < edges[part.segment + 1]
            ]
        )
        return places if found.of_one_word else in_order(places.keys, places.widths)

    def _places(self, field: str, part: Part, wanted: Array, stretch: range) -> Occurrences:
        start, stop = 0, len(part.passages)
        if part.of_one_word:
            start, stop = np.searchsorted(part.passages, (stretch.start, stretch.stop)).tolist()
        rows: slice | Array = slice(start, stop)
        keep = wanted[part.passages[rows]]
        wanted_rows = np.count_nonzero(keep)
        if wanted_rows * 2 < len(keep):
            rows = start + np.flatnonzero(keep)
        passages, places, counts = part.passages[rows], part.places[rows], part.frequencies[rows]
        positions = self.segments[part.segment].fields[field].positions
        total = int(counts.sum())
        if total and int(places[-1] + counts[-1] - places[0]) == total:
            slots = positions[int(places[0]) : int(places[0]) + total]
        else:
            slots = positions[expand(places, counts)]
        keys = np.repeat(passages << PASSAGE_SHIFT, counts) + slots
        if part.widths is None:
            widths = np.broadcast_to(np.int64(1), len(keys))
        else:
            widths = np.repeat(part.widths[rows].astype(np.int64), counts)
        if wanted_rows * 2 < len(keep) or wanted_rows == len(keep):
            return Occurrences(keys, widths)
        return kept(keys, widths, wanted)


def _united(some: Sequence[Array], others: Sequence[Array]) -> list[Array]:
    """For each segment the words of both, in order."""
    return [each_once(np.concatenate(pair)) for pair in zip(some, others, strict=True)]
