"""Which documents the library files under a name: a collection, a tag, a kind, a title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.formats import KINDS, of_kind
from reader.store.database import Database

_GUIDELINES = ("guideline", "guidance", "recommendation", "consensus statement")


def _read_as(word: str) -> str:
    """The condition that a file was read as a format of this kind, whatever its name says.

    The name decides for what was kept by a program that did not write which importer read it.
    """
    names = [f"importer LIKE '{one.name}/%'" for one in of_kind(word)]
    endings = [f"lower(source) LIKE '%{end}'" for one in of_kind(word) for end in one.suffixes]
    unnamed = f"importer NOT LIKE '%/%' AND ({' OR '.join(endings or ['0'])})"
    return (
        "EXISTS (SELECT 1 FROM edition WHERE document_id = document.id "
        f"AND number = document.edition AND ({' OR '.join(names)} OR {unnamed}))"
    )


# What can be asked for as a kind, each with the condition that a row of the list meets.
_WORKS = {
    "article": "kind = 'article'",
    "book": "kind = 'book'",
    "textbook": "kind = 'book'",
    "guideline": " OR ".join(f"lower(title) LIKE '%{word}%'" for word in _GUIDELINES),
}
_CONDITIONS = _WORKS | {word: _read_as(word) for word in KINDS if of_kind(word)}


def documents_labelled(database: Database, field: str, name: str) -> frozenset[str] | None:
    """The ids of the documents of a "kind", in a "collection", or "tagged" so.

    A name that nothing has stands for those that begin so, as when it is still being typed. None
    when there are none of these either.
    """
    if field == "kind":
        kinds = _meant(name, list(_CONDITIONS))
        conditions = [_CONDITIONS[one] for one in kinds]
        rows = [database.rows(f"SELECT id FROM document WHERE {one}") for one in conditions]
        return frozenset(str(row[0]) for some in rows for row in some) if kinds else None
    kind = "tag" if field == "tagged" else "collection"
    known = database.rows("SELECT DISTINCT name FROM label WHERE kind = ?", kind)
    names = _meant(name, [str(row[0]) for row in known])
    question = "SELECT document_id FROM label WHERE kind = ? AND name = ?"
    labelled = [database.rows(question, kind, one) for one in names]
    return frozenset(str(row[0]) for some in labelled for row in some) if names else None


def _meant(name: str, known: Sequence[str]) -> list[str]:
    folded = " ".join(name.casefold().lstrip("#").split())
    same = [one for one in known if one.casefold() == folded]
    return same or [one for one in known if folded and one.casefold().startswith(folded)]


def titled(database: Database, beginning: str) -> str:
    """The first title, by the alphabet, that begins so, whatever its capitals; "" without one."""
    pattern = re.sub(r"([%_\\])", r"\\\1", beginning) + "%"
    # The titles alone lie in an index of their own, which is read in half the time.
    return str(
        database.value(
            "SELECT title FROM document WHERE trashed = '' AND title IN "
            "(SELECT title FROM document WHERE title LIKE ? ESCAPE '\\') ORDER BY title LIMIT 1",
            pattern,
        )
        or ""
    )
