"""The words of many fields together, each spelling once: which are near a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reader.search.arrays import Array, expand, running
from reader.search.spelled import KINDS, Letters, Spelled


@dataclass(frozen=True, slots=True)
class _Group:
    """Spellings of one kind of letters; `letters.numbers` counts them through.

    Which words each is lies between two `edges`: the `fields` that have it, and its number there.
    """

    letters: Letters
    edges: Array
    fields: Array
    numbers: Array

    @classmethod
    def of(cls, parts: Sequence[Letters]) -> _Group:
        """The spellings in several fields."""
        signatures = np.concatenate([part.signatures for part in parts])
        order = np.argsort(signatures)
        signatures = signatures[order]
        new = np.ones(len(order), bool)
        new[1:] = signatures[1:] != signatures[:-1]
        firsts = np.flatnonzero(new)
        counts = [len(part.numbers) for part in parts]
        fields = np.repeat(np.arange(len(parts), dtype=np.uint16), counts)
        numbers = np.concatenate([part.numbers.astype(np.uint32) for part in parts])
        one_each = order[firsts]
        bases = running(np.array([len(part.letters) for part in parts]))[fields[one_each]]
        starts = np.concatenate([part.starts for part in parts])[one_each] + bases
        sizes = np.concatenate([part.sizes for part in parts])[one_each]
        kinds = np.concatenate([part.kinds for part in parts])[one_each]
        everything = np.concatenate([part.letters for part in parts])
        letters = Letters.of(
            np.arange(len(firsts)),
            sizes,
            running(sizes)[:-1],
            kinds,
            everything[expand(starts, sizes)],
        )
        return cls(letters, np.append(firsts, len(order)), fields[order], numbers[order])

    def near(self, wanted: Array, kinds: int, edits: int) -> tuple[Array, Array]:
        """The fields, and the words' numbers there, of spellings so near."""
        letters = self.letters
        likely = letters.like(kinds, len(wanted), edits)
        sizes = letters.sizes[likely].astype(np.int64)
        table = np.zeros((len(wanted) + edits, len(sizes)), np.uint32)
        inside = expand(np.zeros(len(sizes)), sizes)
        word = np.repeat(np.arange(len(sizes)), sizes)
        table[inside, word] = letters.letters[expand(letters.starts[likely], sizes)]
        near = letters.numbers[likely[_close(wanted, table, sizes, edits)]]
        which = expand(self.edges[near], self.edges[near + 1] - self.edges[near])
        return self.fields[which], self.numbers[which]


class Spellings:
    """The words of several fields by their letters."""

    def __init__(self, spelled: Sequence[Spelled]) -> None:
        self._count = len(spelled)
        # Those of ASCII's letters by themselves: there each letter is a byte.
        self._groups = [
            _Group.of(parts) for parts in zip(*(one.by_size for one in spelled), strict=True)
        ]

    def close(self, text: str, edits: int) -> list[Array]:
        """For each field the numbers of its words so near; capitals do not count.

        An edit puts in, leaves out or changes a letter, or turns two neighbours round (optimal
        string alignment).
        """
        wanted = np.array([ord(letter) for letter in text.lower()], np.uint32)
        kinds = int(np.bitwise_or.reduce(KINDS[np.minimum(wanted, 255)]))
        found = [group.near(wanted, kinds, edits) for group in self._groups]
        none = np.zeros(0, np.int64)
        fields = np.concatenate([none, *(fields for fields, _ in found)])
        numbers = np.concatenate([none, *(numbers for _, numbers in found)])
        return [numbers[fields == field] for field in range(self._count)]


def _close(wanted: Array, letters: Array, sizes: Array, edits: int) -> Array:
    """Which words are so close; `letters[i]` are all words' letters i.

    Only the cells of the table that so few edits can reach are worked out, and words that have
    used up their edits are let go on the way.
    """
    size = len(letters)
    left = np.arange(letters.shape[1])
    far = np.uint8(edits + 1)
    before = np.full((size + 2, len(left)), far)
    row = np.full((size + 2, len(left)), far)
    row[: edits + 1] = np.arange(edits + 1, dtype=np.uint8)[:, None][: size + 2]
    for i, letter in enumerate(wanted):
        last, before, row = before, row, np.full_like(row, far)
        if i < edits:
            row[0] = i + 1
        first, end = max(0, i - edits), min(size, i + edits + 1)
        left_of = max(0, first - 1)
        same = letters[left_of:end] == letter
        for j in range(first, end):
            best = np.minimum(before[j + 1], row[j]) + 1
            best = np.minimum(best, before[j] + ~same[j - left_of])
            if i and j:
                turned = same[j - 1 - left_of] & (letters[j] == wanted[i - 1])
                best = np.where(turned, np.minimum(best, last[j - 1] + 1), best)
            row[j + 1] = best
        reached = slice(left_of, end + 1)
        alive = (row[reached].min(axis=0) <= edits) | (before[reached].min(axis=0) <= edits)
        if alive.sum() * 2 < len(left):
            left, letters = left[alive], letters[:, alive]
            before, row = before[:, alive], row[:, alive]
    close: Array = left[row[sizes[left], np.arange(len(left))] <= edits]
    return close
