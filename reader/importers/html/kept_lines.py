"""Line ends and columns that a style keeps: each line of a list of doses is a line of its own.

Source: CSS Text Module Level 4, "white-space", https://www.w3.org/TR/css-text-4/.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from reader.importers.common.elements import BLOCKS, UNREAD, Element, rename, tag_of

_KEEPS_SPACES = frozenset(("pre", "pre-wrap", "break-spaces", "preserve"))
_KEEPS_LINES = _KEEPS_SPACES | {"pre-line", "preserve-breaks"}
_KEPT_ANYWAY = frozenset("pre code math svg textarea title select".split()) | UNREAD
_COLUMNS = re.compile(r"\S(\t| {3,})\S")
_WITHOUT_LINES = frozenset("table tbody thead tfoot tr colgroup ul ol dl menu head html".split())


def keep_lines(root: Element, declared: Mapping[Element, Mapping[str, str]]) -> None:
    """Make elements of the line ends that styles keep: `<br>`, or `<pre>` where there are columns.

    `declared` is what styles say, by element; it counts for all inside that has none of its own.
    """
    if not any("white-space" in one or "white-space-collapse" in one for one in declared.values()):
        return
    stack = [(root, False, False)]
    while stack:
        element, lines, spaces = stack.pop()
        tag = tag_of(element)
        if tag in _KEPT_ANYWAY:
            continue
        own = declared.get(element, {})
        kept = own.get("white-space-collapse") or own.get("white-space", "")
        if kept and kept != "inherit":
            lines, spaces = kept in _KEEPS_LINES, kept in _KEEPS_SPACES
        stack.extend((child, lines, spaces) for child in element if tag_of(child))
        if not lines or not tag or tag in _WITHOUT_LINES:
            continue
        if spaces and tag in ("div", "p") and _is_table_of_spaces(element):
            rename(element, "pre")
        else:
            _break_lines(element)


def _is_table_of_spaces(element: Element) -> bool:
    """Whether lines without blocks in them are set in columns by spaces or tabs."""
    if any(tag_of(e) in BLOCKS for e in element.iterdescendants()):
        return False
    rows = "".join(map(str, element.itertext())).splitlines()
    return sum(_COLUMNS.search(row) is not None for row in rows) >= 2


def _break_lines(element: Element) -> None:
    """Break the lines of the text right in an element; ends beside blocks are theirs already."""
    children = list(element)
    inside = _is_inline(element)
    edges = [inside, *(_is_inline(child) for child in children), inside]
    for number in range(len(children), 0, -1):
        child = children[number - 1]
        child.tail, breaks = _broken(child.tail or "", edges[number], edges[number + 1])
        element[element.index(child) + 1 : element.index(child) + 1] = breaks
    element.text, breaks = _broken(element.text or "", inside, edges[1])
    element[0:0] = breaks


def _is_inline(element: Element) -> bool:
    return tag_of(element) not in BLOCKS and tag_of(element) not in ("br", "body")


def _broken(words: str, breaks_before: bool, breaks_after: bool) -> tuple[str, list[Element]]:
    """The first line, and an element for each line after it."""
    words = words.replace("\r\n", "\n")
    if not breaks_before or (not words.strip() and not breaks_after):
        words = re.sub(r"^\s*\n", "", words)
    if not breaks_after:
        words = words.rstrip()
    first, *rest = words.split("\n")
    breaks = []
    for line in rest:
        one = etree.Element("br")
        one.tail = line
        breaks.append(one)
    return first, breaks
