"""Collections and tags stand beside the notebook: a click narrows it, notes are dropped on them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QMenu, QPushButton, QTreeWidget
from pytestqt.qtbot import QtBot

from reader.model.annotation import COLOURS
from reader.session import notebook as noting
from reader.session.notifier import ActionOffer
from reader.session.session import Session
from reader.ui.notes.notebook_view import NotebookPane
from reader.ui.widgets.theme import LIGHT
from tests.ui.drivers.notebook import Notebook
from tests.ui.samples import a_flat_text, mark


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
    found = pane.findChild(QTreeWidget, "notebook_tree")
    assert isinstance(found, QTreeWidget)
    return found


def place(pane: NotebookPane, title: str) -> QPointF:
    how = Qt.MatchFlag.MatchStartsWith | Qt.MatchFlag.MatchRecursive
    (item,) = tree(pane).findItems(title, how)
    return QPointF(tree(pane).visualItemRect(item).center())


def test_a_click_on_a_tag_narrows_the_notebook(qtbot: QtBot, pane: NotebookPane) -> None:
    before = pane.list.model().rowCount()
    left = Qt.MouseButton.LeftButton
    qtbot.mouseClick(tree(pane).viewport(), left, pos=place(pane, "#dose").toPoint())
    assert pane.list.model().rowCount() == before - 1
    qtbot.mouseClick(tree(pane).viewport(), left, pos=place(pane, "All notes").toPoint())
    assert pane.list.model().rowCount() == before


def test_of_very_many_notes_a_worker_counts_what_stands_beside_them(
    qtbot: QtBot, pane: NotebookPane, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = Qt.MouseButton.LeftButton
    qtbot.mouseClick(tree(pane).viewport(), left, pos=place(pane, "#dose").toPoint())
    monkeypatch.setattr(noting, "GROUPED_AT_ONCE", 0)
    mark(session, "receptor", tags=("new",))
    kept = [note.id for note in session.annotations.all if "dose" in note.tags]
    found = Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive
    # The window did not wait for it.
    assert not tree(pane).findItems("#new", found)
    qtbot.waitUntil(lambda: bool(tree(pane).findItems("#new", found)))
    assert pane.list.model().rowCount() == 2
    # The tag that it is narrowed to goes: all are shown again.
    session.notebook.tag(kept, [], ["dose"])
    qtbot.waitUntil(lambda: not tree(pane).findItems("#dose", found))
    qtbot.waitUntil(lambda: pane.list.model().rowCount() > 2)


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


def drop_all(pane: NotebookPane, title: str) -> None:
    """Drag all notes onto an item of the tree."""
    pane.list.selectAll()
    carried = pane.list.model().mimeData(pane.list.selectionModel().selectedIndexes())
    event = QDropEvent(
        place(pane, title),
        Qt.DropAction.CopyAction,
        carried,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    tree(pane).dropEvent(event)


def a_second_document(session: Session) -> str:
    """One more document, in the collection "Pain", with a note; the first one is open again."""
    first = session.current.document
    assert first is not None
    other = a_flat_text("Another article")
    session.workspace.library.add(other, other.title.encode(), {})
    session.library_commands.file_under("collection", [other.id], ["Pain"])
    session.current.open(other.id)
    mark(session, "Dear colleague")
    session.current.open(first.id)
    return other.id


def test_a_click_on_a_collection_narrows_the_notebook(
    qtbot: QtBot, pane: NotebookPane, session: Session
) -> None:
    a_second_document(session)
    assert "Pain  1" in texts(pane)
    assert "All notes  3" in texts(pane)
    left = Qt.MouseButton.LeftButton
    qtbot.mouseClick(tree(pane).viewport(), left, pos=place(pane, "Pain").toPoint())
    assert Notebook(qtbot, pane).shown == ["Another article", "Dear colleague"]
    qtbot.mouseClick(tree(pane).viewport(), left, pos=place(pane, "#dose").toPoint())
    assert Notebook(qtbot, pane).shown[1:] == ["new use"]
    qtbot.mouseClick(tree(pane).viewport(), left, pos=place(pane, "All notes").toPoint())
    assert Notebook(qtbot, pane).count == "3 notes"


def test_a_collection_that_is_gone_narrows_no_longer(
    qtbot: QtBot, pane: NotebookPane, session: Session
) -> None:
    other = a_second_document(session)
    left = Qt.MouseButton.LeftButton
    qtbot.mouseClick(tree(pane).viewport(), left, pos=place(pane, "Pain").toPoint())
    session.library_commands.file_under("collection", [other], [], ["Pain"])
    assert Notebook(qtbot, pane).count == "3 notes"
    assert not [text for text in texts(pane) if text.startswith("Pain")]


def test_notes_dropped_on_a_collection_bring_their_documents(
    pane: NotebookPane, session: Session, qtbot: QtBot
) -> None:
    a_second_document(session)
    said: list[ActionOffer] = []
    session.notifier.action_offered.connect(said.append)
    drop_all(pane, "Pain")
    assert "Pain  3" in texts(pane)
    assert [one.sentence for one in said] == ["1 document was filed."]
    said[0].run()
    assert "Pain  1" in texts(pane)


def test_many_notes_take_a_colour_and_undo_has_it_back(
    pane: NotebookPane, session: Session, qtbot: QtBot
) -> None:
    said: list[ActionOffer] = []
    session.notifier.action_offered.connect(said.append)
    pane.list.selectAll()
    button = press_menu(pane, "Colour")
    names = [action.text() for action in button.actions()]
    assert names == [session.annotations.meaning(colour) for colour in COLOURS]
    green = button.actions()[COLOURS.index("green")]
    green.trigger()
    assert {note.colour for note in session.annotations.all} == {"green"}
    assert said[-1].sentence == "2 notes were changed."
    assert said[-1].holds()
    said[-1].run()
    assert "green" not in {note.colour for note in session.annotations.all}
    assert not said[-1].holds()


def texts(pane: NotebookPane) -> list[str]:
    found = tree(pane).findItems("", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive)
    return [item.text(0) for item in found]


def press_menu(pane: NotebookPane, title: str) -> QMenu:
    (button,) = (one for one in pane.findChildren(QPushButton) if one.text() == title)
    assert button.isEnabled()
    menu = button.menu()
    menu.aboutToShow.emit()
    return menu
