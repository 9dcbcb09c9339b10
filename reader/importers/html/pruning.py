"""What is taken out of a page before and after its main content is found."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reader.importers.common.elements import BLOCKS, HEADINGS, Element, name_words, tag_of, text_of
from reader.importers.html.boilerplate import (
    is_furniture_by_kind,
    is_furniture_line,
    kinds_of,
    name_weight,
    names_furniture,
)
from reader.importers.html.discussions import is_thread
from reader.importers.html.sections import (
    TELLING,
    holds_data,
    holds_dose,
    holds_section,
    titles_a_picture,
    titles_what_follows,
)
from reader.importers.html.tables import is_data
from reader.importers.html.weights import Weight

_NEVER_STRIPPED = frozenset("html body article main a table tbody tr td th code pre".split())
_CONDITIONAL = frozenset("form fieldset table div".split())
_FEW_LINES = 400
_SENTENCE = re.compile(r"\w[^.!?]{12,}[.!?:][\"”’)]*(\s|$)")
_SURE = frozenset(
    "adbox advert advertisement advertising adsense bio feedback newsletter outbrain promo "
    "promoted promotion sponsored survey taboola".split()
)
_DOSE = re.compile(r"\d\s*(m?g|mcg|µg|m?l|mmol|units?|%)\b|\d\s*/\s*\w", re.IGNORECASE)
_COOKIE = re.compile(r"\bcookies?\b", re.IGNORECASE)
_CONSENT = re.compile(
    r"\b(accept|agree|consent|preferences|privacy|third[- ]part(y|ies)|websites?|browser)\b",
    re.IGNORECASE,
)


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
    name = tag_of(element)
    if name == "span" and "mw-editsection" in (element.get("class") or ""):
        return True
    if weight.text >= 0.5 * total:
        return False
    if name == "menu" and (weight.inputs or _linked_share(element, weight) >= 0.5):
        return True
    if is_furniture_by_kind(element):
        return is_spare(element, weight)
    # In the line, a name is for the sake of looks; own elements of a page have a hyphen.
    if name in _NEVER_STRIPPED or not (name in BLOCKS or "-" in name) or name in HEADINGS:
        return False
    if not strict or not names_furniture(element):
        return False
    if any(tag_of(a) in ("table", "code", "pre") for a in element.iterancestors()):
        return False
    return is_spare(element, weight)


def is_spare(element: Element, weight: Weight) -> bool:
    """Whether what is called furniture holds nothing that only an article holds.

    A name is never enough: it must be links, controls, words that furniture uses, or none that
    make a sentence; and no table of data, no heading with text under it, no more than a few lines.
    """
    if not weight.text or _linked_share(element, weight) >= 0.5:
        return True
    if holds_data(element):
        return False
    text = text_of(element)
    kinds = kinds_of(element)
    if "comment" in kinds and is_thread(element):
        return True
    dosed = holds_dose(text)
    if "banner" in kinds and not dosed and _asks_for_consent(text):
        return True
    if dosed and not TELLING.search(text):
        return False
    if weight.inputs and weight.running < _FEW_LINES:
        return True
    if weight.running > _FEW_LINES or holds_section(element) or titles_what_follows(element):
        return False
    if titles_a_picture(element):
        return False
    if not _SENTENCE.search(text) or TELLING.search(text):
        return True
    return bool(name_words(element) & _SURE) and not _DOSE.search(text)


def _asks_for_consent(text: str) -> bool:
    """Whether cookies are those of a site: "Cookies and sugar" is none of it."""
    return len(_COOKIE.findall(text)) >= 2 and len(_CONSENT.findall(text)) >= 2


def _linked_share(element: Element, weight: Weight) -> float:
    """The part of the text that is in links, those to places in the page too."""
    if weight.link_share >= 0.5:
        return weight.link_share
    linked = sum(len(" ".join(text_of(a).split())) for a in element.iter() if tag_of(a) == "a")
    return linked / weight.text


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
        return is_furniture_line(text_of(element)) and weight.text < 60
    if names_furniture(element) and name in BLOCKS and weight.text < 500:
        return is_spare(element, weight)
    if name in BLOCKS and 0 < weight.text <= 120 and weight.blocks < 3:
        return is_furniture_line(text_of(element))
    if name in ("ul", "ol", "menu"):
        return _is_link_list(element, weight)
    return name in _CONDITIONAL and _is_hollow(element, weight) and not _is_of_article(element)


def _is_of_article(element: Element) -> bool:
    return holds_section(element) or holds_data(element) or holds_dose(text_of(element))


def _is_link_list(element: Element, weight: Weight) -> bool:
    """Whether a list only leads elsewhere: nothing but links, and no words that introduce them."""
    if weight.inputs > weight.items // 3 and weight.running < _FEW_LINES:
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
    if weight.commas >= 10 or weight.running >= max(_FEW_LINES, 0.5 * weight.text):
        return False
    if weight.inputs > weight.paragraphs // 3 or weight.items - 100 > weight.paragraphs:
        return True
    if weight.text < 25 and weight.images == 0 and weight.link_share > 0:
        return True
    sounds = name_weight(element)
    return weight.link_share > (0.5 if sounds >= 25 else 0.2)
