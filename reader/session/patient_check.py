"""Looks whether notes that are to go out seem to name a patient, and remembers which may."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from reader.model.annotation import Annotation
from reader.session.background import Background
from reader.session.notifier import Notifier
from reader.session.settings import Settings
from reader.settings import LET_OUT

if TYPE_CHECKING:
    from reader.model.patient_signs import FlaggedNote

# What is looked through at once: 50 ms on a slow machine, when it is nothing but digits and words.
MOST_AT_ONCE_CHARACTERS = 100_000
MOST_AT_ONCE = 2_000


class PatientCheck:
    """Finds notes to warn of before they leave the program; it holds nothing back."""

    def __init__(self, settings: Settings, notifier: Notifier, background: Background) -> None:
        self._settings = settings
        self._notifier = notifier
        self._background = background

    def look(self, notes: Sequence[Annotation], then: Callable[[list[FlaggedNote]], None]) -> None:
        """Call `then` with the notes that seem to name a patient and were not let out before.

        Of few notes that is done before this returns, of many by a thread.
        """
        let_out = frozenset(self._let_out())
        if _are_few(notes):
            then(_looked_through(notes, let_out))
        else:
            self._background.run_aside(
                _looked_through, notes, let_out, then=then, failed=self._notifier.error
            )

    def let_out(self, found: Sequence[FlaggedNote]) -> None:
        """Remember not to warn of these notes again, until they are edited."""
        keys = self._let_out() | {_key(one.annotation) for one in found}
        self._settings.set(LET_OUT, sorted(keys))

    def _let_out(self) -> set[str]:
        known = self._settings.get(LET_OUT)
        return set(known)


def _are_few(notes: Sequence[Annotation]) -> bool:
    if len(notes) > MOST_AT_ONCE:
        return False
    # Imported here: its signs take long to compile, and nothing leaves before the first paint.
    from reader.model.patient_signs import own_words

    return sum(len(own_words(note)) for note in notes) <= MOST_AT_ONCE_CHARACTERS


def _looked_through(notes: Sequence[Annotation], let_out: frozenset[str]) -> list[FlaggedNote]:
    from reader.model.patient_signs import flagged

    return flagged(note for note in notes if (note.note or note.tags) and _key(note) not in let_out)


def _key(note: Annotation) -> str:
    return f"{note.id} {note.revision}"
