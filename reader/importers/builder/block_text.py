"""One block or cell while it is being written, before its text is tidied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from reader.model.document import Block, Cell, Formula, Mark, MarkKind, Table
from reader.model.span import Span

LINE = "\x0b"
"""A line break that is meant, until the text is tidied; it becomes a line end."""
CELL = "\x1f"
"""What parts two cells of a table inside a cell, until the text is tidied; it becomes a tab."""


@dataclass
class BlockText:
    """The raw characters of one block or cell, and what was said about ranges of them.

    `inner` are blocks inside a cell and `tables` the tables among them, whose spans count in raw
    characters.
    """

    keep_space: bool = False
    parts: list[str] = field(default_factory=list)
    length: int = 0
    open_marks: list[tuple[MarkKind, str, int]] = field(default_factory=list)
    marks: list[tuple[MarkKind, str, int, int]] = field(default_factory=list)
    anchors: list[tuple[str, int]] = field(default_factory=list)
    formulas: list[tuple[str, int, int]] = field(default_factory=list)
    inner: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    open_block: Block | None = None
    open_table: Table | None = None
    open_cell: Cell | None = None

    def add(self, text: str) -> None:
        """Add raw characters at the end."""
        self.parts.append(text)
        self.length += len(text)

    def part(self, sign: str) -> None:
        """Part what follows from what is there, if anything is: by LINE or CELL."""
        if self.length:
            self.add(sign)

    def begin_block(self, block: Block) -> None:
        """Open a block of the cell; the one before it ends."""
        self.end_block()
        self.part(LINE)
        self.open_block = replace(block, span=Span(self.length, self.length))

    def end_block(self) -> None:
        """End the block of the cell that is open, if one is."""
        block, self.open_block = self.open_block, None
        if block is not None:
            self.inner.append(replace(block, span=Span(block.span.start, self.length)))

    def begin_table(self, table: Table) -> None:
        """Open a table inside the cell; it takes cells until `end_table`."""
        self.end_block()
        self.part(LINE)
        self.open_block = Block("table", Span(self.length, self.length), ref=table.id)
        self.open_table = table

    def begin_cell(self, cell: Cell) -> None:
        """Open a cell of the table inside the cell."""
        assert self.open_table is not None
        self.end_cell()
        cells = self.open_table.cells
        if cells:
            self.part(CELL if cells[-1].row == cell.row else LINE)
        self.open_cell = replace(cell, span=Span(self.length, self.length))

    def end_cell(self) -> None:
        """End the cell that is open in the table inside the cell, if one is."""
        cell, self.open_cell = self.open_cell, None
        if cell is not None and self.open_table is not None:
            cell = replace(cell, span=Span(cell.span.start, self.length))
            self.open_table = replace(self.open_table, cells=(*self.open_table.cells, cell))

    def end_table(self) -> None:
        """End the table inside the cell."""
        self.end_cell()
        table, self.open_table = self.open_table, None
        if table is not None:
            self.tables.append(table)
        self.end_block()

    def marks_in(self, start: int, text: str, places: list[int] | None) -> Iterator[Mark]:
        """The marks on what has become of it: `text`, which begins at `start` of the document.

        `places` are where its characters went. Marks that are still open end with it; those on
        nothing, or on white space alone, are left out.
        """
        while self.open_marks:
            kind, target, begun = self.open_marks.pop()
            self.marks.append((kind, target, begun, self.length))
        for kind, target, begun, ended in self.marks:
            first, last = _bounds(begun, ended, places, text)
            if first < last:
                yield Mark(kind, Span(start + first, start + last), target)

    def formulas_in(self, start: int, text: str, places: list[int] | None) -> Iterator[Formula]:
        """The formulas in what has become of it, as `marks_in` gives the marks."""
        for mathml, begun, ended in self.formulas:
            span = placed(begun, ended, places, text)
            if len(span):
                yield Formula(span.moved(start), mathml)

    def blocks_in(self, start: int, text: str, places: list[int] | None) -> Iterator[Block]:
        """The blocks inside the cell, as `marks_in` gives the marks; figures may be empty."""
        self.end_table()
        for block in self.inner:
            span = placed(block.span.start, block.span.end, places, text)
            if len(span) or block.kind == "figure":
                yield replace(block, span=span.moved(start))

    def tables_in(self, start: int, text: str, places: list[int] | None) -> Iterator[Table]:
        """The tables inside the cell, in the document's frame."""
        for table in self.tables:
            yield replace(
                table,
                cells=tuple(
                    replace(c, span=placed(c.span.start, c.span.end, places, text).moved(start))
                    for c in table.cells
                ),
            )


def placed(begun: int, ended: int, places: list[int] | None, text: str) -> Span:
    """Where a raw range is in the tidied text, without white space at its ends."""
    first, last = _bounds(begun, ended, places, text)
    return Span(first, max(first, last))


def _bounds(begun: int, ended: int, places: list[int] | None, text: str) -> tuple[int, int]:
    first, last = moved(begun, places, text), moved(ended, places, text)
    while first < last and text[first].isspace():
        first += 1
    while first < last and text[last - 1].isspace():
        last -= 1
    return first, last


def moved(place: int, places: list[int] | None, text: str) -> int:
    """Where a place in what was written is in the tidied text of it."""
    return min(places[place] if places is not None else place, len(text))
