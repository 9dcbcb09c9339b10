"""The library's list as this user reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from reader.services.workspace import Workspace
from reader.store.catalog import GONE, CatalogEntry

NEW_FOR = timedelta(days=1)
PART = 2_500  # documents that are read in one step
LONG = 1_000  # documents: to read so many takes longer than a frame


def new_since() -> str:
    """Return the time (UTC, ISO 8601) since which an imported document counts as just added."""
    return (datetime.now(UTC) - NEW_FOR).isoformat(timespec="seconds").partition("+")[0]


class Catalog:
    """The entries of the library, with how far the user has read each.

    They are read once and stay in memory until the library's file says that it changed, or another
    process has written to the user's. A document that is opened here moves to the front, behind
    those that were just added.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._entries: list[CatalogEntry] = []
        self._new_ids: frozenset[str] = frozenset()
        # What the entries were read of; None when they are to be read.
        self._stamp: tuple[object, ...] | None = None

    @property
    def entries(self) -> list[CatalogEntry]:
        """All entries: those just added and not opened yet, then the document read last first; a
        list that nobody changes."""
        stamp = self._stamp_now()
        if stamp != self._stamp:
            self._take(self._workspace.library.catalog.entries(), stamp)
        return self._entries

    @property
    def known(self) -> list[CatalogEntry]:
        """The entries as they were read last, whatever has changed since."""
        return self._entries

    @property
    def is_stale(self) -> bool:
        """Whether the entries are to be read anew."""
        return self._stamp_now() != self._stamp

    def read_in_parts(self) -> Iterator[None]:
        """Read the entries step by step, so that there is time for something else between.

        What changes meanwhile is found by who asks for the entries then: they are read anew.
        """
        stamp = self._stamp_now()
        if stamp != self._stamp:
            found: list[CatalogEntry] = []
            for part in self._workspace.library.catalog.in_parts(PART):
                found += part
                yield
            self._take(found, stamp)
            yield

    def _stamp_now(self) -> tuple[object, ...]:
        library, readings = self._workspace.library, self._workspace.notes.readings
        return library.catalog.stamp, readings, readings.version

    def _take(self, found: list[CatalogEntry], stamp: tuple[object, ...]) -> None:
        opened, since = self._workspace.notes.readings.opened(), new_since()
        fresh = frozenset(e.id for e in found if e.imported >= since and e.id not in opened)
        self._entries = sorted(
            found, key=lambda e: (e.id in fresh, opened.get(e.id, ""), e.imported), reverse=True
        )
        self._stamp, self._new_ids = stamp, fresh

    @property
    def is_long(self) -> bool:
        """Whether to read the entries takes so long that a window is painted before."""
        return self._workspace.library.catalog.is_longer_than(LONG)

    @property
    def new_ids(self) -> frozenset[str]:
        """The documents among `entries` that were just added and that the user has not opened."""
        return self._new_ids

    def move_to_front(self, document_id: str) -> None:
        """Make a document the one read last; those that were just added stand before it."""
        fresh = self._new_ids - {document_id}
        for number, entry in enumerate(self._entries):
            if entry.id == document_id:
                # Another list: who holds the former one can see what moved.
                rest = self._entries[:number] + self._entries[number + 1 :]
                self._entries = [*rest[: len(fresh)], entry, *rest[len(fresh) :]]
                self._new_ids = fresh
                return

    @property
    def percents(self) -> Mapping[str, int]:
        """How much of each document was read, 0 to 100, by document id."""
        return self._workspace.notes.readings.percents()

    def entry(self, document_id: str) -> CatalogEntry | None:
        """Return the entry of a document; None when it is not in the library."""
        return self._workspace.library.catalog.entry(document_id)

    def is_listed(self, document_id: str) -> bool:
        """Return whether a document is one of the entries: not removed, with no later edition."""
        entry = self.entry(document_id)
        is_trashed = self._workspace.library.details.is_trashed
        return entry is not None and not entry.later and not is_trashed(document_id)

    def title(self, document_id: str) -> str:
        """Return the title of a document, also of one that is no longer in the library."""
        entry = self.entry(document_id)
        return entry.title if entry is not None else GONE

    def progress(self, document_id: str) -> int:
        """Return how much of a document the user has read, in percent."""
        return self._workspace.notes.readings.get(document_id).percent
