"""What is typed in an editor and not kept as a note yet: on the disk all the same."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from reader.model.annotation import Annotation
from reader.model.serialization import annotation_from_plain, annotation_to_plain
from reader.store.database import Database, Row, has_table
from reader.store.encryption import Key
from reader.store.note_rows import crc, to_json

_COLUMNS = 'id, annotation_id, document_id, annotation, note, tags, typed, "session"'


class Draft(NamedTuple):
    """Words that a person has typed.

    `id` is of the editor, `annotation` the note as it was when the editor was opened, which may be
    gone since. `typed` is UTC, ISO 8601. `session` is of the program that they are typed in.
    """

    id: str
    annotation: Annotation
    note: str
    tags: str
    typed: str
    session: str

    @property
    def is_new(self) -> bool:
        """Whether anything else is typed than the note had."""
        before, now = self.annotation, self.written_on(self.annotation)
        return (now.note, now.tags) != (before.note, before.tags)

    def written_on(self, annotation: Annotation) -> Annotation:
        """An annotation with the words and tags that are typed."""
        note, before = self.note.strip(), self.annotation
        if self.note == before.note:
            note = before.note
        tags = before.tags
        if self.tags != " ".join(before.tags):
            # The tags of other programs may have spaces in them; those that are typed have none.
            typed = (tag.strip("#,") for tag in self.tags.split())
            tags = tuple(dict.fromkeys(filter(None, typed)))
        motivation = annotation.motivation
        if motivation != "bookmarking":
            motivation = "commenting" if note else "highlighting"
        return replace(annotation, note=note, tags=tags, motivation=motivation)


class DraftTable:
    """The drafts in a notes database; an undo, a history and an export know nothing of them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Draft]:
        """All drafts, the oldest first; one whose row is damaged is left out."""
        rows = self._database.rows(f"SELECT {_COLUMNS}, crc FROM draft ORDER BY typed, id")
        return [_draft(row) for row in rows if crc(*row[:-1]) == row[-1]]

    def put(self, draft: Draft) -> None:
        """Keep what is typed now in the place of what was typed before."""
        self._put(_row(draft))

    def _put(self, row: Row) -> None:
        self._database.run(
            f"INSERT OR REPLACE INTO draft ({_COLUMNS}, crc) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *row,
        )

    def remove(self, draft_ids: Iterable[str]) -> None:
        """Remove drafts: they were kept as notes, or a person has no need of them."""
        for draft_id in draft_ids:
            self._database.run("DELETE FROM draft WHERE id = ?", draft_id)

    def carry(self, other: Database) -> None:
        """Take over the drafts of another notes database, and none that is here already."""
        if not has_table(other, "draft"):
            return
        here = {row[0] for row in self._database.rows("SELECT id FROM draft")}
        for row in other.rows(f"SELECT {_COLUMNS}, crc FROM draft"):
            if row[0] not in here:
                self._put(row)


def carry(source: Path, target: Path, key: Key | None = None) -> None:
    """Take the drafts of one notes file over into another.

    Raises:
        Problem: when one of them cannot be opened.
    """
    with (
        closing(Database(source, None, key=key)) as other,
        closing(Database(target, "notes", key=key)) as database,
    ):
        DraftTable(database).carry(other)


def _row(draft: Draft) -> tuple[Any, ...]:
    plain = to_json(annotation_to_plain(draft.annotation))
    about = draft.id, draft.annotation.id, draft.annotation.target.document_id, plain
    values = (*about, _sound(draft.note), _sound(draft.tags), draft.typed, draft.session)
    return (*values, crc(*values))


def _sound(typed: str) -> str:
    """Text that can be kept: half of a character becomes a replacement character."""
    return typed.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _draft(row: Row) -> Draft:
    annotation = annotation_from_plain(json.loads(row[3]))
    return Draft(row[0], annotation, *row[4:8])
