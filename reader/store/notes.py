"""One user's notes, reading positions and settings; what a method acknowledges is on the disk."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from reader.model.annotation import Annotation, Change
from reader.paths import Paths
from reader.problem import Problem
from reader.settings import Setting
from reader.store import lost
from reader.store.database import Damaged, Database, has_table
from reader.store.drafts import DraftTable
from reader.store.durable_files import utc_now
from reader.store.edit_log import Version
from reader.store.encryption import Key, LockedNotes, is_locked
from reader.store.note_rows import ON_DISK, crc, to_json
from reader.store.note_writer import Edits
from reader.store.open_file import Replaced
from reader.store.positions import Positions
from reader.store.reading import Readings
from reader.store.rescue import Rescue

if TYPE_CHECKING:
    from reader.store.note_queries import NoteQueries

_T = TypeVar("_T")
_MADE = "SELECT made FROM step WHERE id = ?"


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
        key: Key | None = None,
    ) -> None:
        """Open or make the file; `back_up` is called before an older file is migrated."""
        self.path = path
        self._database = Database(path, "notes", back_up, key)
        self._now = now
        self._edits = Edits(self._database, device, now)
        self.drafts = DraftTable(self._database)
        self._rescue = Rescue(self._database, device, now)
        self.positions = Positions(self._database, now, self._kept_beside)
        self.readings = Readings(self._database, self._kept_beside)
        self._seen = self._last_step()
        self._recognise()
        # What cannot be mended is said when it is read, and by a check.
        with suppress(Problem):
            self._find_again()

    @cached_property
    def queries(self) -> NoteQueries:
        """Questions about all notes at once."""
        # Imported here: the first paint asks none.
        from reader.store.note_queries import NoteQueries

        return NoteQueries(self._database, self._edits, self._whole)

    def _find_again(self) -> None:
        """Write the notes again that the history has, when there is none left."""
        database = self._database
        if not has_table(database, "annotation"):
            return
        if _is_empty(database, "annotation") and not _is_empty(database, "operation"):
            # Imported here: few starts need it.
            from reader.store.integrity import missing_notes

            if missing_notes(database):
                self.repair()

    def _last_step(self) -> int:
        return int(self._database.value("SELECT coalesce(max(id), 0) FROM step"))

    def _recognise(self) -> None:
        """Steps are only ever added: a file without this one is another."""
        self._database.remember(_MADE, self._last_step(), on_disk=ON_DISK)

    @property
    def key(self) -> Key | None:
        """What the file is encrypted with; None for one that anybody can read."""
        return self._database.key

    def keep_in_mind(self, shown: Callable[[], Iterable[Annotation]]) -> None:
        """Have the notes that a window shows written beside a file that was copied over."""
        self._rescue.in_memory = shown

    @property
    def damaged(self) -> frozenset[str]:
        """The ids of annotations whose rows were found damaged; `repair` writes them again."""
        return frozenset(self._edits.damaged)

    def annotations(self, document_id: str) -> list[Annotation]:
        """The document's annotations in reading order, without those in the trash."""
        return self._edits.read("document_id = ? AND deleted = ''", document_id)

    def all(self) -> list[Annotation]:
        """Every annotation that is not in the trash, document by document in reading order."""
        return self._edits.read("deleted = ''")

    def trash(self) -> list[Annotation]:
        """The annotations in the trash."""
        return self._edits.read("deleted <> ''")

    def annotation(self, annotation_id: str) -> Annotation | None:
        """One annotation, also from the trash; None when there is none of that id."""
        return self._edits.current(annotation_id)

    def some(self, annotation_ids: Iterable[str]) -> list[Annotation]:
        """These annotations in the order of their ids; one that is gone is left out."""
        return self._edits.some(annotation_ids)

    def apply(self, *changes: Change) -> tuple[Change, ...]:
        """Make the changes in one transaction; they are undone together.

        Return them as they are stored: with revision and time, and with what another window changed
        meanwhile in other fields.

        Raises:
            Problem: also when the same field was changed meanwhile, or the annotation is gone.
            ValueError: when an annotation is not sound: a time that is none, a lone surrogate.
        """
        edits = self._edits
        return self._whole(
            lambda: edits.write((edits.checked(change) for change in changes), "edit", 0), changes
        )

    def undo(self, document_id: str | None = None) -> tuple[Change, ...] | None:
        """Take back the latest edit that stands, of one document or of all.

        Fields that were edited since, from another place, keep that edit. Return the changes made;
        None when there is nothing to undo.
        """
        return self._whole(lambda: self._edits.again("undo", document_id))

    def redo(self, document_id: str | None = None) -> tuple[Change, ...] | None:
        """Make the edit again that was undone last; None after another edit."""
        return self._whole(lambda: self._edits.again("redo", document_id))

    def latest_edit(self, document_id: str) -> int | None:
        """The number of the edit of a document's notes that undo would take back; None for none."""
        return self._edits.history.step_to_undo(document_id)

    def history(self, annotation_id: str) -> list[Version]:
        """How the annotation was after each of its edits, the first one first."""
        return self._edits.history.versions(annotation_id)

    def purge(self, *annotation_ids: str) -> None:
        """Remove annotations with all their history, for good."""
        self._whole(lambda: self._edits.purge(annotation_ids))

    def repair(self) -> list[str]:
        """Write damaged rows again as the history has them; return what is still wrong then."""
        self._whole(self._edits.repair)
        return self.verify()

    def _whole(self, verb: Callable[[], _T], changes: Sequence[Change] = ()) -> _T:
        """Run `verb` in one transaction.

        What is damaged may be the index of words alone, which can be made anew: so it is made anew
        and `verb` gets a second try.
        """
        with self._kept_beside(changes):
            try:
                with self._database.transaction():
                    result = verb()
            except Damaged:
                with self._database.transaction():
                    self._edits.rebuild_words()
                with self._database.transaction():
                    result = verb()
        self._recognise()
        return result

    @contextmanager
    def _kept_beside(self, changes: Sequence[Change] = ()) -> Iterator[None]:
        """Keep the notes, and what was to be written, elsewhere when the file was replaced."""
        try:
            yield
        except Replaced as replaced:
            raise self._rescue.keep(changes) from replaced

    def news(self) -> set[str]:
        """The documents whose notes another window or program changed since this was last asked."""
        if not self._database.remembers():
            # A backup was put in the place of what was here.
            self._seen = self._last_step()
            self._recognise()
            return {row[0] for row in self._database.rows("SELECT document_id FROM operation")}
        rows = self._database.rows(
            "SELECT DISTINCT step, document_id FROM operation WHERE step > ?", self._seen
        )
        self._seen = max((row[0] for row in rows), default=self._seen)
        found = {row[1] for row in rows if row[0] not in self._edits.own_steps}
        self._edits.own_steps.clear()
        return found

    def setting(self, setting: Setting[_T]) -> _T:
        """Return a setting's value; its default when it was never set, or what is stored is
        damaged or not sound."""
        for value, checksum in self._database.rows(
            "SELECT value, crc FROM setting WHERE name = ?", setting.name
        ):
            if crc(setting.name, value) == checksum:
                with suppress(ValueError, TypeError, RecursionError):
                    return setting.checked(json.loads(value))
        return setting.default

    def set_setting(self, setting: Setting[_T], value: _T) -> None:
        """Keep a setting; the value is anything that JSON can hold."""
        values = (setting.name, to_json(value))
        with self._kept_beside():
            self._database.run(
                "INSERT OR REPLACE INTO setting VALUES (?, ?, ?)", *values, crc(*values)
            )

    def verify(self) -> list[str]:
        """What is wrong with the file, one sentence each; empty when all is well."""
        # Imported here: a start verifies nothing.
        from reader.store.integrity import integrity_errors

        return integrity_errors(self._database)

    def close(self) -> None:
        """Close the file; it cannot be used afterwards."""
        self._database.close()


def _is_empty(database: Database, table: str) -> bool:
    return database.value(f"SELECT 1 FROM {table} LIMIT 1") is None


def open_notes(
    paths: Paths,
    user: str,
    device: str = "",
    now: Callable[[], str] = utc_now,
    key: Key | None = None,
) -> Notes:
    """The user's notes, made when there are none.

    Raises:
        LockedNotes: when they have a passphrase, and there is no `key`.
        DamagedNotes: when the file cannot be read, or is gone or empty beside backups with notes;
            it names the backup to be restored.
        Problem: when it cannot be opened, or a newer Offprint wrote it.
    """
    path = paths.notes(user)
    if key is None and is_locked(path):
        raise LockedNotes(user)

    def back_up(old: Path) -> None:
        # Imported here: a start migrates nothing.
        from reader.store.backups import backup

        backup(old, now, reason="before migration", key=key)

    try:
        lost.look_for(path, key)
        return Notes(path, device, now, back_up, key)
    except Damaged as damaged:
        raise lost.damaged_notes(path, key=key, why=damaged) from damaged
