"""Warns of notes that seem to name a patient before they go out; never holds them back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from reader.model.annotation import Annotation
from reader.model.patient_signs import FlaggedNote
from reader.session.session import Session

_MOST_ROWS = 200
_QUOTE_CHARACTERS = 50
_WIDTH_PX, _LIST_PX = 560, 150


class PatientWarning(QDialog):
    """What was seen and where, and the question whether the notes go out all the same.

    `verb` is what is about to be done: "Export", "Copy" or "Print".
    """

    def __init__(
        self, session: Session, found: Sequence[FlaggedNote], verb: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Patients in Notes")
        look = "1 note looks" if len(found) == 1 else f"{len(found)} notes look"
        text = QLabel(
            f"{look} as if a patient could be known by what you wrote. Whoever gets the notes can "
            "read this:",
            self,
        )
        text.setObjectName("warning")
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        seen = QListWidget(self)
        seen.setAccessibleName("What looks like a patient")
        seen.setFixedHeight(_LIST_PX)
        seen.setWordWrap(True)
        seen.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        seen.setResizeMode(QListWidget.ResizeMode.Adjust)
        seen.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        for note in found[:_MOST_ROWS]:
            seen.addItem(_row(session, note))
        if len(found) > _MOST_ROWS:
            seen.addItem(f"and {len(found) - _MOST_ROWS} more notes")
        self._never = QCheckBox("Do not ask again for these notes as they are", self)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        buttons.addButton(f"{verb} Anyway", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addStrut(_WIDTH_PX)
        for widget in (text, seen, self._never, buttons):
            column.addWidget(widget)

    @property
    def is_settled(self) -> bool:
        """Whether these notes are never to be asked about again."""
        return self._never.isChecked()


def _row(session: Session, note: FlaggedNote) -> str:
    quote = " ".join(note.annotation.target.words.split())
    if len(quote) > _QUOTE_CHARACTERS:
        quote = quote[:_QUOTE_CHARACTERS].rstrip() + "…"
    entry = session.catalog.entry(note.annotation.target.document_id)
    where = f", {entry.title}" if entry is not None else ""
    signs = ", ".join(f"{kind}: “{words}”" for kind, words in note.signs)
    return f"{signs} — in the note on “{quote}”{where}"


class _Question:
    """What waits for the notes to have been looked through; nobody is asked after `drop`."""

    def __init__(
        self,
        session: Session,
        verb: str,
        parent: QWidget,
        go_on: Callable[[], None],
        give_up: Callable[[], None] | None,
    ) -> None:
        self._session = session
        self._verb = verb
        self._parent = parent
        self._go_on = go_on
        self._give_up = give_up
        self._is_dropped = False

    def drop(self, _result: int) -> None:
        """End it: the dialog that it was asked in was closed."""
        self._is_dropped = True

    def ask(self, found: list[FlaggedNote]) -> None:
        """Go on when nothing was found or the person says so."""
        if self._is_dropped:
            return
        if found:
            dialog = PatientWarning(self._session, found, self._verb, self._parent)
            if not dialog.exec():
                if self._give_up is not None:
                    self._give_up()
                return
            if dialog.is_settled:
                self._session.note_transfer.patients.let_out(found)
        self._go_on()


def ask_of_patients(
    session: Session,
    notes: Sequence[Annotation],
    verb: str,
    parent: QWidget,
    go_on: Callable[[], None],
    give_up: Callable[[], None] | None = None,
) -> None:
    """Call `go_on` when no note seems to name a patient, or when the person says so; else
    `give_up`.

    Of many notes that is after this has returned, and not at all once a `parent` that is a dialog
    was closed.
    """
    question = _Question(session, verb, parent, go_on, give_up)
    if isinstance(parent, QDialog):
        parent.finished.connect(question.drop)
    session.note_transfer.patients.look(notes, question.ask)
