"""The pages of a book before they are read: one branch of each choice, notes within reach."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from reader.importers.builder.document_builder import DocumentBuilder
from reader.importers.common.elements import (
    Element,
    attribute,
    drop,
    roles_of,
    tag_of,
    text_of,
    visible_texts,
)
from reader.importers.common.encoding import decode
from reader.model.left_out import Reason

MOST_SHEETS = 50
_NOTES = frozenset(
    "footnote footnotes endnote endnotes rearnote rearnotes note doc-footnote doc-endnote "
    "doc-endnotes".split()
)
_LISTS = frozenset(("page-list", "landmarks", "doc-pagelist"))
_SIGNS = ("mi", "mo", "mtext", "ms", "annotation")
_IMPORT = re.compile(r"@import\s+(?:url\(\s*)?[\"']?([^\"')\s;]+)", re.IGNORECASE)
_SWITCH = re.compile(r"(?:\w+:)?switch")
_CASE = re.compile(r"(?:\w+:)?case")


def prepare(writer: DocumentBuilder, body: Element) -> None:
    """Put a page in order: of each switch one branch, notes shown that their marks lead to.

    Lists of pages and landmarks, which readers of books show elsewhere, are left out.
    """
    for switch in [e for e in body.iter() if _SWITCH.fullmatch(tag_of(e))]:
        _choose(switch)
    for note in body.iter():
        if tag_of(note) and _NOTES & roles_of(note):
            for one in [note, *(a for a in note.iterancestors() if _NOTES & roles_of(a))]:
                _show(one)
    for part in [e for e in body.iter() if tag_of(e) == "nav" and _LISTS & roles_of(e)]:
        reason: Reason = "menu" if "landmarks" in roles_of(part) else "page number"
        writer.leave_out(reason, " ".join(text_of(part).split()))
        drop(part)


def _choose(switch: Element) -> None:
    """Keep of a switch the formula, if it has one that can be read, else what it says for all."""
    branches = [e for e in switch if tag_of(e)]
    cases = [e for e in branches if _CASE.fullmatch(tag_of(e)) and _holds_math(e)]
    others = [e for e in branches if not _CASE.fullmatch(tag_of(e))]
    for branch in branches:
        if branch not in (cases or others or branches)[:1]:
            drop(branch)
        else:
            branch.tag = "span"
    switch.tag = "span"


def _holds_math(branch: Element) -> bool:
    return any(tag_of(e).rpartition(":")[2] == "math" for e in branch.iter())


def _show(note: Element) -> None:
    """Show a note that the page hides because readers of books open it beside its mark."""
    for name in ("hidden", "style", "class", "aria-hidden"):
        if name in note.attrib:
            del note.attrib[name]


def shown_in(body: Element) -> Iterator[str]:
    """What a page shows, in runs; of formulas their numbers, whose signs are read as words."""
    for element, place, text in visible_texts(body):
        if place == "tail" or tag_of(element) not in _SIGNS:
            yield text


def sheets_of(root: Element, place: str, read: Callable[[str], bytes | None]) -> Iterator[str]:
    """The style sheets that a page links to or holds, in their order, with those they import.

    `read` gives a part of the book by its name, or None.
    """
    count = 0
    for element in root.iter():
        tag = tag_of(element)
        if tag == "style":
            yield "".join(map(str, element.itertext()))
        elif tag == "link" and "stylesheet" in attribute(element, "rel").lower().split():
            for sheet in _linked(join(dirname(place), _path(attribute(element, "href"))), read, 0):
                count += 1
                if count > MOST_SHEETS:
                    return
                yield sheet


def _linked(name: str, read: Callable[[str], bytes | None], depth: int) -> Iterator[str]:
    content = read(normpath(name))
    if content is None:
        return
    sheet = decode(content).text
    if depth < 4:
        for match in _IMPORT.finditer(sheet):
            yield from _linked(join(dirname(name), _path(match[1])), read, depth + 1)
    yield sheet


def _path(address: str) -> str:
    return unquote(address.split("#")[0].split("?")[0])
