"""The library's list as this user reads it."""

from __future__ import annotations

from reader.services.bulk_edit import GONE
from reader.services.workspace import Workspace
from reader.store.catalog import CatalogEntry


class Catalog:
    """The entries of the library, with how far the user has read each."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    @property
    def entries(self) -> list[CatalogEntry]:
        """All entries, the document read last first."""
        opened = self._workspace.notes.readings.opened()
        return sorted(
            self._workspace.library.catalog.entries(),
            key=lambda e: (opened.get(e.id, ""), e.imported),
            reverse=True,
        )

    def entry(self, document_id: str) -> CatalogEntry | None:
        """Return the entry of a document; None when it is not in the library."""
        return self._workspace.library.catalog.entry(document_id)

    def title(self, document_id: str) -> str:
        """Return the title of a document, also of one that is no longer in the library."""
        entry = self.entry(document_id)
        return entry.title if entry is not None else GONE

    def progress(self, document_id: str) -> int:
        """Return how much of a document the user has read, in percent."""
        return self._workspace.notes.readings.get(document_id).percent
