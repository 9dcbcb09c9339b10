"""The users of a data folder, and the backups of their notes."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reader.problem import Problem
from reader.services.workspace import Workspace
from reader.session.background import Background
from reader.session.current_document import CurrentDocument
from reader.session.locking import Locking
from reader.session.navigation import Navigation
from reader.session.notifier import Notifier
from reader.store.encryption import Key, LockedNotes
from reader.store.lost import DamagedNotes

if TYPE_CHECKING:
    from reader.store.copies import Backup

# A start is not to load what workers do: each method imports it by itself.


class Users(QObject):
    """Switches between users, and keeps copies of this user's notes."""

    changed = Signal(str)  # the name of the user whose notes are open now
    unlock_wanted = Signal(str)  # the name of a user whose notes have a passphrase
    backup_ended = Signal()  # a copy was made or restored, or could not be

    def __init__(
        self,
        workspace: Workspace,
        notifier: Notifier,
        background: Background,
        current: CurrentDocument,
        navigation: Navigation,
        locking: Locking,
    ) -> None:
        super().__init__()
        self.locking = locking
        self._workspace = workspace
        self._notifier = notifier
        self._background = background
        self._current = current
        self._navigation = navigation

    @property
    def names(self) -> list[str]:
        """The names of all users of this data folder."""
        return self._workspace.paths.users()

    def switch(self, name: str, key: Key | None = None) -> None:
        """Close this user's notes and open another's, new ones for a new name.

        When they have a passphrase and there is no `key`, `unlock_wanted` asks for it.
        """
        try:
            name = self._workspace.paths.user(name).name
        except Problem as problem:
            self._notifier.error(problem)
            return
        if name == self._workspace.user or not self._current.may_leave():
            return
        self._navigation.save()
        try:
            self._workspace.switch(name, key)
        except LockedNotes:
            self.unlock_wanted.emit(name)
            return
        except DamagedNotes as damaged:
            if damaged.backup is None:
                self._notifier.error(damaged)
            else:
                put_back = partial(self._restore_and_switch, name, damaged.backup, key)
                self._notifier.offer(damaged.sentence, "Restore", put_back)
            return
        except Problem as problem:
            self._notifier.error(problem)
            return
        self._begin_anew()

    def _restore_and_switch(self, name: str, chosen: Backup, key: Key | None) -> None:
        from reader.workers import tasks

        self._background.run(
            "notes",
            tasks.restore,
            *(str(self._workspace.paths.notes(name)), str(chosen.path), False, key),
            then=partial(self._switch_restored, name, key),
            failed=self._notifier.error,
        )

    def _switch_restored(self, name: str, key: Key | None, said: str) -> None:
        self.switch(name, key)
        self._notifier.info(said)

    @property
    def backups(self) -> list[Backup]:
        """The copies of this user's notes, the latest first."""
        # Imported here: a start lists no copies.
        from reader.store.backups import backups

        return backups(self._workspace.notes.path, self._workspace.key)

    def back_up(self) -> None:
        """Make a checked copy of the notes now, in a worker."""
        from reader.workers import tasks

        self._background.run(
            "notes",
            tasks.back_up,
            *(str(self._workspace.notes.path), "by hand", self._workspace.key),
            then=self._backed_up,
            failed=self._refused,
        )

    def _backed_up(self, path: str) -> None:
        self._notifier.made(f"The notes are backed up in “{Path(path).name}”.", path)
        self.backup_ended.emit()

    def _refused(self, problem: Problem) -> None:
        self._notifier.error(problem)
        self.backup_ended.emit()

    def restore(self, chosen: Backup) -> None:
        """Put a copy in the place of the notes, in a worker; what was there is kept beside it.

        Until `backup_ended` is emitted, no note may be edited: it could be gone with the others.
        """
        if not self._current.may_leave():
            self.backup_ended.emit()
            return
        self._navigation.save()
        from reader.workers import tasks

        self._background.run(
            "notes",
            tasks.restore,
            *(str(self._workspace.notes.path), str(chosen.path), True, self._workspace.key),
            then=partial(self._restored, chosen),
            failed=self._refused,
        )

    def _restored(self, chosen: Backup, said: str) -> None:
        problem: Problem | None = None
        try:
            if said:
                self._workspace.reopen()
            else:
                # Their file is damaged or gone: another is put there, which none may have open.
                said = self._workspace.restore(chosen)
        except Problem as raised:
            problem = raised
        self._begin_anew()
        if problem is None:
            self._notifier.info(said)
        else:
            self._notifier.error(problem)
        self.backup_ended.emit()

    def _begin_anew(self) -> None:
        self.changed.emit(self._workspace.user)
        self._current.open_last()

    def back_up_in_worker(self) -> None:
        """Keep a copy of the notes as they are at the start, and repair what is faulty in them."""
        from reader.workers import tasks

        self._background.run(
            "index",
            tasks.back_up,
            *(str(self._workspace.notes.path), "start", self._workspace.key),
            then=lambda _: None,
            failed=self._not_backed_up,
        )

    def _not_backed_up(self, problem: Problem) -> None:
        """Notes with faults are written again as their history has them, before anybody is told."""
        if self._mend():
            self._notifier.error(problem)

    def _mend(self) -> bool:
        try:
            return bool(self._workspace.notes.repair())
        except Problem as problem:
            self._notifier.error(problem)
            return False
