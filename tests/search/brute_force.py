"""What a query must find, worked out word by word: slow, plain, and without any array.

It shares the analysis of words and the reading of queries with what it checks, and nothing else.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from reader.model.document import Document
from reader.model.search import Query
from reader.model.span import Span
from reader.search.analyzer import RAW, analyse, is_short_form, keys, readable, stem
from reader.search.function_words import is_question
from reader.search.query_ast import (
    And,
    Either,
    Field,
    Filed,
    Marked,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Spot,
    Term,
    Years,
    sought,
    terms,
)
from reader.search.query_parser import parse
from tests.search.samples import filed

Place = tuple[int, int]  # the first position, and the one after the last
Found = tuple[str, str, str, int, int]  # document, section, kind, start, end


@dataclass(frozen=True)
class Token:
    surface: str
    first: int
    end: int
    span: Span
    joined: bool = False


@dataclass
class Passage:
    document: Document
    section: str
    span: Span
    title_only: bool
    text: list[Token]
    title: list[Token]
    context: list[Token]
    author: list[Token]
    head: Span
    references: Span

    def field(self, name: str) -> list[Token]:
        words: list[Token] = getattr(self, name)
        return words

    @property
    def size(self) -> int:
        return sum(not t.joined for t in self.text) + self.title_words

    @property
    def title_words(self) -> int:
        return sum(not t.joined for t in self.title)


@dataclass(frozen=True)
class Expected:
    """The hits of a query, and how well each passage that has any answers."""

    hits: set[Found]
    scores: dict[tuple[str, str, Span], float]


def tokens(text: str, start: int, breaks: set[int]) -> list[Token]:
    """The words of a text that begins at `start`, joined forms with them."""
    found: list[Token] = []
    position, end, begun = 0, start, False
    for match in RAW.finditer(text):
        word = analyse(match[0])
        first = -1
        for piece in word.pieces:
            at = start + match.start() + piece.start
            if begun and any(end <= b <= at for b in breaks):
                position += 1
            position += (at - end) // 255
            end, begun = start + match.start() + piece.end, True
            found.append(Token(piece.surface, position, position + 1, Span(at, end)))
            first = position if first < 0 else first
            position += 1
        if word.joined:
            begin = start + match.start() + word.pieces[0].start
            found.append(Token(word.joined, first, position, Span(begin, end), joined=True))
        elif word.raised:
            begin, end_of_two = word.pieces[0].start, word.pieces[1].end
            span = Span(begin, end_of_two).moved(start + match.start())
            found.append(Token(word.raised, first, first + 2, span, joined=True))
    return found


def line_tokens(lines: Sequence[str]) -> list[Token]:
    text = "\n".join(lines)
    return tokens(text, 0, {i + 1 for i, c in enumerate(text) if c == "\n"})


def passages(document: Document) -> Iterator[Passage]:
    text = readable(document)
    printed = [b.span for b in document.blocks if b.kind == "title"]
    breaks = {b.span.start for b in document.blocks}
    breaks |= {cell.span.start for table in document.tables for cell in table.cells}
    parts = document.outline.passages()
    for section, span in parts:
        path = [one.title for one in document.outline.path(section)]
        shown = any(p.overlaps(span) for p in printed)
        head = printed[0] if shown else Span(span.start, span.start)
        listed = [b.span for b in document.blocks if b.kind == "reference" and span.covers(b.span)]
        references = Span(listed[0].start, listed[-1].end) if listed else Span(span.end, span.end)
        if section is not None:
            for block in document.blocks:
                if not shown and block.kind == "heading" and block.ref == section.id:
                    head = block.span
            references = span if section.kind == "references" else references
        yield Passage(
            document,
            section.id if section else "",
            span,
            False,
            tokens(span.cut(text), span.start, breaks),
            line_tokens([document.title, *path]),
            line_tokens(([] if shown else [document.title]) + path[:-1]),
            line_tokens(document.authors),
            head,
            references,
        )
    if not printed and (document.title or not parts):
        title = line_tokens([document.title])
        whole = Span(0, len(document.title))
        yield Passage(
            document,
            "",
            Span(0, 0),
            True,
            title,
            title,
            [],
            line_tokens(document.authors),
            whole,
            Span(whole.end, whole.end),
        )


def distance(one: str, other: str) -> int:
    """Optimal string alignment."""
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


class BruteForce:
    """A library in a list."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.passages = [p for document in documents for p in passages(document)]
        sizes = [p.size for p in self.passages if not p.title_only]
        self.usual = sum(sizes) / len(sizes) if sizes else 1.0
        self._meant: dict[tuple[Term, str], set[str]] = {}
        self._places: dict[tuple[Spot, int, str], set[Place]] = {}

    # Words

    def meant(self, term: Term, name: str) -> set[str]:
        """The surfaces in a field that a term stands for."""
        if (term, name) not in self._meant:
            surfaces = {t.surface for p in self.passages for t in p.field(name)}
            self._meant[term, name] = _meant(term, surfaces)
        return self._meant[term, name]

    def places(self, spot: Spot, passage: Passage, name: str) -> set[Place]:
        """Where a spot stands in a field of a passage."""
        key = (spot, id(passage), name)
        if key not in self._places:
            self._places[key] = self._look(spot, passage, name)
        return self._places[key]

    def _look(self, spot: Spot, passage: Passage, name: str) -> set[Place]:
        if isinstance(spot, Term):
            meant = self.meant(spot, name)
            return {(t.first, t.end) for t in passage.field(name) if t.surface in meant}
        parts = [self.places(part, passage, name) for part in spot.parts]
        if isinstance(spot, Either):
            return {place for part in parts for place in part}
        if isinstance(spot, Phrase):
            chains = parts[0]
            for part in parts[1:]:
                chains = {(a, d) for a, b in chains for c, d in part if b == c}
            return chains
        return _windows(parts, spot.distance)

    def _as_beginnings(self, node: Node) -> Node:
        """The node with words that stand nowhere as beginnings, where any word begins so."""
        match node:
            case Term("word", text) if len(text) > 1 and not text.isdecimal():
                typed = Term("typed", text)
                nowhere = not self.meant(node, "text") and self.meant(typed, "text")
                return typed if nowhere else node
            case And(parts):
                return And(tuple(map(self._as_beginnings, parts)))
            case Or(parts):
                return Or(tuple(map(self._as_beginnings, parts)))
            case Phrase(parts):
                return Phrase(tuple(map(self._as_beginnings, parts)))  # type: ignore[arg-type]
            case Either(parts):
                return Either(tuple(map(self._as_beginnings, parts)))  # type: ignore[arg-type]
            case Near(parts, distance):
                made = tuple(map(self._as_beginnings, parts))
                return Near(made, distance)  # type: ignore[arg-type]
            case _:
                return node

    # Passages

    def matches(self, node: Node, passage: Passage, regions: Sequence[str]) -> bool:
        """Whether a passage matches."""
        match node:
            case And(parts):
                return all(self.matches(part, passage, regions) for part in parts)
            case Or(parts):
                return any(self.matches(part, passage, regions) for part in parts)
            case Not(part):
                return not self.matches(part, passage, regions)
            case Years(first, last):
                published = passage.document.publication.published[:4]
                return first <= (int(published) if published.isdecimal() else 0) <= last
            case Marked():
                return False
            case Filed(field, value):
                return passage.document.id in (filed(field, value) or ())
            case Field(name, part):
                return bool(self.places(part, passage, name))
            case _:
                return bool(self.in_regions(node, passage, regions))

    def in_regions(self, spot: Spot, passage: Passage, regions: Sequence[str]) -> set[Place]:
        """Where a spot stands in some regions of the text of a passage, all if none is named."""
        return {
            place
            for place in self.places(spot, passage, "text")
            if not regions or _region_of(place, passage) & set(regions)
        }

    def hits(self, parts: Sequence[Node], passage: Passage, regions: Sequence[str]) -> set[Found]:
        """The hits in a passage that matches."""
        places: set[Place] = set()
        for spot in (s for part in parts for s in sought(part)):
            places |= self.in_regions(spot, passage, regions)
        for spot in (s for part in parts for s in _titles(part)):
            places |= self.in_regions(spot, passage, ["title"])
        outermost = {
            (a, b)
            for a, b in places
            if not any((c, d) != (a, b) and c <= a and b <= d for c, d in places)
        }
        ids = passage.document.id, passage.section
        if passage.title_only:
            return {(*ids, "title", 0, 0)} if outermost else set()
        found = set()
        for first, end in outermost:
            span = Span(
                min(t.span.start for t in passage.text if t.first == first),
                max(t.span.end for t in passage.text if t.end == end),
            )
            listed = "references" in _region_of((first, end), passage)
            found.add((*ids, "reference" if listed else "text", span.start, span.end))
        return found

    def answer(self, query: Query) -> Expected:
        """All that a query must find, whatever its limit."""
        asked = parse(query.text, query.typing)
        parts = [self._as_beginnings(part) for part in asked.parts]
        scope = [p for p in self.passages if query.document_id in ("", p.document.id)]
        loose = [p for p in parts if isinstance(p, Spot) and _inexact(p)]
        firm = [p for p in parts if p not in loose]
        held = {
            number: sum(self.matches(part, passage, asked.regions) for part in loose)
            for number, passage in enumerate(scope)
            if all(self.matches(part, passage, asked.regions) for part in firm)
        }
        least = _least(query, len(loose), list(held.values()))
        chosen = [scope[number] for number, count in held.items() if count >= least]
        spots = [s for part in parts for s in (*sought(part), *_titles(part))]
        if not parts:
            return Expected(set(), {})
        if not spots:
            return Expected({_title_hit(p.document) for p in chosen}, {})
        hits: set[Found] = set()
        scores = {}
        alone = (
            {_title_hit(p.document) for p in chosen} if any(map(_stands_alone, parts)) else set()
        )
        for passage in chosen:
            found = self.hits(parts, passage, asked.regions)
            hits |= found
            if found:
                score = self.score(spots, passage, asked.regions)
                scores[passage.document.id, passage.section, passage.span] = score
        named = {hit[0] for hit in hits}
        return Expected(hits | {hit for hit in alone if hit[0] not in named}, scores)

    # Ranks

    def score(self, spots: Sequence[Spot], passage: Passage, regions: Sequence[str]) -> float:
        """BM25 over the text with its titles, and 0.3 of it over the titles."""
        size = self.usual if passage.title_only else passage.size
        total = 0.0
        for spot in spots:
            total += self._bm25(
                partial(self._uses, spot, regions),
                passage,
                size / self._mean(lambda p: self.usual if p.title_only else p.size),
            )
            total += 0.3 * self._bm25(
                partial(self._uses_in_title, spot),
                passage,
                passage.title_words / self._mean(lambda p: p.title_words),
            )
        return total

    def _uses(self, spot: Spot, regions: Sequence[str], passage: Passage) -> int:
        inside = self.in_regions(spot, passage, regions)
        return len(inside) + len(self.places(spot, passage, "context"))

    def _uses_in_title(self, spot: Spot, passage: Passage) -> int:
        return len(self.places(spot, passage, "title"))

    def _mean(self, size: Callable[[Passage], float]) -> float:
        return sum(map(size, self.passages)) / len(self.passages)

    def _bm25(self, count: Callable[[Passage], int], passage: Passage, ratio: float) -> float:
        here = count(passage)
        if not here:
            return 0.0
        holding = sum(count(p) > 0 for p in self.passages)
        rarity = math.log(1 + (len(self.passages) - holding + 0.5) / (holding + 0.5))
        return rarity * here * 2.2 / (here + 1.2 * (0.25 + 0.75 * ratio))


