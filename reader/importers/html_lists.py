"""Lists: what is printed before each item."""

from __future__ import annotations

import re

from reader.importers.html_tree import Element, tag_of

_STYLES = {
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
    "decimal": "1",
}
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.IGNORECASE)
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


def labels_of(list_element: Element) -> dict[Element, str]:
    """What stands before each item: "•", or the number as start, type, value and reversed say."""
    items = [child for child in list_element if tag_of(child) == "li"]
    style = _LIST_STYLE.search(list_element.get("style") or "")
    if tag_of(list_element) != "ol":
        return dict.fromkeys(items, "•")
    kind = list_element.get("type") or _STYLES.get(style[1].lower() if style else "", "1")
    step = -1 if list_element.get("reversed") is not None else 1
    number = _whole(list_element.get("start"), len(items) if step < 0 else 1)
    labels = {}
    for item in items:
        number = _whole(item.get("value"), number)
        labels[item] = f"{_counted(number, kind)}."
        number += step
    return labels


def _whole(untrusted: str | None, otherwise: int) -> int:
    digits = (untrusted or "").strip()
    return int(digits) if re.fullmatch(r"-?[0-9]{1,6}", digits) else otherwise


def _counted(number: int, kind: str) -> str:
    if kind in ("i", "I"):
        return roman(number) if kind == "I" else roman(number).lower()
    if kind in ("a", "A") and number > 0:
        return _letters(number) if kind == "A" else _letters(number).lower()
    return str(number)


def _letters(number: int) -> str:
    """A, B, …, Z, AA, AB and so on."""
    out = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        out = chr(ord("A") + rest) + out
    return out


def roman(number: int) -> str:
    """The number in Roman capitals; in digits where there is none."""
    if not 0 < number < 4000:
        return str(number)
    out = ""
    for value, sign in _ROMAN:
        while number >= value:
            out += sign
            number -= value
    return out
