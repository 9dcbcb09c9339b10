from __future__ import annotations

import os
import sqlite3
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from reader.problem import Problem
from reader.store import database as module
from reader.store.database import Damaged, Database, find_driver, journal_mode


@pytest.fixture
def schemas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "schema"
    folder.mkdir()
    (folder / "test_001.sql").write_text(
        "CREATE TABLE one (name TEXT);\n"
        "CREATE TRIGGER twice AFTER INSERT ON one WHEN new.name = 'a' BEGIN\n"
        "  INSERT INTO one VALUES ('b');\nEND;\n"
    )
    monkeypatch.setattr(module, "_SCHEMAS", folder)
    return folder


@pytest.fixture
def database(schemas: Path, tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "private" / "test.db", "test")
    yield database
    database.close()


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 40, 1), "DELETE"),
        ((3, 44, 5), "DELETE"),
        ((3, 44, 6), "WAL"),
        ((3, 45, 6), "DELETE"),
        ((3, 50, 6), "DELETE"),
        ((3, 50, 7), "WAL"),
        ((3, 51, 2), "DELETE"),
        ((3, 51, 3), "WAL"),
        ((3, 52, 0), "WAL"),
        ((4, 0, 0), "WAL"),
    ],
)
def test_the_write_ahead_log_is_used_where_it_cannot_corrupt(
    version: tuple[int, ...], mode: str
) -> None:
    assert journal_mode(version) == mode


def test_without_sqlcipher3_pythons_own_driver_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    assert find_driver() is sqlite3


def test_pythons_own_driver_keeps_what_it_is_given(
    schemas: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "driver", sqlite3)
    database = Database(tmp_path / "plain.db", "test")
    with database.transaction():
        database.run("INSERT INTO one VALUES ('x')")
    database.close()
    again = Database(tmp_path / "plain.db", "test")
    assert again.rows("SELECT name FROM one") == [("x",)]
    again.close()


def test_it_waits_for_the_disk_and_nobody_else_can_look_in(database: Database) -> None:
    assert database.value("PRAGMA synchronous") == 2
    assert database.value("PRAGMA foreign_keys") == 1
    assert database.value("PRAGMA journal_mode") == "wal"
    database.run("INSERT INTO one VALUES ('x')")
    for path in database.path.parent.iterdir():
        assert path.stat().st_mode & 0o777 == 0o600
    assert database.path.parent.stat().st_mode & 0o777 == 0o700


