"""The contents of a book: what they name, and headings where the pages themselves have none.

Source: https://www.w3.org/TR/epub-33/#sec-nav and, for older books, the NCX of OPF 2.0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from lxml import etree

from reader.importers.common.elements import BLOCKS, HEADINGS, Element, attribute, tag_of, text_of

DEEPEST = 6
_OTHER_LISTS = frozenset(("page-list", "landmarks", "loi", "lot", "loa", "lov"))
# A heading put into the middle of one of these would tear it apart.
_WHOLE = frozenset(["table", "li", "dl", "figure", "pre", "blockquote"])


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: a page of the book, the place in it ("" for the page), its depth.

    One that `is_group` leads nowhere itself: it is the title of the lines under it, and its place
    is that of the first of them.
    """

    page: str
    name: str
    title: str
    level: int
    is_group: bool = False


def entries_in(root: Element, place: str) -> list[Entry]:
    """The lines of a navigation page, or of the NCX of an older book, that lies at `place`."""
    lists = [
        e
        for e in root.iter()
        if tag_of(e) == "nav" and not _OTHER_LISTS.intersection(attribute(e, "type").split())
    ]
    told = [e for e in lists if "toc" in attribute(e, "type").split()]
    found = []
    for top in told or lists or [root]:
        for element in top.iter():
            entry = _entry(element, place)
            if entry is not None:
                found.append(entry)
    return found


def _entry(element: Element, place: str) -> Entry | None:
    tag = tag_of(element)
    if tag == "navpoint":
        label = next((text_of(e) for e in element if tag_of(e) == "navlabel"), "")
        depth = 1 + _count(element, "navpoint")
    elif tag == "a" or (tag == "span" and _is_in_item(element)):
        label, depth = text_of(element), max(_count(element, "ol"), 1)
    else:
        return None
    target = _target(element)
    first = target or next(filter(None, map(_target, _under(element))), "")
    # What is encoded may stand for "#" itself: only the sign as it is parts page and place.
    page, _, name = first.partition("#")
    title = " ".join(label.split())
    if not page or not title:
        return None
    at = normpath(join(dirname(place), unquote(page)))
    return Entry(at, unquote(name), title, min(depth, DEEPEST), is_group=not target)


def _is_in_item(element: Element) -> bool:
    parent = element.getparent()
    return parent is not None and tag_of(parent) == "li"


def _target(element: Element) -> str:
    """Where a line of the contents leads itself, or ""."""
    if tag_of(element) == "navpoint":
        return next((e.get("src") or "" for e in element if tag_of(e) == "content"), "").strip()
    return (element.get("href") or "").strip() if tag_of(element) == "a" else ""


def _under(element: Element) -> Iterator[Element]:
    """The lines under one of the contents."""
    parent = element.getparent()
    inside = parent if tag_of(element) == "span" and parent is not None else element
    return (e for e in inside.iterdescendants() if tag_of(e) in ("a", "navpoint"))


def put_headings(body: Element, entries: Iterable[Entry]) -> None:
    """Make a heading of each place of a page that the contents name, at the depth they say.

    A heading that is there stays as it is printed; it may become deeper, and those below it with
    it. Otherwise a line that says the same becomes one, or the title of the contents is put there.
    """
    by_id = {name: e for e in body.iter() for name in (e.get("id"),) if name}
    levels: dict[Element, int] = {}
    groups: list[tuple[Entry, str]] = []
    begins: dict[str, Element] = {}
    for entry in entries:
        # A place that the page does not have is its start.
        name = entry.name if entry.name in by_id else ""
        if entry.is_group:
            groups.append((entry, name))
            continue
        target = by_id[name] if name else body
        heading = _heading_at(target, body)
        if heading is None and name:
            heading = _made(target, body, entry)
        elif heading is None and not any(tag_of(e) in HEADINGS[:3] for e in body.iter()):
            heading = _first(body, entry)
        if heading is not None:
            levels.setdefault(heading, entry.level)
            begins.setdefault(name, heading)
    for entry, name in groups:
        group = etree.Element(f"h{entry.level}")
        group.text = entry.title
        before = begins.get(name)
        if before is None or before is body:
            body.insert(0, group)
            group.tail, body.text = body.text, None
        else:
            before.addprevious(group)
        levels[group] = entry.level
    deeper = 0
    for heading in [e for e in body.iter() if tag_of(e) in HEADINGS]:
        own = int(tag_of(heading)[1])
        if heading in levels:
            deeper = max(levels[heading] - own, 0)
        if deeper:
            heading.set("aria-level", str(min(own + deeper, 9)))


def _first(body: Element, entry: Entry) -> Element | None:
    """A heading put before the words of a page that has none."""
    if not text_of(body).strip():
        return None
    heading = etree.Element(f"h{entry.level}")
    heading.text = entry.title
    body.insert(0, heading)
    heading.tail, body.text = body.text, None
    return heading


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
