"""From a query to the notes that answer it, by the same parts and the same matcher as the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from reader.model.annotation import COLOURS
from reader.model.search import NoteHit, Query, Snippet
from reader.model.span import Span
from reader.search.arrays import Array, each_once
from reader.search.matcher import Matcher
from reader.search.note_index import NoteIndex, NoteText
from reader.search.positions import PASSAGE_SHIFT, Occurrences
from reader.search.query_ast import (
    And,
    Field,
    Filed,
    Marked,
    Node,
    Not,
    Or,
    Spot,
    Years,
    all_of,
    leaves,
    sought,
)
from reader.search.query_parser import Asked
from reader.search.ranking import scores

_BEFORE = 40
_LENGTH = 160
_SLOT = (1 << PASSAGE_SHIFT) - 1


@dataclass(frozen=True, slots=True)
class NotesAsked:
    """A query as its notes are looked for: its `parts` with other names, and what each counts.

    `texts` says which passages of the texts match a filter.
    """

    query: Query
    asked: Asked
    parts: Sequence[Node]
    weights: Mapping[Spot, float]
    texts: Matcher


def note_hits(wanted: NotesAsked, index: NoteIndex) -> tuple[NoteHit, ...]:
    """The notes that hold all that was asked for, the best first, at most as many as are wanted.

    Those whose own words answer come before those that only stand on such words.
    """
    query, asked = wanted.query, wanted.asked
    only = asked.notes == "only"
    if asked.notes == "none" or asked.regions or not (wanted.parts or only):
        return ()
    localised = _Localised(wanted.texts, index)
    parts = [localised.node(part) for part in wanted.parts]
    view = index.view
    scope = view.alive
    if query.document_id:
        scope = scope & view.of_documents(index.on_documents([query.document_id]))
    matcher = Matcher(view, scope, filed=localised.filed)
    mask = scope.copy()
    for part in parts:
        mask &= matcher.mask(part)
    spots = [spot for part in parts for spot in sought(part)]
    # A filter of documents alone finds documents, not all the notes on them.
    marked = only or any(isinstance(one, Marked) for one in leaves(asked.parts))
    if not spots and not marked:
        return ()
    node = all_of(parts) if spots else None
    found = matcher.hits(node, mask) if node is not None else _nothing()
    if not marked:
        mask = np.zeros_like(mask)
        mask[found.passages] = True
    score = scores(matcher, dict(wanted.weights)) if spots else np.zeros(len(mask), np.float32)
    written = _written(index, found, mask, bool(spots))
    order = _order(index, mask, written, score, query.limit)
    keep = np.zeros_like(mask)
    keep[order] = True
    places = matcher.hits(node, keep) if node is not None else found
    return tuple(_hit(index, places, n, bool(written[n]), float(score[n])) for n in order)


def unmatched(asked: Asked, index: NoteIndex) -> str:
    """A sentence about the first colour or tag in a query that no note has."""
    for one in leaves(asked.parts):
        if isinstance(one, Marked) and not index.marked(one.field, one.name):
            if one.field == "tag":
                return f"No note has the tag “{one.name}”."
            if one.name.lower() in COLOURS:
                return f"No note is marked in {one.name.lower()}."
            return (
                f"There is no colour “{one.name}”: try {', '.join(COLOURS[:-1])} or {COLOURS[-1]}."
            )
    return ""


class _Localised:
    """The parts of a query as they are asked of notes: filters of documents are of their notes."""

    def __init__(self, texts: Matcher, index: NoteIndex) -> None:
        self._texts = texts
        self._index = index
        self._ids: dict[str, set[str]] = {}

    def filed(self, _field: str, name: str) -> set[str]:
        """The notes that a filter of this name lets through."""
        return self._ids[name]

    def node(self, node: Node) -> Node:
        """The part with every filter as one of notes."""
        match node:
            case And(parts):
                return And(tuple(map(self.node, parts)))
            case Or(parts):
                return Or(tuple(map(self.node, parts)))
            case Not(part):
                return Not(self.node(part))
            case Marked(field, name):
                return self._filter(node, self._index.marked(field, name))
            case Field() | Years() | Filed():
                view = self._texts.view
                numbers = each_once(view.documents[self._texts.mask(node)]).tolist()
                ids = [view.document_id(number) for number in numbers]
                return self._filter(node, self._index.on_documents(ids))
            case _:
                return node

    def _filter(self, node: Node, ids: set[str]) -> Filed:
        self._ids[repr(node)] = ids
        return Filed("notes", repr(node))


def _nothing() -> Occurrences:
    return Occurrences(np.zeros(0, np.int64), np.zeros(0, np.int64))


def _written(index: NoteIndex, found: Occurrences, mask: Array, sought_for: bool) -> Array:
    """Which notes answer by what was written, and not only by the words they stand on."""
    if not sought_for:
        ends = index.view.regions["head"][1]
        return np.asarray(ends > 0) & mask
    made = np.zeros_like(mask)
    inside = (found.keys & _SLOT) < index.view.regions["head"][1][found.passages]
    made[found.passages[inside]] = True
    return made


def _order(index: NoteIndex, mask: Array, written: Array, score: Array, limit: int) -> list[int]:
    """The passages that match: what was written first, the best first, then as documents go."""
    passages = np.flatnonzero(mask)
    better = -score[passages], ~written[passages]
    if len(passages) > limit:
        # All places at once, worked out once; where few match, theirs alone are quicker to have.
        ranks = index.ranks[passages]
    else:
        notes = [index.note(passage) for passage in passages.tolist()]
        places = sorted((one.document_id, one.span.start, one.id) for one in notes)
        numbers = {one: number for number, (_, _, one) in enumerate(places)}
        ranks = np.array([numbers[one.id] for one in notes], np.int64)
    order: list[int] = passages[np.lexsort((ranks, *better))][:limit].tolist()
    return order


def _hit(
    index: NoteIndex, found: Occurrences, passage: int, written: bool, score: float
) -> NoteHit:
    view = index.view
    segment, inside = view.place(passage)
    note = index.note(passage)
    starts, ends = segment.offsets(inside)
    at = slice(*np.searchsorted(found.passages, [passage, passage + 1]).tolist())
    first = found.keys[at] & _SLOT
    last = first + found.widths[at] - 1
    marks = [Span(int(a), int(b)) for a, b in zip(starts[first], ends[last], strict=True)]
    return NoteHit(
        note.id,
        note.document_id,
        "note" if written else "highlight",
        note.span,
        _snippet(note, marks, written),
        score,
    )


def _snippet(note: NoteText, marks: Sequence[Span], written: bool) -> Snippet:
    """A line of what was written, or of the passage, round the first place that matched."""
    base = 0 if written else len(note.text) - len(note.marked)
    text = note.written if written else note.marked
    whole = Span(0, len(text))
    inside = [mark.moved(-base) for mark in marks if whole.covers(mark.moved(-base))]
    start = max(0, inside[0].start - _BEFORE) if inside else 0
    # Not from the middle of a word on.
    start = text.find(" ", start, inside[0].start) + 1 if start else 0
    window = Span(start, min(len(text), start + _LENGTH))
    shown = tuple(mark.moved(-start) for mark in inside if window.covers(mark))
    return Snippet(window.cut(text), shown)
