"""What is made of a Word file's parts before it is converted: heading styles and formulas.

Source: ECMA-376, part 1, 17.7 (styles), 17.3.1.20 (outline levels) and 22.1 (formulas).
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from lxml import etree

from reader.importers.archive import Archive
from reader.importers.html_tree import Element
from reader.importers.xml import parse_xml
from reader.problem import Problem

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_DOCUMENT = "word/document.xml"
_LEVELS = 6
_MOST_PARENTS = 20
# Styles of ours, for paragraphs that say by themselves that they are headings.
_OWN_LEVELS = {str(level): f"OffprintHeading{level + 1}" for level in range(_LEVELS)}
OWN_STYLES = "".join(
    f"p.{style} => h{int(level) + 1}:fresh\n" for level, style in _OWN_LEVELS.items()
)
"""Lines of a style map for the styles that `prepared` gives."""


def heading_styles(archive: Archive, name: str) -> str:
    """Lines of a style map for styles that are headings by outline level, inherited or their own.

    Styles that Word calls headings itself are known without.
    """
    if "word/styles.xml" not in archive:
        return ""
    try:
        root = parse_xml(archive.read("word/styles.xml"), name)
    except Problem:
        return ""
    styles = {
        style.get(f"{_W}styleId", ""): style
        for style in root.iter(f"{_W}style")
        if style.get(f"{_W}type") == "paragraph"
    }
    lines = []
    for style_id in styles:
        level = _level(styles, style_id)
        if level is not None and level < _LEVELS and _PLAIN.fullmatch(style_id):
            lines.append(f"p.{style_id} => h{level + 1}:fresh\n")
    return "".join(lines)


def _level(styles: dict[str, Element], style_id: str) -> int | None:
    """The outline level of a style, from 0, or of the style that it is based on."""
    for _ in range(_MOST_PARENTS):
        style = styles.get(style_id)
        if style is None:
            return None
        own = style.find(f"{_W}pPr/{_W}outlineLvl")
        digits = own.get(f"{_W}val", "") if own is not None else ""
        if digits.isdigit():
            return int(digits)
        parent = style.find(f"{_W}basedOn")
        style_id = parent.get(f"{_W}val", "") if parent is not None else ""
    return None


def prepared(untrusted_bytes: bytes, archive: Archive, name: str) -> bytes:
    """The file with what would be left out otherwise.

    Formulas become plain runs, and paragraphs that are headings by an outline level of their own
    get a style that says so.
    """
    if _DOCUMENT not in archive:
        return untrusted_bytes
    document = archive.read(_DOCUMENT)
    if b"oMath" not in document and b"outlineLvl" not in document:
        return untrusted_bytes
    root = parse_xml(document, name)
    _style_headings(root)
    for formula in list(root.iter(f"{_M}oMath")):
        text = "".join(part.text or "" for part in formula.iter(f"{_M}t"))
        parent = formula.getparent()
        if parent is None:
            continue
        run = etree.Element(f"{_W}r")
        etree.SubElement(run, f"{_W}t").text = text
        run.tail = formula.tail
        parent.replace(formula, run)
    for paragraph in list(root.iter(f"{_M}oMathPara")):
        _put_inside(paragraph)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for member in archive.names:
            changed = member == _DOCUMENT
            made.writestr(member, etree.tostring(root) if changed else archive.read(member))
    return out.getvalue()


def _put_inside(element: Element) -> None:
    """The children of an element in its place."""
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    for child in list(element):
        if child.tag == f"{_W}r":
            parent.insert(place, child)
            place += 1
    parent.remove(element)


def _style_headings(root: Element) -> None:
    for level in list(root.iter(f"{_W}outlineLvl")):
        properties = level.getparent()
        number = level.get(f"{_W}val", "")
        if properties is None or properties.tag != f"{_W}pPr" or number not in _OWN_LEVELS:
            continue
        style = properties.find(f"{_W}pStyle")
        if style is None:
            style = etree.Element(f"{_W}pStyle")
            properties.insert(0, style)
        style.set(f"{_W}val", _OWN_LEVELS[number])
