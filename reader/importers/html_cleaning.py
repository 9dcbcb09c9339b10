"""What is taken out of a page before and after its main content is found."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reader.importers.html_furniture import (
    is_furniture_by_kind,
    is_furniture_line,
    name_weight,
    names_furniture,
)
from reader.importers.html_tables import is_data
from reader.importers.html_tree import BLOCKS, HEADINGS, Element, hints, tag_of, text_of
from reader.importers.html_weights import Weight

_NEVER_STRIPPED = frozenset("html body article main a table tbody tr td th code pre".split())
_SHARE = re.compile(r"(\b|_)(share|sharedaddy|social|newsletter|subscribe|related)(\b|_)")
_BYLINE = re.compile(r"byline|author|dateline|writtenby|p-author", re.IGNORECASE)
_CONDITIONAL = frozenset("form fieldset table div".split())


def strip(body: Element, weights: dict[Element, Weight], strict: bool) -> set[Element]:
    """The elements that are surely none of the article, judged by what they are called."""
    gone: set[Element] = set()
    total = max(1, weights[body].text)
    stack = list(body)
    while stack:
        element = stack.pop()
        weight = weights.get(element)
        if weight is None:
            continue
        if _is_stripped(element, weight, total, strict):
            gone.add(element)
        else:
            stack.extend(element)
    return gone


def _is_stripped(element: Element, weight: Weight, total: int, strict: bool) -> bool:
    if is_furniture_by_kind(element):
        return weight.text < 0.5 * total
    name = tag_of(element)
    if name == "span" and "mw-editsection" in (element.get("class") or ""):
        return True
    # In the line, a name is for the sake of looks; own elements of a page have a hyphen.
    if name in _NEVER_STRIPPED or not (name in BLOCKS or "-" in name) or name in HEADINGS:
        return False
    if not strict or not names_furniture(element):
        return False
    if any(tag_of(a) in ("table", "code", "pre") for a in element.iterancestors()):
        return False
    return weight.text < 0.5 * total


def clean(kept: Iterable[Element], weights: dict[Element, Weight]) -> set[Element]:
    """The elements inside the main content that are none of it, judged by what they hold."""
    gone: set[Element] = set()
    stack = [(child, False) for element in kept for child in element]
    while stack:
        element, whole = stack.pop()
        weight = weights.get(element)
        if weight is None:
            continue
        name = tag_of(element)
        whole = whole or name in ("figure", "pre", "code", "math")
        whole = whole or (name == "table" and is_data(element))
        if (not whole or name == "figure") and _is_cleaned(element, weight, name):
            gone.add(element)
        else:
            stack.extend((child, whole) for child in element)
    return gone


def _is_cleaned(element: Element, weight: Weight, name: str) -> bool:
    if name in HEADINGS:
        return name_weight(element) < 0 and weight.text < 60 and name in ("h1", "h2")
    if weight.text < 500 and _SHARE.search(hints(element)):
        return True
    if name in BLOCKS and 0 < weight.text <= 120 and weight.blocks < 3:
        return is_furniture_line(text_of(element))
    if name in ("ul", "ol"):
        return _is_link_list(element, weight)
    return name in _CONDITIONAL and _is_hollow(element, weight)


def _is_link_list(element: Element, weight: Weight) -> bool:
    """Whether a list only leads elsewhere: nothing but links, and no words that introduce them."""
    if name_weight(element) < 0 or weight.inputs > weight.items // 3:
        return True
    if weight.link_share < 0.8:
        return False
    before = element.getprevious()
    if before is None or not tag_of(before):
        return True
    text = text_of(before).strip()
    return not text or len(text) > 400 or is_furniture_line(text)


def _is_hollow(element: Element, weight: Weight) -> bool:
    """Whether a block holds too little text of its own for its links, controls and pictures."""
    sounds = name_weight(element)
    if sounds < 0:
        return True
    if weight.commas >= 10 or weight.running >= max(400, 0.5 * weight.text):
        return False
    if weight.inputs > weight.paragraphs // 3 or weight.items - 100 > weight.paragraphs:
        return True
    if weight.text < 25 and weight.images == 0 and weight.link_share > 0:
        return True
    return weight.link_share > (0.5 if sounds >= 25 else 0.2)
