"""Ways through a tree of XML: what lies at the end of a path of names, and the text in it."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from reader.importers.common.elements import Element, tag_of

_XLINK = "{http://www.w3.org/1999/xlink}href"


def all_of(element: Element, *path: str) -> Iterator[Element]:
    """The descendants at the end of a path of names, in reading order."""
    name, *rest = path
    for child in element:
        if tag_of(child) == name:
            if rest:
                yield from all_of(child, *rest)
            else:
                yield child


def one_of(element: Element, *path: str) -> Element | None:
    """The first descendant at the end of a path of names."""
    return next(all_of(element, *path), None)


def text_in(element: Element | None) -> str:
    """All text in an element, on one line; "" for none."""
    if element is None:
        return ""
    if not len(element):
        return " ".join((element.text or "").split())
    words = etree.tostring(element, method="text", encoding="unicode", with_tail=False)
    return " ".join(words.split())


def address_of(element: Element) -> str:
    """Where a link leads."""
    return (element.get(_XLINK) or "").strip()
