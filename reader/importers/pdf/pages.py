"""A page of a PDF as it is read: its words, links and rules, and what of it is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from reader.importers.pdf.bullets import shapes_of, with_bullets
from reader.importers.pdf.file import Sheet, loaded, sheet_of, unread_sheet
from reader.importers.pdf.forms import set_in, with_fields
from reader.importers.pdf.links import Link, links_of
from reader.importers.pdf.margins import line_numbers
from reader.importers.pdf.objects import Rule, rules_of
from reader.importers.pdf.running_heads import Found, watermarks
from reader.importers.pdf.scan import Traits
from reader.importers.pdf.strikes import strike, strikes_in
from reader.importers.pdf.word import PageText
from reader.importers.pdf.words import words_of
from reader.model.left_out import Reason

LeftOut = tuple[int, Reason, str]
"""Page, counted from 1, reason and words."""


@dataclass(slots=True)
class Printed:
    """A page as it was read; `is_read` is false for one whose text was not looked for."""

    sheet: Sheet
    text: PageText = field(default_factory=PageText)
    links: list[Link] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    is_read: bool = True


def read_pages(file: Any, traits: Traits, most_characters: int) -> list[Printed]:
    """The pages of an opened file, the text of no more than about so many characters read."""
    pages: list[Printed] = []
    characters = 0
    for number in range(1, len(file) + 1):
        if characters > most_characters:
            pages.append(Printed(unread_sheet(file, number), is_read=False))
            continue
        pages.append(_page(file, number, traits))
        characters += len(pages[-1].text.shown)
    return pages


def _page(file: Any, number: int, traits: Traits) -> Printed:
    with loaded(file, number) as page:
        printed = Printed(sheet_of(file, page, number))
        if page is None:
            return printed
        printed.links = links_of(file, page, printed.sheet)
        struck = strikes_in(page, printed.sheet)
        was_set, fields = set_in(file, page, printed.sheet)
        if not was_set:
            _read(page, printed, traits)
    if was_set:
        with loaded(file, number) as page:
            if page is not None:
                _read(page, printed, traits)
    with_fields(printed.text, fields)
    strike(printed.text.words, struck)
    return printed


def _read(page: Any, printed: Printed, traits: Traits) -> None:
    printed.rules = rules_of(page, printed.sheet)
    printed.text = words_of(page, printed.sheet, traits)
    with_bullets(printed.text, shapes_of(page, printed.sheet))


def without_marks(pages: Sequence[Printed]) -> None:
    """Take watermarks and the numbers of lines out of the words of pages, and list them."""
    marked = watermarks([page.text.words for page in pages])
    for page in pages:
        words = page.text.words
        numbers = {id(word) for word in line_numbers(words)}
        if not numbers and not any(id(word) in marked for word in words):
            continue
        kept = []
        for word in words:
            if id(word) in marked:
                page.text.left_out.append(("watermark", word.text))
            elif id(word) in numbers:
                page.text.left_out.append(("line number", word.text))
            else:
                kept.append(word)
        page.text.words = kept


def left_out_of(pages: Sequence[Printed], furniture: Sequence[Found]) -> list[LeftOut]:
    """What is left out of the pages: an entry a reason and page, or a head that pages repeat."""
    found: dict[tuple[Reason, str], tuple[int, list[str]]] = {}
    for page, heads in zip(pages, furniture, strict=True):
        number = page.sheet.number
        entries = [(why, text, f"{number}") for why, text in page.text.left_out]
        entries += [(why, line.text, _alike(why, line.text)) for why, line in heads]
        for why, text, kind in entries:
            key = (why, "" if why == "watermark" else kind)
            found.setdefault(key, (number, []))[1].append(text)
    return [(page, why, " ".join(words)) for (why, _), (page, words) in found.items()]


def _alike(why: Reason, text: str) -> str:
    """The same for heads that differ by their numbers alone, and for all numbers of pages."""
    letters = "".join(c for c in text.casefold() if c.isalpha())
    return "" if why == "page number" else f"head {letters}"
