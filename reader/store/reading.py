"""How a user reads each document: when it was opened, how far, and in which view of its pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Literal, NamedTuple

from reader.store.database import Database
from reader.store.note_rows import crc

ViewMode = Literal["pages", "text"]
_COLUMNS = 'opened, percent, view_mode, rotation, page, share, "offset"'


class Reading(NamedTuple):
    """The state in which a user left a document.

    `opened` is UTC, ISO 8601, "" when it was never opened; `percent` is how much of it was read,
    `rotation` the quarter turns clockwise of its pages. `page` is the number of the page at the
    upper edge, 0 for none, `share` how much of that page was above the edge, and `offset` the
    first code point that was in sight then.
    """

    opened: str = ""
    percent: int = 0
    view_mode: ViewMode = "pages"
    rotation: int = 0
    page: int = 0
    share: float = 0.0
    offset: int = -1


class Readings:
    """The reading states of one user, a row a document, in the file of the user's notes.

    Every method raises Problem as `Notes` does, and then nothing has changed.
    """

    def __init__(
        self, database: Database, kept_beside: Callable[[], AbstractContextManager[None]]
    ) -> None:
        """`kept_beside` is around each write: it keeps the notes when the file was replaced."""
        self._database = database
        self._kept_beside = kept_beside
        self._opened: dict[str, str] = {}
        self._percents: dict[str, int] = {}
        # The version of the file that these two are of; None before they are read.
        self._followed: int | None = None

    def get(self, document_id: str) -> Reading:
        """Return the state of a document; that of one never opened when its row is damaged."""
        for *values, checksum in self._database.rows(
            f"SELECT {_COLUMNS}, crc FROM reading WHERE document_id = ?", document_id
        ):
            if crc(document_id, *values) == checksum:
                return Reading(*values)
        return Reading()

    def update(self, document_id: str, change: Callable[[Reading], Reading]) -> Reading:
        """Write the state of a document as `change` makes it of the present one, and return it."""
        with self._kept_beside(), self._database.transaction():
            before = self.get(document_id)
            after = change(before)
            if after != before:
                values = (document_id, *after)
                self._database.run(
                    f"INSERT OR REPLACE INTO reading (document_id, {_COLUMNS}, crc) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    *values,
                    crc(*values),
                )
        if self._followed is not None and after != before:
            self._opened[document_id] = after.opened
            self._percents[document_id] = after.percent
        return after

    def latest(self) -> str:
        """Return the id of the document opened last; "" when none was."""
        rows = self._database.rows(
            "SELECT document_id FROM reading ORDER BY opened DESC, rowid DESC LIMIT 1"
        )
        return str(rows[0][0]) if rows else ""

    @property
    def version(self) -> int:
        """A number that is another one as soon as another connection has changed the states."""
        return self._database.version

    def opened(self) -> Mapping[str, str]:
        """Return when each document was opened last, by document id, as it is from now on too.

        As `percents`, it is one column of all rows without their checksums, and stays in memory
        until another connection writes: a list of twenty thousand documents asks for it each time
        it is shown.
        """
        self._follow()
        return self._opened

    def percents(self) -> Mapping[str, int]:
        """Return how much of each document was read, 0 to 100, by document id, from now on too."""
        self._follow()
        return self._percents

    def _follow(self) -> None:
        version = self._database.version
        if version == self._followed:
            return
        rows = self._database.rows(
            "SELECT document_id, CAST(opened AS TEXT), CAST(percent AS INTEGER) FROM reading"
        )
        self._opened.clear()
        self._percents.clear()
        for document_id, opened, percent in rows:
            self._opened[document_id] = opened
            self._percents[document_id] = percent
        self._followed = version
