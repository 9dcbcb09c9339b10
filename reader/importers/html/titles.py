"""Which words are the title of a page, and which heading prints them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

from reader.importers.common.elements import BLOCKS, HEADINGS, Element, is_hidden, tag_of, text_of
from reader.importers.html.boilerplate import is_furniture_by_kind, names_furniture
from reader.importers.html.left_out import LeftOutParts
from reader.importers.html.metadata import BIBLIOGRAPHIC, Said, titles_said

_CUT = re.compile(r"\s+[|–—»«·•:/\\-]+\s+|\s*[|»]\s*|:\s+|_(?=[^_]+$)|_(?=[^_]+_[^_]+$)")
_ALIKE = 0.6


def printed_title(root: Element, said: Said, kept: Iterable[Element]) -> Element | None:
    """The heading that prints the title; None when none does.

    A heading whose words the head gives as title counts most, the longest before others; else the
    first top heading of the main content, or the last before it that is not the site's own.
    """
    wanted = _wanted(root, said)
    headings = [
        e
        for e in root.iter()
        if tag_of(e) in HEADINGS[:3] and not is_hidden(e) and text_of(e).strip()
    ]
    exact = [e for e in headings if _key(text_of(e)) in wanted]
    if exact:
        return max(exact, key=lambda e: len(_key(text_of(e))))
    inside = {e for one in kept for e in one.iter()}
    plain = (e for e in root.iter() if e in inside and _key(text_of_line(e)) in wanted)
    for line in plain:
        return line
    order = {element: i for i, element in enumerate(root.iter())}
    first = min((order[e] for e in inside), default=0)
    tops = [e for e in headings if tag_of(e) == "h1" and not _is_sites_own(e, inside)]
    within = [e for e in tops if e in inside]
    before = [e for e in tops if order[e] < first]
    top = within[0] if within else before[-1] if before else None
    own = said.all(BIBLIOGRAPHIC)
    if top is not None and own and not _alike(text_of(top), own[0]):
        return None
    return top


def title_of(root: Element, said: Said, printed: Element | None) -> str:
    """The title: as printed, else as the head says, without the site's name; "" if unknown."""
    if printed is not None:
        return " ".join(text_of(printed).split())
    given = titles_said(said)
    title = given[0] if given else _head_title(root)
    site = _key(next(iter(said.values.get("og:site_name", ())), ""))
    parts = [part for part in re.split(r"\s+[|–—»·•-]+\s+|_", title) if part.strip()]
    if len(parts) > 1:
        kept = [part for part in parts if _key(part) != site]
        if len(kept) == len(parts) and not given:
            # The longest part: sites put their name first or last.
            kept = [max(parts, key=len)]
        title = " – ".join(part.strip() for part in kept) or title
    return " ".join(title.split())


def drop_repeated_titles(root: Element, printed: Element, parts: LeftOutParts) -> None:
    """Take out the headings that print the title once more."""
    key = _key(text_of(printed))
    for element in list(root.iter()):
        if element is not printed and tag_of(element) in HEADINGS and _key(text_of(element)) == key:
            parts.take_out(element, "repeated title")


def _wanted(root: Element, said: Said) -> set[str]:
    """All that a heading with the title could print."""
    given = [*titles_said(said), _head_title(root)]
    keys = set()
    for title in given:
        keys.add(_key(title))
        cuts = [match.span() for match in _CUT.finditer(title)]
        for start, end in cuts:
            keys |= {_key(title[:start]), _key(title[end:])}
    site = _key(next(iter(said.values.get("og:site_name", ())), ""))
    return {key for key in keys if key and key != site}


def _head_title(root: Element) -> str:
    for element in root.iter():
        if tag_of(element) == "title" and not any(
            tag_of(a) == "svg" for a in element.iterancestors()
        ):
            return " ".join(" ".join(map(str, element.itertext())).split())
    return ""


def _is_sites_own(heading: Element, inside: Container[Element]) -> bool:
    """Whether a heading stands in what the site prints on all its pages."""
    for element in [heading, *heading.iterancestors()]:
        if element in inside:
            return False
        if tag_of(element) in ("article", "main"):
            return False
        if is_furniture_by_kind(element):
            return True
        if element is not heading and names_furniture(element) and len(text_of(element)) < 400:
            return "title" not in (element.get("class") or "").lower()
    return False


def text_of_line(element: Element) -> str:
    """The text of a block without blocks inside; "" of anything else, and of a long one."""
    if tag_of(element) not in ("p", "div", "td", "center", "caption"):
        return ""
    if any(tag_of(e) in BLOCKS for e in element.iterdescendants()):
        return ""
    text = text_of(element)
    return text if len(text) < 300 else ""


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _alike(one: str, other: str) -> bool:
    first, second = set(_key(one).split()), set(_key(other).split())
    return len(first & second) >= _ALIKE * max(1, min(len(first), len(second)))
