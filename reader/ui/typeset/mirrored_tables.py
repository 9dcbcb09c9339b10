"""Tables of a text that runs from right to left, with their first column at the right.

Qt lays columns out from the left whatever the direction is. The cells stay in the order of the
text, so that selecting, copying and the map of offsets are as in any table; only where their lines
lie is moved, which Qt's painting and our geometry both read from the lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument, QTextTable


@dataclass(frozen=True, slots=True)
class MirroredTable:
    """A table that is to be mirrored, and how wide its columns are, in pixels."""

    table: QTextTable
    widths_px: Sequence[int]

    def shift_px(self, column: int, columns: int = 1) -> int:
        """How far to the right a cell goes that begins in a column."""
        left, width = sum(self.widths_px[:column]), sum(self.widths_px[column : column + columns])
        return sum(self.widths_px) - 2 * left - width

    def column_at(self, x: float) -> int:
        """The column that is seen at `x`, counted from the left edge of the table; -1 for none."""
        x = sum(self.widths_px) - x
        for column, width in enumerate(self.widths_px):
            if 0 <= x < width:
                return column
            x -= width
        return -1

    def move(self, direction: int) -> None:
        """Move the lines of all cells to the other side (1), or back to where Qt put them (-1)."""
        for row in range(self.table.rows()):
            for column in range(self.table.columns()):
                cell = self.table.cellAt(row, column)
                if (cell.row(), cell.column()) != (row, column):
                    continue  # a part of one that spans several
                shift_px = direction * self.shift_px(column, cell.columnSpan())
                for block in self._blocks(cell.firstPosition(), cell.lastPosition()):
                    layout = block.layout()
                    layout.setPosition(layout.position() + QPointF(shift_px, 0))

    def _blocks(self, first: int, last: int) -> Iterator[QTextBlock]:
        document = self.table.document()
        block = document.findBlock(first)
        while block.isValid() and block.position() <= last:
            yield block
            block = block.next()

    def first_x(self) -> float:
        """Where Qt, or `move`, has put the first cell, in its column's pixels."""
        at = self.table.cellAt(0, 0).firstPosition()
        return self.table.document().findBlock(at).layout().position().x()


class TableMirror:
    """The mirrored tables of one Qt document; Qt forgets where they are when it lays them out."""

    def __init__(self) -> None:
        self._tables: list[MirroredTable] = []
        self._placed: list[float] = []  # where the first cell of each lies then

    def add(self, table: QTextTable, widths_px: Sequence[int]) -> None:
        """Mirror a table from now on."""
        self._tables.append(MirroredTable(table, tuple(widths_px)))
        self._placed.append(-1.0)

    def place(self, document: QTextDocument) -> None:
        """Mirror the tables that are not, after all of the document has been laid out."""
        if not self._tables:
            return
        document.size()  # Qt lays out the rest of it for this
        for number, one in enumerate(self._tables):
            if len(one.widths_px) > 1 and one.first_x() != self._placed[number]:
                one.move(1)
                self._placed[number] = one.first_x()

    def under(self, block: QTextBlock, x: float) -> int:
        """How far to the right the cell was moved that is seen at `x` in the row of a block.

        0 where there is no mirrored table.
        """
        table = QTextCursor(block).currentTable()
        one = next((one for one in self._tables if one.table == table), None)
        if one is None or table is None:
            return 0
        column = one.column_at(x - table.format().leftMargin())
        if column < 0:
            return 0
        cell = table.cellAt(table.cellAt(block.position()).row(), column)
        return one.shift_px(cell.column(), cell.columnSpan())

    @contextmanager
    def lifted(self, document: QTextDocument) -> Iterator[None]:
        """While it lasts, cells lie where Qt has put them and looks for them."""
        for one in self._tables:
            one.move(-1)
        self._placed = [-1.0] * len(self._tables)
        try:
            yield
        finally:
            self.place(document)
