"""Words for pictures that stand elsewhere than in `alt`: labels of icons, areas of image maps."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from reader.importers.common.elements import Element, name_words, roles_of, tag_of, words_of
from reader.importers.html.captions import alternative_of

_INLINE = frozenset("i span em b strong small sup sub font".split())
_BLOCK = frozenset(("div", "figure", "p", "section"))
_PICTURES = ("img", "image", "svg")
_ICON_WORDS = frozenset(
    "fa fas far fab glyphicon glyph icon icons ico material symbols sprite".split()
)
_PRESSED = ("a", "button", "summary", "label")
_LONGEST_LABEL = 500
_SIGN_PX = "16"


def name_pictures(root: Element) -> None:
    """Give the pictures of a page the words that it has for them elsewhere.

    An element without text that is named as a picture becomes one that cannot be shown; the areas
    of an image map add their words to the picture's own.
    """
    for element in list(root.iter()):
        if element.get("aria-label") or element.get("title"):
            label = _label_of(element)
            if label:
                _name(element, label)
    maps = list(root.iter("map", "{*}map"))
    pictures = {e.get("usemap"): e for e in root.iter("img", "{*}img")} if maps else {}
    for drawn in maps:
        picture = pictures.get("#" + (drawn.get("name") or drawn.get("id") or ""))
        if picture is not None:
            _name_areas(picture, drawn)


def _label_of(element: Element) -> str:
    """What an element without text is called by those who cannot see it; "" of all others."""
    tag = tag_of(element)
    is_picture = bool(roles_of(element) & {"img", "image"})
    if tag not in _INLINE and not (is_picture and tag in _BLOCK):
        return ""
    label = element.get("aria-label")
    if not label and (is_picture or tag == "i" or name_words(element) & _ICON_WORDS):
        label = element.get("title")
    if not label or len(label) > _LONGEST_LABEL or element.get("aria-hidden") == "true":
        return ""
    words = words_of(element)
    if any(not "\ue000" <= c <= "\uf8ff" for c in words) or _is_control(element):
        return ""
    return " ".join(label.split())


def _is_control(element: Element) -> bool:
    """Whether an icon is all there is to see of a link or a button."""
    around = next((a for a in element.iterancestors() if tag_of(a) in _PRESSED), None)
    return around is not None and not words_of(around)


def _name(element: Element, label: str) -> None:
    inner = [e for e in element.iter() if tag_of(e) in _PICTURES]
    if inner:
        if not any(map(alternative_of, inner)):
            inner[0].set("aria-label", label)
            inner[0].attrib.pop("alt", "")
        return
    sign: Element = etree.Element("img", alt=label)
    if tag_of(element) in _INLINE:
        sign.set("width", _SIGN_PX)
    element.text = None
    element.insert(0, sign)


def _name_areas(picture: Element, drawn: Element) -> None:
    said = alternative_of(picture)
    areas = [words for words in _words_of_areas(drawn) if words not in said]
    if areas:
        picture.set("alt", ": ".join(filter(None, (said, "; ".join(dict.fromkeys(areas))))))


def _words_of_areas(drawn: Element) -> Iterator[str]:
    for area in drawn.iter("area", "{*}area"):
        words = area.get("alt") or area.get("aria-label") or area.get("title") or ""
        if words.strip():
            yield " ".join(words.split())
