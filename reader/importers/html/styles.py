"""What style sheets say of a page's signs: raised, lowered, struck, bold, and how lists count.

Simple selectors are read: elements, classes, ids, and those inside others. What is set for print
alone, or for what a pointer does, does not count.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from lxml import etree

from reader.importers.common.elements import Element, tag_of
from reader.importers.html.selectors import (
    Names,
    Rule,
    keys_of,
    names_around,
    names_of,
    rule_of,
)
from reader.model.document import MarkKind

LONGEST_SHEET = 3_000_000
_UNMARKED = frozenset("display list-style list-style-type white-space white-space-collapse".split())
_MOST_RULES = 20_000
_LONGEST_HEAD = 5_000
_BRACE = re.compile("[{}]")
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_TOLD = (
    *("vertical-align", "line-through", "small-caps", "list-style", "font-variant-position"),
    *("relative", "white-space", "display"),
)
_FOR_PRINT = re.compile(r"@(?:media|page|font-face|keyframes|-\w+-keyframes)\b([^{}]*)\{", re.I)
_NAMES = frozenset(
    (
        "vertical-align text-decoration text-decoration-line font-weight font-style font-size "
        "font-variant font-variant-caps font-variant-position list-style list-style-type position "
        "top bottom white-space white-space-collapse display"
    ).split()
)
_WITH_STYLES: Callable[[Element], Any] = etree.XPath("descendant-or-self::*[@style]")
_LENGTH = re.compile(r"(-?\d*\.?\d+)\s*(em|rem|ex|ch|px|pt|%)", re.IGNORECASE)
_SMALLER = re.compile(r"smaller|x?x-small|small", re.IGNORECASE)
_LEAST = {"em": 0.15, "rem": 0.15, "ex": 0.3, "ch": 0.3, "px": 2.0, "pt": 2.0, "%": 15.0}
_LONGEST_MOVED = 30
_SHORTEST_MOVED = 4


@dataclass
class Styles:
    """The rules of a page's sheets that tell of its signs, found by what they begin with."""

    rules: dict[str, list[Rule]] = field(default_factory=dict)
    count: int = 0
    # By tag, class and id: pages have few different ones, on many elements.
    _fitting: dict[tuple[object, str | None, str | None], list[Rule]] = field(
        default_factory=dict, repr=False
    )

    def add_sheet(self, untrusted_sheet: str) -> None:
        """Take in the rules of one sheet; later ones win over earlier."""
        self._fitting.clear()
        sheet = untrusted_sheet[:LONGEST_SHEET].lower()
        told = sorted(at for sign in _TOLD for at in _all_places(sheet, sign))
        if not told:
            return
        unread = parts_unread(sheet)
        end = 0
        for place in told:
            if place < end or self.count >= _MOST_RULES:
                continue
            # The rule before ends in "}", and this one begins behind it.
            before, opened = end, sheet.rfind("{", end, place)
            closed = sheet.find("}", place)
            end = closed if closed >= 0 else len(sheet)
            if opened < 0 or lies_in(unread, opened):
                continue
            begun = max(sheet.rfind(sign, before, opened) for sign in "{};") + 1
            if opened - begun < _LONGEST_HEAD:
                # Classes and ids are what they are in the sheet; all else is in lower case.
                head = untrusted_sheet[begun:opened]
                self._add_rule(
                    _COMMENT.sub(" ", head).strip(), declarations(sheet[opened + 1 : end])
                )

    def _add_rule(self, head: str, declared: dict[str, str]) -> None:
        if not kinds_of_style(declared, 1) and not declared.keys() & _UNMARKED:
            return
        for selector in head.split(","):
            rule = rule_of(selector, declared, self.count + 1)
            if rule is not None:
                self.count += 1
                self.rules.setdefault(rule.key, []).append(rule)

    def declared(self, element: Element) -> dict[str, str]:
        """What sheets and the element's own style declare for it, of what is read here."""
        own = element.get("style")
        made: dict[str, str] = {}
        around: list[Names] | None = None
        for rule in self._own_rules(element) if self.rules else ():
            if rule.around and around is None:
                around = names_around(element)
            if not rule.around or rule.stands_around(around or ()):
                made |= rule.declared
        return made | declarations(own) if own else made

    def _own_rules(self, element: Element) -> list[Rule]:
        """The rules whose last part the element fits, the weakest first."""
        named = element.tag, element.get("class"), element.get("id")
        found = self._fitting.get(named)
        if found is None:
            rules = (r for key in keys_of(element) for r in self.rules.get(key, ()))
            names = names_of(element)
            found = [rule for rule in rules if rule.own.matches(names)]
            found.sort(key=lambda rule: rule.order)
            self._fitting[named] = found
        return found


