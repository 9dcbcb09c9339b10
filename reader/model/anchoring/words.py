"""The words of a text as they are compared for finding, and whether a text is unchanged.

For finding, compatibility forms, case, kinds of quotes and dashes, and hyphens at line ends count
for nothing. That makes 10⁹ equal to 109: what was found must be asked whether it is `unchanged`.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache

from reader.model.span import Span

# Chinese and Japanese are written without spaces, so each character counts as a word.
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff"
_DASHES = "\\-\u2010-\u2015\u2212"
_LETTERS = rf"[^\W{_UNSPACED}]+"
# A hyphen at the end of a line, or an apostrophe, between letters.
_JOINT = rf"(?:[{_INVISIBLE}]+|[\-\u2010\u2011][^\S\n]*\n\s*|['\u2019])"
_WORD = re.compile(
    rf"{_LETTERS}(?:{_JOINT}{_LETTERS})*|[{_UNSPACED}]|[{_DASHES}]+|[^\w\s{_INVISIBLE}]"
)
_LEFT_OUT = re.compile(rf"[\s'\u2019{_DASHES}{_INVISIBLE}]")
_DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033"
_SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u2039\u203a\u2032`\u00b4"
_QUOTES = str.maketrans(dict.fromkeys(_DOUBLE_QUOTES, '"') | dict.fromkeys(_SINGLE_QUOTES, "'"))


@dataclass(frozen=True, slots=True)
class Words:
    """The words and signs of a text: `keys` to compare, `starts` and `ends` their code points."""

    keys: list[str]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.keys)

    def touched(self, span: Span) -> range:
        """The numbers of the words that share a character with a span."""
        return range(bisect_right(self.ends, span.start), bisect_left(self.starts, span.end))

    def part(self, numbers: range) -> Words:
        """Some of the words, one after the other."""
        where = slice(numbers.start, numbers.stop)
        return Words(self.keys[where], self.starts[where], self.ends[where])


@lru_cache(maxsize=8)
def words(text: str) -> Words:
    """The words of a whole text, remembered."""
    return split(text)


@lru_cache(maxsize=4)
def places(text: str) -> dict[str, list[int]]:
    """The numbers of each word of a whole text, remembered."""
    found: dict[str, list[int]] = {}
    for number, key in enumerate(words(text).keys):
        found.setdefault(key, []).append(number)
    return found


def split(text: str) -> Words:
    """The words of a text in order."""
    keys, starts, ends = [], [], []
    known: dict[str, str] = {}
    for found in _WORD.finditer(text):
        word = found[0]
        key = known.get(word)
        if key is None:
            key = known[word] = _key(word)
        keys.append(key)
        start, end = found.span()
        starts.append(start)
        ends.append(end)
    return Words(keys, starts, ends)


def _key(word: str) -> str:
    # Dashes and an apostrophe that stand alone would be left out whole.
    bare = _LEFT_OUT.sub("", word) or ("'" if word in "'\u2019" else "-")
    return unicodedata.normalize("NFKC", bare.translate(_QUOTES)).casefold()


def unchanged(before: str, after: str) -> bool:
    """Whether two texts differ in white space and kinds of quotes at most."""
    return before.translate(_QUOTES).split() == after.translate(_QUOTES).split()
