"""The library as a table: sorted, filtered, and worked on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from reader.problem import Problem
from reader.session.session import Session
from reader.ui.library import library_table, list_reading
from reader.ui.library.details_dialog import DetailsDialog
from reader.ui.library.document_dialogs import open_original
from reader.ui.library.library_table import ShelfTable
from reader.ui.library.table_model import COLUMNS
from reader.ui.widgets.parts_tree import Part
from reader.ui.widgets.theme import DARK, LIGHT
from tests.ui.drivers.asked import answering
from tests.ui.drivers.found import context_menu, press
from tests.ui.drivers.library import LibraryTable
from tests.ui.samples import a_flat_text, an_article


@pytest.fixture
def shelf(qtbot: QtBot, session: Session) -> ShelfTable:
    letter = a_flat_text()
    session.workspace.library.add(letter, letter.title.encode(), {})
    session.workspace.library.edit(letter.id, {"authors": ("Zoe Writer",), "published": "2019-03"})
    session.workspace.library.details.label("collection", letter.id, ["Letters"])
    session.workspace.library.details.label("tag", letter.id, ["thanks"])
    shelf = ShelfTable(session, LIGHT)
    qtbot.addWidget(shelf)
    shelf.resize(900, 400)
    shelf.show()
    shelf.open()
    return shelf


def titles(shelf: ShelfTable) -> list[str]:
    return [shelf.model.index(row, 0).data() for row in range(shelf.model.rowCount())]


def test_the_document_read_last_comes_first(qtbot: QtBot, shelf: ShelfTable) -> None:
    assert titles(shelf) == [an_article().title, a_flat_text().title]
    assert LibraryTable(qtbot, shelf).count == "2 documents"
    row = [shelf.model.index(1, column).data() for column in range(len(COLUMNS))]
    assert (row[1], row[3], row[7]) == ("Zoe Writer", "2019", "Letters, thanks")
    assert shelf.model.headerData(1, Qt.Orientation.Horizontal) == "Authors"
    tip = shelf.model.index(1, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == f"{a_flat_text().title}\nZoe Writer\nletter.txt"
    assert shelf.model.index(0, 0).data(Qt.ItemDataRole.FontRole) is None
    assert shelf.model.index(-1, 0).data() is None


@pytest.mark.parametrize("column", range(len(COLUMNS)))
def test_every_column_sorts_both_ways(shelf: ShelfTable, column: int) -> None:
    shelf.table.sortByColumn(column, Qt.SortOrder.AscendingOrder)
    up = titles(shelf)
    shelf.table.sortByColumn(column, Qt.SortOrder.DescendingOrder)
    if column not in (2, 4, 8, 9):  # of these, both have the same
        assert titles(shelf) == up[::-1]


def test_words_and_a_collection_narrow_it(
    qtbot: QtBot, shelf: ShelfTable, session: Session
) -> None:
    qtbot.keyClicks(shelf.filter, "zoe LETTER")
    qtbot.waitUntil(lambda: titles(shelf) == [a_flat_text().title])
    assert LibraryTable(qtbot, shelf).count == "1 document"
    qtbot.keyClick(shelf.filter, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(titles(shelf)) == 2)
    shelf.tree.choose(Part("collection", "Letters"))
    assert titles(shelf) == [a_flat_text().title]
    session.library_commands.changed.emit()
    assert titles(shelf) == [a_flat_text().title]
    with qtbot.waitSignal(shelf.closed):
        qtbot.keyClick(shelf.filter, Qt.Key.Key_Escape)


def test_one_is_opened_by_keyboard(qtbot: QtBot, shelf: ShelfTable, session: Session) -> None:
    qtbot.keyClicks(shelf.filter, "letter")
    qtbot.waitUntil(lambda: len(titles(shelf)) == 1)
    qtbot.keyClick(shelf.filter, Qt.Key.Key_Return)
    assert shelf.table.currentIndex().row() == 0
    with qtbot.waitSignal(shelf.closed):
        shelf.table.activated.emit(shelf.table.currentIndex())
    assert session.current.document is not None
    assert session.current.document.title == a_flat_text().title
    shelf.filter.setText("nothing like it")
    qtbot.waitUntil(lambda: titles(shelf) == [])
    qtbot.keyClick(shelf.filter, Qt.Key.Key_Return)
    shelf.table.activated.emit(shelf.table.currentIndex())
    assert session.current.document.title == a_flat_text().title


def test_its_menu_works_on_the_row_under_it(
    qtbot: QtBot, shelf: ShelfTable, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def opened(url: QUrl) -> bool:
        done.append(url.fileName())
        return False

    monkeypatch.setattr(DetailsDialog, "exec", lambda dialog: done.append(dialog.windowTitle()))
    monkeypatch.setattr(QDesktopServices, "openUrl", opened)
    monkeypatch.setattr(session.imports, "reimport", done.append)
    monkeypatch.setattr(
        "reader.ui.library.document_dialogs.remove", lambda *asked: done.append(asked[-1])
    )
    opening, *others = LibraryTable(qtbot, shelf).menu(1).values()
    assert opening.text() == "Open"
    for action in others:
        action.trigger()
    letter = a_flat_text().id
    assert done == ["Details", "original.txt", letter, letter]
    assert context_menu(shelf.table, shelf.table.viewport().rect().bottomRight()) == {}


def test_the_original_of_a_document_that_is_gone_is_not_opened(
    qtbot: QtBot, shelf: ShelfTable, session: Session
) -> None:
    said: list[Problem] = []
    session.notifier.failed.connect(said.append)
    session.imports.reimport("0" * 64)
    offered = LibraryTable(qtbot, shelf).menu(titles(shelf).index(a_flat_text().title))
    session.workspace.library.remove(a_flat_text().id)
    offered["Open Original File"].trigger()
    assert len(said) == 2


def test_an_original_that_is_named_like_a_program_is_not_run(
    shelf: ShelfTable, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    said: list[str] = []

    def opening(url: QUrl) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", opening)
    session.notifier.message.connect(said.append)
    sheet = replace(a_flat_text("A run sheet"), source="run.bat")
    session.workspace.library.add(sheet, sheet.title.encode(), {})
    open_original(session, sheet.id)
    assert not opened
    assert "“original.bat” is not named like a file to read" in said[0]
    open_original(session, a_flat_text().id)
    assert [url.fileName() for url in opened] == ["original.txt"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<p>Text.</p><img src='1.png'>", ""),
        (
            b"<p>Text.</p><img src='//a.example/1'><img src='//b.example/2'><script>x()</script>",
            "load from the network: 2 pictures, 1 script in the page from a.example, b.example. "
            "What its scripts would load besides cannot be told.",
        ),
        (b"", "It could not be found out"),
    ],
)
def test_a_page_that_loads_from_the_network_is_opened_when_the_person_says_so(
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    content: bytes,
    said: str,
) -> None:
    opened: list[QUrl] = []

    def opening(url: QUrl) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", opening)
    # What asks stands over the active window: not over one that a former test leaves.
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    content_id = hashlib.sha256(content).hexdigest()
    page = replace(a_flat_text("A page"), id=content_id, source="page.html")
    session.workspace.library.add(page, content, {})
    asked: list[str] = []

    def answer(words: str) -> Callable[[QMessageBox], None]:
        def press_it(box: QMessageBox) -> None:
            asked.append(box.text())
            press(box, words)

        return press_it

    for words in ("Cancel", "Open"):
        with answering(QMessageBox, answer(words)):
            open_original(session, page.id)
            qtbot.waitUntil(lambda: not session.background.busy, timeout=20_000)
            if said:
                count = 1 if words == "Cancel" else 2
                qtbot.waitUntil(lambda count=count: len(asked) == count, timeout=20_000)  # type: ignore[misc]
        if said and words == "Cancel":
            assert opened == []
    assert [url.fileName() for url in opened] == ["original.html"] * (1 if said else 2)
    assert len(asked) == (2 if said else 0)
    assert all(said in one for one in asked)


def test_it_follows_the_theme(shelf: ShelfTable) -> None:
    light = shelf.grab().toImage()
    shelf.set_theme(DARK)
    assert shelf.grab().toImage() != light


def test_titles_keep_their_room_in_a_narrow_window(qtbot: QtBot, session: Session) -> None:
    table = ShelfTable(session, LIGHT)
    qtbot.addWidget(table)
    table.show()
    header = table.table.horizontalHeader()
    for width, gone in ((1200, 0), (640, 3), (420, 5)):
        table.resize(width, 400)
        qtbot.wait(5)
        hidden = [column for column in range(header.count()) if header.isSectionHidden(column)]
        assert len(hidden) >= gone
        assert bool(hidden) is bool(gone)
        assert header.sectionSize(0) >= 230
        assert header.sortIndicatorSection() not in hidden


def test_a_large_library_is_read_in_steps(
    qtbot: QtBot, session: Session, shelf: ShelfTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_reading, "READ_AT_ONCE", 1)
    monkeypatch.setattr(library_table, "PREPARED_AT_ONCE", 1)
    large = ShelfTable(session, LIGHT)
    qtbot.addWidget(large)
    large.show()
    large.open()
    assert titles(large) == []
    qtbot.waitUntil(lambda: titles(large) == titles(shelf))
    qtbot.waitUntil(lambda: len(large.model.shown.texts) == 2)
    assert not large.model.prepare(1)
    large.filter.setText("zoe thanks")
    qtbot.waitUntil(lambda: titles(large) == [a_flat_text().title])


def test_what_is_sorted_while_a_large_library_gets_ready_is_filtered_all_the_same(
    qtbot: QtBot, session: Session, shelf: ShelfTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nothing is prepared by itself: here a part of it, before another order.
    monkeypatch.setattr(library_table, "PREPARED_AT_ONCE", 0)
    large = ShelfTable(session, LIGHT)
    qtbot.addWidget(large)
    large.show()
    large.open()
    qtbot.waitUntil(lambda: len(titles(large)) == 2)
    assert large.model.prepare(1)
    last_first = [row.id for row in large.model.shown.rows[::-1]]
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        large.model.sort(0, order)
        if [row.id for row in large.model.shown.rows] == last_first:
            break
    monkeypatch.setattr(library_table, "PREPARED_AT_ONCE", 1)
    qtbot.keyClicks(large.filter, "zoe thanks")
    qtbot.waitUntil(lambda: titles(large) == [a_flat_text().title])
    assert not large.model.lacks(0)


@pytest.mark.parametrize("wait_ms", [0, 1, 60])
def test_what_is_typed_before_a_large_library_is_read_narrows_it(
    qtbot: QtBot,
    session: Session,
    shelf: ShelfTable,
    monkeypatch: pytest.MonkeyPatch,
    wait_ms: int,
) -> None:
    monkeypatch.setattr(list_reading, "READ_AT_ONCE", 1)
    monkeypatch.setattr(library_table, "PREPARED_AT_ONCE", 0)
    large = ShelfTable(session, LIGHT)
    qtbot.addWidget(large)
    large.show()
    large.open()
    qtbot.wait(wait_ms)
    monkeypatch.setattr(library_table, "PREPARED_AT_ONCE", 1)
    qtbot.keyClicks(large.filter, "zoe thanks")
    qtbot.waitUntil(lambda: titles(large) == [a_flat_text().title])
    session.workspace.library.rename(a_flat_text().id, "Another title")
    session.library_commands.changed.emit()
    qtbot.waitUntil(lambda: titles(large) == ["Another title"])


def test_a_large_library_that_is_being_read_is_there_before_another_document_opens(
    qtbot: QtBot, session: Session, shelf: ShelfTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_reading, "READ_AT_ONCE", 1)
    large = ShelfTable(session, LIGHT)
    qtbot.addWidget(large)
    large.show()
    large.open()
    # Asked for once more meanwhile, it holds no document twice.
    large.renew()
    assert titles(large) == []
    session.current.about_to_change.emit()
    assert titles(large) == titles(shelf)


def test_nobody_sees_what_the_user_before_has_read_of_a_large_library(
    qtbot: QtBot, session: Session, shelf: ShelfTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.workspace.notes.readings.update(an_article().id, lambda one: one._replace(percent=40))
    shelf.renew()
    assert shelf.model.shown.percents == {an_article().id: 40}
    shelf.hide()
    monkeypatch.setattr(list_reading, "READ_AT_ONCE", 1)
    session.users.switch("ben")
    shelf.show()
    shelf.open()
    assert shelf.model.shown.percents == {}
    assert titles(shelf) == []
    qtbot.waitUntil(lambda: len(titles(shelf)) == 2)
    assert 40 not in shelf.model.shown.percents.values()


def test_a_row_stays_under_the_pointer_that_selects_it(
    qtbot: QtBot, shelf: ShelfTable, session: Session
) -> None:
    """The second press of a double click falls where the first did: on the screen, not the row."""
    view = shelf.table
    row = view.visualRect(shelf.model.index(1, 0))
    on_screen = view.viewport().mapToGlobal(row.center())
    wanted = shelf.model.rows[1].id
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    qtbot.wait(20)  # what a selection shows has its place now
    again = view.viewport().mapFromGlobal(on_screen)
    assert view.indexAt(again).row() == 1
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=again)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=again)
    assert session.current.document is not None
    assert session.current.document.id == wanted


def test_after_a_removal_the_keyboard_is_at_the_row_that_came_there(
    qtbot: QtBot, shelf: ShelfTable, session: Session
) -> None:
    for number in range(4):
        file = f"Letter {number}".encode()
        letter = replace(a_flat_text(), id=hashlib.sha256(file).hexdigest(), title=file.decode())
        session.workspace.library.add(letter, file, {})
    shelf.renew()
    before = [row.id for row in shelf.model.rows]
    at = shelf.table.visualRect(shelf.model.index(2, 0)).center()
    qtbot.mouseClick(shelf.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    shelf.table.setFocus()
    qtbot.keyClick(shelf.table, Qt.Key.Key_Delete)
    assert shelf.chosen == (before[3],)
    qtbot.keyClick(shelf.table, Qt.Key.Key_Delete)
    assert shelf.chosen == (before[4],)
    qtbot.keyClick(shelf.table, Qt.Key.Key_Up)
    assert shelf.chosen == (before[1],)
