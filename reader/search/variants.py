"""British and American spellings of a word, both ways, by the rules of our own table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from reader.paths import resources

_MOST = 24
_SHORTEST = 4
# Letters before an ending such as -ise; "rise" and "size" have too few.
_SHORTEST_STEM = 3

Rule = tuple[str, str, str]


@cache
def _rules() -> tuple[Rule, ...]:
    """Where letters stand in a word ("start", "end", "in", or all of it: "word"), and the two."""
    lines = (resources() / "spellings.tsv").read_text(encoding="utf-8").splitlines()
    rules = []
    for line in lines:
        where, british, american = line.split("\t")
        rules.append((where, british, american))
    return tuple(rules)


@lru_cache(20_000)
def variants(word: str) -> tuple[str, ...]:
    """The other spellings that a word in small letters may have; most of them are no words."""
    found = [word]
    for known in found:
        for where, british, american in _rules():
            for one, other in ((british, american), (american, british)):
                found += [new for new in _replaced(known, where, one, other) if new not in found]
        if len(found) > _MOST:
            break
    return tuple(found[1:])


@lru_cache(200_000)
def canonical(word: str) -> str:
    """One spelling for all of a word's: the American, as far as the table has it."""
    for where, british, american in _rules():
        for new in _replaced(word, where, british, american):
            word = new
    return word


def _replaced(word: str, where: str, one: str, other: str) -> Iterator[str]:
    at = word.find(one) if len(word) >= _SHORTEST else -1
    if at < 0:
        return
    if where == "in":
        yield word[:at] + other + word[at + len(one) :]
    elif where == "start":
        if at == 0:
            yield other + word[len(one) :]
    elif where == "word":
        if word == one:
            yield other
    elif word.endswith(one) and len(word) - len(one) >= _SHORTEST_STEM:
        yield word[: -len(one)] + other


def without_umlauts(word: str) -> tuple[str, ...]:
    """A word with umlauts spelled ae, oe, ue, as an index has it: Sjoegren is sjogren there."""
    plain = re.sub("([aou])e", r"\1", word)
    return (plain,) if plain != word else ()
