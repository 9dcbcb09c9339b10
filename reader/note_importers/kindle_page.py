"""The web page that Kindle's apps export: a heading, then the words, a note after its highlight."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree, html

from reader.model.imported_note import FoundNote, FoundNotes, FoundSource
from reader.note_importers.fields import colour_of, each, text_of
from reader.note_importers.kindle import Clipping

_COLOUR = re.compile(r"highlight_(\w+)")


class _Found(NamedTuple):
    title: str
    author: str
    heading: str
    colour: str
    exact: str
    notes: tuple[str, ...]


def holds(untrusted_text: str) -> bool:
    """Whether a page is of that kind."""
    return "noteHeading" in untrusted_text and "bookTitle" in untrusted_text


def read(untrusted_text: str) -> FoundNotes:
    """The notes of a page."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=False)
    try:
        page = html.document_fromstring(untrusted_text.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return FoundNotes("Kindle")
    return each("Kindle", _records(page), _note)


def _records(page: Any) -> Iterator[_Found]:
    told = {"bookTitle": "", "authors": ""}
    last: _Found | None = None
    heading = colour = ""
    for part in page.iter():
        name = part.get("class") if isinstance(part.tag, str) else None
        if name in told:
            told[name] = _text(part)
        elif name == "noteHeading":
            heading = _text(part)
            marks = [found[1] for found in map(_COLOUR.search, part.xpath(".//@class")) if found]
            colour = marks[0] if marks else ""
        elif name == "noteText":
            # What kind it is, is said before the dash.
            kind = Clipping("", "", re.split(r"\s[-–]\s|\(", heading)[0], "")
            if kind.is_bookmark:
                continue
            if kind.is_note and not colour:
                if last is None:
                    last = _Found(told["bookTitle"], told["authors"], heading, "", "", ())
                last = last._replace(notes=(*last.notes, _text(part)))
                continue
            if last is not None:
                yield last
            last = _Found(told["bookTitle"], told["authors"], heading, colour, _text(part), ())
    if last is not None:
        yield last


def _text(part: Any) -> str:
    return "\n".join(" ".join(line.split()) for line in part.text_content().strip().split("\n"))


def _note(found: _Found) -> FoundNote:
    note = "\n\n".join(found.notes)
    if not found.exact and not note:
        raise ValueError("nothing is highlighted")
    return FoundNote(
        "",
        FoundSource(title=found.title, author=found.author),
        text_of(found.exact),
        note=text_of(note),
        colour=colour_of(found.colour),
        motivation="commenting" if note else "highlighting",
        place=found.heading,
    )
