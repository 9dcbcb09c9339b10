"""Numbers of list items as HTML prints them, and letters and Roman numbers of all formats."""

from __future__ import annotations

from typing import Any

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman"}
_TYPES |= {"I": "upper-roman"}
_WRITTEN = (
    *("decimal", "lower-alpha", "upper-alpha", "lower-roman", "upper-roman"),
    *("lower-latin", "upper-latin"),
)


def roman(number: int) -> str:
    """In small Roman letters."""
    out = ""
    for value, sign in _ROMAN:
        while number >= value:
            out, number = out + sign, number - value
    return out


def letters(number: int) -> str:
    """a, b … z, aa, ab …"""
    out = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        out = chr(97 + rest) + out
    return out


def item_label(item: Any, style: str) -> str:
    """What stands before an item of an `ol`, "" when that is none or no number we know.

    Source: HTML, 4.4.5 to 4.4.8, https://html.spec.whatwg.org/.
    """
    parent = item.getparent()
    items = [c for c in parent if isinstance(c.tag, str) and c.tag.rpartition("}")[2] == "li"]
    backwards = parent.get("reversed") is not None
    number = _whole(parent.get("start"), len(items) if backwards else 1)
    for one in items:
        number = _whole(one.get("value"), number)
        if one is item:
            break
        number += -1 if backwards else 1
    kind = style or _TYPES.get(item.get("type") or parent.get("type") or "1", "decimal")
    if kind not in _WRITTEN:
        return ""
    if kind == "decimal" or number < 1:
        return f"{number}."
    shown = roman(number) if kind.endswith("roman") else letters(number)
    return f"{shown.upper() if kind.startswith('upper') else shown}."


def _whole(value: str | None, otherwise: int) -> int:
    try:
        return int(value or "")
    except ValueError:
        return otherwise
