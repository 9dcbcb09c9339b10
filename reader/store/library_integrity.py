"""Whether the files of a library's documents are as they were written."""

from __future__ import annotations

from reader.store.database import Database
from reader.store.document_files import DocumentFiles


def library_faults(database: Database, shelf: DocumentFiles) -> list[str]:
    """What is wrong with a library, one sentence each; empty when all is well."""
    found = database.integrity_errors()
    for (document_id,) in database.rows("SELECT id FROM document ORDER BY imported"):
        found += document_faults(database, shelf, document_id)
    return found + [
        f"“{path}” holds no document that can be read. Import the file in it again, and remove "
        "it when you need it no more."
        for path in shelf.lost()
    ]


def document_faults(database: Database, shelf: DocumentFiles, document_id: str) -> list[str]:
    """What is wrong with a document's original file and the edition that is shown."""
    rows = database.rows(
        "SELECT title, original, edition, file_hash FROM document JOIN edition "
        "ON document_id = id AND number = edition WHERE id = ?",
        document_id,
    )
    if not rows:
        return [f"The document {document_id[:12]} has no text. Import it again."]
    title, original, number, file_hash = rows[0]
    found = []
    if not shelf.original_is_whole(document_id, original):
        found.append(f"The original file of “{title}” is missing or damaged.")
    if shelf.document(document_id, number, file_hash) is None:
        found.append(f"The files of “{title}” are damaged. Import the document again.")
    for name, wanted in database.rows(
        "SELECT name, file_hash FROM asset WHERE document_id = ? AND edition = ?",
        *(document_id, number),
    ):
        if shelf.asset(document_id, number, name, wanted) is None:
            found.append(f"A picture of “{title}” is missing or damaged.")
    return found
