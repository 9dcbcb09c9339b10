"""Notes that are on another file of the open document's article, and where they are shown here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from reader.model.annotation import Annotation, Change, Target
from reader.model.span import Span
from reader.store.notes import Notes


class PartnerPlace(NamedTuple):
    """Where such a note is shown, and the words that say which file it is from.

    It holds as long as `target` is the note's own.
    """

    target: Target
    span: Span
    origin: str


class PartnerNotes:
    """The places of such notes by their ids, and which of their documents were edited here."""

    def __init__(self) -> None:
        self._places: dict[str, PartnerPlace] = {}
        self._edited: set[str] = set()
        self._undone: list[str] = []

    def set_places(self, places: dict[str, PartnerPlace]) -> None:
        """Take these places and no others."""
        self._places = places

    def reset(self) -> None:
        """Let go of all that belongs to the document before."""
        self._places, self._edited, self._undone = {}, set(), []

    @property
    def any(self) -> bool:
        """Whether notes of other files may be shown."""
        return bool(self._places)

    def place(self, annotation: Annotation) -> PartnerPlace | None:
        """Where a note of another file is shown; None for a note of the open document."""
        found = self._places.get(annotation.id)
        return found if found is not None and found.target == annotation.target else None

    def read(self, notes: Notes) -> list[Annotation]:
        """The notes as they are on the disk, without those in the trash."""
        found = notes.some(self._places)
        return [one for one in found if self.place(one) is not None and not one.deleted]

    def note_edits(self, changes: Iterable[Change]) -> None:
        """Keep in mind on which other documents these edits were made."""
        for change in changes:
            if change.before is not None and self.place(change.before) is not None:
                self._edited.add(change.before.target.document_id)

    # Undo takes back what was done here, on whichever file of the article the note is.

    def undo_on(self, notes: Notes, document_id: str) -> str:
        """The document, this one or one edited from here, whose notes were edited last."""
        latest = max((document_id, *self._edited), key=lambda one: notes.latest_edit(one) or 0)
        self._undone.append(latest)
        return latest

    def redo_on(self, document_id: str) -> str:
        """The document on whose notes an edit was undone last from here."""
        return self._undone.pop() if self._undone else document_id
