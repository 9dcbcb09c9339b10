"""Notes that are damaged or gone: what is known of them, and the ways on."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from reader.paths import Paths
from reader.problem import Problem
from reader.store.database import Damaged, Database, has_table
from reader.store.durable_files import utc_now
from reader.store.encryption import Key, is_locked
from reader.store.note_rows import crc
from reader.store.open_file import BESIDE

if TYPE_CHECKING:
    from reader.store.copies import Backup

# A start that finds notes is not to load what knows copies: each function imports it by itself.

# The setting that says that a person wanted no notes, though there are backups with some.
_BEGUN_EMPTY = "begun_empty"
# What a file has in which something was noted.
_SIGNS = (("step", ""), ("annotation", ""), ("setting", f"WHERE name = '{_BEGUN_EMPTY}'"))


class DamagedNotes(Problem):
    """A user's notes cannot be read, or are gone; what there is of the file is left as it is.

    `backup` is, of the good copies with most notes, the one made last. `gone` is whether there is
    no file, or one in which nothing was ever written, though a copy or a log has notes.
    """

    def __init__(
        self,
        path: Path,
        last: Backup | None,
        gone: bool = False,
        key: Key | None = None,
        foreign: str = "",
    ) -> None:
        self.path = path
        self.key = key
        self.backup = last
        self.gone = gone
        state = "are damaged; the file has been left as it is"
        if gone:
            state = "are missing, though there were some"
        elif foreign:
            state = f"hold {foreign}; the file has been left as it is"
        offer = "there is no backup."
        if last is not None:
            held = last.holds.notes if last.holds is not None else 0
            offer = (
                f"the last good backup is of {last.made:%Y-%m-%d %H:%M} UTC and can be restored: "
                f"it holds {held} {'note' if held == 1 else 'notes'}."
            )
        super().__init__(f"The notes in “{path}” {state}, and {offer}")

    def __reduce__(self) -> tuple[type[Problem], tuple[str]]:
        # What comes from a worker process needs no more than the sentence.
        return Problem, (self.sentence,)


def damaged_notes(
    path: Path, gone: bool = False, key: Key | None = None, why: Damaged | None = None
) -> DamagedNotes:
    """What there is to say and to do about notes that cannot be opened."""
    foreign = why.foreign if why is not None else ""
    return DamagedNotes(path, way_back(path, key), gone, key, foreign)


def way_back(path: Path, key: Key | None = None) -> Backup | None:
    """The backup to restore; where none is good, and the notes hold what is not Offprint's, one
    that is made of them without that."""
    found = best_backup(path, key)
    if found is not None or not _holds_foreign(path, key):
        return found
    from reader.store.backups import copy_without_foreign

    with suppress(Problem):
        copy_without_foreign(path, key=key)
    return best_backup(path, key)


def _holds_foreign(path: Path, key: Key | None) -> bool:
    try:
        with closing(Database(path, None, key=key)) as notes:
            return bool(notes.foreign("notes"))
    except Problem:
        return False


def best_backup(path: Path, key: Key | None = None) -> Backup | None:
    """Of the good copies with most notes, the one made last; None when there is no good copy."""
    from reader.store.backups import backups, verify_notes

    copies = sorted(backups(path, key), key=_notes_in, reverse=True)
    return next((one for one in copies if not verify_notes(one.path, key)), None)


def _notes_in(copy: Backup) -> int:
    return copy.holds.all_notes if copy.holds is not None else -1


def look_for(path: Path, key: Key | None = None) -> None:
    """Looks whether notes are there, or are to begin; cheap where there are some.

    Raises:
        DamagedNotes: when there is no file, or one in which nothing was ever noted, although a
            copy holds notes, or SQLite's log is there without its file.
        Damaged: when the file cannot be read.
    """
    if _is_blank(path, key) and _were_notes(path, key):
        raise damaged_notes(path, gone=True, key=key)


def _is_blank(path: Path, key: Key | None) -> bool:
    """Whether nothing was ever noted here, nor was it begun without notes on purpose."""
    if not _is_file(path):
        return True
    with closing(Database(path, None, key=key)) as notes:
        return not any(
            has_table(notes, table) and notes.value(f"SELECT 1 FROM {table} {which} LIMIT 1")
            for table, which in _SIGNS
        )


def _is_file(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def _were_notes(path: Path, key: Key | None) -> bool:
    if not _is_file(path) and _is_file(path.with_name(path.name + "-wal")):
        return True
    from reader.store.backups import backups

    return any(_notes_in(one) > 0 for one in backups(path, key))


def begin_without_notes(
    path: Path, now: Callable[[], str] = utc_now, key: Key | None = None
) -> None:
    """Make a file without notes, because the person wants none of the backups.

    The backups stay, and what there was of a file is kept beside it.

    Raises:
        Problem: when it cannot be written.
    """
    from reader.store.backups import set_aside

    try:
        if set_aside(path, now()) is not None:
            for suffix in ("", *BESIDE):
                Path(f"{path}{suffix}").unlink(missing_ok=True)
    except OSError as error:
        raise Problem(f"“{path}” cannot be begun anew: {error.strerror}.") from error
    with closing(Database(path, "notes", key=key)) as database:
        values = _BEGUN_EMPTY, "true"
        database.run("INSERT OR REPLACE INTO setting VALUES (?, ?, ?)", *values, crc(*values))


def verify_user(paths: Paths, user: str, key: Key | None = None) -> list[str]:
    """What is wrong with a user's notes, one sentence each; empty when all is well."""
    path = paths.notes(user)
    if key is None and is_locked(path):
        # Here, as a start is not to load it. Rows are looked at when they are opened.
        from reader.store.key_file import key_file_faults

        return key_file_faults(path)
    try:
        look_for(path, key)
    except Problem as problem:
        return [problem.sentence]
    from reader.store.backups import verify_notes

    return verify_notes(path, key) if _is_file(path) else []
