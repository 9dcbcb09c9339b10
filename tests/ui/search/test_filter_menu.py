"""A search is narrowed by what the menu writes into it, and widened again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from reader.session.session import Session
from reader.ui.search.filter_menu import NarrowingMenu, bare, narrowed
from tests.ui.samples import answer, mark


@pytest.mark.parametrize(
    ("text", "narrowing", "expected"),
    [
        ("nmda dose", "in:notes", "nmda dose in:notes"),
        ("in:title  nmda", "in:notes", "nmda in:notes"),
        ("nmda in:notes", "in:notes", "nmda"),
        ('nmda tag:"first dose" in:text', "tag:dose", "nmda in:text tag:dose"),
        ("", "colour:pink", "colour:pink"),
    ],
)
def test_a_narrowing_takes_the_place_of_others_of_its_field(
    text: str, narrowing: str, expected: str
) -> None:
    assert narrowed(text, narrowing) == expected


def test_what_is_left_without_narrowings() -> None:
    assert bare('in:title a tag:"b c" colour:pink main:d') == "a main:d"


@pytest.fixture
def menu(qtbot: QtBot, session: Session) -> Iterator[NarrowingMenu]:
    mark(session, "NMDA", tags=("dose", "to do"))
    assert session.current.document is not None
    session.workspace.library.details.label(
        "collection", session.current.document.id, ["Pain, acute"]
    )
    answer(session, "NMDA in:title")
    parent = QWidget()
    qtbot.addWidget(parent)
    yield NarrowingMenu(session, parent)
    parent.hide()


def titles(menu: NarrowingMenu) -> list[str]:
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def test_the_menu_says_where_to_look_and_what_is_ticked(menu: NarrowingMenu) -> None:
    assert titles(menu) == [
        "In the text",
        "In titles and headings",
        "In reference lists",
        "In your notes",
        "Notes in a colour",
        "Notes with a tag",
        "Documents in a collection",
        "Documents of a kind",
        "Published",
        "Everywhere",
    ]
    assert [action.text() for action in menu.actions() if action.isChecked()] == [
        "In titles and headings"
    ]


def test_choosing_asks_anew(menu: NarrowingMenu, session: Session) -> None:
    actions = {action.text(): action for action in menu.actions()}
    actions["In your notes"].trigger()
    assert session.search.state.text == "NMDA in:notes"
    tags = actions["Notes with a tag"].menu()
    assert isinstance(tags, QMenu)
    next(action for action in tags.actions() if action.text() == "#to do").trigger()
    assert session.search.state.text == 'NMDA in:notes tag:"to do"'
    collections = actions["Documents in a collection"].menu()
    assert isinstance(collections, QMenu)
    collections.actions()[0].trigger()
    assert session.search.state.text == 'NMDA in:notes tag:"to do" collection:"Pain, acute"'
    actions["Everywhere"].trigger()
    assert session.search.state.text == "NMDA"


def test_what_there_is_none_of_is_not_offered(qtbot: QtBot, session: Session) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    assert titles(NarrowingMenu(session, parent))[4:] == [
        "Notes in a colour",
        "Documents of a kind",
        "Published",
        "Everywhere",
    ]
