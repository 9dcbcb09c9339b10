"""What a query asks for, as a tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

How = Literal["word", "exact", "prefix", "typed", "wild", "fuzzy"]
Region = Literal["title", "references", "text"]
LAST_YEAR = 9999
REGIONS: tuple[Region, ...] = ("title", "references", "text")


@dataclass(frozen=True, slots=True)
class Term:
    """One word to look up: in all its forms, exactly, by its beginning, …

    A "typed" word may be unfinished: it is found in all its forms and as a beginning. In a "wild"
    one "*" stands for any letters and "?" for one. `edits` are those a "fuzzy" one may need. `also`
    are other spellings of the same word.
    """

    how: How
    text: str
    edits: int = 0
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """Parts that follow each other without a word between."""

    parts: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Several spellings of one thing; it counts as one word."""

    parts: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Parts in any order, with at most `distance` other words between them in all."""

    parts: tuple[Spot, ...]
    distance: int


@dataclass(frozen=True, slots=True)
class And:
    """Passages that match all parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Passages that match any part."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Passages that do not match."""

    part: Node


@dataclass(frozen=True, slots=True)
class Field:
    """Passages under a title or headings, or by authors, that match."""

    name: Literal["title", "author"]
    part: Spot


@dataclass(frozen=True, slots=True)
class Years:
    """Passages of documents published in these years, both included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Filed:
    """Passages of documents that the library files under a name."""

    field: str
    name: str


@dataclass(frozen=True, slots=True)
class Marked:
    """Notes in a colour or with a tag, whatever its case; no passage of a text."""

    field: Literal["colour", "tag"]
    name: str


Spot = Term | Phrase | Either | Near
Node = Spot | And | Or | Not | Field | Years | Filed | Marked
SPOTS = (Term, Phrase, Either, Near)


def all_of(nodes: list[Node]) -> Node:
    """One node for all of these, of which there is at least one."""
    return nodes[0] if len(nodes) == 1 else And(tuple(nodes))


def sought(node: Node) -> Iterator[Spot]:
    """What is looked for in the text, from left to right, without what must not be there."""
    if isinstance(node, SPOTS):
        yield node
    elif isinstance(node, And | Or):
        for part in node.parts:
            yield from sought(part)


def leaves(nodes: Sequence[Node]) -> Iterator[Node]:
    """All that is asked for, wherever in the nodes, with what is left out."""
    for node in nodes:
        if isinstance(node, And | Or):
            yield from leaves(node.parts)
        elif isinstance(node, Not):
            yield from leaves([node.part])
        else:
            yield node


def stands_alone(node: Node) -> bool:
    """Whether a passage may match without a place to show: by one side of an OR, such as a year."""
    if isinstance(node, And):
        return any(map(stands_alone, node.parts))
    if isinstance(node, Or):
        return any(
            stands_alone(part) or not (any(sought(part)) or any(title_fields(part)))
            for part in node.parts
        )
    return False


def title_fields(node: Node) -> Iterator[Spot]:
    """What is looked for in titles, without what must not be there."""
    if isinstance(node, Field) and node.name == "title":
        yield node.part
    elif isinstance(node, And | Or):
        for part in node.parts:
            yield from title_fields(part)


def terms(spot: Spot) -> Iterator[Term]:
    """The words of a spot."""
    if isinstance(spot, Term):
        yield spot
    else:
        for part in spot.parts:
            yield from terms(part)
