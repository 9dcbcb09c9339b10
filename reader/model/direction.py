"""Which way a text runs."""

from __future__ import annotations

import unicodedata
from itertools import islice

from reader.model.document import Document

_LANGUAGES = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"))
_RIGHT_TO_LEFT = frozenset(("R", "AL"))
_MOST_LETTERS = 400


def runs_right_to_left(text: str, otherwise: bool = False) -> bool:
    """Whether most letters of a text's beginning do; `otherwise` when it has no letters."""
    directions = (unicodedata.bidirectional(character) for character in text)
    strong = list(islice((d for d in directions if d in ("L", "R", "AL")), _MOST_LETTERS))
    if not strong:
        return otherwise
    return sum(direction in _RIGHT_TO_LEFT for direction in strong) * 2 > len(strong)


def is_right_to_left(document: Document) -> bool:
    """Whether a document is in a script that runs from right to left: by what it says, or by its
    title and text."""
    if document.language:
        return document.language.lower().replace("_", "-").split("-")[0] in _LANGUAGES
    # Its English abstract or references may stand first or last.
    half = len(document.text) // 3
    return runs_right_to_left(document.text[half : half + 2000] or document.title)