def _least(query: Query, words: int, held: list[int]) -> int:
    """How many of the words a passage must hold."""
    numbers = [sum(count >= least for count in held) for least in range(words + 1)]
    asks = words > 4 or (words > 1 and is_question(query.text))
    question = asks and not query.document_id
    enough = 1 if query.document_id else 100 if question else 10
    if words < 2 or numbers[words] >= enough:
        return words
    if question:
        return 1
    return next((n for n in range(words, 0, -1) if numbers[n] >= enough), 1)


def _meant(term: Term, surfaces: set[str]) -> set[str]:
    text, lower = term.text, term.text.lower()

    def exactly(surface: str) -> bool:
        return surface == text if is_short_form(text) else surface.lower() == lower

    begins = {s for s in surfaces if s.lower().startswith(lower)}
    if term.how == "prefix":
        return begins
    if term.how == "wild":
        pattern = re.escape(lower).replace(r"\*", ".*").replace(r"\?", ".")
        return {s for s in surfaces if re.fullmatch(pattern, s.lower())}
    if term.how == "fuzzy":
        return {s for s in surfaces if exactly(s) or distance(lower, s.lower()) <= term.edits}
    if term.how == "exact":
        return {s for s in surfaces if exactly(s)}
    typed = begins if term.how == "typed" else set()
    if is_short_form(text):
        strict = {s for s in surfaces if "=" + text.rstrip("s") in keys(s)}
        strict |= {s for s in typed if is_short_form(s)}
        if strict:
            return strict
    singular = text.rstrip("s") if is_short_form(text) else text
    return {s for s in surfaces if {stem(text), stem(singular)} & set(keys(s))} | typed


