"""The small pages beside the one that is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.importers.pdf.read import read
from reader.session.session import Session
from reader.settings import THEME, THUMBNAILS
from reader.ui.pdf.thumbnails import Thumbnails
from reader.ui.shell.main_window import Window
from reader.ui.widgets.theme import DARK, LIGHT
from tests.printed import two_columns
from tests.ui.samples import an_article

WAIT_MS = 20_000


@pytest.fixture
def printed(session: Session, tmp_path: Path) -> str:
    """A document of three pages, which is open."""
    path = tmp_path / "a.pdf"
    path.write_bytes(two_columns())
    reading = read(path)
    session.workspace.library.add(reading.document, path, reading.assets)
    session.navigation.open(reading.document.id)
    return reading.document.id


@pytest.fixture
def small(qtbot: QtBot, session: Session, printed: str) -> Thumbnails:
    small = Thumbnails(session, LIGHT)
    qtbot.addWidget(small)
    small.resize(256, 700)
    small.show()
    qtbot.wait(30)
    qtbot.waitUntil(lambda: small._tiles.settled, timeout=WAIT_MS)
    return small


def test_pages_are_drawn_and_a_click_goes_there(
    qtbot: QtBot, session: Session, small: Thumbnails
) -> None:
    image = small.grab().toImage()
    area = small.list.visualRect(small._rows.index(0, 0))
    leaf = small._delegate.leaf(small._rows.rows[0], area)
    middle = small.list.viewport().mapTo(small, leaf.area.toAlignedRect().topLeft())
    seen = {
        image.pixelColor(middle.x() + x, middle.y() + y).lightness()
        for x in range(5, 120, 2)
        for y in range(10, 80)
    }
    assert max(seen) == 255
    assert min(seen) < 200
    assert [small._rows.say(page) for page in small._rows.rows] == ["Page i", "Page 1", "Page 2"]
    with qtbot.waitSignal(session.pages.page_requested) as wanted:
        at = small.list.visualRect(small._rows.index(1, 0)).center()
        qtbot.mouseClick(small.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert wanted.args == [2]


def test_it_follows_the_reading(session: Session, small: Thumbnails) -> None:
    pages = session.pages.page_map
    assert pages is not None
    session.pages.locate_page(pages.pages[2], 0.0, pages.pages[2].span.start, last=True)
    assert small.list.currentIndex().row() == 2
    small.grab()
    session.pages.rotate()
    assert small._delegate.turn == 1
    small.set_theme(DARK)
    small.grab()
    small.take_focus()
    session.navigation.open(an_article().id)
    assert small._rows.rows == []


def test_the_window_shows_them_in_the_place_of_the_contents(
    qtbot: QtBot, session: Session, printed: str
) -> None:
    window = Window(session, LIGHT)
    qtbot.addWidget(window)
    window.resize(1200, 700)
    window.show()
    session.navigation.open(printed)
    window._show_document(session.current.document)
    assert window.upper.currentWidget() is window.contents
    session.settings.set(THUMBNAILS, True)
    assert window.upper.currentWidget() is window.thumbnails
    qtbot.wait(20)
    window.next_pane(1)
    session.settings.set(THEME, "dark")
    session.navigation.open(an_article().id)
    assert window.upper.currentWidget() is window.contents
    assert window.view is window.page
    session.navigation.open(printed)
    assert window.view is window.printed  # type: ignore[comparison-overlap]  # as it was changed
    session.pages.show_as_printed(False)
    assert window.upper.currentWidget() is window.contents
    assert window.sheet.currentWidget() is window.page
    for printed_now in (False, True):
        session.pages.show_as_printed(printed_now)
        window.header.type.click()
        shown = QApplication.activePopupWidget()
        assert shown is not None
        shown.close()
    qtbot.waitUntil(lambda: not session.background.busy, timeout=WAIT_MS)
