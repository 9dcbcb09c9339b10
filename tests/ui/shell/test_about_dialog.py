"""The window says which Offprint it is, what it is made of, and where the files are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from reader import __version__
from reader.session.session import Session
from reader.ui.shell.about_dialog import AboutDialog
from reader.ui.shell.components import PACKAGES, components, licence_page
from reader.ui.widgets import theme as themes

LOCK = Path(__file__).resolve().parents[3] / "resources" / "locks" / "run.txt"


def test_all_that_is_locked_is_named() -> None:
    locked = re.findall(r"^([\w.-]+)==", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(PACKAGES) == set(locked)


def test_each_has_a_version_and_a_licence() -> None:
    found = components()
    assert {"Python", "Qt", "SQLite", "whoosh3", "lxml", "Inter"} <= {one.name for one in found}
    for one in found:
        assert one.licence, one.name
        assert "\n" not in one.licence, one.name
    page = licence_page("Ours.", found)
    assert page.startswith("Ours.\n")
    assert "SIL OPEN FONT LICENSE" in page
    assert "Permission is hereby granted" in page


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(session: Session, parent: QWidget) -> AboutDialog:
    made = AboutDialog(session, themes.LIGHT, parent)
    made.open()
    return made


def test_details_are_copied_without_anything_that_is_read_or_written(
    qtbot: QtBot, session: Session, dialog: AboutDialog
) -> None:
    said: list[str] = []
    session.notifier.message.connect(said.append)
    (copy,) = (b for b in dialog.findChildren(QPushButton) if b.text() == "Copy Details")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert said == ["The details are copied."]
    assert copied.startswith(f"Offprint {__version__}\n")
    assert f"Data: {session.workspace.paths.data}" in copied
    assert session.workspace.user not in copied.replace(str(session.workspace.paths.data), "")
    assert session.current.document is not None
    assert session.current.document.title not in copied


def test_it_says_where_the_files_are(session: Session, dialog: AboutDialog) -> None:
    words = "\n".join(label.text() for label in dialog.findChildren(QLabel))
    assert f"Library and notes: {session.workspace.paths.data}" in words
    assert f"Offprint {__version__}" in words
