"""Where a user is in each document; what a method acknowledges is on the disk."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import NamedTuple

from reader.store.database import Database
from reader.store.note_rows import crc


class Position(NamedTuple):
    """Where the person is in a document.

    `offset` is the first code point in sight, `fraction` how much of its line, 0 to 1, is above
    the edge; `updated` is UTC, ISO 8601.
    """

    offset: int
    fraction: float
    updated: str


class Positions:
    """The places where a user left documents, in the file of the user's notes."""

    def __init__(
        self,
        database: Database,
        now: Callable[[], str],
        kept_beside: Callable[[], AbstractContextManager[None]],
    ) -> None:
        """`kept_beside` is around each write: it keeps the notes when the file was replaced."""
        self._database = database
        self._now = now
        self._kept_beside = kept_beside

    def get(self, document_id: str) -> Position | None:
        """Where the person was in the document; None when it was never read."""
        for offset, fraction, updated, checksum in self._database.rows(
            'SELECT "offset", fraction, updated, crc FROM position WHERE document_id = ?',
            document_id,
        ):
            if crc(document_id, offset, fraction, updated) == checksum and isinstance(offset, int):
                return Position(offset, fraction, updated)
        return None

    def set(self, document_id: str, offset: int, fraction: float) -> None:
        """Keep where the person is in the document, and that it was read now."""
        values = (document_id, offset, float(fraction), self._now())
        with self._kept_beside():
            self._database.run(
                "INSERT OR REPLACE INTO position VALUES (?, ?, ?, ?, ?)", *values, crc(*values)
            )
