"""Ranges of pages, short as in medicine and whole as elsewhere."""

from __future__ import annotations

import re

# "S123-S128", "123–8"
_RANGE = re.compile(r"\b([A-Za-z]{0,2})(\d+)[-–]([A-Za-z]{0,2})(\d+)\b")


def short_range(pages: str) -> str:
    """Pages as NLM has them: "123-8" for 123 to 128, and "S10-2".

    Source: Citing Medicine, chapter 1, Location (Pagination).
    """
    return _RANGE.sub(_shortened, pages.replace("–", "-"))


def whole_range(pages: str) -> str:
    """Pages with both ends whole, as APA has them: "123–128" for "123-8"."""
    return _RANGE.sub(_lengthened, pages.replace("-", "–"))


def _shortened(found: re.Match[str]) -> str:
    letters, first, other, last = found.groups()
    if other not in ("", letters) or len(first) != len(last) or int(last) < int(first):
        return f"{letters}{first}-{other}{last}"
    shared = 0
    while shared < len(first) - 1 and first[shared] == last[shared]:
        shared += 1
    return f"{letters}{first}-{last[shared:]}"


def _lengthened(found: re.Match[str]) -> str:
    letters, first, other, last = found.groups()
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return f"{letters}{first}–{other or letters}{last}"
