"""What one segment holds, as it lies on disk or in memory."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from reader.model.span import Span
from reader.search.arrays import Array, Arrays, DamagedError, unpack
from reader.search.inverting import FIELDS


class Words:
    """Sorted byte strings, and where each would be."""

    def __init__(self, data: Array, starts: Array) -> None:
        self.data = data
        self.starts = starts
        self.count = len(starts) - 1

    def __getitem__(self, number: int) -> bytes:
        return unpack(self.data, self.starts, number)

    def all(self) -> list[bytes]:
        """Every word, in order."""
        return self.data.tobytes().split(b"\n")[:-1]

    def place(self, word: bytes) -> int:
        """The number of the first word that is not less than `word`."""
        low, high = 0, self.count
        while low < high:
            middle = (low + high) // 2
            if self[middle] < word:
                low = middle + 1
            else:
                high = middle
        return low

    def find(self, word: bytes) -> int:
        """The number of `word`, or -1."""
        place = self.place(word)
        return place if place < self.count and self[place] == word else -1

    def beginning(self, prefix: bytes) -> range:
        """The numbers of the words that begin with `prefix`."""
        # No UTF-8 holds the byte 0xFF.
        return range(self.place(prefix), self.place(prefix + b"\xff"))


class Field:
    """One field's words, keys and postings; the arrays are those of `inverting.postings`."""

    def __init__(self, arrays: Arrays, name: str) -> None:
        self.words = Words(arrays[f"{name}.words"], arrays[f"{name}.word_starts"])
        self.keys = Words(arrays[f"{name}.keys"], arrays[f"{name}.key_starts"])
        self.key_first = arrays[f"{name}.key_first"]
        self.key_words = arrays[f"{name}.key_words"]
        self.widths = arrays[f"{name}.widths"]
        self.first = arrays[f"{name}.first"]
        self.passages = arrays[f"{name}.passages"]
        self.frequencies = arrays[f"{name}.frequencies"]
        self.places = arrays[f"{name}.places"]
        self.positions = arrays[f"{name}.positions"]

    @property
    def counts(self) -> Array:
        """In how many passages each word is."""
        return np.diff(self.first.astype(np.int64))

    def under(self, key: bytes) -> Array:
        """The numbers of the words that have this key."""
        number = self.keys.find(key)
        if number < 0:
            return self.key_words[:0]
        return self.key_words[int(self.key_first[number]) : int(self.key_first[number + 1])]


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
            self.document_count = len(arrays["document.id_starts"]) - 1
        except KeyError as missing:
            raise DamagedError(f"a segment has no {missing}") from None

    @cached_property
    def document_ids(self) -> list[str]:
        """The documents' ids."""
        data, starts = self.arrays["document.ids"], self.arrays["document.id_starts"]
        return [unpack(data, starts, n).decode() for n in range(self.document_count)]

    def lengths(self, name: str) -> Array:
        """How many words each passage has in a field; titles for fields that are not ranked."""
        return self.arrays["passage.words" if name == "text" else "passage.title_words"]

    def section(self, passage: int) -> str:
        """The id of the section that a passage is of, or ""."""
        arrays = self.arrays
        return unpack(
            arrays["passage.sections"], arrays["passage.section_starts"], passage
        ).decode()

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
        first, last = map(int, self.arrays["passage.slots"][passage : passage + 2])
        sizes = self.arrays["slot.sizes"][first:last].astype(np.int64)
        ends = np.cumsum(self.arrays["slot.gaps"][first:last] + sizes)
        ends += int(self.arrays["passage.start"][passage])
        return ends - sizes, ends
