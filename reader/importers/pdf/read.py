"""PDF: its words in reading order, and where each stands on its page."""

from __future__ import annotations

import gc
import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from reader.importers.builder.accounting import accounted
from reader.importers.common.symbol_fonts import UNKNOWN
from reader.importers.pdf.compose import Contents, compose
from reader.importers.pdf.file import (
    Bookmark,
    bookmarks,
    facts,
    opened,
    told_authors,
    told_title,
)
from reader.importers.pdf.forms import fill_forms
from reader.importers.pdf.formulas import PIECES
from reader.importers.pdf.front_matter import (
    better_told,
    find_authors,
    find_published,
    find_title,
    front_lines,
    is_part,
    own_doi,
)
from reader.importers.pdf.headings import by_bookmarks, by_type
from reader.importers.pdf.hyphens import Hyphens
from reader.importers.pdf.leading import main_size
from reader.importers.pdf.lines import Line
from reader.importers.pdf.links import with_links
from reader.importers.pdf.numbers import with_numbers
from reader.importers.pdf.pages import Printed, left_out_of, read_pages, without_marks
from reader.importers.pdf.paragraphs import paragraphs_of
from reader.importers.pdf.reading_order import lines_of
from reader.importers.pdf.running_heads import without_furniture
from reader.importers.pdf.scan import traits_of
from reader.importers.pdf.text import joined
from reader.importers.result import ImportResult, read_bytes
from reader.model.pdf.page_map import ASSET

IMPORTER = "pdf/3"
# About 2,000 pages: what is read within the time that a file is allowed.
MOST_CHARACTERS = 5_000_000
# What is taken out where a line ends, or written in another way.
_JOINS = "-‐\u00ad" + PIECES
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
def read(path: Path, password: str | None = None) -> ImportResult:
    """The document of a PDF file, with the map of its pages as the asset `pages.ASSET`.

    Raises:
        Locked: when it is protected by a password, and not by this one.
        Problem: when it is damaged, has no pages or too many.
    """
    untrusted_bytes = read_bytes(path)
    with opened(untrusted_bytes, path.name, password) as file:
        fill_forms(file)
        said = facts(file)
        marks = bookmarks(file)
        printed = read_pages(file, traits_of(untrusted_bytes), MOST_CHARACTERS)
    without_marks(printed)
    sheets = [page.sheet for page in printed]
    pages, furniture = without_furniture(
        [lines_of(page.text.words, page.sheet.number, page.rules) for page in printed], sheets
    )
    body = main_size(line for lines in pages for line in lines)
    paragraphs = with_numbers(paragraphs_of(pages), body)
    told = told_title(said, path.name)
    title = find_title(paragraphs, told)
    if better_told(paragraphs, title, told):
        shown = told
        # Larger words that are no part of the title are the name of a journal, or a heading.
        title = title if title is not None and is_part(paragraphs[title].text, told) else None
    else:
        shown = paragraphs[title].text if title is not None else ""
    headings = by_bookmarks(marks, paragraphs, sheets, title) or by_type(paragraphs, title)
    front = front_lines(
        paragraphs, headings, [line for found in furniture[:3] for _, line in found]
    )
    hyphens = Hyphens(line for lines in pages for line in lines)
    left_out = left_out_of(printed, furniture)
    writer = compose(Contents(paragraphs, title, headings, left_out), sheets, hyphens)
    if title is not None and shown != told:
        shown = joined(paragraphs[title].lines, hyphens).text
    document, page_map = writer.build(
        sheets,
        id=hashlib.sha256(untrusted_bytes).hexdigest(),
        source=path.name,
        importer=IMPORTER,
        kind=_kind(marks, pages),
        title=shown or path.stem or "Untitled",
        authors=told_authors(said) or find_authors(paragraphs, title, headings),
        doi=own_doi(front, sheets[0].height_pt),
        published=find_published(front),
        warnings=_warnings(printed),
        total_characters=sum(len(page.text.shown) for page in printed),
    )
    document = with_links(document, page_map, sheets, [link for p in printed for link in p.links])
    shown_text = writer.without_dropped(page.text.shown for page in printed)
    document = accounted(document, shown_text, joins=_JOINS)
    return ImportResult(document, {ASSET: page_map.encode()})


def _kind(marks: Sequence[Bookmark], pages: Sequence[Sequence[Line]]) -> str:
    if len(pages) < _SHORTEST_BOOK:
        return "article"
    said = [mark.title for mark in marks] + [line.text for lines in pages[:8] for line in lines]
    return "book" if any(_BOOK.search(text) for text in said) else "article"


def _warnings(printed: Sequence[Printed]) -> tuple[str, ...]:
    """What is to be said of the pages whose text was looked for, and of the others."""
    read = [page for page in printed if page.is_read]
    bare = sum(not page.text.words for page in read)
    if bare == len(printed):
        return (
            "This PDF has no text: its pages are pictures. Nothing in them can be found; "
            "drag a rectangle to mark an area of a page.",
        )
    found = []
    if bare:
        which = "1 page has" if bare == 1 else f"{bare:,} pages have"
        found.append(f"{which} no text: nothing there can be found, only areas can be marked.")
    if len(read) < len(printed):
        found.append(
            f"This PDF is very long: only the text of its first {len(read):,} pages is read."
        )
    unknown = sum(page.text.shown.count(UNKNOWN) for page in read)
    if unknown:
        which = "1 sign" if unknown == 1 else f"{unknown:,} signs"
        found.append(
            f"This PDF does not say which letter {which} of it stand{'s' * (unknown == 1)} for: "
            f"look at the page where you see “{UNKNOWN}”."
        )
    return tuple(found)
