"""Copies of a user's notes that stand beside them, each checked before it counts as one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from reader.paths import make_private
from reader.problem import Problem
from reader.store.database import Database
from reader.store.durable_files import sync_file, sync_folder, utc_now, write_file
from reader.store.edit_log import History
from reader.store.integrity import faults
from reader.store.note_writer import Edits

STARTS_KEPT = 5
DAYS_KEPT = 7
WEEKS_KEPT = 4
_NAME = "notes-%Y-%m-%dT%H-%M-%S.%fZ.db"


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the notes, and when it was made: UTC."""

    path: Path
    made: datetime

    @property
    def name(self) -> str:
        """Its file name."""
        return self.path.name


def backup(
    notes_path: Path, now: Callable[[], str] = utc_now, wanted: Backup | None = None
) -> Path:
    """Makes a checked copy of the notes and lets go of copies that are no longer needed.

    Kept are the last 5, the last of each of 7 days and of each of 4 weeks, and one that is wanted.

    Raises:
        Problem: when the copy cannot be written, or has faults: then it does not count and none of
            the others goes.
    """
    folder = make_private(notes_path.parent / "backups")
    made = datetime.fromisoformat(now().replace("Z", "+00:00"))
    target = folder / made.strftime(_NAME)
    part = target.with_suffix(".part")
    try:
        part.unlink(missing_ok=True)
        with closing(Database(notes_path, None)) as notes:
            notes.copy_to(part)
        if found := verify_notes(part):
            raise Problem(f"The notes were not backed up, for they have faults: {found[0]}")
        sync_file(part)
        part.replace(target)
        sync_folder(folder)
        for one in _superfluous([b for b in backups(notes_path) if b.path != target]):
            if one != wanted:
                one.path.unlink(missing_ok=True)
    except OSError as error:
        raise Problem(f"The notes could not be backed up: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)
    return target


def verify_notes(path: Path) -> list[str]:
    """What is wrong with a notes file, one sentence each; empty when all is well."""
    try:
        with closing(Database(path, None)) as database:
            return faults(database)
    except Problem as problem:
        return [problem.sentence]


def backups(notes_path: Path) -> list[Backup]:
    """The copies of the notes, the latest first."""
    folder = notes_path.parent / "backups"
    found = []
    for path in folder.glob("notes-*.db") if folder.is_dir() else ():
        try:
            made = datetime.strptime(path.name, _NAME)
        except ValueError:
            continue
        found.append(Backup(path, made.replace(tzinfo=UTC)))
    return sorted(found, key=lambda one: one.made, reverse=True)


def restore(notes_path: Path, chosen: Backup, now: Callable[[], str] = utc_now) -> str:
    """Puts a backup in the place of the notes, which no window should have open; says what it did.

    Notes that are whole are backed up first. Damaged ones are kept in a folder beside them, and
    what can be read of the edits that came after the backup is made again.

    Raises:
        Problem: when the backup has faults or the disk is full: then nothing has changed.
    """
    if found := verify_notes(chosen.path):
        raise Problem(f"The backup “{chosen.name}” was not restored, for it has faults: {found[0]}")
    back_to = f"The notes are again as they were on {chosen.made:%Y-%m-%d at %H:%M} UTC"
    part = notes_path.with_suffix(".part")
    try:
        part.unlink(missing_ok=True)
        if notes_path.exists() and not verify_notes(notes_path):
            kept = backup(notes_path, now, chosen)
            with closing(Database(chosen.path, None)) as copy:
                copy.copy_to(notes_path)
            return f"{back_to}; as they were until now, they are in the backup “{kept.name}”."
        aside = _set_aside(notes_path, now())
        with closing(Database(chosen.path, None)) as copy:
            copy.copy_to(part)
        sync_file(part)
        for suffix in ("-wal", "-shm", "-journal"):
            Path(f"{notes_path}{suffix}").unlink(missing_ok=True)
        part.replace(notes_path)
        sync_folder(notes_path.parent)
    except OSError as error:
        raise Problem(f"The backup could not be restored: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)
    count = _replay(aside / notes_path.name, notes_path, now)
    return (
        f"{back_to}, and {count} later edits were read from the damaged file. That is kept in "
        f"“{aside.name}”."
    )


def _set_aside(notes_path: Path, made: str) -> Path:
    """Copies the damaged file, and what belongs to it, to a new folder beside it."""
    aside = notes_path.parent / ("damaged-" + made.replace(":", "-"))
    make_private(aside)
    for suffix in ("", "-wal", "-shm", "-journal"):
        path = Path(f"{notes_path}{suffix}")
        if path.exists():
            write_file(aside / path.name, path.read_bytes())
    sync_folder(aside)
    return aside


def _replay(damaged_path: Path, notes_path: Path, now: Callable[[], str]) -> int:
    """Makes the edits again that the damaged file has and the restored one has not; how many."""
    count = 0
    with closing(Database(notes_path, "notes")) as database:
        edits = Edits(database, "", now)
        last = int(database.value("SELECT coalesce(max(id), 0) FROM operation"))
        with suppress(Problem), closing(Database(damaged_path, None)) as damaged:
            history = History(damaged)
            if not history.same_at(last, edits.history):
                return 0
            for _, one in history.later_than(last):
                if one is None:
                    continue
                with database.transaction():
                    count += bool(edits.write(edits.made_by([one]), "edit", 0))
    return count


def _superfluous(others: list[Backup]) -> list[Backup]:
    """Which of the copies, latest first, may go when one was just made.

    Days and weeks are counted over the copies that there are, not from today: neither a long leave
    nor a clock that is wrong for a day takes the last copies away.
    """
    kept = set(others[: STARTS_KEPT - 1])
    for most, period in ((DAYS_KEPT, "%Y-%m-%d"), (WEEKS_KEPT, "%G-%V")):
        newest: dict[str, Backup] = {}
        for one in others:
            newest.setdefault(one.made.strftime(period), one)
        kept.update(list(newest.values())[:most])
    return [one for one in others if one not in kept]
