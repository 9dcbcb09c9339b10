"""Which documents the library files under a name: a collection, a tag, a kind, a title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.store.database import Database

_ENDINGS = {
    "pdf": (".pdf",),
    "epub": (".epub",),
    "word": (".docx", ".rtf"),
    "web": (".html", ".htm", ".xhtml", ".mhtml", ".mht"),
    "text": (".txt", ".md", ".markdown"),
}
_GUIDELINES = ("guideline", "guidance", "recommendation", "consensus statement")
# What can be asked for as a kind, each with the condition that a row of the list meets.
KINDS = {
    "article": "kind = 'article'",
    "book": "kind = 'book'",
    "textbook": "kind = 'book'",
    "guideline": " OR ".join(f"lower(title) LIKE '%{word}%'" for word in _GUIDELINES),
    **{
        name: " OR ".join(f"lower(source) LIKE '%{ending}'" for ending in endings)
        for name, endings in _ENDINGS.items()
    },
}


def filed(database: Database, field: str, name: str) -> frozenset[str] | None:
    """The ids of the documents of a "kind", in a "collection", or "tagged" so.

    A name that nothing has stands for those that begin so, as when it is still being typed. None
    when there are none of these either.
    """
    if field == "kind":
        kinds = _meant(name, list(KINDS))
        conditions = [KINDS[one] for one in kinds]
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
