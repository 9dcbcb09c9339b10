"""Short forms with what they stand for, by either."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache

from reader.model.abbreviations import normal, read
from reader.search.analyzer import stem
from reader.search.variants import canonical

# A meaning that is so much rarer than the usual one is no meaning to be looked for unasked.
_RARE = 0.2
# Where so many documents say the same, what one alone says is a slip or a matter of its own.
_SEVERAL = 3
MOST_MEANINGS = 4

Key = tuple[str, ...]


@lru_cache(200_000)
def key_of(words: str) -> Key:
    """A long form as it is looked up: the stems of its words, in one spelling."""
    return tuple(stem(canonical(word)) for word in normal(words))


def _is_usual(count: int, most: int) -> bool:
    return count >= _RARE * most and (count > 1 or most < _SEVERAL)


class Forms:
    """The forms on some lines, as `short_forms.written` writes them, a line a document."""

    def __init__(self, lines: Iterable[str]) -> None:
        counts: defaultdict[str, Counter[Key]] = defaultdict(Counter)
        self._spelled: dict[Key, str] = {}
        self._shorts: dict[Key, dict[str, None]] = {}
        # Many documents say the same: each pair is taken apart once.
        for (short, long), count in Counter(pair for line in lines for pair in read(line)).items():
            singular = short.removesuffix("s") if short[-2:-1].isupper() else short
            key = key_of(long)
            counts[singular][key] += count
            self._spelled.setdefault(key, long)
            self._shorts.setdefault(key, {})[singular] = None
        self._keys = {
            short: [
                key
                for key, count in found.most_common(MOST_MEANINGS)
                if _is_usual(count, found.most_common(1)[0][1])
            ]
            for short, found in counts.items()
        }
        self._folded: defaultdict[str, list[str]] = defaultdict(list)
        for short in self._keys:
            self._folded[short.casefold()].append(short)

    def meanings(self, short: str) -> list[str]:
        """What a short form stands for, the usual first."""
        return [self._spelled[key] for key in self._keys.get(short, ())]

    def spelled_like(self, folded: str) -> list[str]:
        """The short forms that differ from a word in capitals only."""
        return self._folded.get(folded, [])

    def shorts(self, key: Key) -> list[str]:
        """The short forms of a long one."""
        return list(self._shorts.get(key, ()))

    def spelled(self, key: Key) -> str:
        """A long form as it was first written."""
        return self._spelled[key]
