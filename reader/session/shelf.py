"""The library: taking files in, indexing them, renaming and removing documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from reader import tasks
from reader.paths import seeds
from reader.placing import step_back
from reader.problem import Problem
from reader.session.searching import Searching
from reader.store.details import LabelKind
from reader.taking_in import Progress, TakingIn

INDEX_BATCH = 20


class Shelf(Searching):
    """The verbs that change what the library holds."""

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self._taking_in = TakingIn()

    def open_files(self, paths: Iterable[str | Path]) -> None:
        """Takes files and folders into the library; a single file is opened when it is in."""
        idle = not self._taking_in.busy
        self._taking_in.add([Path(path) for path in paths])
        if idle:
            self._take_next()

    def cancel_import(self) -> None:
        """Leaves out the files that are still waiting; what is in stays."""
        self._taking_in.cancel()

    def _take_next(self) -> None:
        path = self._taking_in.next()
        if path is None:
            self._end_import()
            return
        self.importing.emit(self._taking_in.progress)
        self._jobs.run(
            "read",
            tasks.read,
            str(path),
            str(self.paths.staging),
            then=self._keep,
            failed=self._miss,
        )

    def _keep(self, result: tasks.ReadResult) -> None:
        self._jobs.run(
            "index",
            tasks.keep,
            str(self.paths.data),
            result,
            then=partial(self._took, result.document_id),
            failed=self._miss,
        )

    def _took(self, document_id: str, outcome: str) -> None:
        self._taking_in.took(document_id)
        if outcome == "updated":
            self.reload(document_id)
            self.place_notes(document_id)
        self._take_next()

    def _miss(self, problem: Problem) -> None:
        self._taking_in.missed(problem.sentence)
        self._take_next()

    def _end_import(self) -> None:
        progress = self._taking_in.progress
        self._taking_in = TakingIn()
        self.importing.emit(None)
        self.library_changed.emit()
        if progress.total == 1 and progress.document_ids:
            self.show(progress.document_ids[0])
        elif progress.total > 1 or progress.failures:
            self._report(progress)
        self.index_waiting()

    def _report(self, progress: Progress) -> None:
        if len(progress.failures) == 1:
            self.failed.emit(Problem(progress.failures[0][1]))
        elif progress.failures:
            self.failed.emit(
                Problem(
                    f"{len(progress.document_ids)} of {progress.total} files are in the library; "
                    f"{len(progress.failures)} could not be read: "
                    + "; ".join(f"{name} – {sentence}" for name, sentence in progress.failures[:5])
                )
            )
        else:
            self.told.emit(f"{len(progress.document_ids)} documents are in the library.")

    def rename_document(self, document_id: str, title: str) -> None:
        """Gives a document another title."""
        self._store(self.library.rename, document_id, title.strip())

    def edit_details(self, document_id: str, values: Mapping[str, Any]) -> None:
        """Writes other details over those of the file, by their names in `FIELDS`."""
        if self._store(self.library.edit, document_id, values):
            self.reload(document_id)
            self.index_waiting()

    def label(self, kind: LabelKind, document_id: str, names: Iterable[str]) -> None:
        """Gives a document these tags, or puts it into these collections, and no others."""
        self._store(self.library.details.label, kind, document_id, list(names))

    def restore_document(self, document_id: str) -> None:
        """Has a document back from the trash."""
        if self._store(self.library.details.restore, document_id):
            self.index_waiting()

    def empty_trash(self) -> None:
        """Removes for good what is in the trash; notes on it are kept."""
        for document_id, _ in self.library.details.trash():
            if not self._store(self.library.remove, document_id):
                return

    def remove_document(self, document_id: str) -> None:
        """Puts a document into the trash; this user's notes on it are kept.

        When an earlier edition comes to the front by that, the document is removed for good and
        the notes go back to the earlier one.
        """
        if not self._may_leave():
            return
        if not self.library.editions.earlier_ids(document_id):
            self._remove(document_id, self.library.details.put_in_trash)
            return
        self._jobs.run(
            "notes",
            step_back,
            str(self.paths.data),
            self.user,
            document_id,
            then=partial(self._stepped_back, document_id),
            failed=self.failed.emit,
        )

    def _stepped_back(self, document_id: str, _count: int) -> None:
        self._notes.news()
        self._remove(document_id, self.library.remove)

    def _remove(self, document_id: str, verb: Callable[[str], None]) -> None:
        if not self._store(verb, document_id):
            return
        self._jobs.run(
            "index",
            tasks.forget,
            str(self.paths.data),
            [document_id],
            then=self._search_again,
            failed=self.failed.emit,
        )
        if self.document is not None and self.document.id == document_id:
            self.document = None
            self._back = [spot for spot in self._back if spot[0] != document_id]
            self._forward = [spot for spot in self._forward if spot[0] != document_id]
            self.history_changed.emit()
            self.start()

    def _store(self, verb: Callable[..., None], *args: Any) -> bool:
        try:
            verb(*args)
        except Problem as problem:
            self.failed.emit(problem)
            return False
        self.library_changed.emit()
        return True

    def index_waiting(self) -> None:
        """Has the worker index what the index does not hold yet, the open document first."""
        self._jobs.run(
            "index",
            tasks.waiting,
            str(self.paths.data),
            then=self._index_all,
            failed=self.failed.emit,
        )

    def _index_all(self, waiting: list[str]) -> None:
        if self.document is not None and self.document.id in waiting:
            waiting.remove(self.document.id)
            self._index([self.document.id])
        for start in range(0, len(waiting), INDEX_BATCH):
            self._index(waiting[start : start + INDEX_BATCH])

    def _index(self, document_ids: list[str]) -> None:
        self._jobs.run(
            "index",
            tasks.index,
            str(self.paths.data),
            document_ids,
            then=self._has_indexed,
            failed=self.failed.emit,
        )

    def _has_indexed(self, document_ids: Sequence[str]) -> None:
        for document_id in document_ids:
            self.indexed.emit(document_id)

    def open_guide(self) -> None:
        """Brings the guide back into the library and opens it."""
        self.open_files([seeds() / "guide.md"])
