"""Formulas of a PDF's page as a line of text: fractions over a bar, brackets built of pieces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reader.importers.pdf.lines import main_size
from reader.importers.pdf.objects import Rule
from reader.importers.pdf.word import Word

PIECES = "⎛⎜⎝⎞⎟⎠⎡⎢⎣⎤⎥⎦⎧⎨⎩⎪⎫⎬⎭"
"""The parts that tall brackets are built of; they become the bracket."""

_WHOLE = {"⎛": "(", "⎞": ")", "⎡": "[", "⎤": "]", "⎧": "{", "⎫": "}"}
_WIDEST_BAR_PT = 320.0
_MOST_BARS = 200
_NEAR_EM = 1.6
_ASIDE_EM = 1.6
_CLEAR_EM = 0.6
_SIGNS = frozenset("=<>≤≥≈+−-×·*/±")


def as_lines(words: Sequence[Word], rules: Sequence[Rule]) -> list[Word]:
    """The words of a page, each fraction written as "(a)/(b)" where it is surely one."""
    found = list(words)
    if any(word.text in PIECES for word in found):
        found = _with_brackets(found)
    size = main_size(found)
    bars = [rule for rule in rules if rule.level and 3 < rule.right - rule.left < _WIDEST_BAR_PT]
    if size and len(bars) <= _MOST_BARS:
        # Fractions within fractions have the shorter bars.
        for bar in sorted(bars, key=lambda rule: rule.right - rule.left):
            found = _with_fraction(found, bar, size)
    return found


def _with_fraction(words: list[Word], bar: Rule, size: float) -> list[Word]:
    middle = (bar.top + bar.bottom) / 2
    near = [
        word
        for word in words
        if not (word.turned or word.askew)
        and word.top < middle + 2 * _NEAR_EM * size
        and word.bottom > middle - 2 * _NEAR_EM * size
    ]
    over = _row(near, bar, size, above=True)
    under = _row(near, bar, size, above=False)
    if not (over and under):
        return words
    inside = {id(word) for word in (*over, *under)}
    beside = [
        word
        for word in near
        if id(word) not in inside
        and word.top < middle < word.bottom
        and (
            0 <= bar.left - word.right + 0.2 * size < _ASIDE_EM * size
            or 0 <= word.left - bar.right + 0.2 * size < _ASIDE_EM * size
        )
    ]
    # Without a sign of a formula on its height, a line between words is one of a table.
    if not any(set(word.text) & _SIGNS for word in beside):
        return words
    level = beside[0]
    top, bottom = min(word.top for word in over), max(word.bottom for word in under)
    made = [
        replace(word, top=top, bottom=bottom, baseline=level.baseline, size=level.size, shift=0)
        for word in (*over, *under)
    ]
    for part in (made[: len(over)], made[len(over) :]):
        if len(part) > 1 or not part[0].text.replace(".", "").isalnum():
            part[0].text = f"({part[0].text}"
            part[-1].text += ")"
    made[0].glued = False
    made[len(over)].text = f"/{made[len(over)].text}"
    made[len(over)].glued = True
    place = min(i for i, word in enumerate(words) if id(word) in inside)
    before = [word for word in words[:place] if id(word) not in inside]
    return [*before, *made, *(word for word in words[place:] if id(word) not in inside)]


def _row(near: Sequence[Word], bar: Rule, size: float, *, above: bool) -> list[Word]:
    """The words just over or under a bar, from left to right; none if others stand close to them.

    A line under words of a sentence has more words beside it.
    """
    row = [
        word
        for word in near
        if (
            -0.35 * size < bar.top - word.baseline < _NEAR_EM * size
            if above
            else -0.35 * size < word.top - bar.bottom < 0.9 * size
        )
        and word.right > bar.left - _CLEAR_EM * size
        and word.left < bar.right + _CLEAR_EM * size
        and not word.top < (bar.top + bar.bottom) / 2 - 0.2 * size < word.baseline
    ]
    slack = 0.25 * size
    if any(word.left < bar.left - slack or word.right > bar.right + slack for word in row):
        return []
    return sorted(row, key=lambda word: word.left)


def _with_brackets(words: list[Word]) -> list[Word]:
    """The words with one bracket for each that is built of pieces above each other."""
    found: list[Word] = []
    built: list[Word] = []
    for word in words:
        if word.text not in PIECES:
            found.append(word)
            continue
        for i, other in enumerate(built):
            if abs(other.left - word.left) < 0.3 * word.size and (
                word.top < other.bottom + 0.5 * word.size
                and word.bottom > other.top - 0.5 * word.size
            ):
                top, bottom = min(other.top, word.top), max(other.bottom, word.bottom)
                text = _WHOLE.get(word.text) or other.text
                built[i] = replace(
                    other, text=text, top=top, bottom=bottom, baseline=(top + bottom) / 2
                )
                found[next(k for k, one in enumerate(found) if one is other)] = built[i]
                break
        else:
            built.append(replace(word, text=_WHOLE.get(word.text, word.text)))
            found.append(built[-1])
    return found
