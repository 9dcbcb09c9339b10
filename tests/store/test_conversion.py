from __future__ import annotations

import os
import random
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from reader.paths import Paths
from reader.problem import Problem
from reader.store import conversion, integrity, key_file
from reader.store.backups import backup, backups, restore, set_aside, verify_notes
from reader.store.database import Database
from reader.store.durable_files import utc_now
from reader.store.encryption import Key, LockedNotes, is_clear, is_locked, key_copy_path, key_path
from reader.store.encryption import new_key_path as new_key_path
from reader.store.lost import DamagedNotes, begin_without_notes, verify_user
from reader.store.notes import Notes, open_notes
from tests.store.converting import (
    CHEAP,
    CODE,
    MARKER,
    PASSPHRASES,
    begin,
    clear_files,
    faults_after,
    kill_once,
    words_of,
)
from tests.store.samples import added


@pytest.fixture
def path(paths: Paths) -> Path:
    return paths.notes("anna")


def encrypted(path: Path) -> Key:
    key, content = key_file.make_key(PASSPHRASES[0], CODE, CHEAP)
    assert conversion.encrypt(path, key, content) == []
    return key


def test_nothing_of_encrypted_notes_can_be_read_in_their_folder(paths: Paths, path: Path) -> None:
    words = begin(path, 30)
    key = encrypted(path)
    assert clear_files(path.parent) == []
    with closing(open_notes(paths, "anna", key=key)) as notes:
        assert words_of(notes) == words
        added(notes, 99, note=MARKER)
        # While they are open, their log is there too.
        assert clear_files(path.parent) == []
        backup(path, key=key)
    assert clear_files(path.parent) == []
    assert [one.summary.partition(",")[0] for one in backups(path, key)] == [
        "31 notes",
        "16 notes",
        "1 note",
    ]


def test_encrypted_notes_are_not_opened_without_their_key(paths: Paths, path: Path) -> None:
    begin(path, 2)
    key = encrypted(path)
    with pytest.raises(LockedNotes, match="“anna” are locked"):
        open_notes(paths, "anna")
    assert verify_user(paths, "anna") == []
    assert verify_user(paths, "anna", key) == []
    for one in (key_path(path), key_copy_path(path)):
        content = one.read_bytes()
        one.write_bytes(b"damaged")
    (said,) = verify_user(paths, "anna")
    assert "key file" in said
    one.write_bytes(content)
    with pytest.raises(DamagedNotes):
        open_notes(paths, "anna", key=Key(bytes(32)))


def test_decrypted_notes_are_clear_with_all_their_copies(paths: Paths, path: Path) -> None:
    words = begin(path, 10)
    key = encrypted(path)
    conversion.decrypt(path, key)
    assert not is_locked(path)
    assert [one.name for one in path.parent.rglob("notes.key*")] == []
    with closing(open_notes(paths, "anna")) as notes:
        assert words_of(notes) == words
    assert all(verify_notes(one.path) == [] for one in backups(path))


def test_a_backup_of_encrypted_notes_is_put_back(path: Path) -> None:
    begin(path, 10)
    key = encrypted(path)
    said = restore(path, backups(path, key)[-1], key=key)
    assert "as they were until now" in said
    with closing(Notes(path, key=key)) as notes:
        assert len(notes.all()) == 1
    path.write_bytes(b"x" * 9_000)
    restore(path, backups(path, key)[0], key=key)
    with closing(Notes(path, key=key)) as notes:
        assert len(notes.all()) == 10
    assert clear_files(path.parent) == []


def test_a_clear_file_beside_a_key_file_is_not_taken_for_the_notes(
    paths: Paths, path: Path, tmp_path: Path
) -> None:
    begin(path, 10)
    shutil.copy(path, tmp_path / "older.db")
    key = encrypted(path)
    shutil.copy(tmp_path / "older.db", path)
    assert is_locked(path)
    with pytest.raises(DamagedNotes) as raised:
        open_notes(paths, "anna", key=key)
    assert raised.value.backup is not None
    assert raised.value.key == key


