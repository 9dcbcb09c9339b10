"""Pages inside a page: frames whose page is in the file are read in their place.

Source: HTML, 4.8.5 and 16.3, https://html.spec.whatwg.org/multipage/iframe-embed-object.html.
"""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from reader.importers.common.elements import Element, tag_of, words_of
from reader.importers.html.parsing import parse_html
from reader.importers.html.unfolding import parse_inside
from reader.problem import Problem

MOST_FRAMES = 200
DEEPEST = 4
_FALLBACKS = ("iframe", "noembed", "noframes")
_OF_FRAME = ("class", "id", "style", "hidden", "title")
PageOf = Callable[[str], str | None]
"""Given a frame's address: the text of its page, or None when it is not in the file."""


def no_page(_address: str) -> str | None:
    """Find no page: for files that hold none but their own."""
    return None


def open_frames(root: Element, page_of: PageOf = no_page) -> None:
    """Put the pages of frames into the tree, and what stands for frames that are not there.

    The page of an <iframe> is in its srcdoc, or is found by `page_of`; so are those of a frameset,
    else what its <noframes> says is the page.
    """
    _open(root, page_of, [MOST_FRAMES], DEEPEST)


def _open(root: Element, page_of: PageOf, left: list[int], deepest: int) -> None:
    frameset = next((e for e in root.iter() if tag_of(e) == "frameset"), None)
    if frameset is not None and not any(tag_of(e) == "body" for e in root.iter()):
        _open_frameset(root, frameset, page_of)
    for element in list(root.iter()):
        tag = tag_of(element)
        if tag not in _FALLBACKS and tag != "frame":
            continue
        if not len(element) and "<" in (element.text or ""):
            parse_inside(element)
        if tag in ("iframe", "frame") and left[0] > 0 and deepest:
            left[0] -= 1
            inner = _page_in(element, page_of, left, deepest - 1)
            if inner is not None:
                _replace(element, inner)


def _open_frameset(root: Element, frameset: Element, page_of: PageOf) -> None:
    """Make a body of what is to be read of a frameset."""
    body: Element = etree.SubElement(root, "body")
    frames = [e for e in frameset.iter() if tag_of(e) == "frame"]
    found = [frame for frame in frames if page_of(frame.get("src") or "") is not None]
    for element in root.iter("noframes", "{*}noframes"):
        if found or element in body.iter():
            continue
        parse_inside(element)
        page = etree.SubElement(body, "div")
        page.text = element.text
        page.extend(list(element))
        element.text = None
    body.extend(found)


def _page_in(frame: Element, page_of: PageOf, left: list[int], deepest: int) -> Element | None:
    untrusted_page = frame.get("srcdoc") or page_of(frame.get("src") or "")
    if not untrusted_page or not untrusted_page.strip():
        return None
    try:
        page = parse_html(untrusted_page)
    except Problem:
        return None
    _open(page, page_of, left, deepest)
    body = next((e for e in page.iter() if tag_of(e) == "body"), page)
    return body if words_of(body) or next(body.iter("img", "svg"), None) is not None else None


def _replace(frame: Element, body: Element) -> None:
    part: Element = etree.Element("div")
    for name in _OF_FRAME:
        if frame.get(name) is not None:
            part.set(name, str(frame.get(name)))
    part.text, part.tail = body.text, frame.tail
    part.extend(list(body))
    around = frame.getparent()
    if around is not None:
        around.replace(frame, part)
