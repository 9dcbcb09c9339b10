"""Cells of HTML tables as they are written: a line of words, blocks, or a table in a table."""

from __future__ import annotations

from dataclasses import dataclass

from reader.importers.builder.document_builder import DocumentBuilder
from reader.importers.common.cell_place import Place
from reader.importers.common.elements import BLOCKS, HEADINGS, Element, tag_of
from reader.importers.html.captions import Image
from reader.model.document import BlockKind

_PARTS = frozenset({*HEADINGS, *"ul ol dl menu table pre blockquote figure img image svg".split()})
_UNBROKEN = "\u00a0"


@dataclass
class _Open:
    """A cell that is open: whether it holds blocks, and whether the next words begin a line."""

    has_blocks: bool
    is_inner: bool
    begins: bool = True
    has_words: bool = False


class Cells:
    """Writes into the cell that is open, and knows how words are parted there."""

    def __init__(self, writer: DocumentBuilder) -> None:
        self._writer = writer
        self._open: list[_Open] = []

    @property
    def holds_blocks(self) -> bool:
        """Whether blocks can begin in what is open."""
        return bool(self._open) and self._open[-1].has_blocks

    @property
    def begins(self) -> bool:
        """Whether the next words begin a block or a line of their own."""
        return bool(self._open) and self._open[-1].begins

    @property
    def may_hold_table(self) -> bool:
        """Whether a table can begin in what is open: not in a table that is in a cell already."""
        return self.holds_blocks and not self._writer.in_inner_table

    def open_lines(self) -> None:
        """What follows is lines without blocks: a caption."""
        self._open.append(_Open(has_blocks=False, is_inner=False))

    def open_cell(self, cell: Element, place: Place) -> None:
        """Open a cell, of the table inside the cell that is open if there is one."""
        is_inner = self._writer.in_inner_table
        begin = self._writer.begin_inner_cell if is_inner else self._writer.begin_cell
        begin(place.row, place.column, place.header, place.row_span, place.column_span)
        self._open.append(_Open(_holds_blocks(cell) and not is_inner, is_inner))

    def close(self) -> None:
        """End the cell or caption."""
        self._open.pop()

    def part(self) -> None:
        """A block ends or begins here; the next words say which."""
        if self._open:
            self._open[-1].begins = True

    def begin(self, kind: BlockKind, depth: int, label: str) -> None:
        """Begin a block with words; where there are no blocks, a line."""
        one = self._open[-1]
        if one.has_blocks:
            self._writer.begin_in_cell(kind, depth, label)
        else:
            if one.has_words:
                self._writer.line_break()
            if kind == "list_item" and label:
                self._writer.add(f"{label} ")
        one.begins, one.has_words = False, True

    def add_preformatted(self, text: str) -> None:
        """Add text whose lines and columns are kept, as far as a cell can."""
        for number, line in enumerate(text.split("\n")):
            if number:
                self._writer.line_break()
            self._writer.add(line.expandtabs(8).replace("  ", 2 * _UNBROKEN))

    def begin_table(self) -> None:
        """Begin a table inside the cell."""
        self._writer.begin_table_in_cell()

    def end_table(self) -> None:
        """End the table inside the cell; words may follow."""
        self._writer.end_table_in_cell()
        self.part()

    def figure(self, image: Image) -> bool:
        """Put a picture into the cell, if it can hold one; False when it cannot."""
        if not self.holds_blocks:
            return False
        self._writer.figure_in_cell(image.asset, image.alternative, image.width_px, image.height_px)
        self.part()
        return True


def _holds_blocks(cell: Element) -> bool:
    """Whether a cell holds more than one line of words."""
    count = 0
    for element in cell.iterdescendants():
        name = tag_of(element)
        if name in _PARTS or (name == "math" and element.get("display") == "block"):
            return True
        count += name in BLOCKS
    return count > 1
