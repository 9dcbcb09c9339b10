"""Documents as the library lists them, without their text, and the questions about all of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reader.problem import Problem
from reader.store.database import Database, Row
from reader.store.labels import documents_labelled, titled

GONE = "A document that is no longer in the library"
SHORTEST_PREFIX = 6
_PREFIX = re.compile(r"[0-9a-f]+")


class CatalogEntry(NamedTuple):
    """A document as the library lists it; `imported` is UTC, ISO 8601, `later` the id of the latest
    edition when it is an earlier one, else ""."""

    id: str
    source: str
    title: str
    authors: tuple[str, ...]
    published: str
    kind: str
    sections: int
    characters: int
    references: int
    minutes: int
    indexed: bool
    imported: str
    doi: str
    journal: str = ""
    later: str = ""


class CatalogRow(NamedTuple):
    """A document in a long list, quick to make: `authors` is still a JSON list. `number` is that of
    its row."""

    id: str
    title: str
    authors: str
    journal: str
    published: str
    imported: str
    source: str
    kind: str
    number: int


ENTRY_COLUMNS = (
    'id, source, title, authors, published, kind, sections, characters, "references", minutes, '
    "indexed, imported, doi, journal, later"
)


_ROW_COLUMNS = ", ".join((*CatalogRow._fields[:-1], "rowid"))


def entry_of(row: Row) -> CatalogEntry:
    """The entry in a row of `ENTRY_COLUMNS`."""
    return entries_of((row,))[0]


def entries_of(rows: Sequence[Row]) -> list[CatalogEntry]:
    """The entries in rows of `ENTRY_COLUMNS`; of tens of thousands in an instant."""
    # The authors of all are read at once: each look into JSON takes longer than all the rest.
    authors = json.loads(f"[{','.join(row[3] for row in rows)}]")
    return [
        CatalogEntry._make((*row[:3], tuple(names), *row[4:10], bool(row[10]), *row[11:]))
        for row, names in zip(rows, authors, strict=True)
    ]


class CatalogQueries:
    """Answers from the list of documents; nothing here writes, and no file of one is read."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._entries: dict[Row, CatalogEntry] = {}

    def entries(self, earlier: bool = False) -> list[CatalogEntry]:
        """All documents in the order of import, in their latest editions, or `earlier` ones too."""
        rows = self._database.rows(
            f"SELECT {ENTRY_COLUMNS} FROM document WHERE (later = '' OR ?) AND trashed = '' "
            "ORDER BY imported, rowid",
            earlier,
        )
        self._entries = self._made_of(rows)
        return list(self._entries.values())

    def in_parts(self, most: int) -> Iterator[list[CatalogEntry]]:
        """All documents in their latest editions, at most so many at a time, in the order of their
        rows."""
        known: dict[Row, CatalogEntry] = {}
        number = 0
        while rows := self._database.rows(
            f"SELECT {ENTRY_COLUMNS}, rowid FROM document "
            "WHERE later = '' AND trashed = '' AND rowid > ? ORDER BY rowid LIMIT ?",
            *(number, most),
        ):
            number = rows[-1][-1]
            part = self._made_of([row[:-1] for row in rows])
            known |= part
            yield list(part.values())
        self._entries = known

    def _made_of(self, rows: Sequence[Row]) -> dict[Row, CatalogEntry]:
        # Few rows differ from one time to the next, and making an entry costs more than its row.
        made = self._entries
        new = [row for row in rows if row not in made]
        made |= zip(new, entries_of(new), strict=True)
        return {row: made[row] for row in rows}

    @property
    def stamp(self) -> tuple[int, int]:
        """What is another pair as soon as anything in the list has changed."""
        return self._database.stamp

    def listed(self, *, trashed: bool = False) -> list[CatalogRow]:
        """All documents as `entries` has them, or those in the trash, in no order: tens of
        thousands in an instant."""
        which = "trashed <> ''" if trashed else "later = '' AND trashed = ''"
        rows = self._database.rows(f"SELECT {_ROW_COLUMNS} FROM document WHERE {which}")
        return list(map(CatalogRow._make, rows))

    def listed_after(self, number: int, most: int) -> list[CatalogRow]:
        """At most so many of `listed`, those with the next higher numbers; no number is below 1."""
        rows = self._database.rows(
            f"SELECT {_ROW_COLUMNS} FROM document "
            "WHERE later = '' AND trashed = '' AND rowid > ? ORDER BY rowid LIMIT ?",
            *(number, most),
        )
        return list(map(CatalogRow._make, rows))

    def is_longer_than(self, count: int) -> bool:
        """Whether there are more documents than that; not all are looked at."""
        return self._database.value("SELECT 1 FROM document LIMIT 1 OFFSET ?", count) is not None

    def ids(self, earlier: bool = False) -> list[str]:
        """The ids of all documents as `entries` has them."""
        rows = self._database.rows(
            "SELECT id FROM document WHERE (later = '' OR ?) AND trashed = '' "
            "ORDER BY imported, rowid",
            earlier,
        )
        return [row[0] for row in rows]

    def entry(self, document_id: str) -> CatalogEntry | None:
        """What the list says of one document; None when it is not there."""
        question = f"SELECT {ENTRY_COLUMNS} FROM document WHERE id = ?"
        rows = self._database.rows(question, document_id)
        return entry_of(rows[0]) if rows else None

    def first(self) -> str:
        """The id of the document that was imported first; "" when there is none."""
        first = self._database.value("SELECT id FROM document ORDER BY imported, rowid LIMIT 1")
        return str(first or "")

    def resolve(self, untrusted_id: str) -> str:
        """The id that begins like this.

        Raises:
            Problem: when it is too short, begins no id or more than one.
        """
        prefix = untrusted_id.lower()
        if len(prefix) < SHORTEST_PREFIX or not _PREFIX.fullmatch(prefix):
            raise Problem(
                f"“{untrusted_id}” is no document's id: at least {SHORTEST_PREFIX} of its digits "
                "0–9 and a–f are needed."
            )
        found = self._database.rows("SELECT id FROM document WHERE id GLOB ? LIMIT 2", prefix + "*")
        if len(found) != 1:
            how_many = "more than one document" if found else "no document"
            raise Problem(f"The library has {how_many} whose id begins with {prefix[:12]}.")
        return str(found[0][0])

    def documents_labelled(self, field: str, name: str) -> frozenset[str] | None:
        """The documents of a "kind", in a "collection" or "tagged" so; None when there is no such.

        See `labels.documents_labelled`.
        """
        return documents_labelled(self._database, field, name)

    def titled(self, beginning: str) -> str:
        """The first title that begins so, or ""."""
        return titled(self._database, beginning)

    def unindexed(self) -> list[str]:
        """The ids of the documents that the search index does not hold, in order of import."""
        rows = self._database.rows(
            "SELECT id FROM document WHERE indexed = 0 AND trashed = '' ORDER BY imported, rowid"
        )
        return [row[0] for row in rows]
