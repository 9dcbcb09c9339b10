"""The library's table as a manager: a tree to drop onto, several rows at once, chosen columns."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import (
    QInputDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPushButton,
    QTreeWidgetItem,
)
from pytestqt.qtbot import QtBot

from reader.session.session import Session
from reader.ui.library.library_table import ShelfTable
from reader.ui.library.table_model import COLUMNS
from reader.ui.widgets.theme import LIGHT
from tests.ui.samples import a_flat_text, an_article, mark

LETTER, OTHER = a_flat_text(), a_flat_text("Another letter")


@pytest.fixture
def shelf(qtbot: QtBot, session: Session) -> Iterator[ShelfTable]:
    for one in (LETTER, OTHER):
        session.workspace.library.add(one, one.title.encode(), {})
    session.workspace.library.details.label("collection", LETTER.id, ["Letters"])
    session.workspace.library.details.label("tag", LETTER.id, ["thanks"])
    shelf = ShelfTable(session, LIGHT)
    qtbot.addWidget(shelf)
    shelf.resize(1366, 600)
    shelf.show()
    qtbot.waitExposed(shelf)
    shelf.open()
    yield shelf
    shelf.close()


def titles(shelf: ShelfTable) -> list[str]:
    """The titles in the table, as they are read."""
    model = shelf.table.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def click(
    qtbot: QtBot,
    shelf: ShelfTable,
    title: str,
    held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Clicks on a document."""
    index = shelf.table.model().index(titles(shelf).index(title), 0)
    place = shelf.table.visualRect(index).center()
    qtbot.mouseClick(shelf.table.viewport(), Qt.MouseButton.LeftButton, held, place)


def both(qtbot: QtBot, shelf: ShelfTable) -> None:
    """Selects the two letters."""
    click(qtbot, shelf, LETTER.title)
    click(qtbot, shelf, OTHER.title, Qt.KeyboardModifier.ControlModifier)


def part(shelf: ShelfTable, name: str) -> QTreeWidgetItem:
    """The part of the tree that begins so."""
    flags = Qt.MatchFlag.MatchStartsWith | Qt.MatchFlag.MatchRecursive
    (item,) = shelf.tree.findItems(name, flags)
    return item


def choose(qtbot: QtBot, shelf: ShelfTable, name: str) -> None:
    """Clicks on a part of the tree."""
    place = shelf.tree.visualItemRect(part(shelf, name)).center()
    qtbot.mouseClick(shelf.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)


def press(qtbot: QtBot, shelf: ShelfTable, name: str) -> None:
    """Presses a button that is shown."""
    (button,) = [b for b in shelf.findChildren(QPushButton) if b.text() == name and b.isVisible()]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def buttons(shelf: ShelfTable) -> set[str]:
    """What can be pressed."""
    return {b.text() for b in shelf.findChildren(QPushButton) if b.isVisible()}