def declared_in(root: Element, styles: Styles) -> dict[Element, dict[str, str]]:
    """What is declared for each element of a page for which anything is."""
    elements: Iterable[Element] = root.iter() if styles.rules else _WITH_STYLES(root)
    return {
        element: declared
        for element in elements
        if tag_of(element) and (declared := styles.declared(element))
    }


def sheets_of(root: Element) -> list[str]:
    """The texts of the page's own style sheets, those for print alone left out."""
    return [
        "".join(map(str, element.itertext()))
        for element in root.iter()
        if tag_of(element) == "style" and (element.get("media") or "").strip().lower() != "print"
    ]


def styles_of(sheets: Iterable[str]) -> Styles:
    """The rules of all the sheets, in their order."""
    styles = Styles()
    for sheet in sheets:
        styles.add_sheet(sheet)
    return styles


def declarations(body: str) -> dict[str, str]:
    """What a style says of signs, by property."""
    found = {}
    for one in body.split(";"):
        name, colon, value = one.partition(":")
        name = name.strip().lower()
        if colon and name in _NAMES:
            found[name] = value.replace("!important", "").strip().lower()
    return found


def _all_places(sheet: str, sign: str) -> Iterator[int]:
    at = sheet.find(sign)
    while at >= 0:
        yield at
        at = sheet.find(sign, at + len(sign))


def parts_unread(sheet: str, narrow_too: bool = False) -> list[tuple[int, int]]:
    """Where a sheet speaks of print, of fonts or of movements; of narrow screens where asked."""
    parts: list[tuple[int, int]] = []
    for match in _FOR_PRINT.finditer(sheet):
        shown = "@media" in match[0].lower() and (
            "print" not in match[1].lower() or "screen" in match[1].lower()
        )
        shown = shown and not (narrow_too and "max-width" in match[1].lower())
        if not shown and (not parts or match.start() >= parts[-1][1]):
            parts.append((match.start(), _end_of_block(sheet, match.end() - 1)))
    return parts


def lies_in(parts: Sequence[tuple[int, int]], place: int) -> bool:
    """Whether a place is in one of the parts, which stand in order."""
    after = bisect_right(parts, place, key=itemgetter(0))
    return after > 0 and place < parts[after - 1][1]


def _end_of_block(sheet: str, opened: int) -> int:
    """Where the block that opens there ends."""
    depth = 0
    for brace in _BRACE.finditer(sheet, opened):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.end()
    return len(sheet)


def kinds_of_style(declared: dict[str, str], length: int) -> list[MarkKind]:
    """The marks that declarations make on a text of that length: what is moved is short."""
    if not declared:
        return []
    kinds: list[MarkKind] = []
    get = declared.get
    moved = _moved(declared, length)
    if moved:
        kinds.append(moved)
    if "line-through" in get("text-decoration", "") + get("text-decoration-line", ""):
        kinds.append("strike")
    if "small-caps" in get("font-variant", "") + get("font-variant-caps", ""):
        kinds.append("small_caps")
    weight = get("font-weight", "")
    if weight in ("bold", "bolder") or re.fullmatch("[6-9]00", weight):
        kinds.append("strong")
    if get("font-style", "").startswith(("italic", "oblique")):
        kinds.append("emphasis")
    return kinds


def _moved(declared: dict[str, str], length: int) -> MarkKind | None:
    """Whether a run stands above its line or below it."""
    aligned = declared.get("vertical-align", "")
    position = declared.get("font-variant-position", "")
    if aligned == "super" or position == "super":
        return "sup"
    if aligned == "sub" or position == "sub":
        return "sub"
    if length > _LONGEST_MOVED:
        return None
    smaller = _is_smaller(declared.get("font-size", ""))
    if smaller and aligned in ("text-top", "top"):
        return "sup"
    if smaller and aligned in ("text-bottom", "bottom"):
        return "sub"
    rise = _rise(aligned)
    if declared.get("position") == "relative":
        rise = rise or -_rise(declared.get("top", "")) or _rise(declared.get("bottom", ""))
    if not rise or not (smaller or length <= _SHORTEST_MOVED):
        return None
    return "sup" if rise > 0 else "sub"


def _rise(value: str) -> float:
    """How far a length moves something up, 0 when it is too little to be seen as a sign."""
    match = _LENGTH.fullmatch(value.strip())
    if match is None:
        return 0.0
    number = float(match[1])
    return number if abs(number) >= _LEAST[match[2].lower()] else 0.0


def _is_smaller(size: str) -> bool:
    if _SMALLER.fullmatch(size):
        return True
    match = _LENGTH.fullmatch(size.strip())
    if match is None:
        return False
    unit, number = match[2].lower(), float(match[1])
    if unit in ("px", "pt"):
        return number <= (10 if unit == "px" else 8)
    return number < (90 if unit == "%" else 0.9)
