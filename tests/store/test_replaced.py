"""A file that is removed or replaced while it is open is noticed, and nothing is lost with it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from reader.model.annotation import Annotation, Change
from reader.paths import Paths
from reader.problem import Problem
from reader.settings import THEME
from reader.store import database as database_module
from reader.store.backups import backup, backups, restore
from reader.store.database import Database
from reader.store.library import Library
from reader.store.notes import Notes, open_notes
from reader.store.open_file import Replaced
from tests.store.samples import a_clock, added, alter, an_annotation, edited


def removed(path: Path, _old: Path) -> None:
    path.unlink()


def folder_removed(path: Path, _old: Path) -> None:
    shutil.rmtree(path.parent)


def replaced(path: Path, old: Path) -> None:
    shutil.copy(old, path.with_name("new.db"))
    path.with_name("new.db").replace(path)


def copied_over(path: Path, old: Path) -> None:
    shutil.copyfile(old, path)


def emptied(path: Path, _old: Path) -> None:
    path.write_bytes(b"")


def garbled(path: Path, _old: Path) -> None:
    path.write_bytes(b"something else" * 1000)


HARMS = [removed, folder_removed, replaced, copied_over, emptied, garbled]


def ids(annotations: list[Annotation]) -> set[str]:
    return {one.id for one in annotations}


@pytest.mark.parametrize("written", [True, False])
@pytest.mark.parametrize("harm", HARMS)
def test_it_is_noticed_at_the_next_write_and_all_is_kept_beside(
    notes: Notes, tmp_path: Path, harm: Callable[[Path, Path], None], written: bool
) -> None:
    """`written` is whether SQLite has written its log into the file before."""
    old = tmp_path / "old.db"
    first = added(notes, 1)
    shutil.copy(backup(notes.path, a_clock()), old)
    second = added(notes, 2)
    shown = [first, second]
    notes.keep_in_mind(lambda: shown)
    if written:
        alter(notes.path, "PRAGMA wal_checkpoint(TRUNCATE)")
        notes.set_setting(THEME, "light")
    harm(notes.path, old)
    after = replace(second, note="Written after that")
    with pytest.raises(Replaced, match="was removed or replaced by another program") as said:
        notes.apply(Change(second, after))
    # The next ones go to the same copy.
    with pytest.raises(Replaced):
        notes.apply(Change(None, an_annotation(3)))
    for verb in (
        lambda: notes.positions.set("d1", 1, 0),
        lambda: notes.set_setting(THEME, "dark"),
        notes.undo,
    ):
        with pytest.raises(Replaced):
            verb()
    copy = next(one for one in backups(notes.path) if one.name in said.value.sentence)
    assert copy.holds is not None
    assert (copy.holds.reason, copy.holds.notes) == ("file was replaced", 3)
    notes.close()
    restore(notes.path, copy, a_clock())
    with closing(Notes(notes.path)) as again:
        assert {one.id: one.note for one in again.all()} == {
            "a1": "",
            "a2": "Written after that",
            "a3": "",
        }
        assert again.verify() == []


def test_what_was_removed_meanwhile_is_removed_in_the_copy_too(notes: Notes) -> None:
    first = added(notes, 1)
    notes.path.unlink()
    with pytest.raises(Replaced):
        notes.apply(Change(first, None))
    with pytest.raises(Replaced):
        notes.apply(Change(first, None))
    (copy,) = backups(notes.path)
    assert copy.holds is not None
    assert copy.holds.notes == 0


def test_when_no_copy_can_be_written_that_is_said(
    notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = added(notes, 1)
    notes.path.unlink()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        with pytest.raises(Problem, match="No space left"):
            notes.apply(Change(first, replace(first, note="x")))
    with pytest.raises(Replaced):
        notes.apply(Change(first, replace(first, note="x")))


def test_a_file_with_faults_is_kept_as_far_as_it_is_shown(notes: Notes) -> None:
    first = added(notes, 1)
    notes.keep_in_mind(lambda: [first])
    alter(notes.path, "INSERT INTO setting VALUES ('theme', '1', 0)")
    notes.path.unlink()
    with pytest.raises(Replaced):
        notes.apply(Change(first, replace(first, note="x")))
    (copy,) = backups(notes.path)
    assert copy.holds is not None
    assert copy.holds.notes == 1


def test_a_copy_that_goes_away_too_is_a_problem(notes: Notes) -> None:
    first = added(notes, 1)
    notes.path.unlink()
    with pytest.raises(Replaced):
        notes.apply(Change(first, replace(first, note="x")))
    for one in backups(notes.path):
        one.path.unlink()
    with pytest.raises(Problem):
        notes.apply(Change(first, replace(first, note="y")))


def test_what_other_processes_write_is_no_replacing(notes: Notes, paths: Paths) -> None:
    first = added(notes, 1)
    with closing(open_notes(paths, "anna")) as other:
        added(other, 2)
        alter(other.path, "PRAGMA wal_checkpoint(TRUNCATE)")
    assert edited(notes, first, note="Mine").note == "Mine"
    assert ids(notes.all()) == {"a1", "a2"}


def test_a_backup_that_another_process_restored_is_shown_and_gone_on_with(notes: Notes) -> None:
    first = added(notes, 1)
    backup(notes.path, a_clock())
    added(notes, 2)
    notes.news()
    restore(notes.path, backups(notes.path)[-1], a_clock())
    assert notes.news() == {"d1"}
    assert notes.all() == [first]
    assert edited(notes, first, note="On").note == "On"


def test_a_longer_history_that_another_process_restored_is_another_one(notes: Notes) -> None:
    first = added(notes, 1)
    early = backup(notes.path, a_clock())
    for number in range(2, 6):
        added(notes, number)
    backup(notes.path, a_clock())
    longer, short = backups(notes.path)
    assert short.path == early
    restore(notes.path, short, a_clock())
    notes.news()
    edited(notes, first, note="Another way")
    restore(notes.path, longer, a_clock())
    assert notes.news() == {"d1"}
    assert edited(notes, first, colour="pink").note == ""


def test_an_empty_list_of_documents_is_replaced_too(paths: Paths) -> None:
    with closing(Library(paths)) as library:
        paths.library.unlink()
        with pytest.raises(Replaced, match="was removed or replaced while it was open"):
            library.set_seeded()


def test_a_list_that_another_process_wrote_is_the_same(paths: Paths) -> None:
    with closing(Library(paths)) as library, closing(Library(paths)) as other:
        other.set_seeded()
        alter(paths.library, "PRAGMA wal_checkpoint(TRUNCATE)")
        library.set_seeded()
        assert library.seeded


def test_a_log_that_another_process_writes_into_the_file_is_waited_for(
    notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = added(notes, 1)
    status = notes.path.stat()
    os.utime(notes.path, ns=(status.st_atime_ns, status.st_mtime_ns + 5))
    connect = Database._connect
    failed: list[str] = []

    def torn(self: Database, mode: str) -> object:
        if len(failed) < 2:
            failed.append(mode)
            raise database_module.driver.OperationalError("database disk image is malformed")
        return connect(self, mode)

    monkeypatch.setattr(Database, "_connect", torn)
    assert edited(notes, first, note="On").note == "On"
    assert len(failed) == 2


def test_a_file_whose_content_is_in_its_log_alone_is_known_by_that(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Database, "_asked_anew", lambda *_: None)
    with closing(Notes(paths.notes("anna"), now=a_clock())) as notes:
        first = added(notes, 1)
        monkeypatch.undo()
        status = notes.path.stat()
        os.utime(notes.path, ns=(status.st_atime_ns, status.st_mtime_ns + 5))
        assert edited(notes, first, note="On").note == "On"
