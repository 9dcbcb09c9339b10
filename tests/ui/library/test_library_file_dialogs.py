"""A library is packed and opened by dialog; nothing happens before the person has said so."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from reader.session.session import Session
from reader.ui.library.library_file_dialogs import open_packed_library, pack_library


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def wanted(session: Session) -> list[str]:
    """The folders of the libraries that are to take the place of the open one."""
    found: list[str] = []
    session.library_files.exchange_wanted.connect(found.append)
    return found


@pytest.fixture
def pack(
    session: Session, parent: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """The library, packed by dialog under a name without its ending."""
    target = tmp_path / "mine"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    pack_library(session, parent)
    made = tmp_path / "mine.offprint-library"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(made), ""))
    return made


@contextmanager
def pressing(qtbot: QtBot, *words: str) -> Iterator[None]:
    """While it lasts, buttons are pressed, one after the other, as soon as each is shown.

    Dialogs have their own loop. What is left unpressed at the end fails the test, and is pressed in
    no dialog of another one.
    """
    waiting = list(words)

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        for button in dialog.findChildren(QPushButton) if dialog is not None else ():
            if waiting and button.text() == waiting[0]:
                del waiting[0]
                qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
                break

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(20)
    try:
        yield
    finally:
        timer.stop()
    assert waiting == []


def test_a_packed_library_is_checked_and_opened_when_that_is_wanted(
    qtbot: QtBot, session: Session, parent: QWidget, pack: Path, wanted: list[str]
) -> None:
    assert pack.is_file()
    with pressing(qtbot, "Open It"):
        open_packed_library(session, parent)
    (folder,) = wanted
    assert (Path(folder) / "library.db").is_file()
    shutil.rmtree(folder)


def test_what_is_not_wanted_leaves_nothing(
    qtbot: QtBot, session: Session, parent: QWidget, pack: Path, wanted: list[str]
) -> None:
    with pressing(qtbot, "Cancel"):
        open_packed_library(session, parent)
    assert wanted == []
    assert session.library_files.checked is None
    assert not (session.workspace.paths.data / "unpacking").exists()


def test_a_dialog_without_an_answer_changes_nothing(
    session: Session, parent: QWidget, wanted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_: ("", ""))
    pack_library(session, parent)
    open_packed_library(session, parent)
    assert wanted == []


def test_a_former_library_is_put_back(
    qtbot: QtBot, session: Session, parent: QWidget, pack: Path, wanted: list[str]
) -> None:
    kept = session.workspace.paths.data / "former-2026-11-30T10-00-00Z"
    kept.mkdir()
    (kept / "library.db").touch()
    with pressing(qtbot, "Put Back"):
        open_packed_library(session, parent)
    assert wanted == [str(kept)]
    with pressing(qtbot, "Cancel"):
        open_packed_library(session, parent)
    with pressing(qtbot, "Choose File…", "Cancel"):
        open_packed_library(session, parent)
    assert wanted == [str(kept)]
