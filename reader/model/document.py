"""What a document is: one text, and spans of it that say what is where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from reader.model.left_out import LeftOut
from reader.model.outline import Outline
from reader.model.publication import PUBLISHED, UNPUBLISHED, Publication
from reader.model.span import Span

SectionKind = Literal[
    "abstract",
    "body",
    "box",
    "faq",
    "question",
    "references",
    "appendix",
    "glossary",
]
BlockKind = Literal[
    "title",
    "paragraph",
    "heading",
    "list_item",
    "table",
    "figure",
    "quote",
    "preformatted",
    "formula",
    "reference",
    "note",
    "answer",
]
MarkKind = Literal[
    "strong",
    "emphasis",
    "sub",
    "sup",
    "small_caps",
    "strike",
    "insert",
    "code",
    "link",
    "reference_mark",
    "abbreviation",
]


CHARACTERS_A_MINUTE = 1150


def reading_minutes(characters: int) -> int:
    """How long a careful reader takes for so much text, in minutes, at least 1."""
    return max(1, round(characters / CHARACTERS_A_MINUTE))


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of the text.

    `span` runs from the start of its heading to the end of its last descendant. `level` is 1 at
    the top. `number` is the printed one ("2", "3.1") and is part of neither `title` nor the text.
    """

    id: str
    parent: str | None
    level: int
    number: str | None
    title: str
    kind: SectionKind
    span: Span


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or another leaf of the page; blocks are in order and never overlap.

    `depth` is the nesting of a list item or a quote, 0 outermost. `label` is what is printed
    before a list item or a reference ("•", "2.", "(a)") and is no part of the text. `ref` is the
    id of the section a heading belongs to, or of the table or figure that the block is, or the
    label of the reference.
    """

    kind: BlockKind
    span: Span
    depth: int = 0
    label: str = ""
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something about a run of characters.

    `target`: of a link, an address, or "#" and the offset in the text that it leads to; of a
    reference mark, the labels of the references meant, separated by spaces, or "#" and the offset
    of the note meant; of an abbreviation, its long form. `strike` is on words that the file shows
    struck through, `insert` on those it shows as put in.
    """

    kind: MarkKind
    span: Span
    target: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; rows and columns count from 0."""

    row: int
    column: int
    span: Span
    header: bool = False
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Cells in reading order; `caption` is a span that comes before the cells in the text."""

    id: str
    cells: tuple[Cell, ...]
    caption: Span | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture by its file name in the document's folder ("" when there is none to show).

    `caption` is a span of the text. `alternative` says what the picture shows and is no text.
    """

    id: str
    asset: str
    caption: Span | None = None
    alternative: str = ""
    label: str = ""
    width_px: int = 0
    height_px: int = 0


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry of the reference list."""

    label: str
    span: Span
    doi: str = ""
    pmid: str = ""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula whose linear reading is `span`; `mathml` is kept so that it can be set later."""

    span: Span
    mathml: str


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form with its long form, and where the text says so."""

    short: str
    long: str
    span: Span
    origin: str = "text"


WHOLE = "+whole"
"""How `Document.importer` ends when all of a page was read that is else cut to its main text."""


@dataclass(frozen=True, slots=True)
class Document:
    """One text and everything that is known about places in it.

    `id` is the SHA-256 of the original file in hexadecimal. `source` is the name of the imported
    file. `inner_blocks` are the blocks of table cells that hold more than a line of words:
    paragraphs, list items with their labels, figures, and tables, whose own cells lie inside that
    of the outer table. `left_out` is what the file shows and the text does not hold. `outline` is
    made of the sections, to look places up.
    """

    id: str
    title: str
    text: str
    source: str = ""
    kind: str = "article"
    importer: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    publication: Publication = UNPUBLISHED
    sections: tuple[Section, ...] = ()
    blocks: tuple[Block, ...] = ()
    inner_blocks: tuple[Block, ...] = ()
    marks: tuple[Mark, ...] = ()
    tables: tuple[Table, ...] = ()
    figures: tuple[Figure, ...] = ()
    references: tuple[Reference, ...] = ()
    abbreviations: tuple[Abbreviation, ...] = ()
    formulas: tuple[Formula, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[str, ...] = ()
    kept_characters: int = 0
    total_characters: int = 0
    outline: Outline = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "outline", Outline(self.sections, len(self.text)))

    @property
    def is_web_page(self) -> bool:
        """Whether it was a web page, of which the main text is kept or the whole."""
        return self.importer.startswith(("html/", "mhtml/", "webarchive/"))

    @property
    def is_cut(self) -> bool:
        """Whether it is the main text of a web page, the rest left out."""
        return self.is_web_page and not self.importer.endswith(WHOLE)


def detail(document: Document, name: str) -> Any:
    """A field of a document or of its publication, by its name."""
    return getattr(document.publication if name in PUBLISHED else document, name)


def with_details(document: Document, values: Mapping[str, Any]) -> Document:
    """The document with other values of these fields, its own or its publication's, by name."""
    published = {name: value for name, value in values.items() if name in PUBLISHED}
    own = {name: value for name, value in values.items() if name not in PUBLISHED}
    if published:
        own["publication"] = replace(document.publication, **published)
    return replace(document, **own)
