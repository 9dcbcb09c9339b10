"""Which documents are files of one article, as a person said: its web page and its PDF.

Each stays a document of its own with its own text and notes; editions.py is for one that takes the
place of another.
"""

from __future__ import annotations

from collections.abc import Iterable

from reader.store.database import Database

Pair = tuple[str, str]

# A document, and the earlier editions behind it: what was said of those holds for it too.
_FAMILY = "SELECT id FROM document WHERE id = ?1 OR later = ?1"


class Joins:
    """The documents of a library that a person has joined: the same article in several files."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def partners(self, document_id: str) -> list[str]:
        """The ids of the other files of a document's article, in the order of import.

        Each is the latest edition of what was joined; what is in the trash is left out.
        """
        rows = self._database.rows(
            "SELECT id FROM document WHERE trashed = '' AND id <> ?1 AND id IN "
            "(SELECT iif(later = '', id, later) FROM document JOIN same_article ON id = other_id "
            f"WHERE document_id IN ({_FAMILY})) ORDER BY imported, rowid",
            document_id,
        )
        return [row[0] for row in rows]

    def join(self, document_id: str, other_id: str) -> list[Pair]:
        """Say that two documents are one article, and so are those that either was joined with;
        gives what was not said before."""
        with self._database.transaction():
            ours = [document_id, *self.partners(document_id)]
            theirs = [other_id, *self.partners(other_id)]
            known = {(one, other) for one in ours for other in self.partners(one)}
            pairs = [(one, other) for one in ours for other in theirs if one != other]
            new = [pair for pair in pairs if pair not in known]
            self.add(new)
        return new

    def part(self, document_id: str) -> list[Pair]:
        """Say that a document is an article of its own; return what was said of it before."""
        question = (
            "SELECT document_id, other_id FROM same_article "
            f"WHERE document_id IN ({_FAMILY}) AND other_id NOT IN ({_FAMILY})"
        )
        with self._database.transaction():
            pairs = [(row[0], row[1]) for row in self._database.rows(question, document_id)]
            self.take_back(pairs)
        return pairs

    def add(self, pairs: Iterable[Pair]) -> None:
        """Say of each pair of documents that are both there that they are one article."""
        self._database.run_many(
            "INSERT OR IGNORE INTO same_article SELECT one.id, other.id FROM document AS one, "
            "document AS other WHERE one.id = ? AND other.id = ? AND one.id <> other.id",
            _both_ways(pairs),
        )

    def take_back(self, pairs: Iterable[Pair]) -> None:
        """Say of each pair no longer that they are one article."""
        self._database.run_many(
            "DELETE FROM same_article WHERE document_id = ? AND other_id = ?", _both_ways(pairs)
        )


def _both_ways(pairs: Iterable[Pair]) -> list[Pair]:
    return [each for one, other in pairs for each in ((one, other), (other, one))]
