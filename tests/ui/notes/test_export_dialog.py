"""What a person is asked before notes leave the program."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog, QLineEdit, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from reader.services.encrypted_export import unpacked
from reader.session.patient_check import MOST_AT_ONCE_CHARACTERS
from reader.session.session import Session
from reader.ui.notes.export_dialog import ExportDialog
from reader.ui.notes.export_target import PassphraseDialog
from reader.ui.printing.print_dialog import PrintDialog
from reader.ui.shell import file_handlers
from reader.ui.shell.main_window import MainWindow
from reader.ui.widgets.patient_warning import PatientWarning
from reader.ui.widgets.theme import LIGHT
from tests.ui.drivers.asked import answering
from tests.ui.drivers.dialogs import Export
from tests.ui.drivers.found import called, label, press, write
from tests.ui.samples import mark


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def export(qtbot: QtBot, session: Session, parent: QWidget) -> Export:
    mark(session, "new use", note="As for Mr Smith, DOB 1/2/1950")
    mark(session, "Dizziness", note="plain")
    return Export(qtbot, ExportDialog(session, LIGHT, parent))


def cancel(dialog: PatientWarning) -> None:
    press(dialog, "Cancel")


def anyway(verb: str, is_settled: bool = False) -> object:
    def answer(dialog: PatientWarning) -> None:
        if is_settled:
            called(dialog, QCheckBox, "Do not ask again for these notes as they are").click()
        press(dialog, f"{verb} Anyway")

    return answer


def test_a_note_that_names_a_patient_is_warned_of_and_copied_when_the_person_says_so(
    session: Session, export: Export, parent: QWidget, qtbot: QtBot
) -> None:
    QGuiApplication.clipboard().setText("before")
    shown: list[str] = []

    def read_and_cancel(dialog: PatientWarning) -> None:
        seen = called(dialog, QListWidget, "What looks like a patient")
        shown.extend([label(dialog, "warning").text(), seen.item(0).text()])
        assert seen.count() == 1
        cancel(dialog)

    with answering(PatientWarning, read_and_cancel) as opened:
        export.copy.click()
    assert opened == ["Patients in Notes"]
    assert shown[0].startswith("1 note looks as if a patient could be known")
    assert shown[1].startswith("name: “Mr Smith”, birth date: “DOB 1/2/1950” — in the note on “new")
    assert QGuiApplication.clipboard().text() == "before"
    assert export.copy.isEnabled()
    with answering(PatientWarning, anyway("Copy", is_settled=True)) as opened:  # type: ignore[arg-type]
        export.copy.click()
    assert "Mr Smith" in QGuiApplication.clipboard().text()
    # As they are, they are not asked about again; edited, they are.
    again = Export(qtbot, ExportDialog(session, LIGHT, parent))
    with answering(PatientWarning) as opened:
        again.copy.click()
    assert opened == []
    mark(session, "Questions", note="Frau Kurz")
    again = Export(qtbot, ExportDialog(session, LIGHT, parent))
    with answering(PatientWarning, cancel) as opened:
        again.copy.click()
    assert len(opened) == 1


def test_a_file_is_written_when_the_person_says_so(
    session: Session, export: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    target = tmp_path / "out.md"
    asked: list[str] = []

    def choose(*_: object) -> tuple[str, str]:
        asked.append("file")
        return (str(target) if len(asked) > 1 else "", "")

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    with answering(PatientWarning, cancel):
        export.save.click()
    assert asked == []
    with answering(PatientWarning, anyway("Export")):  # type: ignore[arg-type]
        export.save.click()
    # No file was chosen: the dialog is as it was.
    assert asked == ["file"]
    assert export.save.isEnabled()
    with (
        qtbot.waitSignal(session.notifier.action_offered, timeout=20_000),
        answering(PatientWarning, anyway("Export")),  # type: ignore[arg-type]
    ):
        export.save.click()
    assert "Mr Smith" in target.read_text(encoding="utf-8")


def test_what_goes_out_bare_or_without_notes_is_not_asked_about(
    export: Export, session: Session
) -> None:
    export.bare.click()
    with answering(PatientWarning) as opened:
        export.copy.click()
    assert opened == []
    assert "Smith" not in QGuiApplication.clipboard().text()


def test_sources_are_not_asked_about(export: Export) -> None:
    export.dialog.choose_sources()
    with answering(PatientWarning) as opened:
        export.copy.click()
    assert opened == []


def test_a_dialog_that_was_closed_meanwhile_asks_nothing(
    export: Export, session: Session, parent: QWidget, qtbot: QtBot
) -> None:
    mark(session, "Questions", note="Herr Kurz " + "word " * (MOST_AT_ONCE_CHARACTERS // 5))
    again = Export(qtbot, ExportDialog(session, LIGHT, parent))
    QGuiApplication.clipboard().setText("before")
    again.copy.click()
    assert not again.copy.isEnabled()
    again.dialog.reject()
    with answering(PatientWarning) as opened:
        qtbot.waitUntil(lambda: not session.background.busy)
        QApplication.processEvents()
    assert opened == []
    assert QGuiApplication.clipboard().text() == "before"


def test_more_notes_than_can_be_read_are_counted(
    session: Session, parent: QWidget, qtbot: QtBot
) -> None:
    mark(session, "new use", note="Mr Smith")
    found: list[object] = []
    session.note_transfer.patients.look(session.notebook.all(), found.extend)
    dialog = PatientWarning(session, found * 201, "Save", parent)  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    rows = called(dialog, QListWidget, "What looks like a patient")
    assert rows.item(rows.count() - 1).text() == "and 1 more notes"
    assert label(dialog, "warning").text().startswith("201 notes look")


def test_a_copy_of_a_pdf_and_paper_are_warned_of(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    mark(session, "new use", note="Mr Smith")
    window = MainWindow(session, LIGHT)
    qtbot.addWidget(window)
    asked: list[str] = []
    monkeypatch.setattr(session.note_transfer, "export_pdf_copy", asked.append)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "a.pdf"), ""))
    with answering(PatientWarning, cancel, anyway("Save")) as opened:  # type: ignore[arg-type]
        file_handlers.save_pdf(window)
        assert asked == []
        file_handlers.save_pdf(window)
    assert asked == [str(tmp_path / "a.pdf")]
    dialog = PrintDialog(session, LIGHT, window)
    qtbot.waitUntil(lambda: not dialog.is_busy)
    with answering(PatientWarning, cancel, cancel) as opened:
        dialog.save.click()
        dialog.print_.click()
    assert len(opened) == 2
    assert not list(tmp_path.glob("*.pdf"))
    dialog.where.setCurrentText("Not at all")
    qtbot.waitUntil(lambda: not dialog.is_busy)
    with answering(PatientWarning) as opened:
        dialog.save.click()
    assert opened == []
    qtbot.waitUntil(lambda: not dialog.is_busy)


def test_a_file_is_encrypted_with_a_passphrase_that_is_typed_twice(
    session: Session,
    parent: QWidget,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    mark(session, "new use", note="secret words")
    export = Export(qtbot, ExportDialog(session, LIGHT, parent))
    target = tmp_path / "out.zip"
    proposed: list[str] = []

    def choose(*arguments: str) -> tuple[str, str]:
        proposed.append(arguments[2])
        return str(target), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    said: list[str] = []

    def type_it(dialog: PassphraseDialog, first: str, again: str, then: str) -> None:
        write(qtbot, called(dialog, QLineEdit, "Passphrase"), first)
        write(qtbot, called(dialog, QLineEdit, "Once more"), again)
        press(dialog, "Encrypt")
        if dialog.isVisible():
            said.append(label(dialog, "problem").text())
            write(qtbot, called(dialog, QLineEdit, "Once more"), first)
            press(dialog, then)

    assert export.count.endswith("The file is not encrypted.")
    called(export.dialog, QCheckBox, "Encrypt the file: a ZIP with a passphrase").click()
    assert export.count.endswith("The file is encrypted.")
    with answering(
        PassphraseDialog, lambda dialog: type_it(dialog, "correct horse battery", "no", "Cancel")
    ):
        export.save.click()
    assert not target.exists()
    assert export.save.isEnabled()
    with (
        qtbot.waitSignal(session.notifier.action_offered, timeout=20_000) as told,
        answering(
            PassphraseDialog,
            lambda dialog: type_it(dialog, "correct horse battery", "no", "Encrypt"),
        ),
    ):
        export.save.click()
    assert said == ["The two are not the same."] * 2
    assert all(one.endswith(".zip") for one in proposed)
    assert "Only your passphrase opens it" in told.args[0].sentence
    (content,) = unpacked(target.read_bytes(), "correct horse battery").values()
    assert b"secret words" in content


def test_an_encrypted_folder_of_files_is_one_file(
    session: Session,
    parent: QWidget,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    mark(session, "new use", note="secret words")
    export = Export(qtbot, ExportDialog(session, LIGHT, parent))
    export.dialog.choose_format("markdown-folder")
    called(export.dialog, QCheckBox, "Encrypt the file: a ZIP with a passphrase").click()
    target = tmp_path / "vault.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))

    def type_it(dialog: PassphraseDialog) -> None:
        for name in ("Passphrase", "Once more"):
            write(qtbot, called(dialog, QLineEdit, name), "correct horse battery")
        press(dialog, "Encrypt")

    with (
        qtbot.waitSignal(session.notifier.action_offered, timeout=20_000),
        answering(PassphraseDialog, type_it),
    ):
        export.save.click()
    assert len(unpacked(target.read_bytes(), "correct horse battery")) == 1
