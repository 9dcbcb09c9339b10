"""Headings that were guessed wrongly: a person says which paragraphs are headings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QTimer

from reader.model.heading_correction import Correction, as_heading, as_text, with_correction
from reader.session.imports import Shelf


@dataclass(frozen=True, slots=True)
class _Step:
    """A correction that can be taken back: all of a document's before and after it.

    `note_edit` is the latest edit of its notes then, so that undo takes both in their order.
    """

    document_id: str
    before: tuple[Correction, ...]
    after: tuple[Correction, ...]
    note_edit: int | None


class Outlining(Shelf):
    """The verbs on the contents of the open document."""

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self.pointed: int | None = None
        """The place in the text that a menu was opened on, as long as that is open."""
        self._done: list[_Step] = []
        self._undone: list[_Step] = []

    def make_heading(self, offset: int | None = None) -> bool:
        """Makes the paragraph at `offset`, else the one meant, a heading; whether it could."""
        place = self._meant(offset)
        if self.document is None or place is None:
            self.tell("Select a word of the line that is a heading first.")
            return False
        found = as_heading(self.document, place)
        if found is None:
            self.tell("Only a line or a short paragraph can become a heading.")
            return False
        return self._correct(found, f"“{_short(found.words)}” is a heading now.")

    def unmake_heading(self, offset: int | None = None) -> bool:
        """Makes the heading at `offset`, else the one meant, running text; whether it could."""
        place = self._meant(offset)
        if self.document is None or place is None:
            self.tell("Select a word of the heading first.")
            return False
        found = as_text(self.document, place)
        if found is None:
            self.tell("There is no heading here.")
            return False
        return self._correct(found, f"“{_short(found.words)}” is no heading any more.")

    def _meant(self, offset: int | None) -> int | None:
        if offset is not None:
            return offset
        if self.pointed is not None:
            return self.pointed
        return self.passage.start if self.passage is not None else None

    def unpoint(self) -> None:
        """The menu has gone; what was chosen in it is done first."""
        QTimer.singleShot(0, self._unpoint)

    def _unpoint(self) -> None:
        self.pointed = None

    def _correct(self, new: Correction, said: str) -> bool:
        assert self.document is not None
        if self.is_earlier:
            self.tell("This is an earlier edition; it stays as it was.")
            return False
        document_id = self.document.id
        before = self.library.details.corrections(document_id)
        after = with_correction(self.library.imported(document_id), before, new)
        step = _Step(document_id, before, after, self._notes.latest_edit(document_id))
        if not self._put(document_id, after):
            return False
        self._done.append(step)
        self._undone.clear()
        self.offered.emit(said, "Undo", self.undo)
        return True

    def _put(self, document_id: str, corrections: tuple[Correction, ...]) -> bool:
        if not self._store(self.library.correct, document_id, corrections):
            return False
        self.reload(document_id)
        self.index_waiting()
        return True

    def undo(self, everywhere: bool = False) -> None:
        """Takes back the last edit of the document's headings and notes, or of all notes."""
        if not self._step(self._done, self._undone, everywhere, back=True):
            super().undo(everywhere)

    def redo(self, everywhere: bool = False) -> None:
        """Does again what was undone last."""
        if not self._step(self._undone, self._done, everywhere, back=False):
            super().redo(everywhere)

    def _step(self, source: list[_Step], other: list[_Step], everywhere: bool, back: bool) -> bool:
        """Takes the last correction back, or makes it again; False when the notes come first."""
        if everywhere or self.document is None or not source:
            return False
        step, here = source[-1], self.document.id
        if step.document_id != here or step.note_edit != self._notes.latest_edit(here):
            return False
        if self._put(here, step.before if back else step.after):
            other.append(source.pop())
        return True


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= 60 else f"{words[:59].rstrip(' .,;:')}…"
