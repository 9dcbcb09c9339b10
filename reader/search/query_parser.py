"""The query as people write it.

ketamine anxiety          all words; most of them when too few sections hold all
"NMDA receptor"           these very words in this order
-placebo   NOT placebo    without
anxiety OR depression     either; OR holds its neighbours closer than a space does
keta*   wom?n   anxeity~  beginnings, any letter, misspellings
ketamine NEAR/5 dose      at most five words between; "ketamine dose"~5 is the same
title:…  author:…  year:2019..2023  in:title  in:references  in:text
collection:"…"  tagged:…  kind:guideline  from:2019  to:2023
in:notes   colour:pink   tag:dose      what the user wrote and marked, which is not in the index
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from reader.search.analyzer import RAW, STOP_WORDS
from reader.search.query_ast import (
    LAST_YEAR,
    REGIONS,
    SPOTS,
    And,
    Field,
    Filed,
    Near,
    Node,
    Not,
    Or,
    Region,
    Term,
    Years,
    all_of,
    sought,
)
from reader.search.query_tokens import Token, nodes_of_phrase, nodes_of_word, spots_of_raw

MOST_WORDS = 200
_DEEPEST = 20
_NEAR = 10
_QUOTES = '"“”„«»'
_TOKEN = re.compile(
    rf"[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)(?P<close>[{_QUOTES}]?)(?:~(?P<slop>\d{{1,3}}))?"
    r"|(?P<open>\()|(?P<shut>\))"
    r"|(?P<field>(?:title|author|year|from|to|in|colour|tagged|tag|collection|kind):(?=[^\s)]))"
    r"|(?P<minus>(?<![^\s(])[-−](?=[^\s\-−)]))"
    rf"|(?P<word>[^\s(){_QUOTES}]+)",
    re.IGNORECASE,
)
_NEAR_WORD = re.compile(r"NEAR(?:/(\d{1,3}))?")
_OPERATOR = re.compile(r"AND|OR|NOT|NEAR(?:/\d*)?")
_YEARS = re.compile(r"(\d{4})?(?:(\.\.|-|–)(\d{4})?)?")


class _SyntaxProblemError(Exception):
    """A sentence about what is wrong with a query."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as it was taken: `parts` that must all match.

    `regions` are the parts of documents that it is restricted to. `problem` says what is wrong
    with it; `parts` are then its words. `words` are what was typed without fields and signs, for
    notes are found by words alone; with `of_notes` only these are wanted, in that colour, with
    that tag.
    """

    parts: tuple[Node, ...]
    regions: tuple[Region, ...] = ()
    problem: str = ""
    notice: str = ""
    words: str = ""
    of_notes: bool = False
    colour: str = ""
    tag: str = ""


def parse(text: str, typing: bool = False) -> Asked:
    """The query as it is taken; never raises, whatever the text.

    While `typing`, the last word may be unfinished, and so may quotes, brackets and operators.
    """
    if _shouted(text):
        text = text.lower()
    reader = _Reader([_token(m, typing and m.end() == len(text)) for m in _TOKEN.finditer(text)])
    try:
        nodes = reader.read_all(typing)
    except _SyntaxProblemError as problem:
        words = [raw for raw in RAW.findall(text) if not _OPERATOR.fullmatch(raw)]
        lenient = _without_stop_words([n for raw in words for n in spots_of_raw(raw, "word")])
        return Asked(lenient, problem="" if typing else str(problem), words=" ".join(reader.words))
    notice = f"Only the first {MOST_WORDS} words are looked for." if len(nodes) > MOST_WORDS else ""
    return Asked(
        _without_stop_words(nodes[:MOST_WORDS]),
        tuple(reader.regions),
        notice=notice,
        words=" ".join(reader.words),
        of_notes=reader.of_notes,
        colour=reader.colour,
        tag=reader.tag,
    )


def _shouted(text: str) -> bool:
    """Whether all is in capitals because the key is locked, not because it is short forms."""
    words = re.findall(r"[^\W\d_]+", text)
    return len(words) > 1 and text.isupper() and max(map(len, words)) > 5


def _token(match: re.Match[str], unfinished: bool) -> Token:
    kind = match.lastgroup or ""
    quoted = match["phrase"] is not None
    return Token(
        kind="phrase" if quoted else kind,
        text=match["phrase"] if quoted else match[0],
        closed=bool(match["close"]),
        slop=int(match["slop"]) if match["slop"] else None,
        unfinished=unfinished,
    )


def _without_stop_words(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """All of these but such as "the" and "of", unless nothing else is looked for."""
    stops = {n for n in nodes if isinstance(n, Term) and n.how == "word" and n.text in STOP_WORDS}
    kept = tuple(n for n in nodes if n not in stops)
    return kept if any(not isinstance(n, Not) for n in kept) else tuple(nodes)


@dataclass
class _Reader:
    """Reads tokens from left to right."""

    tokens: list[Token]
    at: int = 0
    depth: int = 0
    regions: list[Region] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    of_notes: bool = False
    colour: str = ""
    tag: str = ""

    def read_all(self, typing: bool) -> list[Node]:
        nodes = self._sequence()
        if self.at < len(self.tokens):
            raise _SyntaxProblemError("A bracket is closed that was never opened.")
        unfinished = [t for t in self.tokens if t.kind == "phrase" and not t.closed]
        if unfinished and not typing:
            raise _SyntaxProblemError("A quotation mark is missing: “…” needs both.")
        if nodes and not any(map(_says_what, nodes)):
            raise _SyntaxProblemError("Say also what to look for, not only what to leave out.")
        return nodes

    def _next(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _takes(self, operator: str) -> bool:
        token = self._next()
        found = token is not None and token.kind == "word" and token.text == operator
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
        while (token := self._next()) is not None and token.kind == "word":
            match = _NEAR_WORD.fullmatch(token.text)
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
        if token.kind == "minus" or (token.kind == "word" and token.text == "NOT"):
            known = len(self.words)
            left_out = Not(_operand(self._item(), "NOT"))
            del self.words[known:]
            return [left_out]
        if token.kind == "open":
            return self._bracket()
        if token.kind == "field":
            return self._field(token.text[:-1].lower())
        if token.kind == "phrase":
            self.words.append(token.text)
            return nodes_of_phrase(token)
        if token.text in ("AND", "OR") or _NEAR_WORD.fullmatch(token.text):
            raise _SyntaxProblemError(f"{token.text} needs a word on either side.")
        self.words.append(token.text.strip("*?~"))
        return nodes_of_word(token)

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
                self.of_notes = True
                return []
            if token.text.lower() not in REGIONS:
                raise _SyntaxProblemError("After in: comes title, text, references or notes.")
            self.regions += [region for region in REGIONS if region == token.text.lower()]
            return []
        if name in ("colour", "tag") and token is not None:
            self.at += 1
            self.of_notes = True
            self.colour = token.text.lower() if name == "colour" else self.colour
            self.tag = token.text.lstrip("#") if name == "tag" else self.tag
            return []
        known = len(self.words)
        spots = [spot for node in self._item() for spot in sought(node)]
        del self.words[known:]
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
