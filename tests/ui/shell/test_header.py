"""The search field offers what was looked for before, and takes what was meant."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from reader.model.search import Answer, Query
from reader.session.session import Session
from reader.settings import RECENT_SEARCHES
from reader.ui.shell.header import SearchField
from reader.ui.widgets.theme import LIGHT
from tests.ui.drivers.painted import painted
from tests.ui.samples import an_article, answer, hits_of


@pytest.fixture
def field(qtbot: QtBot, session: Session) -> SearchField:
    field = SearchField(session, LIGHT)
    qtbot.addWidget(field)
    field.resize(400, 34)
    field.show()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    return field


def shown(field: SearchField) -> list[str]:
    """What stands in the field, each piece as it is painted."""
    return [run.text for run in painted(field)]


def offered(qtbot: QtBot, field: SearchField) -> QMenu:
    qtbot.keyClick(field, Qt.Key.Key_Down)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions()]


def test_kept_and_recent_searches_are_offered_and_taken(
    qtbot: QtBot, field: SearchField, session: Session
) -> None:
    menu = offered(qtbot, field)
    assert texts(menu) == ["No searches yet"]
    menu.close()
    session.search.kept.save("mg & kg")
    session.settings.set(RECENT_SEARCHES, ["NMDA", "mg & kg"])
    menu = offered(qtbot, field)
    assert texts(menu) == ["Kept", "mg && kg", "Recent", "NMDA"]
    menu.actions()[1].trigger()
    menu.close()
    assert field.text() == session.search.state.text == "mg & kg"


def test_enter_goes_on_to_the_library_when_the_article_has_nothing(
    qtbot: QtBot, field: SearchField, session: Session
) -> None:
    assert session.current.document is not None
    library = hits_of(an_article("Another"), "ketamine")
    field.setText("x")
    number = session.search.state.ask("x")
    session.search.state.take(number, Answer(Query("x", session.current.document.id), (), 0))
    session.search.state.take(number, Answer(Query("x"), library, len(library)))
    with qtbot.waitSignal(field.results_wanted, timeout=1_000):
        qtbot.keyClick(field, Qt.Key.Key_Return)


def test_down_in_a_search_goes_to_the_next_hit(
    qtbot: QtBot, field: SearchField, session: Session
) -> None:
    answer(session, "ketamine")
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert session.search.state.current == 0


def test_tab_takes_what_was_meant_and_else_goes_on(
    qtbot: QtBot, field: SearchField, session: Session
) -> None:
    answer(session, "ketmine", suggestion="ketamine")
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert session.search.state.text == "ketamine"
    answer(session, "ketamine")
    assert not session.search.take_suggestion()


def test_the_rest_of_a_word_is_shown_and_taken_by_tab(
    qtbot: QtBot, field: SearchField, session: Session
) -> None:
    field.setText("ketamine anta")
    answer(session, "ketamine anta", completion="antagonist")
    assert "gonist" in shown(field)
    field.setCursorPosition(3)
    assert "gonist" not in shown(field)
    field.end(False)
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert field.text() == session.search.state.text == "ketamine antagonist"
    assert "gonist" not in shown(field)
    answer(session, "Anta", completion="other")
    assert session.search.state.completion == ""
