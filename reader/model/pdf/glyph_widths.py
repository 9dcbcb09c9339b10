"""How wide letters are beside each other in common type, to find a place within a printed word.

Source: the mean of the advance widths of Helvetica and Times Roman in Adobe's font metrics.
"""

from __future__ import annotations

from itertools import accumulate

_FIRST = 32
_ASCII = (
    264, 306, 382, 528, 528, 861, 722, 186, 333, 333, 444, 574, 264, 333, 264, 278,
    528, 528, 528, 528, 528, 528, 528, 528, 528, 528, 278, 278, 574, 574, 574, 500,
    968, 694, 667, 694, 722, 639, 584, 750, 722, 306, 444, 694, 584, 861, 722, 750,
    612, 750, 694, 612, 611, 722, 694, 944, 694, 694, 611, 306, 278, 306, 469, 528,
    333, 500, 528, 472, 528, 500, 306, 528, 528, 250, 250, 500, 250, 806, 528, 528,
    528, 528, 333, 444, 278, 528, 500, 722, 500, 500, 472, 407, 230, 407, 562,
)  # fmt: skip
_OTHER = 530


def width_of(letter: str) -> int:
    """The width of a letter in thousandths of the type's size."""
    code = ord(letter) - _FIRST
    return _ASCII[code] if 0 <= code < len(_ASCII) else _OTHER


def share_before(word: str, count: int) -> float:
    """How much of a word's width its first `count` letters take."""
    widths = [0, *accumulate(map(width_of, word))]
    return widths[min(count, len(word))] / widths[-1] if word else 0.0


def letters_before(word: str, share: float) -> int:
    """How many letters of a word end nearest to a share of its width."""
    widths = [0, *accumulate(map(width_of, word))]
    return min(range(len(widths)), key=lambda i: abs(widths[i] - share * widths[-1]))
