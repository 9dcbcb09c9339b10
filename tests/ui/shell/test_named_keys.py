"""Wherever the window names a key, it is the one that the user has given the command."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QTreeWidget, QWidget
from pytestqt.qtbot import QtBot

from reader.session.session import Session
from reader.settings import COLOUR_MEANINGS, KEYS, SINGLE_KEYS, THEME
from reader.ui.commands.actions import ACTIONS
from reader.ui.commands.key_map import give, keys_of, with_keys
from reader.ui.shell.keys_dialog import KeysDialog
from reader.ui.shell.main_window import MainWindow
from reader.ui.shell.shortcut_sheet import ShortcutSheet
from reader.ui.widgets import theme as themes
from tests.ui.drivers.found import called, press
from tests.ui.views import offers

EXPORT = next(action for action in ACTIONS if action.id == "export")


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> Iterator[MainWindow]:
    session.settings.set(THEME, "light")
    window = MainWindow(session, themes.LIGHT)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    session.current.changed.emit(session.current.document)
    yield window
    window.close()


def tips(window: MainWindow) -> list[str]:
    return [one.toolTip() for one in window.findChildren(QWidget) if one.toolTip()]


def rows(sheet: ShortcutSheet) -> dict[str, str]:
    """The keys on the sheet by the commands' names."""
    tree = sheet.findChild(QTreeWidget, "shortcut_list")
    assert isinstance(tree, QTreeWidget)
    groups = [tree.topLevelItem(number) for number in range(tree.topLevelItemCount())]
    items = [g.child(n) for g in groups if g is not None for n in range(g.childCount())]
    return {item.text(0): item.text(1) for item in items if item is not None}


def test_the_sheet_has_the_keys_of_the_user(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    give(session.settings, EXPORT, ("Ctrl+Alt+X",))
    session.settings.set(SINGLE_KEYS, False)
    sheet = ShortcutSheet(window.menus, window.theme, window)
    qtbot.addWidget(sheet)
    found = rows(sheet)
    assert found["Export Notes…"] == "Ctrl+Alt+X"
    assert found["Highlight"] == "Ctrl+H"  # the letter alone is switched off
    assert "Extend to Negation" not in found


def test_tooltips_follow_the_keys(window: MainWindow, session: Session) -> None:
    assert "Export notes (Ctrl+E)" in tips(window)
    give(session.settings, EXPORT, ("Ctrl+Alt+X",))
    assert "Export notes (Ctrl+Alt+X)" in tips(window)
    assert not [tip for tip in tips(window) if "Ctrl+E)" in tip]
    session.settings.set(KEYS, {})
    assert "Export notes (Ctrl+E)" in tips(window)


def test_no_tooltip_names_a_key_of_a_command_by_itself(
    window: MainWindow, session: Session
) -> None:
    session.settings.set(KEYS, {action.id: [] for action in ACTIONS})
    standard = {key for action in ACTIONS for key in action.keys if len(key) > 1}
    assert not [tip for tip in tips(window) for key in standard if f"({key})" in tip]
    assert "Export notes (File > Export Notes…)" in tips(window)


def test_another_user_has_other_keys(window: MainWindow, session: Session) -> None:
    give(session.settings, EXPORT, ("Ctrl+Alt+X",))
    session.users.switch("Beth")
    assert "Export notes (Ctrl+E)" in tips(window)


def test_a_message_names_the_key(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    find = next(action for action in ACTIONS if action.id == "find")
    give(session.settings, find, ("Ctrl+Alt+Y",))
    qtbot.keyClick(window, Qt.Key.Key_F3)
    assert window.middle.message.sentence == "Find something first: Ctrl+Alt+Y."
    session.notifier.offer("Said.", "Extend ([extend])", session.drafts.flush)
    labels = [one.text() for one in window.middle.message.findChildren(QAbstractButton)]
    assert "Extend (E)" in labels


def test_every_named_command_is_one(session: Session) -> None:
    assert with_keys(session.settings, "[undo] and [watch]") == "Ctrl+Z and File > Watched Folder…"


def test_colours_are_named_with_their_keys(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    page = window.document_stack.page
    qtbot.keyClick(page, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: offers(page))
    said = f"{session.annotations.meaning('green')} – green"
    assert f"{said} (2)" in tips(window)
    session.settings.set(SINGLE_KEYS, False)
    assert f"{said} (Ctrl+2)" in tips(window)
    session.settings.set(COLOUR_MEANINGS, {"green": "[sic] and [so on]"})
    assert "[sic] and [so on] – green (Ctrl+2)" in tips(window)


def test_enter_after_a_search_puts_no_keys_back(window: MainWindow, qtbot: QtBot) -> None:
    settings = window.session.settings
    give(settings, EXPORT, ("Ctrl+Alt+E",))
    dialog = KeysDialog(settings, window)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    field = called(dialog, QLineEdit, "Search commands and keys")
    qtbot.keyClicks(field, "export")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert keys_of(settings, EXPORT) == ("Ctrl+Alt+E",)
    press(dialog, "Standard Keys")
    assert keys_of(settings, EXPORT) == EXPORT.keys


def test_enter_in_the_sheet_runs_the_command_that_is_called_so(
    window: MainWindow, qtbot: QtBot
) -> None:
    sheet = ShortcutSheet(window.menus, themes.LIGHT, window)
    qtbot.addWidget(sheet)
    sheet.show()
    listed = called(sheet, QTreeWidget, "Keyboard shortcuts")
    # “Next Note” stands before it, which goes “to the next highlight”.
    qtbot.keyClicks(called(sheet, QLineEdit, "Search commands and keys"), "highlight")
    current = listed.currentItem()
    assert current is not None
    assert current.text(0) == "Highlight"
