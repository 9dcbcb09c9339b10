"""A table while it is written."""

from __future__ import annotations

from reader.importers.builder.open_table import OpenTable
from reader.model.document import Block, Cell, Table
from reader.model.span import Span


def a_cell(row: int, column: int) -> Cell:
    return Cell(row, column, Span(0, 0), False, 1, 1)


def test_a_table_without_words_is_none() -> None:
    assert OpenTable(Table("t1", ())).ended(10) is None


def test_cells_of_a_row_are_parted_by_tabs_and_rows_by_new_lines() -> None:
    table = OpenTable(Table("t1", ()))
    assert table.separator(None) == "\n"
    table.take(None, Span(5, 12))
    assert table.separator(a_cell(0, 0)) == "\n"
    table.take(a_cell(0, 0), Span(13, 14))
    assert table.separator(a_cell(0, 1)) == "\t"
    assert table.separator(a_cell(1, 0)) == "\n"
    ended = table.ended(14)
    assert ended is not None
    made, block = ended
    assert made.caption == Span(5, 12)
    assert [cell.span for cell in made.cells] == [Span(13, 14)]
    assert block == Block("table", Span(5, 14), ref="t1")
