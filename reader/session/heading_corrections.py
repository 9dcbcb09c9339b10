"""Headings that were guessed wrongly: a person says which paragraphs are headings."""

from __future__ import annotations

from dataclasses import dataclass

from reader.model.heading_correction import Correction, as_heading, as_text, with_correction
from reader.services.workspace import Workspace
from reader.session.current_document import CurrentDocument
from reader.session.indexing import Indexing
from reader.session.library_commands import LibraryCommands
from reader.session.marker import Marker
from reader.session.notifier import Notifier
from reader.session.selection import Selection
from reader.session.undo_stack import UndoStack


@dataclass(frozen=True, slots=True)
class _Step:
    """A correction that can be taken back: all of a document's before and after it.

    `note_edit` is the latest edit of its notes then, so that undo takes both in their order.
    """

    document_id: str
    before: tuple[Correction, ...]
    after: tuple[Correction, ...]
    note_edit: int | None


class HeadingCorrections:
    """Makes paragraphs of the open document headings and headings paragraphs."""

    def __init__(
        self,
        workspace: Workspace,
        notifier: Notifier,
        current: CurrentDocument,
        selection: Selection,
        marker: Marker,
        undo_stack: UndoStack,
        library_commands: LibraryCommands,
        indexing: Indexing,
    ) -> None:
        self._workspace = workspace
        self._notifier = notifier
        self._current = current
        self._selection = selection
        self._marker = marker
        self._undo_stack = undo_stack
        self._library_commands = library_commands
        self._indexing = indexing
        self._done: list[_Step] = []
        self._undone: list[_Step] = []

    def promote(self, offset: int | None = None) -> bool:
        """Make the paragraph at `offset`, else the one meant, a heading; whether it could."""
        place = self._meant(offset)
        if self._current.document is None or place is None:
            self._notifier.info("Select a word of the line that is a heading first.")
            return False
        found = as_heading(self._current.document, place)
        if found is None:
            self._notifier.info("Only a line or a short paragraph can become a heading.")
            return False
        return self._correct(found, f"“{_short(found.words)}” is a heading now.")

    def demote(self, offset: int | None = None) -> bool:
        """Make the heading at `offset`, else the one meant, running text; whether it could."""
        place = self._meant(offset)
        if self._current.document is None or place is None:
            self._notifier.info("Select a word of the heading first.")
            return False
        found = as_text(self._current.document, place)
        if found is None:
            self._notifier.info("There is no heading here.")
            return False
        return self._correct(found, f"“{_short(found.words)}” is no heading any more.")

    def _meant(self, offset: int | None) -> int | None:
        if offset is not None:
            return offset
        if self._selection.menu_offset is not None:
            return self._selection.menu_offset
        return self._marker.passage.start if self._marker.passage is not None else None

    def _correct(self, new: Correction, said: str) -> bool:
        assert self._current.document is not None
        if self._current.is_earlier:
            self._notifier.info("This is an earlier edition; it stays as it was.")
            return False
        document_id = self._current.document.id
        before = self._workspace.library.details.corrections(document_id)
        after = with_correction(self._workspace.library.imported(document_id), before, new)
        step = _Step(document_id, before, after, self._workspace.notes.latest_edit(document_id))
        if not self._put(document_id, after):
            return False
        self._done.append(step)
        self._undone.clear()
        self._notifier.offer(said, "Undo", self._undo_stack.undo)
        return True

    def _put(self, document_id: str, corrections: tuple[Correction, ...]) -> bool:
        if not self._library_commands.store(
            self._workspace.library.correct, document_id, corrections
        ):
            return False
        self._current.reload(document_id)
        self._indexing.index_pending()
        return True

    def undo(self, everywhere: bool) -> bool:
        """Take back the last correction; False when the notes come first."""
        return self._step(self._done, self._undone, everywhere, back=True)

    def redo(self, everywhere: bool) -> bool:
        """Make the correction again that was taken back; False when the notes come first."""
        return self._step(self._undone, self._done, everywhere, back=False)

    def _step(self, source: list[_Step], other: list[_Step], everywhere: bool, back: bool) -> bool:
        """Take the last correction back, or make it again; False when the notes come first."""
        if everywhere or self._current.document is None or not source:
            return False
        step, here = source[-1], self._current.document.id
        if step.document_id != here or step.note_edit != self._workspace.notes.latest_edit(here):
            return False
        if self._put(here, step.before if back else step.after):
            other.append(source.pop())
        return True


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= 60 else f"{words[:59].rstrip(' .,;:')}…"
