"""Notes on a document that has changed: put in their places, and decided about."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from reader.model.anchoring.selector import describe
from reader.model.anchoring.status import Tally, is_settled, tally
from reader.model.annotation import Change, State
from reader.model.span import Span
from reader.services.reanchoring import notes_of, place_one, review
from reader.session.bookmarks import Writing


class Reviewing(Writing):
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
        if not count or user != self.user or self.document is None:
            return
        # Notes that were given back came to a document from another one.
        if self.document.id in {document_id, *self._notes.news()}:
            self._place_annotations()
            self.changed.emit(())

    def _place_what_is_open(self) -> None:
        """Asks for it when notes on the open document, or its earlier editions, have no place yet,
        or may belong to a document that it was parted from.

        What was tried and found none is not tried again before the text changes once more.
        """
        document = self.document
        if document is None or self.is_earlier:
            return
        if self.library.offers.parted(document.id):
            self.place_notes(document.id)
            return
        found = notes_of(self.library, self._notes, document.id)
        if any(one.state != "unplaced" and not is_settled(document, one) for one in found):
            self.place_notes(document.id)

    # Deciding

    def review(self) -> None:
        """Asks for what is to be decided about the notes on the open document."""
        if self.document is not None:
            self._jobs.run(
                "notes",
                review,
                str(self.paths.data),
                self.user,
                self.document.id,
                then=self.reviewing.emit,
                failed=self.failed.emit,
            )

    def accept(self, annotation_id: str, span: Span | None = None) -> bool:
        """Agrees to the place that a note has now, or puts it on another."""
        before = self.annotation(annotation_id)
        if before is None or self.document is None:
            return False
        place = span or self.spans.get(annotation_id)
        if place is None:
            return False
        target = before.target if span is None else describe(self.document, place)
        after = replace(before, target=target, state="", earlier=None)
        return self._apply(Change(before, after))

    def attach(self, annotation_id: str) -> bool:
        """Puts a note on the passage that is selected on the page."""
        if self.selection is None:
            self.tell("Select the passage first, then attach the note to it.")
            return False
        return self.accept(annotation_id, self.selection)

    def accept_moved(self) -> None:
        """Agrees to all notes that were moved and whose words are the same."""
        moved = [one for one in self.annotations if one.state == "moved"]
        changes = [Change(one, replace(one, state="", earlier=None)) for one in moved]
        if changes:
            self._apply(*changes)

    def keep_with_earlier(self, annotation_id: str) -> bool:
        """Leaves a note with the text that it was written on."""
        return self._decide(annotation_id, "earlier")

    def archive(self, annotation_id: str) -> bool:
        """Puts a note away that has lost its passage; it stays findable and goes out in exports."""
        return self._decide(annotation_id, "archived")

    def _decide(self, annotation_id: str, state: State) -> bool:
        before = self.annotation(annotation_id)
        if before is None or self.document is None:
            return False
        target = replace(before.earlier or before.target, document_id=self.document.id)
        after = replace(before, target=target, state=state, earlier=None)
        return self._apply(Change(before, after))
