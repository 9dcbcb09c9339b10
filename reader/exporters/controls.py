"""Text without control characters, for formats that cannot hold them."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]+")


def without_controls(text: str) -> str:
    """Text without control characters but tabs and line ends; what they parted stays apart."""
    text = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    return _CONTROL.sub(_instead, text)


def _instead(found: re.Match[str]) -> str:
    text = found.string
    between = text[max(0, found.start() - 1) : found.start()] + text[found.end() : found.end() + 1]
    # Never one number of two.
    parted = any(c.isspace() for c in found[0]) or (len(between) == 2 and between.isdigit())
    return " " if parted else ""
