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
_LISTS = ("ul", "ol")
_CONDITIONAL = frozenset("form fieldset table ul ol div section dl".split())


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
    if tag_of(element) in _NEVER_STRIPPED or tag_of(element) in HEADINGS:
        return False
    if not strict or not names_furniture(element):
        return False
    if any(tag_of(a) in ("table", "code", "pre") for a in element.iterancestors()):
        return False
    return weight.text < 0.5 * total


def clean(kept: Iterable[Element], weights: dict[Element, Weight]) -> set[Element]:
    """The elements inside the main content that are none of it, judged by what they hold."""
    gone: set[Element] = set()
    stack = [child for element in kept for child in element]
    while stack:
        element = stack.pop()
        weight = weights.get(element)
        if weight is None:
            continue
        if _is_cleaned(element, weight):
            gone.add(element)
        else:
            stack.extend(element)
    return gone


def _is_cleaned(element: Element, weight: Weight) -> bool:
    name = tag_of(element)
    if name in ("figure", "figcaption", "pre", "code", "math") or name in HEADINGS:
        return name in ("h1", "h2") and name_weight(element) < 0 and weight.text < 60
    if weight.text < 500 and _SHARE.search(hints(element)):
        return True
    if name in BLOCKS and 0 < weight.text <= 120 and weight.blocks < 3:
        if is_furniture_line(text_of(element)):
            return True
    if name == "table" and is_data(element):
        return False
    if name in _CONDITIONAL:
        return _is_hollow(element, weight, name)
    return False


def _is_hollow(element: Element, weight: Weight, name: str) -> bool:
    """Whether a block holds too little text of its own for its links, controls and pictures."""
    if any(tag_of(a) in ("table", "figure", "code", "pre") for a in element.iterancestors()):
        return False
    sounds = name_weight(element)
    if sounds < 0:
        return True
    if weight.commas >= 10:
        return False
    is_list = name in _LISTS
    if weight.inputs > weight.paragraphs // 3:
        return True
    if not is_list and weight.items - 100 > weight.paragraphs:
        return True
    if not is_list and weight.text < 25 and weight.images == 0 and weight.link_share > 0:
        return True
    limit = 0.5 if sounds >= 25 else 0.2
    return weight.link_share > limit + (0.3 if is_list else 0)
