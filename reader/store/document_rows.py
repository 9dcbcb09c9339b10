"""The rows of a library about one document: written when it is added, and when it is found."""

from __future__ import annotations

import json
from collections.abc import Mapping

from reader.model.anchoring.selector import text_hash
from reader.model.document import Document, reading_minutes
from reader.store.catalog import ENTRY_COLUMNS
from reader.store.database import Database


def add_document(
    database: Database, document: Document, original: str, edition: int, imported: str
) -> None:
    """Write the row of a document, which the index does not hold yet."""
    database.run(
        f"INSERT INTO document (original, pmid, edition, {ENTRY_COLUMNS}) "
        f"VALUES (?, ?, ?, {'?, ' * 10}0, ?, ?, ?, '')",
        *(
            original,
            document.publication.pmid,
            edition,
            document.id,
            document.source,
            document.title,
        ),
        *(json.dumps(document.authors, ensure_ascii=False), document.publication.published),
        *(
            document.kind,
            *_counts(document),
            imported,
            document.publication.doi,
            document.publication.journal,
        ),
    )


def show_edition(database: Database, document: Document, edition: int) -> None:
    """Have a document shown in another edition, which the index does not hold yet."""
    database.run(
        "UPDATE document SET edition = ?, kind = ?, sections = ?, characters = ?, "
        '"references" = ?, minutes = ?, indexed = 0 WHERE id = ?',
        *(edition, document.kind, *_counts(document), document.id),
    )


def _counts(document: Document) -> tuple[int, int, int, int]:
    size = len(document.text)
    return len(document.sections), size, len(document.references), reading_minutes(size)


def add_edition(
    database: Database,
    document: Document,
    number: int,
    file_hash: str,
    asset_hashes: Mapping[str, str],
) -> None:
    """Write the rows of an edition and its pictures."""
    database.run(
        "INSERT INTO edition VALUES (?, ?, ?, ?, ?)",
        *(document.id, number, document.importer, text_hash(document.text), file_hash),
    )
    database.run_many(
        "INSERT INTO asset VALUES (?, ?, ?, ?)",
        [(document.id, number, *pair) for pair in asset_hashes.items()],
    )
