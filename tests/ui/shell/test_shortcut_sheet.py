"""The sheet of keys is a list in groups, is searched, and runs what it names."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QTreeWidget, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from reader.session.session import Session
from reader.settings import THEME
from reader.ui.shell import handlers
from reader.ui.shell.main_window import MainWindow
from reader.ui.shell.shortcut_sheet import ShortcutSheet
from reader.ui.widgets import theme as themes


@pytest.fixture
def sheet(qtbot: QtBot, session: Session) -> Iterator[ShortcutSheet]:
    session.settings.set(THEME, "light")
    window = MainWindow(session, themes.LIGHT)
    qtbot.addWidget(window)
    window.resize(1024, 640)
    window.show()
    sheet = ShortcutSheet(window.menus, themes.LIGHT, window)
    sheet.show()
    qtbot.waitExposed(sheet)
    yield sheet
    sheet.close()
    window.close()


def keys(sheet: ShortcutSheet) -> QTreeWidget:
    found = sheet.findChild(QTreeWidget, "shortcut_list")
    assert isinstance(found, QTreeWidget)
    return found


def field(sheet: ShortcutSheet) -> QLineEdit:
    found = sheet.findChild(QLineEdit, "shortcut_filter")
    assert isinstance(found, QLineEdit)
    return found


def groups(sheet: ShortcutSheet) -> list[QTreeWidgetItem]:
    tree = keys(sheet)
    found = [tree.topLevelItem(number) for number in range(tree.topLevelItemCount())]
    return [group for group in found if group is not None and not group.isHidden()]


def shown(sheet: ShortcutSheet) -> list[str]:
    """The commands in sight."""
    inside = [group.child(n) for group in groups(sheet) for n in range(group.childCount())]
    return [item.text(0) for item in inside if item is not None and not item.isHidden()]


def test_keys_stand_in_groups_and_fit_a_small_window(sheet: ShortcutSheet) -> None:
    names = [group.text(0) for group in groups(sheet)]
    assert names[:2] == ["File", "Edit"]
    assert {"Highlights and notes", "In the search field", "On the page"} <= set(names)
    assert sheet.width() <= 1024
    assert sheet.height() <= 640


def test_words_and_keys_narrow_them(sheet: ShortcutSheet, qtbot: QtBot) -> None:
    qtbot.keyClicks(field(sheet), "match f3")
    assert shown(sheet) == ["Next Match", "Previous Match"]
    field(sheet).clear()
    qtbot.keyClicks(field(sheet), "zzyzx")
    assert shown(sheet) == []
    assert keys(sheet).isHidden()


def test_enter_runs_what_is_named(sheet: ShortcutSheet, qtbot: QtBot, session: Session) -> None:
    qtbot.keyClicks(field(sheet), "notebook")
    qtbot.keyClick(field(sheet), Qt.Key.Key_Return)
    assert sheet.isHidden()
    window = sheet.parent()
    assert isinstance(window, MainWindow)
    assert handlers.shows_notebook(window)


def test_enter_runs_nothing_that_is_out_of_sight(
    sheet: ShortcutSheet, qtbot: QtBot, session: Session
) -> None:
    window = sheet.parent()
    assert isinstance(window, MainWindow)
    qtbot.keyClicks(field(sheet), "notebook zzyzx")
    with qtbot.assertNotEmitted(window.menus.chosen):
        qtbot.keyClick(field(sheet), Qt.Key.Key_Return)
    assert sheet.isVisible()


def test_the_arrows_go_into_the_list(sheet: ShortcutSheet, qtbot: QtBot) -> None:
    qtbot.keyClick(field(sheet), Qt.Key.Key_Down)
    qtbot.waitUntil(keys(sheet).hasFocus)
