"""An offer to undo what was deleted, instead of a question before it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from reader.model.annotation import Annotation, Change
from reader.services.workspace import Workspace
from reader.session.annotations import AnnotationChanges, Annotations
from reader.session.current_document import CurrentDocument
from reader.session.notifier import Notifier


class UndoOffers(QObject):
    """Says which notes of the open document were deleted, with "Undo" until the next edit."""

    def __init__(
        self,
        workspace: Workspace,
        notifier: Notifier,
        current: CurrentDocument,
        annotations: Annotations,
        undo: Callable[[], None],
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._notifier = notifier
        self._current = current
        self._undo = undo
        self._edits = 0
        annotations.changed.connect(self._take_changes)

    def _take_changes(self, edits: AnnotationChanges) -> None:
        if not edits.changes or self._current.document is None:
            return
        self._edits += 1
        deleted = [note for change in edits.changes if (note := _deleted_by(change)) is not None]
        if len(deleted) == len(edits.changes):
            self._notifier.offer(
                f"{_said(deleted)} deleted.",
                "Undo",
                self._undo,
                partial(
                    self._is_last,
                    *(self._edits, self._workspace.user, self._current.document.id),
                ),
            )

    def _is_last(self, edits: int, user: str, document_id: str) -> bool:
        """Whether Undo would take back that edit and no other, least of all another user's."""
        is_same = (edits, user) == (self._edits, self._workspace.user)
        return is_same and self._current.is_open(document_id)


def _deleted_by(change: Change) -> Annotation | None:
    """The note that a change puts in the trash; None when it does something else."""
    before, after = change.before, change.after
    is_deleted = after is not None and bool(after.deleted)
    return before if is_deleted and before is not None and not before.deleted else None


def _said(notes: list[Annotation]) -> str:
    if len(notes) > 1:
        return f"{len(notes)} notes"
    (note,) = notes
    if note.motivation == "bookmarking":
        return "Bookmark"
    return "Note" if note.note else "Highlight"
