"""The dialogs of the shell and the export of notes, as a person meets them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QRadioButton,
)
from pytestqt.qtbot import QtBot

from reader.model.annotation import Colour
from reader.ui.notes.export_dialog import ExportDialog
from reader.ui.notes.template_dialog import Preview
from reader.ui.shell.command_palette import Palette
from reader.ui.shell.dialogs import ColoursDialog, UserDialog
from reader.ui.widgets.controls import ColourDot
from tests.ui.drivers.found import called, choose, confirm, label, labelled, press, write


class UserChoice:
    """The dialog that switches the user."""

    def __init__(self, qtbot: QtBot, dialog: UserDialog) -> None:
        self.qtbot = qtbot
        self.dialog = dialog

    @property
    def problem(self) -> str:
        """Why the name that was typed cannot be one; "" while nothing is said."""
        said = label(self.dialog, "problem")
        return "" if said.isHidden() else said.text()

    @property
    def users(self) -> QListWidget:
        return called(self.dialog, QListWidget, "Users")

    @property
    def chosen(self) -> str:
        return self.users.currentItem().text()

    def choose(self, name: str) -> None:
        """Chooses a user of the list by the first letters of the name."""
        self.qtbot.keyClicks(self.users, name)

    def switch_to(self, name: str) -> None:
        """Types the name of a user, and switches."""
        write(self.qtbot, called(self.dialog, QLineEdit, "Name of a new user"), name)
        self.switch()

    def switch(self) -> None:
        press(self.dialog, "Switch")


class ColourNames:
    """The dialog that gives the colours meanings."""

    def __init__(self, qtbot: QtBot, dialog: ColoursDialog) -> None:
        self.qtbot = qtbot
        self.dialog = dialog

    def name(self, colour: Colour, meaning: str) -> None:
        write(self.qtbot, called(self.dialog, QLineEdit, f"Meaning of {colour}"), meaning)

    def keep(self) -> None:
        confirm(self.dialog)


class Export:
    """The dialog that exports notes."""

    def __init__(self, qtbot: QtBot, dialog: ExportDialog) -> None:
        self.qtbot = qtbot
        self.dialog = dialog

    @property
    def count(self) -> str:
        """How many notes go out, in words."""
        return label(self.dialog, "count").text()

    @property
    def preview(self) -> str:
        directly = Qt.FindChildOption.FindDirectChildrenOnly
        (found,) = self.dialog.findChildren(Preview, options=directly)
        return found.toPlainText()

    @property
    def save(self) -> QPushButton:
        return called(self.dialog, QPushButton, "Save…")

    @property
    def copy(self) -> QPushButton:
        return called(self.dialog, QPushButton, "Copy")

    @property
    def whole_library(self) -> QRadioButton:
        return called(self.dialog, QRadioButton, "The whole library")

    @property
    def bare(self) -> QCheckBox:
        return called(self.dialog, QCheckBox, "Quotes only, without notes and tags")

    @property
    def template(self) -> QComboBox:
        """Which template the notes go out by."""
        return called(self.dialog, QComboBox, "Template")

    @property
    def edit(self) -> QPushButton:
        """What opens the template to be edited."""
        return called(self.dialog, QPushButton, "Edit…")

    @property
    def asks_for_collection(self) -> bool:
        """Whether a collection can be chosen."""
        return any(
            one.text() == "Collection" and not one.isHidden()
            for one in self.dialog.findChildren(QLabel)
        )

    def choose_collection(self, name: str) -> None:
        choose(self.qtbot, labelled(self.dialog, QComboBox, "Collection"), name)

    def dot(self, colour: Colour) -> ColourDot:
        """What leaves only notes of a colour."""
        (found,) = (d for d in self.dialog.findChildren(ColourDot) if d.colour == colour)
        return found

    def tags(self, text: str) -> None:
        """Types which tags go out."""
        name = "Only these tags, with spaces or commas between"
        write(self.qtbot, called(self.dialog, QLineEdit, name), text)

    def since(self, text: str) -> None:
        """Types from when on notes go out."""
        name = "First day, month or year on which a note was made"
        write(self.qtbot, called(self.dialog, QLineEdit, name), text)

    def until(self, text: str) -> None:
        """Types until when notes go out."""
        name = "Last day, month or year on which a note was made"
        write(self.qtbot, called(self.dialog, QLineEdit, name), text)


class Commands:
    """The palette of all commands."""

    def __init__(self, qtbot: QtBot, palette: Palette) -> None:
        self.qtbot = qtbot
        self.palette = palette

    @property
    def found(self) -> list[str]:
        """The commands that are offered, from above."""
        shown = called(self.palette, QListWidget, "Commands")
        return [shown.item(number).text() for number in range(shown.count())]

    @property
    def field(self) -> QLineEdit:
        return called(self.palette, QLineEdit, "Name of a command")

    def look_for(self, words: str) -> None:
        write(self.qtbot, self.field, words)

    def press(self, key: Qt.Key) -> None:
        self.qtbot.keyClick(self.field, key)
