"""Answers questions from the index."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np

from reader.model.document import Document
from reader.model.search import Answer, Query
from reader.search.arrays import Array, DamagedError
from reader.search.completion import Titled, untitled
from reader.search.execute import answer
from reader.search.index_view import View
from reader.search.inverter import invert
from reader.search.manifest import NAME
from reader.search.matcher import Filing, nowhere
from reader.search.meaning import Meaning
from reader.search.note_index import NoteIndex
from reader.search.opening import alive, open_entries
from reader.search.segment import Segment
from reader.search.word_forms import Forms

_RETRIES = 20
_RETRY_SECONDS = 0.02
_BUILDING = "The search index is being built; more will be found when it is complete."


class Finder:
    """Answers questions from the index in a folder, always from its newest state.

    `read_document` gives a document by its id: one that the index does not hold yet is searched
    all the same when the question is about it alone. `own_forms` are lines of short forms that no
    document need define. `filed` gives the ids of documents in a collection, with a tag, of a kind,
    `titled` the title of one that begins so, or ""; `meaning`
    puts the best documents in a better order.
    """

    def __init__(
        self,
        folder: Path,
        read_document: Callable[[str], Document],
        own_forms: Iterable[str] = (),
        filed: Filing = nowhere,
        titled: Titled = untitled,
        meaning: Meaning | None = None,
    ) -> None:
        self._folder = folder
        self._read_document = read_document
        self._own = Forms(own_forms)
        self._filed = filed
        self._titled = titled
        self._meaning = meaning
        self._state: tuple[int, ...] = ()
        self._view = View([], [])
        self._segments: dict[str, Segment] = {}
        self._sound = False
        self._single: tuple[str, View] = ("", self._view)

    def find(self, query: Query, notes: NoteIndex | None = None) -> Answer:
        """The answer to a question, also from `notes`; what is wrong is said in `problem`."""
        begun = time.perf_counter()
        self._refresh()
        found = answer(
            query, *self._where(query), self._own, self._filed, self._titled, notes, self._meaning
        )
        if not self._sound and not query.document_id:
            found = replace(found, notice=found.notice or _BUILDING)
        return replace(found, elapsed_ms=(time.perf_counter() - begun) * 1000)

    def _where(self, query: Query) -> tuple[View, Array]:
        if not query.document_id:
            return self._view, self._view.alive
        scope = self._view.scope(query.document_id)
        if scope.any():
            return self._view, scope
        if self._single[0] != query.document_id:
            segment = Segment(invert([self._read_document(query.document_id)]))
            view = View([segment], [np.ones(segment.passage_count, bool)])
            self._single = (query.document_id, view)
        return self._single[1], self._single[1].alive

    def _refresh(self) -> None:
        """Opens the index again when it was written since."""
        for _ in range(_RETRIES):
            state = self._written()
            if state == self._state:
                return
            try:
                entries = open_entries(self._folder, self._segments)
            except DamagedError:
                # Perhaps it is being written just now.
                time.sleep(_RETRY_SECONDS)
                continue
            self._segments = {listed.name: segment for listed, segment in entries}
            self._view = View([s for _, s in entries], [alive(listed) for listed, _ in entries])
            self._state, self._sound = state, True
            return
        self._view, self._state, self._sound, self._segments = View([], []), state, False, {}

    def _written(self) -> tuple[int, ...]:
        try:
            status = (self._folder / NAME).stat()
        except OSError:
            return ()
        return (status.st_mtime_ns, status.st_size, status.st_ino)
