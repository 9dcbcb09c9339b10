"""Headings of a plain text that a row of one sign is drawn under, as typewriters had it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

_DRAWN = re.compile(r"([=\-~^\"#*+_])\1{2,}")


def is_drawn(line: str) -> bool:
    """Whether a line is one sign over and over."""
    return _DRAWN.fullmatch(line.strip()) is not None


def underlined(raw: Sequence[str], may_be: Callable[[str], bool]) -> dict[int, str]:
    """The numbers of the lines that are underlined over their whole length, with their signs.

    A sign drawn over the line too counts as another. Each such line stands after a blank one and
    `may_be` a heading.
    """
    found: dict[int, str] = {}
    for i in range(len(raw) - 1):
        text, under = raw[i].strip(), _DRAWN.fullmatch(raw[i + 1].strip())
        if not under or not 0.6 * len(text) <= len(under[0]) <= 1.5 * len(text) + 4:
            continue
        over = i > 0 and raw[i - 1].strip() == under[0]
        if i and not over and raw[i - 1].strip():
            continue
        if any(map(str.isalpha, text)) and may_be(text):
            found[i] = under[1] * (1 + over)
    return found


def drawn_round(found: dict[int, str]) -> set[int]:
    """The numbers of the lines that are drawn under headings, and over them."""
    return {i + 1 for i in found} | {i - 1 for i, sign in found.items() if len(sign) == 2}
