"""What stands in a file of a word processor, in reading order, before it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from reader.importers.common.elements import Element
from reader.importers.formula.mathml import runs_of
from reader.model.document import BlockKind, MarkKind, SectionKind
from reader.model.left_out import Reason

BULLET = "•"
Marks = tuple[tuple[MarkKind, str], ...]
"""Marks on a run of characters, outermost first, each with its target."""


@dataclass(frozen=True, slots=True)
class Number:
    """What stands before a paragraph, and how deep it is in its list, from 0."""

    label: str
    depth: int
    is_bullet: bool


@dataclass(slots=True)
class Picture:
    """A picture, or what stands where one cannot be shown; `content` is empty then.

    `left_out` is the reason for what is not shown, and `words` what it says.
    """

    content: bytes
    alternative: str
    is_small: bool = False
    left_out: Reason | None = None
    words: str = ""


@dataclass(slots=True)
class Event:
    """Something within a paragraph.

    `lift` is how far characters are moved up, in half points; `size` how large they are, in half
    points. `mathml` is a formula, `boxes` the content of
    text boxes and `box_parts` what was read of it, `reason` why words are left
    out, `target` the name of a place.
    """

    kind: Literal["text", "break", "note", "picture", "formula", "anchor", "left_out", "boxes"]
    text: str = ""
    marks: Marks = ()
    lift: int = 0
    size: int = 0
    is_bold: bool = False
    mathml: Element | None = None
    picture: Picture | None = None
    boxes: Sequence[Element] = ()
    box_parts: Sequence[Part] = ()
    reason: Reason = "hidden text"
    target: str = ""

    @property
    def shown(self) -> str:
        """The characters that it adds to the text."""
        if self.kind == "formula" and self.mathml is not None:
            return "".join(text for text, _ in runs_of(self.mathml))
        return {"text": self.text, "break": "\n", "note": f"[{self.text}]"}.get(self.kind, "")


@dataclass(slots=True)
class Paragraph:
    """A paragraph and what it is; `skip` characters at its start are in its label or number."""

    events: list[Event]
    style: str = ""
    level: int = 0
    number: Number | None = None
    kind: BlockKind = "paragraph"
    label: str = ""
    skip: int = 0
    section: SectionKind = "body"
    in_contents: bool = False

    @property
    def text(self) -> str:
        """Its characters as they stand in the file."""
        return "".join(event.shown for event in self.events)

    @property
    def is_bold(self) -> bool:
        """Whether all of its words are bold, and there are some."""
        words = [e for e in self.events if e.kind == "text" and e.text.strip()]
        return bool(words) and all(e.is_bold for e in words)

    @property
    def size(self) -> int:
        """How large its first words are, in half points; 0 when nothing says so."""
        return next((e.size for e in self.events if e.kind == "text" and e.text.strip()), 0)


@dataclass(slots=True)
class TableCell:
    """A cell where it stands, with the paragraphs and tables in it."""

    row: int
    column: int
    parts: list[Part]
    row_span: int = 1
    column_span: int = 1
    is_header: bool = False


@dataclass(slots=True)
class Table:
    """A table; `caption` is the paragraph before it that is its title."""

    cells: list[TableCell] = field(default_factory=list)
    caption: Paragraph | None = None


@dataclass(frozen=True, slots=True)
class Omitted:
    """Words that are left out here."""

    reason: Reason
    words: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """A file inside the file, whose text stands here."""

    part: str


Part = Paragraph | Table | Omitted | Chunk


def paragraphs_in(parts: Sequence[Part]) -> list[Paragraph]:
    """The paragraphs that stand in no table."""
    return [part for part in parts if isinstance(part, Paragraph)]
