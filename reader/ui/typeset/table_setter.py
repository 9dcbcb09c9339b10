"""Sets a table of a document: rows and columns, and cells that may hold blocks of their own."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableCellFormat,
    QTextTableFormat,
)

from reader.model.document import Block, Cell, Document, Table
from reader.model.span import Span
from reader.ui.typeset.formats import BODY_PX, GUTTER_PX, Formats
from reader.ui.typeset.text_document import TypesetDocument, insert_picture
from reader.ui.typeset.text_runs import Runs

_CELL_PX = BODY_PX * 0.84
_ITEM_PX = 18
_BETWEEN_PX = 4
_BULLET = "•"


class TableSetter:
    """Writes tables into a TypesetDocument at a cursor."""

    def __init__(
        self, document: Document, formats: Formats, made: TypesetDocument, runs: Runs
    ) -> None:
        self._document = document
        self._formats = formats
        self._made = made
        self._runs = runs
        self._tables = {table.id: table for table in document.tables}
        self._figures = {figure.id: figure for figure in document.figures}
        self._inner_starts = [block.span.start for block in document.inner_blocks]

    def set(self, cursor: QTextCursor, table: Table, span: Span) -> None:
        """Inserts the cells of a table whose block is `span`; the cursor stands behind it then."""
        # Imported here: a start is not to load what it does not set.
        from reader.ui.typeset.column_widths import column_widths

        widths_px = column_widths(table, self._document.text, self._formats)
        if sum(widths_px) > self._formats.column_px:
            self._made.wide_tables.append(span)
            self._made.widest_px = max(self._made.widest_px, GUTTER_PX + sum(widths_px))
        self._set_cells(cursor, table, widths_px)

    def _set_cells(
        self, cursor: QTextCursor, table: Table, widths_px: Sequence[int], inner: bool = False
    ) -> None:
        formats = self._formats
        self._made.is_fluid = False
        rows = max(c.row + c.row_span for c in table.cells)
        made: QTextTable = cursor.insertTable(
            rows, len(widths_px), _table_format(formats, widths_px, self._made.is_mirrored)
        )
        if self._made.is_mirrored and not inner:
            from reader.ui.typeset.mirrored_tables import TableMirror

            self._made.mirror = self._made.mirror or TableMirror()
            self._made.mirror.add(made, widths_px)
        for cell in table.cells:
            if cell.row_span > 1 or cell.column_span > 1:
                made.mergeCells(cell.row, cell.column, cell.row_span, cell.column_span)
        for cell in table.cells:
            place = made.cellAt(cell.row, cell.column)
            last = cell.row + cell.row_span >= rows
            char_format = formats.cell_header if cell.header else formats.cell
            cell_format = _cell_format(
                formats, cell.header, cell.row == 0, last, self._made.is_mirrored
            )
            # A cell's format is also its first block's character format: set as one.
            cell_format.merge(char_format)
            place.setFormat(cell_format)
            cursor.setPosition(place.firstPosition())
            blocks = () if inner else self._blocks_in(cell.span)
            if blocks:
                width_px = sum(widths_px[cell.column : cell.column + cell.column_span])
                self._set_blocks(cursor, cell, blocks, char_format, width_px)
            else:
                cursor.setBlockFormat(self._line())
                self._runs.insert(cursor, cell.span, char_format, "cell")
        cursor.setPosition(made.lastPosition() + 1)

    def _blocks_in(self, cell: Span) -> tuple[Block, ...]:
        blocks = self._document.inner_blocks
        first = bisect_left(self._inner_starts, cell.start)
        found = []
        while first < len(blocks) and cell.covers(blocks[first].span):
            found.append(blocks[first])
            first += 1
        return tuple(found)

    def _line(self, indent: float = 0, hanging: float = 0, above: float = 0) -> QTextBlockFormat:
        return self._formats.block(
            _CELL_PX, 1.4, above=above, below=0, indent=indent, hanging=hanging
        )

    def _paragraph(self) -> QTextBlockFormat:
        """A paragraph of a cell, a little apart from the one above it."""
        return self._line(above=0 if self._fresh else _BETWEEN_PX)

    def _set_blocks(
        self,
        cursor: QTextCursor,
        cell: Cell,
        blocks: Sequence[Block],
        char_format: QTextCharFormat,
        width_px: int,
    ) -> None:
        """The blocks of a cell below each other, and the words between them as paragraphs."""
        self._fresh = True
        at = cell.span.start
        for block in blocks:
            self._set_words(cursor, Span(at, max(at, block.span.start)), char_format)
            self._set_block(cursor, block, char_format, width_px)
            at = max(at, block.span.end)
        self._set_words(cursor, Span(at, max(at, cell.span.end)), char_format)

    def _begin(self, cursor: QTextCursor, made: QTextBlockFormat, chars: QTextCharFormat) -> None:
        if self._fresh:
            # Its character format is the cell's own, with borders and space: it stays.
            cursor.setBlockFormat(made)
        else:
            cursor.insertBlock(made, chars)
        self._fresh = False

    def _set_words(self, cursor: QTextCursor, span: Span, char_format: QTextCharFormat) -> None:
        text = self._document.text
        start, end = span.start, span.end
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            self._begin(cursor, self._paragraph(), char_format)
            self._runs.insert(cursor, Span(start, end), char_format, "cell")

    def _set_block(
        self, cursor: QTextCursor, block: Block, char_format: QTextCharFormat, width_px: int
    ) -> None:
        if block.kind == "list_item":
            indent = _ITEM_PX * (block.depth + 1)
            self._begin(cursor, self._line(indent, _ITEM_PX), char_format)
            quiet = QTextCharFormat(char_format)
            quiet.setForeground(QColor(self._formats.theme.ink3))
            cursor.insertText((block.label or _BULLET) + "\t", quiet)
            self._runs.insert(cursor, block.span, char_format, "cell")
        elif block.kind == "figure":
            figure = self._figures[block.ref]
            made = self._line()
            if figure.asset:
                made.setLineHeight(0, QTextBlockFormat.LineHeightTypes.SingleHeight.value)
            self._begin(cursor, made, char_format)
            most_px = max(self._formats.cell_gap_px, width_px - self._formats.cell_gap_px)
            insert_picture(cursor, self._made, figure, most_px, self._formats.byline)
        elif block.kind == "table":
            table = self._tables[block.ref]
            if table.cells:
                columns = max(c.column + c.column_span for c in table.cells)
                share = max(20, (width_px - self._formats.cell_gap_px) // columns)
                self._set_cells(cursor, table, [share] * columns, inner=True)
                self._fresh = True
        else:
            self._begin(cursor, self._paragraph(), char_format)
            self._runs.insert(cursor, block.span, char_format, "cell")


def _table_format(
    formats: Formats, widths_px: Sequence[int], is_mirrored: bool
) -> QTextTableFormat:
    """A table with columns of these widths, and hairlines between rows only."""
    made = QTextTableFormat()
    if is_mirrored:
        made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        # Flush with the text, whose lines begin at the right.
        made.setLeftMargin(max(0, formats.column_px - sum(widths_px)))
    made.setBorder(0)
    made.setCellSpacing(0)
    made.setCellPadding(0)
    made.setTopMargin(formats.px(4))
    made.setBottomMargin(formats.px(8))
    fixed = QTextLength.Type.FixedLength
    made.setWidth(QTextLength(fixed, sum(widths_px)))
    made.setColumnWidthConstraints([QTextLength(fixed, width) for width in widths_px])
    made.setBorderCollapse(True)
    return made


def _cell_format(
    formats: Formats, header: bool, first: bool, last: bool, is_mirrored: bool
) -> QTextTableCellFormat:
    """A cell with its hairlines: above the first row, below header and last, between rows."""
    made = QTextTableCellFormat()
    line = QColor(formats.theme.line if not (header or last or first) else formats.theme.ink3)
    solid = QTextFrameFormat.BorderStyle.BorderStyle_Solid
    made.setBottomBorder(1)
    made.setBottomBorderStyle(solid)
    made.setBottomBorderBrush(line)
    if first:
        made.setTopBorder(1)
        made.setTopBorderStyle(solid)
        made.setTopBorderBrush(line)
    made.setTopPadding(formats.px(7))
    made.setBottomPadding(formats.px(7))
    made.setLeftPadding(formats.cell_gap_px if is_mirrored else 0)
    made.setRightPadding(0 if is_mirrored else formats.cell_gap_px)
    return made
