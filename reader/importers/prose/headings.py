"""Which lines of a plain text are headings, and at which level."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reader.importers.prose.lines import BULLET, NUMBER, Line
from reader.model.document import SectionKind

THRESHOLD = 2.4
LONG = 130
_HEADING_NUMBER = re.compile(
    r"^((?:(?:section|chapter|part)\s+)?(\d{1,2}(?:\.\d{1,2}){0,4}|[IVX]{1,5}(?=\.)))[.):]?\s+(?=[^\W\d_]|[\"“‘(])",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"^(table|figure|fig|box|panel|appendix table)\.? ?[A-Z]?\d+\b", re.I)
_ADDRESS = re.compile(r"https?://|www\.|\S+@\S+\.\w+|\bdoi:", re.I)
_QUOTED = re.compile(r"^[\"“‘'].*[\"”’']$")
_DATED = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2},? \d{4}|\b\d{1,2}/\d{1,2}/\d{2,4}\b",  # noqa: E501
    re.I,
)
REFERENCES = re.compile(
    r"(selected |key |cited )?(references?|bibliography|works cited|literature( cited)?|sources"
    r"|citations?|read more|further reading|learn more)( and notes| list| cited)?",
    re.I,
)
FAQ = re.compile(
    r"(faqs?|frequently asked questions|(common |your )?questions( and answers| answered)?|q ?& ?a)"
    r"( \(faqs?\)| about .{1,60}| on .{1,60})?",
    re.I,
)
_LEXICON = re.compile(
    r"(graphical |plain language |structured |extended )?abstract|(executive |author |editors' )?summary"  # noqa: E501
    r"|introduction( and .{1,30})?|background( and .{1,30})?|rationale|aims?|objectives?|purpose"
    r"|(materials?|patients?|participants?|subjects?|data) and methods?|methods?( and .{1,30})?"
    r"|methodology|study design|statistical analys[ie]s|ethics( statement| approval)?|setting"
    r"|results?( and discussion)?|findings|main outcome measures?|discussion( and conclusions?)?"
    r"|(strengths and )?limitations?|conclusions?( and .{1,30})?|implications?.{0,30}"
    r"|acknowledge?ments?|funding|(competing|conflicts? of) interests?|author contributions?"
    r"|data availability( statement)?|supporting information|supplementary (material|data|information)"  # noqa: E501
    r"|abbreviations|glossary|appendix( \w)?|keywords|overview|definition|epidemiology|etiology"
    r"|aetiology|pathophysiology|causes?|risk factors|symptoms|signs and symptoms|clinical features"
    r"|diagnosis|differential diagnosis|treatments?|management|prevention|prognosis|complications"
    r"|side effects|adverse (effects|events|reactions)|contraindications?|dos(age|ing)|interactions"
    r"|pharmacology|mechanism of action|recommendations?|key (points|messages|findings)|highlights"
    r"|financial disclosure|references?|bottom line|takeaways?|final thoughts|outlook",
    re.I,
)
_SMALL = frozenset(
    "a an and as at but by for from in into nor of on or per the to via vs versus with".split()
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as it is printed: number and title; `level` is 1 at the top."""

    number: str | None
    title: str
    level: int
    kind: SectionKind


def split_number(text: str) -> tuple[str | None, str]:
    """The printed number of a heading, without its final point, and the rest.

    "Chapter 3: Doses" has the number "Chapter 3".
    """
    found = _HEADING_NUMBER.match(text)
    if not found:
        return None, text
    return found[1], text[found.end() :]


def is_body(text: str) -> bool:
    """Whether a line is surely running text."""
    return len(text) > LONG or (len(text) > 60 and text.rstrip('"”’)]').endswith((".", "!", ";")))


def score(lines: list[Line], i: int, spaced: bool) -> float:
    """How much a line looks like a heading; −10 when it cannot be one."""
    text = lines[i].text
    if lines[i].is_set:
        return -10.0
    number, title = split_number(text)
    words = title.split()
    bare = title.rstrip(":")
    if (
        len(text) > LONG
        or not 0 < len(words) <= 18
        or text.endswith((".", ",", ";"))
        or BULLET.match(text)
        or _CAPTION.match(text)
        or _ADDRESS.search(text)
        or i + 1 >= len(lines)
        or not any(c.isalpha() for c in title)
    ):
        return -10.0
    points = 2.0 if number else 0.0
    if REFERENCES.fullmatch(bare) or FAQ.fullmatch(bare):
        points += 3
    elif _LEXICON.fullmatch(bare):
        points += 2.5
    if _title_case(words):
        points += 1.5
    if text.endswith("?"):
        points += 1.5
    following = lines[i + 1].text
    before = lines[i - 1].text if i else ""
    if len(following) > LONG or BULLET.match(following):
        points += 1
    if i and is_body(before) and (is_body(following) or BULLET.match(following)):
        points += 1.5
    if spaced and lines[i].gap and lines[i + 1].gap:
        points += 0.7
    if title[:1].islower():
        points -= 2
    if before.endswith(":") or (text.endswith(":") and not number and points < 2.5):
        points -= 1.5
    if _QUOTED.match(title) or _DATED.search(title):
        points -= 1.5
    if len(words) > 14:
        points -= 1
    return points


