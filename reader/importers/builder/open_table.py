"""A table that is being written: what it has by now, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from reader.model.document import Block, Cell, Table
from reader.model.span import Span


@dataclass(slots=True)
class OpenTable:
    """A table with the cells and the caption that are written; `start` is -1 before the first."""

    table: Table
    start: int = -1
    cells: list[Cell] = field(default_factory=list)
    caption: Span | None = None

    def separator(self, cell: Cell | None) -> str:
        """What parts a cell, or the caption, from what stands before it."""
        same_row = cell is not None and self.cells and self.cells[-1].row == cell.row
        return "\t" if same_row else "\n"

    def take(self, cell: Cell | None, span: Span) -> None:
        """Take a cell that was written, or the caption."""
        if self.start < 0:
            self.start = span.start
        if cell is None:
            self.caption = span
        else:
            self.cells.append(
                Cell(cell.row, cell.column, span, cell.header, cell.row_span, cell.column_span)
            )

    def ended(self, end: int) -> tuple[Table, Block] | None:
        """The table and its block; None when nothing of it was written."""
        if not (self.cells or self.caption):
            return None
        made = replace(self.table, cells=tuple(self.cells), caption=self.caption)
        return made, Block("table", Span(self.start, end), ref=made.id)
