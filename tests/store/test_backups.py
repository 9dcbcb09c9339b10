from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reader.model.annotation import Change
from reader.paths import Paths
from reader.problem import Problem
from reader.store import backups as module
from reader.store import database
from reader.store.backups import backup, backups, restore, verify_notes
from reader.store.copies import Backup
from reader.store.notes import Notes, open_notes
from tests.store.samples import SCHEMAS, a_clock, added, alter, an_annotation, edited


def at(time: datetime) -> Callable[[], str]:
    return lambda: time.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def days(notes: Notes) -> list[str]:
    return [f"{one.made:%m-%d %H}" for one in backups(notes.path)]


def test_a_backup_is_a_whole_copy(notes: Notes) -> None:
    annotation = added(notes)
    path = backup(notes.path, a_clock())
    assert path.name == "notes-2024-01-01T00-00-00.000000Z.db"
    assert [b.name for b in backups(notes.path)] == [path.name]
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    copy = sqlite3.connect(path)
    assert copy.execute("SELECT id FROM annotation").fetchall() == [(annotation.id,)]
    copy.close()
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_without_any_backup_there_is_none(notes: Notes) -> None:
    assert backups(notes.path) == []


def test_other_files_are_no_backups(notes: Notes) -> None:
    path = backup(notes.path)
    (path.parent / "notes-of-mine.db").write_text("")
    (path.parent / "notes-2024.txt").write_text("")
    assert [b.path for b in backups(notes.path)] == [path]


def test_of_many_starts_the_last_five_are_kept(notes: Notes) -> None:
    start = datetime(2024, 5, 6, tzinfo=UTC)
    for hour in range(9):
        backup(notes.path, at(start + timedelta(hours=hour)))
    assert days(notes) == [f"05-06 {hour:02}" for hour in (8, 7, 6, 5, 4)]


def test_one_a_day_is_kept_for_seven_days_and_one_a_week_for_four(notes: Notes) -> None:
    start = datetime(2024, 4, 1, 8, tzinfo=UTC)  # a Monday
    for day in range(40):
        for hour in range(2):
            backup(notes.path, at(start + timedelta(days=day, hours=hour)))
    kept = days(notes)
    assert kept[:5] == ["05-10 09", "05-10 08", "05-09 09", "05-09 08", "05-08 09"]
    assert kept[5:9] == ["05-07 09", "05-06 09", "05-05 09", "05-04 09"]
    assert kept[9:] == ["04-28 09", "04-21 09"]


def test_a_long_leave_takes_no_backup_away(notes: Notes) -> None:
    backup(notes.path, at(datetime(2024, 1, 1, tzinfo=UTC)))
    backup(notes.path, at(datetime(2026, 1, 1, tzinfo=UTC)))
    assert len(backups(notes.path)) == 2


def test_a_clock_that_was_wrong_takes_the_newest_copy_never_away(notes: Notes) -> None:
    for day in range(20):
        backup(notes.path, at(datetime(2030, 1, 1, tzinfo=UTC) + timedelta(days=day)))
    path = backup(notes.path, at(datetime(2024, 1, 1, tzinfo=UTC)))
    assert path in [b.path for b in backups(notes.path)]


def test_notes_with_faults_are_no_backup_and_push_none_out(notes: Notes) -> None:
    added(notes)
    good = backup(notes.path, a_clock())
    alter(notes.path, "UPDATE annotation SET note = 'changed by the disk'")
    with pytest.raises(Problem, match="not backed up, for they have faults: 1 of 1 annotations"):
        backup(notes.path)
    assert [b.path for b in backups(notes.path)] == [good]
    assert [p.name for p in good.parent.iterdir()] == [good.name]


def test_notes_that_are_gone_cannot_be_backed_up(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="cannot be opened"):
        backup(tmp_path / "notes.db")


