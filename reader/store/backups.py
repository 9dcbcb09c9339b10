"""Copies of a user's notes that stand beside them, each checked before it counts as one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from reader.paths import make_private
from reader.problem import Problem
from reader.store.checkup import faults
from reader.store.database import Database
from reader.store.durable import sync_file, sync_folder, utc_now

STARTS_KEPT = 5
DAYS_KEPT = 7
WEEKS_KEPT = 4
_NAME = "notes-%Y-%m-%dT%H-%M-%S.%fZ.db"


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the notes, and when it was made: UTC."""

    path: Path
    made: datetime


def backup(notes_path: Path, now: Callable[[], str] = utc_now) -> Path:
    """Makes a checked copy of the notes and lets go of copies that are no longer needed.

    Kept are the last 5, the last of each of 7 days and of each of 4 weeks.

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
