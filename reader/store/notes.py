"""One user's notes, reading positions and settings; what a method acknowledges is on the disk."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reader.model.annotation import Annotation, Change
from reader.model.codec import annotation_to_plain
from reader.paths import Paths
from reader.problem import Problem
from reader.store.backups import Backup, backup, backups
from reader.store.checkup import faults
from reader.store.database import Damaged, Database
from reader.store.durable import utc_now
from reader.store.history import History, Operation, StepKind
from reader.store.records import COLUMNS, crc, from_row, to_json, to_row


@dataclass(frozen=True, slots=True)
class Position:
    """Where the person is in a document.

    `offset` is the first code point in sight, `fraction` how much of its line, 0 to 1, is above
    the edge; `updated` is UTC, ISO 8601.
    """

    offset: int
    fraction: float
    updated: str


class Notes:
    """The notes of one user. Several processes may hold them open and write.

    Every method raises Problem for what a person can act on (a full or read-only disk, a damaged
    file), and then nothing has changed.
    """

    def __init__(
        self,
        path: Path,
        device: str = "",
        now: Callable[[], str] = utc_now,
        back_up: Callable[[Path], object] | None = None,
    ) -> None:
        """Opens or makes the file; `back_up` is called before an older file is migrated."""
        self._database = Database(path, "notes", back_up)
        self._history = History(self._database)
        self._device = device
        self._now = now
        self._seen = int(self._database.value("SELECT coalesce(max(id), 0) FROM step"))
        self._own: set[int] = set()
        self.damaged: set[str] = set()
        """The ids of annotations whose rows were found damaged so far."""

    @property
    def path(self) -> Path:
        """Where the notes lie."""
        return self._database.path

    def annotations(self, document_id: str) -> list[Annotation]:
        """The document's annotations in reading order, without those in the trash."""
        return self._read("document_id = ? AND deleted = ''", document_id)

    def all(self) -> list[Annotation]:
        """Every annotation that is not in the trash, document by document in reading order."""
        return self._read("deleted = ''")

    def trash(self) -> list[Annotation]:
        """The annotations in the trash."""
        return self._read("deleted <> ''")

    def annotation(self, annotation_id: str) -> Annotation | None:
        """One annotation, also from the trash; None when there is none of that id."""
        return next(iter(self._read("id = ?", annotation_id)), None)

    def _read(self, where: str, *values: Any) -> list[Annotation]:
        rows = self._database.rows(
            f"SELECT {COLUMNS}, crc FROM annotation WHERE {where} "
            'ORDER BY document_id, "start", "end", created, id',
            *values,
        )
        found = []
        for row in rows:
            annotation = from_row(row)
            if annotation is None:
                self.damaged.add(str(row[0]))
                annotation = self._history.rebuilt(str(row[0]))
            if annotation is not None:
                found.append(annotation)
        return found

    def apply(self, *changes: Change) -> tuple[Change, ...]:
        """Makes the changes in one transaction; they are undone together.

        Gives them as they are stored: with revision and time, and with what another window changed
        meanwhile in other fields.

        Raises:
            Problem: also when the same field was changed meanwhile, or the annotation is gone.
        """
        with self._database.transaction():
            return self._write((self._checked(change) for change in changes), "edit", 0)

    def _checked(self, change: Change) -> Change:
        """The change as it is to be made to what is stored now."""
        current = self.annotation(change.annotation_id)
        if (current is None) != (change.before is None):
            raise Problem("This note is already there." if current else "This note is gone.")
        if current is None or change.before is None or change.after is None:
            return Change(current, change.after)
        if current == change.before:
            return change
        operation = Operation.of(change)
        merged = operation.on(current) or Change(current, current)
        assert operation.after is not None
        now = annotation_to_plain(merged.after or current)
        if any(now[name] != value for name, value in operation.after.items()):
            raise Problem("This note was changed meanwhile in another window. Look at it again.")
        return merged

    def undo(self, document_id: str | None = None) -> tuple[Change, ...] | None:
        """Takes back the latest edit that stands, of one document or of all.

        Fields that were edited since, from another place, keep that edit. Gives the changes made;
        None when there is nothing to undo.
        """
        return self._again("undo", document_id)

    def redo(self, document_id: str | None = None) -> tuple[Change, ...] | None:
        """Makes the edit again that was undone last; None after another edit."""
        return self._again("redo", document_id)

    def _again(self, kind: StepKind, document_id: str | None) -> tuple[Change, ...] | None:
        history = self._history
        with self._database.transaction():
            while True:
                find = history.step_to_undo if kind == "undo" else history.step_to_redo
                step = find(document_id)
                if step is None:
                    return None
                operations = history.operations(step)
                if kind == "undo":
                    operations = [one.inverse() for one in reversed(operations)]
                # A step of which nothing is left to take back is passed over.
                if changes := self._write(self._made_by(operations), kind, step):
                    return changes

    def _made_by(self, operations: list[Operation]) -> Iterator[Change]:
        for one in operations:
            if change := one.on(self.annotation(one.annotation_id)):
                yield change

    def _write(self, changes: Iterable[Change], kind: StepKind, of: int) -> tuple[Change, ...]:
        """Stores each change as it comes, so that the next one sees it, and then their history."""
        made = self._now()
        stored = [c if c.before == c.after else self._put(c, made) for c in changes]
        effective = [change for change in stored if change.before != change.after]
        if effective or kind != "edit":
            step = self._history.add_step(kind, of, made, self._device)
            self._history.add(step, effective)
            self._own.add(step)
        return tuple(stored)

    def _put(self, change: Change, made: str) -> Change:
        before, after = change.before, change.after
        if after is None:
            self._database.run("DELETE FROM annotation WHERE id = ?", change.annotation_id)
            return change
        if before is None:
            after = replace(
                after,
                created=after.created or made,
                modified=after.modified or made,
                revision=after.revision + 1,
            )
        else:
            # The clock may go back; what was edited later never seems older.
            after = replace(
                after, modified=max(made, before.modified), revision=before.revision + 1
            )
        marks = ", ".join("?" * (len(to_row(after))))
        self._database.run(
            f"INSERT OR REPLACE INTO annotation ({COLUMNS}, crc) VALUES ({marks})", *to_row(after)
        )
        return Change(before, after)

    def news(self) -> set[str]:
        """The documents whose notes another window or program changed since this was last asked."""
        rows = self._database.rows(
            "SELECT DISTINCT step, document_id FROM operation WHERE step > ?", self._seen
        )
        self._seen = max((row[0] for row in rows), default=self._seen)
        found = {row[1] for row in rows if row[0] not in self._own}
        self._own.clear()
        return found

    def counts(self) -> dict[str, int]:
        """How many annotations each document has, without those in the trash."""
        return dict(
            self._database.rows(
                "SELECT document_id, count(*) FROM annotation WHERE deleted = '' "
                "GROUP BY document_id"
            )
        )

    def position(self, document_id: str) -> Position | None:
        """Where the person was in the document; None when it was never read."""
        for offset, fraction, updated, checksum in self._database.rows(
            'SELECT "offset", fraction, updated, crc FROM position WHERE document_id = ?',
            document_id,
        ):
            if crc(document_id, offset, fraction, updated) == checksum:
                return Position(offset, fraction, updated)
        return None

    def set_position(self, document_id: str, offset: int, fraction: float) -> None:
        """Keeps where the person is in the document, and that it was read now."""
        values = (document_id, offset, float(fraction), self._now())
        self._database.run(
            "INSERT OR REPLACE INTO position VALUES (?, ?, ?, ?, ?)", *values, crc(*values)
        )

    def latest(self) -> str | None:
        """The id of the document that was read last."""
        value = self._database.value("SELECT document_id FROM position ORDER BY updated DESC")
        return None if value is None else str(value)

    def setting(self, name: str, default: Any) -> Any:
        """The value of a setting, or `default` when it was never set."""
        for value, checksum in self._database.rows(
            "SELECT value, crc FROM setting WHERE name = ?", name
        ):
            if crc(name, value) == checksum:
                return json.loads(value)
        return default

    def set_setting(self, name: str, value: Any) -> None:
        """Keeps a setting; the value is anything that JSON can hold."""
        values = (name, to_json(value))
        self._database.run("INSERT OR REPLACE INTO setting VALUES (?, ?, ?)", *values, crc(*values))

    def verify(self) -> list[str]:
        """What is wrong with the file, one sentence each; empty when all is well."""
        return faults(self._database)

    def close(self) -> None:
        """Closes the file; it cannot be used afterwards."""
        self._database.close()


class DamagedNotes(Damaged):
    """A user's notes cannot be read; the file is left as it is. `backup` is the last good copy."""

    def __init__(self, path: Path, last: Backup | None) -> None:
        self.path = path
        self.backup = last
        offer = (
            f"the last good backup is of {last.made:%Y-%m-%d %H:%M} UTC and can be restored."
            if last
            else "there is no backup."
        )
        super().__init__(
            f"The notes in “{path}” are damaged; the file has been left as it is, and {offer}"
        )


def open_notes(
    paths: Paths, user: str, device: str = "", now: Callable[[], str] = utc_now
) -> Notes:
    """The user's notes, made when there are none.

    Raises:
        DamagedNotes: when the file cannot be read; it names the last good backup.
        Problem: when it cannot be opened, or a newer Offprint wrote it.
    """
    path = paths.notes(user)
    try:
        return Notes(path, device, now, lambda old: backup(old, now))
    except Damaged as damaged:
        raise DamagedNotes(path, next(iter(backups(path)), None)) from damaged
