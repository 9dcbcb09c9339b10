"""Lines between a page's title and its text: who wrote it, when, how long it takes to read."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, field

from reader.importers.common.elements import BLOCKS, HEADINGS, Element, hints, tag_of, text_of
from reader.importers.html.metadata import iso_date, people_in
from reader.importers.html.weights import Weight

LONGEST = 160
LEAD = 60
SHORTEST_LEAD = 25
LONGEST_LEAD = 1500
_RUNNING = 100
_MONTH = (
    r"(jan|feb|mar|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|janv|févr|mars|avr|juin|juil|août"
    r"|ene|abr|ago|dic|gen|mag|giu|lug|set|ott)[\w.éû]*"
)
_DATE = (
    rf"((on )?(mon|tues?|wednes|thurs?|fri|satur|sun)(day)?\.?,? )?"
    rf"({_MONTH} \d{{1,2}}(st|nd|rd|th)?,? \d{{4}}|\d{{1,2}}(st|nd|rd|th|\.)? ({_MONTH}) \d{{4}}"
    rf"|\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{2,4}}|{_MONTH} \d{{4}}"
    rf"|\d{{4}}年\d{{1,2}}月\d{{1,2}}日|\d+ (minute|hour|day|week|month|year)s? ago)"
    r"([,·|–-]? ?(at|à|um|@)? ?\d{1,2}[:.h]\d{2}( ?[ap]\.?m\.?)?( ?[A-Z]{2,4}T?)?( uhr)?)?"
)
_PUBLISHED = (
    r"(first |originally )?(published|posted|created|added|date|publié|veröffentlicht|publicado)"
    r"( (on|at|le|am|el))?( ?:)?"
)
_UPDATED = (
    r"(page |content |article |this article was )?(last |medically )*(updated|modified"
    r"|reviewed|revised|edited|mis à jour|aktualisiert|actualizado)( (on|at|le|am|el))?( ?:)?"
)
_READING = r"(reading time:? )?(about )?\d+[ -]min(ute)?s?( read(ing)?( time)?)?"
_BY = (
    r"((written|posted|published|reviewed|medically reviewed|fact[- ]checked|edited"
    r"|story|text|words) )?(by|von|par|por|di|door):? "
)
_DATED = re.compile(
    rf"({_PUBLISHED}|{_UPDATED})? ?{_DATE}( ?[|•·–-] ?({_UPDATED}|{_PUBLISHED})? ?{_DATE})?"
    rf"( ?[|•·–-] ?{_READING})?|{_READING}",
    re.IGNORECASE,
)
_BY_LINE = re.compile(rf"{_BY}(?=[A-ZÀ-ÞŁŚŠŽČ])([^.!?]|\b[A-Z]\.)*\.?")
_NAMED = re.compile(r"(?i:" + _BY + r")")
_FIND_UPDATED = re.compile(_UPDATED + r"\s*(?P<date>.{6,40})", re.IGNORECASE)
_HINT = re.compile(
    r"(^|[\s_-])(by-?line|dateline|post-?meta|entry-?meta|article-?meta|pub-?date|author-?name)([\s_-]|$)"
)


@dataclass
class Facts:
    """What the lines say of the document, in case its head does not."""

    authors: list[str] = field(default_factory=list)
    published: str = ""
    updated: str = ""


def find_bylines(order: Iterable[Element], weights: dict[Element, Weight]) -> list[Element]:
    """The lines about the article that stand before its text begins.

    `order` is the main content in reading order.
    """
    found: list[Element] = []
    for element in order:
        weight = weights.get(element)
        name = tag_of(element)
        if weight is None or any(a in found for a in element.iterancestors()):
            continue
        is_leaf = weight.blocks <= (name in BLOCKS)
        if is_leaf and weight.running >= _RUNNING and not is_byline(element, weight):
            break
        if name in HEADINGS or not (name in BLOCKS or name in ("span", "time")):
            continue
        if is_leaf and 0 < weight.text <= LONGEST and is_byline(element, weight):
            found.append(element)
    return found


def is_byline(element: Element, weight: Weight) -> bool:
    """Whether a line says by whom or when the article was made, and nothing else."""
    if weight.text > LONGEST:
        return False
    text = " ".join(text_of(element).split()).strip(" |•·–-,")
    if _DATED.fullmatch(text):
        return True
    if tag_of(element) == "span":
        return False
    by = _NAMED.match(text)
    if by and len(text.split()) <= 16 and _BY_LINE.fullmatch(text[:1].lower() + text[1:]):
        return True
    return bool(_HINT.search(hints(element))) and len(text) <= 100


def read_bylines(lines: Iterable[Element]) -> Facts:
    """Authors and dates in the lines."""
    facts = Facts()
    for line in lines:
        text = " ".join(text_of(line).split()).strip(" |•·–-,")
        by = _NAMED.match(text)
        if by and "review" not in by[0].lower() and "edit" not in by[0].lower():
            facts.authors += people_in(text[by.end() :])
            continue
        updated = _FIND_UPDATED.search(text)
        if updated:
            facts.updated = facts.updated or iso_date(updated["date"].strip())
            text = text[: updated.start()]
        dated = re.search(_DATE, text, re.IGNORECASE)
        if dated:
            facts.published = facts.published or iso_date(dated[0])
    return facts


def find_lead(
    root: Element,
    heading: Element,
    kept: Container[Element],
    gone: Container[Element],
    weights: dict[Element, Weight],
) -> list[Element]:
    """The paragraphs between the title and a main content that begins further down."""
    found: list[Element] = []
    length = 0
    passed = False
    skipped: set[Element] = set()
    for element in root.iter():
        parent = element.getparent()
        if element in gone or parent in skipped:
            skipped.add(element)
            continue
        if element in kept:
            return found if passed and length <= LONGEST_LEAD else []
        passed = passed or element is heading
        weight = weights.get(element)
        if not passed or weight is None or weight.blocks > (tag_of(element) in BLOCKS):
            continue
        if tag_of(element) in BLOCKS and weight.text:
            length += weight.text
            if weight.link_share < 0.25 and _is_lead(element, weight):
                found.append(element)
                skipped.add(element)
    return []


def _is_lead(element: Element, weight: Weight) -> bool:
    """Whether a paragraph is long enough to lead up to a text, or a sentence of its own."""
    if weight.running >= LEAD:
        return True
    return weight.text >= SHORTEST_LEAD and text_of(element).rstrip().endswith((".", "!", "?", "…"))
