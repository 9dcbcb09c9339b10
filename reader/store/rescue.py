"""What an open notes file held when another program took it away, written beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from reader.model.annotation import Annotation, Change
from reader.paths import make_private
from reader.problem import Problem
from reader.store.database import Database
from reader.store.note_writer import Edits
from reader.store.open_file import Replaced

if TYPE_CHECKING:
    from reader.store.copies import Reason

REASON: Reason = "file was replaced"


class Rescue:
    """Makes one backup of what was open, and adds to it what is written from then on.

    A file that lost its name can still be read, all of it. One that was copied over may not: so
    what `in_memory` gives is added, where the backup has it not or older.
    """

    def __init__(self, database: Database, device: str, now: Callable[[], str]) -> None:
        self._database = database
        self._device = device
        self._now = now
        self._copy: Path | None = None
        self.in_memory: Callable[[], Iterable[Annotation]] = tuple

    def keep(self, changes: Sequence[Change]) -> Replaced:
        """Keep the notes and these changes; return the Problem that says where.

        Raises:
            Problem: when they cannot be written either.
        """
        # Imported here: few starts need it.
        from reader.store.copies import holding, write_holding

        made: list[Change] = []
        if self._copy is None:
            self._copy = self._made()
            made = [Change(None, annotation) for annotation in self.in_memory()]
        key = self._database.key
        held = holding(self._copy, key)
        number = held.number if held is not None else 0
        with closing(Database(self._copy, None, key=key)) as copy, copy.transaction():
            edits = Edits(copy, self._device, self._now)
            for change in made:
                current, after = edits.current(change.annotation_id), change.after
                if after is not None and (current is None or current.revision < after.revision):
                    edits.write([Change(current, after)], "edit", 0)
            for change in changes:
                current = edits.current(change.annotation_id)
                if current is not None or change.after is not None:
                    edits.write([Change(current, change.after)], "edit", 0)
            write_holding(copy, number, REASON)
        return Replaced(
            f"“{self._database.path}” was removed or replaced by another program. The notes that "
            f"were open, with what you wrote, are in the backup “{self._copy.name}”: restore it, "
            "or start Offprint again to go on with the file that is there now."
        )

    def _made(self) -> Path:
        # Here, as few starts need it.
        from reader.store.backups import backups, copy_of

        path = self._database.path
        with suppress(Problem):
            return copy_of(
                self._database, path, self._now, REASON, backups(path, self._database.key)
            )
        import tempfile

        with (
            tempfile.TemporaryDirectory(dir=make_private(path.parent)) as folder,
            closing(Database(Path(folder) / path.name, "notes", key=self._database.key)) as empty,
        ):
            return copy_of(empty, path, self._now, REASON, backups(path, self._database.key))
