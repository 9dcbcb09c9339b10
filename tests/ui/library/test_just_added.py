"""New documents stand on top until they are opened."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reader.session.session import Session
from reader.ui.library.library_pane import LibraryPane
from reader.ui.widgets.theme import LIGHT
from tests.ui.samples import a_flat_text, an_article


def test_a_new_document_stands_on_top_until_it_is_opened(qtbot: QtBot, session: Session) -> None:
    pane = LibraryPane(session, LIGHT)
    qtbot.addWidget(pane)
    pane.resize(256, 300)
    pane.show()
    qtbot.waitExposed(pane)
    letter = a_flat_text()
    session.workspace.library.add(letter, letter.title.encode(), {})
    session.library_commands.announce()
    model = pane.list.model()
    said = [str(model.index(row, 0).data()) for row in range(2)]
    assert said[0] == f"{letter.title}, Article · 1 min, 0 percent read, just added"
    assert said[1].startswith(an_article().title)
    place = pane.list.visualRect(model.index(0, 0)).center()
    qtbot.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert str(model.index(0, 0).data()).endswith("0 percent read, open")