def _title_case(words: list[str]) -> bool:
    counted = [w for w in words if w[:1].isalpha() and w.lower() not in _SMALL]
    capital = sum(w[0].isupper() for w in counted)
    if len(counted) < 2:
        return bool(counted) and counted[0].isupper() and len(counted[0]) > 3
    return capital >= 0.8 * len(counted)


def find_headings(lines: list[Line]) -> dict[int, Heading]:
    """The headings by the numbers of their lines."""
    gaps = sum(line.gap for line in lines)
    spaced = 0.15 * len(lines) < gaps < 0.85 * len(lines)
    listed = numbered_lists(lines)
    found: dict[int, tuple[str | None, str]] = {}
    in_faq = False
    signs: dict[str, int] = {}
    for i, line in enumerate(lines):
        if i in listed or line.is_set:
            continue
        number, title = split_number(line.text)
        points = score(lines, i, spaced)
        if in_faq and line.text.endswith("?") and points > -10:
            points = max(points, THRESHOLD)
        if line.underline and any(c.isalpha() for c in title) and not BULLET.match(line.text):
            points = max(points, THRESHOLD)
            signs.setdefault(line.underline, len(signs) + 1)
        if points >= THRESHOLD:
            found[i] = (number, title.rstrip(":") if title.endswith(":") else title)
            in_faq = bool(FAQ.fullmatch(title.rstrip(":"))) or (in_faq and title.endswith("?"))
    ranks = {i: signs[lines[i].underline] for i in found if lines[i].underline}
    return _levelled(found, ranks)


def numbered_lists(lines: list[Line]) -> set[int]:
    """The lines that are items of ordered lists: successive numbers with nothing between them."""
    listed: set[int] = set()
    for i in range(len(lines) - 1):
        first, second = NUMBER.match(lines[i].text), NUMBER.match(lines[i + 1].text)
        if not first or not second:
            continue
        a, b = first[1].strip("()."), second[1].strip("().")
        successive = a.isdigit() and b.isdigit() and int(b) == int(a) + 1
        letters = len(a) == len(b) == 1 and a.isalpha() and ord(b) == ord(a) + 1
        if successive or letters:
            listed.update((i, i + 1))
    return listed


def _levelled(
    found: dict[int, tuple[str | None, str]], ranks: dict[int, int]
) -> dict[int, Heading]:
    """The headings with their levels; `ranks` are those of underlined ones, by their signs."""
    headings: dict[int, Heading] = {}
    numbered = sum(number is not None for number, _ in found.values())
    lexicon = sum(bool(_LEXICON.fullmatch(t) or REFERENCES.fullmatch(t)) for _, t in found.values())
    capitals = sum(t.isupper() for _, t in found.values())
    base = 0  # how deep the numbering that is under way is nested
    last: Heading | None = None
    last_numbered: Heading | None = None
    unnumbered: Heading | None = None
    for i, (number, title) in found.items():
        known = _LEXICON.fullmatch(title) or REFERENCES.fullmatch(title) or FAQ.fullmatch(title)
        kind = section_kind(title)
        if number is not None:
            depth = number.count(".") + 1
            repeats = last_numbered is not None and last_numbered.number == number
            if depth == 1 and number.split()[-1] in ("1", "I"):
                base = unnumbered.level if unnumbered is not None and last is unnumbered else 0
            level = base + depth
            if repeats and last_numbered is not None:
                nests = title.casefold().startswith(last_numbered.title.casefold())
                level = last_numbered.level + 1 if nests else last_numbered.level
        elif i in ranks:
            level = ranks[i]
        elif numbered >= 2:
            level = 1 if known or last_numbered is None else last_numbered.level + 1
        elif capitals >= 2 and capitals < len(found):
            level = 1 if title.isupper() else 2
        elif lexicon >= 3:
            level = 1 if known or not headings else 2
        else:
            level = 1
        parent = _under(headings, level)
        if parent is not None and parent.kind == "faq" and title.endswith("?"):
            kind = "question"
        elif last is not None and last.kind in ("faq", "question") and title.endswith("?"):
            level = last.level + (last.kind == "faq")
            kind = "question"
        heading = Heading(number, title, level, kind)
        headings[i] = heading
        last = heading
        if number is not None:
            keep = last_numbered is not None and level > last_numbered.level
            if not (keep and last_numbered is not None and last_numbered.number == number):
                last_numbered = heading
        elif known:
            unnumbered = heading
            last_numbered = None if kind in ("faq", "references") else last_numbered
    return headings


def _under(headings: dict[int, Heading], level: int) -> Heading | None:
    """The heading that one of `level` would stand under."""
    return next((h for h in reversed(headings.values()) if h.level < level), None)


def is_known(title: str) -> bool:
    """Whether a title is one that articles commonly have: "Methods", "References"."""
    return any(known.fullmatch(title) for known in (_LEXICON, REFERENCES, FAQ))


def section_kind(title: str) -> SectionKind:
    """What kind of section has such a title, the reference list apart."""
    if FAQ.fullmatch(title):
        return "faq"
    first = title.split()[0].casefold() if title.split() else ""
    kinds: dict[str, SectionKind] = {
        "abstract": "abstract",
        "summary": "abstract",
        "appendix": "appendix",
        "glossary": "glossary",
        "abbreviations": "glossary",
    }
    return kinds.get(first, "body")