def _windows(parts: list[set[Place]], allowed: int) -> set[Place]:
    """The narrowest stretches with a place of each part, none of which overlap."""
    found: set[Place] = set()

    def go_on(chosen: list[Place], rest: list[set[Place]]) -> None:
        if not rest:
            first = min(start for start, _ in chosen)
            last, words = max(end for _, end in chosen), sum(b - a for a, b in chosen)
            if last - first - words <= allowed:
                found.add((first, last))
            return
        for place in rest[0]:
            if all(place[1] <= a or b <= place[0] for a, b in chosen):
                go_on([*chosen, place], rest[1:])

    go_on([], parts)
    return {
        (a, b)
        for a, b in found
        if not any((c, d) != (a, b) and a <= c and d <= b for c, d in found)
    }


def _region_of(place: Place, passage: Passage) -> set[str]:
    start = min(t.span.start for t in passage.text if t.first == place[0])
    if passage.title_only:
        return {"title"}
    regions = {"references"} if passage.references.holds(start) else {"text"}
    return regions | ({"title"} if passage.head.holds(start) else set())


def _inexact(spot: Spot) -> bool:
    return all(term.how != "exact" for term in terms(spot))


def _stands_alone(node: Node) -> bool:
    """Whether one side of an OR looks for no words."""
    if isinstance(node, And):
        return any(map(_stands_alone, node.parts))
    return isinstance(node, Or) and any(
        _stands_alone(part) or not [*sought(part), *_titles(part)] for part in node.parts
    )


def _titles(node: Node) -> Iterator[Spot]:
    if isinstance(node, And | Or):
        for part in node.parts:
            yield from _titles(part)
    elif isinstance(node, Field) and node.name == "title":
        yield node.part


def _title_hit(document: Document) -> Found:
    printed = next((b.span for b in document.blocks if b.kind == "title"), Span(0, 0))
    return (document.id, "", "title", printed.start, printed.end)
