"""The words of many fields together, each spelling once: which are near a word.

Those of one size are brought together when a word of about that size is looked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reader.search.arrays import Array, expand
from reader.search.spelled import KINDS, Letters, Spelled

# An odd number whose bits are mixed: Steele and Vigna 2021, table 4.
_MULTIPLIER = np.uint64(0xD1342543DE82EF95)


@dataclass(frozen=True, slots=True)
class _Group:
    """Spellings of one size: a row of `letters` each, and their `kinds`.

    Which words each is lies between two `edges`: the `fields` that have it, and its number there.
    """

    letters: Array
    kinds: Array
    edges: Array
    fields: Array
    numbers: Array

    @classmethod
    def of(cls, parts: Sequence[Letters], size: int) -> _Group:
        """The spellings of a size in several fields."""
        edges = np.array([size, size + 1], np.uint32)
        cuts = [slice(*np.searchsorted(one.sizes, edges).tolist()) for one in parts]
        pairs = list(zip(parts, cuts, strict=True))
        inside = np.arange(size, dtype=np.uint32)
        letters = np.concatenate([one.letters[one.starts[c, None] + inside] for one, c in pairs])
        order, firsts = _alike(letters)
        counts = [cut.stop - cut.start for cut in cuts]
        fields = np.repeat(np.arange(len(parts), dtype=np.uint16), counts)
        numbers = np.concatenate([one.numbers[cut].astype(np.uint32) for one, cut in pairs])
        one_each = order[firsts]
        kinds = np.concatenate([one.kinds[cut] for one, cut in pairs])[one_each]
        runs = np.append(firsts, len(order))
        return cls(letters[one_each], kinds, runs, fields[order], numbers[order])

    def like(self, wanted: int, edits: int) -> Array:
        """The rows that so many edits may make of a word of these kinds of letters.

        An edit brings in one kind at most, and takes away one.
        """
        different = np.flatnonzero(np.bitwise_count(self.kinds ^ np.uint32(wanted)) <= 2 * edits)
        kinds = self.kinds[different]
        more = np.bitwise_count(kinds & ~np.uint32(wanted))
        fewer = np.bitwise_count(~kinds & np.uint32(wanted))
        rows: Array = different[(more <= edits) & (fewer <= edits)]
        return rows

    def words(self, rows: Array) -> tuple[Array, Array]:
        """The fields that have these spellings, and their numbers there."""
        which = expand(self.edges[rows], self.edges[rows + 1] - self.edges[rows])
        return self.fields[which], self.numbers[which]


def _alike(letters: Array) -> tuple[Array, Array]:
    """An order in which rows of the same letters follow each other, and where each begins."""
    # A number for each spelling that no other of its size has, but for one in 10¹⁹.
    made = np.zeros(len(letters), np.uint64)
    for column in letters.T:
        made = (made ^ column) * _MULTIPLIER
        made ^= made >> np.uint64(29)
    order = np.argsort(made)
    made = made[order]
    new = np.ones(len(order), bool)
    new[1:] = made[1:] != made[:-1]
    return order, np.flatnonzero(new)


class Spellings:
    """The words of several fields by their letters."""

    def __init__(self, spelled: Sequence[Spelled]) -> None:
        self._count = len(spelled)
        # Those of ASCII's letters by themselves: there each letter is a byte.
        self._parts = list(zip(*(one.by_size for one in spelled), strict=True))
        self._groups: dict[tuple[int, int], _Group] = {}

    def close(self, text: str, edits: int) -> list[Array]:
        """For each field the numbers of its words so near; capitals do not count.

        An edit puts in, leaves out or changes a letter, or turns two neighbours round (optimal
        string alignment).
        """
        wanted = np.array([ord(letter) for letter in text.lower()], np.uint32)
        kinds = int(np.bitwise_or.reduce(KINDS[np.minimum(wanted, 255)]))
        sizes = range(max(1, len(wanted) - edits), len(wanted) + edits + 1)
        groups = [self._group(which, n) for which in range(len(self._parts)) for n in sizes]
        likely = [group.like(kinds, edits) for group in groups]
        ends = np.cumsum([len(rows) for rows in likely]).tolist()
        table = np.zeros((len(wanted) + edits, ends[-1] if ends else 0), np.uint32)
        for group, rows, end in zip(groups, likely, ends, strict=True):
            table[: group.letters.shape[1], end - len(rows) : end] = group.letters[rows].T
        of_sizes = np.repeat(
            np.array([group.letters.shape[1] for group in groups], np.int64),
            [len(rows) for rows in likely],
        )
        near = _close(wanted, table, of_sizes, edits)
        found = [
            group.words(rows[near[(end - len(rows) <= near) & (near < end)] - (end - len(rows))])
            for group, rows, end in zip(groups, likely, ends, strict=True)
        ]
        none = np.zeros(0, np.int64)
        fields = np.concatenate([none, *(fields for fields, _ in found)])
        numbers = np.concatenate([none, *(numbers for _, numbers in found)])
        return [numbers[fields == field] for field in range(self._count)]

    def _group(self, which: int, size: int) -> _Group:
        if (which, size) not in self._groups:
            self._groups[which, size] = _Group.of(self._parts[which], size)
        return self._groups[which, size]


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
