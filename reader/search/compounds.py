"""German compounds, found by their parts: Schmerz in Schmerztherapie and Kopfschmerzen.

What stands before and behind the part must be made of German words too, so that "Eiter" is not
found in "weiter": words of our own list, or of a German document. A long part needs less proof.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import numpy as np

from reader.paths import resources
from reader.search.analyzer import WIDTH_SIGN, fold
from reader.search.arrays import Array
from reader.search.languages import stem_in
from reader.search.segment import Field

Known = Callable[[str], bool]

SHORTEST = 5
# Such a run of letters stands in no word by chance.
_LONG = 8
_SHORTEST_REST = 3
_LINKS = ("", "s", "es", "n", "en", "e", "er")
_ENDINGS = frozenset(("", "e", "en", "em", "er", "ern", "es", "n", "s"))
# What makes words of words: Snowball takes it off, compounds keep it.
_MAKING = re.compile("ung|heit|keit|isch|lich|ig|ik|end")
_VOWEL = re.compile("[aeiouy]")
_PLAIN = re.compile("[a-z]+")


@cache
def own_parts() -> frozenset[str]:
    """The stems of the words on our own list."""
    path = resources() / "german-parts.txt"
    return frozenset(stem_in("de", fold(w)) for w in path.read_text(encoding="utf-8").split())


def part_of(text: str) -> str:
    """What a word is as a part of a compound; "" when it is too short or no word.

    That is its stem, with the ending that makes it a word of its own (Behandlung, not behandeln),
    unless so little is left of it that chance would find it anywhere.
    """
    stem = stem_in("de", text)
    if making := _MAKING.match(text.lower().removeprefix(stem)):
        stem += making[0]
    part = stem if len(stem) >= SHORTEST else text.lower()
    return part if len(part) >= SHORTEST and _PLAIN.fullmatch(part) else ""


def compounds_of(part: str, field: Field, known: Known) -> Array:
    """The numbers of the words that are compounds with a part.

    `known` says of a stem whether a German word has it.
    """
    fits = cache(lambda text: _made_of_words(text, known))
    numbers = [
        number
        for number in field.spelled.holding(part.encode()).tolist()
        if _is_compound(field.words[number].decode(), part, fits)
    ]
    return np.array(numbers, np.int64)


def _is_compound(word: str, part: str, fits: Known) -> bool:
    if WIDTH_SIGN in word:
        return False
    word = word.lower()
    at = word.find(part)
    while at >= 0:
        front, back = word[:at], word[at + len(part) :]
        if _may_stand(front, part, fits) and (
            back in _ENDINGS or any(_may_stand(one, part, fits) for one in _after(back))
        ):
            return True
        at = word.find(part, at + 1)
    return False


def _after(back: str) -> list[str]:
    """What may follow a part when the letters that link it to the next are taken off."""
    return [back.removeprefix(link) for link in _LINKS if back.startswith(link)]


def _may_stand(rest: str, part: str, fits: Known) -> bool:
    if not rest:
        return True
    if len(rest) < _SHORTEST_REST or not _VOWEL.search(rest):
        return False
    return len(part) >= _LONG or fits(rest)


def _made_of_words(text: str, known: Known) -> bool:
    """Whether letters are a German word, or two or more of them one after the other."""
    if len(text) < _SHORTEST_REST:
        return False
    if known(stem_in("de", text)) or any(
        known(stem_in("de", text.removesuffix(link))) for link in _LINKS if text.endswith(link)
    ):
        return True
    return any(
        known(stem_in("de", text[:cut]))
        and any(_made_of_words(one, known) for one in _after(text[cut:]))
        for cut in range(_SHORTEST_REST, len(text) - _SHORTEST_REST + 1)
    )
