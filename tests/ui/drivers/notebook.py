"""The notebook and the history of a note, as a person meets them."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QListWidget, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from reader.model.annotation import Colour
from reader.ui.notes.history_dialog import HistoryDialog
from reader.ui.notes.notebook_rows import Heading, NotebookRows
from reader.ui.notes.notebook_view import NotebookPane
from reader.ui.widgets.controls import ColourDot
from tests.ui.drivers.found import called, label
from tests.ui.drivers.rows import RowsOnScreen


class Notebook(RowsOnScreen):
    """Headings with the notes under them, and the filters above."""

    def __init__(self, qtbot: QtBot, pane: NotebookPane) -> None:
        super().__init__(qtbot, pane.list)
        self.pane = pane

    @property
    def model(self) -> NotebookRows:
        found = self.view.model()
        assert isinstance(found, NotebookRows)
        return found

    @property
    def shown(self) -> list[str]:
        """The rows: headings by their titles, notes by their quotes."""
        return [row.title if isinstance(row, Heading) else self.quote(row) for row in self.rows]

    def quote(self, annotation_id: str) -> str:
        note = self.model.note(annotation_id)
        assert note is not None
        return note.target.quote.exact

    @property
    def count(self) -> str:
        """How many notes there are, in words."""
        return label(self.pane, "count").text()

    def dot(self, colour: Colour) -> ColourDot:
        """What shows only notes of a colour."""
        (found,) = (one for one in self.pane.findChildren(ColourDot) if one.colour == colour)
        return found

    def index(self, number: int) -> QModelIndex:
        return self.model.index(number, 0)

    def choose(self, *numbers: int) -> None:
        """Clicks rows, all but the first with Ctrl held."""
        held = Qt.KeyboardModifier.NoModifier
        for number in numbers:
            index = self.index(number)
            self.view.scrollTo(index)
            place = self.view.visualRect(index).center()
            viewport = self.view.viewport()
            self.qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, held, place)
            held = Qt.KeyboardModifier.ControlModifier

    def double_click(self, number: int) -> None:
        """Double-clicks a row."""
        place: QPoint = self.view.visualRect(self.index(number)).center()
        viewport, left = self.view.viewport(), Qt.MouseButton.LeftButton
        self.qtbot.mouseClick(viewport, left, pos=place)
        self.qtbot.mouseDClick(viewport, left, pos=place)


class History:
    """The states of one note."""

    def __init__(self, dialog: HistoryDialog) -> None:
        self.dialog = dialog

    @property
    def states(self) -> QListWidget:
        return called(self.dialog, QListWidget, "States of the note")

    @property
    def said(self) -> list[str]:
        """Each state in words, the latest first."""
        return [self.states.item(number).text() for number in range(self.states.count())]

    @property
    def text(self) -> str:
        """The note as it was in the chosen state."""
        return called(self.dialog, QPlainTextEdit, "The note as it was").toPlainText()

    @property
    def put_back(self) -> QPushButton:
        return called(self.dialog, QPushButton, "Put this state back")
