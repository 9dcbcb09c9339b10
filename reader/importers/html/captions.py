"""Figures and captions: pages that do not mark them up are put in order before they are read."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from reader.importers.common.elements import (
    HEADINGS,
    Element,
    attribute,
    drop,
    hints,
    is_hidden,
    tag_of,
    text_of,
)
from reader.importers.html.drawings import drawn_words
from reader.importers.html.tables import is_caption, is_data, own_caption

ResolveAsset = Callable[[str], tuple[str, int, int] | None]
"""Given a picture's address: its asset name, width and height, or None when it is not at hand."""

SMALLEST_PX = 24
LONGEST_CAPTION = 2000
_CAPTION_HINT = re.compile(r"(^|[\s_-])(caption|legend)|caption([\s_-]|$|text)")
_FIGURE_HINT = re.compile(
    r"(^|[\s_-])(fig|figure|image|img|photo|picture|thumb|thumbinner|media|captioned|wp-caption)"
    r"([\s_-]|$)|caption"
)
_FIGURE_LABEL = re.compile(
    r"\s*(supplementary |appendix )?(fig(ure)?|abb(ildung)?|scheme|chart|graph|photo|image|plate)"
    r"\.?\s*[A-Z]?\d+\b",
    re.IGNORECASE,
)
_SIDE = re.compile(r"(?:^|;|\s)(?:width|height)\s*:\s*([^;]+)", re.IGNORECASE)
_SIZE = re.compile(r"\s*(\d{1,5}(?:\.\d+)?)\s*(?:px|(e[mx]))?\s*$")
_ADDRESSES = ("src", "data-src", "data-original", "data-lazy-src", "data-full-src", "href")


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of a page; `asset` is "" when it lies elsewhere, where we never look."""

    asset: str
    alternative: str
    width_px: int = 0
    height_px: int = 0


def image_of(element: Element, resolve_asset: ResolveAsset) -> Image | None:
    """What there is of a picture; None when there is nothing to show and nothing to say."""
    alternative = alternative_of(element)
    if tag_of(element) == "svg":
        drawn = etree.tostring(element, with_tail=False)
        addresses = ["data:image/svg+xml;base64," + base64.b64encode(drawn).decode()]
    else:
        addresses = [attribute(element, name).strip() for name in _ADDRESSES]
        addresses.append((element.get("srcset") or "").strip().split(" ")[0])
    for address in addresses:
        found = resolve_asset(address) if address else None
        if found is not None and min(found[1:]) >= SMALLEST_PX:
            return Image(found[0], alternative, *found[1:])
    if is_small(element) or len(alternative) < 3:
        return None
    return Image("", alternative)


def alternative_of(element: Element) -> str:
    """What a picture shows, in words: what the page gives for it, and the words that are drawn."""
    said = element.get("alt") or element.get("aria-label") or ""
    if tag_of(element) == "svg":
        titles = (
            [said] if said else [_words_in(e) for e in element if tag_of(e) in ("title", "desc")]
        )
        drawn = [drawn_words(e) for e in element.iter() if tag_of(e) in ("text", "foreignobject")]
        said = ": ".join(filter(None, (" ".join(titles), " ".join(drawn))))
    elif not said and element.get("alt") is None:
        said = element.get("title") or ""
    return " ".join(said.split())


def _words_in(element: Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def is_small(element: Element) -> bool:
    """Whether the page draws the picture as a sign in a line."""
    style = element.get("style") or ""
    sides = [element.get("width") or "", element.get("height") or ""]
    sides += [m[1] for m in _SIDE.finditer(style)]
    sizes = [float(m[1]) * (16 if m[2] else 1) for s in sides if (m := _SIZE.match(s))]
    return any(size < SMALLEST_PX for size in sizes)


def pictures_in(element: Element) -> list[Element]:
    """The pictures of a figure: drawings only if there is no other."""
    found = [e for e in element.iter() if tag_of(e) in ("img", "image", "svg") and not is_hidden(e)]
    drawn = [e for e in found if tag_of(e) != "svg" and not _inside(e, "svg")]
    return drawn or [e for e in found if tag_of(e) == "svg" and not _inside(e, "svg")]


def _inside(element: Element, name: str) -> bool:
    return any(tag_of(a) == name for a in element.iterancestors())


def captions_in(figure: Element) -> list[Element]:
    """What a figure has for a caption: figcaption, or what its class calls one."""
    found = [e for e in figure.iter() if tag_of(e) == "figcaption"]
    if not found:
        found = [
            e
            for e in figure.iterdescendants()
            if tag_of(e) not in ("", "img") and _CAPTION_HINT.search(hints(e))
        ]
    return [e for e in found if not any(a in found for a in e.iterancestors())]


def is_simple_figure(element: Element) -> bool:
    """Whether the element is pictures with a caption, and nothing that stands for itself."""
    inner = [tag_of(e) for e in element.iterdescendants()]
    compound = {"table", "pre", "blockquote", "ul", "ol", "math", "figure", *HEADINGS}
    return not compound.intersection(inner) and len(text_of(element)) < LONGEST_CAPTION


def join_captions(root: Element) -> None:
    """Make figures of what pages build from plain blocks, and captions of what reads like one.

    "Table 1. …" directly before a table becomes its caption. A picture alone in a paragraph, or
    in a block whose class says so, becomes a figure, with the line after it as caption if that
    begins with "Figure 1" or is all in italics.
    """
    for element in list(root.iter()):
        parent = element.getparent()
        name = tag_of(element)
        if parent is None or not name:
            continue
        if name == "table" and own_caption(element) is None:
            _caption_table(element)
        elif name in ("div", "p", "span", "center") and _is_figure_block(element):
            element.tag = "figure"
        elif name == "p" and _only_picture(element):
            _caption_picture(element)


def _caption_table(table: Element) -> None:
    outer = table
    while (parent := outer.getparent()) is not None and tag_of(parent) in ("div", "figure"):
        if text_of(parent).strip() != text_of(outer).strip():
            break
        outer = parent
    around = outer.getparent()
    own = [] if around is None else [e for e in around if e is not outer]
    before = outer.getprevious()
    if before is not None and not tag_of(before):
        before = before.getprevious()
    found = None
    if before is not None and tag_of(before) in ("p", "div", "figcaption", "span", "strong", "b"):
        own_blocks = any(tag_of(e) in ("table", "p", *HEADINGS) for e in before.iterdescendants())
        text = text_of(before)
        if not (before.tail or "").strip() and not own_blocks and is_caption(text):
            found = before
    if found is None:
        holder = outer.getparent()
        if holder is not None and tag_of(holder) == "figure":
            found = next((e for e in own if tag_of(e) == "figcaption"), None)
    if found is None or not is_data(table):
        return
    drop(found)
    found.tail = None
    found.tag = "caption"
    table.insert(0, found)


def _is_figure_block(element: Element) -> bool:
    if not _FIGURE_HINT.search(hints(element)) or not is_simple_figure(element):
        return False
    if any(tag_of(a) == "figure" for a in element.iterancestors()):
        return False
    pictures = pictures_in(element)
    if len(pictures) != 1 or tag_of(pictures[0]) == "svg":
        return False
    captions = captions_in(element)
    return len(captions) == 1 and bool(text_of(captions[0]).strip())


def _only_picture(paragraph: Element) -> bool:
    if sum(tag_of(e) in ("img", "image") for e in paragraph.iter()) != 1:
        return False
    in_figure = any(tag_of(a) == "figure" for a in paragraph.iterancestors())
    return not in_figure and not text_of(paragraph).strip()


def _caption_picture(paragraph: Element) -> None:
    paragraph.tag = "figure"
    after = paragraph.getnext()
    text = text_of(after) if after is not None and tag_of(after) == "p" else ""
    if after is not None and text.strip() and (_FIGURE_LABEL.match(text) or _all_italic(after)):
        drop(after)
        after.tail = None
        after.tag = "figcaption"
        paragraph.append(after)
        if _all_italic(after):
            only = next(e for e in after if tag_of(e))
            only.tag = "span"
        return
    image = next(e for e in paragraph.iter() if tag_of(e) in ("img", "image"))
    if image.get("title"):
        etree.SubElement(paragraph, "figcaption").text = image.get("title")


def _all_italic(paragraph: Element) -> bool:
    inner = [e for e in paragraph if tag_of(e)]
    return (
        len(inner) == 1
        and tag_of(inner[0]) in ("em", "i")
        and not (paragraph.text or "").strip()
        and not (inner[0].tail or "").strip()
        and bool(text_of(inner[0]).strip())
    )
