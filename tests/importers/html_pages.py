"""Small web pages for tests, and what was made of them."""

from __future__ import annotations

from reader.importers.common.images import Assets
from reader.importers.html.read import read_page
from reader.model.document import Document
from reader.model.plain_text import plain_text

WORDS = (
    "Words of an article, which are many, so that it is taken for the main content of the page. "
)


def page(body: str, head: str = "") -> Document:
    text = f"<!DOCTYPE html><html lang='en-GB'><head>{head}</head><body>{body}</body></html>"
    return read_page(text, Assets(), id="0" * 64, source="a.html", importer="html/2")


def article(inner: str, head: str = "") -> Document:
    return page(f"<article><p>{WORDS * 4}</p>{inner}<p>{WORDS * 4}</p></article>", head)


def lines(made: Document) -> list[str]:
    """The words of each block of an article but the filling, as they leave the page."""
    return [
        words
        for block in made.blocks
        if (words := plain_text(made, block.span)) and not words.startswith("Words of an article")
    ]


def left(made: Document) -> list[tuple[str, str]]:
    return [(one.reason, one.words) for one in made.left_out]


def cells(made: Document, number: int = 0) -> list[tuple[int, int, str]]:
    return [(c.row, c.column, c.span.cut(made.text)) for c in made.tables[number].cells]
