"""Which of a field's words a query's word stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from reader.search.analyzer import WIDTH_SIGN, is_short_form, stem
from reader.search.arrays import Array, each_once, expand, running
from reader.search.query_ast import Term
from reader.search.segment import Field

_SIGN = WIDTH_SIGN.encode()
_NO_WORDS = np.zeros(0, np.int64)
_LETTER = rb"[^\n\x1f\x80-\xbf][\x80-\xbf]*"
_LETTERS = rb"[^\n\x1f]*"
_WIDTH = rb"(?:\x1f\d)?"


def words_of(
    term: Term, fields: Sequence[Field], strict: bool, near: Sequence[Array] = ()
) -> list[Array]:
    """For each of some segments' fields the sorted numbers of its words that answer `term`.

    `strict` tells a short form in capitals from the same letters in lower case: MS is not ms.
    `near` are each field's words that are as near to a fuzzy one as it says.
    """
    if term.how == "fuzzy":
        exact = [_numbers(_exact(term.text, field)) for field in fields]
        return [each_once(np.concatenate(pair)) for pair in zip(near, exact, strict=True)]
    return [_words_in(term, field, strict) for field in fields]


def _words_in(term: Term, field: Field, strict: bool) -> Array:
    if term.also:
        spelled = [Term(term.how, text) for text in (term.text, *term.also)]
        return each_once(np.concatenate([_words_in(one, field, strict) for one in spelled]))
    match term.how:
        case "word":
            return _numbers(_under_key(term.text, field, strict))
        case "exact":
            return _numbers(_exact(term.text, field))
        case "prefix":
            return _prefix(term.text, field)
        case "typed":
            found = _numbers(_under_key(term.text, field, strict))
            return each_once(np.concatenate([found, _prefix(term.text, field, strict)]))
        case _:
            return _wild(term.text, field)


def _numbers(found: set[int] | list[int]) -> Array:
    return np.array(sorted(found), np.int64)


def _under_key(text: str, field: Field, strict: bool) -> list[int]:
    singular = text.rstrip("s") if is_short_form(text) else text
    # Small letters have no rule for the plural of SSRIs.
    wanted = {"=" + singular} if strict else {stem(text), stem(singular)}
    return [number for key in wanted for number in field.under(key.encode()).tolist()]


@lru_cache(1_000)
def _surfaces(text: str) -> tuple[bytes, ...]:
    """What an exact word is in the index: it, and what differs from it in capitals only."""
    if is_short_form(text):
        return (text.encode(),)
    lower = text.lower()
    spelled = {lower, lower.upper(), lower[:-1].upper() + "s"}
    return tuple(
        one.encode()
        for one in spelled
        if one == lower or (one.lower() == lower and is_short_form(one))
    )


def _exact(text: str, field: Field) -> set[int]:
    found: set[int] = set()
    # Worked out once, for every segment asks.
    for surface in _surfaces(text):
        found.update(field.words.spelled(surface, _SIGN))
    return found


def _prefix(text: str, field: Field, strict: bool = False) -> Array:
    lower = text.lower()
    beginnings = [lower.upper()]
    if lower.endswith("s"):
        beginnings.append(lower[:-1].upper() + "s")
    if not strict:
        beginnings.append(lower)
    # NumPy is slow to make very many small arrays: most segments have words of one range only.
    ranges = [one for one in map(field.words.beginning, map(str.encode, beginnings)) if one]
    found = [np.arange(one.start, one.stop) for one in ranges]
    return found[0] if len(found) == 1 else each_once(np.concatenate([_NO_WORDS, *found]))


def _wild(pattern: str, field: Field) -> Array:
    """The words that a pattern with "*" and "?" fits; capitals do not count."""
    spelled = field.spelled
    front, *_, back = re.split(r"[*?]", pattern)
    longest = max(re.split(r"[*?]+", pattern), key=len).encode()
    if front or back:
        numbers = spelled.beginning(front.encode(), spelled.ending(back.encode()))
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