def test_notes_are_begun_anew_with_the_same_key(paths: Paths, path: Path) -> None:
    begin(path, 4)
    key = encrypted(path)
    path.unlink()
    with pytest.raises(DamagedNotes, match="missing"):
        open_notes(paths, "anna", key=key)
    begin_without_notes(path, key=key)
    assert not is_clear(path)
    with closing(open_notes(paths, "anna", key=key)) as notes:
        assert notes.all() == []


def test_clear_copies_that_cannot_be_read_are_removed_and_named(path: Path) -> None:
    begin(path, 6)
    damaged, garbled = (one.path for one in backups(path))
    damaged.write_bytes(damaged.read_bytes()[:4096] + b"#" * 4096)
    garbled.write_bytes(b"#" * 100 + garbled.read_bytes()[100:])
    set_aside(path, utc_now())
    aside = next(path.parent.glob("damaged-*"))
    key, content = key_file.make_key(PASSPHRASES[0], CODE, CHEAP)
    assert conversion.encrypt(path, key, content) == sorted([damaged.name, garbled.name])
    assert clear_files(path.parent) == []
    assert verify_notes(aside / "notes.db", key) == []
    (aside / "notes.db").write_bytes(b"SQLite format 3\0" + MARKER.encode())
    (aside / "notes.db-wal").write_bytes(MARKER.encode())
    assert conversion.finish(path, key) == [aside.name]
    assert clear_files(path.parent) == []


def test_a_clear_backup_that_is_put_back_is_encrypted_at_the_next_unlocking(path: Path) -> None:
    begin(path, 6)
    older = backups(path)[0].path
    content = older.read_bytes()
    key = encrypted(path)
    older.write_bytes(content)
    assert conversion.finish(path, key) == []
    assert clear_files(path.parent) == []
    assert verify_notes(older, key) == []


