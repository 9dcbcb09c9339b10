"""What one segment holds, as it lies on disk or in memory."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property

import numpy as np

from reader.model.span import Span
from reader.search.arrays import Array, Arrays, DamagedError, Lines, each_once, running
from reader.search.inverter import FIELDS
from reader.search.languages import bits_of, key_in, languages_of
from reader.search.spelled import Spelled

# Of so many words one is kept in a list, where looking up takes a tenth of the time.
_STRIDE = 128


class Words(Lines):
    """Sorted byte strings."""

    @cached_property
    def _marks(self) -> list[bytes]:
        return [self[number] for number in range(0, len(self), _STRIDE)]

    def place(self, word: bytes) -> int:
        """The number of the first word that is not less than `word`."""
        mark = bisect_left(self._marks, word) - 1
        if mark < 0:
            return 0
        first = mark * _STRIDE
        return bisect_left(self, word, first, min(first + _STRIDE, len(self)))

    def find(self, word: bytes) -> int:
        """The number of `word`, or -1."""
        place = self.place(word)
        return place if place < len(self) and self[place] == word else -1

    def spelled(self, word: bytes, sign: bytes) -> range:
        """The numbers of `word` and of what has a sign behind it, which follows it at once."""
        first = last = self.place(word)
        while last < len(self):
            found = self[last]
            if found != word and not found.startswith(word + sign):
                break
            last += 1
        return range(first, last)

    def beginning(self, prefix: bytes) -> range:
        """The numbers of the words that begin with `prefix`."""
        first = self.place(prefix)
        if first == len(self) or not self[first].startswith(prefix):
            return range(0)
        # No UTF-8 holds the byte 0xFF.
        return range(first, self.place(prefix + b"\xff"))


class Field:
    """One field's words, keys and postings; the arrays are those of `inverting.postings`."""

    def __init__(self, arrays: Arrays, name: str) -> None:
        self.words = Words(arrays[f"{name}.words"], arrays[f"{name}.word_sizes"])
        self.keys = Words(arrays[f"{name}.keys"], arrays[f"{name}.key_sizes"])
        self.key_counts = arrays[f"{name}.key_counts"]
        self.key_words = arrays[f"{name}.key_words"]
        self.widths = arrays[f"{name}.widths"]
        self.counts = arrays[f"{name}.counts"]
        self.totals = arrays[f"{name}.totals"]
        self.passages = arrays[f"{name}.passages"]
        self.frequencies = arrays[f"{name}.frequencies"]
        self.positions = arrays[f"{name}.positions"]

    @cached_property
    def spelled(self) -> Spelled:
        """The words by their letters."""
        return Spelled(self.words, self.widths)

    @cached_property
    def first(self) -> Array:
        """Each word's first posting, and where all end."""
        return running(self.counts).astype(np.uint32)

    @cached_property
    def places(self) -> Array:
        """Each word's first position, and where all end."""
        return running(self.totals).astype(np.uint32)

    @cached_property
    def _key_first(self) -> memoryview:
        # Single numbers are read faster than from an array.
        return running(self.key_counts).astype(np.uint32).data

    @cached_property
    def _first(self) -> memoryview:
        return self.first.data

    def rows_of(self, word: int) -> slice:
        """The rows of a word."""
        return slice(self._first[word], self._first[word + 1])

    def under(self, key: bytes) -> Array:
        """The numbers of the words that have this key."""
        number = self.keys.find(key)
        if number < 0:
            return self.key_words[:0]
        return self.key_words[self._key_first[number] : self._key_first[number + 1]]


class Segment:
    """Documents, their passages and their fields, numbered from 0.

    Raises:
        DamagedError: when arrays are missing.
    """

    def __init__(self, arrays: Arrays) -> None:
        self.arrays = arrays
        try:
            self.fields = {name: Field(arrays, name) for name in FIELDS}
            self.passage_count = len(arrays["passage.document"])
            self.document_count = len(arrays["document.id_sizes"])
            self.forms = Lines(arrays["document.forms"], arrays["document.form_sizes"])
            self._sections = Lines(arrays["passage.sections"], arrays["passage.section_sizes"])
        except KeyError as missing:
            raise DamagedError(f"a segment has no {missing}") from None

    @cached_property
    def document_ids(self) -> list[str]:
        """The documents' ids."""
        ids = Lines(self.arrays["document.ids"], self.arrays["document.id_sizes"])
        return [one.decode() for one in ids.all()]

    @cached_property
    def spoken(self) -> Array:
        """The bits of each passage's language."""
        languages: Array = self.arrays["document.language"].astype(np.uint8)
        return languages[self.arrays["passage.document"]]

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages other than English that documents are in."""
        return languages_of(
            int(np.bitwise_or.reduce(self.arrays["document.language"].astype(np.uint8)))
        )

    @cached_property
    def slots(self) -> Array:
        """Each passage's first slot, and where all end."""
        return running(self.arrays["passage.slots"])

    def lengths(self, name: str) -> Array:
        """How many words each passage has in a field; titles for fields that are not ranked."""
        return self.arrays["passage.words" if name == "text" else "passage.title_words"]

    def section(self, passage: int) -> str:
        """The id of the section that a passage is of, or ""."""
        return self._sections[passage].decode()

    def span(self, passage: int) -> Span:
        """What of its document's text a passage is."""
        return Span(
            int(self.arrays["passage.start"][passage]), int(self.arrays["passage.end"][passage])
        )

    def title_span(self, passage: int) -> Span:
        """Where the title of a passage's document is printed, or an empty span at 0."""
        document = int(self.arrays["passage.document"][passage])
        return Span(
            int(self.arrays["document.title_start"][document]),
            int(self.arrays["document.title_end"][document]),
        )

    def offsets(self, passage: int) -> tuple[Array, Array]:
        """Where in the text each slot of a passage starts and ends."""
        first, last = self.slots[passage : passage + 2].tolist()
        sizes = self.arrays["slot.sizes"][first:last].astype(np.int64)
        ends = np.cumsum(self.arrays["slot.gaps"][first:last] + sizes)
        ends += int(self.arrays["passage.start"][passage])
        return ends - sizes, ends

    def in_languages(self, name: str, text: str, alive: Array) -> Array:
        """The numbers of the words in a field that have a stem of `text` by their language."""
        keys = [key_in(language, text) for language in self.languages]
        none = np.zeros(0, np.int64)
        return each_once(np.concatenate([none, *(self._spoken(name, k, alive) for k in keys)]))

    def speaks(self, name: str, key: str, alive: Array) -> bool:
        """Whether a field has words under the key of a language."""
        return bool(len(self._spoken(name, key, alive)))

    def _spoken(self, name: str, key: str, alive: Array) -> Array:
        """The words under a key of a language, without those whose passages in it are all gone."""
        field = self.fields[name]
        words = field.under(key.encode())
        here = alive & (self.spoken == bits_of(key.partition(":")[0]))
        edges = [slice(int(field.first[n]), int(field.first[n + 1])) for n in words.tolist()]
        held = [here[field.passages[edge]].any() for edge in edges]
        found: Array = words[np.array(held, bool)].astype(np.int64)
        return found
