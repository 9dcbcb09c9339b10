"""Which of a field's words a query's word stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from reader.search.analyzer import WIDTH_SIGN, is_short_form, stem
from reader.search.arrays import Array, expand, running
from reader.search.query_ast import Term
from reader.search.segment import Field

_LETTER = rb"[^\n\x1f\x80-\xbf][\x80-\xbf]*"
_LETTERS = rb"[^\n\x1f]*"
_WIDTH = rb"(?:\x1f\d)?"


def words_of(term: Term, field: Field, strict: bool) -> Array:
    """The sorted numbers of the words in `field` that answer `term`.

    `strict` tells a short form in capitals from the same letters in lower case: MS is not ms.
    """
    if term.also:
        spelled = [Term(term.how, text) for text in (term.text, *term.also)]
        return np.unique(np.concatenate([words_of(one, field, strict) for one in spelled]))
    match term.how:
        case "word":
            return _numbers(_under_key(term.text, field, strict))
        case "exact":
            return _numbers(_exact(term.text, field))
        case "prefix":
            return _numbers(_prefix(term.text, field))
        case "typed":
            found = set(_under_key(term.text, field, strict)) | _prefix(term.text, field, strict)
            return _numbers(found)
        case "wild":
            return _wild(term.text, field)
        case _:
            return _numbers({*close_words(term.text, field, term.edits), *_exact(term.text, field)})


def _numbers(found: set[int] | list[int]) -> Array:
    return np.array(sorted(found), np.int64)


def _under_key(text: str, field: Field, strict: bool) -> list[int]:
    singular = text.rstrip("s") if is_short_form(text) else text
    # Small letters have no rule for the plural of SSRIs.
    wanted = {"=" + singular} if strict else {stem(text), stem(singular)}
    return [number for key in wanted for number in field.under(key.encode()).tolist()]


def _cases(text: str) -> set[str]:
    """The surfaces that differ from a word in capitals only."""
    lower = text.lower()
    spelled = {lower, lower.upper(), lower[:-1].upper() + "s"}
    return {one for one in spelled if one == lower or (one.lower() == lower and is_short_form(one))}


def _exact(text: str, field: Field) -> set[int]:
    found: set[int] = set()
    for surface in {text} if is_short_form(text) else _cases(text):
        found.update(field.words.beginning((surface + WIDTH_SIGN).encode()))
        found.add(field.words.find(surface.encode()))
    return found - {-1}


def _prefix(text: str, field: Field, strict: bool = False) -> set[int]:
    lower = text.lower()
    found = set(field.words.beginning(lower.upper().encode()))
    if lower.endswith("s"):
        found.update(field.words.beginning((lower[:-1].upper() + "s").encode()))
    return found if strict else found | set(field.words.beginning(lower.encode()))


def _wild(pattern: str, field: Field) -> Array:
    """The words that a pattern with "*" and "?" fits; capitals do not count."""
    spelled = Spelled(field)
    front, *_, back = re.split(r"[*?]", pattern)
    longest = max(re.split(r"[*?]+", pattern), key=len).encode()
    numbers = np.arange(len(field.words))
    if front or back:
        numbers = spelled.ending(back.encode(), spelled.beginning(front.encode(), numbers))
    else:
        numbers = spelled.holding(longest)
    if pattern in (f"*{back}", f"*{longest.decode()}*"):
        return numbers
    parts = [
        _LETTERS if c == "*" else _LETTER if c == "?" else re.escape(c).encode() for c in pattern
    ]
    expression = re.compile(rb"^" + b"".join(parts) + _WIDTH + rb"$", re.MULTILINE)
    sizes = field.words.sizes[numbers]
    text = spelled.letters[expand(field.words.starts[numbers], sizes)].tobytes()
    starts = [match.start() for match in expression.finditer(text)]
    return numbers[np.searchsorted(running(sizes), np.array(starts, np.int64))]


class Spelled:
    """All words of a field at once, in small letters."""

    def __init__(self, field: Field) -> None:
        self.letters = np.frombuffer(field.words.data.tobytes().lower(), np.uint8)
        self.starts = field.words.starts[:-1].astype(np.int64)
        self.ends = field.words.starts[1:].astype(np.int64) - 1 - 2 * (field.widths > 1)

    def beginning(self, letters: bytes, numbers: Array) -> Array:
        """Those of the words that begin so."""
        numbers = self._long_enough(letters, numbers)
        for place, letter in enumerate(letters):
            numbers = numbers[self.letters[self.starts[numbers] + place] == letter]
        return numbers

    def ending(self, letters: bytes, numbers: Array) -> Array:
        """Those of the words that end so."""
        numbers = self._long_enough(letters, numbers)
        for place, letter in enumerate(reversed(letters), 1):
            numbers = numbers[self.letters[self.ends[numbers] - place] == letter]
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
        return np.unique(numbers[inside])


def close_words(text: str, field: Field, edits: int) -> Array:
    """The numbers of the words at most so many edits away; capitals do not count.

    An edit puts in, leaves out or changes a letter, or turns two neighbours round (optimal string
    alignment). All words of a length are compared at once.
    """
    wanted = list(map(ord, text.lower()))
    sizes = field.words.sizes.astype(np.int64) - 1 - 2 * (field.widths > 1)
    foreign = field.foreign
    sizes[foreign.numbers] = -1
    found = [np.zeros(0, np.int64)]
    for size in range(max(1, len(wanted) - edits), len(wanted) + edits + 1):
        same = np.flatnonzero(sizes == size)
        for numbers, starts, data in (
            (same, field.words.starts[same], field.words.data),
            foreign.of_size(size),
        ):
            if len(numbers):
                letters = data[starts.astype(np.int64) + np.arange(size)[:, None]]
                letters = np.where((letters >= 65) & (letters <= 90), letters + 32, letters)
                found.append(numbers[_close(wanted, letters, edits)])
    return np.concatenate(found)


def _close(wanted: Sequence[int], letters: Array, edits: int) -> Array:
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
        same = letters == letter
        for j in range(max(0, i - edits), min(size, i + edits + 1)):
            best = np.minimum(before[j + 1], row[j]) + 1
            best = np.minimum(best, before[j] + ~same[j])
            if i and j:
                turned = same[j - 1] & (letters[j] == wanted[i - 1])
                best = np.where(turned, np.minimum(best, last[j - 1] + 1), best)
            row[j + 1] = best
        alive = (row.min(axis=0) <= edits) | (before.min(axis=0) <= edits)
        if alive.sum() * 2 < len(left):
            left, letters = left[alive], letters[:, alive]
            before, row = before[:, alive], row[:, alive]
    close: Array = left[row[size] <= edits]
    return close
