"""What a file shows a person and the document's text does not hold, with the reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Reason = Literal[
    "menu",
    "banner",
    "advertisement",
    "comments",
    "by-line",
    "repeated title",
    "printed contents",
    "running head",
    "page number",
    "line number",
    "watermark",
    "hidden text",
    "hidden layer",
    "outside the page",
    "deleted text",
    "control",
    "picture",
    "formula",
    "embedded object",
    "part of another kind",
    "unaccounted",
]
"""Why something is left out. "unaccounted" is a bug of the importer: nobody knows where it went."""

SEEN_BY_NOBODY: frozenset[Reason] = frozenset(
    ("hidden text", "hidden layer", "outside the page", "deleted text")
)
"""Reasons of what no program would show: listed, and never worth a line at the head of the page."""

_UNIT = re.compile(
    r"\d\s*(%|(?:[mµμnk]?g|[mµμ]?mol|m?l|m[lL]|mm\s?Hg|kPa|[mM]Eq|I?U|units?|mcg|tablets?|hours?|days?"
    r"|weeks?|years?|°\s?C|bpm|mV|kg)(?:/\w+)*)(?!\w)"
)
_SENTENCES = 240


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One run of words that is shown by the file and is not in the text.

    `at` is the offset in the text that stands where it stood. `heading` says that a heading with
    prose under it is in it, `table` a data table.
    """

    reason: Reason
    words: str
    at: int = 0
    heading: bool = False
    table: bool = False

    @property
    def matters(self) -> bool:
        """True if a clinician may miss it: a table, a section, a number with its unit, a bug."""
        if self.reason in SEEN_BY_NOBODY:
            return False
        if self.reason == "unaccounted" or self.table or self.heading:
            return True
        if self.reason in ("running head", "page number", "line number", "watermark"):
            return False
        return _UNIT.search(self.words) is not None


def is_trifle(left_out: Sequence[LeftOut], kept_characters: int) -> bool:
    """True if nothing that is left out is worth a line at the head of the page.

    A trifle is what nobody would see, or less than 240 characters and less than 2 % of the text.
    """
    shown = [one for one in left_out if one.reason not in SEEN_BY_NOBODY]
    size = sum(len(one.words) for one in shown)
    return not any(one.matters for one in shown) and size < max(_SENTENCES, kept_characters // 50)
