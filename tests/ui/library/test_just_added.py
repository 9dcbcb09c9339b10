"""New documents stand on top until they are opened."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reader.session.session import Session
from reader.ui.library.library_pane import LibraryPane
from reader.ui.widgets.theme import LIGHT
from tests.ui.drivers.library import LibraryList
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


def test_one_that_is_opened_moves_below_those_that_are_still_new(
    qtbot: QtBot, session: Session
) -> None:
    session.current.reset()
    for name in ("One", "Two", "Three"):
        made = an_article(name)
        session.workspace.library.add(made, name.encode(), {})
    pane = LibraryPane(session, LIGHT)
    qtbot.addWidget(pane)
    pane.resize(256, 300)
    pane.show()
    qtbot.waitExposed(pane)
    rows = LibraryList(qtbot, pane)
    before = [row.entry.id for row in rows.rows]
    assert [row.is_new for row in rows.rows] == [True, True, True, False]
    # It moves, and the list is not filled anew.
    with qtbot.assertNotEmitted(pane.list.model().modelReset):
        rows.click(rows.rows[0])
    assert [row.entry.id for row in rows.rows] == [before[1], before[2], before[0], before[3]]
    assert [(row.is_new, row.open) for row in rows.rows[1:3]] == [(True, False), (False, True)]
    with qtbot.assertNotEmitted(pane.list.model().modelReset):
        rows.click(rows.rows[3])
    assert [row.entry.id for row in rows.rows] == [before[1], before[2], before[3], before[0]]