def drop(shelf: ShelfTable, *, on: str) -> None:
    """Drags what is selected onto a part of the tree."""
    model = shelf.table.model()
    carried = model.mimeData(shelf.table.selectionModel().selectedRows())
    place = QPointF(shelf.tree.visualItemRect(part(shelf, on)).center())
    event = QDropEvent(
        place,
        Qt.DropAction.CopyAction,
        carried,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    shelf.tree.dropEvent(event)


def answer(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(QInputDialog, "getItem", lambda *_: (text, True))


def test_the_tree_narrows_the_table(qtbot: QtBot, shelf: ShelfTable) -> None:
    assert len(titles(shelf)) == 3
    choose(qtbot, shelf, "Letters")
    assert titles(shelf) == [LETTER.title]
    choose(qtbot, shelf, "#thanks")
    assert titles(shelf) == [LETTER.title]
    choose(qtbot, shelf, "Article")
    assert len(titles(shelf)) == 3
    choose(qtbot, shelf, "Just Added")
    assert len(titles(shelf)) == 3
    choose(qtbot, shelf, "All Documents")
    assert part(shelf, "All Documents").text(0).endswith(" 3")


def test_several_documents_take_a_tag_as_notes_do_and_give_it_back(
    qtbot: QtBot, shelf: ShelfTable, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not any(one.isEnabled() for one in shelf.bulk.findChildren(QPushButton))
    both(qtbot, shelf)
    answer(monkeypatch, "#ward, night -thanks")
    with qtbot.waitSignal(session.notifier.action_offered) as offered:
        press(qtbot, shelf, "Tag…")
    tags = session.workspace.library.details.labels("tag")
    assert tags == {LETTER.id: ("night", "ward"), OTHER.id: ("night", "ward")}
    assert offered.args is not None
    assert offered.args[0].sentence == "2 documents were tagged."
    offered.args[0].run()
    assert session.workspace.library.details.labels("tag") == {LETTER.id: ("thanks",)}


def test_what_was_selected_stays_selected(
    qtbot: QtBot, shelf: ShelfTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    both(qtbot, shelf)
    answer(monkeypatch, "Sepsis in children")
    press(qtbot, shelf, "Collection…")
    assert part(shelf, "Sepsis in children").text(0).endswith(" 2")
    assert {"Tag…", "Remove"} <= buttons(shelf)


def test_documents_are_dropped_onto_a_collection(
    qtbot: QtBot, shelf: ShelfTable, session: Session
) -> None:
    click(qtbot, shelf, OTHER.title)
    drop(shelf, on="Letters")
    collections = session.workspace.library.details.labels("collection")
    assert collections == {LETTER.id: ("Letters",), OTHER.id: ("Letters",)}
    drop(shelf, on="Kinds")
    assert len(titles(shelf)) == 3


def test_documents_are_removed_and_restored_together(
    qtbot: QtBot, shelf: ShelfTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(*_: object, **__: object) -> None:
        pytest.fail("a question was asked")

    monkeypatch.setattr(QMessageBox, "question", asked)
    both(qtbot, shelf)
    qtbot.keyClick(shelf.table, Qt.Key.Key_Delete)
    assert titles(shelf) == [an_article().title]
    choose(qtbot, shelf, "Trash")
    assert sorted(titles(shelf)) == sorted([LETTER.title, OTHER.title])
    both(qtbot, shelf)
    assert "Remove" not in buttons(shelf)
    press(qtbot, shelf, "Restore")
    choose(qtbot, shelf, "All Documents")
    assert len(titles(shelf)) == 3


def test_notes_of_the_selected_documents_are_exported(
    qtbot: QtBot, shelf: ShelfTable, session: Session
) -> None:
    made = mark(session, "new use")
    click(qtbot, shelf, an_article().title)
    with qtbot.waitSignal(shelf.export_wanted) as wanted:
        press(qtbot, shelf, "Export Notes…")
    assert wanted.args == [frozenset({made})]
    click(qtbot, shelf, LETTER.title)
    with qtbot.waitSignal(session.notifier.message):
        press(qtbot, shelf, "Export Notes…")


def test_kind_and_number_of_notes_are_columns(
    qtbot: QtBot, shelf: ShelfTable, session: Session
) -> None:
    mark(session, "new use")
    shelf.renew()
    model = shelf.table.model()
    row = titles(shelf).index(an_article().title)
    assert model.index(row, COLUMNS.index("Kind")).data() == "Article"
    assert model.index(row, COLUMNS.index("Notes")).data() == "1"


def test_columns_are_chosen_moved_and_kept(
    qtbot: QtBot, shelf: ShelfTable, session: Session
) -> None:
    header = shelf.table.horizontalHeader()
    header.customContextMenuRequested.emit(QPoint(5, 5))
    menu = shelf.findChild(QMenu, "columns_menu")
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.text() == "Journal").trigger()
    menu.close()
    journal, year, kind = (COLUMNS.index(name) for name in ("Journal", "Year", "Kind"))
    assert header.isSectionHidden(journal)
    header.moveSection(header.visualIndex(kind), 1)
    again = ShelfTable(session, LIGHT)
    qtbot.addWidget(again)
    again.resize(1366, 600)
    again.show()
    again.open()
    kept = again.table.horizontalHeader()
    assert kept.isSectionHidden(journal)
    assert not kept.isSectionHidden(year)
    assert kept.visualIndex(kind) == 1


def test_what_is_empty_says_so_and_leads_back(
    qtbot: QtBot, shelf: ShelfTable, session: Session
) -> None:
    said = shelf.findChild(QLabel, "library_empty")
    field = shelf.findChild(QLineEdit, "library_filter")
    assert isinstance(said, QLabel)
    assert isinstance(field, QLineEdit)
    qtbot.keyClicks(field, "zzyzx")
    qtbot.waitUntil(said.isVisible)
    assert said.text() == "No document matches “zzyzx” here."
    press(qtbot, shelf, "Show All Documents")
    assert len(titles(shelf)) == 3
    choose(qtbot, shelf, "Trash")
    assert said.text() == "The trash is empty."
    session.library_commands.trash(*(entry.id for entry in session.catalog.entries))
    choose(qtbot, shelf, "All Documents")
    assert said.text().startswith("The library is empty.")


def test_the_keyboard_stays_with_the_rows_when_a_button_above_is_pressed(
    qtbot: QtBot, shelf: ShelfTable, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.activateWindow()
    qtbot.waitUntil(shelf.isActiveWindow)
    both(qtbot, shelf)
    answer(monkeypatch, "Ward round")
    press(qtbot, shelf, "Collection…")
    assert session.workspace.library.details.labels("collection")[OTHER.id] == ("Ward round",)
    assert shelf.table.hasFocus()
    qtbot.keyClick(shelf.table, Qt.Key.Key_Delete)
    assert len(titles(shelf)) == 1


def test_the_keyboard_stays_on_a_button_that_the_keyboard_pressed(
    qtbot: QtBot, shelf: ShelfTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.activateWindow()
    qtbot.waitUntil(shelf.isActiveWindow)
    both(qtbot, shelf)
    (button,) = [b for b in shelf.findChildren(QPushButton) if b.text() == "Tag…"]
    while not button.hasFocus():
        qtbot.keyClick(shelf.window().focusWidget(), Qt.Key.Key_Backtab)
    answer(monkeypatch, "ward")
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert button.hasFocus()
