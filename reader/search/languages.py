"""Which language a document is in, and the stems of words by it.

English stems every word, whatever its document; the words of a document in one of six other
languages have that language's stem too. Source: https://snowballstem.org/algorithms/
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

import Stemmer

# The order is that of the bits in an index.
LANGUAGES = {
    "de": "german",
    "fr": "french",
    "es": "spanish",
    "it": "italian",
    "nl": "dutch",
    "pt": "portuguese",
}
_FUNCTION_WORDS = {
    "en": "the and of to in is that with for are was were this by or",
    "de": "der die und das ist nicht mit von den dem ein eine für auf bei zur wird werden oder",
    "fr": "le la les des et est une dans pour que qui sur avec du au aux par sont ou ne",
    "es": "el los las una que por con para del como más se es en la y o al su",
    "it": "il che di una per con non sono della dei nel gli è e la nella al le si",
    "nl": "de het een van en dat met niet voor zijn op te aan bij wordt of is door",
    "pt": "os as uma que não com para por dos das mais ao é em do da e o no na",
}
_VOTES = {
    word: [name for name, words in _FUNCTION_WORDS.items() if word in words.split()]
    for words in _FUNCTION_WORDS.values()
    for word in words.split()
}
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
_SAMPLE = 4_000
_FEWEST_VOTES = 3
_SHARE_OF_VOTES = 0.1
# Snowball takes suffixes off by their accents, which a search key has lost.
_ACCENTED = {
    "fr": ((r"ite(s?)$", r"ité\1"), (r"ee(s?)$", r"ée\1")),
    "es": ((r"([cs])ion$", r"\1ión"), (r"dades$", "dad")),
    "it": ((r"ita$", r"ità"),),
    "pt": ((r"c(ao|oes)$", "ção"), (r"s(ao|oes)$", "são"), (r"dades$", "dade")),
}


def language_of(text: str, said: str = "") -> str:
    """The language of `LANGUAGES` that a text is in, "" for English and all others.

    What its words say counts more than what is `said` of it: pages of every language are said to be
    English by the template that they were made with.
    """
    found = _guessed(text[:_SAMPLE]) or said[:2].lower()
    return found if found in LANGUAGES else ""


def _guessed(text: str) -> str:
    """The language whose function words are the most, "" when they are few."""
    words = text.lower().split()
    voters = [word for word in words if word in _VOTES]
    # Most notes have too few to tell, and there are a hundred thousand of them.
    if len(voters) < max(_FEWEST_VOTES, _SHARE_OF_VOTES * len(words)):
        return ""
    votes = dict.fromkeys(_FUNCTION_WORDS, 0)
    for word in voters:
        for name in _VOTES[word]:
            votes[name] += 1
    best = max(votes, key=votes.__getitem__)
    enough = votes[best] >= _FEWEST_VOTES and votes[best] >= _SHARE_OF_VOTES * len(words)
    return best if enough else ""


def bits_of(language: str) -> int:
    """A language as it is written in an index: a bit of its own, 0 for none."""
    return 1 << list(LANGUAGES).index(language) if language else 0


@cache
def languages_of(bits: int) -> tuple[str, ...]:
    """The languages that some bits stand for."""
    return tuple(name for number, name in enumerate(LANGUAGES) if bits >> number & 1)


@cache
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(LANGUAGES[language])


@lru_cache(200_000)
def stem_in(language: str, surface: str) -> str:
    """The stem of a folded word by the rules of a language."""
    if _GROUPED.fullmatch(surface):
        # Where decimals have a comma, 1.000 is a thousand.
        return surface.replace(".", "")
    word = surface.lower()
    for ending, accented in _ACCENTED.get(language, ()):
        word = re.sub(ending, accented, word)
    return str(_stemmer(language).stemWord(word))


def key_in(language: str, surface: str) -> str:
    """The key of a word in a language; no word has its colon."""
    return f"{language}:{stem_in(language, surface)}"
