"""Elements of HTML: what they are called, which are read, and what is visible of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml.etree import _Element

Element = _Element

HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*(hidden|collapse)", re.IGNORECASE)

CONTROLS = frozenset("button datalist input keygen meter progress select textarea".split())
"""Elements to press, to choose from or to write in; their words are shown and are no text."""

UNSEEN = frozenset(
    (
        "area base basefont bgsound col colgroup defs desc frame head link meta metadata option "
        "optgroup param script source style template title track"
    ).split()
)
"""Elements whose text no program shows."""

EMBEDDED = frozenset("applet audio canvas embed iframe noembed noframes video".split())
"""Elements of other programs; the text in them stands for what they would play."""

UNREAD = frozenset({*CONTROLS, *UNSEEN, *EMBEDDED, "svg", "frameset"})
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

_CHOICES = frozenset(("option", "optgroup"))
_OPERATORS = frozenset("+-−±=<>≤≥×÷/·%")

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def tag_of(element: Element) -> str:
    """The element's name in lower case without its namespace; "" of a comment or an entity."""
    return bare_name(element.tag)


# Asked for several times for each element of a page; a page has few names.
@lru_cache(maxsize=4096)
def bare_name(tag: object) -> str:
    """A tag in lower case without its namespace; "" of what is no element's."""
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def rename(element: Element, name: str) -> None:
    """Give an element another name in the same namespace."""
    tag = str(element.tag)
    element.tag = tag[: tag.rfind("}") + 1] + name


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


_NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def name_words(element: Element) -> set[str]:
    """The words of which class and id are made, in lower case: "tabPanel-2" is tab and panel."""
    return set(_words_of_name(element.get("class"))).union(_words_of_name(element.get("id")))


# Pages use the same names over and over.
@lru_cache(maxsize=8192)
def _words_of_name(name: str | None) -> tuple[str, ...]:
    if not name or len(name) > 2000:
        return ()
    return tuple(word.lower() for word in _NAME.findall(name))


def is_hidden(element: Element) -> bool:
    """Whether a browser would not show the element, and so neither do we.

    Formulas are hidden in favour of a picture or of drawn glyphs; there we read the formula.
    """
    get = element.get
    style = get("style")
    if (
        (get("hidden") is not None and get("hidden") != "until-found")
        or (style and HIDING_STYLE.search(style))
        or (element.tag == "dialog" and get("open") is None)
    ):
        return not _holds_formula(element)
    return False


def _holds_formula(element: Element) -> bool:
    """Whether an element is there for the formula in it, and for nothing beside it."""
    math = next((e for e in element.iter() if tag_of(e) == "math"), None)
    if math is None:
        return False
    inside = set(math.iter())
    return not any(
        (one not in inside and one.text and one.text.strip())
        or (one is not element and (one is math or one not in inside) and (one.tail or "").strip())
        for one in element.iter()
        if isinstance(one.tag, str)
    )


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


def words_of(element: Element) -> str:
    """All that the element shows, what is on its controls too, with spaces between its parts."""
    return " ".join("".join(shown_texts(element)).split())


def shown_texts(element: Element) -> Iterator[str]:
    """The pieces of text that a person sees in the element, with a space where a part begins."""
    stack: list[tuple[Element, bool]] = [(element, False)]
    while stack:
        one, is_tail = stack.pop()
        name = tag_of(one)
        apart = name in BLOCKS or name in CONTROLS or name == "br"
        if is_tail:
            if apart:
                yield " "
            if one.tail:
                yield one.tail
            continue
        if one is not element:
            stack.append((one, True))
        if not name or (name in UNSEEN and name not in _CHOICES):
            continue
        if one is not element and is_hidden(one):
            continue
        if name == "math":
            yield from _shown_in_formula(one)
            continue
        if apart:
            yield " "
        if one.text:
            yield one.text
        stack.extend((child, False) for child in reversed(one))


def all_shown(root: Element) -> list[str]:
    """The pieces of text of `shown_texts`, in no order, for counting."""
    found: list[str] = []
    stack = [root]
    while stack:
        one = stack.pop()
        if tag_of(one) == "math":
            found += _shown_in_formula(one)
            continue
        if one.text:
            found.append(one.text)
        for child in one:
            if child.tail:
                found.append(child.tail)
            name = tag_of(child)
            if name and (name not in UNSEEN or name in _CHOICES) and not is_hidden(child):
                stack.append(child)
    return found


def _shown_in_formula(math: Element) -> Iterator[str]:
    """What a formula shows, but for what is there for programs, and for letters with accents."""
    for part in math.iter():
        name = tag_of(part)
        text = part.text or ""
        if name in ("mi", "mn", "mtext", "ms") or (name == "mo" and text.strip() in _OPERATORS):
            outer = {tag_of(a) for a in part.iterancestors()}
            if outer.isdisjoint(("annotation", "annotation-xml", "mover", "mphantom")):
                yield text


def drop(element: Element) -> None:
    """Take the element out of the tree; the text after it stays."""
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
