from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reader.session.session import Session
from reader.settings import THUMBNAILS
from reader.ui.shell.left_pane import LeftPane
from reader.ui.shell.theme_manager import ThemeManager
from reader.ui.widgets import theme as themes
from tests.ui.samples import answer


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 600)
    return window


@pytest.fixture
def left(window: QWidget, session: Session) -> Iterator[LeftPane]:
    left = LeftPane(session, ThemeManager(session, themes.LIGHT, window))
    left.setParent(window)
    left.resize(300, 600)
    window.show()
    session.current.changed.emit(session.current.document)
    yield left
    left.hide()


def test_results_are_shown_as_long_as_there_is_a_search(left: LeftPane, session: Session) -> None:
    assert left.currentWidget() is left.reading
    left.hide()
    answer(session, "ketamine")
    assert left.isVisible()
    assert left.currentWidget() is left.results
    session.search.find("")
    assert left.currentWidget() is left.reading


def test_the_keyboard_goes_to_the_list_in_sight(
    left: LeftPane, session: Session, window: QWidget
) -> None:
    left.take_focus()
    assert window.focusWidget() is left.contents.list
    answer(session, "ketamine")
    left.take_focus()
    assert window.focusWidget() is left.results.list


def test_an_article_has_no_small_pages(left: LeftPane, session: Session) -> None:
    session.settings.set(THUMBNAILS, True)
    assert left.upper.currentWidget() is left.contents
    assert left.thumbnails is None
