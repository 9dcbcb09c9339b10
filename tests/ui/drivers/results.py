"""The results pane as a person meets it."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from reader.model.search import Hit
from reader.ui.search.result_rows import Group
from reader.ui.search.results_pane import ResultsPane
from tests.ui.drivers.found import button, label
from tests.ui.drivers.rows import RowsOnScreen


class Results(RowsOnScreen):
    """The hits under their headings, with the two tabs and the sentences above them."""

    def __init__(self, qtbot: QtBot, pane: ResultsPane) -> None:
        super().__init__(qtbot, pane.list)
        self.pane = pane

    @property
    def article_tab(self) -> QPushButton:
        return button(self.pane, "article_tab")

    @property
    def library_tab(self) -> QPushButton:
        return button(self.pane, "library_tab")

    @property
    def suggestion(self) -> QPushButton:
        """What takes the spelling that is offered."""
        return button(self.pane, "suggestion")

    @property
    def notice(self) -> QLabel:
        """What is said of the search."""
        return label(self.pane, "notice")

    @property
    def groups(self) -> list[Group]:
        return [row for row in self.rows if isinstance(row, Group)]

    @property
    def hits(self) -> list[Hit]:
        return [row for row in self.rows if isinstance(row, Hit)]

    def text(self, hit: Hit) -> str:
        """The words that are painted of a hit."""
        return " ".join(self.lines(hit))
