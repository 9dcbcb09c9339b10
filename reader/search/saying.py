"""A query in words: what it was taken for, so that nobody has to guess."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reader.search.query_ast import (
    LAST_YEAR,
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
    Region,
    Spot,
    Term,
    Years,
)
from reader.search.scripts import MARKS, UNSPACED

_SIGN = re.compile(f"[{UNSPACED}][{MARKS}]*")
_FIELDS = {"title": "in titles", "author": "by"}
_FILED = {"collection": "in the collection", "tagged": "tagged", "kind": "of the kind"}
_MARKED = {"colour": "marked in", "tag": "with the note tag"}


def in_words(parts: Sequence[Node], regions: Sequence[Region] = (), notes: str = "") -> str:
    """All parts as a person would say them; what is left out comes last.

    `notes` is "only" when notes alone are meant, "none" when they are not.
    """
    alone = len(parts) == 1
    said = [say(p) if alone else _own(p) for p in parts if not isinstance(p, Not)]
    negative = [_own(part.part) for part in parts if isinstance(part, Not)]
    if regions:
        said.append("only in " + " and ".join(dict.fromkeys(regions)))
    if notes:
        said.append("only in notes" if notes == "only" else "not in notes")
    if negative:
        said.append("without " + " and without ".join(negative))
    return " ".join(said)


def is_more_than_words(parts: Sequence[Node]) -> bool:
    """Whether a query has operators or signs, not only words and what stands in quotes."""
    return not all(isinstance(part, Term | Phrase | Either) and _plain(part) for part in parts)


def _plain(node: Node) -> bool:
    if isinstance(node, Term):
        return node.how in ("word", "exact", "typed")
    assert isinstance(node, Phrase | Either)
    return all(map(_plain, node.parts))


def say(node: Node) -> str:
    """One part in words."""
    match node:
        case Term(how, text, _):
            signs = {"exact": f'"{text}"', "prefix": f"{text}*", "fuzzy": f"nearly {text}"}
            return signs.get(how, text)
        case Phrase(parts):
            return f'"{"".join(_in_a_row(parts))}"'
        case Either(parts):
            return say(_plainest(parts))
        case Near(parts, distance):
            words = "word" if distance == 1 else "words"
            near = " near ".join(map(say, parts))
            return f"{near} (at most {distance} {words} between)"
        case And(parts):
            return in_words([*parts])
        case Or(parts):
            return " or ".join(map(_own, parts))
        case Not():
            return in_words([node])
        case Field(name, part):
            return f"{_FIELDS[name]} {say(part)}"
        case Filed(field, name):
            return f"{_FILED[field]} “{name}”"
        case Marked(field, name):
            return f"{_MARKED[field]} “{name}”"
        case _:
            return _years(node)


def _in_a_row(parts: Sequence[Spot]) -> Iterator[str]:
    """The parts of a phrase and the spaces between, none between signs of a script without."""
    for before, part in zip((None, *parts), parts, strict=False):
        if before is not None and not (_is_sign(before) and _is_sign(part)):
            yield " "
        yield say(part).strip('"')


def _is_sign(spot: Spot) -> bool:
    return isinstance(spot, Term) and _SIGN.fullmatch(spot.text) is not None


def _plainest(parts: Sequence[Spot]) -> Spot:
    """Of a word's forms the one that reads best: whole, where its pieces are single signs."""
    first, last = parts[0], parts[-1]
    pieces = first.parts if isinstance(first, Phrase) else ()
    single = all(isinstance(p, Term) and (len(p.text) == 1 or _is_sign(p)) for p in pieces)
    return last if pieces and single and isinstance(last, Term) else first


def _own(node: Node) -> str:
    """A part beside others, in brackets if it has several words for itself."""
    return f"({say(node)})" if isinstance(node, And | Or | Not) else say(node)


def _years(years: Years) -> str:
    if years.first == years.last:
        return f"from {years.first}"
    if years.last == LAST_YEAR:
        return f"from {years.first} on"
    return f"from {years.first} to {years.last}" if years.first else f"up to {years.last}"
