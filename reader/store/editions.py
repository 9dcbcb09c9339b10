"""Editions of documents: what a file was read as at first, and the files of one article.

Which document is an edition of which is found by relatives.py, or said by a person: offers.py.
"""

from __future__ import annotations

import json
from typing import NamedTuple

from reader.formats import is_outdated
from reader.model.document import Document
from reader.problem import Problem
from reader.store.database import Database
from reader.store.document_files import DocumentFiles

_OUTDATED = (
    "FROM document JOIN edition ON document_id = id AND number = edition "
    "WHERE later = '' AND trashed = '' AND importer IN (SELECT value FROM json_each(?))"
)


class Edition(NamedTuple):
    """A text that a document has or had.

    `number` counts the readings of one file from 1. `imported` is when the file came, UTC, ISO
    8601. `current` says that it is the one that is shown.
    """

    document_id: str
    number: int
    title: str
    source: str
    published: str
    imported: str
    current: bool


class Outdated(NamedTuple):
    """A document whose text was read by older rules than those of this release."""

    document_id: str
    title: str
    source: str
    importer: str


class Editions:
    """The questions about editions that a library is asked."""

    def __init__(self, database: Database, shelf: DocumentFiles) -> None:
        self._database = database
        self._shelf = shelf

    def with_text(self, hash_of_text: str) -> Document | None:
        """An edition whose text has that hash, so that a note's old text stays readable."""
        for row in self._database.rows(
            "SELECT document_id, number, file_hash FROM edition WHERE text_hash = ? "
            "ORDER BY number DESC",
            hash_of_text,
        ):
            if document := self._shelf.document(*row):
                return document
        return None

    def document(self, edition: Edition) -> Document:
        """A document as it was read then.

        Raises:
            Problem: when its files are gone or damaged.
        """
        file_hash = self._database.value(
            "SELECT file_hash FROM edition WHERE document_id = ? AND number = ?",
            *(edition.document_id, edition.number),
        )
        document = self._shelf.document(edition.document_id, edition.number, str(file_hash))
        if document is None:
            raise Problem(f"The files of this edition of “{edition.title}” are damaged.")
        return document

    def all(self, document_id: str) -> list[Edition]:
        """All editions of what a document is an edition of, the latest first."""
        rows = self._database.rows(
            "SELECT id, number, title, source, published, imported, "
            "number = edition AND later = '' FROM document JOIN edition ON document_id = id "
            "WHERE id = ?1 OR later = ?1 "
            "ORDER BY later = '' DESC, imported DESC, number DESC",
            self.latest(document_id),
        )
        return [Edition(*row)._replace(current=bool(row[6])) for row in rows]

    def outdated(self) -> list[Outdated]:
        """The listed documents whose text older rules have read, in the order of import."""
        rows = self._database.rows(
            f"SELECT id, title, source, importer {_OUTDATED} ORDER BY imported, document.rowid",
            self._older_importers(),
        )
        return [Outdated(*row) for row in rows]

    def outdated_count(self) -> int:
        """How many documents `outdated` gives."""
        count = self._database.value(f"SELECT count(*) {_OUTDATED}", self._older_importers())
        return int(count or 0)

    def _older_importers(self) -> str:
        importers = [row[0] for row in self._database.rows("SELECT DISTINCT importer FROM edition")]
        return json.dumps([one for one in importers if is_outdated(one)])

    def importer(self, document_id: str) -> str:
        """What read the edition of a document that is shown; "" when it is not there."""
        value = self._database.value(
            "SELECT importer FROM document JOIN edition ON document_id = id AND number = edition "
            "WHERE id = ?",
            document_id,
        )
        return str(value or "")

    def latest(self, document_id: str) -> str:
        """The id of the latest edition of a document, which may be its own."""
        later = self._database.value("SELECT later FROM document WHERE id = ?", document_id)
        return str(later or document_id)

    def hash_of(self, edition: Edition) -> str:
        """The SHA-256 of the text that a document had then."""
        value = self._database.value(
            "SELECT text_hash FROM edition WHERE document_id = ? AND number = ?",
            *(edition.document_id, edition.number),
        )
        return str(value or "")

    def shown(self, document_id: str) -> int:
        """The number of the edition in which a document is shown; 0 when there is no such one."""
        value = self._database.value("SELECT edition FROM document WHERE id = ?", document_id)
        return int(value or 0)

    def earlier_ids(self, document_id: str) -> list[str]:
        """The ids of the documents that this one is a later edition of."""
        rows = self._database.rows("SELECT id FROM document WHERE later = ?", document_id)
        return [row[0] for row in rows]

    def follow(self, earlier_id: str, later_id: str) -> None:
        """Put a document, and what it followed itself, behind a later one."""
        self._database.run(
            "UPDATE document SET later = ?1 WHERE id = ?2 OR later = ?2", later_id, earlier_id
        )

    def part(self, document_id: str) -> str:
        """Take a document out of the chain that it is in, so that it stands by itself again; return
        the id of the latest of the others, "" when it was in none."""
        latest = self.latest(document_id)
        others = [e.document_id for e in self.all(document_id) if e.document_id != document_id]
        if latest == document_id:
            self.let_go(document_id)
        else:
            self._database.run("UPDATE document SET later = '' WHERE id = ?", document_id)
        return others[0] if others else ""

    def let_go(self, document_id: str) -> None:
        """Put the latest of those behind a document in its place, before it is removed."""
        behind = [e.document_id for e in self.all(document_id) if e.document_id != document_id]
        if behind and self.latest(document_id) == document_id:
            self._database.run(
                "UPDATE document SET later = ? WHERE later = ?", behind[0], document_id
            )
            self._database.run("UPDATE document SET later = '' WHERE id = ?", behind[0])
