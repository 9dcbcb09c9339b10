"""Where a passage stands in a text: with the same words, or with words like them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from operator import eq

from reader.model.anchoring.alignment import compare
from reader.model.anchoring.transfer import NEIGHBOURS, Place, carry, cover
from reader.model.anchoring.words import Words, places, words
from reader.model.span import Span

# A likeness is looked for by so many words on end; more places than these tell nothing.
_SEED = 3
_COMMON = 50
# So many words beside the passage help to find it.
_BESIDE = 16
# So many likely places are looked at, and each may begin so many words off.
_LOOKED_AT = 3
_OFF = 16


def exactly(text: str, before: Words, span: Span) -> list[Place]:
    """Every place in the text with the words of a passage of `before`, in order."""
    numbers = before.touched(span)
    keys = before.keys[numbers.start : numbers.stop]
    if not keys:
        return []
    known = places(text)
    rarest = min(range(len(keys)), key=lambda k: len(known.get(keys[k], ())))
    after = words(text)
    found = []
    for place in known.get(keys[rarest], ()):
        start = place - rarest
        if start >= 0 and after.keys[start : start + len(keys)] == keys:
            there = range(start, start + len(keys))
            covered = cover(before, numbers, after, there, span)
            sides = _beside(before.keys, numbers, after.keys, there)
            found.append(Place(there, covered, 1.0, len(keys), *sides))
    return found


def _beside(
    before: list[str], numbers: range, after: list[str], there: range
) -> tuple[float, float]:
    """The shares of the words right before and right after that are the same.

    The very first and last are left out: the context of a selector may begin inside a word.
    """
    left = before[max(1, numbers.start - NEIGHBOURS) : numbers.start][::-1]
    right = before[numbers.stop : min(len(before) - 1, numbers.stop + NEIGHBOURS)]
    left_there = after[max(0, there.start - NEIGHBOURS) : there.start][::-1]
    right_there = after[there.stop : there.stop + NEIGHBOURS]
    return (
        sum(map(eq, left, left_there)) / max(1, len(left)),
        sum(map(eq, right, right_there)) / max(1, len(right)),
    )


def alike(text: str, before: Words, span: Span) -> list[Place]:
    """Places in the text whose words are like those of a passage of `before`, the best first."""
    numbers = before.touched(span)
    context = before.part(
        range(max(0, numbers.start - _BESIDE), min(len(before), numbers.stop + _BESIDE))
    )
    seeds, after = _seeds(text), words(text)
    votes: Counter[int] = Counter()
    for offset, seed in enumerate(_grams(context)):
        found_at = seeds.get(seed, ())
        if len(found_at) <= _COMMON:
            votes.update({(place - offset) // _OFF for place in found_at})
    found = []
    for vote, _ in votes.most_common(_LOOKED_AT):
        start = max(0, (vote - 1) * _OFF)
        window = range(start, min(len(after), start + len(context) + 3 * _OFF))
        part = after.part(window)
        place = carry(compare(context.keys, part.keys), context, part, span)
        if place is not None:
            there = range(place.words.start + start, place.words.stop + start)
            found.append(replace(place, words=there))
    return sorted(found, key=lambda place: -(place.near + place.left + place.right))


@lru_cache(maxsize=4)
def _seeds(text: str) -> dict[tuple[str, ...], list[int]]:
    seeds: dict[tuple[str, ...], list[int]] = {}
    for number, seed in enumerate(_grams(words(text))):
        seeds.setdefault(seed, []).append(number)
    return seeds


def _grams(some: Words) -> Iterator[tuple[str, ...]]:
    return zip(*(some.keys[k:] for k in range(_SEED)), strict=False)
