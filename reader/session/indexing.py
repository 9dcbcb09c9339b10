"""The search index, brought up to the library by a worker."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from reader.problem import Problem
from reader.services.workspace import Workspace
from reader.session.background import Background
from reader.session.current_document import CurrentDocument
from reader.session.notifier import Notifier
from reader.session.settings import Settings
from reader.session.timers import single_shot
from reader.settings import ORDER_BY_MEANING

# A start is not to load what workers do: each method imports it by itself.

INDEX_BATCH = 20
# Nothing was under way for so long: then the index is put in order.
IDLE_MS = 3000
# After so many documents it is put in order in the midst of an import, as far as one slice goes:
# each question asks every segment, and people search while they import.
MERGED_AFTER = 1000
_LOG = logging.getLogger("offprint")


class Indexing(QObject):
    """Has documents put into the index and taken out of it."""

    indexed = Signal(str)  # document id
    forgotten = Signal()  # a document is no longer in the index
    settled = Signal()  # nothing is left to put in order

    def __init__(
        self,
        workspace: Workspace,
        notifier: Notifier,
        background: Background,
        current: CurrentDocument,
        settings: Settings,
    ) -> None:
        super().__init__()
        self._settings = settings
        self._workspace = workspace
        self._notifier = notifier
        self._background = background
        self._current = current
        self._unmerged = 0
        self._idle = single_shot(self, IDLE_MS)
        self._idle.timeout.connect(self._look_at_rest)

    @property
    def is_complete(self) -> bool:
        """Whether the index holds every document of the library."""
        return not self._workspace.library.catalog.unindexed()

    def index_pending(self) -> None:
        """Have the worker index what the index does not hold yet, the open document first."""
        from reader.workers import search_tasks

        self._background.run(
            "index",
            search_tasks.waiting,
            self._workspace.data,
            then=self._index_all,
            failed=self._notifier.error,
        )

    def _index_all(self, waiting: list[str]) -> None:
        if self._current.document is not None and self._current.document.id in waiting:
            waiting.remove(self._current.document.id)
            self.index([self._current.document.id])
        self._idle.start()
        for start in range(0, len(waiting), INDEX_BATCH):
            self.index(waiting[start : start + INDEX_BATCH])

    def index(self, document_ids: list[str]) -> None:
        """Have these documents indexed."""
        from reader.workers import search_tasks

        self._background.run(
            "index",
            search_tasks.index,
            self._workspace.data,
            document_ids,
            then=self._has_indexed,
            failed=self._notifier.error,
        )

    def _has_indexed(self, document_ids: Sequence[str]) -> None:
        for document_id in document_ids:
            self.indexed.emit(document_id)
        self._unmerged += len(document_ids)
        if self._unmerged >= MERGED_AFTER:
            self._merge_if(True)
        self._idle.start()

    def forget(self, document_id: str) -> None:
        """Have a document taken out of the index."""
        from reader.workers import search_tasks

        self._background.run(
            "index",
            search_tasks.forget,
            self._workspace.data,
            [document_id],
            then=self._has_forgotten,
            failed=self._notifier.error,
        )

    def _has_forgotten(self, _result: object) -> None:
        self.forgotten.emit()
        self._idle.start()

    def _look_at_rest(self) -> None:
        """Put the index in order, a part at a time, when nobody waits for anything."""
        from reader.workers import search_tasks

        if self._background.busy:
            self._idle.start()
            return
        self._background.run(
            "index",
            search_tasks.mergeable,
            self._workspace.data,
            then=self._merge_if,
            failed=self._leave_unmerged,
        )

    def _merge_if(self, pays: bool) -> None:
        from reader.workers import search_tasks

        if pays:
            self._unmerged = 0
            self._background.run(
                "merge",
                search_tasks.merge,
                self._workspace.data,
                then=lambda _: self._idle.start(),
                failed=self._leave_unmerged,
            )
            return
        self.settled.emit()
        if self._settings.get(ORDER_BY_MEANING) and search_tasks.learns_meanings():
            self._background.run(
                "merge",
                search_tasks.learn_meanings,
                self._workspace.data,
                then=self._learn_more_if,
                failed=self._leave_unmerged,
            )

    def _learn_more_if(self, waiting: bool) -> None:
        if waiting:
            self._idle.start()

    def _leave_unmerged(self, problem: Problem) -> None:
        # Whoever searches misses nothing by it; it is tried again after the next change.
        _LOG.info("The index stays as it is: %s", type(problem).__name__)

    def close(self) -> None:
        """Begin nothing any more."""
        self._idle.stop()
