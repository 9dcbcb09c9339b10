"""Writes a document's one text, block by block, and keeps every span true to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from reader.importers.builder.anchors import Anchors
from reader.importers.builder.block_text import LINE, BlockText
from reader.importers.builder.entries import reference_of, title_of
from reader.importers.builder.open_table import OpenTable
from reader.importers.builder.section_tree import SectionTree
from reader.importers.builder.whitespace import tidy
from reader.model.document import (
    Block,
    BlockKind,
    Cell,
    Document,
    Figure,
    Formula,
    Mark,
    MarkKind,
    Reference,
    SectionKind,
    Table,
    with_details,
)
from reader.model.left_out import LeftOut, Reason
from reader.model.span import Span


class DocumentBuilder:
    """Takes titles, headings, blocks, cells and marks in reading order and builds the Document.

    One block is open at a time; beginning another ends it. Blocks without any text vanish, and so
    do the marks on nothing; figures stay.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._marks: list[Mark] = []
        self._sections = SectionTree()
        self._tables: list[Table] = []
        self._figures: list[Figure] = []
        self._references: list[Reference] = []
        self._formulas: list[Formula] = []
        self._inner_blocks: list[Block] = []
        self._left_out: list[LeftOut] = []
        self._anchors = Anchors()
        self._leaf: BlockText | None = None
        self._block: Block | None = None
        self._heading: tuple[int, str | None, SectionKind] | None = None
        self._figure: Figure | None = None
        self._table: OpenTable | None = None
        self._cell: Cell | None = None
        self._inner_tables = 0

    @property
    def length(self) -> int:
        """Code points written so far, without the open block."""
        return self._length

    @property
    def in_block(self) -> bool:
        """Whether a block or cell is open to take text."""
        return self._leaf is not None

    def add(self, untrusted_text: str) -> None:
        """Add text to the open block; outside one, words open a paragraph."""
        if self._leaf is None:
            if not untrusted_text.strip():
                return
            self.begin("paragraph")
        assert self._leaf is not None
        leaf = self._leaf
        if not untrusted_text.isprintable():
            untrusted_text = untrusted_text.replace("\x0b", " ").replace("\x1f", " ")
        leaf.parts.append(untrusted_text)
        leaf.length += len(untrusted_text)

    def line_break(self) -> None:
        """A break inside the block that is meant: a line of verse, of an address."""
        if self._leaf is not None:
            self._leaf.add(LINE)

    @contextmanager
    def formula(self, untrusted_mathml: str) -> Iterator[None]:
        """A formula whose linear reading is added inside; its MathML is kept beside the text."""
        if self._leaf is None:
            self.begin("formula")
        leaf = self._leaf
        assert leaf is not None
        start = leaf.length
        yield
        if untrusted_mathml and leaf.length > start:
            leaf.formulas.append((untrusted_mathml, start, leaf.length))

    def leave_out(
        self, reason: Reason, untrusted_words: str, heading: bool = False, table: bool = False
    ) -> None:
        """Notes that words which the file shows are not in the text, and why.

        `heading` says that they hold a heading with prose under it, `table` a data table. Words of
        white space alone count for nothing.
        """
        words = tidy(untrusted_words)[0]
        if words:
            self._left_out.append(LeftOut(reason, words, self._place, heading, table))

    @property
    def _place(self) -> int:
        """About where the next character will stand; `build` puts it within the text."""
        return self._length + (self._leaf.length if self._leaf is not None else 0)

    def open_mark(self, kind: MarkKind, target: str = "") -> None:
        """Begin a mark at the present place; a mark never reaches beyond its block."""
        if self._leaf is None:
            self.begin("paragraph")
        assert self._leaf is not None
        self._leaf.open_marks.append((kind, target, self._leaf.length))

    def close_mark(self) -> None:
        """End the mark opened last in this block, if there is one."""
        if self._leaf is not None and self._leaf.open_marks:
            kind, target, start = self._leaf.open_marks.pop()
            self._leaf.marks.append((kind, target, start, self._leaf.length))

    @contextmanager
    def mark(self, kind: MarkKind, target: str = "") -> Iterator[None]:
        """A mark on all that is added inside; a block begun inside ends it."""
        self.open_mark(kind, target)
        leaf = self._leaf
        yield
        if self._leaf is leaf:
            self.close_mark()

    def anchor(self, name: str) -> None:
        """Name the present place, for links to "#name"; the first of a name counts."""
        if self._leaf is None:
            self._anchors.wait(name)
        else:
            self._leaf.anchors.append((name, self._leaf.length))

    def begin(self, kind: BlockKind, depth: int = 0, label: str = "", ref: str = "") -> None:
        """Open a block of text; headings, tables and figures have verbs of their own."""
        self.end()
        self._block = Block(kind, Span(0, 0), depth, label, ref)
        self._leaf = BlockText(keep_space=kind == "preformatted")

    def begin_heading(
        self, level: int, number: str | None = None, kind: SectionKind = "body"
    ) -> None:
        """Open a heading, and with it a section of that level; `number` is no part of the text."""
        self.begin("heading")
        self._heading = (level, number, kind)

    def begin_figure(
        self,
        asset: str,
        alternative: str = "",
        width_px: int = 0,
        height_px: int = 0,
        label: str = "",
    ) -> None:
        """Open a figure; what is added is its caption."""
        self.begin("figure")
        figure_id = f"f{len(self._figures) + 1}"
        self._figure = Figure(
            figure_id, asset, None, tidy(alternative)[0], label, width_px, height_px
        )

    def begin_table(self, label: str = "") -> None:
        """Open a table; then come `begin_caption`, at most once, and `begin_cell`."""
        self.end()
        self._table = OpenTable(Table(f"t{len(self._tables) + 1}", (), None, label))

    def begin_caption(self) -> None:
        """Open the table's caption."""
        self._end_leaf()
        self._leaf = BlockText()

    def begin_cell(
        self,
        row: int,
        column: int,
        header: bool = False,
        row_span: int = 1,
        column_span: int = 1,
    ) -> None:
        """Open a cell; cells come row by row."""
        self._end_leaf()
        self._cell = Cell(row, column, Span(0, 0), header, row_span, column_span)
        self._leaf = BlockText()

    def begin_in_cell(self, kind: BlockKind, depth: int = 0, label: str = "") -> None:
        """Open a block inside the open cell (a paragraph, a list item); it ends the one before."""
        if self._leaf is not None:
            self._leaf.begin_block(Block(kind, Span(0, 0), depth, label))

    def figure_in_cell(
        self, asset: str, alternative: str = "", width_px: int = 0, height_px: int = 0
    ) -> None:
        """A picture inside the open cell; text may follow."""
        if self._leaf is None:
            return
        figure_id = f"f{len(self._figures) + 1}"
        shown = tidy(alternative)[0]
        self._figures.append(Figure(figure_id, asset, None, shown, "", width_px, height_px))
        self._leaf.begin_block(Block("figure", Span(0, 0), ref=figure_id))
        self._leaf.end_block()

    def begin_table_in_cell(self) -> None:
        """Open a table inside the open cell; one inside that is refused by `in_inner_table`."""
        if self._leaf is not None:
            self._inner_tables += 1
            self._leaf.begin_table(Table(f"t{len(self._tables) + self._inner_tables}i", ()))

    @property
    def in_inner_table(self) -> bool:
        """Whether a table inside a cell is open."""
        return self._leaf is not None and self._leaf.open_table is not None

    def begin_inner_cell(
        self,
        row: int,
        column: int,
        header: bool = False,
        row_span: int = 1,
        column_span: int = 1,
    ) -> None:
        """Open a cell of the table inside the open cell; cells come row by row."""
        if self._leaf is not None:
            self._leaf.begin_cell(Cell(row, column, Span(0, 0), header, row_span, column_span))

    def end_table_in_cell(self) -> None:
        """End the table inside the open cell."""
        if self._leaf is not None:
            self._leaf.end_table()

    def end(self) -> None:
        """End what is open: a block, or a table with its last cell."""
        self._end_leaf()
        if self._table is not None:
            if ended := self._table.ended(self._length):
                self._tables.append(ended[0])
                self._blocks.append(ended[1])
            self._table = None

    def _end_leaf(self) -> None:
        leaf, block, cell = self._leaf, self._block, self._cell
        self._leaf = self._block = self._cell = None
        if leaf is None:
            return
        text, places = tidy("".join(leaf.parts), leaf.keep_space)
        if leaf.keep_space:
            text = text.rstrip()
        if self._table is not None and (cell is not None or text):
            span = self._write(leaf, text, places, self._table.separator(cell))
            self._table.take(cell, span)
        elif self._table is None and block is not None:
            self._add_leaf(leaf, text, places, block)

    def _add_leaf(self, leaf: BlockText, text: str, places: list[int] | None, block: Block) -> None:
        heading, figure = self._heading, self._figure
        self._heading = self._figure = None
        if figure is not None:
            span = self._write(leaf, text, places) if text else Span(self._length, self._length)
            self._figures.append(replace(figure, caption=span if text else None))
            self._blocks.append(replace(block, span=span, ref=figure.id))
            return
        if not text:
            self._anchors.wait(*(name for name, _ in leaf.anchors))
            return
        first = len(self._marks)
        span = self._write(leaf, text, places)
        ref = block.ref
        if heading is not None:
            title = title_of(text, span, self._marks[first:])
            ref = self._sections.begin(span, title, *heading)
        elif block.kind == "reference":
            ref = block.label or str(len(self._references) + 1)
            self._references.append(reference_of(ref, text, span))
        self._blocks.append(Block(block.kind, span, block.depth, block.label, ref))

    def _write(
        self, leaf: BlockText, text: str, places: list[int] | None, separator: str = "\n"
    ) -> Span:
        if self._length:
            self._parts.append(separator)
            self._length += 1
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        self._anchors.place(leaf, start, text, places)
        self._marks += leaf.marks_in(start, text, places)
        self._formulas += leaf.formulas_in(start, text, places)
        if leaf.inner or leaf.open_block:
            self._inner_blocks += leaf.blocks_in(start, text, places)
            self._tables += leaf.tables_in(start, text, places)
        return Span(start, self._length)

    def build(self, **metadata: Any) -> Document:
        """The document; `metadata` are its other fields and its publication's, `id` among them.

        Links to "#name" whose name is no anchor lose their mark.
        """
        self.end()
        self._sections.end(self._length)
        marks = sorted(
            (m for m in map(self._anchors.resolved, self._marks) if m is not None),
            key=lambda m: (m.span.start, -m.span.end),
        )
        counted = {"kept_characters": self._length, "total_characters": self._length}
        made = Document(
            *("", "", "".join(self._parts)),
            sections=tuple(self._sections.sections),
            blocks=tuple(self._blocks),
            marks=tuple(marks),
            tables=tuple(self._tables),
            figures=tuple(self._figures),
            references=tuple(self._references),
            formulas=tuple(self._formulas),
            inner_blocks=tuple(self._inner_blocks),
            left_out=tuple(replace(o, at=min(o.at, self._length)) for o in self._left_out),
        )
        return with_details(made, counted | metadata)
