"""Words that no line holds in its place: initials set large, numbers of lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from reader.importers.pdf.lines import main_size
from reader.importers.pdf.word import Word

_INITIAL = 1.7
_FEWEST_NUMBERS = 12
_NUMBERED_SHARE = 0.7
_STEPS = (1, 2, 5, 10)


def without_initials(words: Sequence[Word]) -> list[Word]:
    """The words with each large initial put before the word that it begins."""
    size = main_size(words)
    large = [
        word
        for word in words
        if len(word.text) == 1 and word.text.isupper() and word.size >= _INITIAL * size
    ]
    if not large:
        return list(words)
    found = list(words)
    for initial in large:
        beside = [
            i
            for i, word in enumerate(found)
            if 0 <= word.left - initial.right + 0.2 * size < 1.5 * size
            and initial.top - 0.3 * size < word.top < (initial.top + initial.bottom) / 2
            and word.size < initial.size
            and word.text[0].isalpha()
        ]
        if beside:
            first = min(beside, key=lambda i: found[i].top)
            text = initial.text + found[first].text
            found[first] = replace(found[first], text=text, left=initial.left)
            found = [word for word in found if word is not initial]
    return found


def line_numbers(words: Sequence[Word]) -> list[Word]:
    """The words that are a column of numbers, in either margin, that counts the lines beside it."""
    edges: dict[tuple[bool, int], list[Word]] = {}
    for word in words:
        if word.text.isdecimal() and len(word.text) <= 4 and not word.turned:
            for is_right, side in ((False, word.left), (True, word.right)):
                for edge in {round(side / 4), round(side / 4 + 0.5)}:
                    edges.setdefault((is_right, edge), []).append(word)
    found = max(edges.values(), key=len, default=[])
    if len(found) < _FEWEST_NUMBERS:
        return []
    found = sorted(found, key=lambda word: word.top)
    left, right = min(word.left for word in found), max(word.right for word in found)
    top, bottom = found[0].top, found[-1].bottom
    level = [word for word in words if top <= (word.top + word.bottom) / 2 <= bottom]
    after = [word for word in level if word.right > left - 1]
    before = [word for word in level if word.left < right + 1]
    text_after = [word for word in after if word.left > right]
    text_before = [word for word in before if word.right < left]
    return (
        found
        if _counts(found, text_after, len(after)) or _counts(found, text_before, len(before))
        else []
    )


def _counts(found: Sequence[Word], text: Sequence[Word], beside: int) -> bool:
    """Whether numbers from the top down count the lines of a text, with nothing between."""
    steps = [int(below.text) - int(above.text) for above, below in pairwise(found)]
    step = round(median(steps))
    apart = [below.top - above.top for above, below in pairwise(found)]
    even = sum(abs(one - median(apart)) < 0.25 * median(apart) for one in apart)
    lines = len({round(word.baseline / 3) for word in text})
    return (
        bool(text)
        and step in _STEPS
        and sum(one == step for one in steps) >= 0.9 * len(steps)
        and even >= _NUMBERED_SHARE * len(apart)
        and len(found) * step >= _NUMBERED_SHARE * lines
        and len(text) + len(found) >= 0.95 * beside
    )
