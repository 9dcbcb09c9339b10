"""How a user reads each document: when it was opened, how far, and in which view of its pages."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import astuple, dataclass
from typing import Literal

from reader.store.database import Database
from reader.store.note_rows import crc

ViewMode = Literal["pages", "text"]
_COLUMNS = 'opened, percent, view_mode, rotation, page, share, "offset"'


@dataclass(frozen=True, slots=True)
class Reading:
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
        self._opened_at: int | None = None  # the version of the file that `_opened` is of

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
                values = (document_id, *astuple(after))
                self._database.run(
                    f"INSERT OR REPLACE INTO reading (document_id, {_COLUMNS}, crc) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    *values,
                    crc(*values),
                )
        if after != before:
            self._opened[document_id] = after.opened
        return after

    def latest(self) -> str:
        """Return the id of the document opened last; "" when none was."""
        rows = self._database.rows(
            "SELECT document_id FROM reading ORDER BY opened DESC, rowid DESC LIMIT 1"
        )
        return str(rows[0][0]) if rows else ""

    def opened(self) -> dict[str, str]:
        """Return when each document was opened last, by document id.

        A list of twenty thousand documents asks for it each time it is shown: all rows are read
        once, without their checksums, and again only when another connection has written.
        """
        version = self._database.version
        if version != self._opened_at:
            question = "SELECT document_id, CAST(opened AS TEXT) FROM reading"
            self._opened = dict(self._database.rows(question))
            self._opened_at = version
        return dict(self._opened)

    def percents(self) -> dict[str, int]:
        """Return how much of each document was read, 0 to 100, by document id.

        It reads one column of all rows without their checksums.
        """
        return dict(
            self._database.rows("SELECT document_id, CAST(percent AS INTEGER) FROM reading")
        )
