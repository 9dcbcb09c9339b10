"""The library: taking files in, indexing them, renaming and removing documents."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from reader.paths import make_private, seeds
from reader.problem import Problem
from reader.services.import_queue import Progress, TakingIn, may_have_companions, states_of
from reader.services.older_documents import stage_older, stage_original
from reader.services.reanchoring import step_back
from reader.services.staging import ReadResult
from reader.session.search import Searching
from reader.store.library import Outcome
from reader.store.metadata import LabelKind
from reader.workers import tasks

INDEX_BATCH = 20
READ_AHEAD = 8


class Shelf(Searching):
    """The verbs that change what the library holds."""

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self._taking_in = TakingIn()
        self._read: list[tuple[Path, ReadResult]] = []
        self._keeping = False
        self._unindexed: list[str] = []
        # Files of which all is to be read, not their main text only.
        self._whole: set[Path] = set()
        # Names of files of the last import that could not be read, each with the reason.
        self.failures: tuple[tuple[str, str], ...] = ()

    def open_files(self, paths: Iterable[str | Path]) -> None:
        """Takes files and folders into the library; a single file is opened when it is in."""
        self._taking_in.quiet = False
        self._add([Path(path) for path in paths])

    def _add(self, paths: Iterable[Path]) -> None:
        idle = not self._taking_in.under_way
        self._taking_in.add(paths)
        if idle:
            self._take_next()
        if idle and self._taking_in.under_way:
            self._jobs.run(
                "keep", tasks.be_ready_to_keep, then=lambda _: None, failed=lambda _: None
            )

    def take_in_text(self, text: str, suffix: str) -> None:
        """Takes a text in as a document, ".txt" or ".html", as from the clipboard."""
        try:
            folder = Path(tempfile.mkdtemp(dir=make_private(self.paths.staging)))
            path = folder / f"Clipboard {datetime.now():%Y-%m-%d %H.%M}{suffix}"
            path.write_text(text, "utf-8")
        except OSError as error:
            self.failed.emit(Problem(f"The text could not be kept: {error.strerror}."))
            return
        self.open_files([path])

    def watch(self) -> None:
        """Takes in what is new in the folder that is watched; it may lie on a slow server."""
        self._jobs.run(
            "index",
            states_of,
            self.setting("watched_folder", ""),
            then=self._has_watched,
            failed=self.failed.emit,
        )

    def _has_watched(self, now: dict[str, list[int]] | None) -> None:
        new = []
        if now is not None:
            before = self.setting("watched_files", {})
            new = [Path(name) for name, state in now.items() if before.get(name) != state]
            self.set_setting("watched_files", now)
        if not new:
            self.index_waiting()
            return
        if not self._taking_in.under_way:
            self._taking_in.quiet = True
        self._add(new)

    def cancel_import(self) -> None:
        """Leaves out the files that are still waiting; what is in stays."""
        self._taking_in.cancel()
        # What a folder that is watched still holds comes with the next start.
        self.set_setting("watched_files", {})

    def _take_next(self) -> None:
        while self._taking_in.under_way < READ_AHEAD and (path := self._taking_in.next()):
            places = str(path), str(self.paths.data), str(self.paths.staging)
            read, missed = partial(self._read_file, path), partial(self._miss, path)
            if may_have_companions(path):
                self._jobs.run("keep", tasks.gather, *places, then=read, failed=missed)
            else:
                read()
        if self._taking_in.under_way:
            self.importing.emit(self._taking_in.progress)
        else:
            self._end_import()

    def _read_file(self, path: Path, gathered: str = "") -> None:
        """Has a file read; `gathered` is the folder of the pictures beside it."""
        self._jobs.run(
            "read",
            tasks.read,
            *(str(path), str(self.paths.staging), None, path in self._whole, gathered),
            then=partial(self._has_read, path),
            failed=partial(self._miss, path),
        )

    def _has_read(self, path: Path, result: ReadResult) -> None:
        self._read.append((path, replace(result, batch=self._taking_in.batch)))
        self._keep()

    def _keep(self) -> None:
        """Has all that was read meanwhile kept at once: each opening of a library takes time."""
        if self._keeping or not self._read:
            return
        self._keeping = True
        batch, self._read = self._read, []
        self._jobs.run(
            "keep",
            tasks.keep,
            str(self.paths.data),
            *(result for _, result in batch),
            then=partial(self._kept, batch),
            failed=partial(self._not_kept, batch),
        )

    def _kept(
        self,
        batch: list[tuple[Path, ReadResult]],
        outcomes: Sequence[Outcome | Problem],
    ) -> None:
        self._keeping = False
        self._keep()
        for (path, result), outcome in zip(batch, outcomes, strict=True):
            if isinstance(outcome, Problem):
                self._taking_in.missed(path, outcome.sentence)
            else:
                self._took(path, result.document_id, outcome)
        self._take_next()

    def _not_kept(self, batch: list[tuple[Path, ReadResult]], problem: Problem) -> None:
        self._kept(batch, [problem] * len(batch))

    def _took(self, path: Path, document_id: str, outcome: Outcome) -> None:
        self._taking_in.took(path, document_id, outcome)
        if outcome == "updated":
            self.reload(document_id)
            self.place_notes(document_id)
        if outcome != "known":
            self._unindexed.append(document_id)
        if len(self._unindexed) >= INDEX_BATCH:
            batch, self._unindexed = self._unindexed, []
            self._index(batch)

    def _miss(self, path: Path, problem: Problem) -> None:
        self._taking_in.missed(path, problem.sentence)
        self._take_next()

    def _end_import(self) -> None:
        progress, quiet = self._taking_in.progress, self._taking_in.quiet
        self._taking_in = TakingIn()
        self._unindexed = []
        self.failures = progress.failures
        self.importing.emit(None)
        self.library_changed.emit()
        if progress.total == 1 and progress.document_ids and not quiet:
            self.show(progress.document_ids[0])
            if progress.passed_over:
                self.told.emit(progress.summary)
        elif progress.total > 1 or progress.failures or progress.passed_over:
            self._report(progress)
        self.index_waiting()

    def _report(self, progress: Progress) -> None:
        if len(progress.failures) == 1:
            self.failed.emit(Problem(progress.failures[0][1]))
        elif progress.failures:
            count = len(progress.failures)
            said = f"{progress.summary} {count} files could not be taken in."
            self.offered.emit(
                # Not that none is there: the library holds what it held.
                said if progress.document_ids else f"None of the {count} files could be taken in.",
                "Show Them…",
                self.failures_wanted.emit,
            )
        else:
            self.told.emit(progress.summary)

    def rename_document(self, document_id: str, title: str) -> None:
        """Gives a document another title."""
        self._store(self.library.rename, document_id, title.strip())

    def import_again(self, document_id: str = "", whole: bool = False) -> None:
        """Reads a document's original file with the importers of today; a text that differs makes
        a new edition. Of a web page, its main text is read, or the `whole` of it.

        Without an id, all documents that older rules have read are read again, each as much of it
        as before.
        """
        if not document_id:
            data, failed = str(self.paths.data), self.failed.emit
            self._jobs.run("keep", stage_older, data, then=self._has_older, failed=failed)
            return
        try:
            path = stage_original(self.library, document_id, self.paths.staging)
        except Problem as problem:
            self.failed.emit(problem)
            return
        if whole:
            self._whole.add(path)
        self.open_files([path])

    def _has_older(self, originals: Sequence[tuple[str, bool]]) -> None:
        self._whole.update(Path(path) for path, whole in originals if whole)
        if originals:
            self.open_files(path for path, _ in originals)

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
        data, failed = str(self.paths.data), self.failed.emit
        self._jobs.run("index", tasks.waiting, data, then=self._index_all, failed=failed)

    def _index_all(self, waiting: list[str]) -> None:
        if self.document is not None and self.document.id in waiting:
            waiting.remove(self.document.id)
            self._index([self.document.id])
        for start in range(0, len(waiting), INDEX_BATCH):
            self._index(waiting[start : start + INDEX_BATCH])

    def _index(self, document_ids: list[str]) -> None:
        data, failed = str(self.paths.data), self.failed.emit
        then = self._has_indexed
        self._jobs.run("index", tasks.index, data, document_ids, then=then, failed=failed)

    def _has_indexed(self, document_ids: Sequence[str]) -> None:
        for document_id in document_ids:
            self.indexed.emit(document_id)

    def open_guide(self) -> None:
        """Brings the guide back into the library and opens it."""
        self.open_files([seeds() / "guide.md"])
