"""What is found in a user's notes, as hits beside those in the text."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from reader.model.anchoring.selector import placed
from reader.model.annotation import Annotation
from reader.model.document import Document
from reader.model.search import Answer, Hit, NoteHit, Snippet
from reader.model.span import Span
from reader.search.note_index import NoteIndex, NoteText
from reader.store.encryption import Key
from reader.store.note_filter import NoteFilter
from reader.store.notes import Notes

# A file's time of change is no finer than the clock of the system: one that was changed so short
# before it was read may have been changed again since.
_UNSURE_NS = 100_000_000


# So many notes are taken in in about 100 ms.
SLICE = 1_000
_LARGE_SLICE = 50_000


@dataclass
class SearchedNotes:
    """The index of the notes in one file, in memory alone; the file is open only to be read."""

    path: Path
    key: Key | None = None
    _index: NoteIndex = field(default_factory=NoteIndex)
    _state: tuple[int, ...] = ()
    _latest: int = 0
    # The ids of notes that are to be read, the last one first.
    _waiting: list[str] = field(default_factory=list)
    _counted: bool = True

    @property
    def index(self) -> NoteIndex:
        """The index of what is in the notes now."""
        return self.take_in(math.inf)

    @property
    def waiting(self) -> int:
        """How many notes are not in the index yet."""
        return len(self._waiting)

    def take_in(self, seconds: float) -> NoteIndex:
        """The index of what is in the notes now, as far as it can be made in about so many seconds.

        A hundred thousand notes take several; nobody is to wait for them before the texts answer.
        """
        state = self._written()
        if state != self._state or self._waiting:
            with closing(Notes(self.path, key=self.key)) as notes:
                if state != self._state:
                    self._look(notes)
                self._read(notes, time.monotonic() + seconds)
            settled = time.time_ns() - max(state[::2]) > _UNSURE_NS
            self._state = state if settled else ()
        return self._index

    def _written(self) -> tuple[int, ...]:
        """When the file and its journal were changed, and how large they are."""
        found: list[int] = []
        for path in (self.path, self.path.with_name(self.path.name + "-wal")):
            try:
                status = path.stat()
            except OSError:
                found += 0, -1
            else:
                found += status.st_mtime_ns, status.st_size
        return tuple(found)

    def _look(self, notes: Notes) -> None:
        """See which notes are to be read since it was looked last."""
        latest = notes.queries.latest_operation()
        if 0 < self._latest <= latest:
            changed = dict.fromkeys(notes.queries.changed_after(self._latest))
            self._waiting = [one for one in self._waiting if one not in changed] + [*changed]
        else:
            self._wait_for_all(notes)
        self._latest = latest
        self._counted = False

    def _wait_for_all(self, notes: Notes) -> None:
        self._waiting = notes.queries.choose(NoteFilter())[::-1]
        self._index.update((), self._index.notes.keys() - set(self._waiting))

    def _read(self, notes: Notes, until: float) -> None:
        """Take in those that wait."""
        size = _LARGE_SLICE if until == math.inf else SLICE
        while self._waiting or not self._counted:
            some = self._waiting[-size:]
            found = [one for one in notes.some(some) if not one.deleted]
            self._index.update(map(_text, found), set(some) - {one.id for one in found})
            del self._waiting[-size:]
            if not self._waiting and not self._counted:
                self._counted = True
                if sum(notes.queries.counts().values()) != len(self._index.notes):
                    # What was removed for good, or came from a backup, is in no log.
                    self._wait_for_all(notes)
            if time.monotonic() >= until:
                return


def _text(one: Annotation) -> NoteText:
    target = one.target
    return NoteText(
        one.id,
        target.document_id,
        target.position,
        one.colour,
        one.tags,
        one.note,
        target.quote.exact,
    )


def note_hits(
    notes: Notes, document_of: Callable[[str], Document | None], answer: Answer
) -> Iterator[tuple[Hit, Snippet]]:
    """The hits of an answer that are in notes, with their lines, at the places of the notes.

    A passage whose own words answer is found in the text already; it is a hit here, a "highlight",
    only when notes alone were asked for or its place in the text is not sure.
    """
    for one in answer.notes:
        document = document_of(one.document_id)
        annotation = notes.annotation(one.annotation_id)
        if document is None or annotation is None:
            continue
        span = placed(document, annotation.target)
        if one.kind == "note" or span is None or answer.notes_only:
            yield _hit(one, document, span), one.snippet


def _hit(one: NoteHit, document: Document, span: Span | None) -> Hit:
    place = span or Span(0, 0)
    section = document.outline.section_at(place.start) if span else None
    section_id = section.id if section else ""
    return Hit(one.document_id, section_id, one.kind, place, place, one.score, one.annotation_id)
