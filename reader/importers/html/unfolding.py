"""What a page holds folded: panels, shadow trees and what stands for scripts are made visible."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from itertools import islice

from lxml import etree

from reader.importers.common.elements import (
    BLOCKS,
    HEADINGS,
    HIDING_STYLE,
    Element,
    drop,
    is_hidden,
    name_words,
    rename,
    roles_of,
    shown_texts,
    tag_of,
    words_of,
)
from reader.importers.html.boilerplate import is_furniture_line
from reader.importers.html.tabs import controlled_by, pair_tabs, toggle_of

_FOLDING = frozenset(
    (
        "accordion accordions answer collapse collapsed collapsible collapsibles collapsable "
        "details disclosure expand expandable expander faq faqs fold foldable folded more pane "
        "panel reveal rest spoiler tab tabpane tabpanel tabs toggle toggleable"
    ).split()
)
_NO_PANEL = frozenset(
    "backdrop dropdown lightbox menu menus modal nav navbar navigation offcanvas popover popup "
    "search tooltip".split()
)
_NO_PANEL_ROLES = frozenset(
    "alertdialog dialog listbox menu menubar navigation search tooltip".split()
)
_ICON_WORDS = frozenset("fa fas far fab glyphicon icon icons ligature material symbols".split())
_SHADOW = ("shadowrootmode", "shadowroot", "shadowmode")
_TELLING = frozenset(
    (
        "aria-controls aria-expanded aria-hidden data-bs-target data-bs-toggle data-target "
        "data-toggle hidden shadowmode shadowroot shadowrootmode style"
    ).split()
)
_LONGEST_ICON = 30
_LONGEST_TITLE = 200
_LEAST_REPEATED = 60
_MOST_PANELS = 3000
_ADDRESSES = ("data-src", "data-original", "data-lazy-src", "data-srcset", "srcset", "src")


def unfold(root: Element) -> None:
    """Show what a click would show, and what a program without scripts would.

    Panels of accordions and tabs are shown unless their words stand in the page already. Shadow
    trees that were saved are read; so is what stands in <noscript>, pictures once.
    """
    hidden: list[Element] = []
    controlled: dict[str, Element] = {}
    for element in list(root.iter()):
        if _TELLING.isdisjoint(element.keys()) and tag_of(element) != "noscript":
            continue
        name = tag_of(element)
        if not name:
            continue
        if name == "template" and any(element.get(kind) is not None for kind in _SHADOW):
            rename(element, "div")
        elif name == "noscript":
            _without_scripts(element)
        elif element.get("aria-hidden") == "true" and _is_icon(element, name):
            element.set("hidden", "")
        elif _may_hide(element) and is_hidden(element):
            hidden.append(element)
        for target in controlled_by(element):
            if target:
                controlled.setdefault(target, element)
    pair_tabs(root, controlled)
    _show_panels(root, hidden, controlled)
    _title_panels(root, controlled)


def _may_hide(element: Element) -> bool:
    return element.get("hidden") is not None or element.get("style") is not None


def _show_panels(root: Element, hidden: Iterable[Element], controlled: Container[str]) -> None:
    panels = [e for e in islice(hidden, _MOST_PANELS) if _is_panel(e, controlled)]
    if not panels:
        return
    said = _bare(shown_texts(root))
    for panel in panels:
        for key in ("hidden", "aria-hidden"):
            panel.attrib.pop(key, "")
        style = panel.get("style") or ""
        panel.set("style", HIDING_STYLE.sub("", style))
        words = _bare(shown_texts(panel))
        if len(words) >= _LEAST_REPEATED and words in said:
            # The page shows them elsewhere: a list for narrow screens, an abstract cut short.
            panel.set("hidden", "")
            panel.set("style", style)
        else:
            said += words


def _title_panels(root: Element, controlled: Mapping[str, Element]) -> None:
    """Make titles of what shows panels: buttons where they stand, tabs before their panels."""
    for button in list(root.iter("button", "{*}button")):
        if any(tag_of(a) in HEADINGS for a in button.iterancestors()):
            rename(button, "span")
        elif _folds(button) and _shows_next(button) and _is_title(button):
            rename(button, "summary")
    for element in list(root.iter()) if controlled else ():
        handle = controlled.get(element.get("id") or "")
        if handle is None or handle.getparent() is None or not _is_prose(element):
            continue
        if any(a is handle or is_hidden(a) for a in (element, *element.iterancestors())):
            continue
        if len(words_of(handle)) > _LONGEST_TITLE:
            continue
        if handle.get("role") == "tab" or toggle_of(handle) in ("tab", "pill"):
            title = etree.Element("summary")
            title.text = words_of(handle)
            title.tail, element.text = element.text, None
            element.insert(0, title)
            drop(handle)
        elif tag_of(handle) == "button" and _is_title(handle):
            rename(handle, "summary")


def _folds(button: Element) -> bool:
    expands = button.get("aria-expanded") is not None
    return bool(name_words(button) & _FOLDING) or (
        expands and button.get("aria-haspopup") in (None, "false")
    )


def _is_title(button: Element) -> bool:
    """Whether the words on a button say what it shows, and not only that it shows something."""
    words = words_of(button)
    return bool(words) and not is_furniture_line(words)


def _shows_next(button: Element) -> bool:
    after = button.getnext()
    return after is not None and bool(tag_of(after)) and _is_prose(after)


def _is_prose(element: Element) -> bool:
    """Whether a panel holds words, and not mostly links as menus do."""
    if tag_of(element) in ("nav", "menu", "dialog") or name_words(element) & _NO_PANEL:
        return False
    if roles_of(element) & _NO_PANEL_ROLES:
        return False
    words = len("".join(words_of(element).split()))
    linked = sum(len("".join(words_of(a).split())) for a in element.iter() if tag_of(a) == "a")
    return words > 2 * linked


def _bare(texts: Iterable[str]) -> str:
    return "".join("".join(texts).split())


def _is_panel(element: Element, controlled: Container[str]) -> bool:
    """Whether a click on its heading, its tab or its button would show the element."""
    name = tag_of(element)
    words = name_words(element)
    roles = roles_of(element)
    if name in ("dialog", "nav", "menu", "img", "svg", "math") or words & _NO_PANEL:
        return False
    if roles & _NO_PANEL_ROLES or element.get("aria-modal") == "true":
        return False
    if not any(text.strip() for text in shown_texts(element)):
        return False
    before = element.getprevious()
    while before is not None and not tag_of(before):
        before = before.getprevious()
    parent = element.getparent()
    around = [parent, parent.getparent()] if parent is not None else []
    if (element.get("id") or "") in controlled or "tabpanel" in roles:
        return True
    if "visibility" in (element.get("style") or "").lower():
        # It keeps its place: no panel that is folded does.
        return False
    return (
        bool(words & _FOLDING)
        or any(a is not None and name_words(a) & _FOLDING for a in around)
        or (before is not None and _is_handle(before))
    )


def _is_handle(element: Element) -> bool:
    name = tag_of(element)
    if name in HEADINGS or name in ("dt", "summary"):
        return bool(words_of(element))
    pressed = name == "button" or element.get("role") == "button"
    return pressed and element.get("aria-haspopup") in (None, "false") and bool(words_of(element))


def _is_icon(element: Element, name: str) -> bool:
    """Whether an element is there for its drawing alone: a letter of a font of pictures."""
    if name in BLOCKS or name in ("img", "svg", "math"):
        return False
    words = words_of(element)
    if not words or len(words) > _LONGEST_ICON:
        return False
    drawn = all(not c.isalnum() or "\ue000" <= c <= "\uf8ff" for c in words)
    ligature = re.fullmatch(r"[a-z]+(_[a-z0-9]+)*", words) is not None
    return (ligature and (name == "i" or bool(name_words(element) & _ICON_WORDS))) or (
        drawn and any("\ue000" <= c <= "\uf8ff" for c in words)
    )


def _without_scripts(element: Element) -> None:
    """Take <noscript> for a part of the page, unless what it shows is there without it."""
    if not len(element) and (element.text or "").lstrip().startswith("<"):
        parse_inside(element)
    words = "".join(shown_texts(element)).strip()
    pictures = [e for e in element.iter() if tag_of(e) == "img" and not _is_dot(e)]
    parent = element.getparent()
    if parent is None or (not words and not pictures):
        return
    for picture in pictures if not words else ():
        twins = _twins(element, parent, picture)
        if any(map(_has_address, twins)):
            _copy_alternative(picture, twins)
            drop(picture)
        else:
            for twin in twins:
                drop(twin)
    if not words and not any(tag_of(e) == "img" and not _is_dot(e) for e in element.iter()):
        drop(element)
        return
    inside = any(tag_of(e) in BLOCKS for e in element.iterdescendants())
    rename(element, "div" if inside or tag_of(parent) in ("body", "div", "article") else "span")


def parse_inside(element: Element) -> None:
    """Make elements of markup that a browser with scripts has kept as words."""
    try:
        root = etree.fromstring((element.text or "").strip(), etree.HTMLParser(no_network=True))
    except etree.XMLSyntaxError:
        root = None
    body = None if root is None else next(root.iter("body"), None)
    if body is not None:
        element.text = body.text
        element.extend(list(body))


def _twins(noscript: Element, parent: Element, picture: Element) -> list[Element]:
    """The pictures beside it for which a script would fetch the same."""
    around: Element | None = parent
    for _ in range(2):
        if around is None:
            break
        found = [
            e
            for e in islice(around.iter(), 60)
            if tag_of(e) == "img" and noscript not in e.iterancestors()
        ]
        same = [e for e in found if (e.get("alt") or "") == (picture.get("alt") or "")]
        if not same:
            same = [e for e in found if not e.get("alt") and _same_address(e, picture)]
        if same or tag_of(around) in ("figure", "body", "article"):
            return same or (found if tag_of(around) == "figure" else [])
        around = around.getparent()
    return []


def _copy_alternative(picture: Element, twins: Iterable[Element]) -> None:
    """Give the words for a picture to the first of its twins, when none of them has any."""
    said = picture.get("alt") or ""
    if said and not any(twin.get("alt") for twin in twins):
        next(filter(_has_address, twins)).set("alt", said)


def _same_address(one: Element, other: Element) -> bool:
    addresses = {(other.get(key) or "").strip() for key in _ADDRESSES} - {""}
    return any((one.get(key) or "").strip() in addresses for key in _ADDRESSES)


def _has_address(picture: Element) -> bool:
    """Whether the picture itself says what is to be seen; a dot that keeps its place does not."""
    for key in _ADDRESSES:
        address = (picture.get(key) or "").strip()
        if address and not (address.startswith("data:image/gif") and len(address) < 200):
            return not (address.startswith("data:image/svg+xml") and len(address) < 400)
    return False


def _is_dot(picture: Element) -> bool:
    """Whether a picture is one that only counts its readers."""
    sides = {(picture.get(side) or "").strip().removesuffix("px") for side in ("width", "height")}
    style = re.sub(r"\s", "", picture.get("style") or "").lower()
    return bool(sides & {"0", "1"}) or "display:none" in style or "width:1px" in style
