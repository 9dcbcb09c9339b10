"""The log of every edit: written with the edit, read to undo it, to redo it and to mend a row."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

from reader.model.annotation import Annotation, Change
from reader.model.serialization import annotation_from_plain, annotation_to_plain
from reader.store.database import Database
from reader.store.note_rows import Plain, crc, difference, exchanged, to_json

_COLUMNS = "step, annotation_id, document_id, before, after"
StepKind = Literal["edit", "undo", "redo"]


class Operation(NamedTuple):
    """What one step did to one annotation.

    `before` and `after` hold the fields that changed, or all of them beside None when the
    annotation was made or went for good.
    """

    annotation_id: str
    document_id: str
    before: Plain | None
    after: Plain | None
    step: int = 0

    @classmethod
    def of(cls, change: Change) -> Operation:
        """The operation that a change is."""
        before = annotation_to_plain(change.before) if change.before else None
        after = annotation_to_plain(change.after) if change.after else None
        document_id = str((after or before or {})["document_id"])
        if before is not None and after is not None:
            before, after = difference(before, after)
        return cls(change.annotation_id, document_id, before, after)

    def inverse(self) -> Operation:
        """The operation that takes this one back."""
        return Operation(self.annotation_id, self.document_id, self.after, self.before)

    def on(self, current: Annotation | None) -> Change | None:
        """The change this makes to the annotation as it is now; None when there is none to make."""
        if self.before is None or self.after is None:
            # It was made, or it went for good: then only the opposite state can change.
            if (current is None) != (self.before is None):
                return None
            after = annotation_from_plain(self.after) if self.after is not None else None
            return Change(current, after)
        if current is None:
            return None
        now = annotation_to_plain(current)
        then = exchanged(now, self.before, self.after)
        return Change(current, annotation_from_plain(then)) if then != now else None


class Version(NamedTuple):
    """An annotation as it was after an edit, None when it was gone; `made` is UTC, ISO 8601."""

    kind: StepKind
    made: str
    device: str
    annotation: Annotation | None


class History:
    """The steps and operations in a notes database. Its writing verbs run inside a transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add_step(self, kind: StepKind, of: int, made: str, device: str) -> int:
        """Begin a step; an undo or redo also says so on the edit it is about."""
        run = self._database.run
        run(
            "INSERT INTO step (kind, of, made, device, undone) VALUES (?, ?, ?, ?, 0)",
            *(kind, of, made, device),
        )
        step = int(self._database.value("SELECT last_insert_rowid()"))
        if kind != "edit":
            run("UPDATE step SET undone = ? WHERE id = ?", step if kind == "undo" else 0, of)
        return step

    def add(self, step: int, changes: list[Change]) -> None:
        """Write down what a step changed."""
        rows = []
        for change in changes:
            one = Operation.of(change)
            values = (
                step,
                one.annotation_id,
                one.document_id,
                None if one.before is None else to_json(one.before),
                None if one.after is None else to_json(one.after),
            )
            rows.append((*values, crc(*values)))
        self._database.run_many(
            f"INSERT INTO operation ({_COLUMNS}, crc) VALUES (?, ?, ?, ?, ?, ?)",
            rows,
        )

    def step_to_undo(self, document_id: str | None) -> int | None:
        """The latest edit that stands, of one document or of all."""
        if document_id is None:
            question = "SELECT max(id) FROM step WHERE kind = 'edit' AND undone = 0"
            return _number(self._database.value(question))
        return _number(
            self._database.value(
                "SELECT step.id FROM operation JOIN step ON step.id = operation.step "
                "WHERE document_id = ? AND kind = 'edit' AND undone = 0 "
                "ORDER BY operation.step DESC LIMIT 1",
                document_id,
            )
        )

    def step_to_redo(self, document_id: str | None) -> int | None:
        """The edit undone last, unless another edit was made since."""
        touches = "SELECT 1 FROM operation WHERE step = step.id AND document_id = ?"
        where, values = (
            ("", ()) if document_id is None else (f"AND EXISTS ({touches})", (document_id,))
        )
        found = self._database.rows(
            f"SELECT id, undone FROM step WHERE undone > 0 {where} ORDER BY undone DESC LIMIT 1",
            *values,
        )
        if not found:
            return None
        later = self._database.value(
            f"SELECT id FROM step WHERE id > ? AND kind = 'edit' {where} LIMIT 1",
            *(found[0][1], *values),
        )
        return None if later else int(found[0][0])

    def operations(self, step: int) -> list[Operation]:
        """What a step did, in order; damaged rows are left out."""
        return self._read("step = ?", step)

    def versions(self, annotation_id: str) -> list[Version]:
        """How the annotation was after each of its edits, the first one first."""
        found = []
        for one, plain in self._states(annotation_id):
            rows = self._database.rows("SELECT kind, made, device FROM step WHERE id = ?", one.step)
            kind, made, device = rows[0] if rows else ("edit", "", "")
            annotation = _from_plain(plain)
            found.append(Version(kind, made, device, annotation))
        return found

    def rebuilt(self, annotation_id: str) -> Annotation | None:
        """The annotation as its edits made it; None when it is gone or they cannot be read."""
        states = [plain for _, plain in self._states(annotation_id)]
        return _from_plain(states[-1]) if states else None

    def _states(self, annotation_id: str) -> Iterator[tuple[Operation, Plain | None]]:
        plain: Plain | None = None
        for one in self._read("annotation_id = ?", annotation_id):
            if one.after is None or one.before is None:
                plain = one.after
            elif plain is not None:
                plain = {**plain, **one.after}
            yield one, plain

    def annotation_ids(self) -> list[str]:
        """The ids of all annotations that there ever were, in the order they were made."""
        rows = self._database.rows(
            "SELECT annotation_id FROM operation GROUP BY annotation_id ORDER BY min(id)"
        )
        return [row[0] for row in rows]

    def is_whole(self) -> bool:
        """Whether no operation is damaged."""
        rows = self._database.rows(f"SELECT {_COLUMNS}, crc FROM operation")
        return all(crc(*row[:-1]) == row[-1] for row in rows)

    def checksum_at(self, operation_id: int) -> int | None:
        """Return the checksum of an operation, None when there is none.

        Of two histories with the same one there, one goes on where the other ends.
        """
        return _number(self._database.value("SELECT crc FROM operation WHERE id = ?", operation_id))

    def later_than(self, operation_id: int) -> Iterator[tuple[int, Operation | None]]:
        """The operations with higher ids, one by one: of a damaged file, as many as can be read.

        None stands for one that is damaged itself.
        """
        while rows := self._database.rows(
            f"SELECT id, {_COLUMNS}, crc FROM operation WHERE id > ? ORDER BY id LIMIT 1",
            operation_id,
        ):
            operation_id, *values = rows[0]
            yield operation_id, _operation(values)

    def _read(self, where: str, value: Any) -> list[Operation]:
        rows = self._database.rows(
            f"SELECT {_COLUMNS}, crc FROM operation WHERE {where} ORDER BY id", value
        )
        return [one for one in map(_operation, rows) if one is not None]


def _operation(row: Sequence[Any]) -> Operation | None:
    """The operation of a row with its checksum; None when it is not as it was written."""
    if crc(*row[:-1]) != row[-1]:
        return None
    try:
        before, after = (None if text is None else json.loads(text) for text in row[3:5])
    except (ValueError, TypeError, RecursionError):
        return None
    is_sound = all(one is None or isinstance(one, dict) for one in (before, after))
    return Operation(row[1], row[2], before, after, row[0]) if is_sound else None


def _from_plain(untrusted: Plain | None) -> Annotation | None:
    """An annotation as a log has it; None when it is gone, or is none."""
    try:
        return None if untrusted is None else annotation_from_plain(untrusted)
    except ValueError:
        return None


def _number(value: Any) -> int | None:
    return None if value is None else int(value)
