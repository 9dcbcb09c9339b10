"""Tags stand beside the notebook: a click narrows it, notes that are dropped on one take it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QTreeWidget
from pytestqt.qtbot import QtBot

from reader.session.session import Session
from reader.ui.notes.notebook_view import NotebookPane
from reader.ui.widgets.theme import LIGHT
from tests.ui.samples import mark


@pytest.fixture
def pane(qtbot: QtBot, session: Session) -> NotebookPane:
    mark(session, "new use", tags=("dose",))
    mark(session, "Blood pressure", tags=("ward",))
    pane = NotebookPane(session, LIGHT)
    qtbot.addWidget(pane)
    pane.resize(900, 500)
    pane.show()
    qtbot.waitExposed(pane)
    pane.open()
    return pane


def tree(pane: NotebookPane) -> QTreeWidget:
    found = pane.findChild(QTreeWidget, "tag_tree")
    assert isinstance(found, QTreeWidget)
    return found


def place(pane: NotebookPane, title: str) -> QPointF:
    (item,) = tree(pane).findItems(title, Qt.MatchFlag.MatchStartsWith)
    return QPointF(tree(pane).visualItemRect(item).center())


def test_a_click_on_a_tag_narrows_the_notebook(qtbot: QtBot, pane: NotebookPane) -> None:
    before = pane.list.model().rowCount()
    left = Qt.MouseButton.LeftButton
    qtbot.mouseClick(tree(pane).viewport(), left, pos=place(pane, "#dose").toPoint())
    assert pane.list.model().rowCount() == before - 1
    qtbot.mouseClick(tree(pane).viewport(), left, pos=place(pane, "All tags").toPoint())
    assert pane.list.model().rowCount() == before


def test_notes_dropped_on_a_tag_take_it(qtbot: QtBot, pane: NotebookPane, session: Session) -> None:
    pane.list.selectAll()
    carried = pane.list.model().mimeData(pane.list.selectionModel().selectedIndexes())
    event = QDropEvent(
        place(pane, "#ward"),
        Qt.DropAction.CopyAction,
        carried,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    tree(pane).dropEvent(event)
    assert [note.tags for note in session.annotations.all] == [("dose", "ward"), ("ward",)]
    assert session.notebook.tags() == {"dose": 1, "ward": 2}
