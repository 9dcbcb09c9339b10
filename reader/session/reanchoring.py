"""Notes on a document that has changed: put in their places, and decided about."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from reader.model.anchoring.selector import describe
from reader.model.anchoring.status import AnchorStatus, anchor_status, is_settled
from reader.model.annotation import Change, State
from reader.model.span import Span
from reader.services.workspace import Workspace
from reader.session.annotations import Annotations
from reader.session.background import Background
from reader.session.current_document import CurrentDocument
from reader.session.navigation import Navigation
from reader.session.notifier import Notifier
from reader.session.selection import Selection

if TYPE_CHECKING:
    from reader.model.anchoring.review_case import Case


class ReviewCases(NamedTuple):
    """The notes that a person decides about, each with what is proposed."""

    cases: tuple[Case, ...]


class Reanchoring(QObject):
    """Places the user's notes on a text that has changed, and takes the person's decisions."""

    cases_ready = Signal(ReviewCases)

    def __init__(
        self,
        workspace: Workspace,
        notifier: Notifier,
        background: Background,
        current: CurrentDocument,
        navigation: Navigation,
        annotations: Annotations,
        selection: Selection,
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._notifier = notifier
        self._background = background
        self._current = current
        self._navigation = navigation
        self._annotations = annotations
        self._selection = selection
        current.changed.connect(self.run_if_needed)

    @property
    def status(self) -> AnchorStatus:
        """How the notes on the open document fared when its text changed."""
        return anchor_status(self._annotations.own)

    def run(self, document_id: str) -> None:
        """Have this user's notes put on the text that a document has now."""
        # Imported here: a start moves no note.
        from reader.services.reanchoring import place_one

        self._background.run(
            "notes",
            place_one,
            self._workspace.data,
            self._workspace.user,
            document_id,
            self._workspace.key,
            then=partial(self._notes_placed, self._workspace.user, document_id),
            failed=self._notifier.error,
        )

    def _notes_placed(self, user: str, document_id: str, count: int) -> None:
        if not count or user != self._workspace.user or self._current.document is None:
            return
        # Notes that were given back came to a document from another one.
        if self._current.document.id in {document_id, *self._workspace.notes.news()}:
            self._annotations.refresh()

    def run_if_needed(self, _document: object = None) -> None:
        """Ask for it when notes on the open document, or its earlier editions, have no place yet,
        or may belong to a document that it was parted from.

        What was tried and found none is not tried again before the text changes once more.
        """
        document = self._current.document
        if document is None or self._current.is_earlier:
            return
        if self._workspace.library.offers.parted(document.id):
            self.run(document.id)
            return
        # Those on the document itself have been read.
        found = list(self._annotations.own)
        for edition in self._workspace.library.editions.earlier_ids(document.id):
            found += self._workspace.notes.annotations(edition)
        if any(one.state != "unplaced" and not is_settled(document, one) for one in found):
            self.run(document.id)

    # Deciding

    def review(self) -> None:
        """Ask for what is to be decided about the notes on the open document."""
        if self._current.document is not None:
            # Imported here: a start reviews nothing.
            from reader.services.reanchoring import review

            self._background.run(
                "notes",
                review,
                self._workspace.data,
                self._workspace.user,
                self._current.document.id,
                self._workspace.key,
                then=self._take_cases,
                failed=self._notifier.error,
            )

    def _take_cases(self, cases: list[Case]) -> None:
        self.cases_ready.emit(ReviewCases(tuple(cases)))

    def open_earlier(self, annotation_id: str) -> None:
        """Open the edition that a note was written on, at its passage."""
        found = self._annotations.get(annotation_id)
        if found is None:
            return
        target = found.earlier or found.target
        editions = self._workspace.library.editions
        for edition in editions.all(target.document_id):
            if editions.hash_of(edition) == target.text_hash:
                self._current.open_edition(edition)
                self._navigation.scroll_to(target.position)
                return
        self._notifier.info("That text is no longer in the library.")

    def accept(self, annotation_id: str, span: Span | None = None) -> bool:
        """Confirm an annotation's proposed position, or move it to `span`.

        Its review state and its earlier target are cleared. Return whether that is on disk.
        """
        before = self._annotations.get(annotation_id)
        if before is None or self._current.document is None:
            return False
        place = span or self._annotations.spans.get(annotation_id)
        if place is None:
            return False
        target = before.target if span is None else describe(self._current.document, place)
        after = replace(before, target=target, state="", earlier=None)
        return self._annotations.apply(Change(before, after))

    def attach(self, annotation_id: str) -> bool:
        """Put a note on the passage that is selected on the page."""
        if self._selection.span is None:
            self._notifier.info("Select the passage first, then attach the note to it.")
            return False
        return self.accept(annotation_id, self._selection.span)

    def accept_moved(self) -> None:
        """Agree to all notes that were moved and whose words are the same."""
        moved = [one for one in self._annotations.own if one.state == "moved"]
        changes = [Change(one, replace(one, state="", earlier=None)) for one in moved]
        if changes:
            self._annotations.apply(*changes)

    def keep_earlier(self, annotation_id: str) -> bool:
        """Leave a note with the text that it was written on."""
        return self._decide(annotation_id, "earlier")

    def archive(self, annotation_id: str) -> bool:
        """Put a note away that has lost its passage; it stays findable and goes out in exports."""
        return self._decide(annotation_id, "archived")

    def _decide(self, annotation_id: str, state: State) -> bool:
        before = self._annotations.get(annotation_id)
        if before is None or self._current.document is None:
            return False
        target = replace(before.earlier or before.target, document_id=self._current.document.id)
        after = replace(before, target=target, state=state, earlier=None)
        return self._annotations.apply(Change(before, after))