def test_a_transaction_is_all_or_nothing(database: Database) -> None:
    def interrupted() -> None:
        with database.transaction():
            database.run("INSERT INTO one VALUES ('x')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        interrupted()
    assert database.rows("SELECT * FROM one") == []
    with database.transaction():
        database.run_many("INSERT INTO one VALUES (?)", [("x",), ("y",)])
    assert database.rows("SELECT * FROM one") == [("x",), ("y",)]
    assert database.value("SELECT name FROM one WHERE name = ?", "z") is None


def test_a_full_disk_changes_nothing_and_is_said(database: Database) -> None:
    def fill() -> None:
        with database.transaction():
            database.run("INSERT INTO one VALUES ('x')")
            database.run("INSERT INTO one VALUES (?)", "y" * 100_000)

    database.run(f"PRAGMA max_page_count={database.value('PRAGMA page_count')}")
    with pytest.raises(Problem, match="disk is full"):
        fill()
    assert database.rows("SELECT * FROM one") == []
    database.run("PRAGMA max_page_count=1000000")
    fill()
    assert database.value("SELECT count(*) FROM one") == 2


def test_a_wrong_statement_is_a_bug_and_no_problem(database: Database) -> None:
    with pytest.raises(module.driver.OperationalError):
        database.rows("SELECT * FROM nowhere")


def test_migrations_run_in_order_with_a_backup_first(
    schemas: Path, database: Database, tmp_path: Path
) -> None:
    database.run("INSERT INTO one VALUES ('a')")
    database.close()
    (schemas / "test_002.sql").write_text("ALTER TABLE one ADD COLUMN more TEXT DEFAULT 'm';\n")
    (schemas / "test_003.sql").write_text("UPDATE one SET more = more || name;\n")
    backed_up: list[Path] = []
    newer = Database(database.path, "test", backed_up.append)
    assert newer.rows("SELECT * FROM one") == [("a", "ma"), ("b", "mb")]
    assert newer.value("PRAGMA user_version") == 3
    newer.close()
    assert backed_up == [database.path]
    Database(database.path, "test", backed_up.append).close()
    assert backed_up == [database.path]


def test_a_new_file_needs_no_backup(schemas: Path, tmp_path: Path) -> None:
    backed_up: list[Path] = []
    Database(tmp_path / "new.db", "test", backed_up.append).close()
    assert backed_up == []


def test_a_failed_migration_changes_nothing(schemas: Path, database: Database) -> None:
    database.close()
    (schemas / "test_002.sql").write_text("CREATE TABLE two (name TEXT);\nSELECT nonsense;\n")
    with pytest.raises(module.driver.OperationalError):
        Database(database.path, "test")
    (schemas / "test_002.sql").unlink()
    again = Database(database.path, "test")
    assert again.rows("SELECT name FROM sqlite_master WHERE name = 'two'") == []
    again.close()


def test_a_file_of_a_newer_offprint_is_refused(schemas: Path, database: Database) -> None:
    database.run("PRAGMA user_version=2")
    database.close()
    before = database.path.read_bytes()
    with pytest.raises(Problem, match="newer Offprint"):
        Database(database.path, "test")
    assert database.path.read_bytes() == before


@pytest.mark.parametrize("content", [b"not a database at all" * 60, b"SQLite format 3\x00" * 99])
def test_a_damaged_file_is_said_to_be_and_left_alone(
    schemas: Path, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "test.db"
    path.write_bytes(content)
    with pytest.raises(Damaged, match="left as it is"):
        Database(path, "test")
    assert path.read_bytes() == content


def test_faults_inside_a_file_are_found(schemas: Path, database: Database) -> None:
    database.run_many("INSERT INTO one VALUES (?)", [("x" * 500,)] * 50)
    assert database.integrity_errors() == []
    database.run("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    content = bytearray(database.path.read_bytes())
    content[3 * 4096 : 3 * 4096 + 200] = bytes(200)
    database.path.write_bytes(content)
    again = Database(database.path, None)
    assert again.integrity_errors() != []
    again.close()


def test_a_check_that_meets_unreadable_pages_says_so(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(sql: str, *values: object) -> list[module.Row]:
        raise Damaged("It cannot be read.")

    monkeypatch.setattr(database, "rows", unreadable)
    assert database.integrity_errors() == ["It cannot be read."]


def test_another_writer_is_waited_for_and_then_named(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "WAIT_SECONDS", 0.05)
    other = Database(database.path, "test")
    with database.transaction(), pytest.raises(Problem, match="in use by another program"):
        other.run("INSERT INTO one VALUES ('x')")
    other.run("INSERT INTO one VALUES ('x')")
    other.close()


class Busy:
    """A connection on which another process holds a lock for the first few tries."""

    def __init__(self, real: object, tries: int) -> None:
        self.real = real
        self.left = tries

    def execute(self, sql: str, *values: object) -> object:
        if sql.startswith("PRAGMA journal_mode=") and self.left:
            self.left -= 1
            error = module.driver.OperationalError("database is locked")
            error.sqlite_errorcode = 5
            raise error
        return self.real.execute(sql, *values)  # type: ignore[attr-defined]

    def __getattr__(self, name: str) -> object:
        return getattr(self.real, name)


@pytest.mark.parametrize(("tries", "opens"), [(2, True), (10_000, False)])
def test_a_lock_on_a_new_file_is_waited_for_but_not_for_ever(
    schemas: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tries: int, opens: bool
) -> None:
    real = module.driver

    def connect(*args: object, **options: object) -> Busy:
        return Busy(real.connect(*args, **options), tries)

    fake = SimpleNamespace(**{**vars(real), "connect": connect})
    monkeypatch.setattr(module, "driver", fake)
    monkeypatch.setattr(module, "WAIT_SECONDS", 0.05)
    if opens:
        Database(tmp_path / "new.db", "test").close()
    else:
        with pytest.raises(Problem, match="in use"):
            Database(tmp_path / "new.db", "test")


def test_many_may_open_a_new_file_at_once(schemas: Path, tmp_path: Path) -> None:
    problems: list[Exception] = []

    def open_and_close() -> None:
        try:
            Database(tmp_path / "new.db", "test").close()
        except Problem as problem:
            problems.append(problem)

    threads = [threading.Thread(target=open_and_close) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []


def test_a_file_that_must_be_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="cannot be opened"):
        Database(tmp_path / "none.db", None).rows("SELECT 1 FROM sqlite_master")
    assert not (tmp_path / "none.db").exists()


def test_a_folder_that_cannot_be_made_is_a_problem(schemas: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Problem, match="cannot be made"):
        Database(tmp_path / "file" / "test.db", "test")


def test_a_file_that_cannot_be_made_is_a_problem(schemas: Path, tmp_path: Path) -> None:
    with pytest.raises(Problem, match="cannot be opened"):
        Database(tmp_path / ("n" * 300), "test")


def test_on_a_disk_that_cannot_be_written_what_is_there_can_be_read(
    database: Database, schemas: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database.run("INSERT INTO one VALUES ('x')")
    monkeypatch.setattr(os, "access", lambda path, mode: path != database.path.parent)
    # What is in the log only must not be passed over.
    with_log = Database(database.path, "test")
    assert with_log.rows("SELECT * FROM one") == [("x",)]
    with_log.close()
    database.close()
    before = sorted(database.path.parent.iterdir())
    frozen = Database(database.path, "test")
    assert frozen.rows("SELECT * FROM one") == [("x",)]
    with pytest.raises(Problem, match="cannot be written; nothing has been changed"):
        frozen.run("INSERT INTO one VALUES ('y')")
    assert sorted(database.path.parent.iterdir()) == before
    frozen.close()
    (schemas / "test_002.sql").write_text("CREATE TABLE two (name TEXT);\n")
    with pytest.raises(Problem, match="cannot be written"):
        Database(database.path, "test")


def test_a_copy_is_one_file_and_over_another_it_replaces_all(
    database: Database, tmp_path: Path
) -> None:
    database.run("INSERT INTO one VALUES ('x')")
    database.copy_to(tmp_path / "copy.db")
    database.run("INSERT INTO one VALUES ('y')")
    copy = Database(tmp_path / "copy.db", None)
    assert copy.rows("SELECT * FROM one") == [("x",)]
    assert copy.value("PRAGMA journal_mode") == "delete"
    copy.copy_to(database.path)
    copy.close()
    assert database.rows("SELECT * FROM one") == [("x",)]
    assert database.value("PRAGMA journal_mode") == "wal"
