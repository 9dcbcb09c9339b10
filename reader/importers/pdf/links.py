"""Links of a PDF's pages, as marks on the words that they lie on."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import pypdfium2.raw as pdfium

from reader.importers.pdf.file import Sheet, place_of
from reader.model.document import Document, Mark
from reader.model.pdf.page_map import Page, PageBox, PageMap
from reader.model.span import Span

_MOST_ON_A_PAGE = 2_000
_LONGEST_ADDRESS = 2_000
_PAGES_AT_HAND = 64
_SCHEMES = ("http://", "https://", "mailto:")


@dataclass(frozen=True, slots=True)
class Link:
    """A box on a page that leads to an address, or to a height on a page of the file.

    `to_page` counts from 1; `to_y` is in the file's own coordinates, None for the page's top.
    """

    box: PageBox
    address: str = ""
    to_page: int = 0
    to_y: float | None = None


def links_of(document: Any, page: Any, sheet: Sheet) -> list[Link]:
    """The links of a loaded page that lead to addresses of the web or into the file."""
    found: list[Link] = []
    place = ctypes.c_int(0)
    link = pdfium.FPDF_LINK()
    for _ in range(_MOST_ON_A_PAGE):
        if not pdfium.FPDFLink_Enumerate(page, place, link):
            break
        area = pdfium.FS_RECTF()
        if pdfium.FPDFLink_GetAnnotRect(link, area):
            corners = (sheet.shown(area.left, area.top), sheet.shown(area.right, area.bottom))
            across, down = zip(*corners, strict=True)
            box = PageBox(sheet.number, min(across), min(down), max(across), max(down))
            found += _led(document, link, box)
    return found


def _led(document: Any, link: Any, box: PageBox) -> list[Link]:
    target = pdfium.FPDFLink_GetDest(document, link)
    action = None if target else pdfium.FPDFLink_GetAction(link)
    if action:
        address = _address(document, action)
        if address.lower().startswith(_SCHEMES):
            return [Link(box, address)]
        target = pdfium.FPDFAction_GetDest(document, action)
    if not target:
        return []
    place = place_of(document, target)
    return [] if place is None else [Link(box, "", *place)]


def _address(document: Any, action: Any) -> str:
    size = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
    if not 1 < size <= _LONGEST_ADDRESS:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFAction_GetURIPath(document, action, buffer, size)
    address = buffer.value.decode("utf-8", "replace").strip()
    return address if address.isprintable() and " " not in address else ""


def with_links(
    document: Document, page_map: PageMap, sheets: Sequence[Sheet], links: Sequence[Link]
) -> Document:
    """The document with a mark for each link that lies on words and on no other mark's."""
    # Many links lead to the same pages, and their boxes are made anew when asked for.
    words_on = lru_cache(_PAGES_AT_HAND)(page_map.words_on)
    taken = bytearray(len(document.text))
    for mark in document.marks:
        if mark.kind == "reference_mark":
            taken[mark.span.start : mark.span.end] = b"\x01" * len(mark.span)
    marks: list[Mark] = []
    for link in links:
        inside = [span for span, box in words_on(link.box.page) if _lies_in(box, link.box)]
        if not inside:
            continue
        span = Span(inside[0].start, inside[-1].end)
        target = link.address
        if not target:
            page = page_map.pages[link.to_page - 1]
            target = _offset(link, page, sheets[link.to_page - 1], words_on(link.to_page))
        # A box round lines of two columns is on what lies between them, too.
        whole = sum(map(len, inside)) >= 0.6 * len(span)
        if target and whole and not any(taken[span.start : span.end]):
            taken[span.start : span.end] = b"\x01" * len(span)
            marks.append(Mark("link", span, target))
    if not marks:
        return document
    ordered = sorted([*document.marks, *marks], key=lambda m: (m.span.start, -m.span.end))
    return replace(document, marks=tuple(ordered))


def _lies_in(word: PageBox, area: PageBox) -> bool:
    middle = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return area.left <= middle[0] <= area.right and area.top <= middle[1] <= area.bottom


def _offset(link: Link, page: Page, sheet: Sheet, words: Sequence[tuple[Span, PageBox]]) -> str:
    """Where in the text a link into the file leads, as a mark's target."""
    top = sheet.shown(0, link.to_y)[1] if link.to_y is not None else 0.0
    below = [span.start for span, box in words if box.bottom >= top - 1.0]
    offset = min(below, default=page.span.start)
    return f"#{offset}"
