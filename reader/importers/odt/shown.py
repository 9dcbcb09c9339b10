"""All the words of an OpenDocument text, collected only to check that none of them is lost."""

from __future__ import annotations

from reader.importers.common.elements import Element, attribute, tag_of
from reader.importers.common.symbol_fonts import symbol_text
from reader.importers.odt.styles import Styles


def shown_in(body: Element, styles: Styles) -> str:
    """All words of the text, for the check that nothing of them is lost."""
    said: list[str] = []
    for paragraph in body.iter("{*}p", "{*}h", "{*}note-citation"):
        said.append(_decoded(paragraph.text, paragraph, styles))
        for inner in paragraph.iterdescendants():
            hidden = tag_of(inner) in ("p", "h", "binary-data", "note-citation", "title", "desc")
            if not hidden and isinstance(inner.tag, str) and not _in_math(inner):
                said.append(_decoded(inner.text, inner, styles))
            parent = inner.getparent()
            if inner.tail and parent is not None and tag_of(parent) not in ("note", "frame"):
                words = _decoded(inner.tail, parent, styles)
                said.append("" if _inside(inner, paragraph) else words)
    return "".join(said)


def _in_math(element: Element) -> bool:
    return any(tag_of(e) == "math" for e in (element, *element.iterancestors()))


def _inside(element: Element, paragraph: Element) -> bool:
    """Whether another paragraph stands between an element and that one."""
    for ancestor in element.iterancestors():
        if ancestor is paragraph:
            return False
        if tag_of(ancestor) in ("p", "h"):
            return True
    return True


def _decoded(text: str | None, element: Element, styles: Styles) -> str:
    """Text that stands in an element, in the font of the nearest style that names one."""
    if not text or not (styles.has_symbol_fonts or any("\ue000" <= c <= "\uf8ff" for c in text)):
        return text or ""
    for around in (element, *element.iterancestors()):
        tag = tag_of(around)
        font = styles.font(attribute(around, "style-name")) if tag in ("span", "p") else ""
        if font or tag in ("p", "h"):
            return symbol_text(text, font)
    return text
