"""All words of a field at once, by their letters: which end so, and which hold these."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from reader.search.analyzer import WIDTH_SIGN
from reader.search.arrays import Array, Lines, each_once, running

_TAIL = 4


def _kinds() -> Array:
    """A bit for each letter from a to z and each two digits, and one for all that is neither."""
    bits = np.full(256, 1 << 31, np.uint32)
    for place, letter in enumerate(range(ord("a"), ord("z") + 1)):
        bits[[letter, letter - 32]] = 1 << place
    for digit in range(10):
        bits[ord("0") + digit] = 1 << 26 + digit // 2
    bits[[ord("\n"), ord(WIDTH_SIGN)]] = 0
    return bits


KINDS = _kinds()


@dataclass(frozen=True, slots=True)
class Letters:
    """Words by their letters, the shortest first: each one's number, size, and start in `letters`.

    `kinds` has a bit for each kind of letter that is in a word.
    """

    numbers: Array
    sizes: Array
    starts: Array
    kinds: Array
    letters: Array

    @classmethod
    def of(
        cls, numbers: Array, sizes: Array, starts: Array, kinds: Array, letters: Array
    ) -> Letters:
        """These words in the order of their sizes."""
        # NumPy sorts numbers of 16 bits by their digits, ten times as fast.
        order = np.argsort(sizes.astype(np.uint16), kind="stable")
        return cls(numbers[order], sizes[order], starts[order], kinds[order], letters)


class Spelled:
    """The words of a field in small letters, without the widths of joined forms."""

    def __init__(self, words: Lines, widths: Array) -> None:
        self._words = words
        self._widths = widths
        self.letters = np.frombuffer(words.data.tobytes().lower(), np.uint8)
        self.starts = words.starts[:-1]
        self.ends = words.starts[1:] - np.where(widths > 1, np.uint32(3), np.uint32(1))

    @cached_property
    def _tails(self) -> Array:
        """The last four letters of each word as one number, the last of all in its lowest byte."""
        tails = np.zeros(len(self.starts), np.uint32)
        for place in range(1, _TAIL + 1):
            long_enough = np.flatnonzero(self.ends - self.starts >= place)
            letters = self.letters[self.ends[long_enough] - place].astype(np.uint32)
            tails[long_enough] |= letters << 8 * (place - 1)
        return tails

    def beginning(self, letters: bytes, numbers: Array) -> Array:
        """Those of the words that begin so."""
        numbers = self._long_enough(letters, numbers)
        for place, letter in enumerate(letters):
            numbers = numbers[self.letters[self.starts[numbers] + place] == letter]
        return numbers

    def ending(self, letters: bytes) -> Array:
        """The words that end so."""
        last = letters[-_TAIL:]
        mask = np.uint32((1 << 8 * len(last)) - 1)
        numbers = np.flatnonzero(self._tails & mask == int.from_bytes(last, "big"))
        numbers = self._long_enough(letters, numbers)
        for place in range(_TAIL + 1, len(letters) + 1):
            numbers = numbers[self.letters[self.ends[numbers] - place] == letters[-place]]
        return numbers

    def _long_enough(self, letters: bytes, numbers: Array) -> Array:
        return numbers[self.ends[numbers] - self.starts[numbers] >= len(letters)]

    def holding(self, letters: bytes) -> Array:
        """The words that hold these letters in a row."""
        size = max(0, len(self.letters) - len(letters) + 1)
        found = np.ones(size, bool)
        for place, letter in enumerate(letters):
            found &= self.letters[place : place + size] == letter
        places = np.flatnonzero(found)
        numbers = np.searchsorted(self.starts, places, "right") - 1
        inside = places + len(letters) <= self.ends[numbers]
        return each_once(numbers[inside])

    @cached_property
    def by_size(self) -> tuple[Letters, Letters]:
        """The words of ASCII's letters, and the others, which are more bytes than letters."""
        is_foreign = np.zeros(len(self.starts), bool)
        places = np.flatnonzero(self.letters > 127)
        is_foreign[np.searchsorted(self.starts, places, "right") - 1] = True
        plain = np.flatnonzero(~is_foreign)
        kinds = KINDS[self.letters]
        kinds[self.ends[self._widths > 1] + 1] = 0
        kinds = np.bitwise_or.reduceat(kinds, self.starts) if len(self.starts) else kinds
        sizes = self.ends - self.starts
        ascii_only = Letters.of(plain, sizes[plain], self.starts[plain], kinds[plain], self.letters)
        return ascii_only, self._foreign(np.flatnonzero(is_foreign))

    def _foreign(self, numbers: Array) -> Letters:
        spelled = [self._words[n].decode().partition(WIDTH_SIGN)[0] for n in numbers.tolist()]
        sizes = np.array(list(map(len, spelled)), np.uint32)
        letters = np.frombuffer("".join(spelled).encode("utf-32-le"), np.uint32)
        capital = (letters >= ord("A")) & (letters <= ord("Z"))
        letters = np.where(capital, letters + 32, letters)
        starts = running(sizes)[:-1]
        kinds = KINDS[np.minimum(letters, 255)]
        kinds = np.bitwise_or.reduceat(kinds, starts) if len(starts) else kinds
        return Letters.of(numbers, sizes, starts, kinds, letters)