def test_a_disk_error_is_a_problem(notes: Notes, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(path: Path) -> None:
        raise OSError(5, "Input/output error")

    added(notes)
    copy = Backup(backup(notes.path, a_clock()), datetime.now(UTC))
    monkeypatch.setattr(module, "sync_file", fail)
    with pytest.raises(Problem, match="could not be backed up: Input/output error"):
        backup(notes.path)
    notes.close()
    notes.path.write_bytes(b"x" * 4096)
    with pytest.raises(Problem, match="could not be restored: Input/output error"):
        restore(notes.path, copy)
    assert notes.path.read_bytes() == b"x" * 4096
    assert len(backups(notes.path)) == 1


def test_restoring_over_whole_notes_can_be_taken_back(notes: Notes, paths: Paths) -> None:
    first = added(notes, 1)
    backup(notes.path, a_clock())
    second = added(notes, 2)
    said = restore(notes.path, backups(notes.path)[0])
    assert said.startswith("The notes are again as they were on 2024-01-01 at 00:00 UTC; as they")
    # A window that has them open sees it at once.
    assert notes.all() == [first]
    restore(notes.path, backups(notes.path)[0])
    assert notes.all() == [first, second]
    assert notes.verify() == []


def test_the_oldest_copy_can_be_restored_although_a_new_one_is_made_first(notes: Notes) -> None:
    start = datetime(2024, 5, 6, tzinfo=UTC)
    first = added(notes, 1)
    for hour in range(5):
        backup(notes.path, at(start + timedelta(hours=hour)))
        added(notes, 2 + hour)
    oldest = backups(notes.path)[-1]
    restore(notes.path, oldest, at(start + timedelta(hours=9)))
    assert notes.all() == [first]
    assert backups(notes.path)[-1] == oldest


def damage(notes: Notes) -> None:
    """Closes the notes and makes their first page unreadable."""
    notes.close()
    content = bytearray(notes.path.read_bytes())
    content[:100] = b"x" * 100
    notes.path.write_bytes(content)


def test_damaged_notes_are_kept_beside_the_restored_ones(notes: Notes, paths: Paths) -> None:
    first = added(notes, 1)
    backup(notes.path, a_clock())
    added(notes, 2)
    damage(notes)
    content = notes.path.read_bytes()
    said = restore(notes.path, backups(notes.path)[0], a_clock())
    assert "and 0 later edits were read" in said
    again = open_notes(paths, "anna")
    assert again.all() == [first]
    again.close()
    assert (paths.user("anna") / "damaged-2024-01-01T00-00-00.000Z" / "notes.db").read_bytes() == (
        content
    )


def test_later_edits_are_read_from_what_is_left(notes: Notes, paths: Paths) -> None:
    first = added(notes, 1)
    backup(notes.path, a_clock())
    edited(notes, first, note="Later")
    second = added(notes, 2)
    third = added(notes, 3)
    # Two rows of the table are damaged, and one of the history that would mend them.
    alter(notes.path, "UPDATE annotation SET note = 'changed by the disk' WHERE id <> 'a2'")
    alter(notes.path, "UPDATE operation SET crc = 0 WHERE annotation_id = 'a3'")
    notes.close()
    said = restore(notes.path, backups(notes.path)[0])
    assert "and 2 later edits were read" in said
    again = open_notes(paths, "anna")
    assert [(a.id, a.note) for a in again.all()] == [("a1", "Later"), ("a2", second.note)]
    assert again.annotation(third.id) is None
    assert again.verify() == []
    again.close()


def test_edits_of_another_history_are_not_mixed_in(notes: Notes, paths: Paths) -> None:
    added(notes, 1)
    backup(notes.path, a_clock())
    notes.close()
    notes.path.unlink()
    other = Notes(notes.path, now=a_clock())
    for number in (5, 6, 7):
        added(other, number)
    alter(other.path, "UPDATE setting SET crc = 0")
    alter(other.path, "INSERT INTO setting VALUES ('theme', '1', 0)")
    other.close()
    assert "and 0 later edits" in restore(notes.path, backups(notes.path)[0])
    again = open_notes(paths, "anna")
    assert [a.id for a in again.all()] == ["a1"]
    again.close()


def test_notes_that_are_gone_come_back(notes: Notes, paths: Paths) -> None:
    annotation = added(notes, 1)
    backup(notes.path, a_clock())
    notes.close()
    notes.path.unlink()
    restore(notes.path, backups(notes.path)[0])
    again = open_notes(paths, "anna")
    assert again.all() == [annotation]
    again.close()


def test_a_backup_with_faults_is_not_restored(notes: Notes) -> None:
    annotation = added(notes, 1)
    path = backup(notes.path, a_clock())
    copy = sqlite3.connect(path)
    copy.execute("UPDATE annotation SET note = 'changed by the disk'")
    copy.commit()
    copy.close()
    with pytest.raises(Problem, match="was not restored, for it has faults"):
        restore(notes.path, backups(notes.path)[0])
    assert notes.all() == [annotation]


def test_before_a_migration_notes_are_backed_up(
    notes: Notes, paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    annotation = added(notes)
    notes.close()
    schemas = tmp_path / "schema"
    shutil.copytree(SCHEMAS, schemas)
    newest = len(list(schemas.glob("notes_*.sql")))
    (schemas / f"notes_{newest + 1:03}.sql").write_text("DROP TABLE annotation;\n")
    monkeypatch.setattr(database, "_SCHEMAS", schemas)
    open_notes(paths, "anna").close()
    (copy,) = backups(notes.path)
    assert verify_notes(copy.path) == []
    monkeypatch.undo()
    restore(notes.path, copy)
    again = open_notes(paths, "anna")
    assert again.all() == [annotation]
    assert again.apply(Change(None, an_annotation(2))) != ()
    again.close()
