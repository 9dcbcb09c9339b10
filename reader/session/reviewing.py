"""Notes of a document that has changed: put in their places behind the window."""

from __future__ import annotations

from functools import partial

from reader.model.settling import Tally, is_settled, tally
from reader.placing import notes_of, place_one
from reader.session.marking import Marking


class Reviewing(Marking):
    """The verbs on notes whose text has changed."""

    @property
    def tally(self) -> Tally:
        """How the notes on the open document fared when its text changed."""
        return tally(self.annotations)

    def place_notes(self, document_id: str) -> None:
        """Has this user's notes put on the text that a document has now."""
        self._jobs.run(
            "notes",
            place_one,
            str(self.paths.data),
            self.user,
            document_id,
            then=partial(self._notes_placed, self.user, document_id),
            failed=self.failed.emit,
        )

    def _notes_placed(self, user: str, document_id: str, count: int) -> None:
        here = self.document is not None and self.document.id == document_id
        if count and here and user == self.user:
            self._notes.news()
            self._place_annotations()
            self.changed.emit(())

    def _place_what_is_open(self) -> None:
        """Asks for it when notes on the open document, or its earlier editions, have no place yet.

        What was tried and found none is not tried again before the text changes once more.
        """
        document = self.document
        if document is None or self.is_earlier:
            return
        found = notes_of(self.library, self._notes, document.id)
        if any(one.state != "unplaced" and not is_settled(document, one) for one in found):
            self.place_notes(document.id)
