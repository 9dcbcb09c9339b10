from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QInputDialog
from pytestqt.qtbot import QtBot

from reader.session.passwords import LockedFile
from reader.session.session import Session
from reader.settings import EXPORT_FOLDER
from reader.ui.shell import file_handlers
from reader.ui.shell.main_window import MainWindow
from reader.ui.widgets import theme as themes


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> MainWindow:
    made = MainWindow(session, themes.LIGHT)
    qtbot.addWidget(made)
    return made


def test_the_password_that_was_typed_unlocks_the_file(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlocked: list[tuple[str, str]] = []
    monkeypatch.setattr(window.session.imports, "unlock", lambda *given: unlocked.append(given))
    for answer in (("Eule", True), ("Eule", False)):
        monkeypatch.setattr(QInputDialog, "getText", lambda *_, answer=answer: answer)
        window.session.imports.password_required.emit(
            LockedFile("a.pdf", "“a.pdf” is protected by a password.")
        )
    assert unlocked == [("a.pdf", "Eule")]


def test_a_copy_goes_where_it_was_asked_to(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(window.session.note_transfer, "export_pdf_copy", asked.append)
    for name in (str(tmp_path / "copy.pdf"), ""):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, name=name: (name, ""))
        file_handlers.save_pdf(window)
    assert asked == [str(tmp_path / "copy.pdf")]
    assert window.session.settings.get(EXPORT_FOLDER) == str(tmp_path)
    monkeypatch.setattr(window.session.current, "document", None)
    file_handlers.save_pdf(window)
    assert len(asked) == 1
