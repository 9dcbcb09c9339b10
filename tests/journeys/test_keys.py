"""Keys as a person wants them: letters alone switched off, others given, kept for the next time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QListWidget,
)

from reader.settings import KEYS
from tests.journeys.conftest import Person
from tests.ui.drivers.found import called, label, press

Start = Callable[..., Person]
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
Key = Qt.Key


def in_the_dialog(person: Person, do: Callable[[QDialog], None]) -> None:
    """Opens the dialog of the keys, does something in it, and closes it."""
    seen: list[QDialog] = []

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        seen.append(dialog)
        try:
            do(dialog)
        finally:
            dialog.reject()

    QTimer.singleShot(50, act)
    person.window.menus.actions["keys"].trigger()
    assert seen


def choose(person: Person, dialog: QDialog, words: str) -> None:
    field = called(dialog, QLineEdit, "Search commands and keys")
    field.clear()
    person.qtbot.keyClicks(field, words)


def listed(dialog: QDialog) -> str:
    item = called(dialog, QListWidget, "Commands and their keys").currentItem()
    assert item is not None
    return item.text()


def select_a_word(person: Person) -> None:
    person.window.activateWindow()
    person.until(person.window.isActiveWindow)
    person.press(Key.Key_Escape)
    person.press(Key.Key_Right, SHIFT | CONTROL)
    assert person.session.selection.span is not None


def test_letters_alone_can_be_switched_off(start: Start) -> None:
    person = start()
    in_the_dialog(person, lambda d: d.findChildren(QCheckBox)[0].click())
    select_a_word(person)
    person.press(Key.Key_H)
    assert not person.session.annotations.all
    person.press(Key.Key_H, CONTROL)
    assert person.only_note()
    # Somebody else has them, and they are kept as they were for the first.
    person.session.users.switch("bert")
    person.press(Key.Key_B)
    assert person.only_note().motivation == "bookmarking"
    person.session.users.switch("anna")
    person.press(Key.Key_B)
    assert person.only_note().motivation == "highlighting"


def test_a_command_gets_another_key_and_a_conflict_is_said_before(start: Start) -> None:
    person = start()
    said: list[str] = []

    def give(dialog: QDialog) -> None:
        choose(person, dialog, "highlight in the colour")
        field = called(dialog, QKeySequenceEdit, "New key")
        person.qtbot.keyClick(field, Key.Key_N)
        said.append(label(dialog, "conflict").text())
        press(dialog, "Give All the Same")
        said.append(listed(dialog))
        said.append(label(dialog, "conflict").text())

    in_the_dialog(person, give)
    assert said == ["N belongs to “Write Note”, which would lose it.", "Highlight    N", ""]
    select_a_word(person)
    person.press(Key.Key_N)
    assert person.only_note().motivation == "highlighting"
    assert person.session.settings.get(KEYS) == {
        "highlight": ["N"],
        "note": ["Ctrl+M"],
    }

    def take_back(dialog: QDialog) -> None:
        choose(person, dialog, "highlight in the colour")
        press(dialog, "No Key")
        said.append(listed(dialog))
        press(dialog, "Standard")
        said.append(listed(dialog))
        press(dialog, "Standard Keys")
        choose(person, dialog, "write a note on the passage")
        said.append(listed(dialog))
        assert called(dialog, QLabel, "New key").buddy() is not None

    in_the_dialog(person, take_back)
    assert said[3:] == ["Highlight", "Highlight    H  or  Ctrl+H", "Write Note    N  or  Ctrl+M"]
