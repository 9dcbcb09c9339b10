"""The small pages beside the one that is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.importers.pdf.read import read
from reader.session.session import Session
from reader.settings import THEME, THUMBNAILS
from reader.ui.pdf.thumbnails import ThumbnailDelegate, Thumbnails
from reader.ui.shell.main_window import MainWindow
from reader.ui.widgets.theme import DARK, LIGHT
from tests.printed import two_columns
from tests.ui.drivers.rows import RowsOnScreen
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
    qtbot.waitUntil(lambda: not session.background.busy, timeout=WAIT_MS)
    return small


@pytest.fixture
def pages(qtbot: QtBot, small: Thumbnails) -> RowsOnScreen:
    return RowsOnScreen(qtbot, small.list)


def delegate_of(small: Thumbnails) -> ThumbnailDelegate:
    delegate = small.list.itemDelegate()
    assert isinstance(delegate, ThumbnailDelegate)
    return delegate


def test_pages_are_drawn_and_a_click_goes_there(
    qtbot: QtBot, session: Session, small: Thumbnails, pages: RowsOnScreen
) -> None:
    image = small.grab().toImage()
    placed = delegate_of(small).placed(pages.rows[0], pages.area(pages.rows[0]))
    middle = small.list.viewport().mapTo(small, placed.area.toAlignedRect().topLeft())
    seen = {
        image.pixelColor(middle.x() + x, middle.y() + y).lightness()
        for x in range(5, 120, 2)
        for y in range(10, 80)
    }
    assert max(seen) == 255
    assert min(seen) < 200
    assert pages.said == ["Page i", "Page 1", "Page 2"]
    with qtbot.waitSignal(session.pages.page_requested) as wanted:
        pages.click(pages.rows[1])
    assert wanted.args == [2]


def test_it_follows_the_reading(session: Session, small: Thumbnails) -> None:
    pages = session.pages.page_map
    assert pages is not None
    session.pages.locate_page(pages.pages[2], 0.0, pages.pages[2].span.start, last=True)
    assert small.list.currentIndex().row() == 2
    small.grab()
    session.pages.rotate()
    assert delegate_of(small).turn == 1
    small.set_theme(DARK)
    small.grab()
    small.take_focus()
    session.navigation.open(an_article().id)
    assert small.list.model().rowCount() == 0


def test_the_window_shows_them_in_the_place_of_the_contents(
    qtbot: QtBot, session: Session, printed: str
) -> None:
    window = MainWindow(session, LIGHT)
    qtbot.addWidget(window)
    window.resize(1200, 700)
    window.show()
    session.navigation.open(printed)
    assert window.left.upper.currentWidget() is window.left.contents
    session.settings.set(THUMBNAILS, True)
    assert window.left.upper.currentWidget() is window.left.thumbnails
    qtbot.wait(20)
    window.panes.focus_next(1)
    session.settings.set(THEME, "dark")
    session.navigation.open(an_article().id)
    assert window.left.upper.currentWidget() is window.left.contents
    assert window.document_stack.view is window.document_stack.page
    session.navigation.open(printed)
    assert window.document_stack.view is window.document_stack.printed  # type: ignore[comparison-overlap]  # as it was changed
    session.pages.show_as_printed(False)
    assert window.left.upper.currentWidget() is window.left.contents
    assert window.document_stack.currentWidget() is window.document_stack.page
    for printed_now in (False, True):
        session.pages.show_as_printed(printed_now)
        window.header.type.click()
        shown = QApplication.activePopupWidget()
        assert shown is not None
        shown.close()
    qtbot.waitUntil(lambda: not session.background.busy, timeout=WAIT_MS)
