"""Copies of notes are kept by what they hold, whatever the clock says."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model.annotation import Change
from reader.paths import Paths
from reader.problem import Problem
from reader.settings import THEME
from reader.store import lost
from reader.store.backups import backup, backups, restore
from reader.store.copies import Backup, Holding
from reader.store.database import Database
from reader.store.lost import DamagedNotes, begin_without_notes, best_backup, verify_user
from reader.store.notes import Notes, open_notes
from reader.store.rotation import unheld
from tests.store.samples import a_clock, added, alter, an_annotation, edited


def at(time: datetime) -> Callable[[], str]:
    return lambda: time.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def day(year: int, number: int) -> Callable[[], str]:
    return at(datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=number))


def kept_ids(path: Path) -> set[str]:
    """The notes that are in any copy."""
    found: set[str] = set()
    for copy in backups(path):
        with closing(sqlite3.connect(copy.path)) as connection:
            found |= {row[0] for row in connection.execute("SELECT id FROM annotation")}
    return found


def test_a_copy_says_what_it_holds_and_why_it_was_made(notes: Notes) -> None:
    added(notes, 1)
    edited(notes, added(notes, 2), deleted="2024-01-01T00:00:00Z")
    backup(notes.path, a_clock(), reason="before import")
    (copy,) = backups(notes.path)
    assert copy.holds == Holding(1, "before import", 1, 2, "2024-01-01T00:00:02.000Z")
    assert copy.summary == "1 note, the last edited 2024-01-01 00:00 UTC, before import"
    added(notes, 3)
    backup(notes.path, a_clock())
    latest = backups(notes.path)[0]
    assert latest.holds is not None
    assert (latest.number, latest.holds.reason, latest.holds.notes) == (2, "by hand", 2)
    # What a copy says of itself is no setting of the notes.
    restore(notes.path, latest, a_clock())
    assert notes.setting(THEME) == "system"


def test_a_copy_of_an_older_offprint_is_counted_and_a_broken_one_said(notes: Notes) -> None:
    added(notes, 1)
    path = backup(notes.path, a_clock())
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM setting")
    (old,) = backups(notes.path)
    assert old.holds == Holding(0, "", 1, 1, "2024-01-01T00:00:00.000Z")
    assert old.summary == "1 note, the last edited 2024-01-01 00:00 UTC"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO setting VALUES ('backup', '[9]', 1)")
        connection.execute("DELETE FROM annotation")
    assert backups(notes.path)[0].holds == Holding(0, "", 0, 0, "")
    assert backups(notes.path)[0].summary == "0 notes"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TABLE setting")
    assert backups(notes.path)[0].holds is None
    path.write_bytes(b"no database" * 500)
    (broken,) = backups(notes.path)
    assert (broken.holds, broken.number, broken.summary) == (None, 0, "cannot be read")


def test_a_clock_that_was_ahead_takes_nothing_away(notes: Notes, paths: Paths) -> None:
    """Ten copies of 2031, four of now: then the newest made, not the newest dated, is the last."""
    numbers = iter(range(1, 99))
    for week in range(10):
        added(notes, next(numbers))
        backup(notes.path, day(2031, week * 5), reason="before import")
    for number in range(4):
        added(notes, next(numbers))
        backup(notes.path, day(2026, number), reason="before import")
    last = backups(notes.path)[0]
    assert last.holds is not None
    assert (last.made.year, last.holds.notes) == (2026, 14)
    assert [one.made.year for one in backups(notes.path)][:4] == [2026] * 4
    oldest = backups(notes.path)[-1]
    restore(notes.path, oldest, day(2026, 5))
    for number in range(20):
        added(notes, next(numbers))
        backup(notes.path, day(2026, 6 + number), reason="before import")
    assert {f"a{number}" for number in range(1, 15)} <= kept_ids(notes.path)


def test_eight_imports_in_a_minute_and_a_clock_that_stands(notes: Notes) -> None:
    first = backup(notes.path, day(2026, 0), reason="start")
    for number in range(1, 9):
        backup(notes.path, day(2026, 1), reason="before import")
        added(notes, number)
    names = [one.name for one in backups(notes.path)]
    assert len(set(names)) == len(names) >= 5
    assert first.exists()


def test_what_was_there_before_a_restore_is_not_the_next_to_go(notes: Notes) -> None:
    added(notes, 1)
    early = Backup(backup(notes.path, day(2026, 0)), datetime.now(UTC))
    for number in range(2, 9):
        added(notes, number)
    restore(notes.path, early, day(2026, 1))
    for number in range(30):
        backup(notes.path, day(2026, 2 + number), reason="start")
    assert {f"a{number}" for number in range(1, 9)} <= kept_ids(notes.path)
    # It is no longer needed when a later one holds the same.
    before = next(one for one in backups(notes.path) if one.holds and one.holds.notes == 8)
    restore(notes.path, before, day(2027, 0))
    for number in range(30):
        backup(notes.path, day(2027, 1 + number), reason="start")
    assert len(notes.all()) == 8
    assert before.path not in {one.path for one in backups(notes.path)}


def test_a_note_that_the_person_removed_for_good_keeps_no_copy(notes: Notes) -> None:
    added(notes, 1)
    path = backup(notes.path, day(2026, 0))
    assert unheld(path, []) == {"a1"}
    assert unheld(path, [path]) == set()
    notes.purge("a1")
    later = backup(notes.path, day(2026, 1))
    assert unheld(path, [later]) == set()
    # The same note, taken in again, is one.
    added(notes, 1, note="Again")
    last = backup(notes.path, day(2026, 2))
    assert unheld(last, [later]) == set() or unheld(last, [later]) == {"a1"}
    assert unheld(last, []) == {"a1"}
    with closing(Database(last, None)) as copy:
        assert copy.value("SELECT count(*) FROM purged") == 0


def test_what_a_note_was_is_held_by_the_history_of_a_later_copy(notes: Notes) -> None:
    first = added(notes, 1, note="One")
    path = backup(notes.path, day(2026, 0))
    notes.apply(Change(edited(notes, first, note="Two"), None))
    later = backup(notes.path, day(2026, 1))
    assert unheld(path, [later]) == set()
    with closing(sqlite3.connect(later)) as connection, connection:
        connection.execute("DROP TABLE purged")
        connection.execute("DELETE FROM operation")
    assert unheld(path, [later]) == {"a1"}


def test_what_cannot_be_read_holds_nothing_for_sure_and_stays(notes: Notes, tmp_path: Path) -> None:
    added(notes, 1)
    path = backup(notes.path, day(2026, 0))
    broken, other = tmp_path / "broken.db", tmp_path / "other.db"
    broken.write_bytes(b"no database" * 500)
    sqlite3.connect(other).executescript("CREATE TABLE t (a)").connection.close()
    assert unheld(broken, [path]) == {""}
    assert unheld(other, [path]) == {""}
    assert unheld(path, [broken, other]) == {"a1"}
    shutil.copy(broken, path.with_name("notes-2020-01-01T00-00-00.000000Z.db"))
    for number in range(20):
        backup(notes.path, day(2026, 1 + number))
    assert backups(notes.path)[-1].holds is None


def test_copies_that_cannot_be_removed_are_said(
    notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(8):
        backup(notes.path, day(2026, 0), reason="start")
    real = Path.unlink

    def fail(path: Path, missing_ok: bool = False) -> None:
        if path.suffix == ".db":
            raise OSError(13, "Permission denied")
        real(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", fail)
    with pytest.raises(Problem, match="could not be backed up: Permission denied"):
        backup(notes.path, day(2026, 0), reason="start")


@settings(max_examples=10)
@given(st.integers(0, 10_000))
def test_no_order_of_edits_clocks_and_restores_loses_a_note(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    chance = random.Random(seed)
    path = tmp_path_factory.mktemp("notes") / "notes.db"
    ever: set[str] = set()
    with closing(Notes(path, now=a_clock())) as notes:
        for number in range(30):
            clock = day(chance.choice((1980, 2020, 2026, 2031, 2099)), chance.randrange(300))
            action = chance.choice(("add", "add", "edit", "backup", "import", "restore", "trash"))
            here = notes.all()
            if action in ("add", "import"):
                if action == "import":
                    backup(path, clock, reason="before import")
                ever.add(added(notes, number).id)
            elif action == "edit" and here:
                edited(notes, chance.choice(here), note=f"Note {number}")
            elif action == "trash" and here:
                edited(notes, chance.choice(here), deleted="2024-01-01T00:00:00Z")
            elif action == "restore" and backups(path):
                restore(path, chance.choice(backups(path)), clock)
                notes.news()
            else:
                backup(path, clock, reason="start")
        now = {one.id for one in (*notes.all(), *notes.trash())}
    assert ever <= now | kept_ids(path)


# Notes that are gone


def remove(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def blank(path: Path) -> None:
    path.unlink()
    sqlite3.connect(path).executescript("CREATE TABLE t (a)").connection.close()


def begun_anew(path: Path) -> None:
    path.unlink()
    with closing(Notes(path)) as notes:
        notes.set_setting(THEME, "dark")


@pytest.mark.parametrize("harm", [remove, empty, blank, begun_anew])
def test_notes_that_are_gone_beside_a_copy_are_damage(
    notes: Notes, paths: Paths, harm: Callable[[Path], None]
) -> None:
    annotation = added(notes, 1)
    for number in range(2):
        backup(notes.path, day(2026, number))
    notes.close()
    harm(notes.path)
    with pytest.raises(DamagedNotes, match=r"are missing, though there were some, and the") as gone:
        open_notes(paths, "anna")
    assert gone.value.gone
    assert "it holds 1 note." in gone.value.sentence
    assert verify_user(paths, "anna") == [gone.value.sentence]
    assert gone.value.backup is not None
    restore(notes.path, gone.value.backup)
    with closing(open_notes(paths, "anna")) as again:
        assert again.all() == [annotation]
    assert verify_user(paths, "anna") == []


@pytest.mark.parametrize("harm", [remove, empty, blank, begun_anew])
def test_a_person_may_want_none_of_the_copies(
    notes: Notes, paths: Paths, harm: Callable[[Path], None]
) -> None:
    added(notes, 1)
    backup(notes.path, a_clock())
    notes.close()
    harm(notes.path)
    begin_without_notes(notes.path, a_clock())
    for _ in range(2):
        with closing(open_notes(paths, "anna")) as again:
            assert again.all() == []
    assert len(backups(notes.path)) == 1


def test_a_log_without_its_file_is_damage_and_kept(notes: Notes, paths: Paths) -> None:
    added(notes, 1)
    shutil.copy(f"{notes.path}-wal", f"{notes.path}-kept")
    notes.close()
    notes.path.unlink()
    log = Path(f"{notes.path}-wal")
    shutil.move(f"{notes.path}-kept", log)
    content = log.read_bytes()
    assert content
    with pytest.raises(DamagedNotes, match="there is no backup") as gone:
        open_notes(paths, "anna")
    assert gone.value.backup is None
    begin_without_notes(notes.path, a_clock())
    aside = paths.user("anna") / "damaged-2024-01-01T00-00-00.000Z"
    assert (aside / "notes.db-wal").read_bytes() == content
    begin_without_notes(notes.path, a_clock())
    assert aside.with_name(aside.name + "-2").is_dir()
    with closing(open_notes(paths, "anna")) as again:
        assert again.all() == []


def test_notes_that_cannot_be_begun_anew_are_said(
    notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes.close()

    def fail(*_: object, **__: object) -> None:
        raise OSError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", fail)
    with pytest.raises(Problem, match="cannot be begun anew: Permission denied"):
        begin_without_notes(notes.path)


def test_a_new_user_has_no_notes_and_that_is_right(paths: Paths) -> None:
    paths.user("anna").mkdir(parents=True)
    assert verify_user(paths, "anna") == []
    with closing(open_notes(paths, "anna")) as notes:
        backup(notes.path)
    with closing(open_notes(paths, "anna")) as notes:
        assert notes.all() == []


def test_of_the_copies_the_fullest_is_offered_and_no_faulty_one(notes: Notes) -> None:
    assert best_backup(notes.path) is None
    for number in range(4):
        added(notes, number)
        backup(notes.path, day(2026, number))
    full = backups(notes.path)[0].path
    notes.purge("a0", "a1")
    backup(notes.path, day(2026, 9))
    best = best_backup(notes.path)
    assert best is not None
    assert best.path == full
    full.write_bytes(b"broken" * 999)
    best = best_backup(notes.path)
    assert best is not None
    assert best.holds is not None
    assert best.holds.notes == 3


def test_notes_that_only_the_history_has_are_written_again(notes: Notes, paths: Paths) -> None:
    first, gone = added(notes, 1), added(notes, 2)
    notes.apply(Change(gone, None))
    alter(notes.path, "DELETE FROM annotation")
    notes.close()
    assert verify_user(paths, "anna") == ["1 of the annotations that the history has are missing."]
    with closing(open_notes(paths, "anna")) as again:
        assert [one.id for one in again.all()] == [first.id]
        assert again.verify() == []
        again.apply(Change(again.all()[0], None))
    with closing(open_notes(paths, "anna")) as again:
        assert again.all() == []


def test_what_went_wrong_comes_home_from_a_worker(notes: Notes) -> None:
    import pickle

    damaged = lost.damaged_notes(notes.path, gone=True)
    home = pickle.loads(pickle.dumps(damaged))
    assert type(home) is Problem
    assert home.sentence == damaged.sentence
    unread = DamagedNotes(notes.path, Backup(notes.path, datetime.now(UTC)))
    assert "it holds 0 notes" in unread.sentence
    assert an_annotation() is not None
