"""Signs in a line that are no characters: tick boxes, and small pictures of "≥" or of a formula."""

from __future__ import annotations

import re
from urllib.parse import unquote

from reader.importers.common.elements import (
    BLOCKS,
    Element,
    attribute,
    name_words,
    roles_of,
    tag_of,
    words_of,
)
from reader.importers.html.captions import Image, alternative_of, is_small

_FORMULA_WORDS = frozenset(
    "emoji emojione equation formula inline latex math smiley symbol tex twemoji".split()
)
_ICON = re.compile(
    r"\b(icons?|logo|external|opens in|link|arrow|chevron|menu|search|share|print|download|facebook"
    r"|twitter|linkedin|close|spinner|loading|avatar|spacer|bullet|magnif\w*|enlarge|zoom)\b",
    re.IGNORECASE,
)
_FORMULA = re.compile(r"[=<>≤≥±×÷√∑∫≈^°µ→←↑↓½¼¾−]|\d\s*(mg|ml|mL|%|g)\b")
_NO_TICK = frozenset("accordion collapse hamburger menu nav switch tab tabs toc toggle".split())
_LONGEST_FORMULA = 80
_LONGEST_SIGN = 3
_LONGEST_IN_CELL = 40
_WIDEST_SIGN_PX = 64
_FILE_NAME = re.compile(r"[^/\\?#]+\.(png|jpe?g|gif|svg|webp|avif|bmp|tiff?)(?=$|[?#])", re.I)


def tick_of(element: Element) -> str:
    """The sign of a tick box or of a choice among several; "" of all else."""
    kind = (element.get("type") or "").strip().lower()
    if tag_of(element) != "input" or kind not in ("checkbox", "radio"):
        return ""
    if roles_of(element) & {"button", "switch"} or name_words(element) & _NO_TICK:
        return ""
    is_on = element.get("checked") is not None
    if kind == "checkbox":
        return "☑ " if is_on else "☐ "
    return "◉ " if is_on else "○ "


def sign_of(element: Element, image: Image | None) -> tuple[str, bool]:
    """What a picture stands for in its line, "" when it stands for itself; whether it is an icon.

    `image` is what there is to show of it.
    """
    alternative = alternative_of(element)
    if not alternative:
        return "", False
    words = name_words(element)
    if words & _FORMULA_WORDS:
        return alternative, False
    short = len(alternative) <= _LONGEST_SIGN and not (
        alternative.isascii() and alternative.isalpha()
    )
    if image is not None and image.asset:
        return (alternative, False) if short else ("", False)
    if short:
        return alternative, False
    if is_small(element) or image is None:
        return alternative, _ICON.search(alternative) is not None
    if _fills_cell(element) and len(alternative) <= _LONGEST_IN_CELL:
        return alternative, False
    formula = len(alternative) <= _LONGEST_FORMULA and _FORMULA.search(alternative)
    return (alternative if formula and _stands_in_line(element) else ""), False


def _fills_cell(picture: Element) -> bool:
    """Whether a picture is all there is in a cell of a table: it says what other cells do."""
    around = picture.getparent()
    while around is not None and tag_of(around) in ("a", "b", "center", "div", "p", "span"):
        around = around.getparent()
    if around is None or tag_of(around) not in ("td", "th"):
        return False
    width = (picture.get("width") or "0").strip().removesuffix("px")
    if _FILE_NAME.search(alternative_of(picture)) or not width.isdecimal():
        return False
    if int(width) > _WIDEST_SIGN_PX:
        return False
    return not words_of(around) and sum(tag_of(e) == "img" for e in around.iter()) == 1


def _stands_in_line(element: Element) -> bool:
    """Whether words stand beside the element in its own block."""
    around = element.getparent()
    while around is not None and tag_of(around) not in BLOCKS:
        around = around.getparent()
    if around is None:
        return False
    return any(text.strip() for text in map(str, around.itertext()))


def missing_picture(element: Element) -> str:
    """The file name of a picture of which nothing is there, neither itself nor its words.

    "" when the page says that it only decorates, or it is too small to tell anything.
    """
    if element.get("alt") is not None or tag_of(element) == "svg" or is_small(element):
        return ""
    for key in ("data-src", "src", "href"):
        match = _FILE_NAME.search(attribute(element, key))
        if match:
            return unquote(match[0])
    return ""
