"""What stands in a table outside its cells is put before the table, where browsers show it."""

from __future__ import annotations

from itertools import islice

from lxml import etree

from reader.importers.common.elements import Element, is_hidden, tag_of
from reader.importers.html.tables import NESTING, ROW_PARTS, holds_words

_OF_TABLES = frozenset({"td", "th", "caption", "col", "colgroup", "script", "style", "template"})
_MOST_LOOKED_AT = 2000


def free_strays(root: Element) -> None:
    """Put every word and part that a table holds outside its cells directly before it."""
    for table in list(root.iter("table", "{*}table")):
        if table.getparent() is None:
            continue
        found: list[Element] = []
        _collect(table, found)
        for stray in found:
            table.addprevious(stray)


def _collect(part: Element, found: list[Element]) -> None:
    """Take what is astray out of a table, a group of rows, or a row."""
    is_caption = tag_of(part) == "caption"
    if part.text and part.text.strip() and not is_caption:
        found.append(_word(part.text))
        part.text = None
    for child in list(part):
        name = tag_of(child)
        tail = child.tail
        if tail and tail.strip():
            child.tail = None
        if name in (*ROW_PARTS, "tr") or (name in NESTING and _holds_rows(child)):
            _collect(child, found)
        elif name and name not in _OF_TABLES and not is_hidden(child) and holds_words(child):
            child.tail = None
            part.remove(child)
            found.append(child)
        if tail and tail.strip():
            found.append(_word(tail))


def _holds_rows(element: Element) -> bool:
    return any(tag_of(e) in ("tr", "td", "th") for e in islice(element.iter(), _MOST_LOOKED_AT))


def _word(text: str) -> Element:
    word: Element = etree.Element("div")
    word.text = text
    return word
