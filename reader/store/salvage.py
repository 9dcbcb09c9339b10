"""A library's list that is damaged: set aside, and what can be read of it written to a new one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from itertools import count
from pathlib import Path

from reader.paths import Paths, make_private
from reader.problem import Problem
from reader.store.database import Damaged, Database, Row, has_table
from reader.store.durable_files import sync_folder
from reader.store.open_file import BESIDE

# In the order in which they refer to each other: each with its column of documents' ids, and with
# what orders its rows.
_TABLES = (
    ("fact", "", "name"),
    ("document", "id", "rowid"),
    ("edition", "document_id", "document_id, number"),
    ("asset", "document_id", "document_id, edition, name"),
    ("label", "document_id", "document_id, kind, name"),
    ("origin", "document_id", "document_id"),
    ("offer", "document_id", "document_id, earlier_id"),
    ("same_article", "document_id", "document_id, other_id"),
    ("always", "", "source"),
)


def open_list(paths: Paths) -> tuple[Database, bool]:
    """The library's list, and whether it was damaged and had to be made anew.

    Raises:
        Problem: when it cannot be opened or written, or a newer Offprint wrote it.
    """
    try:
        return _opened(paths), False
    except Damaged:
        pass
    with _alone(make_private(paths.lost) / ".lock"):
        try:
            # Another process may have made it anew meanwhile.
            return _opened(paths), False
        except Damaged:
            damaged = _set_aside(paths)
        database = _opened(paths)
        with suppress(Problem), closing(Database(damaged, None)) as old:
            _take_over(old, database, paths)
        return database, True


def _opened(paths: Paths) -> Database:
    database = Database(paths.library, "library")
    try:
        # Reads all rows: a page that cannot be read is to be known of now.
        database.value("SELECT count(*) FROM document WHERE title <> edits")
    except BaseException:
        database.close()
        raise
    return database


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Wait until no other process does this; when one ends, however it ends, its lock is gone."""
    with closing(Database(lock, "lock")) as database, database.transaction():
        yield


def _set_aside(paths: Paths) -> Path:
    """Move the damaged file, and what belongs to it, to the lost and found."""
    try:
        names = (f"library-{number}.db" for number in count(1))
        target = next(paths.lost / one for one in names if not (paths.lost / one).exists())
        for suffix in BESIDE:
            beside = Path(f"{paths.library}{suffix}")
            if beside.exists():
                beside.replace(f"{target}{suffix}")
        paths.library.replace(target)
        sync_folder(paths.data)
        sync_folder(paths.lost)
    except OSError as error:
        raise Problem(
            f"“{paths.library}” is damaged, and cannot be moved: {error.strerror}."
        ) from error
    return target


def _take_over(old: Database, new: Database, paths: Paths) -> None:
    """Copy the rows that can be read, of documents that have their folder.

    A label is there before its document, when the row of that has to be made from the folder.
    """
    homes = {path.name for path in paths.documents.iterdir()}
    new.run("PRAGMA foreign_keys = OFF")
    try:
        with new.transaction():
            for table, of_document, key in _TABLES:
                listed = {row[0] for row in new.rows("SELECT id FROM document")}
                ids = listed if table in ("edition", "asset", "origin") else homes
                _copy(old, new, table, of_document, ids, key)
            new.run("UPDATE document SET indexed = 0")
    finally:
        new.run("PRAGMA foreign_keys = ON")


def _copy(
    old: Database, new: Database, table: str, of_document: str, ids: set[str], key: str
) -> None:
    if not has_table(old, table):
        return
    known = _columns(old, table)
    columns = [name for name in _columns(new, table) if name in known]
    names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
    for row in _readable(old, f"SELECT {names} FROM {table}", key):
        if not of_document or row[columns.index(of_document)] in ids:
            new.run(f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})", *row)


def _columns(database: Database, table: str) -> list[str]:
    rows = database.rows("SELECT name FROM pragma_table_info(?)", table)
    return [str(row[0]) for row in rows]


def _readable(old: Database, question: str, key: str) -> Iterator[Row]:
    """The rows before the first that cannot be read, and those after the last."""
    for order in (key, ", ".join(f"{name} DESC" for name in key.split(", "))):
        with suppress(Problem):
            yield from old.each(f"{question} ORDER BY {order}")
