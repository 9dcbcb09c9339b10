"""The file behind an open database: whether it is still the one that has the name."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from reader.problem import Problem

# What SQLite keeps beside a file, by the end of its name: the log, its index, and the journal.
BESIDE = ("-wal", "-shm", "-journal")
# A question, its values, and the rows that it was answered.
Answer = tuple[str, tuple[Any, ...], list[tuple[Any, ...]]]
Ask = Callable[..., list[tuple[Any, ...]] | None]


class Replaced(Problem):
    """Another program removed an open file, or put another in its place; nothing was written."""


def replaced(path: Path) -> Replaced:
    """The Problem with a file that is no longer the one that was opened."""
    return Replaced(
        f"“{path}” was removed or replaced while it was open; nothing was written to it. Close "
        "Offprint and start it again."
    )


class OpenFile:
    """A file by what the system knows it by, whatever has its name.

    SQLite goes on with a file that was unlinked, and with its own memory of one that was copied
    over: what it writes there is gone when it is closed. `known` and `known_on_disk` are what is
    asked of the database, with its log and without, and what was answered when the file was
    certainly the same.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        status = path.stat()
        self._identity = status.st_dev, status.st_ino
        self._written = _size_and_time(status)
        self._seen: tuple[int, int] = -1, -1
        self.known: Answer | None = None
        self.known_on_disk: Answer | None = None

    def is_news(self) -> bool:
        """Whether the file was written since this was asked last."""
        before, self._seen = self._seen, self._written
        return self._seen != before

    def was_written(self) -> bool:
        """Whether the file was written since note was taken of it: by SQLite, or by others.

        Raises:
            Replaced: when it no longer has its name.
        """
        return _size_and_time(self._status()) != self._written

    def take_note(self) -> None:
        """Take what was written until now for SQLite's work.

        Raises:
            Replaced: when the file no longer has its name.
        """
        self._written = _size_and_time(self._status())

    def is_the_same(self, ask: Ask, ask_on_disk: Ask) -> bool:
        """Whether SQLite wrote the file that is there now, and not something that copied over it.

        With its log, SQLite may still give what the file held before.
        """
        if self.known is not None:
            sql, values, rows = self.known
            if ask(sql, *values) != rows:
                return False
        if self.known_on_disk is None:
            return True
        sql, _, [before] = self.known_on_disk
        found = ask_on_disk(sql)
        return found is not None and _goes_on(before, found[0])

    def _status(self) -> os.stat_result:
        try:
            status = self._path.stat()
        except OSError:
            raise replaced(self._path) from None
        if (status.st_dev, status.st_ino) != self._identity:
            raise replaced(self._path)
        return status


def _goes_on(before: tuple[Any, ...], now: tuple[Any, ...]) -> bool:
    return now[:-1] == before[:-1] and bool(now[-1] >= before[-1])


def _size_and_time(status: os.stat_result) -> tuple[int, int]:
    return status.st_size, status.st_mtime_ns
