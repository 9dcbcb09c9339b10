"""British and American spellings of a word, both ways, by the rules of our own table."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from reader.paths import resources

_MOST = 24
_SHORTEST = 4
# Letters before an ending such as -ise; "rise" and "size" have too few.
_SHORTEST_STEM = 3

_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")

Rule = tuple[str, str, str]


@cache
def _to_american() -> tuple[Rule, ...]:
    """Letters, what stands for them, and where in a word: "start", "end", "in", or all of it."""
    lines = (resources() / "spellings.tsv").read_text(encoding="utf-8").splitlines()
    rules = (line.split("\t") for line in lines)
    return tuple((british, american, where) for where, british, american in rules)


@cache
def _both_ways() -> tuple[Rule, ...]:
    rules = _to_american()
    return rules + tuple((american, british, where) for british, american, where in rules)


@lru_cache(20_000)
def variants(word: str) -> tuple[str, ...]:
    """The other spellings that a word in small letters may have; most of them are no words."""
    found = [word]
    for known in found:
        if len(found) > _MOST or len(known) < _SHORTEST:
            break
        for one, other, where in _both_ways():
            if one in known:
                new = _replaced(known, one, other, where)
                if new not in found:
                    found.append(new)
    return tuple(found[1:])


@lru_cache(200_000)
def canonical(word: str) -> str:
    """One spelling for all of a word's: the American, as far as the table has it."""
    if len(word) < _SHORTEST:
        return word
    for british, american, where in _to_american():
        if british in word:
            word = _replaced(word, british, american, where)
    return word


def _replaced(word: str, one: str, other: str, where: str) -> str:
    """The word with the first of these letters replaced, if they stand where they must."""
    at = word.find(one)
    end = at + len(one)
    if where == "in" or (where == "start" and at == 0) or (where == "word" and word == one):
        return word[:at] + other + word[end:]
    if where == "end" and word.endswith(one) and len(word) - len(one) >= _SHORTEST_STEM:
        return word[: -len(one)] + other
    return word


def without_points(word: str) -> tuple[str, ...]:
    """A number whose thousands are set off by points, as most of the continent writes it."""
    return (word.replace(".", ""),) if _GROUPED.fullmatch(word) else ()


def without_umlauts(word: str) -> tuple[str, ...]:
    """A word with umlauts spelled ae, oe, ue, as an index has it: Sjoegren is sjogren there."""
    plain = re.sub("([aou])e", r"\1", word)
    return (plain,) if plain != word else ()
