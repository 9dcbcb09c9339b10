"""The panes beside the page, as narrow as they can be drawn: no word or number is cut off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QSplitter
from pytestqt.qtbot import QtBot

from reader.session.session import Session
from reader.settings import INTERFACE_TEXT, THEME
from reader.ui.shell.main_window import MainWindow
from reader.ui.shell.theme_manager import dress
from reader.ui.widgets import theme as themes
from tests.ui.samples import mark

WAIT_MS = 20_000


@pytest.fixture(params=[1.0, 1.1, 1.5])
def narrow(
    qtbot: QtBot, styled: None, session: Session, request: pytest.FixtureRequest
) -> Iterator[MainWindow]:
    """A window with a search and a note, whose splitters were drawn as far as they go."""
    session.settings.set(THEME, "light")
    session.settings.set(INTERFACE_TEXT, request.param)
    theme = replace(themes.LIGHT, text_scale=request.param)
    dress(theme)
    window = MainWindow(session, theme)
    qtbot.addWidget(window)
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    session.current.changed.emit(session.current.document)
    mark(session, "new use", note="A note.")
    qtbot.keyClicks(window.header.search, "new use")
    qtbot.waitUntil(lambda: window.left.results.isVisible(), timeout=WAIT_MS)
    split = window.notes.parentWidget()
    assert isinstance(split, QSplitter)
    split.setSizes([1, 1360, 1])
    qtbot.wait(20)
    yield window
    window.close()
    dress(themes.LIGHT)


def test_the_numbers_of_results_are_whole(narrow: MainWindow) -> None:
    for name, most in (("article_tab", "Article 9999"), ("library_tab", "Library 9999")):
        tab = narrow.left.results.findChild(QAbstractButton, name)
        assert isinstance(tab, QAbstractButton)
        tab.setText(most)
    layout = narrow.left.results.layout()
    assert layout is not None
    layout.activate()
    for name in ("article_tab", "library_tab"):
        tab = narrow.left.results.findChild(QAbstractButton, name)
        assert isinstance(tab, QAbstractButton)
        assert tab.width() >= tab.sizeHint().width()


def test_the_title_and_the_number_of_notes_are_whole(narrow: MainWindow) -> None:
    count = narrow.notes.findChild(QLabel, "count")
    assert isinstance(count, QLabel)
    count.setText("999")
    layout = narrow.notes.layout()
    assert layout is not None
    layout.activate()
    title = next(one for one in narrow.notes.findChildren(QLabel) if one.text() == "Notes")
    for one in (title, count):
        assert one.width() >= one.sizeHint().width() - 1
