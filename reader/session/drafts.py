"""What is typed in editors: on the disk within a second, and offered again after a crash."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from reader.model.annotation import Annotation, Change
from reader.problem import Problem
from reader.store.database import Database, has_table
from reader.store.drafts import Draft, DraftTable
from reader.store.durable_files import utc_now
from reader.store.encryption import Key
from reader.store.liveness import Sign, is_running

if TYPE_CHECKING:
    from reader.services.workspace import Workspace

# An editor puts down what is typed so long after the first key; then it is on the disk well within
# a second.
DRAFT_DELAY_MS = 400
RETRY_SECONDS = 2.0
WAIT_SECONDS = 2.0


class Drafts(QObject):
    """The owner of what is being typed, and of what earlier windows left unsaved.

    A draft is no edit: undo, history and exports know nothing of it. It is written by a thread, so
    that neither a slow disk nor another process that writes holds up the keys.
    """

    failed = Signal(Problem)  # it cannot be written; said once, until it can again
    changed = Signal()  # other drafts are left
    wanted = Signal()  # whoever has typed words puts them down now

    _ended = Signal(object)  # Problem or None: from the thread

    def __init__(self, workspace: Workspace, apply: Callable[[Change], bool]) -> None:
        super().__init__()
        self._workspace = workspace
        # Those that editors were opened on: what is typed never goes to another user's.
        self._notes = workspace.notes
        self._apply = apply
        self._sign: Sign | None = None
        self._session = os.urandom(8).hex()
        self._left_here: set[str] = set()
        self._troubled = False
        self._writer = _Writer(self._ended.emit)
        self._ended.connect(self._take_end, Qt.ConnectionType.QueuedConnection)

    def reset(self) -> None:
        """Go on with the notes that are open now."""
        self.flush()
        self._take_sign_away()
        self._notes = self._workspace.notes
        self._left_here.clear()
        self.changed.emit()

    @property
    def _folder(self) -> Path:
        return self._notes.path.parent / "typing"

    def draft(self, draft_id: str, annotation: Annotation, note: str, tags: str) -> Draft:
        """What is typed in an editor now, on an annotation as it was when that was opened."""
        if self._sign is None:
            try:
                self._sign = Sign(self._folder)
                self._session = self._sign.name
            except Problem:
                # On a full disk: that is said when the draft itself cannot be written.
                pass
        return Draft(draft_id, annotation, note, tags, utc_now(), self._session)

    def put(self, draft: Draft) -> None:
        """Have a draft written; it takes the place of the one of the same editor before."""
        self._writer.put(self._notes.path, draft.id, draft, self._notes.key)

    def drop(self, draft_id: str) -> None:
        """Have a draft removed: its words are kept as a note, or are no more."""
        self._writer.put(self._notes.path, draft_id, None, self._notes.key)

    def leave(self, draft: Draft) -> bool:
        """Leave words to be decided about, when their note is no longer what it was.

        Return whether they are on the disk.
        """
        self.put(draft)
        if not self._writer.wait(WAIT_SECONDS):
            return False
        self._left_here.add(draft.id)
        self.changed.emit()
        return True

    @property
    def left(self) -> list[Draft]:
        """What no editor holds any more: left by a crash, or by an editor whose note is gone.

        The oldest comes first. One whose words are the note's own by now is removed.
        """
        try:
            free = [one for one in self._notes.drafts.all() if self._is_free(one)]
            kept = [one for one in free if self._is_kept(one)]
        except Problem:
            # That is said where it is read first.
            return []
        for draft in kept:
            self.drop(draft.id)
        return [one for one in free if one not in kept]

    def _is_free(self, draft: Draft) -> bool:
        """Whether no window has it in an editor, neither this nor another."""
        if draft.id in self._left_here:
            return True
        return draft.session != self._session and not is_running(self._folder, draft.session)

    def _is_kept(self, draft: Draft) -> bool:
        now = self._notes.annotation(draft.annotation.id)
        if now is None or now.deleted:
            return not draft.is_new
        return not draft.is_new or draft.written_on(now) == now

    def becomes_new(self, draft: Draft) -> bool:
        """Whether a draft can only be kept as a note of its own: the one that it was begun on is
        gone, or says something else by now."""
        before = draft.annotation
        try:
            now = self._notes.annotation(before.id)
        except Problem:
            # That is said when it is written.
            return False
        if now is None or now.deleted:
            return True
        is_as_before = (now.note, now.tags) == (before.note, before.tags)
        return not is_as_before and draft.written_on(now) != now

    def keep(self, draft: Draft) -> bool:
        """Make a draft what its note says, in one edit, or a note of its own; whether that is on
        the disk."""
        import uuid

        now = self._notes.annotation(draft.annotation.id)
        if now is None or self.becomes_new(draft):
            new = replace(draft.annotation, id=str(uuid.uuid4()), created="", modified="")
            change = Change(None, draft.written_on(replace(new, deleted="", revision=0)))
        else:
            change = Change(now, draft.written_on(now))
        kept = change.before == change.after or self._apply(change)
        if kept:
            self.discard(draft)
        return kept

    def discard(self, draft: Draft) -> None:
        """Remove a draft that is left."""
        self.drop(draft.id)
        self._writer.wait(WAIT_SECONDS)
        self._left_here.discard(draft.id)
        self.changed.emit()

    def flush(self) -> bool:
        """Have all that is typed written now, and wait for it; whether it is on the disk."""
        self.wanted.emit()
        return self._writer.wait(WAIT_SECONDS)

    def close(self) -> None:
        """Write what is to be written, and end."""
        self._writer.close(WAIT_SECONDS)
        self._take_sign_away()

    def _take_sign_away(self) -> None:
        if self._sign is not None:
            self._sign.close()
        self._sign = None

    def _take_end(self, problem: Problem | None) -> None:
        if problem is not None and not self._troubled:
            self.failed.emit(problem)
        self._troubled = problem is not None


# Where the notes lie, their key, and the draft, or None for none any more.
_Job = tuple[Path, Key | None, Draft | None]


class _Writer:
    """A thread that writes the latest draft of each editor, and tries again what fails."""

    def __init__(self, ended: Callable[[Problem | None], None]) -> None:
        self._ended = ended
        self._waiting: dict[str, _Job] = {}
        self._state = threading.Condition()
        self._failed = False
        self._closing = False
        self._thread: threading.Thread | None = None

    def put(self, path: Path, draft_id: str, draft: Draft | None, key: Key | None = None) -> None:
        """Have a draft written to the notes at `path`, or removed from them."""
        with self._state:
            self._waiting[draft_id] = path, key, draft
            self._failed = False
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="drafts", daemon=True)
                self._thread.start()
            self._state.notify_all()

    def wait(self, seconds: float) -> bool:
        """Wait until all is written, or one could not be; whether all is written."""
        with self._state:
            self._state.wait_for(lambda: not self._waiting or self._failed, seconds)
            return not self._waiting

    def close(self, seconds: float) -> None:
        """End the thread when all is written, or could not be."""
        with self._state:
            self._closing = True
            self._state.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join(seconds)

    def _run(self) -> None:
        open_at: Path | None = None
        database: Database | None = None
        while (next_one := self._next()) is not None:
            draft_id, job = next_one
            path, key, draft = job
            problem: Problem | None = None
            try:
                if database is None or path != open_at:
                    if database is not None:
                        database.close()
                    database, open_at = _opened(path, key), path
                _write(database, draft_id, draft)
            except Problem as one:
                problem = one
                if database is not None:
                    # Another file may be in the place of this one.
                    database.close()
                database = None
            self._finish(draft_id, job, problem)
        if database is not None:
            database.close()

    def _next(self) -> tuple[str, _Job] | None:
        with self._state:
            if self._failed and not self._closing:
                self._state.wait_for(lambda: not self._failed or self._closing, RETRY_SECONDS)
            self._state.wait_for(lambda: bool(self._waiting) or self._closing)
            if not self._waiting or (self._closing and self._failed):
                return None
            draft_id = next(iter(self._waiting))
            return draft_id, self._waiting[draft_id]

    def _finish(self, draft_id: str, job: _Job, problem: Problem | None) -> None:
        with self._state:
            self._failed = problem is not None
            # What was typed meanwhile waits on.
            waiting = self._waiting.pop(draft_id)
            if problem is not None or waiting is not job:
                self._waiting[draft_id] = waiting
            self._state.notify_all()
            closing = self._closing
        if not closing:
            self._ended(problem)


def _opened(path: Path, key: Key | None) -> Database:
    database = Database(path, None, key=key)
    if not has_table(database, "draft"):
        database.close()
        raise Problem(f"“{path}” was replaced by an older one. Start Offprint again.")
    return database


def _write(database: Database, draft_id: str, draft: Draft | None) -> None:
    table = DraftTable(database)
    if draft is None:
        table.remove([draft_id])
    else:
        table.put(draft)
