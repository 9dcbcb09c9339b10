"""Sets a document, or a part of it, as a Qt text document, block by block."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtGui import (
    QColor,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)

from reader.model.direction import is_right_to_left, runs_right_to_left
from reader.model.document import Block, Document, Section
from reader.model.span import Span
from reader.ui.typeset.boxes import BOX_PAD_PX, CODE_PAD_PX
from reader.ui.typeset.formats import BODY_PX, Formats, mirrored
from reader.ui.typeset.line_breaks import LineBreaks
from reader.ui.typeset.text_document import Asset, TypesetDocument, insert_picture
from reader.ui.typeset.text_runs import Leaves, Runs

if TYPE_CHECKING:
    from reader.ui.typeset.table_setter import TableSetter

# A box is painted about its text: it takes of the space above and below.
_AROUND_CODE_PX = 19 + CODE_PAD_PX
_AROUND_BOX_PX = 22 + BOX_PAD_PX
_BETWEEN_FACTS = re.compile(", |  ·  |\u2028")
# As many characters are set in one step: some milliseconds, also where each word is a run.
STEP = 20_000
_BULLETS = ("•", "–", "·")


class Typesetter:
    """Writes blocks into a TypesetDocument with a cursor; never through HTML."""

    def __init__(
        self,
        document: Document,
        formats: Formats,
        asset: Asset,
        ratio: float = 1.0,
        leaves: Leaves | None = None,
    ) -> None:
        self._document = document
        self._formats = formats
        self.made = TypesetDocument(formats, asset, ratio)
        self._cursor = QTextCursor(self.made)
        self._fresh = True
        self._ends_list = self._at_box = False
        self._sections = {s.id: s for s in document.sections}
        self._tables = {t.id: t for t in document.tables}
        self._figures = {f.id: f for f in document.figures}
        # Scripts that run from right to left have no italics.
        self._is_mirrored = self.made.is_mirrored = is_right_to_left(document)
        breaks = LineBreaks(None)
        if formats.style.justified:
            # Imported here: a start is not to load what it does not set.
            from reader.ui.typeset.hyphenation import hyphenator

            breaks = LineBreaks(hyphenator(document.language or "en"))
        # Without those of an earlier time all are judged anew.
        known = leaves or Leaves(document)
        self._runs = Runs(
            known, self.made.offsets, formats, breaks, has_italics=not self._is_mirrored
        )

    @cached_property
    def _table_setter(self) -> TableSetter:
        # Imported here: few articles begin with a table.
        from reader.ui.typeset.table_setter import TableSetter

        return TableSetter(self._document, self._formats, self.made, self._runs)

    def typeset(self, part: Span, byline: str) -> TypesetDocument:
        """The Qt document of the blocks that begin in `part`."""
        for _ in self.steps(part, byline):
            pass
        return self.made

    def steps(self, part: Span, byline: str) -> Iterator[None]:
        """Typeset the blocks that begin in `part` step by step; `made` is whole after the last."""
        document, formats = self._document, self._formats
        self.made.rootFrame().setFrameFormat(formats.root)
        self.made.setTextWidth(formats.width_px)
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
        last_items, box_end = _last_items(blocks), 0
        pause = part.start + STEP
        for i, block in enumerate(blocks):
            if block.span.start >= pause:
                pause = block.span.start + STEP
                yield
            self._ends_list = i in last_items
            leaves_box = block.span.start >= box_end > 0
            if leaves_box:
                box_end = 0
            section = self._sections.get(block.ref) if block.kind == "heading" else None
            enters_box = section is not None and section.kind == "box" and not box_end
            if section is not None and section.kind == "box":
                box_end = max(box_end, section.span.end)
            self._at_box = leaves_box or enters_box
            if titled and block is blocks[0]:
                self._paragraph(formats.heading_block(0), formats.heading(0), block.span)
                self._runs.insert(self._cursor, block.span, formats.heading(0), "title")
                self._decoration(byline, formats.block(14, 1.4, 0, 32), formats.byline)
            else:
                self._set_block(block)
        self._cursor.endEditBlock()

    def _is_title(self, block: Block) -> bool:
        """Whether the title stands there, so that it need not be printed above the text too."""
        if block.kind == "title":
            return True
        section = self._sections.get(block.ref) if block.kind == "heading" else None
        return section is not None and not section.number and section.title == self._document.title

    def _paragraph(
        self, block_format: QTextBlockFormat, char_format: QTextCharFormat, span: Span | None = None
    ) -> None:
        """Begin the paragraph of a span; without one, of words of ours."""
        if self._is_mirrored and (
            span is None or runs_right_to_left(span.cut(self._document.text), otherwise=True)
        ):
            block_format = mirrored(block_format)
        if self._at_box:
            above = max(block_format.topMargin(), _AROUND_BOX_PX)
            block_format.setTopMargin(above)
            self._at_box = False
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
        self._cursor.insertText(_isolated(text) if self._is_mirrored else text, char_format)

    def _set_block(self, block: Block) -> None:
        formats = self._formats
        if block.kind == "table":
            self._set_table(block)
        elif block.kind == "figure":
            self._set_figure(block)
        elif block.kind == "heading":
            self._set_heading(block)
        elif block.kind == "title":
            self._paragraph(formats.heading_block(0), formats.heading(0), block.span)
            self._runs.insert(self._cursor, block.span, formats.heading(0), "title")
        elif block.kind == "list_item":
            self._set_item(block, 24 + 24 * block.depth, formats.body, BODY_PX)
        elif block.kind == "reference":
            self._set_item(block, 32, formats.reference, BODY_PX * 0.89)
        elif block.kind == "note":
            self._set_item(block, 28, formats.reference, BODY_PX * 0.89)
        elif block.kind == "quote":
            made = formats.block(indent=24 * (block.depth + 1), justified=True)
            look = formats.upright_quote if self._is_mirrored else formats.quote
            self._paragraph(made, look, block.span)
            self._runs.insert(self._cursor, block.span, look)
        elif block.kind == "preformatted":
            made = formats.block(BODY_PX * 0.8, 1.4, above=_AROUND_CODE_PX, below=_AROUND_CODE_PX)
            if formats.for_paper:
                made.setBackground(QColor(formats.theme.chrome))
            made.setNonBreakableLines(False)
            self._paragraph(made, formats.code, block.span)
            self._runs.insert(self._cursor, block.span, formats.code, "code")
        elif block.kind == "formula":
            self._paragraph(formats.block(indent=24), formats.body, block.span)
            self._runs.insert(self._cursor, block.span, formats.body)
        else:
            self._paragraph(formats.block(justified=True), formats.body, block.span)
            if block.kind == "answer" and block.label:
                self._cursor.insertText(block.label + " ", self._label_format())
            self._runs.insert(self._cursor, block.span, formats.body)

    def _set_heading(self, block: Block) -> None:
        section: Section | None = self._sections.get(block.ref)
        level = section.level if section else 1
        made = self._formats.heading_block(level)
        made.setHeadingLevel(min(6, level + 1))
        char_format = self._formats.heading(level)
        self._paragraph(made, char_format, block.span)
        if section is not None and section.number:
            number = QTextCharFormat(char_format)
            number.setForeground(QColor(self._formats.theme.ink3))
            self._cursor.insertText(section.number + "\u2002", number)
        self._runs.insert(self._cursor, block.span, char_format, "title")

    def _label_format(self) -> QTextCharFormat:
        made = QTextCharFormat(self._formats.body)
        made.setForeground(QColor(self._formats.theme.ink3))
        return made

    def _set_item(
        self, block: Block, indent: float, char_format: QTextCharFormat, size: float
    ) -> None:
        formats = self._formats
        is_item = block.kind == "list_item"
        below = (13 if self._ends_list else 5) if is_item else 8
        hanging = 22 if is_item else indent
        made = formats.block(size, below=below, indent=indent, hanging=hanging, justified=is_item)
        self._paragraph(made, char_format, block.span)
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
        else:
            self._paragraph(formats.block(BODY_PX * 0.8, 1.4, below=4), formats.byline)
        insert_picture(self._cursor, self.made, figure, formats.column_px, formats.byline)
        if figure.caption is not None:
            made = formats.block(BODY_PX * 0.80, 1.4, below=22)
            self._paragraph(made, formats.small, figure.caption)
            self._runs.insert(self._cursor, figure.caption, formats.small)

    def _set_table(self, block: Block) -> None:
        formats, table = self._formats, self._tables[block.ref]
        if table.caption is not None:
            made = formats.block(BODY_PX * 0.80, 1.4, above=6, below=6)
            self._paragraph(made, formats.small, table.caption)
            self._runs.insert(self._cursor, table.caption, formats.small)
        if not table.cells:
            return
        self._table_setter.set(self._cursor, table, block.span)
        self._fresh = True


def _isolated(facts: str) -> str:
    """The facts of a line each in its own direction, so that none is torn apart."""
    return _BETWEEN_FACTS.sub("\u2069\\g<0>\u2068", f"\u2068{facts}\u2069")


def _last_items(blocks: Sequence[Block]) -> set[int]:
    """Which blocks are the last items of their lists."""
    kinds = [block.kind for block in blocks]
    following = [*kinds, ""][1:]
    both = enumerate(zip(kinds, following, strict=True))
    return {i for i, (kind, after) in both if kind == "list_item" != after}
