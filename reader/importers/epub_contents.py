"""The contents of a book: what they name, and headings where the pages themselves have none.

Source: https://www.w3.org/TR/epub-33/#sec-nav and, for older books, the NCX of OPF 2.0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from lxml import etree

from reader.importers.html_tree import BLOCKS, HEADINGS, Element, attribute, tag_of, text_of

DEEPEST = 6
# A heading put into the middle of one of these would tear it apart.
_WHOLE = frozenset(["table", "li", "dl", "figure", "pre", "blockquote"])


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: a page of the book, the place in it ("" for the page), its depth."""

    page: str
    name: str
    title: str
    level: int


def entries_in(root: Element, place: str) -> list[Entry]:
    """The lines of a navigation page, or of the NCX of an older book, that lies at `place`."""
    lists = [e for e in root.iter() if tag_of(e) == "nav"]
    told = [e for e in lists if "toc" in attribute(e, "type").split()]
    found = []
    for top in told or lists or [root]:
        for element in top.iter():
            tag = tag_of(element)
            if tag == "navpoint":
                target = next((e.get("src", "") for e in element if tag_of(e) == "content"), "")
                label = next((text_of(e) for e in element if tag_of(e) == "navlabel"), "")
                depth = 1 + _count(element, "navpoint")
            elif tag == "a":
                target, label = element.get("href", ""), text_of(element)
                depth = max(_count(element, "ol"), 1)
            else:
                continue
            page, _, name = unquote(target).partition("#")
            title = " ".join(label.split())
            if page and title:
                at = normpath(join(dirname(place), page))
                found.append(Entry(at, name, title, min(depth, DEEPEST)))
    return found


def put_headings(body: Element, entries: Iterable[Entry]) -> None:
    """Makes a heading of each place of a page that the contents name, at the depth they say.

    A heading that is there stays as it is printed; it may become deeper, and those below it with
    it. Otherwise a line that says the same becomes one, or the title of the contents is put there.
    """
    by_id = {name: e for e in body.iter() for name in (e.get("id"),) if name}
    levels: dict[Element, int] = {}
    for entry in entries:
        target = by_id.get(entry.name) if entry.name else body
        if target is None:
            continue
        heading = _heading_at(target, body)
        if heading is None and entry.name:
            heading = _made(target, body, entry)
        if heading is not None:
            levels.setdefault(heading, entry.level)
    deeper = 0
    for heading in [e for e in body.iter() if tag_of(e) in HEADINGS]:
        own = int(tag_of(heading)[1])
        if heading in levels:
            deeper = max(levels[heading] - own, 0)
        if deeper:
            heading.set("aria-level", str(min(own + deeper, 9)))


def _count(element: Element, tag: str) -> int:
    return sum(tag_of(ancestor) == tag for ancestor in element.iterancestors())


def _heading_at(target: Element, body: Element) -> Element | None:
    """The heading that a place is in, or that comes next with no words before it."""
    for element in [target, *target.iterancestors()]:
        if tag_of(element) in HEADINGS:
            return element
    if target is not body and (target.text or "").strip() and not len(target):
        return None
    for event, element in _from(target, body):
        if event == "start" and tag_of(element) in HEADINGS:
            return element if text_of(element).strip() else None
        words = element.text if event == "start" else element.tail
        if (words or "").strip():
            return None
    return None


def _from(target: Element, body: Element) -> Iterator[tuple[str, Element]]:
    """Starts and ends of elements from a place to the end of the page.

    A walk from the start of the page would take as long again for each line of long contents.
    """
    element = target
    while True:
        if tag_of(element):
            yield from etree.iterwalk(element, events=("start", "end", "comment", "pi"))
        else:
            yield "comment", element
        following = None if element is body else element.getnext()
        while following is None and element is not body:
            parent = element.getparent()
            assert parent is not None  # body is above every place in it
            element = parent
            yield "end", element
            following = None if element is body else element.getnext()
        if following is None:
            return
        element = following


def _made(target: Element, body: Element, entry: Entry) -> Element | None:
    """A heading made of the line that says what the contents say, or put before it."""
    block = target
    while tag_of(block) not in BLOCKS and (parent := block.getparent()) is not None:
        block = parent
    if any(tag_of(e) in _WHOLE for e in [block, *block.iterancestors()]):
        return None
    name = f"h{entry.level}"
    alone = not any(tag_of(e) in BLOCKS for e in block.iterdescendants())
    if alone and block is not body and _key(text_of(block)) == _key(entry.title):
        block.tag = name
        return block
    heading = etree.Element(name)
    heading.text = entry.title
    if block is body:
        body.insert(0, heading)
        heading.tail, body.text = body.text, None
    else:
        block.addprevious(heading)
    return heading


def _key(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
