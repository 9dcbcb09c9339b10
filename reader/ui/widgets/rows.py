"""The rows of a list, as its model holds them, and their ground."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

Index = QModelIndex | QPersistentModelIndex


class Rows(QAbstractListModel):
    """Rows of one kind, replaced as a whole or one by one; `say` is what is read out of a row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Any] = []

    def set_rows(self, rows: list[Any]) -> None:
        """Shows other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def set_row(self, number: int, row: Any) -> None:
        """Shows another row in the place of one."""
        self.rows[number] = row
        index = self.index(number, 0)
        self.dataChanged.emit(index, index)

    def say(self, row: Any) -> str:
        """A row in words."""
        return str(row)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = 0) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        if role == Qt.ItemDataRole.UserRole:
            return self.rows[index.row()]
        spoken = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole)
        return self.say(self.rows[index.row()]) if role in spoken else None


def row_ground(painter: QPainter, area: QRect, colour: str) -> None:
    """The rounded ground of a row."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(QRectF(area).adjusted(8, 1, -8, -1), 6, 6)
