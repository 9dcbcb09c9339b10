"""Documents as the library lists them, without their text."""

from __future__ import annotations

import json
from typing import NamedTuple

from reader.store.database import Row


class Entry(NamedTuple):
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


class Listed(NamedTuple):
    """A document in a long list, quick to make: `authors` is still a JSON list."""

    id: str
    title: str
    authors: str
    journal: str
    published: str
    imported: str
    source: str


ENTRY_COLUMNS = (
    'id, source, title, authors, published, kind, sections, characters, "references", minutes, '
    "indexed, imported, doi, journal, later"
)


def entry_of(row: Row) -> Entry:
    """The entry in a row of `ENTRY_COLUMNS`."""
    values = list(row)
    values[3], values[10] = tuple(json.loads(row[3])), bool(row[10])
    return Entry._make(values)
