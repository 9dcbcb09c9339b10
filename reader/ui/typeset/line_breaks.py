"""Where a line may end, and where not: what belongs together, marks, and hyphens.

Nothing of this is in the document's text. A space that holds together is shown as a no-break
space, one character for another; a word joiner and a soft hyphen are put in, and the map of
offsets knows where.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.ui.typeset.hyphenation import Hyphenator

NO_BREAK_SPACE = "\u00a0"
WORD_JOINER = "\u2060"
SOFT_HYPHEN = "\u00ad"

_UNITS = (
    "%|‰|°|°C|°F|[kmµμnp]?g|mcg|[mµμnpdc]?[lL]|[kmµμn]?mol|mEq|m?IU|IE|U|[kcmµμn]?m|mmHg|k?Pa|[kM]?Hz|"
    "[km]?V|mA|k?cal|kJ|k?Bq|m?Gy|m?Sv|h|min|ms|s|d|wk|mo|yr?"
)
# After a number these begin something new.
_FUNCTION_WORDS = (
    "and|but|for|from|had|has|have|was|were|are|the|than|that|then|they|this|which|while|when|"
    "where|who|with|within|without|per|did|does|but|not|after|before|among|because|into|over|"
    "under|und|oder|bis|von|mit|der|die|das|bei|aus|nach|wurden|waren|wird"
)
# All begin with the space: so the search is a walk from space to space.
_MAY_HOLD = re.compile(
    r" (?:(?=(?P<number>[\d.−-]))|(?=[=<>≤≥≈±] [\d.−-])"
    rf"|(?<=\d )(?=(?:{_UNITS})(?![\w-]))"
    rf"|(?<=\d )(?=(?P<counted>(?!(?:{_FUNCTION_WORDS})\b)[^\W\d_A-Z]{{3,14}}\b)))"
)
_SMALL_NUMBER = re.compile(r"(?<![\w.,:/-])\d{1,3}$")
_BEFORE_NUMBER = re.compile(
    r"(?:[=<>≤≥≈±]|\b(?:Figs?\.|Figures?|Tables?|Box|Chapter|Section|Appendix|Abb\.|Tab\.|Nos?\.|"
    r"pp?\.))$"
)
_WIDEST_BEFORE = 12
_MOST_TOGETHER = 24
_COMPOUND = re.compile(r"(?<![^\W_])([^\W_]{1,4})-(?=[^\W_])|-(?=[^\W_]{1,4}(?![^\W_]))")


def held_together(text: str) -> str:
    """The text with no-break spaces where typographers part nothing: "5 mg", "60 references"."""
    held = [found.start() for found in _MAY_HOLD.finditer(text) if _holds(text, found)]
    if not held:
        return text
    pieces = [text[start + 1 : end] for start, end in pairwise((-1, *held, len(text)))]
    return NO_BREAK_SPACE.join(pieces)


def _holds(text: str, found: re.Match[str]) -> bool:
    place = found.start()
    before = text[max(0, place - _WIDEST_BEFORE) : place]
    if found["number"]:
        return _BEFORE_NUMBER.search(before) is not None
    return not found["counted"] or _SMALL_NUMBER.search(before) is not None


def held_title(text: str) -> str:
    """A heading that ends in no lone short word."""
    head, space, last = text.rpartition(" ")
    before = head.rpartition(" ")[2]
    if space and " " in head and len(last) + len(before) < _MOST_TOGETHER and len(last) <= 8:
        return head + NO_BREAK_SPACE + last
    return text


def title_joints(text: str) -> list[int]:
    """Where short compounds such as "MDR-TB" hold: the characters behind their hyphens."""
    return [found.end() for found in _COMPOUND.finditer(text)]


class LineBreaks:
    """What is put in for a document, by its language when words are to be divided."""

    def __init__(self, hyphenator: Hyphenator | None = None) -> None:
        self._hyphenator = hyphenator

    def signs(self, text: str, joints: Iterable[int], divided: bool) -> dict[int, str]:
        """By character the sign before it: joiners at `joints`, and hyphens when `divided`."""
        signs: dict[int, str] = {}
        if divided and self._hyphenator is not None:
            signs = dict.fromkeys(self._hyphenator.places(text), SOFT_HYPHEN)
        signs.update(dict.fromkeys(joints, WORD_JOINER))
        return signs
