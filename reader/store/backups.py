"""Copies of a user's notes that stand beside them, each checked before it counts as one."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from reader.paths import make_private, move
from reader.problem import Problem
from reader.store.copies import Backup, Reason, forget_holding, holding, write_holding
from reader.store.database import Database, has_table
from reader.store.drafts import carry
from reader.store.durable_files import sync_file, sync_folder, utc_now, write_file
from reader.store.edit_log import History
from reader.store.encryption import Key
from reader.store.note_writer import Edits
from reader.store.open_file import BESIDE

_OBJECTS = "SELECT name FROM sqlite_master"
_NAME = "notes-%Y-%m-%dT%H-%M-%S.%fZ.db"


def backup(
    notes_path: Path,
    now: Callable[[], str] = utc_now,
    wanted: Backup | None = None,
    reason: Reason = "by hand",
    key: Key | None = None,
) -> Path:
    """Make a checked copy of the notes and let go of copies that are no longer needed.

    With a `key`, notes and copies are encrypted.

    Kept are the last 5 made, the last of each of 7 days, of each of 4 weeks and for each reason,
    one that is wanted, and each that holds a note which no later one holds: the clock may say what
    it likes.

    Raises:
        Problem: when the copy cannot be written, or has faults: then it does not count and none of
            the others goes.
    """
    # Imported here: a start makes no copy.
    from reader.store.rotation import superfluous

    earlier = backups(notes_path, key)
    with closing(Database(notes_path, None, key=key)) as notes:
        target = copy_of(notes, notes_path, now, reason, earlier)
    try:
        for one in superfluous(target, [copy for copy in earlier if copy != wanted], key):
            one.path.unlink(missing_ok=True)
    except OSError as error:
        raise Problem(f"The notes could not be backed up: {error.strerror}.") from error
    return target


def copy_of(
    notes: Database,
    notes_path: Path,
    now: Callable[[], str],
    reason: Reason,
    earlier: Sequence[Backup],
) -> Path:
    """Make a checked copy of open notes beside those at `notes_path`, and remove none of the
    `earlier` ones.

    Raises:
        Problem: when the copy cannot be written, or has faults: then it does not count.
    """
    # Imported here: a start makes no copy.
    from reader.store.integrity import integrity_errors

    number = 1 + max((one.number for one in earlier), default=0)
    try:
        folder = make_private(notes_path.parent / "backups")
        target = _free(folder, datetime.fromisoformat(now().replace("Z", "+00:00")))
        part = target.with_suffix(".part")
        try:
            part.unlink(missing_ok=True)
            notes.copy_to(part)
            with closing(Database(part, None, key=notes.key)) as copy:
                if found := integrity_errors(copy):
                    raise Problem(f"The notes were not backed up, for they have faults: {found[0]}")
                write_holding(copy, number, reason)
            sync_file(part)
            part.replace(target)
            sync_folder(folder)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise Problem(f"The notes could not be backed up: {error.strerror}.") from error
    return target


def copy_without_foreign(
    notes_path: Path, now: Callable[[], str] = utc_now, key: Key | None = None
) -> None:
    """Make a backup of notes that hold what is not Offprint's, without that; they stay as they are.

    Raises:
        Problem: when it cannot be made, as when a table of ours was changed.
    """
    with (
        tempfile.TemporaryDirectory(dir=make_private(notes_path.parent)) as folder,
        closing(Database(notes_path, None, key=key)) as notes,
    ):
        part = Path(folder) / notes_path.name
        notes.copy_to(part)
        with (
            closing(Database(Path(folder) / "new.db", "notes", key=key)) as new,
            closing(Database(part, None, key=key)) as copy,
        ):
            for entry in copy.foreign("notes"):
                copy.run(entry.removal)
            if not set(new.rows(_OBJECTS)) <= set(copy.rows(_OBJECTS)):
                raise Problem(f"“{notes_path}” holds changed tables, and cannot be restored.")
            reason: Reason = "what is not Offprint's was taken out"
            copy_of(copy, notes_path, now, reason, backups(notes_path, key))


def _free(folder: Path, made: datetime) -> Path:
    """A name for a copy that none has: the clock may have said the same before."""
    while (target := folder / made.strftime(_NAME)).exists():
        made += timedelta(microseconds=1)
    return target


def verify_notes(path: Path, key: Key | None = None) -> list[str]:
    """What is wrong with a notes file, one sentence each; empty when all is well."""
    # Imported here: a start verifies nothing.
    from reader.store.integrity import integrity_errors

    try:
        with closing(Database(path, None, key=key)) as database:
            return integrity_errors(database)
    except Problem as problem:
        return [problem.sentence]


def backups(notes_path: Path, key: Key | None = None) -> list[Backup]:
    """The copies of the notes, the one made last first, whatever the clock said then."""
    folder = notes_path.parent / "backups"
    found = []
    for path in folder.glob("notes-*.db") if folder.is_dir() else ():
        try:
            made = datetime.strptime(path.name, _NAME)
        except ValueError:
            continue
        found.append(Backup(path, made.replace(tzinfo=UTC), holding(path, key)))
    return sorted(found, key=lambda one: (one.number, one.made), reverse=True)


def restore(
    notes_path: Path,
    chosen: Backup,
    now: Callable[[], str] = utc_now,
    key: Key | None = None,
) -> str:
    """Put a backup in the place of the notes, which no window should have open; say what it did.

    Notes that are whole are backed up first. Damaged ones are kept in a folder beside them, and
    what can be read of the edits that came after the backup is made again. What was being typed
    stays to be decided about.

    Raises:
        Problem: when the backup has faults or the disk is full: then nothing has changed.
    """
    if found := verify_notes(chosen.path, key):
        raise Problem(f"The backup “{chosen.name}” was not restored, for it has faults: {found[0]}")
    back_to = f"The notes are again as they were on {chosen.made:%Y-%m-%d at %H:%M} UTC"
    part = notes_path.with_suffix(".part")
    try:
        part.unlink(missing_ok=True)
        if notes_path.exists() and not verify_notes(notes_path, key):
            kept = backup(notes_path, now, chosen, "before restore", key)
            with closing(Database(chosen.path, None, key=key)) as copy:
                copy.copy_to(notes_path)
            _go_on(kept, notes_path, key)
            return f"{back_to}; as they were until now, they are in the backup “{kept.name}”."
        aside = set_aside(notes_path, now())
        with closing(Database(chosen.path, None, key=key)) as copy:
            copy.copy_to(part)
        sync_file(part)
        for suffix in BESIDE:
            Path(f"{notes_path}{suffix}").unlink(missing_ok=True)
        move(part, notes_path)
        sync_folder(notes_path.parent)
    except OSError as error:
        raise Problem(f"The backup could not be restored: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)
    if aside is None:
        _go_on(chosen.path, notes_path, key)
        return f"{back_to}."
    count = _replay(aside / notes_path.name, notes_path, now, key)
    _go_on(aside / notes_path.name, notes_path, key)
    return (
        f"{back_to}, and {count} later edits were read from the damaged file. That is kept in "
        f"“{aside.name}”."
    )


def _go_on(before_path: Path, notes_path: Path, key: Key | None) -> None:
    """Turn a copy that was put in the place of the notes into the notes themselves, with what was
    being typed before."""
    # The notes are back in any case.
    with suppress(Problem), closing(Database(notes_path, "notes", key=key)) as notes:
        forget_holding(notes)
    with suppress(Problem):
        carry(before_path, notes_path, key)


def set_aside(notes_path: Path, made: str) -> Path | None:
    """Copy a notes file, and what belongs to it, to a new folder beside it; None without any."""
    files = [Path(f"{notes_path}{suffix}") for suffix in ("", *BESIDE)]
    files = [path for path in files if path.exists()]
    if not files:
        return None
    name = "damaged-" + made.replace(":", "-")
    numbers = (f"{name}-{number}" if number > 1 else name for number in count(1))
    folders = (notes_path.parent / one for one in numbers)
    aside = make_private(next(folder for folder in folders if not folder.exists()))
    for path in files:
        write_file(aside / path.name, path.read_bytes())
    sync_folder(aside)
    return aside


def _replay(damaged_path: Path, notes_path: Path, now: Callable[[], str], key: Key | None) -> int:
    """Make the edits again that only the damaged file has; return how many."""
    made = 0
    with closing(Database(notes_path, "notes", key=key)) as database:
        edits = Edits(database, "", now)
        last = int(database.value("SELECT coalesce(max(id), 0) FROM operation"))
        with suppress(Problem), closing(Database(damaged_path, None, key=key)) as damaged:
            history = History(damaged)
            if not has_table(damaged, "operation"):
                return 0
            if history.checksum_at(last) != edits.history.checksum_at(last):
                return 0
            for _, one in history.later_than(last):
                if one is None:
                    continue
                with database.transaction():
                    made += bool(edits.write(edits.made_by([one]), "edit", 0))
    return made
