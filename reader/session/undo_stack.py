"""Undo over all that can be taken back: notes and headings."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from reader.services.workspace import Workspace
from reader.session.annotations import Annotations
from reader.session.current_document import CurrentDocument
from reader.session.notifier import Notifier
from reader.session.undo_offers import UndoOffers


class UndoSource(Protocol):
    """Edits that can be taken back. `everywhere` means those of all documents.

    Each verb returns False when it has nothing to do, so that another source is asked.
    """

    def undo(self, everywhere: bool) -> bool:
        """Take back the last edit."""
        ...

    def redo(self, everywhere: bool) -> bool:
        """Make the edit again that was taken back last."""
        ...


class UndoStack:
    """The sources of edits, the one registered last asked first."""

    def __init__(self, notifier: Notifier, current: CurrentDocument) -> None:
        self._notifier = notifier
        self._current = current
        self._sources: list[UndoSource] = []
        self._offers: UndoOffers | None = None

    def register(self, source: UndoSource) -> None:
        """Ask this source before those registered earlier."""
        self._sources.insert(0, source)

    def offer_after_deletions(self, workspace: Workspace, annotations: Annotations) -> None:
        """Offer to undo each deletion of these annotations, in the open document."""
        self._offers = UndoOffers(workspace, self._notifier, self._current, annotations, self.undo)

    def offer(self, workspace: Workspace, sentence: str) -> None:
        """Say what was done to notes, of whichever documents, and offer to take that back as long
        as it is the last edit of all."""
        undo, made = partial(self.undo, everywhere=True), _last_edit(workspace)
        self._notifier.offer(sentence, "Undo", undo, lambda: _last_edit(workspace) == made)

    def undo(self, everywhere: bool = False) -> None:
        """Take back the last edit of the open document's headings and notes, or of all notes."""
        if not any(source.undo(everywhere) for source in self._sources):
            self._nothing("There is nothing to undo.", everywhere)

    def redo(self, everywhere: bool = False) -> None:
        """Make the edit again that was taken back last."""
        if not any(source.redo(everywhere) for source in self._sources):
            self._nothing("There is nothing to redo.", everywhere)

    def _nothing(self, sentence: str, everywhere: bool) -> None:
        if everywhere or self._current.document is not None:
            self._notifier.info(sentence)


def _last_edit(workspace: Workspace) -> tuple[str, int]:
    """What Undo would take back, and of whose notes: no other's, least of all another user's."""
    return workspace.user, workspace.notes.queries.latest_operation()
