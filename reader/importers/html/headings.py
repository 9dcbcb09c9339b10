"""Headings: the number that is printed before them, and what kind of section they begin."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reader.importers.common.elements import Element, visible_texts
from reader.importers.common.numerals import roman
from reader.model.document import SectionKind

_NUMBER = re.compile(
    r"\s*(?:§\s*)?(?P<number>"
    r"\d{1,3}(?:\.\d{1,3})+|\d{1,3}|[A-Z](?:\.\d{1,3})+|[IVX]{1,7}|[A-Z])"
    r"(?P<point>[.):]?)(?P<gap>[\s\u2002\u2003]*)(?=(?P<first>\S))"
)
_UNIT = re.compile(
    r"(mg|g|kg|ml|l|mm|cm|m|km|mmol|iu|%|percent|per cent|million|billion|times|x|°|h|hours?|days?"
    r"|weeks?|months?|years?|minutes?|ghz|mhz|gb|mb|inch(es)?|mph|stars?)\b",
    re.IGNORECASE,
)
_NUMBERED_BY_CLASS = re.compile(
    r"\b(secno|sectno|sectnum|section-?number|header-section-number|tocnumber|secnum|chapnum)\b"
)
_REFERENCES = re.compile(
    r"(selected |key |cited |general |main )?(references?|bibliography|works cited"
    r"|literature( cited)?|reference list|citations?|références( bibliographiques)?"
    r"|bibliographie|literatur(verzeichnis|angaben)?|quellen|einzelnachweise|bibliografía"
    r"|referencias( bibliográficas)?"
    r"|bibliografia|riferimenti( bibliografici)?|referências( bibliográficas)?"
    r"|literatuur|referenties|参考文献|参考资料|出典|脚注)( and notes| cited| list)?",
    re.IGNORECASE,
)
_PERHAPS_REFERENCES = re.compile(
    r"(end|foot)?notes?( and references)?|sources?|further reading|read more"
    r"|fußnoten|notes et références|notas|note|normative references|informative references"
    r"|anmerkungen",
    re.IGNORECASE,
)
_FAQ = re.compile(
    r"(faqs?|frequently asked questions|(common |your )?questions and answers|q ?& ?a)"
    r"( \(faqs?\)| about .{1,60}| on .{1,60})?",
    re.IGNORECASE,
)
_FIRST_WORDS: dict[str, SectionKind] = {
    "abstract": "abstract",
    "appendix": "appendix",
    "annex": "appendix",
    "glossary": "glossary",
    "abbreviations": "glossary",
}
_SEPARATORS = " \t\n\r.:–—-"


def kind_of(title: str) -> SectionKind:
    """What a section of that title is; whether it lists references its content must confirm."""
    bare = " ".join(title.split()).rstrip(" :.")
    if _REFERENCES.fullmatch(bare):
        return "references"
    if _FAQ.fullmatch(bare):
        return "faq"
    words = re.findall(r"[^\W\d_]+", bare.casefold())
    if bare.casefold() in ("summary", "executive summary"):
        return "abstract"
    return _FIRST_WORDS.get(words[0], "body") if words and len(words) <= 6 else "body"


def may_list_references(title: str) -> bool:
    """Whether references or notes may stand under that title."""
    bare = " ".join(title.split()).rstrip(" :.")
    return bool(_REFERENCES.fullmatch(bare) or _PERHAPS_REFERENCES.fullmatch(bare))


def take_numbers(headings: Iterable[Element]) -> dict[Element, tuple[str, str]]:
    """The printed numbers of headings, and all the characters taken out of their text with them.

    A lone "2" or "B" counts only with a point ("2. Methods"), or where other headings count
    likewise; "5 ways to sleep" and "2.5 mg" are titles.
    """
    found: dict[Element, tuple[str, int]] = {}
    doubtful: dict[Element, tuple[str, int]] = {}
    for heading in headings:
        text = "".join(piece for _, _, piece in visible_texts(heading))
        match = _NUMBER.match(text)
        if match is None or not _may_number(match, text):
            continue
        number, end = match["number"], match.end()
        sure = "." in number or (bool(match["point"]) and number.isdigit())
        by_class = any(_NUMBERED_BY_CLASS.search(e.get("class") or "") for e in heading.iter())
        (found if sure or by_class else doubtful)[heading] = (number, end)
    counted = {number for number, _ in [*found.values(), *doubtful.values()]}
    found |= {h: it for h, it in doubtful.items() if _neighbours(it[0]) & counted}
    return {heading: (number, _cut(heading, end)) for heading, (number, end) in found.items()}


def _may_number(match: re.Match[str], text: str) -> bool:
    number, point, gap, first = match["number"], match["point"], match["gap"], match["first"]
    if not gap and not (point and first.isalpha()):
        return False
    rest = text[match.end() :]
    if number[0].isdigit():
        if any(part.startswith("0") for part in number.split(".")[:1]) or _UNIT.match(rest):
            return False
        # Hours, dates and ratios: "10:30", "5. 3. 2020", "3 / 4".
        return not (first.isdigit() and point != ".") and first not in "/%×=<>"
    # "A study of …" and "I am" are words; a letter numbers only with a point.
    return bool(point) or "." in number


def _neighbours(number: str) -> set[str]:
    """The numbers just before and after."""
    if number.isdigit():
        return {str(int(number) - 1), str(int(number) + 1)}
    romans = [roman(n) for n in range(1, 40)]
    near = set()
    if number in romans:
        at = romans.index(number)
        near |= {*romans[max(0, at - 1) : at], *romans[at + 1 : at + 2]}
    if len(number) == 1:
        near |= {chr(ord(number) - 1), chr(ord(number) + 1)}
    return near


def _cut(heading: Element, count: int) -> str:
    """Take the first `count` visible characters out of a heading, and a separator after them."""
    out = ""
    for element, place, text in list(visible_texts(heading)):
        taken = min(count, len(text))
        rest = text[taken:]
        count -= taken
        if count == 0:
            rest = rest.lstrip(_SEPARATORS) or rest
        out += text[: len(text) - len(rest)]
        setattr(element, place, rest)
        if count == 0 and rest:
            break
    return out
