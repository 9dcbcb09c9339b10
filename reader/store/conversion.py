"""Turns clear notes into encrypted ones and back: at any moment the one or the other is whole."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from reader.paths import is_own_file, make_private, move
from reader.problem import Problem
from reader.store.backups import verify_notes
from reader.store.database import Database
from reader.store.durable_files import create_file, sync_file, sync_folder
from reader.store.encryption import (
    Key,
    is_clear,
    key_copy_path,
    key_path,
    new_key_path,
)
from reader.store.integrity import integrity_errors
from reader.store.key_file import keep_copy, put_key_file
from reader.store.open_file import BESIDE

_CHUNK_BYTES = 1 << 20
_TABLES = "SELECT name FROM main.sqlite_master WHERE type = 'table' AND rootpage > 0"


def encrypt(notes_path: Path, key: Key, key_file: bytes) -> list[str]:
    """Encrypt a user's notes and all copies of them; nobody may have them open.

    The key file is there before the notes need it. Return the names of the copies that could not be
    read, and were removed.

    Raises:
        Problem: when the notes are in use or damaged, or the disk is full: they are clear then;
            also when a copy of them cannot be encrypted: then `finish` is to be called again.
    """
    with _alone(notes_path), _said(notes_path):
        if not is_clear(notes_path):
            raise Problem("These notes are encrypted already.")
        for path in (notes_path, *_copies(notes_path)):
            if path.is_symlink():
                raise Problem(
                    f"“{path}” is only a link to another file, which would stay as it is. Put the "
                    "file itself in its place."
                )
        put_key_file(new_key_path(notes_path), key_file)
        try:
            _convert(notes_path, None, key)
        except BaseException:
            if is_clear(notes_path):
                new_key_path(notes_path).unlink(missing_ok=True)
            raise
        return _finish(notes_path, key)


def finish(notes_path: Path, key: Key) -> list[str]:
    """Leave nothing clear of a user's encrypted notes; cheap where there is nothing.

    What a killed process left undone is done here, and an older clear copy that somebody put back
    is encrypted. Return the names of copies that could not be read, and were removed.

    Raises:
        Problem: when a copy cannot be encrypted or removed, as on a full disk.
    """
    files = [notes_path, *_copies(notes_path)]
    left = [path for path in files if is_clear(path)] + [
        one for path in files for one in _left_beside(path) if one.exists()
    ]
    with _said(notes_path):
        if not left and not new_key_path(notes_path).exists():
            keep_copy(notes_path)
            return []
        with _alone(notes_path):
            return _finish(notes_path, key)


def decrypt(notes_path: Path, key: Key) -> None:
    """Turn a user's notes and all copies of them into what anybody can read; nobody may have them
    open.

    The copies come first: as long as the notes are encrypted, `finish` can follow a killed process.

    Raises:
        Problem: when the notes are in use or damaged, or the disk is full: they are encrypted then,
            unless only the last step failed, and `is_locked` is not true of them any more.
    """
    with _alone(notes_path), _said(notes_path):
        try:
            for path in _copies(notes_path):
                # One that cannot be read now could not be read before either.
                if not is_clear(path):
                    with suppress(Problem):
                        _convert(path, key, None)
            move(key_path(notes_path), new_key_path(notes_path))
            sync_folder(notes_path.parent)
            _convert(notes_path, key, None)
        except BaseException:
            # Those that are clear already stay so: behind a key file they could not be opened.
            if not is_clear(notes_path):
                with suppress(Problem, OSError):
                    _finish(notes_path, key)
            raise
        for path in (new_key_path(notes_path), key_copy_path(notes_path)):
            path.unlink(missing_ok=True)
        sync_folder(notes_path.parent)


@contextmanager
def _alone(notes_path: Path) -> Iterator[None]:
    """Wait until no other process converts; when one ends, however it ends, its lock is gone."""
    lock = make_private(notes_path.parent) / ".converting"
    with closing(Database(lock, "lock")) as database, database.transaction():
        yield


@contextmanager
def _said(notes_path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Problem(f"“{notes_path}” cannot be converted: {error.strerror}.") from error


def _finish(notes_path: Path, key: Key) -> list[str]:
    removed = []
    _sweep(notes_path)
    # Until the key file has its name, all copies may be from before.
    is_new = new_key_path(notes_path).exists()
    for path in _copies(notes_path):
        _sweep(path)
        if (is_clear(path) or (is_new and verify_notes(path, key))) and not _encrypted(path, key):
            removed.append(path.parent.name if path.name == notes_path.name else path.name)
    if is_new and not key_path(notes_path).exists():
        move(new_key_path(notes_path), key_path(notes_path))
        sync_folder(notes_path.parent)
    new_key_path(notes_path).unlink(missing_ok=True)
    keep_copy(notes_path)
    return removed


def _copies(notes_path: Path) -> list[Path]:
    """All files that hold what the notes held: backups, and those set aside as damaged."""
    patterns = "backups/notes-*.db", "backups/*.part", "damaged-*/notes.db"
    return sorted(path for pattern in patterns for path in notes_path.parent.glob(pattern))


def _encrypted(path: Path, key: Key) -> bool:
    """Whether a clear copy could be encrypted; one that cannot be read is removed instead."""
    if not verify_notes(path, None):
        _convert(path, None, key)
        return True
    for suffix in ("", *BESIDE):
        _wipe(Path(f"{path}{suffix}"))
    sync_folder(path.parent)
    return False


def _convert(path: Path, old: Key | None, new: Key | None) -> None:
    """Write a file anew with another key, compare the two, and put the new one in its place."""
    part = _part(path)
    _sweep(path)
    try:
        with closing(Database(path, None, key=old)) as source:
            for suffix in ("", "-wal"):
                _keep_name(Path(f"{path}{suffix}"))
            _hold_alone(source)
            if found := integrity_errors(source):
                raise Problem(f"“{path}” was not converted, for it has faults: {found[0]}")
            _export(source, part, new)
            if found := verify_notes(part, new):
                raise Problem(f"“{path}” was not converted, for the copy has faults: {found[0]}")
            sync_file(part)
            if sys.platform == "win32":
                # An open file keeps its name there.
                source.close()
            move(part, path)
            sync_folder(path.parent)
    finally:
        _sweep(path)


def _hold_alone(source: Database) -> None:
    """Keep all others from writing until the file is closed, and have its log in it."""
    source.value("PRAGMA locking_mode = EXCLUSIVE")
    if source.value("PRAGMA journal_mode = DELETE") != "delete":
        raise Problem(f"“{source.path}” is in use by another program. Close it and try again.")
    with source.transaction():
        pass


def _export(source: Database, part: Path, key: Key | None) -> None:
    """Write all rows to a new file, and compare each table.

    Source: https://www.zetetic.net/sqlcipher/sqlcipher-api/#sqlcipher_export
    """
    create_file(part)
    literal = key.literal if key is not None else ""
    source.run("ATTACH DATABASE ? AS converted KEY ?", str(part), literal)
    with source.transaction():
        source.value("SELECT sqlcipher_export('converted')")
        source.run(f"PRAGMA converted.user_version = {source.value('PRAGMA user_version')}")
    for (table,) in source.rows(_TABLES):
        count = f'(SELECT count(*) FROM {{}}."{table}")'
        missing = (
            f'(SELECT count(*) FROM (SELECT * FROM main."{table}" '
            f'EXCEPT SELECT * FROM converted."{table}"))'
        )
        (row,) = source.rows(
            f"SELECT {count.format('main')} = {count.format('converted')}, {missing}"
        )
        if row != (1, 0):
            raise Problem(f"“{source.path}” was not converted, for the copy is not the same.")
    source.run("DETACH DATABASE converted")


def _part(path: Path) -> Path:
    return path.with_name(path.name + ".converted")


def _former(path: Path) -> Path:
    return path.with_name(path.name + ".former")


def _left_beside(path: Path) -> list[Path]:
    formers = (_former(Path(f"{path}{suffix}")) for suffix in ("", "-wal"))
    parts = (Path(f"{_part(path)}{suffix}") for suffix in ("", *BESIDE))
    return [*formers, *parts]


def _keep_name(path: Path) -> None:
    """Give a file a second name, by which it is overwritten when it has lost the first.

    Where the file system has no links, as on a memory stick, it is only removed.
    """
    with suppress(OSError):
        os.link(path, _former(path))


def _sweep(path: Path) -> None:
    """Overwrite and remove what a conversion leaves beside a file."""
    for one in _left_beside(path):
        first = one.with_name(one.name.removesuffix(".former"))
        if one != first and one.exists() and first.exists() and one.samefile(first):
            # It was not replaced: only the second name goes.
            one.unlink()
        else:
            _wipe(one)


def _wipe(path: Path) -> None:
    """Overwrite a file with zeros and remove it. A disk of flash memory may keep the old blocks."""
    if not is_own_file(path):
        # Of a link, what it leads to is another's.
        path.unlink(missing_ok=True)
        return
    left = path.stat().st_size
    with path.open("rb+") as file:
        while left > 0:
            left -= file.write(bytes(min(left, _CHUNK_BYTES)))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
