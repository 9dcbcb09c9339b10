"""What a person says of documents: details over those of the file, tags, collections, the trash."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal

from reader.model.document import Document, detail, with_details
from reader.store.database import Database

if TYPE_CHECKING:
    from reader.model.heading_correction import Correction

# A start is not to load what corrections of headings need: each function imports it by itself.

FIELDS = (
    "title",
    "authors",
    "journal",
    "volume",
    "issue",
    "pages",
    "published",
    "updated",
    "doi",
    "pmid",
    "language",
    "licence",
    "address",
)
# These stand in the library's list too.
_LISTED = ("authors", "journal", "published", "doi", "pmid")

HEADINGS = "headings"
"""Where corrections of headings stand among the edits of FIELDS; no field of a document."""

LabelKind = Literal["tag", "collection"]
Labels = dict[str, tuple[str, ...]]


class Details:
    """The part of a library that people write; the files and their editions stay as they are."""

    def __init__(self, database: Database, now: Callable[[], str]) -> None:
        self._database = database
        self._now = now

    def edits(self, document_id: str) -> dict[str, Any]:
        """What was written over the importer's values, but for the title."""
        return edits_of(
            self._database.value("SELECT edits FROM document WHERE id = ?", document_id)
        )

    def edit(self, imported: Document, values: Mapping[str, Any]) -> None:
        """Keep other values of some FIELDS of a document.

        `imported` is what the importer made of it: a value that is the same there is no edit any
        more, so the file's own can always be had back.
        """
        unknown = set(values) - set(FIELDS)
        if unknown:
            raise ValueError(f"no such detail: {sorted(unknown)}")
        edits = self.edits(imported.id) | {k: v for k, v in values.items() if k != "title"}
        self._keep(imported, edits, self.corrections(imported.id), values.get("title") or None)

    def corrections(self, document_id: str) -> tuple[Correction, ...]:
        """What was said of the headings of a document."""
        return corrections_of(
            self._database.value("SELECT edits FROM document WHERE id = ?", document_id)
        )

    def correct(self, imported: Document, corrections: Iterable[Correction]) -> None:
        """Keep these corrections of a document's headings, and no others."""
        self._keep(imported, self.edits(imported.id), tuple(corrections), None)

    def _keep(
        self,
        imported: Document,
        edits: Mapping[str, Any],
        corrections: tuple[Correction, ...],
        title: str | None,
    ) -> None:
        from reader.model.heading_correction import corrected
        from reader.model.identifiers import bare_address

        edits = {name: value for name, value in edits.items() if value != detail(imported, name)}
        edited = corrected(with_details(imported, edits), corrections)
        said = [[one.start, one.words, one.level] for one in corrections]
        self._database.run(
            "UPDATE document SET edits = ?, title = coalesce(?, title), authors = ?, journal = ?, "
            "published = ?, doi = ?, pmid = ?, sections = ?, indexed = 0 WHERE id = ?",
            json.dumps(edits | ({HEADINGS: said} if said else {}), ensure_ascii=False),
            title,
            json.dumps(edited.authors, ensure_ascii=False),
            *(detail(edited, name) for name in _LISTED[1:]),
            len(edited.sections),
            imported.id,
        )
        self._database.run(
            "UPDATE origin SET address = ? WHERE document_id = ?",
            *(bare_address(edited.publication.address), imported.id),
        )

    def labels(self, kind: LabelKind) -> Labels:
        """The tags, or the collections, of all documents that have any, by id."""
        found: dict[str, list[str]] = {}
        for document_id, name in self._database.rows(
            "SELECT document_id, name FROM label WHERE kind = ? ORDER BY name", kind
        ):
            found.setdefault(document_id, []).append(name)
        return {document_id: tuple(names) for document_id, names in found.items()}

    def label(self, kind: LabelKind, document_id: str, names: Iterable[str]) -> None:
        """Give a document these tags, or collections, and no others."""
        with self._database.transaction():
            self._database.run(
                "DELETE FROM label WHERE document_id = ? AND kind = ?", document_id, kind
            )
            self._database.run_many(
                "INSERT INTO label VALUES (?, ?, ?)",
                [(document_id, kind, name) for name in dict.fromkeys(names)],
            )

    def put_in_trash(self, document_id: str) -> None:
        """Take a document out of the list; it can be had back until the trash is emptied."""
        self._database.run("UPDATE document SET trashed = ? WHERE id = ?", self._now(), document_id)

    def restore(self, document_id: str) -> None:
        """Have a document back from the trash; the index does not hold it."""
        self._database.run(
            "UPDATE document SET trashed = '', indexed = 0 WHERE id = ?", document_id
        )

    def is_trashed(self, document_id: str) -> bool:
        """Whether a document is in the trash."""
        return bool(self._database.value("SELECT trashed FROM document WHERE id = ?", document_id))

    def trash(self) -> list[tuple[str, str]]:
        """The ids and titles of what is in the trash, the latest first."""
        rows = self._database.rows(
            "SELECT id, title FROM document WHERE trashed <> '' ORDER BY trashed DESC, rowid DESC"
        )
        return [(row[0], row[1]) for row in rows]


def edits_of(packed: str | None) -> dict[str, Any]:
    """Edits of FIELDS as they are kept."""
    edits: dict[str, Any] = json.loads(packed or "{}")
    edits.pop(HEADINGS, None)
    if "authors" in edits:
        edits["authors"] = tuple(edits["authors"])
    return edits


def corrections_of(packed: str | None) -> tuple[Correction, ...]:
    """Corrections of headings as they are kept."""
    said = json.loads(packed or "{}").get(HEADINGS)
    if not said:
        return ()
    from reader.model.heading_correction import Correction

    return tuple(Correction(*one) for one in said)
