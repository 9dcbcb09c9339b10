"""What a query asks for, as a tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

How = Literal["word", "exact", "prefix", "typed", "wild", "fuzzy"]
Region = Literal["title", "references", "text"]
REGIONS: tuple[Region, ...] = ("title", "references", "text")


@dataclass(frozen=True, slots=True)
class Term:
    """One word to look up: in all its forms, exactly, by its beginning, …

    A "typed" word may be unfinished: it is found in all its forms and as a beginning. In a "wild"
    one "*" stands for any letters and "?" for one. `edits` are those a "fuzzy" one may need.
    """

    how: How
    text: str
    edits: int = 0


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


Spot = Term | Phrase | Either | Near
Node = Spot | And | Or | Not | Field | Years | Filed
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


def filings(nodes: Sequence[Node]) -> Iterator[Filed]:
    """What the library is asked for, wherever in the nodes."""
    for node in nodes:
        if isinstance(node, Filed):
            yield node
        elif isinstance(node, And | Or):
            yield from filings(node.parts)
        elif isinstance(node, Not):
            yield from filings([node.part])


def terms(spot: Spot) -> Iterator[Term]:
    """The words of a spot."""
    if isinstance(spot, Term):
        yield spot
    else:
        for part in spot.parts:
            yield from terms(part)


def say(node: Node) -> str:
    """The node in words, as it could be typed."""
    match node:
        case Term(how, text, edits):
            signs = {"exact": f'"{text}"', "prefix": f"{text}*", "fuzzy": f"{text}~{edits}"}
            return signs.get(how, text)
        case Phrase(parts):
            return '"' + " ".join(say(part).strip('"') for part in parts) + '"'
        case Either(parts):
            return say(parts[0])
        case Near(parts, distance):
            return f" NEAR/{distance} ".join(map(say, parts))
        case And(parts):
            return " AND ".join(f"({say(p)})" if isinstance(p, Or) else say(p) for p in parts)
        case Or(parts):
            return " OR ".join(f"({say(p)})" if isinstance(p, And) else say(p) for p in parts)
        case Not(part):
            return f"NOT ({say(part)})" if isinstance(part, And | Or) else f"NOT {say(part)}"
        case Field(name, part):
            return f"{name}:{say(part)}"
        case Filed(field, name):
            return f'{field}:"{name}"' if " " in name else f"{field}:{name}"
        case _:
            first, last = node.first, node.last
            return f"year:{first or ''}..{last if last < LAST_YEAR else ''}"


LAST_YEAR = 9999
