"""The library lists documents, opens them, and can rename and remove any of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QPushButton
from pytestqt.qtbot import QtBot

from reader.problem import Problem
from reader.session import catalog
from reader.session.session import Session
from reader.store.catalog import CatalogEntry
from reader.ui.library.details_dialog import DetailsDialog
from reader.ui.library.editions_dialog import EditionsDialog
from reader.ui.library.library_pane import LibraryPane
from reader.ui.widgets.controls import IconButton
from reader.ui.widgets.theme import DARK, LIGHT
from tests.ui.drivers.found import button, called, context_menu, label
from tests.ui.drivers.library import LibraryList
from tests.ui.samples import a_flat_text, an_article


@pytest.fixture
def pane(qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch) -> LibraryPane:
    letter = a_flat_text()
    session.workspace.library.add(letter, letter.title.encode(), {})
    # As if both had been there for long.
    monkeypatch.setattr(catalog, "NEW_FOR", timedelta(seconds=-60))
    pane = LibraryPane(session, LIGHT)
    qtbot.addWidget(pane)
    pane.resize(256, 300)
    pane.show()
    qtbot.waitExposed(pane)
    return pane


@pytest.fixture
def library(qtbot: QtBot, pane: LibraryPane) -> LibraryList:
    return LibraryList(qtbot, pane)


def test_the_document_read_last_is_on_top_and_marked_open(
    pane: LibraryPane, library: LibraryList
) -> None:
    first, second = library.rows
    assert (first.entry.title, first.open) == (an_article().title, True)
    assert (second.entry.title, second.open) == (a_flat_text().title, False)
    assert button(pane, "count").text() == "All 2"
    said = pane.list.model().index(0, 0).data()
    assert said == f"{first.entry.title}, Article · 1 min, 0 percent read, open"


def test_a_click_opens_a_document(
    qtbot: QtBot, pane: LibraryPane, library: LibraryList, session: Session
) -> None:
    place = pane.list.visualRect(pane.list.model().index(1, 0)).center()
    qtbot.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert session.current.document is not None
    assert session.current.document.title == a_flat_text().title
    assert library.rows[0].entry.id == session.current.document.id


def test_the_number_of_documents_leads_to_the_table(qtbot: QtBot, pane: LibraryPane) -> None:
    count = next(b for b in pane.findChildren(QPushButton) if b.text() == "All 2")
    with qtbot.waitSignal(pane.table_wanted):
        qtbot.mouseClick(count, Qt.MouseButton.LeftButton)


def test_enter_opens_one_by_keyboard(qtbot: QtBot, pane: LibraryPane, session: Session) -> None:
    pane.take_focus()
    qtbot.keyClick(pane.list, Qt.Key.Key_Down)
    qtbot.keyClick(pane.list, Qt.Key.Key_Return)
    assert session.current.document is not None
    assert session.current.document.title == a_flat_text().title


def test_the_bar_grows_with_the_reading(
    pane: LibraryPane, library: LibraryList, session: Session
) -> None:
    assert session.current.document is not None
    before = pane.grab().toImage()
    half = len(session.current.document.text) // 2
    session.navigation.report_location(half, 0.0, half + 10)
    assert library.rows[0].percent == 50
    assert pane.grab().toImage() != before
    session.navigation.save()
    session.navigation.report_location(half, 0.0, half + 10)
    assert library.rows[0].percent == 50


def test_its_menu_opens_a_document(library: LibraryList, session: Session) -> None:
    library.menu(1)["Open"].trigger()
    assert session.current.document is not None
    assert session.current.document.title == a_flat_text().title


def test_its_menu_renames_a_document_that_is_not_open(
    library: LibraryList, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def answer(*_: object, text: str) -> tuple[str, bool]:
        asked.append(text)
        return "A better title", True

    monkeypatch.setattr(QInputDialog, "getText", answer)
    library.menu(1)["Rename…"].trigger()
    assert asked == [a_flat_text().title]
    assert [row.entry.title for row in library.rows] == [an_article().title, "A better title"]


def test_its_menu_removes_a_document_at_once(library: LibraryList, session: Session) -> None:
    library.menu(1)["Remove"].trigger()
    assert session.workspace.library.details.trash() == [(a_flat_text().id, a_flat_text().title)]


def test_its_menu_shows_earlier_editions(
    library: LibraryList, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(EditionsDialog, "exec", lambda dialog: asked.append(dialog))
    library.menu(0)["Earlier Editions…"].trigger()
    assert len(asked) == 1


def test_its_menu_shows_the_details(library: LibraryList, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(DetailsDialog, "exec", lambda dialog: asked.append(dialog))
    library.menu(1)["Details…"].trigger()
    assert len(asked) == 1


def test_there_is_no_menu_beside_the_rows(pane: LibraryPane) -> None:
    beside = pane.list.viewport().rect().bottomRight()
    assert context_menu(pane.list, beside) == {}


def test_an_empty_library_says_what_to_do(pane: LibraryPane, session: Session) -> None:
    for entry in session.workspace.library.catalog.entries():
        session.workspace.library.remove(entry.id)
    session.current.document = None
    session.library_commands.changed.emit()
    assert label(pane, "notice").isVisible()
    assert not pane.list.isVisible()
    assert button(pane, "count").text() == ""
    assert "Ctrl+O" in label(pane, "notice").text()


def test_the_button_asks_for_documents(qtbot: QtBot, pane: LibraryPane) -> None:
    with qtbot.waitSignal(pane.open_wanted):
        qtbot.mouseClick(called(pane, IconButton, "Open documents"), Qt.MouseButton.LeftButton)


def test_a_long_title_is_whole_in_its_tip(library: LibraryList) -> None:
    row = library.rows[0]
    assert library.tip(row) == f"{row.entry.title}\narticle.txt"


def test_it_takes_another_theme_and_can_be_mirrored(pane: LibraryPane) -> None:
    light = pane.grab().toImage()
    pane.set_theme(DARK)
    dark = pane.grab().toImage()
    assert dark != light
    pane.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert pane.grab().toImage() != dark


def test_a_long_list_comes_after_the_first_paint(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalog, "LONG", 0)
    session.workspace.library.rename(an_article().id, "Another title")
    pane = LibraryPane(session, LIGHT)
    qtbot.addWidget(pane)
    model = pane.list.model()
    # What the window opens at its start does not fill it either.
    session.library_commands.changed.emit()
    assert model.rowCount() == 0
    pane.show()
    qtbot.waitUntil(lambda: model.rowCount() == 1)
    count = pane.findChild(QPushButton, "count")
    assert count is not None
    assert count.text() == "All 1"
    # What changes later is read in steps too, and not at all as long as nobody sees it.
    pane.hide()
    session.workspace.library.rename(an_article().id, "A third title")
    session.library_commands.changed.emit()
    qtbot.wait(20)
    assert session.catalog.is_stale
    pane.show()
    qtbot.waitUntil(lambda: "A third title" in str(model.index(0, 0).data()))
    assert not session.catalog.is_stale


def test_a_long_list_that_could_not_be_read_is_read_at_the_next_change(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalog, "LONG", 0)
    session.workspace.library.rename(an_article().id, "Another title")
    pane = LibraryPane(session, LIGHT)
    qtbot.addWidget(pane)

    def unreadable(_most: int) -> Iterator[list[CatalogEntry]]:
        raise Problem("The library is in use.")
        yield []

    with monkeypatch.context() as now, qtbot.captureExceptions() as raised:
        now.setattr(session.workspace.library.catalog, "in_parts", unreadable)
        pane.show()
        qtbot.waitUntil(lambda: len(raised) == 1)
    session.library_commands.changed.emit()
    qtbot.waitUntil(lambda: pane.list.model().rowCount() == 1)


def test_a_long_list_that_is_hidden_as_soon_as_it_was_painted_is_read_when_it_is_seen(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalog, "LONG", 0)
    session.workspace.library.rename(an_article().id, "Another title")
    pane = LibraryPane(session, LIGHT)
    qtbot.addWidget(pane)
    pane.show()
    pane.grab()  # which paints it now
    pane.hide()
    qtbot.wait(20)
    assert session.catalog.is_stale
    pane.show()
    qtbot.waitUntil(lambda: pane.list.model().rowCount() == 1)
