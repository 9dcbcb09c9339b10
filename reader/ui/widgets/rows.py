"""The rows of a list as a model: what is in them, and what is read out of each."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtWidgets import QWidget

Index = QModelIndex | QPersistentModelIndex

ENABLED = Qt.ItemFlag.ItemIsEnabled


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

    def exchange(self, rows: list[Any]) -> None:
        """Shows other rows, and tells which alone came or went when the others stay.

        What is known of those that stay is kept: which is current, chosen, how high it is.
        """
        before = self.rows
        shorter = min(len(before), len(rows))
        start = next((i for i in range(shorter) if not _same(before[i], rows[i])), shorter)
        rest = range(1, shorter - start + 1)
        end = next((i - 1 for i in rest if not _same(before[-i], rows[-i])), shorter - start)
        gone, come = len(before) - end, len(rows) - end
        if start == gone == come:
            self.rows = rows
        elif start == gone:
            self.beginInsertRows(QModelIndex(), start, come - 1)
            self.rows = rows
            self.endInsertRows()
        elif start == come:
            self.beginRemoveRows(QModelIndex(), start, gone - 1)
            self.rows = rows
            self.endRemoveRows()
        elif gone == come == start + 1:
            self.rows = rows
            self.set_row(start, rows[start])
        else:
            self.set_rows(rows)

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


def _same(before: Any, after: Any) -> bool:
    return before is after or before == after


def enabled(model: QAbstractItemModel, numbers: range) -> QModelIndex:
    """The first of some rows that can be current; an index that is not valid when none can."""
    for number in numbers:
        index = model.index(number, 0)
        if index.flags() & ENABLED:
            return index
    return QModelIndex()


def first_of(model: QAbstractItemModel) -> QModelIndex:
    """The first row that can be current."""
    return enabled(model, range(model.rowCount()))
