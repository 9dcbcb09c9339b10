"""The library's list as this user reads it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from reader.services.bulk_edit import GONE
from reader.services.workspace import Workspace
from reader.store.catalog import Entry

NEW_FOR = timedelta(days=1)


def new_since() -> str:
    """The time (UTC, ISO 8601) since which an imported document counts as just added."""
    return (datetime.now(UTC) - NEW_FOR).isoformat(timespec="seconds").partition("+")[0]


class Catalog:
    """The entries of the library, with how far the user has read each."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    @property
    def entries(self) -> list[Entry]:
        """All entries: those just added and not opened yet, then the document read last first."""
        opened, since = self._workspace.notes.readings.opened(), new_since()
        return sorted(
            self._workspace.library.entries(),
            key=lambda e: (
                e.id not in opened and e.imported >= since,
                opened.get(e.id, ""),
                e.imported,
            ),
            reverse=True,
        )

    @property
    def new_ids(self) -> frozenset[str]:
        """The documents that were just added and that the user has not opened yet."""
        opened, since = self._workspace.notes.readings.opened(), new_since()
        found = (entry for entry in self._workspace.library.entries() if entry.imported >= since)
        return frozenset(entry.id for entry in found if entry.id not in opened)

    def entry(self, document_id: str) -> Entry | None:
        """Return the entry of a document; None when it is not in the library."""
        return self._workspace.library.entry(document_id)

    def title(self, document_id: str) -> str:
        """Return the title of a document, also of one that is no longer in the library."""
        entry = self.entry(document_id)
        return entry.title if entry is not None else GONE

    def progress(self, document_id: str) -> int:
        """Return how much of a document the user has read, in percent."""
        return self._workspace.notes.readings.get(document_id).percent
