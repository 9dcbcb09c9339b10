from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMainWindow, QMenu
from pytestqt.qtbot import QtBot

from reader.model.annotation import COLOURS
from reader.session.session import Session
from reader.ui.commands.actions import ACTIONS, Action
from reader.ui.shell.menus import Menus
from tests.ui.samples import mark

ACTION = {action.id: action for action in ACTIONS}


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def menus(window: QMainWindow, session: Session) -> Menus:
    return Menus(session, window)


def key(code: Qt.Key) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, code, Qt.KeyboardModifier.NoModifier)


def test_it_says_what_is_to_be_carried_out(menus: Menus, session: Session) -> None:
    chosen: list[Action] = []
    menus.chosen.connect(chosen.append)
    menus.actions["notebook"].trigger()
    menus.run(ACTION["delete"])
    assert chosen == [ACTION["notebook"]]
    session.annotations.choose(mark(session, "new use"))
    menus.run(ACTION["delete"])
    assert chosen == [ACTION["notebook"], ACTION["delete"]]


def test_what_lacks_something_is_disabled_and_says_what(menus: Menus, session: Session) -> None:
    assert not menus.actions["delete"].isEnabled()
    assert menus.missing_for(key(Qt.Key.Key_Delete)).startswith("Choose a highlight first")
    assert menus.missing_for(key(Qt.Key.Key_F9)) == ""
    session.annotations.choose(mark(session, "new use"))
    assert menus.actions["delete"].isEnabled()
    assert menus.missing_for(key(Qt.Key.Key_Delete)) == ""


def test_the_context_menu_holds_what_is_done_with_a_passage(
    menus: Menus, window: QMainWindow
) -> None:
    (contents,) = menus.context.findChildren(QMenu)
    held = [action.data() for action in menus.context.actions() if action.data()]
    held += [action.data() for action in contents.actions()]
    assert sorted(held) == sorted([*COLOURS, *(one.id for one in ACTIONS if one.context)])
    window.show()
    menus.show_pages(window)
    menus.show_main(window)
    assert menus.main.isVisible()
    menus.main.close()