def test_notes_that_are_in_use_stay_as_they_are(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.store.database.WAIT_SECONDS", 0.05)
    words = begin(path, 3)
    with closing(Notes(path)), pytest.raises(Problem, match="in use"):
        encrypted(path)
    assert not is_locked(path)
    assert not new_key_path(path).exists()
    key = encrypted(path)
    with closing(Notes(path, key=key)) as notes:
        with pytest.raises(Problem, match="in use"):
            conversion.decrypt(path, key)
        assert words_of(notes) == words
    assert is_locked(path)
    assert key_path(path).exists()
    assert clear_files(path.parent) == []


def test_notes_of_which_the_journal_is_kept_are_said_to_be_in_use(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(path, 3)
    real = Database.value

    def value(database: Database, sql: str, *values: object) -> object:
        return "wal" if "journal_mode = DELETE" in sql else real(database, sql, *values)

    monkeypatch.setattr(Database, "value", value)
    with pytest.raises(Problem, match="in use"):
        encrypted(path)
    assert is_clear(path)


def test_notes_are_encrypted_once(path: Path) -> None:
    begin(path, 3)
    encrypted(path)
    with pytest.raises(Problem, match="already"):
        encrypted(path)


def test_damaged_notes_are_not_converted(path: Path) -> None:
    begin(path, 3)
    with closing(Database(path, None)) as database:
        database.run("UPDATE annotation SET crc = crc + 1")
    with pytest.raises(Problem, match="faults"):
        encrypted(path)
    assert is_clear(path)
    assert not new_key_path(path).exists()


def test_a_copy_that_differs_does_not_take_the_place(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(path, 3)
    real = Database.value

    def value(database: Database, sql: str, *values: object) -> object:
        found = real(database, sql, *values)
        if "sqlcipher_export" in sql:
            database.run("DELETE FROM converted.annotation WHERE number = 2")
        return found

    monkeypatch.setattr(Database, "value", value)
    with pytest.raises(Problem, match="not the same"):
        encrypted(path)
    assert is_clear(path)


def test_a_copy_with_faults_does_not_take_the_place(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(path, 3)
    real = integrity.integrity_errors
    monkeypatch.setattr(
        integrity,
        "integrity_errors",
        lambda database: ["bad"] if "converted" in database.path.name else real(database),
    )
    with pytest.raises(Problem, match="the copy has faults: bad"):
        encrypted(path)
    assert is_clear(path)


def test_a_disk_without_links_is_good_enough(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "not here")

    monkeypatch.setattr(os, "link", refuse)
    begin(path, 3)
    encrypted(path)
    assert clear_files(path.parent) == []


def test_a_disk_error_is_a_problem(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    words = begin(path, 3)
    monkeypatch.setattr(conversion, "move", refuse)
    with pytest.raises(Problem, match="No space left"):
        encrypted(path)
    with closing(Notes(path)) as notes:
        assert words_of(notes) == words


def test_an_error_after_the_notes_are_encrypted_leaves_their_key(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = begin(path, 3)

    def move(source: Path, target: Path) -> None:
        source.replace(target)
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(conversion, "move", move)
        with pytest.raises(Problem, match="Input/output"):
            encrypted(path)
    assert new_key_path(path).exists()
    key = key_file.unlock(path, PASSPHRASES[0])
    conversion.finish(path, key)
    with closing(Notes(path, key=key)) as notes:
        assert words_of(notes) == words
    assert clear_files(path.parent) == []


def test_an_error_after_the_notes_are_decrypted_leaves_them_to_be_read(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = begin(path, 3)
    key = encrypted(path)

    def move(source: Path, target: Path) -> None:
        source.replace(target)
        if target == path:
            raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(conversion, "move", move)
        with pytest.raises(Problem, match="Input/output"):
            conversion.decrypt(path, key)
    assert not is_locked(path)
    with closing(Notes(path)) as notes:
        assert words_of(notes) == words
    key = encrypted(path)
    assert is_locked(path)
    assert clear_files(path.parent) == []


def test_a_copy_that_is_clear_already_stays_so(path: Path) -> None:
    begin(path, 3)
    older = backups(path)[0].path
    content = older.read_bytes()
    key = encrypted(path)
    older.write_bytes(content)
    conversion.decrypt(path, key)
    assert older.read_bytes() == content


def test_a_name_that_a_killed_process_left_does_not_empty_the_notes(path: Path) -> None:
    words = begin(path, 3)
    key = encrypted(path)
    os.link(path, path.with_name("notes.db.former"))
    conversion.finish(path, key)
    with closing(Notes(path, key=key)) as notes:
        assert words_of(notes) == words
    assert not path.with_name("notes.db.former").exists()


@pytest.mark.parametrize("left", ["notes.key", "notes.key-new", "backups/notes.key"])
def test_one_of_the_key_files_is_enough(paths: Paths, path: Path, left: str) -> None:
    begin(path, 3)
    key = encrypted(path)
    content = key_path(path).read_bytes()
    for one in (key_path(path), key_copy_path(path)):
        one.unlink()
    (path.parent / left).write_bytes(content)
    assert is_locked(path)
    assert key_file.unlock(path, PASSPHRASES[0]) == key
    conversion.finish(path, key)
    assert sorted(one.name for one in path.parent.rglob("notes.key*")) == ["notes.key"] * 2


def test_a_new_key_file_beside_clear_notes_locks_nothing(path: Path) -> None:
    begin(path, 3)
    new_key_path(path).write_bytes(b"left by a killed process")
    assert not is_locked(path)
    path.unlink()
    assert not is_locked(path)


@pytest.mark.slow
def test_notes_are_clear_or_encrypted_whenever_the_conversion_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "anna" / "notes.db"
    expected = begin(path, 60)
    chance = random.Random(11)
    seen = set()
    for _ in range(20):
        seen.add(kill_once(path, chance))
        assert faults_after(path, expected) == []
    assert len(seen) > 1
