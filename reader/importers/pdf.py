"""PDF: its words in reading order, and where each stands on its page."""

from __future__ import annotations

import hashlib
from itertools import groupby
from pathlib import Path

from reader.importers.pdf_file import (
    Sheet,
    facts,
    loaded,
    opened,
    sheet_of,
    told_authors,
    told_title,
)
from reader.importers.pdf_order import Line, lines_of
from reader.importers.pdf_text import Hyphens, PageWriter, joined
from reader.importers.pdf_words import words_of
from reader.importers.reading import Reading, read_bytes
from reader.model.pages import ASSET

IMPORTER = "pdf/1"


def read(path: Path, password: str | None = None) -> Reading:
    """The document of a PDF file, with the map of its pages as the asset `pages.ASSET`.

    Raises:
        Problem: when it is damaged, has no pages, or is protected by another password.
    """
    untrusted_bytes = read_bytes(path)
    sheets: list[Sheet] = []
    pages: list[list[Line]] = []
    with opened(untrusted_bytes, path.name, password) as file:
        said = facts(file)
        for number in range(1, len(file) + 1):
            with loaded(file, number) as page:
                sheet = sheet_of(file, page, number)
                sheets.append(sheet)
                pages.append(lines_of(words_of(page, sheet), number))
    hyphens = Hyphens(line for lines in pages for line in lines)
    writer = PageWriter()
    for sheet, lines in zip(sheets, pages, strict=True):
        if len(sheets) > 1 or not lines:
            writer.added_heading(f"Page {sheet.label}", sheet.number)
        for _, paragraph in groupby(lines, key=lambda line: line.block):
            writer.block("paragraph", joined(list(paragraph), hyphens))
    document, page_map = writer.build(
        sheets,
        id=hashlib.sha256(untrusted_bytes).hexdigest(),
        source=path.name,
        importer=IMPORTER,
        title=told_title(said, path.name) or path.stem or "Untitled",
        authors=told_authors(said),
        warnings=_warnings(sum(not lines for lines in pages), len(pages)),
    )
    return Reading(document, {ASSET: page_map.encode()})


def _warnings(bare: int, pages: int) -> tuple[str, ...]:
    if not bare:
        return ()
    if bare == pages:
        return (
            "This PDF has no text: its pages are pictures. They are shown, but nothing in them can "
            "be found or marked.",
        )
    which = "1 page has" if bare == 1 else f"{bare:,} pages have"
    return (f"{which} no text: they are shown, but nothing in them can be found or marked.",)
