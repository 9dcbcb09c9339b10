"""Every edit of a user's notes: checked against what is stored, stored, and written in the log."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, Literal

from reader.model.annotation import Annotation, Change
from reader.model.serialization import annotation_from_plain, annotation_to_plain
from reader.problem import Problem
from reader.store.database import Database
from reader.store.edit_log import History, Operation, StepKind
from reader.store.note_rows import COLUMNS, PUT, from_row, to_row

Changes = tuple[Change, ...]
# So many are read by one question; SQLite takes no more than 999 values in some builds.
_AT_ONCE = 500


class Edits:
    """The annotations in a notes database. Its writing verbs run inside a transaction."""

    def __init__(self, database: Database, device: str, now: Callable[[], str]) -> None:
        self._database = database
        self._device = device
        self._now = now
        self.history = History(database)
        self.damaged: set[str] = set()
        self.own_steps: set[int] = set()

    def read(self, where: str, *values: Any) -> list[Annotation]:
        """The annotations of these rows, document by document in reading order.

        A row that is not as it was written is noted in `damaged`; it hides no other, and is read
        from the history instead where that can be.
        """
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
                annotation = self.history.rebuilt(str(row[0]))
            if annotation is not None:
                found.append(annotation)
        return found

    def current(self, annotation_id: str) -> Annotation | None:
        """The annotation as it is stored now, also in the trash."""
        return next(iter(self.read("id = ?", annotation_id)), None)

    def some(self, annotation_ids: Iterable[str]) -> list[Annotation]:
        """The annotations as they are stored now, in the order of these ids, without those gone."""
        ids = list(annotation_ids)
        found: dict[str, Annotation] = {}
        for start in range(0, len(ids), _AT_ONCE):
            some = ids[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            found |= {one.id: one for one in self.read(f"id IN ({marks})", *some)}
        return [found[one] for one in ids if one in found]

    def checked(self, change: Change) -> Change:
        """The change as it is to be made to what is stored now."""
        current = self.current(change.annotation_id)
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

    def again(self, kind: Literal["undo", "redo"], document_id: str | None) -> Changes | None:
        """Take back or make again one step; None when there is none."""
        history = self.history
        find = history.step_to_undo if kind == "undo" else history.step_to_redo
        while (step := find(document_id)) is not None:
            operations = history.operations(step)
            if kind == "undo":
                operations = [one.inverse() for one in reversed(operations)]
            # A step of which nothing is left to take back is passed over.
            if changes := self.write(self.made_by(operations), kind, step):
                return changes
        return None

    def made_by(self, operations: Iterable[Operation]) -> Iterator[Change]:
        """The changes that operations make to what is stored, each when the last is stored."""
        for one in operations:
            if change := one.on(self.current(one.annotation_id)):
                yield change

    def write(self, changes: Iterable[Change], kind: StepKind, of: int) -> Changes:
        """Store each change as it comes, so that the next one sees it, and then their history."""
        made = self._now()
        stored = [c if c.before == c.after else self._put(c, made) for c in changes]
        effective = [change for change in stored if change.before != change.after]
        if effective or kind != "edit":
            step = self.history.add_step(kind, of, made, self._device)
            self.history.add(step, effective)
            self.own_steps.add(step)
        return tuple(stored)

    def _put(self, change: Change, made: str) -> Change:
        before, after = change.before, change.after
        if after is None:
            self._database.run("DELETE FROM annotation WHERE id = ?", change.annotation_id)
            return change
        if before is None:
            self._database.run("DELETE FROM purged WHERE annotation_id = ?", change.annotation_id)
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
        # What could not be read again from the log must not get in.
        annotation_from_plain(annotation_to_plain(after))
        self._database.run(PUT, *to_row(after))
        return Change(before, after)

    def repair(self) -> None:
        """Write damaged and missing rows again as the history has them.

        A damaged row that the history does not know stays, unless the history is whole: then it
        is one of those that were just written again, under an id that was damaged too.
        """
        known = {i: self.history.rebuilt(i) for i in self.history.annotation_ids()}
        rows = self._database.rows(f"SELECT {COLUMNS}, crc FROM annotation")
        whole = {row[0] for row in rows if from_row(row)}
        for annotation_id, annotation in known.items():
            if annotation is not None and annotation_id not in whole:
                self._database.run(PUT, *to_row(annotation))
        if self.history.is_whole():
            for row in rows:
                if row[0] not in whole and row[0] not in known:
                    self._database.run("DELETE FROM annotation WHERE id IS ?", row[0])
        self.rebuild_words()
        self.damaged.clear()

    def rebuild_words(self) -> None:
        """Make the index of words anew, from the annotations."""
        self._database.run("INSERT INTO word (word) VALUES ('rebuild')")

    def purge(self, annotation_ids: Iterable[str]) -> None:
        """Remove annotations and every trace of them; this cannot be undone."""
        for annotation_id in annotation_ids:
            self._database.run("DELETE FROM annotation WHERE id = ?", annotation_id)
            self._database.run("DELETE FROM operation WHERE annotation_id = ?", annotation_id)
            # No copy need be kept for it.
            self._database.run("INSERT OR IGNORE INTO purged VALUES (?)", annotation_id)
