"""The imports of a user: which notes each brought, and how to put a mistake right."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reader.model.annotation import Annotation, Change
from reader.model.document import Document
from reader.model.imported_note import FoundNote, FoundSource
from reader.note_importers.placing import placed_note, settled
from reader.settings import NOTE_IMPORTS, NOTES_BROUGHT
from reader.store.backups import backup
from reader.store.durable_files import utc_now
from reader.store.notes import Notes


@dataclass(frozen=True, slots=True)
class Import:
    """One import: the file, the format, when (UTC, ISO 8601), and the notes that were new."""

    id: str
    file_name: str
    format_name: str
    made: str
    notes: tuple[str, ...]


def imports_in(rows: Sequence[list[Any]]) -> list[Import]:
    """The imports that the setting holds, the latest first."""
    return [
        Import(import_id, file_name, format_name, made, tuple(new))
        for import_id, file_name, format_name, made, new in reversed(rows)
    ]


class Imports:
    """What is remembered of the imports, among the user's settings."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        brought = notes.setting(NOTES_BROUGHT)
        self._brought = dict(brought)

    def all(self) -> list[Import]:
        """The imports, the latest first."""
        return imports_in(self._notes.setting(NOTE_IMPORTS))

    def of(self, annotation_id: str) -> Import | None:
        """The import that brought a note; None when no import that is remembered did."""
        return next((one for one in self.all() if annotation_id in one.notes), None)

    def brought(self, annotation_id: str) -> list[str] | None:
        """The digests of what a note said when it was brought last."""
        return self._brought.get(annotation_id)

    def add(
        self,
        file_name: str,
        format_name: str,
        new: Sequence[str],
        brought: Mapping[str, list[str]],
    ) -> None:
        """Remember an import."""
        if new:
            row = [str(uuid.uuid4()), file_name, format_name, utc_now(), list(new)]
            before = self._notes.setting(NOTE_IMPORTS)
            self._notes.set_setting(NOTE_IMPORTS, [*before, row])
        self._brought.update(brought)
        self._notes.set_setting(NOTES_BROUGHT, self._brought)


def move(notes: Notes, annotation_ids: Sequence[str], document: Document) -> list[Annotation]:
    """Put notes on another document, in one step: each where its words stand there, or open.

    Those in the trash go with them. Gives the notes as they are then.
    """
    changes = []
    for annotation_id in annotation_ids:
        before = notes.annotation(annotation_id)
        if before is None or before.target.document_id == document.id:
            continue
        changes.append(Change(before, _moved(before, document)))
    if changes:
        backup(notes.path, key=notes.key)
        notes.apply(*changes)
    return [change.after for change in changes if change.after is not None]


def _moved(before: Annotation, document: Document) -> Annotation:
    old = before.earlier or before.target
    if old.area is not None:
        # An area is in its own file, or nowhere.
        return settled(
            document, replace(before, state="", target=old, earlier=None), lambda _: None
        )
    on_all = not old.quote.exact.strip()
    # What stands around it in the wrong document tells nothing of the right one.
    found = FoundNote(before.id, FoundSource(), "" if on_all else old.quote.exact)
    placed = placed_note(document, found, before.id)
    return replace(before, target=placed.target, state=placed.state, earlier=placed.earlier)
