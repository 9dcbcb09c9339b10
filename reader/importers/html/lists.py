"""Lists: what is printed before each item."""

from __future__ import annotations

import re

from reader.importers.common.elements import Element, tag_of
from reader.importers.common.numerals import letters, roman
from reader.importers.html.styles import Styles

_STYLES = {
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
    "decimal": "1",
    "decimal-leading-zero": "01",
    "lower-greek": "α",
}
_BULLETS = ("disc", "circle", "square", "disclosure-closed", "disclosure-open")
_LIST_STYLE = re.compile(
    r"(?:^|\s)(" + "|".join((*_STYLES, *_BULLETS, "none")) + r")(?=\s|$)|[\"']([^\"']{1,8})[\"']"
)


def labels_of(list_element: Element, styles: Styles | None = None) -> dict[Element, str]:
    """What stands before each item: "•", or the number as start, type, value and reversed say.

    Style sheets may choose other signs than the list itself, or none; then the label is "".
    """
    styles = styles or Styles()
    ordered = tag_of(list_element) == "ol"
    said = _said_kind(list_element, styles)
    if said == "none" and not ordered:
        said = "•"
    kind = said or (list_element.get("type") if ordered else "") or ("1" if ordered else "•")
    labels = {}
    for item, number in _numbers_of(list_element).items():
        own = _said_kind(item, styles) or (item.get("type") if ordered else "") or kind
        labels[item] = _label(number, own)
    return labels


def number_in(number: int, style: str) -> str:
    """A number as a style counts: "decimal", "lower-roman"."""
    return _counted(number, _STYLES.get(style.lower(), "1"))


def keep_numbers(item: Element) -> None:
    """Have the other items of an ordered list say the numbers that they have beside this one."""
    parent = item.getparent()
    if parent is None or tag_of(item) != "li" or tag_of(parent) != "ol":
        return
    for other, number in _numbers_of(parent).items():
        other.set("value", str(number))


def _numbers_of(list_element: Element) -> dict[Element, int]:
    items = [child for child in list_element if tag_of(child) == "li"]
    ordered = tag_of(list_element) == "ol"
    step = -1 if ordered and list_element.get("reversed") is not None else 1
    first = len(items) if step < 0 else 1
    number = _whole(list_element.get("start"), first) if ordered else 1
    numbers = {}
    for item in items:
        number = _whole(item.get("value"), number)
        numbers[item] = number
        number += step
    return numbers


def _said_kind(element: Element, styles: Styles) -> str:
    """How a style counts: a kind of number, a sign, "none"; "" when it says nothing."""
    declared = styles.declared(element)
    said = declared.get("list-style-type") or declared.get("list-style") or ""
    match = _LIST_STYLE.search(said)
    if match is None:
        return ""
    if match[2] is not None:
        return f"“{match[2].strip()}" if match[2].strip() else ""
    return "•" if match[1] in _BULLETS else _STYLES.get(match[1], match[1])


def _label(number: int, kind: str) -> str:
    if kind.lower() in ("•", *_BULLETS):
        return "•"
    if kind.startswith("“"):
        return kind[1:]
    return "" if kind == "none" else f"{_counted(number, kind)}."


def _whole(untrusted: str | None, otherwise: int) -> int:
    digits = (untrusted or "").strip()
    return int(digits) if re.fullmatch(r"-?[0-9]{1,6}", digits) else otherwise


def _counted(number: int, kind: str) -> str:
    if kind in ("i", "I"):
        return roman(number) if kind == "I" else roman(number).lower()
    if kind == "01":
        return f"{number:02}"
    if kind == "α" and 0 < number < 25:
        return "αβγδεζηθικλμνξοπρστυφχψω"[number - 1]
    if kind in ("a", "A") and number > 0:
        return letters(number) if kind == "A" else letters(number).lower()
    return str(number)
