"""Sets a document, or a part of it, as a Qt text document, block by block."""

from __future__ import annotations

from PySide6.QtGui import (
    QColor,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)

from reader.model.document import Block, Document, Section
from reader.model.span import Span
from reader.ui.typeset.formats import BODY_PX, Formats
from reader.ui.typeset.table_setter import TableSetter
from reader.ui.typeset.text_document import Asset, TypesetDocument, insert_picture
from reader.ui.typeset.text_runs import Runs

_BULLETS = ("•", "–", "·")


class Typesetter:
    """Writes blocks into a TypesetDocument with a cursor; never through HTML."""

    def __init__(
        self, document: Document, formats: Formats, asset: Asset, ratio: float = 1.0
    ) -> None:
        self._document = document
        self._formats = formats
        self._made = TypesetDocument(formats, asset, ratio)
        self._cursor = QTextCursor(self._made)
        self._fresh = True
        self._sections = {s.id: s for s in document.sections}
        self._tables = {t.id: t for t in document.tables}
        self._figures = {f.id: f for f in document.figures}
        self._runs = Runs(document, self._made.offsets, formats.theme, formats.for_paper)
        self._table_setter = TableSetter(document, formats, self._made, self._runs)

    def typeset(self, part: Span, byline: str) -> TypesetDocument:
        """The Qt document of the blocks that begin in `part`."""
        document, formats = self._document, self._formats
        self._made.rootFrame().setFrameFormat(formats.root)
        self._made.setTextWidth(formats.width_px)
        self._cursor.beginEditBlock()
        blocks = [b for b in document.blocks if part.start <= b.span.start < part.end]
        if part.end == len(document.text):
            blocks += [b for b in document.blocks if b.span.start == part.end]
        titled = bool(blocks) and self._is_title(blocks[0])
        if part.start == 0:
            if document.publication.journal:
                kicker = formats.block(12, 1.3, 0, 6)
                self._decoration(document.publication.journal.upper(), kicker, formats.kicker)
            if not titled:
                self._decoration(document.title, formats.heading_block(0), formats.heading(0))
                self._decoration(byline, formats.block(14, 1.4, 0, 32), formats.byline)
        for block in blocks:
            if titled and block is blocks[0]:
                self._paragraph(formats.heading_block(0), formats.heading(0))
                self._runs.insert(self._cursor, block.span, formats.heading(0), plain=True)
                self._decoration(byline, formats.block(14, 1.4, 0, 32), formats.byline)
            else:
                self._set_block(block)
        self._cursor.endEditBlock()
        return self._made

    def _is_title(self, block: Block) -> bool:
        """Whether the title stands there, so that it need not be printed above the text too."""
        if block.kind == "title":
            return True
        section = self._sections.get(block.ref) if block.kind == "heading" else None
        return section is not None and not section.number and section.title == self._document.title

    def _paragraph(self, block_format: QTextBlockFormat, char_format: QTextCharFormat) -> None:
        if self._fresh:
            # The document's first paragraph, and the one after a table, stand there already.
            self._cursor.setBlockFormat(block_format)
            self._cursor.setBlockCharFormat(char_format)
            self._fresh = False
        else:
            self._cursor.insertBlock(block_format, char_format)

    def _decoration(
        self, text: str, block_format: QTextBlockFormat, char_format: QTextCharFormat
    ) -> None:
        self._paragraph(block_format, char_format)
        self._cursor.insertText(text, char_format)

    def _set_block(self, block: Block) -> None:
        formats = self._formats
        if block.kind == "table":
            self._set_table(block)
        elif block.kind == "figure":
            self._set_figure(block)
        elif block.kind == "heading":
            self._set_heading(block)
        elif block.kind == "title":
            self._paragraph(formats.heading_block(0), formats.heading(0))
            self._runs.insert(self._cursor, block.span, formats.heading(0), plain=True)
        elif block.kind == "list_item":
            self._set_item(block, 24 + 24 * block.depth, formats.body, BODY_PX)
        elif block.kind == "reference":
            self._set_item(block, 32, formats.reference, BODY_PX * 0.89)
        elif block.kind == "note":
            self._set_item(block, 28, formats.reference, BODY_PX * 0.89)
        elif block.kind == "quote":
            self._paragraph(formats.block(indent=24 * (block.depth + 1)), formats.quote)
            self._runs.insert(self._cursor, block.span, formats.quote)
        elif block.kind == "preformatted":
            made = formats.block(BODY_PX * 0.8, 1.4)
            made.setBackground(QColor(formats.theme.chrome))
            made.setNonBreakableLines(False)
            self._paragraph(made, formats.code)
            self._runs.insert(self._cursor, block.span, formats.code, plain=True)
        elif block.kind == "formula":
            self._paragraph(formats.block(indent=24), formats.body)
            self._runs.insert(self._cursor, block.span, formats.body)
        else:
            self._paragraph(formats.block(), formats.body)
            if block.kind == "answer" and block.label:
                self._cursor.insertText(block.label + " ", self._label_format())
            self._runs.insert(self._cursor, block.span, formats.body)

    def _set_heading(self, block: Block) -> None:
        section: Section | None = self._sections.get(block.ref)
        level = section.level if section else 1
        made = self._formats.heading_block(level)
        made.setHeadingLevel(min(6, level + 1))
        char_format = self._formats.heading(level)
        self._paragraph(made, char_format)
        if section is not None and section.number:
            number = QTextCharFormat(char_format)
            number.setForeground(QColor(self._formats.theme.ink3))
            self._cursor.insertText(section.number + "\u2002", number)
        self._runs.insert(self._cursor, block.span, char_format, plain=True)

    def _label_format(self) -> QTextCharFormat:
        made = QTextCharFormat(self._formats.body)
        made.setForeground(QColor(self._formats.theme.ink3))
        return made

    def _set_item(
        self, block: Block, indent: float, char_format: QTextCharFormat, size: float
    ) -> None:
        formats = self._formats
        below = 5 if block.kind == "list_item" else 8
        hanging = 22 if block.kind == "list_item" else indent
        made = formats.block(size, below=below, indent=indent, hanging=hanging)
        self._paragraph(made, char_format)
        label = block.label or _BULLETS[min(block.depth, 2)]
        quiet = QTextCharFormat(char_format)
        quiet.setForeground(QColor(formats.theme.ink3))
        self._cursor.insertText(label + "\t", quiet)
        self._runs.insert(self._cursor, block.span, char_format)

    def _set_figure(self, block: Block) -> None:
        formats, figure = self._formats, self._figures[block.ref]
        if figure.asset:
            made = formats.block(below=8, above=8)
            made.setLineHeight(0, QTextBlockFormat.LineHeightTypes.SingleHeight.value)
            self._paragraph(made, formats.body)
            insert_picture(self._cursor, self._made, figure, formats.column_px, formats.byline)
        else:
            self._paragraph(formats.block(BODY_PX * 0.8, 1.4, below=4), formats.byline)
            insert_picture(self._cursor, self._made, figure, formats.column_px, formats.byline)
        if figure.caption is not None:
            self._paragraph(formats.block(BODY_PX * 0.80, 1.4, below=22), formats.small)
            self._runs.insert(self._cursor, figure.caption, formats.small)

    def _set_table(self, block: Block) -> None:
        formats, table = self._formats, self._tables[block.ref]
        if table.caption is not None:
            self._paragraph(formats.block(BODY_PX * 0.80, 1.4, above=6, below=6), formats.small)
            self._runs.insert(self._cursor, table.caption, formats.small)
        if not table.cells:
            return
        self._table_setter.set(self._cursor, table, block.span)
        self._fresh = True
