"""One SQLite file: opened so that what it acknowledges stays, its schema brought up to date."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from reader.paths import make_private
from reader.problem import Problem
from reader.store.durable_files import create_file, sync_folder
from reader.store.encryption import Key, set_key
from reader.store.note_rows import crc
from reader.store.open_file import OpenFile, replaced
from reader.store.own_schema import (
    SCHEMA,
    Entry,
    foreign_entries,
    is_to_the_letter,
    refused,
    statements,
)
from reader.store.sqlite_driver import driver as driver
from reader.store.sqlite_driver import find_driver as find_driver
from reader.store.sqlite_errors import BUSY, code_of, problem_of
from reader.store.sqlite_errors import Damaged as Damaged

WAIT_SECONDS = 10.0
_SCHEMAS = Path(__file__).parent / "schema"

Row = tuple[Any, ...]


_WRITABLE = "mode=rw"
# Without locks, and without the log beside the file.
_ON_DISK = "mode=ro&immutable=1"
_TRIES = 3


def journal_mode(version: tuple[int, ...]) -> str:
    """The journal for that SQLite: WAL, but not where resetting it can corrupt the file.

    Source: https://sqlite.org/wal.html#walresetbug: 3.7.0 to 3.51.2, mended in 3.44.6 and 3.50.7.
    """
    mended_in = {44: 6, 50: 7}.get(version[1], 1000)
    fit = version[:3] >= (3, 51, 3) or version[2] >= mended_in
    return "WAL" if fit else "DELETE"


class Database:
    """An open SQLite file.

    Every method raises Problem for what a person can act on: a full or read-only disk, a file in
    use, a damaged one (`Damaged`), one that a newer Offprint wrote; and, when it writes, for one
    that is no longer in its place (`Replaced`). What is `after_write` is called after each write.
    """

    def __init__(
        self,
        path: Path,
        schema: str | None,
        back_up: Callable[[Path], object] | None = None,
        key: Key | None = None,
    ) -> None:
        """Open the file, make it if there is none, and bring it to the newest `schema`.

        `back_up` is called with the path before an existing file is migrated. Without a schema the
        file must exist and is taken as it is. On a disk that cannot be written, what is there can
        be read. With a `key` the file, its log and all copies of it are encrypted.
        """
        self.path = path
        self.key = key
        self.after_write: Callable[[], None] = lambda: None
        with self._said():
            if path.exists() and not path.is_file():
                # A pipe would be waited for, and a device be read without end.
                raise Problem(f"“{path}” is no file, and cannot be opened.")
            made = schema is not None and create_file(make_private(path.parent) / path.name)
            self._connection = self._connect(_mode(path))
            try:
                self._connection.create_function("crc32", -1, crc)
                for pragma in ("synchronous=FULL", "foreign_keys=ON", "trusted_schema=OFF"):
                    self._connection.execute(f"PRAGMA {pragma}")
                if schema is not None:
                    self._check(schema)
                if schema is not None and _mode(path) == _WRITABLE:
                    self._set_journal(journal_mode(driver.sqlite_version_info))
                self._file = OpenFile(path)
                if schema is not None:
                    self._migrate(schema, back_up)
                if made:
                    self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                    sync_folder(path.parent)
                    self._file.take_note()
            except BaseException:
                self._connection.close()
                raise

    def _connect(self, mode: str) -> Any:
        return self._connect_to(f"{self.path.absolute().as_uri()}?{mode}", is_uri=True)

    def _connect_to(self, place: str, is_uri: bool = False) -> Any:
        connection = driver.connect(place, timeout=WAIT_SECONDS, isolation_level=None, uri=is_uri)
        try:
            set_key(connection, self.key)
        except BaseException:
            connection.close()
            raise
        return connection

    def _set_journal(self, mode: str) -> None:
        deadline = time.monotonic() + WAIT_SECONDS
        while self.value("PRAGMA journal_mode") != mode.lower():
            # Another process opening the same new file holds a lock that SQLite does not wait for.
            try:
                self._connection.execute(f"PRAGMA journal_mode={mode}")
            except driver.OperationalError as error:
                if code_of(error) != BUSY or time.monotonic() > deadline:
                    raise
                time.sleep(0.01)

    def _check(self, schema: str) -> None:
        """Look at what the file has, before any of it could be run or the file is written to."""
        if foreign := self.foreign(schema):
            raise refused(self.path, foreign)

    def _migrate(self, schema: str, back_up: Callable[[Path], object] | None) -> None:
        scripts = _scripts(schema)
        if self._version(len(scripts)) == len(scripts):
            return
        if back_up is not None and self._version(len(scripts)) > 0:
            back_up(self.path)
        with self.transaction():
            for script in scripts[self._version(len(scripts)) :]:
                for statement in statements(script):
                    self._connection.execute(statement)
            self._connection.execute(f"PRAGMA user_version={len(scripts)}")

    def _version(self, newest: int) -> int:
        return self._known(int(self.value("PRAGMA user_version")), newest)

    def _known(self, version: int, newest: int) -> int:
        if version > newest:
            raise Problem(
                f"“{self.path.name}” was written by a newer Offprint; this one leaves it alone. "
                "Please update Offprint."
            )
        return version

    def foreign(self, schema: str) -> list[Entry]:
        """The tables, indexes, triggers and views that no script of this schema makes just so.

        Raises:
            Problem: also when a newer Offprint wrote the file.
        """
        scripts, rows = _scripts(schema), self.rows(SCHEMA)
        version = self._known(rows[0][0] if rows else 0, len(scripts))
        found = [row[1:] for row in rows]
        if is_to_the_letter(found, schema, version):
            return []
        return foreign_entries(found, tuple(scripts[:version]))

    def rows(self, sql: str, *values: Any) -> list[Row]:
        """All rows that a question gives."""
        with self._said():
            found: list[Row] = self._connection.execute(sql, values).fetchall()
            return found

    def each(self, sql: str) -> Iterator[Row]:
        """The rows that a question gives, one by one: of a damaged file, as far as it goes."""
        with self._said():
            yield from self._connection.execute(sql)

    def value(self, sql: str, *values: Any) -> Any:
        """The first value of the first row, or None."""
        for row in self.rows(sql, *values):
            return row[0]
        return None

    @property
    def version(self) -> int:
        """SQLite's `data_version`: another number once another connection has changed the file."""
        return int(self.value("PRAGMA data_version"))

    @property
    def stamp(self) -> tuple[int, int]:
        """What is another pair as soon as any connection, this one too, has changed the file."""
        return self.version, int(self._connection.total_changes)

    def run(self, sql: str, *values: Any) -> int:
        """Run a statement and return the number of rows that it changed."""
        with self._in_place(), self._said():
            changed = int(self._connection.execute(sql, values).rowcount)
        if not self._connection.in_transaction:
            self.after_write()
        return changed

    def run_many(self, sql: str, rows: Iterable[Row]) -> None:
        """Run one statement for many rows, in a transaction."""
        with self._said():
            self._connection.executemany(sql, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Run the block in one durable transaction, all or nothing; other writers wait."""
        with self._in_place():
            with self._said():
                self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                with self._said():
                    self._connection.execute("COMMIT")
            except BaseException:
                # A full disk has SQLite roll back by itself.
                if self._connection.in_transaction:
                    with self._said():
                        self._connection.execute("ROLLBACK")
                raise
        self.after_write()

    def remember(self, sql: str, *values: Any, on_disk: str) -> None:
        """Keep what two questions are answered now, to tell the file from another.

        The first is answered the same as long as it is the same file. The second is asked of the
        file without its log: then all columns but the last are the same, and that never falls.
        """
        self._file.known = sql, values, self.rows(sql, *values)
        if self._file.is_news():
            found = self._asked_anew(_ON_DISK, on_disk)
            self._file.known_on_disk = None if found is None else (on_disk, (), found)

    def remembers(self) -> bool:
        """Whether the first question is still answered as it was remembered."""
        sql, values, rows = self._file.known or ("", (), [])
        return self.rows(sql, *values) == rows

    def _asked_anew(self, mode: str, sql: str, *values: Any) -> list[Row] | None:
        """What a new connection is answered, which sees what is there now; None for no answer.

        Another process may be writing the log into the file meanwhile: then it is asked again.
        """
        for _ in range(_TRIES):
            try:
                with closing(self._connect(mode)) as fresh:
                    found: list[Row] = fresh.execute(sql, values).fetchall()
                    return found
            except driver.Error:
                time.sleep(0.01)
        return None

    @contextmanager
    def _in_place(self) -> Iterator[None]:
        """Run the block; raise `Replaced` when another file is in the place of ours."""
        if self._connection.in_transaction:
            yield
            return
        if self._file.was_written() and not self._file.is_the_same(
            partial(self._asked_anew, _mode(self.path)), partial(self._asked_anew, _ON_DISK)
        ):
            raise replaced(self.path)
        yield
        self._file.take_note()

    def copy_to(self, path: Path) -> None:
        """Write the whole database, as it is now, over another, or to a new file."""
        with self._said():
            made = create_file(path)
            target = self._connect_to(str(path))
            try:
                self._connection.backup(target)
                if made:
                    target.execute("PRAGMA journal_mode=DELETE")
            finally:
                target.close()

    def integrity_errors(self) -> list[str]:
        """What SQLite's own check finds wrong; empty when nothing."""
        try:
            found = [str(row[0]) for row in self.rows("PRAGMA quick_check")]
        except Damaged as damaged:
            return [damaged.sentence]
        return [f"“{self.path.name}”: {fault}" for fault in found if fault != "ok"]

    def close(self) -> None:
        """Close the file; it cannot be used afterwards."""
        self._connection.close()

    @contextmanager
    def _said(self) -> Iterator[None]:
        """Turn what a person can act on into a Problem."""
        try:
            yield
        except driver.Error as error:
            problem = problem_of(error, self.path)
            if problem is None:
                raise
            raise problem from error
        except OSError as error:
            raise Problem(f"“{self.path}” cannot be opened: {error.strerror}.") from error


def has_table(database: Database, name: str) -> bool:
    """Whether a database has a table of that name: an older one, or one of others, may not."""
    question = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?"
    return bool(database.value(question, name))


def _scripts(schema: str) -> list[Path]:
    return sorted(_SCHEMAS.glob(f"{schema}_*.sql"))


def _mode(path: Path) -> str:
    """How to open the file: where nobody can write, SQLite needs to be told that nobody does."""
    log = path.with_name(path.name + "-wal")
    if os.access(path.parent, os.W_OK) or (log.exists() and log.stat().st_size):
        return _WRITABLE
    return _ON_DISK
