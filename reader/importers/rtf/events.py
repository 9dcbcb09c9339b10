"""What Rich Text says, one thing after another, and the groups of braces that say it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from reader.importers.common.elements import Element
from reader.importers.rtf.looks import Look, RowPlaces
from reader.importers.rtf.math import MathGroup
from reader.importers.word.fields import Field
from reader.model.left_out import Reason

Kind = Literal[
    "text",
    "paragraph",
    "cell",
    "nested_cell",
    "row",
    "nested_row",
    "note",
    "note_end",
    "number",
    "box",
    "box_end",
    "label",
    "picture",
    "formula",
    "field",
    "anchor",
    "left_out",
]


@dataclass(frozen=True, slots=True)
class Event:
    """Something in reading order.

    `content` are the bytes of a picture and `text` what is said of it; `row` says where the cells
    of a row are; `field` is one without a result; `math` is a formula.
    """

    kind: Kind
    look: Look
    text: str = ""
    content: bytes = b""
    row: RowPlaces | None = None
    field: Field | None = None
    math: Element | None = None
    reason: Reason = "hidden text"


@dataclass(slots=True)
class Group:
    """A group of braces: what it is there for, and what was said in it."""

    look: Look
    into: str = ""
    name: str = ""
    said: list[str] = field(default_factory=list)
    is_own: bool = False
    field: Field | None = None
    math: MathGroup | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: its name in lower case, and the level of the heading that it makes."""

    name: str
    level: int
