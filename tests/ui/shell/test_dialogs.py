"""The dialogs: what they ask, and what becomes of the answers."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLabel, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from reader.session.session import Session
from reader.settings import EXPORT_FOLDER, EXPORT_FORMAT, THEME
from reader.store.backups import backup
from reader.store.lost import DamagedNotes
from reader.store.notes import open_notes
from reader.ui.library.details_dialog import DetailsDialog
from reader.ui.library.document_dialogs import ask_older, ask_title
from reader.ui.notes.export_dialog import ExportDialog
from reader.ui.notes.recovery_dialog import ask_for_backup
from reader.ui.shell.command_palette import Palette
from reader.ui.shell.dialogs import ColoursDialog, UserDialog
from reader.ui.shell.main_window import MainWindow
from reader.ui.widgets.theme import LIGHT
from tests.store.samples import a_document
from tests.ui.drivers.dialogs import ColourNames, Commands, Export, UserChoice
from tests.ui.samples import mark


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def test_a_user_is_chosen_or_made(qtbot: QtBot, session: Session, parent: QWidget) -> None:
    choice = UserChoice(qtbot, UserDialog(session, LIGHT, parent))
    choice.switch_to("..")
    assert choice.problem.startswith("A user's name")
    assert session.workspace.user == "anna"
    choice.switch_to("bert")
    assert session.workspace.user == "bert"
    again = UserChoice(qtbot, UserDialog(session, LIGHT, parent))
    assert again.chosen == "bert"
    again.choose("anna")
    again.switch()
    assert session.workspace.user == "anna"


def test_colours_get_the_users_own_meanings(
    qtbot: QtBot, session: Session, parent: QWidget
) -> None:
    names = ColourNames(qtbot, ColoursDialog(session, LIGHT, parent))
    names.name("green", "Proof")
    names.name("blue", "")
    names.keep()
    assert session.annotations.meaning("green") == "Proof"
    assert session.annotations.meaning("blue") == "Caution"


def test_questions_that_are_answered_with_no_change_nothing(
    session: Session, parent: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("x", False))
    monkeypatch.setattr(QMessageBox, "question", lambda *_, **__: QMessageBox.StandardButton.Cancel)
    before = session.catalog.entries
    ask_title(session, parent)
    assert session.catalog.entries == before


def test_documents_that_older_rules_have_read_are_read_again_when_that_is_confirmed(
    session: Session, parent: QWidget, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    asked: list[str] = []
    answers = [QMessageBox.StandardButton.Cancel, QMessageBox.StandardButton.Yes]

    def question(_parent: QWidget, _title: str, words: str, *_: object) -> object:
        asked.append(words)
        return answers.pop(0)

    monkeypatch.setattr(QMessageBox, "question", question)
    told: list[str] = []
    session.notifier.message.connect(told.append)
    ask_older(session, parent)
    assert told == ["All documents were read by the rules of this version."]
    raw = b"Old words, and nothing but these words.\n"
    old = a_document(raw, importer="text/1", source="old.txt", title="Old", doi="", figures=())
    session.workspace.library.add(old, raw, {})
    ask_older(session, parent)
    assert session.workspace.library.editions.outdated()
    details = DetailsDialog(session, old.id, LIGHT, parent)
    assert any("Read by older rules (text/1)" in one.text() for one in details.findChildren(QLabel))
    ask_older(session, parent)
    qtbot.waitUntil(lambda: not session.background.busy, timeout=20_000)
    assert not session.workspace.library.editions.outdated()
    assert all(one.startswith("1 document was read by older rules") for one in asked)
    assert len(asked) == 2
    details = DetailsDialog(session, old.id, LIGHT, parent)
    assert not any("older rules" in one.text() for one in details.findChildren(QLabel))


def test_notes_are_previewed_filtered_copied_and_saved(
    session: Session, parent: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    mark(session, "new use", "green", note="first", tags=("a",))
    mark(session, "Dizziness", "pink", note="second")
    dialog = ExportDialog(session, LIGHT, parent)
    export = Export(qtbot, dialog)
    assert "2 notes" in export.count
    assert "first" in export.preview
    export.dot("green").click()
    assert "1 note." in export.count
    export.tags("#a b, c d ,")
    assert dialog.wanted.tags == ("a b", "c d")
    export.tags("#none")
    assert "0 notes" in export.count
    assert not export.save.isEnabled()
    export.tags("a")
    export.whole_library.click()
    dialog.choose_format("json")
    assert '"AnnotationPage"' in export.preview
    export.copy.click()
    assert "first" in QGuiApplication.clipboard().text()
    assert session.settings.get(EXPORT_FORMAT) == "json"
    again = Export(qtbot, ExportDialog(session, LIGHT, parent))
    assert again.dialog.format_name == "json"
    target = tmp_path / "out.jsonld"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    with qtbot.waitSignal(session.notifier.action_offered, timeout=20_000) as told:
        again.save.click()
    assert "2 notes" in told.args[0].sentence
    assert "second" in target.read_text(encoding="utf-8")


def test_notes_are_filtered_by_collection_and_day_and_go_out_bare(
    session: Session, parent: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    assert session.current.document is not None
    plain = Export(qtbot, ExportDialog(session, LIGHT, parent))
    assert not plain.asks_for_collection
    session.workspace.library.details.label("collection", session.current.document.id, ["Ward"])
    made = mark(session, "new use", "green", note="secret", tags=("hidden",))
    day = session.annotations.get(made).created[:10]  # type: ignore[union-attr]
    dialog = ExportDialog(session, LIGHT, parent)
    export = Export(qtbot, dialog)
    assert export.asks_for_collection
    export.choose_collection("Ward")
    assert export.whole_library.isChecked()
    assert export.count.startswith("1 note.")
    for text, count in ((day, 1), (day[:7], 1), (day[:4], 1), ("9999", 0), ("", 1)):
        export.since(text)
        assert export.count.startswith(str(count))
    for text, count in ((day, 1), (day[:7], 1), (day[:4], 1), ("1999-12-31", 0), ("", 1)):
        export.until(text)
        assert export.count.startswith(str(count))
    export.until("soon")
    assert export.count.startswith("A day is written like")
    assert not export.save.isEnabled()
    export.until("")
    assert "secret" in export.preview
    export.bare.click()
    assert "secret" not in export.preview
    assert "hidden" not in export.preview
    dialog.choose_format("markdown-folder")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    export.save.click()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "vault"))
    with qtbot.waitSignal(session.notifier.action_offered, timeout=20_000) as told:
        export.save.click()
    assert told.args[0].sentence.startswith("1 note is in 1 file in")
    assert session.settings.get(EXPORT_FOLDER) == str(tmp_path / "vault")
    (file,) = (tmp_path / "vault").iterdir()
    assert "new use" in file.read_text(encoding="utf-8")
    assert "secret" not in file.read_text(encoding="utf-8")


def test_a_command_is_found_by_its_name_and_run(session: Session, qtbot: QtBot) -> None:
    window = MainWindow(session, LIGHT)
    qtbot.addWidget(window)
    commands = Commands(qtbot, Palette(window.menus, LIGHT, window))
    commands.look_for("sepia theme")
    assert len(commands.found) == 1
    commands.press(Qt.Key.Key_Down)
    commands.press(Qt.Key.Key_Up)
    commands.press(Qt.Key.Key_Return)
    assert session.settings.get(THEME) == "sepia"
    mark(session, "new use")
    session.annotations.choose(session.annotations.all[0].id)
    commands = Commands(qtbot, Palette(window.menus, LIGHT, window))
    commands.look_for("high")
    # What is called so stands before what only speaks of it; Enter runs the first.
    assert commands.found[0].startswith("Highlight")
    commands.look_for("note history")
    assert commands.found[0] == "History of Note…"
    empty = Commands(qtbot, Palette(window.menus, LIGHT, window))
    empty.look_for("no such command")
    empty.press(Qt.Key.Key_Return)
    assert empty.found == []
    window.close()


def test_what_is_no_text_is_shown_as_it_is_written(
    qtbot: QtBot, session: Session, parent: QWidget
) -> None:
    mark(session, "new use")
    dialog = ExportDialog(session, LIGHT, parent)
    export = Export(qtbot, dialog)
    qtbot.addWidget(dialog)
    dialog.show()
    for name in ("docx", "anki"):
        dialog.choose_format(name)
        assert "new use" in export.preview
        assert "#" not in export.preview
    dialog.choose_format("pdf")
    # A picture of a page, and no text.
    assert export.preview == "\ufffc"


def test_a_bibliography_is_that_of_the_library(
    qtbot: QtBot, session: Session, parent: QWidget
) -> None:
    dialog = ExportDialog(session, LIGHT, parent)
    export = Export(qtbot, dialog)
    qtbot.addWidget(dialog)
    dialog.choose_sources()
    dialog.show()
    assert export.preview.startswith("@")
    told: list[str] = []
    session.notifier.message.connect(told.append)
    assert export.copy.isEnabled()
    export.copy.click()
    assert QGuiApplication.clipboard().text().startswith("@")
    assert told[-1].endswith("on the clipboard.")
    assert "source" in told[-1]


@pytest.mark.parametrize("restores", [True, False])
def test_a_damaged_file_is_restored_only_when_somebody_says_so(
    session: Session, monkeypatch: pytest.MonkeyPatch, restores: bool
) -> None:
    mark(session, "new use")
    path = session.workspace.paths.notes("anna")
    backup(path)
    from reader.store.backups import backups

    damaged = DamagedNotes(path, backups(path)[0])
    session.workspace.notes.close()
    path.write_bytes(b"not a database at all" * 100)

    def answering(box: QMessageBox) -> int:
        wanted = "Restore" if restores else "Quit"
        button = next(b for b in box.buttons() if wanted in b.text())
        assert isinstance(button, QPushButton)
        button.click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answering)
    assert ask_for_backup(damaged) is restores
    assert path.read_bytes().startswith(b"SQLite") is restores


@pytest.mark.parametrize(
    ("wanted", "notes"), [("Restore", 1), ("Begin without notes", 0), ("Quit", None)]
)
def test_notes_that_are_gone_are_restored_or_begun_anew(
    session: Session, monkeypatch: pytest.MonkeyPatch, wanted: str, notes: int | None
) -> None:
    mark(session, "new use")
    path = session.workspace.paths.notes("anna")
    backup(path)
    session.workspace.notes.close()
    path.unlink()
    with pytest.raises(DamagedNotes) as gone:
        open_notes(session.workspace.paths, "anna")

    def answering(box: QMessageBox) -> int:
        next(b for b in box.buttons() if wanted in b.text()).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answering)
    assert ask_for_backup(gone.value) is (notes is not None)
    assert path.exists() is (notes is not None)
    if notes is not None:
        with closing(open_notes(session.workspace.paths, "anna")) as again:
            assert len(again.all()) == notes


def test_without_a_backup_there_is_only_a_way_out(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []

    def reading(box: QMessageBox) -> int:
        shown.extend(button.text() for button in box.buttons())
        return 0

    monkeypatch.setattr(QMessageBox, "exec", reading)
    assert not ask_for_backup(DamagedNotes(session.workspace.paths.notes("anna"), None))
    assert shown == ["Quit"]
