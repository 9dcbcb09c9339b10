"""What a person is asked: whether one document is an edition of another; and the answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from reader.store.database import Database
from reader.store.document_files import DocumentFiles
from reader.store.editions import Editions

if TYPE_CHECKING:
    from reader.store.relatives import Relative, Relatives

Answer = Literal["edition", "apart", "parted"]


class Offer(NamedTuple):
    """A question that waits for its answer: is `document_id` an edition of `earlier_id`?

    `title` and `earlier_title` are theirs. `older` says that the document that came is the older
    of the two, by the dates that both state. `made` is UTC, ISO 8601.
    """

    document_id: str
    earlier_id: str
    title: str
    earlier_title: str
    older: bool
    made: str

    def __str__(self) -> str:
        """The question as it is put beside the document that came."""
        age = "an earlier" if self.older else "a newer"
        return f"This looks like {age} edition of “{self.earlier_title}”."


class Offers:
    """The questions about editions of a library, and what was answered."""

    def __init__(
        self, database: Database, shelf: DocumentFiles, editions: Editions, now: Callable[[], str]
    ) -> None:
        self._database = database
        self._shelf = shelf
        self._editions = editions
        self._now = now

    @cached_property
    def relatives(self) -> Relatives:
        """What finds the document that another may be an edition of."""
        # Imported here: a start takes nothing in.
        from reader.store.relatives import Relatives

        return Relatives(self._database, self._shelf)

    def enter(self, document_id: str, relative: Relative) -> bool:
        """Put what a document is surely an edition of behind it, or ask.

        Return whether it is sure.
        """
        if relative.sure or self._is_always(relative):
            self._editions.follow(relative.document_id, document_id)
            return True
        self._database.run(
            "INSERT OR IGNORE INTO offer (document_id, earlier_id, older, made) "
            "VALUES (?, ?, ?, ?)",
            *(document_id, relative.document_id, int(relative.older), self._now()),
        )
        return False

    def open(self, document_id: str = "") -> list[Offer]:
        """The questions that wait, the latest first: all, or those about one document."""
        rows = self._database.rows(
            "SELECT document_id, earlier_id, came.title, there.title, older, made FROM offer "
            "JOIN document AS came ON came.id = document_id "
            "JOIN document AS there ON there.id = earlier_id "
            "WHERE answer = '' AND came.trashed = '' AND there.trashed = '' "
            "AND came.later = '' AND there.later = '' AND ?1 IN ('', document_id, earlier_id) "
            "ORDER BY made DESC",
            document_id,
        )
        return [Offer(*row)._replace(older=bool(row[4])) for row in rows]

    def answer(self, document_id: str, earlier_id: str, answer: Answer) -> None:
        """Keep what a person said of two documents."""
        self._database.run(
            "INSERT INTO offer (document_id, earlier_id, made, answer, answered) "
            "VALUES (?1, ?2, ?4, ?3, ?4) ON CONFLICT (document_id, earlier_id) "
            "DO UPDATE SET answer = ?3, answered = ?4",
            *(document_id, earlier_id, answer, self._now()),
        )

    def parted(self, document_id: str) -> list[tuple[str, str]]:
        """The documents that this one was an edition of until a person parted them, each with when
        that was, UTC, ISO 8601."""
        rows = self._database.rows(
            "SELECT CASE document_id WHEN ?1 THEN earlier_id ELSE document_id END, answered "
            "FROM offer WHERE answer = 'parted' AND ?1 IN (document_id, earlier_id)",
            document_id,
        )
        return [(str(other), str(when)) for other, when in rows]

    # Standing answers

    def source(self, offer: Offer) -> tuple[str, ...]:
        """Where both documents of an offer are from; empty when that is not one place."""
        from reader.store.relatives import source_of

        found = []
        for document_id in (offer.document_id, offer.earlier_id):
            rows = self._database.rows(
                "SELECT id, edition, file_hash FROM document JOIN edition ON document_id = id "
                "AND number = edition WHERE id = ?",
                document_id,
            )
            found += [one for row in rows if (one := self._shelf.document(*row)) is not None]
        return source_of(*found) if len(found) == 2 else ()

    def always(self, source: tuple[str, ...]) -> None:
        """From now on what is offered from such a source is an edition without a question."""
        self._database.run("INSERT OR IGNORE INTO always VALUES (?)", json.dumps(source))

    def _is_always(self, relative: Relative) -> bool:
        """Whether a person has said so of the source of both documents."""
        return (
            bool(relative.source)
            and not relative.older
            and bool(
                self._database.value(
                    "SELECT 1 FROM always WHERE source = ?", json.dumps(relative.source)
                )
            )
        )
