"""The documents that notes are on, and the collections that these are in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from reader.services.workspace import Workspace


class NotedDocuments:
    """What the notebook knows of documents."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def collections(self, counts: Mapping[str, int]) -> dict[str, int]:
        """The collections that documents are in, and how many notes are on those, by how many are
        on each document."""
        found: Counter[str] = Counter()
        for document_id, names in self._labels().items():
            found.update(dict.fromkeys(names, counts.get(document_id, 0)))
        return dict(found)

    def within(self, collection: str) -> tuple[str, ...]:
        """The ids of the documents of a collection."""
        return tuple(one for one, names in self._labels().items() if collection in names)

    def under(self, annotation_ids: Sequence[str]) -> list[str]:
        """The ids of the documents that some notes are on, those in the library."""
        found = {one.target.document_id for one in self._workspace.notes.some(annotation_ids)}
        return sorted(one for one in found if self._workspace.library.catalog.entry(one))

    def _labels(self) -> dict[str, tuple[str, ...]]:
        return self._workspace.library.details.labels("collection")
