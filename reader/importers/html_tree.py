"""Elements of HTML: what they are called, which are read, and what is visible of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

Element = etree._Element

_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*(hidden|collapse)", re.IGNORECASE)

UNREAD = frozenset(
    (
        "applet area audio base basefont bgsound button canvas col colgroup command datalist "
        "embed frame frameset head iframe input keygen link map meta meter noembed noframes "
        "noscript object optgroup option param progress script select source style svg "
        "template textarea title track video"
    ).split()
)
"""Elements whose text is never part of what is read."""

BLOCKS = frozenset(
    (
        "address article aside blockquote body caption center dd details dialog dir div dl dt "
        "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html "
        "legend li main menu nav ol p pre search section summary table tbody td tfoot th "
        "thead tr ul"
    ).split()
)
"""Elements that stand on lines of their own."""

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def tag_of(element: Element) -> str:
    """The element's name in lower case without its namespace; "" of a comment or an entity."""
    return _bare_name(element.tag)


# Asked for several times for each element of a page; a page has few names.
@lru_cache(maxsize=4096)
def _bare_name(tag: object) -> str:
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """The attribute's value, "" when it is missing; namespaces do not count."""
    value = element.get(name)
    if value is None:
        for key, other in element.attrib.items():
            if str(key).rpartition("}")[2] == name:
                return str(other)
        return ""
    return str(value)


def hints(element: Element) -> str:
    """Class and id in lower case, by which pages say what an element is for."""
    return f"{element.get('class') or ''} {element.get('id') or ''}".lower()


def is_hidden(element: Element) -> bool:
    """Whether a browser would not show the element, and so neither do we.

    Formulas are hidden in favour of a picture or of drawn glyphs; there we read the formula.
    """
    get = element.get
    style = get("style")
    if (
        (get("hidden") is not None and get("hidden") != "until-found")
        or (style and _HIDING_STYLE.search(style))
        or (tag_of(element) == "dialog" and get("open") is None)
    ):
        return not _holds_formula(element)
    return get("aria-hidden") == "true" and _is_minor(element)


def _holds_formula(element: Element) -> bool:
    return next((e for e in element.iter() if tag_of(e) == "math"), None) is not None


def _is_minor(element: Element) -> bool:
    """Whether little enough stands in it: behind an open dialogue whole pages are aria-hidden."""
    if next((e for e in element.iter() if tag_of(e) == "h1"), None) is not None:
        return False
    return length_of(element) < 1000


def visible_texts(element: Element) -> Iterator[tuple[Element, str, str]]:
    """The visible pieces of text in reading order: what each hangs on, "text" or "tail", itself."""
    stack: list[tuple[Element, bool]] = [(element, False)]
    while stack:
        one, is_tail = stack.pop()
        if is_tail:
            if one.tail:
                yield one, "tail", one.tail
            continue
        if one is not element:
            stack.append((one, True))
        if not isinstance(one.tag, str) or (
            one is not element and (tag_of(one) in UNREAD or is_hidden(one))
        ):
            continue
        if one.text:
            yield one, "text", one.text
        stack.extend((child, False) for child in reversed(one))


def text_of(element: Element) -> str:
    """The visible text in the element, as it stands in the source."""
    return "".join(text for _, _, text in visible_texts(element))


def length_of(element: Element) -> int:
    """How many characters of text are in the element, visible or not; scripts hold none."""
    total = -len(element.tail or "")
    for one in element.iter():
        total += len(one.tail or "")
        if isinstance(one.tag, str) and tag_of(one) not in ("script", "style", "template"):
            total += len(one.text or "")
    return total


def drop(element: Element) -> None:
    """Takes the element out of the tree; the text after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def roles_of(element: Element) -> set[str]:
    """What the element says it is: role and epub:type."""
    return {*(element.get("role") or "").split(), *attribute(element, "type").lower().split()}


def names_of(element: Element) -> list[str]:
    """The names by which links can lead to an element."""
    names = [element.get("id"), element.get("name") if tag_of(element) == "a" else None]
    return [str(name) for name in names if name]
