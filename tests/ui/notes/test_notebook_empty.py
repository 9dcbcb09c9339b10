"""A notebook without notes says why, and what to do."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from reader.session.session import Session
from reader.ui.notes.notebook_view import NotebookPane
from reader.ui.widgets.theme import LIGHT
from tests.ui.samples import mark


@pytest.fixture
def pane(qtbot: QtBot, session: Session) -> NotebookPane:
    pane = NotebookPane(session, LIGHT)
    qtbot.addWidget(pane)
    pane.resize(900, 500)
    pane.show()
    qtbot.waitExposed(pane)
    return pane


def said(pane: NotebookPane) -> str:
    found = pane.findChild(QLabel, "notebook_empty")
    assert isinstance(found, QLabel)
    return found.text() if found.isVisible() else ""


def test_an_empty_notebook_says_what_to_do_and_is_left_by_keyboard(
    qtbot: QtBot, pane: NotebookPane
) -> None:
    pane.open()
    assert said(pane).startswith("No notes yet.")
    with qtbot.waitSignal(pane.closed):
        qtbot.keyClick(pane.words, Qt.Key.Key_Escape)


def test_words_that_match_nothing_are_named(
    qtbot: QtBot, pane: NotebookPane, session: Session
) -> None:
    mark(session, "new use", note="Ask")
    pane.open()
    assert said(pane) == ""
    qtbot.keyClicks(pane.words, "zzyzx")
    qtbot.waitUntil(lambda: said(pane) == "No note matches “zzyzx” here.")
    pane.words.clear()
    qtbot.waitUntil(lambda: said(pane) == "")
    pane.scope.setFocus()
    qtbot.keyClicks(pane.scope, "Trash")
    pane.scope.activated.emit(pane.scope.currentIndex())
    assert said(pane) == "The trash is empty."
