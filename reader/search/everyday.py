"""What people say, and what clinicians call it: heart attack and myocardial infarction."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from reader.paths import resources
from reader.search.word_forms import Key, key_of


@cache
def _names() -> dict[Key, tuple[str, ...]]:
    """For each name by its words' stems, the others of the same thing."""
    names: dict[Key, list[str]] = {}
    for line in (resources() / "everyday.tsv").read_text(encoding="utf-8").splitlines():
        everyday, _, clinical = line.partition("\t")
        others = [one.strip() for one in clinical.split(";")]
        names.setdefault(key_of(everyday), []).extend(others)
        for one in others:
            names.setdefault(key_of(one), []).append(everyday)
    return {key: tuple(dict.fromkeys(found)) for key, found in names.items()}


def other_names(key: Key) -> Iterator[str]:
    """The other names of what has this name."""
    return iter(_names().get(key, ()))
