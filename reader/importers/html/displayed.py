"""What roles and styles make of elements: tables of `<div>`, and `<span>` on lines of their own.

Sources: WAI-ARIA 1.2 ("table", "row", "cell"), https://www.w3.org/TR/wai-aria/; CSS Display Module
Level 3, https://www.w3.org/TR/css-display-3/.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from lxml import etree

from reader.importers.common.elements import (
    BLOCKS,
    CONTROLS,
    EMBEDDED,
    UNREAD,
    Element,
    rename,
    roles_of,
    tag_of,
    words_of,
)

_BY_ROLE = {
    **dict.fromkeys(("table", "grid", "treegrid"), "table"),
    "rowgroup": "tbody",
    "row": "tr",
    **dict.fromkeys(("cell", "gridcell"), "td"),
    **dict.fromkeys(("columnheader", "rowheader"), "th"),
    "caption": "caption",
}
_BY_DISPLAY = {
    **dict.fromkeys(("table", "inline-table"), "table"),
    **dict.fromkeys(("table-row-group", "table-header-group", "table-footer-group"), "tbody"),
    "table-row": "tr",
    "table-cell": "td",
    "table-caption": "caption",
}
_ON_LINES = frozenset("block flex grid table list-item flow-root".split())
_SIDE_BY_SIDE = frozenset("flex grid inline-flex inline-grid".split())
_PLAIN = frozenset("article aside dd div dl dt header li ol p section span ul".split())
"""What may be made a part of a table: it says nothing more of what is in it."""
_NO_WORDS = CONTROLS | EMBEDDED | UNREAD | {"br", "img", "image", "svg", "math"}
_FORMULA = re.compile(r"(^|\s)(katex|MathJax|mjx-)")
# Asked of every page, and answered in C.
_WITH_ROLES: Callable[[Element], Any] = etree.XPath(
    "descendant-or-self::*[@role or @*[local-name() = 'type']]"
)


def apply_display(root: Element, declared: Mapping[Element, Mapping[str, str]]) -> None:
    """Make tables, line ends and spaces of what roles and styles say of elements.

    `declared` is what styles say, by element.
    """
    displayed = {e: display for e, one in declared.items() if (display := one.get("display"))}
    for element in displayed.keys() & _formulas_in(root) if displayed else ():
        del displayed[element]
    for table in [e for e in _WITH_ROLES(root) if roles_of(e) & {"table", "grid", "treegrid"}]:
        _make_table(table, {e: role for e in _WITH_ROLES(table) for role in _role_of(e)})
    rows = [e for e, display in displayed.items() if display == "table-row"]
    parts = {e: part for e, one in displayed.items() if (part := _BY_DISPLAY.get(one))}
    for around in dict.fromkeys(_table_around(row, parts) for row in rows):
        if around is not None:
            _make_table(around, parts | {around: "table"})
    for element, display in displayed.items():
        if display in _SIDE_BY_SIDE:
            _part_items(element)
        if display in _ON_LINES and tag_of(element) not in BLOCKS | _NO_WORDS:
            _set_on_line(element, displayed)


def _formulas_in(root: Element) -> set[Element]:
    """All elements that draw a formula."""
    drawn = [e for e in root.iter() if (names := e.get("class")) and _FORMULA.search(names)]
    return {element for one in drawn for element in one.iter()}


def _role_of(element: Element) -> list[str]:
    return [part for role in roles_of(element) if (part := _BY_ROLE.get(role))][:1]


def _table_around(row: Element, parts: dict[Element, str]) -> Element | None:
    """The element that a row's style sets it in: what is said to be a table, else its parent."""
    for ancestor in row.iterancestors():
        if parts.get(ancestor) == "table":
            return ancestor
        if parts.get(ancestor) != "tbody":
            break
    return row.getparent()


def _make_table(table: Element, parts: dict[Element, str]) -> None:
    """Rename the parts of a table, if two rows or more have cells that can be compared."""
    inside = {e: parts[e] for e in table.iter() if e in parts}
    rows = [e for e, part in inside.items() if part == "tr"]
    held = [sum(inside.get(cell) in ("td", "th") for cell in row) for row in rows]
    plain = all(_is_plain(e) for e, part in inside.items() if tag_of(e) != part)
    if not plain or sum(count > 1 for count in held) < 2:
        return
    for element, part in inside.items():
        rename(element, part)
        element.attrib.pop("role", "")


def _is_plain(element: Element) -> bool:
    tag = tag_of(element)
    return tag in _PLAIN or "-" in tag


def _part_items(container: Element) -> None:
    """Set a space between things that stand side by side, where the page has none."""
    items = [child for child in container if tag_of(child) and tag_of(child) not in BLOCKS]
    for item in items:
        after = item.getnext()
        if not item.tail and after is not None and tag_of(after) and words_of(item):
            item.tail = " "


def _set_on_line(element: Element, displayed: dict[Element, str]) -> None:
    """Break the line before an element and after it, where words stand beside it."""
    parent = element.getparent()
    if parent is None or not words_of(element):
        return
    before, after = element.getprevious(), element.getnext()
    said = parent.text if before is None else before.tail
    if _has_words(said) or (not _is_end(before) and not _is_on_line(before, displayed)):
        parent.insert(parent.index(element), etree.Element("br"))
    if _has_words(element.tail) or not _is_end(after):
        ending = etree.Element("br")
        ending.tail, element.tail = element.tail, None
        parent.insert(parent.index(element) + 1, ending)


def _has_words(text: str | None) -> bool:
    return bool(text and text.strip())


def _is_end(sibling: Element | None) -> bool:
    """Whether nothing of the same line stands beside a sibling."""
    return sibling is None or tag_of(sibling) in BLOCKS or tag_of(sibling) == "br"


def _is_on_line(sibling: Element | None, displayed: dict[Element, str]) -> bool:
    return sibling is not None and displayed.get(sibling, "") in _ON_LINES
