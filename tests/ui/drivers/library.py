"""The library beside the page, as a table, and the details of a document."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from reader.ui.library.details_dialog import DetailsDialog
from reader.ui.library.library_pane import LibraryPane
from reader.ui.library.library_table import ShelfTable
from tests.ui.drivers.found import called, context_menu, label, write
from tests.ui.drivers.rows import RowsOnScreen


class LibraryList(RowsOnScreen):
    """The documents beside the page."""

    def __init__(self, qtbot: QtBot, pane: LibraryPane) -> None:
        super().__init__(qtbot, pane.list)
        self.pane = pane

    def menu(self, number: int) -> dict[str, QAction]:
        """What the menu of a row offers."""
        index = self.view.model().index(number, 0)
        return context_menu(self.view, self.view.visualRect(index).center())


class LibraryTable:
    """The documents in the place of the page."""

    def __init__(self, qtbot: QtBot, shelf: ShelfTable) -> None:
        self.qtbot = qtbot
        self.shelf = shelf

    @property
    def count(self) -> str:
        """How many documents there are, in words."""
        return label(self.shelf, "count").text()

    def menu(self, number: int) -> dict[str, QAction]:
        """What the menu of a row offers."""
        index = self.shelf.model.index(number, 0)
        return context_menu(self.shelf.table, self.shelf.table.visualRect(index).center())


class Details:
    """What is known of a document, in fields."""

    def __init__(self, qtbot: QtBot, dialog: DetailsDialog) -> None:
        self.qtbot = qtbot
        self.dialog = dialog

    def field(self, name: str) -> QLineEdit:
        return called(self.dialog, QLineEdit, name)

    def write(self, name: str, text: str) -> None:
        write(self.qtbot, self.field(name), text)

    def add(self, name: str, words: str) -> None:
        """Types names into a field that makes chips of them."""
        self.qtbot.keyClicks(self.field(name), words)
        self.qtbot.keyClick(self.field(name), Qt.Key.Key_Return)
