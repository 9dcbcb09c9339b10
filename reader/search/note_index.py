"""A user's notes as passages that are searched like a text, in memory alone.

A note is a passage of three blocks: what was written, its tags, and the words it stands on. New
and edited ones come into a small segment of their own; small segments are made one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from reader.model.span import Span
from reader.search.arrays import Array
from reader.search.index_view import View
from reader.search.inverter import invert_passages
from reader.search.segment import Segment
from reader.search.segment_merge import merge

MOST_NOTES_IN_A_SEGMENT = 65_535
# So many small segments are made one: each note is so but once or twice, and no question waits.
_MOST_SMALL = 8
_SMALL = 1_024


# Not those that hold a number together.
_SPACES = re.compile(r"[ \t\r\n\f\v]+")


def _on_one_line(text: str) -> str:
    # Most texts are, and there are a hundred thousand of them.
    if text.isprintable() and "  " not in text:
        return text.strip(" ")
    return _SPACES.sub(" ", text).strip(" ")


@dataclass(frozen=True, slots=True)
class NoteText:
    """What of an annotation can be searched."""

    id: str
    document_id: str
    span: Span
    colour: str
    tags: tuple[str, ...]
    note: str
    quote: str

    @property
    def written(self) -> str:
        """The note and its tags on one line."""
        return " ".join(
            [*filter(None, [_on_one_line(self.note)]), *(f"#{tag}" for tag in self.tags)]
        )

    @property
    def marked(self) -> str:
        """The words that it stands on, on one line."""
        return _on_one_line(self.quote)

    @property
    def lines(self) -> tuple[str, ...]:
        """Its blocks: the note, each tag, the quote. With a character between they are `text`."""
        note = _on_one_line(self.note)
        written = (note,) if note or not self.tags else ()
        return (*written, *(f"#{tag}" for tag in self.tags), self.marked)

    @property
    def text(self) -> str:
        """All of it; it begins with what is `written`."""
        return f"{self.written}\n{self.marked}"


@dataclass
class NoteIndex:
    """The notes of one user that are there now."""

    notes: dict[str, NoteText] = field(default_factory=dict)
    _segments: list[tuple[Segment, dict[str, int], Array]] = field(default_factory=list)
    _view: View | None = None

    def update(self, texts: Iterable[NoteText], gone: Collection[str] = ()) -> None:
        """Takes in the texts of notes that are new or edited, and lets go of those gone."""
        new = {one.id: one for one in texts}
        old = {one for one in (*new, *gone) if one in self.notes}
        if not new and not old:
            return
        for _, numbers, alive in self._segments if old else ():
            alive[[numbers[one] for one in old if one in numbers]] = False
        for one in old:
            del self.notes[one]
        self.notes |= new
        added = list(new.values())
        for start in range(0, len(added), MOST_NOTES_IN_A_SEGMENT):
            self._add(added[start : start + MOST_NOTES_IN_A_SEGMENT])
        self._merge()
        self._view = None
        for name in ("by_document", "ranks", "_marked"):
            self.__dict__.pop(name, None)

    def _add(self, notes: Sequence[NoteText]) -> None:
        texts = [(one.id, one.lines) for one in notes]
        arrays = invert_passages([(one, lines, len(lines) - 1) for one, lines in texts])
        numbers = {one.id: number for number, one in enumerate(notes)}
        self._segments.append((Segment(arrays), numbers, np.ones(len(numbers), bool)))

    def _merge(self) -> None:
        small = [one for one in self._segments if len(one[1]) <= _SMALL]
        if len(small) < _MOST_SMALL:
            return
        self._segments = [one for one in self._segments if len(one[1]) > _SMALL]
        alive = [keep for _, _, keep in small]
        ids = [one for _, ids, keep in small for one in np.array(list(ids))[keep].tolist()]
        made = Segment(merge([segment for segment, _, _ in small], alive))
        numbers = {one: number for number, one in enumerate(ids)}
        self._segments.append((made, numbers, np.ones(len(ids), bool)))

    @property
    def view(self) -> View:
        """All notes as they are searched."""
        if self._view is None:
            segments = [segment for segment, _, _ in self._segments]
            self._view = View(segments, [alive.copy() for _, _, alive in self._segments])
        return self._view

    def note(self, passage: int) -> NoteText:
        """The note that is a passage of the view."""
        return self.notes[self.view.document_id(int(self.view.documents[passage]))]

    @cached_property
    def ranks(self) -> Array:
        """For each passage of the view its place among all, as documents and their texts go."""
        view = self.view
        notes = sorted(
            self.notes.values(), key=lambda one: (one.document_id, one.span.start, one.id)
        )
        numbers = {one.id: number for number, one in enumerate(notes)}
        ids = [one for segment in view.segments for one in segment.document_ids]
        return np.array([numbers.get(one, -1) for one in ids], np.int64)

    @cached_property
    def by_document(self) -> dict[str, list[str]]:
        """The ids of the notes on each document."""
        found: dict[str, list[str]] = {}
        for one in self.notes.values():
            found.setdefault(one.document_id, []).append(one.id)
        return found

    def on_documents(self, document_ids: Collection[str]) -> set[str]:
        """The ids of the notes on these documents."""
        return {n for one in document_ids for n in self.by_document.get(one, ())}

    @cached_property
    def _marked(self) -> dict[tuple[str, str], set[str]]:
        found: dict[tuple[str, str], set[str]] = {}
        for one in self.notes.values():
            found.setdefault(("colour", one.colour), set()).add(one.id)
            for tag in one.tags:
                found.setdefault(("tag", tag.casefold()), set()).add(one.id)
        return found

    def marked(self, field_name: str, name: str) -> set[str]:
        """The ids of the notes in a "colour" or with a "tag", whatever its case."""
        return self._marked.get((field_name, name.casefold()), set())
