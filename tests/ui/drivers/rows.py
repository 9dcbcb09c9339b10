"""A list of rows: what it shows, what it says of a row, and clicks and keys on it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.ui.widgets.row_delegate import RowDelegate
from reader.ui.widgets.row_list import RowList
from tests.ui.drivers.painted import Run, lines, painted


class RowsOnScreen:
    """The rows of one list."""

    def __init__(self, qtbot: QtBot, view: RowList) -> None:
        self.qtbot = qtbot
        self.view = view

    @property
    def rows(self) -> list[Any]:
        """All rows, from above."""
        model = self.view.model()
        return [
            self._at(number).data(Qt.ItemDataRole.UserRole) for number in range(model.rowCount())
        ]

    @property
    def said(self) -> list[str]:
        """What is read out of each row."""
        return self._all(Qt.ItemDataRole.AccessibleTextRole)

    def say(self, row: object) -> str:
        """What is read out of a row."""
        return self.said[self.rows.index(row)]

    @property
    def current(self) -> Any:
        """The row that is current; None when none is."""
        return self.view.currentIndex().data(Qt.ItemDataRole.UserRole)

    def area(self, row: object) -> QRect:
        """Where a row stands, once it is scrolled to."""
        index = self._at(self.rows.index(row))
        QApplication.processEvents()
        self.view.scrollTo(index)
        return self.view.visualRect(index)

    def height(self, row: object) -> int:
        """How high a row is, once it has been seen."""
        self._see(row)
        return self.area(row).height()

    def height_unseen(self, row: object) -> int:
        """How much room is kept for a row that has not been scrolled to."""
        return self.view.visualRect(self._at(self.rows.index(row))).height()

    def runs(self, row: object) -> list[Run]:
        """The words that are painted in a row."""
        self._see(row)
        return painted(self.view.viewport(), self.area(row))

    def lines(self, row: object) -> list[str]:
        """The lines that are painted in a row."""
        return lines(self.runs(row))

    def tip(self, row: object) -> str:
        """What is shown when the mouse rests on a row."""
        delegate = self.view.itemDelegate()
        assert isinstance(delegate, RowDelegate)
        return delegate.tip(row)

    def click(self, row: object, place: QPoint | None = None) -> None:
        """Clicks a row, in its middle or at a place from its upper left corner."""
        area = self.area(row)
        at = area.center() if place is None else area.topLeft() + place
        self.qtbot.mouseClick(self.view.viewport(), Qt.MouseButton.LeftButton, pos=at)

    def press(self, key: Qt.Key) -> None:
        """Presses a key."""
        self.qtbot.keyClick(self.view, key)

    def _see(self, row: object) -> None:
        """Scroll to a row and paint it, as its height may have been guessed until then."""
        self.area(row)
        self.view.viewport().grab()

    def _all(self, role: Qt.ItemDataRole) -> list[Any]:
        return [self._at(number).data(role) for number in range(self.view.model().rowCount())]

    def _at(self, number: int) -> QModelIndex:
        return self.view.model().index(number, 0)
