"""Importing notes in the window: the report, and the question whose notes they are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from reader.services.note_import import NotesReport
from reader.session.session import Session
from reader.ui.commands.actions import ACTIONS
from reader.ui.notes.match_documents_dialog import HomesDialog
from reader.ui.shell.main_window import MainWindow
from reader.ui.widgets.theme import LIGHT
from tests.ui.drivers.found import press
from tests.ui.samples import an_article

WAIT_MS = 20_000


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Highlights in a book that the library calls otherwise."""
    entries = [
        {"text": "Dizziness and a dreamlike state pass within two hours.", "note": "Tell them."},
        {"text": "Small doses calm within hours"},
    ]
    path = tmp_path / "koreader.json"
    path.write_text(json.dumps({"title": "Ketamine for Anxiety: Mechanisms", "entries": entries}))
    return path


def test_notes_without_a_home_are_asked_for_and_taken_in(
    qtbot: QtBot, session: Session, file: Path
) -> None:
    said: list[str] = []
    session.notifier.message.connect(said.append)
    session.notifier.action_offered.connect(lambda offer: said.append(offer.sentence))
    with qtbot.waitSignal(session.note_transfer.unmatched, timeout=WAIT_MS) as asked:
        session.note_transfer.import_file(str(file))
    path, report = asked.args[0].path, asked.args[0].report
    assert said == [
        "0 notes imported from KOReader, 2 have no article in this library "
        "(Ketamine for Anxiety: Mechanisms)."
    ]
    dialog = HomesDialog(session, path, report)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.grab()
    (box,) = dialog.choices.values()
    # The likeliest stands first; nothing is chosen before the person does.
    assert (box.currentText(), box.itemText(1)) == ("Leave out", an_article().title)
    box.setCurrentIndex(1)
    with qtbot.waitSignal(session.annotations.changed, timeout=WAIT_MS):
        press(dialog, "Import")
    assert [a.note for a in session.annotations.all] == ["", "Tell them."]
    assert said[-1].startswith("2 notes imported from KOReader")
    session.undo_stack.undo()
    assert session.annotations.all == ()


def test_what_is_left_out_stays_out(qtbot: QtBot, session: Session) -> None:
    report = NotesReport("Kindle", homeless=(("Quite another book " * 9, 1), ("", 2)))
    dialog = HomesDialog(session, "none", report)
    qtbot.addWidget(dialog)
    other, nameless = dialog.choices.values()
    assert other.currentData() == ""
    # What has no name may be about what is being read.
    assert (nameless.currentData(), nameless.itemData(1)) == ("", an_article().id)
    press(dialog, "Import")
    assert not session.background.busy
    session.current.changed.emit(None)
    session.current.document = None
    again = HomesDialog(session, "none", report)
    qtbot.addWidget(again)
    assert all(box.currentData() == "" for box in again.choices.values())


def test_the_menu_asks_for_a_file(
    qtbot: QtBot, session: Session, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = MainWindow(session, LIGHT)
    qtbot.addWidget(window)
    shown: list[QDialog] = []
    monkeypatch.setattr(HomesDialog, "exec", lambda dialog: shown.append(dialog))
    action = next(action for action in ACTIONS if action.id == "import_notes")
    for name in ("", str(file)):
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, name=name, **__: (name, ""))
        window.menus.run(action)
    qtbot.waitUntil(lambda: bool(shown), timeout=WAIT_MS)


def test_notes_of_another_user_are_not_shown_here(
    session: Session, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []

    def run(*_: object, then: Any, failed: Any) -> None:
        asked.append(then)

    monkeypatch.setattr(session.background, "run", run)
    session.note_transfer.import_file(str(file))
    found, placed = asked[0], NotesReport("Kindle", new=1)
    found(None)
    session.users.switch("ben")
    said: list[str] = []
    session.notifier.message.connect(said.append)
    asked[1](placed)
    assert said == []
    session.users.switch("anna")
    asked[1](placed)
    assert said == [str(placed)]


def test_a_file_that_is_none_is_a_problem(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("words")
    with qtbot.waitSignal(session.notifier.failed, timeout=WAIT_MS) as failed:
        session.note_transfer.import_file(str(path))
    assert failed.args[0].sentence == "“words.txt” is no file of notes that Offprint knows."
