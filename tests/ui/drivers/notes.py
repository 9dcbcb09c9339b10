"""The notes pane as a person meets it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from reader.model.annotation import Annotation, Colour
from reader.ui.notes.note_editor import NoteEditor
from reader.ui.notes.notes_pane import NotesPane
from reader.ui.widgets.controls import ColourDot, IconButton
from tests.ui.drivers.found import called, label
from tests.ui.drivers.rows import RowsOnScreen


class Notes(RowsOnScreen):
    """The cards, the filters above them, and the editor in the place of one."""

    def __init__(self, qtbot: QtBot, pane: NotesPane) -> None:
        super().__init__(qtbot, pane.list)
        self.pane = pane

    @property
    def cards(self) -> list[Annotation]:
        return list(self.rows)

    @property
    def quotes(self) -> list[str]:
        return [card.target.quote.exact for card in self.cards]

    @property
    def count(self) -> str:
        """How many there are, and how many of them are shown."""
        return label(self.pane, "count").text()

    @property
    def notice(self) -> QLabel:
        """What is said where there is no card."""
        return label(self.pane, "notice")

    @property
    def export(self) -> QPushButton:
        return called(self.pane, QPushButton, "Export notes…")

    @property
    def filter_button(self) -> IconButton:
        """What shows the filter."""
        return called(self.pane, IconButton, "Filter notes by text or tag")

    @property
    def filter(self) -> QLineEdit:
        """The words that a card must have."""
        return called(self.pane, QLineEdit, "Filter notes by text or tag")

    def dot(self, colour: Colour) -> ColourDot:
        """What shows only cards of a colour; an editor has dots of its own."""
        (found,) = (
            one
            for one in self.pane.findChildren(ColourDot)
            if one.colour == colour and one.toolTip().startswith("Show only")
        )
        return found

    def index(self, annotation_id: str) -> QModelIndex:
        """The row of an annotation."""
        number = [card.id for card in self.cards].index(annotation_id)
        return self.view.model().index(number, 0)

    @property
    def editing(self) -> str:
        """The id of the annotation in whose card an editor is open; "" when there is none."""
        found = [card.id for card in self.cards if self.view.indexWidget(self.index(card.id))]
        assert len(found) <= 1
        return "".join(found)

    def editor(self, annotation_id: str) -> NoteEditor:
        """The editor in a card."""
        editor = self.view.indexWidget(self.index(annotation_id))
        assert isinstance(editor, NoteEditor)
        return editor

    def begin(self, annotation_id: str, text: str) -> NoteEditor:
        """Opens the editor of a card, and writes there."""
        self.pane.edit(annotation_id)
        editor = self.editor(annotation_id)
        editor.text.setPlainText(text)
        return editor

    def double_click(self, annotation_id: str) -> None:
        """Double-clicks a card, on its quote."""
        place = self.view.visualRect(self.index(annotation_id)).topLeft() + QPoint(60, 20)
        viewport, left = self.view.viewport(), Qt.MouseButton.LeftButton
        self.qtbot.mouseClick(viewport, left, pos=place)
        self.qtbot.mouseDClick(viewport, left, pos=place)
