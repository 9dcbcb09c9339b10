"""A Kindle's notes are taken in, one is written there later, and they are taken in again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QPushButton

from reader.ui.commands.actions import ACTIONS
from reader.ui.notes.note_imports_dialog import ImportsDialog, ReportDialog
from reader.ui.shell import handlers
from tests.journeys.conftest import Person

Start = Callable[..., Person]

BOOK = "# Evening Rounds\n\n{}\n\nNobody wakes a patient for the round.\n"
MARKED = "Halve the evening dose when the pulse falls under fifty beats."
HEAD = "Evening Rounds (Writer, A.)"
WHEN = "Added on Monday, {} March 2025 10:11:12"


def clipping(kind: str, place: str, day: int, text: str) -> str:
    said = f"- Your {kind} on page 1 | Location {place} | {WHEN.format(day)}"
    return f"{HEAD}\n{said}\n\n{text}\n==========\n"


def import_notes(person: Person, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Chooses a file in the menu, and waits until its notes are there."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (str(path), ""))
    action = next(one for one in ACTIONS if one.id == "import_notes")
    with person.qtbot.waitSignal(person.session.notifier.action_offered, timeout=20_000):
        person.window.menus.run(action)


def press(person: Person, button: QPushButton) -> None:
    person.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_note_added_on_the_kindle_comes_with_the_second_import(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book, other = tmp_path / "rounds.md", tmp_path / "other.md"
    book.write_text(BOOK.format(MARKED))
    other.write_text(f"# Morning Rounds\n\nBefore that: {MARKED} And so on it goes.\n")
    person = start("anna", book, other)
    person.until(lambda: len(person.session.catalog.entries) >= 3)
    highlight = clipping("Highlight", "10-12", 3, MARKED)
    path = tmp_path / "My Clippings.txt"
    path.write_text(highlight)
    said: list[str] = []
    person.session.notifier.action_offered.connect(lambda offer: said.append(offer.sentence))
    import_notes(person, path, monkeypatch)
    assert said[-1] == "1 note imported from Kindle."

    # She looks at it here, and writes on it there.
    (first,) = person.session.notebook.all()
    path.write_text(highlight + clipping("Note", "12", 10, "In the old, a third."))
    import_notes(person, path, monkeypatch)
    assert said[-1].startswith("0 notes imported from Kindle, 1 updated")
    (note,) = person.session.notebook.all()
    assert (note.id, note.note, note.target) == (first.id, "In the old, a third.", first.target)

    # "Show…" shows it in the notebook.
    shown: list[QDialog] = []

    def look(dialog: ReportDialog) -> int:
        shown.append(dialog)
        dialog.show()
        assert not dialog.buttons["new"].isEnabled()
        press(person, dialog.buttons["updated"])
        return 1

    monkeypatch.setattr(ReportDialog, "exec", look)
    offer = next(one for one in person.window.findChildren(QPushButton) if one.text() == "Show…")
    press(person, offer)
    assert len(shown) == 1
    assert handlers.shows_notebook(person.window)

    # It was the other book after all: all of the import goes there.
    def move(dialog: ImportsDialog) -> int:
        dialog.show()
        assert not dialog.move_button.isEnabled()
        dialog.list.setCurrentRow(0)
        assert dialog.list.item(0).text().startswith("My Clippings.txt  ·  Kindle")
        dialog.document.setCurrentIndex(dialog.document.findText("Morning Rounds"))
        press(person, dialog.move_button)
        return 1

    monkeypatch.setattr(ImportsDialog, "exec", move)
    with person.qtbot.waitSignal(person.session.notifier.action_offered, timeout=20_000):
        person.window.menus.run(next(one for one in ACTIONS if one.id == "note_imports"))
    assert said[-1] == "1 note was moved."
    (moved,) = person.session.notebook.all()
    assert person.session.catalog.title(moved.target.document_id) == "Morning Rounds"
    assert (moved.target.quote.exact, moved.note) == (MARKED, "In the old, a third.")

    def show(dialog: ImportsDialog) -> int:
        dialog.list.setCurrentRow(0)
        dialog.show()
        press(person, dialog.show_button)
        return 1

    monkeypatch.setattr(ImportsDialog, "exec", show)
    person.window.menus.run(next(one for one in ACTIONS if one.id == "note_imports"))
    assert handlers.shows_notebook(person.window)
    person.leave()
