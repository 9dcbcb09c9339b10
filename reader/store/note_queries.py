"""Questions about all notes of a user at once: which there are, how many, which have changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Protocol, TypeVar

from reader.model.annotation import Annotation
from reader.store.database import Database
from reader.store.note_filter import Grouping, Groups, NoteFilter, grouped, grouping, match
from reader.store.note_rows import tags_from_json
from reader.store.note_writer import Edits

_T = TypeVar("_T")


class Attempt(Protocol):
    """Runs a question in one transaction, once more where the index of words was damaged."""

    def __call__(self, verb: Callable[[], _T], /) -> _T:
        """Return what `verb` returns."""


class NoteQueries:
    """Answers from notes.db; nothing here writes. Each raises Problem for a damaged file."""

    def __init__(self, database: Database, edits: Edits, attempt: Attempt) -> None:
        self._database = database
        self._edits = edits
        self._attempt = attempt

    def search(self, text: str, limit: int = 100) -> list[Annotation]:
        """The annotations whose quote, note or tags hold all these words, the best first.

        The last word may be unfinished; accents and case do not count.
        """
        wanted = match(text)
        if not wanted:
            return []
        rows = self._attempt(
            lambda: self._database.rows(
                "SELECT id FROM word JOIN annotation ON number = word.rowid "
                "WHERE word MATCH ? AND deleted = '' ORDER BY rank LIMIT ?",
                *(wanted, limit),
            )
        )
        found = (self._edits.current(row[0]) for row in rows)
        return [annotation for annotation in found if annotation is not None]

    def choose(self, choice: NoteFilter) -> list[str]:
        """The ids of the annotations meant, document by document in reading order.

        With a hundred thousand of them, ids are quick to have; `Notes.some` reads those in sight.
        """
        where, values = choice.where()
        question = f'SELECT id FROM annotation WHERE {where} ORDER BY document_id, "start", "end"'
        rows = self._attempt(lambda: self._database.rows(question, *values))
        return [row[0] for row in rows]

    def grouped(self, choice: NoteFilter, by: Grouping) -> Groups:
        """The ids of the annotations meant, by document id, tag, colour, or month like "2024-03".

        Made for a view of a hundred thousand: `Notes.annotation` reads those in sight.
        """
        where, values = choice.where()
        rows = self._attempt(lambda: self._database.rows(grouping(where, by), *values))
        return grouped(rows, by)

    def tags(self) -> dict[str, int]:
        """All tags in use and how often, without the trash."""
        counts: Counter[str] = Counter()
        for tags, count in self._database.rows(
            "SELECT tags, count(*) FROM annotation WHERE deleted = '' AND tags <> '[]' "
            "GROUP BY tags"
        ):
            for tag in tags_from_json(tags):
                counts[tag] += count
        return dict(counts)

    def counts(self) -> dict[str, int]:
        """How many annotations each document has, without those in the trash."""
        return dict(
            self._database.rows(
                "SELECT document_id, count(*) FROM annotation WHERE deleted = '' "
                "GROUP BY document_id"
            )
        )

    def count(self) -> int:
        """How many annotations there are, with those in the trash."""
        return int(self._database.value("SELECT count(*) FROM annotation"))

    def first(self, choice: NoteFilter, most: int) -> tuple[int, list[Annotation]]:
        """How many annotations are meant, and the first of them as `Notes.all` has them."""
        where, values = choice.where()
        count = self._database.value(f"SELECT count(*) FROM annotation WHERE {where}", *values)
        rows = self._database.rows(
            f"SELECT id FROM annotation WHERE {where} "
            'ORDER BY document_id, "start", "end", created, id LIMIT ?',
            *(*values, most),
        )
        found = (self._edits.current(row[0]) for row in rows)
        return int(count), [annotation for annotation in found if annotation is not None]

    def latest_operation(self) -> int:
        """The number of the newest change of an annotation, whichever window or program made it."""
        return int(self._database.value("SELECT coalesce(max(id), 0) FROM operation"))

    def changed_after(self, operation: int) -> list[str]:
        """The ids of the annotations that were made, edited or deleted since."""
        question = "SELECT DISTINCT annotation_id FROM operation WHERE id > ?"
        return [row[0] for row in self._database.rows(question, operation)]
