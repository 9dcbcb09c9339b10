"""PDF: its words in reading order, and where each stands on its page."""

from __future__ import annotations

import gc
import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from reader.importers.pdf_composing import Contents, compose
from reader.importers.pdf_file import (
    Bookmark,
    Sheet,
    bookmarks,
    facts,
    loaded,
    opened,
    set_in,
    sheet_of,
    told_authors,
    told_title,
    unread_sheet,
)
from reader.importers.pdf_front import (
    better_told,
    find_authors,
    find_published,
    find_title,
    front_lines,
    is_part,
    own_doi,
)
from reader.importers.pdf_furniture import without_furniture
from reader.importers.pdf_headings import by_bookmarks, by_type
from reader.importers.pdf_lines import Line
from reader.importers.pdf_links import Link, links_of, with_links
from reader.importers.pdf_order import lines_of
from reader.importers.pdf_paragraphs import paragraphs_of
from reader.importers.pdf_text import Hyphens, joined
from reader.importers.pdf_words import words_of
from reader.importers.reading import Reading, read_bytes
from reader.model.pages import ASSET

IMPORTER = "pdf/1"
# About 2,000 pages: what is read within the time that a file is allowed.
MOST_CHARACTERS = 5_000_000
_SHORTEST_BOOK = 60
_BOOK = re.compile(r"\bISBN\b|\bchapter\b", re.I)


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """No search for garbage in circles: there is none among words and lines, and it takes long."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_nothing_collected()
def read(path: Path, password: str | None = None) -> Reading:
    """The document of a PDF file, with the map of its pages as the asset `pages.ASSET`.

    Raises:
        Locked: when it is protected by a password, and not by this one.
        Problem: when it is damaged, has no pages or too many.
    """
    untrusted_bytes = read_bytes(path)
    sheets: list[Sheet] = []
    printed: list[list[Line]] = []
    links: list[Link] = []
    characters = read_pages = 0
    with opened(untrusted_bytes, path.name, password) as file:
        said = facts(file)
        marks = bookmarks(file)
        for number in range(1, len(file) + 1):
            if characters > MOST_CHARACTERS:
                sheets.append(unread_sheet(file, number))
                printed.append([])
                continue
            sheet, lines, found = _page(file, number)
            links += found
            sheets.append(sheet)
            printed.append(lines)
            characters += sum(len(word.text) for line in lines for word in line.words)
            read_pages = number
    pages, furniture = without_furniture(printed, sheets)
    paragraphs = paragraphs_of(pages)
    told = told_title(said, path.name)
    title = find_title(paragraphs, told)
    if better_told(paragraphs, title, told):
        shown = told
        # Larger words that are no part of the title are the name of a journal, or a heading.
        title = title if title is not None and is_part(paragraphs[title].text, told) else None
    else:
        shown = paragraphs[title].text if title is not None else ""
    headings = by_bookmarks(marks, paragraphs, sheets, title) or by_type(paragraphs, title)
    front = front_lines(paragraphs, headings, [line for lines in furniture[:3] for line in lines])
    hyphens = Hyphens(line for lines in pages for line in lines)
    writer = compose(Contents(paragraphs, title, headings), sheets, hyphens)
    if title is not None and shown != told:
        shown = joined(paragraphs[title].lines, hyphens).text
    document, page_map = writer.build(
        sheets,
        id=hashlib.sha256(untrusted_bytes).hexdigest(),
        source=path.name,
        importer=IMPORTER,
        kind=_kind(marks, pages),
        title=shown or path.stem or "Untitled",
        authors=told_authors(said) or find_authors(paragraphs, title),
        doi=own_doi(front, sheets[0].height_pt),
        published=find_published(front),
        warnings=_warnings(printed[:read_pages], len(printed)),
        total_characters=sum(len(line.text) + 1 for lines in printed for line in lines),
    )
    document = with_links(document, page_map, sheets, links)
    return Reading(document, {ASSET: page_map.encode()})


def _page(file: Any, number: int) -> tuple[Sheet, list[Line], list[Link]]:
    with loaded(file, number) as page:
        sheet = sheet_of(file, page, number)
        if page is None:
            return sheet, [], []
        links = links_of(file, page, sheet)
        if not set_in(page):
            return sheet, lines_of(words_of(page, sheet), number), links
    with loaded(file, number) as page:
        return sheet, lines_of(words_of(page, sheet), number) if page else [], links


def _kind(marks: Sequence[Bookmark], pages: Sequence[Sequence[Line]]) -> str:
    if len(pages) < _SHORTEST_BOOK:
        return "article"
    said = [mark.title for mark in marks] + [line.text for lines in pages[:8] for line in lines]
    return "book" if any(_BOOK.search(text) for text in said) else "article"


def _warnings(pages: Sequence[Sequence[Line]], count: int) -> tuple[str, ...]:
    """What is to be said of the pages whose text was looked for, and of the others."""
    bare = sum(not lines for lines in pages)
    if bare == count:
        return (
            "This PDF has no text: its pages are pictures. They are shown, but nothing in them can "
            "be found or marked.",
        )
    found = []
    if bare:
        which = "1 page has" if bare == 1 else f"{bare:,} pages have"
        found.append(f"{which} no text: nothing that is shown there can be found or marked.")
    if len(pages) < count:
        found.append(
            f"This PDF is very long: only the text of its first {len(pages):,} pages is read."
        )
    return tuple(found)
