"""The signs of the world's scripts that make words: letters, the marks on them, what is no space.

A combining mark belongs to its letter. Marks that writers leave out as they like (accents, Hebrew
points, Arabic harakat) are not told apart; those that make another word (the vowel signs of Hindi
and Thai, the voicing of kana) are. Source: The Unicode Standard, chapters 3.6, 9, 12, 16 and 18.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator


def _ranges(points: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Neighbours as the first and the last of them."""
    first = last = -1
    for point in points:
        if point != last + 1:
            if last >= 0:
                yield first, last
            first = point
        last = point
    yield first, last


def _class(points: Iterable[int]) -> str:
    """Code points as they stand between the brackets of a regular expression."""
    return "".join(f"{chr(a)}-{chr(b)}" if b > a else chr(a) for a, b in _ranges(points))


# Shy hyphens, joiners and marks of byte order stand in words and mean nothing to a search.
INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff"
# Behind the last of these planes there are no marks but the selectors of pictures.
_LAST = 0x1F000
_COMBINING = [n for n in range(0x300, _LAST) if unicodedata.category(chr(n)) in ("Mn", "Mc")]
MARKS = _class(_COMBINING) + INVISIBLE
EACH_MARK = frozenset(map(chr, (*_COMBINING, 0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF)))
# Written without spaces between words, or with endings glued to them: each sign is a place of its
# own, so that any run of them is found inside a longer one. Kana, Han, Hangul, Thai, Lao, Burmese,
# Khmer.
UNSPACED = (
    "\u3040-\u3098\u309b-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
    "\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46\u0e81-\u0eb0\u0eb2\u0eb3\u0ebd\u0ec0-\u0ec6\u0edc-\u0edf"
    "\u1000-\u102a\u103f\u1050-\u1055\u1780-\u17b3"
)
# A half-width kana is followed by its voicing as a sign of its own.
HALF_WIDTH = "[\uff66-\uff9d][\uff9e\uff9f]?"
_OPTIONAL = (
    *range(0x300, 0x370),  # accents
    *range(0x591, 0x5BE),  # Hebrew points and accents
    *(0x5BF, 0x5C1, 0x5C2, 0x5C4, 0x5C5, 0x5C7),
    *range(0x610, 0x61B),  # Arabic signs, tatweel and harakat
    0x640,
    *range(0x64B, 0x660),
    0x670,
    *range(0x6D6, 0x6DD),
    *range(0x6DF, 0x6E9),
    *range(0x6EA, 0x6EE),
    *range(0x1AB0, 0x1B00),
    *range(0x1DC0, 0x1E00),
    *range(0x20D0, 0x2100),
    *range(0xFE00, 0xFE10),  # variants of signs
    *range(0xFE20, 0xFE30),
    *(0xAD, *range(0x200B, 0x200E), 0x2060, 0xFEFF),
)
_DROPPED: dict[int, None] = dict.fromkeys(_OPTIONAL)


def bare(text: str) -> str:
    """The text, decomposed, without the marks that writers leave out as they like."""
    dropped = unicodedata.normalize("NFKD", text).translate(_DROPPED)
    return unicodedata.normalize("NFC", dropped)
