"""Words that style sheets set before and after elements: "NOT " before "give" turns what is said.

Source: CSS Generated Content Module Level 3, https://www.w3.org/TR/css-content-3/.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from lxml import etree

from reader.importers.common.elements import (
    HEADINGS,
    UNREAD,
    Element,
    is_hidden,
    name_words,
    tag_of,
    text_of,
)
from reader.importers.html.counters import Counters
from reader.importers.html.selectors import Rule, keys_of, rule_of
from reader.importers.html.styles import LONGEST_SHEET, lies_in, parts_unread

MOST_RULES = 5_000
_LONGEST_HEAD = 5_000
_LONGEST_BODY = 2_000
_STRING = r"""(?:"(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+')"""
_CONTENT = re.compile(rf"(?<![\w-])content\s*:((?:{_STRING}|[^;{{}}\"'])*+)", re.IGNORECASE)
_COUNTING = re.compile(r"(?<![\w-])(counter-(?:reset|increment))\s*:([^;{}]*+)", re.IGNORECASE)
_PIECE = re.compile(
    rf"({_STRING})|attr\(\s*([\w-]+)\s*\)"
    rf"|counters?\(\s*([\w-]+)\s*(?:,\s*({_STRING})\s*)?(?:,\s*([\w-]+)\s*)?\)",
    re.IGNORECASE,
)
_ESCAPE = re.compile(r"\\([0-9a-f]{1,6})\s?|\\(.)", re.IGNORECASE)
_PLACED = re.compile(r"::?(before|after)\s*$", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0*\.?0*\s*(;|$|!)"
    r"|(?<![\w-])(height|width|font-size)\s*:\s*0[a-z]*\s*(;|$|!)"
    r"|font(-family)?\s*:[^;]*(icon|awesome|glyph|material|symbol|dashicons)",
    re.IGNORECASE | re.DOTALL,
)
# Shown to a pointer alone, as a rule: tips.
_PLACED_APART = re.compile(r"position\s*:\s*(absolute|fixed)")
_ICONS = frozenset(
    "fa fas far fab glyphicon glyph icon icons ico material symbols dashicons".split()
)
_SIGNS = frozenset("≤≥±≠≈✓✔✗✘☑☒↑↓")
# Beside a number they count; elsewhere they are what opens a panel, closes it or leads on.
_SIGNS_OF_NUMBERS = frozenset("−-+<>×=~%")
_PRESSED = frozenset(("a", "button", "summary", "label", "nav", *HEADINGS))
_WITHOUT_INSIDE = frozenset("html head area br col hr img input wbr picture math".split())
_PARTED = frozenset("table tbody thead tfoot ul ol dl menu".split())


def print_generated(root: Element, sheets: Iterable[str]) -> None:
    """Put into a page the words that its style sheets set before and after its elements.

    Bullets, quotation marks and signs of icon fonts are not among them; numbers are.
    """
    rules = _rules_of(sheets)
    if not rules:
        return
    counters = Counters()
    for element in list(root.iter()):
        tag = tag_of(element)
        if not tag or tag in UNREAD or tag in _WITHOUT_INSIDE or tag.startswith("mjx-"):
            continue
        declared = _declared(element, rules)
        if not is_hidden(element):
            counters.count(element.getparent(), declared[""])
            counters.count(element, declared["before"])
        for place in ("before", "after"):
            content = declared[place].get("content", "")
            numbered = "counter" in content.lower()
            words = _words_of(content, element, counters if place == "before" else None)
            if words and (numbered or _is_telling(words, place, element)):
                if numbered and tag == "li":
                    element.set("style", f"{element.get('style') or ''};list-style-type:none")
                # What stands apart by its place would be one number with that of a dose.
                _print(element, tag, place, f"{words.rstrip()} " if numbered else words)


def _rules_of(sheets: Iterable[str]) -> dict[str, list[tuple[Rule, str]]]:
    """The rules of all sheets by their keys, those of one selector as one."""
    made: dict[tuple[object, ...], tuple[Rule, str]] = {}
    count = 0
    for sheet in sheets:
        for rule, place in _rules_in(sheet[:LONGEST_SHEET], count):
            count += 1
            same = (rule.own, rule.around, place)
            earlier = made[same][0].declared if same in made else {}
            made[same] = replace(rule, declared=earlier | rule.declared), place
    rules: dict[str, list[tuple[Rule, str]]] = {}
    for rule, place in made.values():
        rules.setdefault(rule.key, []).append((rule, place))
    return rules


def _declared(
    element: Element, rules: Mapping[str, list[tuple[Rule, str]]]
) -> dict[str, dict[str, str]]:
    """What is declared for an element (""), for what is before it and for what is after it."""
    found = [
        (rule, place)
        for key in keys_of(element)
        for rule, place in rules.get(key, ())
        if rule.matches(element)
    ]
    made: dict[str, dict[str, str]] = {"": {}, "before": {}, "after": {}}
    for rule, place in sorted(found, key=lambda one: one[0].order):
        made[place] |= rule.declared
    made[""] |= _counting_in(element.get("style") or "")
    return made


def _counting_in(body: str) -> dict[str, str]:
    return {match[1].lower(): match[2] for match in _COUNTING.finditer(body)}


def _rules_in(untrusted_sheet: str, count: int) -> Iterable[tuple[Rule, str]]:
    """The rules that set something before or after elements, each with "before" or "after".

    Where a sheet prints numbers, those that count elements are among them, with "".
    """
    found = list(_CONTENT.finditer(untrusted_sheet))
    if not any(_may_tell(match[1]) for match in found):
        return
    if any("counter" in match[1].lower() for match in found):
        found = sorted([*found, *_COUNTING.finditer(untrusted_sheet)], key=lambda m: m.start())
    sheet = untrusted_sheet.lower()
    unread = parts_unread(sheet, narrow_too=True)
    done = -1
    for match in found:
        opened = sheet.rfind("{", max(0, match.start() - _LONGEST_BODY), match.start())
        earliest = max(0, opened - _LONGEST_HEAD)
        begun = max(sheet.rfind(sign, earliest, max(opened, 0)) for sign in "{};") + 1
        if opened <= done or (earliest and not begun) or count >= MOST_RULES:
            continue
        if lies_in(unread, opened):
            continue
        done = opened
        closed = sheet.find("}", match.end(), match.end() + _LONGEST_BODY)
        body = untrusted_sheet[opened + 1 : closed if closed >= 0 else match.end()]
        for selector in _COMMENT.sub(" ", untrusted_sheet[begun:opened]).split(","):
            placed = _PLACED.search(selector)
            place = placed[1].lower() if placed else ""
            declared = _counting_in(body) | (_content_in(body) if place else {})
            rule = rule_of(selector[: placed.start()] if placed else selector, declared, count)
            if rule and declared:
                count += 1
                yield rule, place


def _content_in(body: str) -> dict[str, str]:
    """What a rule sets, if anything: "none" where nobody sees it."""
    found = list(_CONTENT.finditer(body))
    if not found:
        return {}
    content = found[-1][1].strip()
    tip = "attr(" in content and _PLACED_APART.search(body)
    return {"content": "none" if tip or _UNSEEN.search(body) else content}


def _may_tell(content: str) -> bool:
    """Whether a sheet sets more than the bullets and icons that nearly all sheets set."""
    return re.search(r"(attr|counters?)\(", content, re.IGNORECASE) is not None or any(
        c.isalnum() or c in _SIGNS or c in _SIGNS_OF_NUMBERS for c in _words_of(content, None, None)
    )


def _words_of(content: str, element: Element | None, counters: Counters | None) -> str:
    """The words that a value of `content` sets; "" where it counts and there is nothing to."""
    words = ""
    for string, name, counter, between, style in _PIECE.findall(content):
        if string:
            words += _ESCAPE.sub(_escaped, string[1:-1])
        elif name:
            words += (element.get(name.lower()) or "") if element is not None else ""
        elif counters is None or element is None:
            return ""
        else:
            parted = _ESCAPE.sub(_escaped, between[1:-1]) if between else None
            words += counters.printed(counter, element, style, parted)
    return words


def _escaped(match: re.Match[str]) -> str:
    number = int(match[1], 16) if match[1] else ord(match[2])
    if number < 0x20:
        return " "
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else ""


def _is_telling(words: str, place: str, element: Element) -> bool:
    """Whether words or signs say something, and do not only decorate."""
    bare = words.strip()
    if not bare or any("\ue000" <= c <= "\uf8ff" or c >= "\U000f0000" for c in bare):
        return False
    own = text_of(element).strip()
    if any(c.isalnum() for c in bare):
        # A font of icons has its pictures at letters, or at names.
        return not (name_words(element) & _ICONS or (len(bare) == 1 and not own))
    if any(tag_of(e) in _PRESSED for e in (element, *element.iterancestors())):
        return False
    if _SIGNS & set(bare):
        return True
    nearest = own[:1] if place == "before" else own[-1:]
    return bool(_SIGNS_OF_NUMBERS & set(bare)) and nearest.isdigit()


def _print(element: Element, tag: str, place: str, words: str) -> None:
    if tag == "tr":
        cells = [e for e in element if tag_of(e) in ("td", "th")]
        if cells:
            _print(cells[0 if place == "before" else -1], "td", place, words)
        return
    if tag in _PARTED:
        beside: Element = etree.Element("div")
        beside.text = words
        if place == "before":
            element.addprevious(beside)
        else:
            beside.tail, element.tail = element.tail, None
            element.addnext(beside)
        return
    own = text_of(element)
    if place == "before":
        gap = " " if words[-1:].isalpha() and own[:1].isalpha() else ""
        element.text = words + gap + (element.text or "")
        return
    words = " " + words if words[:1].isalpha() and own[-1:].isalpha() else words
    if len(element):
        element[-1].tail = (element[-1].tail or "") + words
    else:
        element.text = (element.text or "") + words
