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

_DOSE = r"[mµμnk]?g|[mµμ]?mol|m?l|m[lL]|mm\s?Hg|kPa|[mM]Eq|I?U|units?|mcg|tablets?|°\s?C|bpm|mV"
# Compiled when they are first needed: most documents that a start shows leave out nothing.
_UNIT = rf"\d\s*(%|(?:{_DOSE}|hours?|days?|weeks?|years?)(?:/\w+)*)(?!\w)"
_UNIT_OF_DOSE = rf"\d\s*(?:{_DOSE})(?:/\w+)*(?!\w)"
_AROUND: frozenset[Reason] = frozenset(
    ("menu", "banner", "advertisement", "comments", "by-line", "control")
)
"""Reasons of what stands round an article, where "3 hours ago" and "50 % off" are nobody's loss."""
_SENTENCES = 240
_SENTENCE = r"(?:[^\s.!?…]+\s+){9,}[^\s.!?…]+[.!?…]"


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
        unit = _UNIT_OF_DOSE if self.reason in _AROUND else _UNIT
        return re.search(unit, self.words) is not None


def is_trifle(left_out: Sequence[LeftOut], kept_characters: int) -> bool:
    """True if nothing that is left out is worth a line at the head of the page.

    A trifle is what nobody would see, or less than 240 characters or a quarter of the text: nearly
    every web page has menus of that size.
    """
    shown = [one for one in left_out if one.reason not in SEEN_BY_NOBODY]
    size = sum(len(one.words) for one in shown)
    return not any(one.matters for one in shown) and size < max(_SENTENCES, kept_characters // 4)


def is_clear(left_out: Sequence[LeftOut], kept_characters: int) -> bool:
    """True if a reader may miss what is left out, or most of the sentences are: a clear line."""
    return any(one.matters for one in left_out) or _most(left_out, kept_characters)


def _most(left_out: Sequence[LeftOut], kept_characters: int) -> bool:
    """Whether more sentences are left out than text is kept; menus are lists, and no sentences."""
    shown = [one.words for one in left_out if one.reason not in SEEN_BY_NOBODY]
    sentences = (m[0] for words in shown for m in re.finditer(_SENTENCE, words))
    return sum(map(len, sentences)) > kept_characters


_MENUS = {"menu": "menus", "banner": "banners", "advertisement": "advertisements"}
_MISTAKE = "Some words of this file were lost on the way into the page: a mistake of Offprint."


def sentence(left_out: Sequence[LeftOut], kept_characters: int) -> str:
    """What the head of the page says about what is not in it; "" when that is a trifle."""
    if is_trifle(left_out, kept_characters):
        return ""
    shown = [one for one in left_out if one.reason not in SEEN_BY_NOBODY]
    if any(one.reason == "unaccounted" for one in shown):
        return _MISTAKE
    grave = [one for one in shown if one.matters]
    if not grave and _most(shown, kept_characters):
        return "Most of the words of this page were left out."
    if not grave:
        reasons = {one.reason for one in shown}
        name = _MENUS.get(reasons.pop(), "") if len(reasons) == 1 else ""
        were = "part of this page was" if len(shown) == 1 else "parts of this page were"
        return f"{len(shown)} {were} left out{f' as {name}' if name else ''}."
    tables = sum(one.table for one in grave)
    sections = sum(one.heading and not one.table for one in grave)
    numbers = len(grave) - tables - sections
    counts = [
        *_counted(tables, "table", "tables"),
        *_counted(sections, "section", "sections"),
        *_counted(numbers, "passage with a number", "passages with numbers"),
    ]
    are = "is" if len(grave) == 1 else "are"
    return f"{' and '.join(counts)} of this file {are} not in the page."


def _counted(count: int, one: str, several: str) -> list[str]:
    return [f"{count} {one if count == 1 else several}"] if count else []
