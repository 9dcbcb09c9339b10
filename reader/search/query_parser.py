"""The query as people write it.

ketamine anxiety          all words; fewer until ten sections answer
"NMDA receptor"           these very words in this order
-placebo   NOT placebo    without; a minus before a digit belongs to the number
anxiety OR depression     either; OR holds its neighbours closer than a space does
keta*   wom?n   anxeity~  beginnings, any letter, misspellings
ketamine NEAR/5 dose      at most five words between; "ketamine dose"~5 is the same
title:…  author:…  year:2019..2023  in:title  in:references  in:text
collection:"…"  tagged:…  kind:guideline  from:2019  to:2023
in:notes   -in:notes      only what the user wrote and marked, or none of it
colour:pink   tag:dose    notes in a colour, with a tag

AND, OR, NOT and NEAR are operators where terms stand about them, in a query all in capitals too;
anywhere else they are words, and OR before a number is the odds ratio. In a sentence in capitals,
of five words or more with "the", "of" or their like among them, AND is a word too: all words are
wanted anyway.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from reader.search.analyzer import RAW
from reader.search.function_words import without_function_words
from reader.search.query_ast import (
    LAST_YEAR,
    REGIONS,
    SPOTS,
    And,
    Field,
    Filed,
    Marked,
    Near,
    Node,
    Not,
    Or,
    Region,
    Years,
    all_of,
    sought,
)
from reader.search.query_tokens import nodes_of_phrase, nodes_of_word, spots_of_raw
from reader.search.tokens import NEAR_WORD, OPERATOR, Token, tokens_of

MOST_WORDS = 200
_DEEPEST = 20
_NEAR = 10
_YEARS = re.compile(r"(\d{4})?(?:(\.\.|-|–)(\d{4})?)?")


class _SyntaxProblemError(Exception):
    """A sentence about what is wrong with a query."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as it was taken: `parts` that must all match.

    `regions` are the parts of documents that it is restricted to. `problem` says what is wrong
    with it; `parts` are then its words. `notes` is "only" when notes alone are wanted, "none" when
    none of them are.
    """

    parts: tuple[Node, ...]
    regions: tuple[Region, ...] = ()
    problem: str = ""
    notice: str = ""
    notes: Literal["", "only", "none"] = ""


def parse(text: str, typing: bool = False) -> Asked:
    """The query as it is taken; never raises, whatever the text.

    While `typing`, the last word may be unfinished, and so may quotes, brackets and operators.
    """
    reader = _Reader(tokens_of(text, typing))
    try:
        nodes = reader.read_all(typing)
    except _SyntaxProblemError as problem:
        words = [raw for raw in RAW.findall(text) if not OPERATOR.fullmatch(raw)]
        lenient = [n for raw in words for n in spots_of_raw(raw, "word")]
        return Asked(without_function_words(lenient, text), problem="" if typing else str(problem))
    notice = f"Only the first {MOST_WORDS} words are looked for." if len(nodes) > MOST_WORDS else ""
    only = reader.notes == "only" or any(isinstance(node, Marked) for node in nodes)
    return Asked(
        without_function_words(nodes[:MOST_WORDS], text),
        tuple(reader.regions),
        notice=notice,
        notes="only" if only else reader.notes,
    )


@dataclass
class _Reader:
    """Reads tokens from left to right."""

    tokens: list[Token]
    at: int = 0
    depth: int = 0
    regions: list[Region] = field(default_factory=list)
    notes: Literal["", "only", "none"] = ""

    def read_all(self, typing: bool) -> list[Node]:
        nodes = self._sequence()
        if self.at < len(self.tokens):
            raise _SyntaxProblemError("A bracket is closed that was never opened.")
        unfinished = [t for t in self.tokens if t.kind == "phrase" and not t.closed]
        if unfinished and not typing:
            raise _SyntaxProblemError("A quotation mark is missing: “…” needs both.")
        if nodes and not any(map(_says_what, nodes)) and self.notes != "only":
            raise _SyntaxProblemError("Say also what to look for, not only what to leave out.")
        return nodes

    def _next(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _takes(self, operator: str) -> bool:
        token = self._next()
        found = token is not None and token.kind == "operator" and token.text == operator
        self.at += found
        return found

    def _sequence(self) -> list[Node]:
        nodes: list[Node] = []
        while (token := self._next()) is not None and token.kind != "shut":
            nodes += self._either()
        return nodes

    def _either(self) -> list[Node]:
        parts = [self._together()]
        while self._takes("OR"):
            parts.append(self._together())
        return parts[0] if len(parts) == 1 else [Or(tuple(_operand(p, "OR") for p in parts))]

    def _together(self) -> list[Node]:
        parts = [self._near()]
        while self._takes("AND"):
            parts.append(self._near())
        return parts[0] if len(parts) == 1 else [And(tuple(_operand(p, "AND") for p in parts))]

    def _near(self) -> list[Node]:
        nodes = self._item()
        while (token := self._next()) is not None and token.kind == "operator":
            match = NEAR_WORD.fullmatch(token.text)
            if match is None:
                break
            self.at += 1
            left, right = _operand(nodes, "NEAR"), _operand(self._item(), "NEAR")
            if not isinstance(left, SPOTS) or not isinstance(right, SPOTS):
                raise _SyntaxProblemError("NEAR stands between two words or phrases.")
            parts = left.parts if isinstance(left, Near) else (left,)
            nodes = [Near((*parts, right), int(match[1]) if match[1] else _NEAR)]
        return nodes

    def _item(self) -> list[Node]:
        token = self._next()
        if token is None or token.kind == "shut":
            return []
        self.at += 1
        if token.kind in ("minus", "operator"):
            return self._left_out()
        if token.kind == "open":
            return self._bracket()
        if token.kind == "field":
            return self._field(token.text[:-1].lower())
        if token.kind == "phrase":
            return nodes_of_phrase(token)
        return nodes_of_word(token)

    def _left_out(self) -> list[Node]:
        """What follows a minus or NOT; of -in:notes, which asks nothing of a text, no node."""
        wanted = self.notes
        nodes = self._item()
        if not nodes and self.notes == "only":
            self.notes = "none"
            return []
        self.notes = wanted
        return [Not(_operand(nodes, "NOT"))]

    def _bracket(self) -> list[Node]:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _SyntaxProblemError("There are too many brackets in each other.")
        nodes = self._sequence()
        self.depth -= 1
        if self._next() is None:
            raise _SyntaxProblemError("A bracket is opened that is never closed.")
        self.at += 1
        return nodes

    def _field(self, name: str) -> list[Node]:
        token = self._next()
        if name == "year" and token is not None:
            self.at += 1
            return [_years(token.text)]
        if name in ("from", "to") and token is not None:
            self.at += 1
            return [_edge(name, token.text)]
        if name in ("collection", "tagged", "kind") and token is not None:
            self.at += 1
            if not token.text.strip():
                raise _SyntaxProblemError(f"After {name}: comes a name.")
            return [Filed(name, " ".join(token.text.split()))]
        if name == "in" and token is not None:
            self.at += 1
            if token.text.lower() == "notes":
                self.notes = "only"
                return []
            if token.text.lower() not in REGIONS:
                raise _SyntaxProblemError("After in: comes title, text, references or notes.")
            self.regions += [region for region in REGIONS if region == token.text.lower()]
            return []
        if name in ("colour", "color", "tag") and token is not None:
            self.at += 1
            said = " ".join(token.text.lstrip("#").split())
            if not said:
                raise _SyntaxProblemError(f"After {name}: comes a name.")
            return [Marked("tag" if name == "tag" else "colour", said)]
        spots = [spot for node in self._item() for spot in sought(node)]
        if not spots:
            raise _SyntaxProblemError(f"After {name}: comes a word or a phrase.")
        return [Field("title" if name == "title" else "author", spot) for spot in spots]


def _says_what(node: Node) -> bool:
    """Whether a node says what to look for, not only what to leave out."""
    if isinstance(node, And | Or):
        return any(map(_says_what, node.parts))
    return not isinstance(node, Not)


def _operand(nodes: list[Node], operator: str) -> Node:
    if not nodes:
        raise _SyntaxProblemError(
            f"{operator} needs a word on either side."
            if operator != "NOT"
            else "After NOT comes what to leave out."
        )
    return all_of(nodes)


def _edge(name: str, text: str) -> Years:
    """The years from one on, or up to one."""
    if not re.fullmatch(r"\d{4}", text):
        raise _SyntaxProblemError(f"After {name}: comes a year, as in {name}:2019.")
    return Years(int(text), LAST_YEAR) if name == "from" else Years(0, int(text))


def _years(text: str) -> Years:
    match = _YEARS.fullmatch(text)
    if match is None or not (match[1] or match[3]):
        raise _SyntaxProblemError("A year looks like year:2020 or year:2019..2023.")
    first = int(match[1] or 0)
    return Years(first, int(match[3] or LAST_YEAR) if match[2] else first)
