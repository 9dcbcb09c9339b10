"""Import of files: the queue, the watched folder, locked files and reading again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from reader.paths import seeds
from reader.problem import Locked, Problem
from reader.services.import_queue import Failure, ImportQueue, Progress, states_of
from reader.services.older_documents import stage_older, stage_original
from reader.services.staging import ReadResult
from reader.services.workspace import Workspace
from reader.session.background import Background
from reader.session.current_document import CurrentDocument
from reader.session.file_reading import Ends, FileReading
from reader.session.indexing import INDEX_BATCH, Indexing
from reader.session.library_commands import LibraryCommands
from reader.session.notifier import Notifier
from reader.session.passwords import LockedFile, Passwords
from reader.session.raw_pages import RawPages
from reader.session.reanchoring import Reanchoring
from reader.session.settings import Settings
from reader.session.timers import single_shot
from reader.settings import WATCHED_FILES, WATCHED_FOLDER
from reader.store.library import Outcome
from reader.workers import tasks

READ_AHEAD = 8
# How often the library shows what has come in meanwhile.
ARRIVALS_MS = 700


class Imports(QObject):
    """Files on their way into the library."""

    progress = Signal(Progress)  # or None when an import has ended
    failures_requested = Signal()  # the files of the last import that could not be read
    password_required = Signal(LockedFile)
    unlocked = Signal(str)  # id of a document whose file was opened with a password

    def __init__(
        self,
        workspace: Workspace,
        settings: Settings,
        notifier: Notifier,
        background: Background,
        current: CurrentDocument,
        library_commands: LibraryCommands,
        indexing: Indexing,
        reanchoring: Reanchoring,
        passwords: Passwords,
        raw_pages: RawPages,
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._settings = settings
        self._notifier = notifier
        self._background = background
        self._current = current
        self._library_commands = library_commands
        self._indexing = indexing
        self._reanchoring = reanchoring
        self._passwords = passwords
        self._raw_pages = raw_pages
        self._reading = FileReading(workspace, background)
        self._shown = ""  # the document that was shown before its file was read again
        self._taking_in = ImportQueue()
        self._read: list[tuple[Path, ReadResult]] = []
        self._keeping = False
        self._unindexed: list[str] = []
        # The single file that was asked for last: it is opened, whatever else is being read.
        self._wanted: Path | None = None
        # Files of the last import that could not be read.
        self.failed: tuple[Failure, ...] = ()
        self._arrivals = single_shot(self, ARRIVALS_MS)
        self._arrivals.timeout.connect(library_commands.announce)

    @property
    def failures(self) -> tuple[tuple[str, str], ...]:
        """Names of files of the last import that could not be read, each with the reason."""
        return tuple((one.name, one.sentence) for one in self.failed)

    def add(self, paths: Iterable[str | Path]) -> None:
        """Take files and folders into the library; a single file is opened when it is in."""
        self._taking_in.quiet = False
        wanted = [Path(path) for path in paths]
        if len(wanted) == 1 and not wanted[0].is_dir():
            self._wanted = wanted[0]
        self._add(wanted)

    def _add(self, paths: Iterable[Path]) -> None:
        idle = not self._taking_in.under_way
        self._taking_in.add(paths)
        if idle:
            self._take_next()
        if idle and self._taking_in.under_way:
            self._background.run(
                "keep", tasks.be_ready_to_keep, then=lambda _: None, failed=lambda _: None
            )

    def add_text(self, text: str, suffix: str) -> None:
        """Take a text in as a document, ".txt" or ".html", as from the clipboard."""
        from reader.services.clipboard_file import clipboard_file

        try:
            self.add([clipboard_file(self._workspace.paths.staging, text, suffix)])
        except Problem as problem:
            self._notifier.error(problem)

    def watch(self) -> None:
        """Take in what is new in the folder that is watched; it may lie on a slow server."""
        self._background.run(
            *("index", states_of, self._settings.get(WATCHED_FOLDER)),
            then=self._has_watched,
            failed=self._notifier.error,
        )

    def _has_watched(self, now: dict[str, list[int]] | None) -> None:
        before = self._settings.get(WATCHED_FILES)
        new = [Path(name) for name, state in (now or {}).items() if before.get(name) != state]
        if now is not None:
            self._settings.set(WATCHED_FILES, now)
        if not new:
            self._indexing.index_pending()
            return
        if not self._taking_in.under_way:
            self._taking_in.quiet = True
        self._add(new)

    def cancel(self) -> None:
        """Leave out the files that wait, and open none that is still read; what is in stays."""
        self._taking_in.cancel()
        self._wanted = None
        self._raw_pages.end()
        # What a folder that is watched still holds comes with the next start.
        self._settings.set(WATCHED_FILES, {})

    def _take_next(self) -> None:
        while self._taking_in.under_way < READ_AHEAD and (path := self._taking_in.next()):
            ends = Ends(
                *(partial(self._show_known, path), partial(self._show_unknown, path)),
                *(partial(self._is_known, path), partial(self._has_read, path)),
                partial(self._miss, path),
            )
            self._reading.begin(path, ends)
        if self._taking_in.under_way:
            self.progress.emit(self._taking_in.progress)
        else:
            self._end_import()

    def _is_asked_for(self, path: Path) -> bool:
        return self._taking_in.is_awaited or path == self._wanted

    def _show_unknown(self, path: Path, file_hash: str) -> None:
        if self._is_asked_for(path):
            self._raw_pages.show(path, file_hash)

    def _show_known(self, path: Path, document_id: str) -> None:
        """Open the document of the file that somebody asked for, before anything is read."""
        if self._is_asked_for(path):
            self._shown, self._wanted = document_id, None
            self._current.open(document_id)

    def _is_known(self, path: Path, document_id: str) -> None:
        self._taking_in.took(path, document_id, "known")
        self._take_next()

    def _has_read(self, path: Path, result: ReadResult) -> None:
        self._read.append((path, replace(result, batch=self._taking_in.batch)))
        self._keep()

    def _keep(self) -> None:
        """Have all that was read meanwhile kept at once: each opening of a library takes time."""
        if self._keeping or not self._read:
            return
        self._keeping = True
        batch, self._read = self._read, []
        self._background.run(
            "keep",
            tasks.keep,
            self._workspace.data,
            *(result for _, result in batch),
            then=partial(self._kept, batch),
            failed=partial(self._not_kept, batch),
        )

    def _kept(
        self, batch: list[tuple[Path, ReadResult]], outcomes: Sequence[Outcome | Problem]
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
            self._current.reload(document_id)
            self._reanchoring.run(document_id)
        if outcome != "known":
            self._unindexed.append(document_id)
        if path == self._wanted and self._taking_in.progress.total > 1:
            self._wanted = None
            self._library_commands.announce()
            self._current.open(document_id)
            self._raw_pages.end()
        elif not self._arrivals.isActive():
            self._arrivals.start()
        if len(self._unindexed) >= INDEX_BATCH:
            batch, self._unindexed = self._unindexed, []
            self._indexing.index(batch)

    def _miss(self, path: Path, problem: Problem) -> None:
        self._taking_in.missed(path, problem.sentence, is_locked=isinstance(problem, Locked))
        self._take_next()

    def _end_import(self) -> None:
        ended, self._taking_in = self._taking_in, ImportQueue()
        shown, self._shown = self._shown, ""
        progress = ended.progress
        self._unindexed = []
        self.failed = progress.failed
        self._wanted = None
        self._arrivals.stop()
        self.progress.emit(None)
        self._library_commands.announce()
        if ended.is_awaited and progress.document_ids:
            # Who was shown it at once may have gone on to another meanwhile.
            if progress.document_ids[0] != shown:
                self._current.open(progress.document_ids[0])
            if progress.passed_over:
                self._notifier.info(progress.summary)
        else:
            from reader.session.import_report import asked_for, tell

            show = self.failures_requested.emit
            tell(progress, self._notifier, self._current, self.add, show)
            for one in () if ended.quiet else asked_for(progress):
                self.password_required.emit(LockedFile(one.path, one.sentence))
        self._raw_pages.end()
        self._indexing.index_pending()

    def reimport(self, document_id: str = "", whole: bool = False) -> None:
        """Read a document's original file with the importers of today; a text that differs makes
        a new edition. Of a web page, its main text is read, or the `whole` of it.
        """
        try:
            path = stage_original(
                self._workspace.library, document_id, self._workspace.paths.staging
            )
        except Problem as problem:
            self._notifier.error(problem)
            return
        if whole:
            self._reading.whole.add(path)
        self.add([path])

    def reimport_older(self) -> None:
        """Read all documents again that older rules have read, each as much of it as before."""
        self._background.run(
            *("keep", stage_older, self._workspace.data),
            then=self._has_older,
            failed=self._notifier.error,
        )

    def _has_older(self, originals: Sequence[tuple[str, bool]]) -> None:
        self._reading.whole.update(Path(path) for path, whole in originals if whole)
        if originals:
            self.add(path for path, _ in originals)

    def open_guide(self) -> None:
        """Bring the guide back into the library and open it."""
        self.add([seeds() / "guide.md"])

    def unlock(self, path: str, password: str) -> None:
        """Take a locked file in and open it; after a wrong password it is asked for again."""
        self._background.run(
            *("read", tasks.read, path, str(self._workspace.paths.staging), password),
            then=partial(self._keep_unlocked, path, password),
            failed=partial(self._is_locked, path),
        )

    def _is_locked(self, path: str, problem: Problem) -> None:
        if isinstance(problem, Locked):
            self.password_required.emit(self._passwords.locked(path, problem))
        else:
            self._notifier.error(problem)

    def _keep_unlocked(self, path: str, password: str, result: ReadResult) -> None:
        self._passwords.keep(result.document_id, password)
        self._background.run(
            *("keep", tasks.keep, self._workspace.data, result),
            then=partial(self._show_unlocked, result.document_id, path),
            failed=self._notifier.error,
        )

    def _show_unlocked(self, document_id: str, path: str, kept: list[Outcome | Problem]) -> None:
        (outcome,) = kept
        if isinstance(outcome, Problem):
            self._notifier.error(outcome)
        else:
            self.failed = tuple(one for one in self.failed if one.path != path)
            if outcome == "updated":
                self._current.reload(document_id)
                self._reanchoring.run(document_id)
            self._library_commands.announce()
            self._current.open(document_id)
            self._indexing.index_pending()
        self.unlocked.emit(document_id)

    def ask_password(self, document_id: str, problem: Locked) -> None:
        """Have the window ask for the password of a document's file."""
        path = str(self._workspace.library.original(document_id))
        self.password_required.emit(self._passwords.locked(path, problem))

    def close(self) -> None:
        """Tell of nothing any more."""
        self._arrivals.stop()
