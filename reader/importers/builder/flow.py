"""Where the blocks of XML formats go: onto the page, into a table's cell, or into one line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Literal

from reader.importers.builder.document_builder import DocumentBuilder
from reader.importers.common.cell_place import Place
from reader.model.document import BlockKind, MarkKind, SectionKind

_CELL_KINDS = frozenset(
    ("paragraph", "list_item", "quote", "preformatted", "formula", "note", "answer")
)


@dataclass(slots=True)
class _State:
    """`place` takes blocks as they are; a line parts them by line breaks.

    `is_open` says, in a cell, that a block takes text. `is_empty` and `breaks` say, in a line, that
    nothing stands in it yet, and that what comes next stands on a new one.
    """

    place: Literal["page", "cell", "line"] = "page"
    is_open: bool = False
    is_empty: bool = True
    breaks: bool = False


class Flow:
    """Begins blocks, figures and tables wherever an element may hold them.

    Captions, headings and the cells of tables inside tables are lines: blocks in them are parted
    by line breaks, and a table in them gives a line a row. So nothing that stands at an unusual
    place ends the block around it.
    """

    def __init__(self, writer: DocumentBuilder) -> None:
        self.writer = writer
        self._now = _State()
        self._tables: list[tuple[str, int]] = []

    @property
    def on_page(self) -> bool:
        """Whether blocks are blocks of the document."""
        return self._now.place == "page"

    @property
    def in_line(self) -> bool:
        """Whether blocks only begin new lines."""
        return self._now.place == "line"

    def begin(self, kind: BlockKind, depth: int = 0, label: str = "") -> None:
        """Open a block; `label` is what is printed before a list item or a note."""
        now = self._now
        if now.place == "page":
            self.writer.begin(kind, depth, label)
        elif now.place == "cell":
            kind = kind if kind in _CELL_KINDS else "paragraph"
            self.writer.begin_in_cell(kind, depth, label)
            now.is_open = True
        else:
            now.breaks = not now.is_empty
            if label:
                self.add(f"{label} ")

    def end(self) -> None:
        """End the open block."""
        now = self._now
        if now.place == "page":
            self.writer.end()
        now.is_open = False
        now.breaks = not now.is_empty

    def add(self, untrusted_text: str) -> None:
        """Add text to the open block; words outside one open a paragraph."""
        if self._now.place == "page":
            self.writer.add(untrusted_text)
        elif untrusted_text.strip():
            self.get_ready()
            self.writer.add(untrusted_text)
        elif self._now.is_open or not (self._now.is_empty or self._now.breaks):
            self.writer.add(untrusted_text)

    @property
    def adder(self) -> Callable[[str], None]:
        """What adds text here: on the page the writer itself, which most text goes to."""
        return self.writer.add if self._now.place == "page" else self.add

    def get_ready(self) -> None:
        """Open a block for what is added to the writer itself: a mark, a formula."""
        now = self._now
        if now.place == "cell" and not now.is_open:
            self.begin("paragraph")
        elif now.place == "line":
            if now.breaks:
                self.writer.line_break()
            now.is_empty = now.breaks = False

    def mark(self, kind: MarkKind, target: str = "") -> AbstractContextManager[None]:
        """A mark on all that is added inside."""
        if self._now.place != "page":
            self.get_ready()
        return self.writer.mark(kind, target)

    @contextmanager
    def heading(self, level: int, number: str | None, kind: SectionKind) -> Iterator[None]:
        """A heading, whose words are added inside; in a cell or a line a strong paragraph."""
        if self.on_page:
            self.writer.begin_heading(level, number, kind)
            with self._as("line"):
                yield
            self.writer.end()
            return
        self.begin("paragraph")
        with self.mark("strong"):
            if number:
                self.add(f"{number} ")
            yield
        self.end()

    @contextmanager
    def figure(
        self, asset: str, alternative: str = "", width_px: int = 0, height_px: int = 0
    ) -> Iterator[None]:
        """A figure, whose caption is added inside; a line takes what the picture shows in words."""
        now = self._now
        if now.place == "page":
            self.writer.begin_figure(asset, alternative, width_px, height_px)
            with self._as("line"):
                yield
            self.writer.end()
            return
        if now.place == "cell":
            self.writer.figure_in_cell(asset, alternative, width_px, height_px)
            now.is_open = False
        elif alternative:
            self.add(f"{alternative} ")
        yield
        self.end()

    @contextmanager
    def table(self, caption: Callable[[], None]) -> Iterator[None]:
        """A table, whose cells are added inside; `caption` writes its caption."""
        before = self._now
        kind: str = before.place
        if kind == "cell" and self.writer.in_inner_table:
            kind = "line"
        if kind == "page":
            self.writer.begin_table()
            self.writer.begin_caption()
            with self._as("line"):
                caption()
        else:
            self.begin("paragraph")
            caption()
            self.end()
            if kind == "cell":
                self.writer.begin_table_in_cell()
        self._tables.append((kind, -1))
        yield
        self._tables.pop()
        if kind == "page":
            self.writer.end()
        elif kind == "cell":
            self.writer.end_table_in_cell()
        self._now = before
        self._now.is_open = False
        self._now.breaks = not before.is_empty

    @contextmanager
    def cell(self, place: Place, holds_blocks: bool) -> Iterator[None]:
        """A cell of the open table; one that `holds_blocks` takes more than a line of words."""
        kind, row = self._tables[-1]
        self._tables[-1] = kind, place.row
        if kind != "line":
            where = (place.row, place.column, place.header, place.row_span, place.column_span)
            before = self._now
            if kind == "page":
                self.writer.begin_cell(*where)
                self._now = _State("cell" if holds_blocks else "line")
            else:
                self.writer.begin_inner_cell(*where)
                self._now = _State("line")
            yield
            self._now = before
        else:
            self._now.breaks = row != place.row and not self._now.is_empty
            if row == place.row:
                self.add(" ")
            yield
            self._now.breaks = False

    @contextmanager
    def _as(self, place: Literal["line"]) -> Iterator[None]:
        before = self._now
        self._now = _State(place)
        yield
        self._now = before
