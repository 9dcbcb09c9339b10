"""Where words are divided, by the patterns of their language (pyphen's, those of LibreOffice)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyphen

# Shorter words gain nothing; words with figures or capitals inside are names and short forms.
_WORD = re.compile(r"(?<![\w\u2019'-])[^\W\d_][^\W\d_A-Z]{5,}(?![\w\u2019'-])")
_LEAST_BEFORE, _LEAST_AFTER = 3, 3


class Hyphenator:
    """Divides the words of one language."""

    def __init__(self, patterns: pyphen.Pyphen) -> None:
        self._patterns = patterns
        self._known: dict[str, tuple[int, ...]] = {}

    def places(self, text: str) -> list[int]:
        """The characters of a text before which a word may be divided, in order."""
        found: list[int] = []
        for word in _WORD.finditer(text):
            known = self._known.get(word[0])
            if known is None:
                known = self._known[word[0]] = self._divided(word[0])
            start = word.start()
            found += [start + place for place in known]
        return found

    def _divided(self, word: str) -> tuple[int, ...]:
        # A place that would change the letters ("Schiffahrt") is left out: the text stays itself.
        return tuple(
            int(place)
            for place in self._patterns.positions(word)
            if getattr(place, "data", None) is None
            and _LEAST_BEFORE <= place <= len(word) - _LEAST_AFTER
        )


@lru_cache(maxsize=4)
def hyphenator(language: str) -> Hyphenator | None:
    """What divides the words of a language ("de", "en-GB"); None when nobody knows how.

    Loads the patterns of the language, some hundredths of a second the first time.
    """
    import pyphen

    found = pyphen.language_fallback(language.replace("-", "_")) if language else None
    return Hyphenator(pyphen.Pyphen(lang=found)) if found else None
