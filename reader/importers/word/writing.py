"""Writes the paragraphs and tables of a word processor as a document."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reader.importers.builder.document_builder import DocumentBuilder
from reader.importers.common.images import Assets, picture
from reader.importers.word.lines import Lines
from reader.importers.word.outline import is_figure_caption
from reader.importers.word.parts import (
    Chunk,
    Event,
    Omitted,
    Paragraph,
    Part,
    Picture,
    Table,
    TableCell,
)
from reader.model.document import BlockKind

_PLAIN = ("heading", "title")


class Writing:
    """Writes parts; `labels` are those of references, `write_chunk` writes a file in the file."""

    def __init__(
        self,
        writer: DocumentBuilder,
        assets: Assets,
        labels: set[str],
        write_chunk: Callable[[str], None],
    ) -> None:
        self._writer = writer
        self._assets = assets
        self._lines = Lines(writer, labels)
        self._write_chunk = write_chunk
        self._answers = False

    def write(self, parts: Sequence[Part]) -> None:
        """Write parts one after another."""
        i = 0
        while i < len(parts):
            part = parts[i]
            following = parts[i + 1] if i + 1 < len(parts) else None
            if isinstance(part, Table):
                self._table(part)
            elif isinstance(part, Omitted):
                self._writer.leave_out(part.reason, part.words)
            elif isinstance(part, Paragraph):
                i += self._paragraph(part, following)
            else:
                self._writer.end()
                self._write_chunk(part.part)
            i += 1
        self._writer.end()

    def note(self, name: str, label: str, parts: Sequence[Part]) -> None:
        """Write a footnote or endnote that references lead to as `name`."""
        self._writer.end()
        self._writer.anchor(name)
        for part in parts:
            if isinstance(part, Paragraph) and part.text.strip():
                part.kind, part.label = "note", label
                label = ""
        self.write(parts)

    # Paragraphs

    def _paragraph(self, paragraph: Paragraph, following: Part | None) -> int:
        """Write a paragraph; 1 when the following part is written with it, as a caption."""
        events = paragraph.events
        pictures = [e for e in events if e.kind == "picture" and not _is_sign(e, paragraph)]
        has_words = any(
            e.shown.strip() or (e.kind == "picture" and _is_sign(e, paragraph)) for e in events
        )
        first = next((i for i, e in enumerate(events) if e.shown.strip()), len(events))
        before = [e for e in pictures if any(e is one for one in events[:first])]
        after = pictures[len(before) :]
        if has_words:
            self._pictures(before, None)
            self._begin(paragraph)
            self._lines.write(events, paragraph.kind in _PLAIN, paragraph.skip, pictures)
            self._writer.end()
            self._pictures(after, None)
            self._boxes(events)
            return 0
        self._loose(events)
        boxes = any(event.kind == "boxes" for event in events)
        caption = following if isinstance(following, Paragraph) and not boxes else None
        captioned = caption is not None and bool(pictures) and is_figure_caption(caption)
        self._pictures(pictures, caption if captioned else None)
        self._boxes(events)
        return int(captioned)

    def _begin(self, paragraph: Paragraph) -> None:
        writer, answers = self._writer, self._answers
        self._answers = paragraph.kind == "heading" and paragraph.section == "question"
        if paragraph.kind == "heading":
            writer.begin_heading(paragraph.level, paragraph.label or None, paragraph.section)
        elif paragraph.kind == "list_item":
            depth = paragraph.number.depth if paragraph.number is not None else 0
            writer.begin("list_item", depth, paragraph.label)
        elif _is_formula(paragraph):
            writer.begin("formula")
        elif paragraph.kind == "paragraph":
            writer.begin("answer" if answers else "paragraph")
        else:
            writer.begin(paragraph.kind, 0, paragraph.label)

    def _loose(self, events: Sequence[Event]) -> None:
        """What a paragraph without words says: names of places, and what is left out of it."""
        for event in events:
            if event.kind == "anchor":
                self._writer.anchor(event.target)
            elif event.kind == "left_out":
                self._writer.leave_out(event.reason, event.text)

    def _boxes(self, events: Sequence[Event]) -> None:
        for event in events:
            self.write(event.box_parts)

    # Pictures and tables

    def _pictures(self, events: Sequence[Event], caption: Paragraph | None) -> None:
        shown = [event.picture for event in events if event.picture is not None]
        for i, one in enumerate(shown):
            self._writer.end()
            asset, width, height = self._kept(one)
            self._writer.begin_figure(asset, one.alternative, width, height)
            if caption is not None and i == len(shown) - 1:
                self._lines.write(caption.events)
            self._writer.end()

    def _kept(self, one: Picture) -> tuple[str, int, int]:
        """Keep a picture; note what of it is not shown."""
        if one.left_out is not None:
            self._writer.leave_out(one.left_out, one.words)
        return self._assets.keep(picture(one.content)) or ("", 0, 0)

    def _table(self, table: Table) -> None:
        writer = self._writer
        writer.begin_table()
        if table.caption is not None and table.caption.text.strip():
            writer.begin_caption()
            label = table.caption.label
            writer.add(f"{label} " if label else "")
            self._lines.write(table.caption.events)
        for cell in table.cells:
            spans = cell.row_span, cell.column_span
            writer.begin_cell(cell.row, cell.column, cell.is_header, *spans)
            self._cell(cell)
        writer.end()

    def _cell(self, cell: TableCell) -> None:
        parts = [part for part in cell.parts if not isinstance(part, Paragraph) or part.events]
        one = parts[0] if len(parts) == 1 else None
        if isinstance(one, Paragraph) and one.kind != "list_item" and _is_line(one):
            self._lines.write(one.events, cell.is_header)
            return
        for part in parts:
            self._in_cell(part, cell.is_header)

    def _in_cell(self, part: Part, plain: bool) -> None:
        writer = self._writer
        if isinstance(part, Omitted):
            writer.leave_out(part.reason, part.words)
        elif isinstance(part, Table):
            self._inner_table(part)
        elif isinstance(part, Chunk):
            writer.leave_out("part of another kind", part.part)
        else:
            pictures = [e for e in part.events if e.kind == "picture" and not _is_sign(e, part)]
            if any(event.shown.strip() for event in part.events):
                kind: BlockKind = part.kind if part.kind in ("list_item", "quote") else "paragraph"
                depth = part.number.depth if part.number is not None else 0
                if writer.in_inner_table:
                    writer.line_break()
                    writer.add(f"{part.label} " if kind == "list_item" else "")
                else:
                    writer.begin_in_cell(kind, depth, part.label if kind == "list_item" else "")
                self._lines.write(part.events, plain, 0, pictures)
            else:
                self._loose(part.events)
            for event in pictures:
                if event.picture is not None and not writer.in_inner_table:
                    asset, width, height = self._kept(event.picture)
                    writer.figure_in_cell(asset, event.picture.alternative, width, height)
                elif event.picture is not None:
                    self._kept(event.picture)
                    writer.add(f" {event.picture.alternative}")
            for event in part.events:
                for inner in event.box_parts:
                    self._in_cell(inner, plain)

    def _inner_table(self, table: Table) -> None:
        """A table in a cell; one in that is written as its lines."""
        writer = self._writer
        if writer.in_inner_table:
            for cell in table.cells:
                for part in cell.parts:
                    self._in_cell(part, False)
            return
        writer.begin_table_in_cell()
        for cell in table.cells:
            writer.begin_inner_cell(
                cell.row, cell.column, cell.is_header, cell.row_span, cell.column_span
            )
            parts = [p for p in cell.parts if not isinstance(p, Paragraph) or p.events]
            if len(parts) == 1 and isinstance(parts[0], Paragraph) and _is_line(parts[0]):
                self._lines.write(parts[0].events, cell.is_header)
            else:
                for part in parts:
                    self._in_cell(part, cell.is_header)
        writer.end_table_in_cell()


def _is_sign(event: Event, paragraph: Paragraph) -> bool:
    """Whether a picture stands for a sign in a line of words."""
    return (
        event.picture is not None
        and event.picture.is_small
        and bool(event.picture.alternative)
        and bool(paragraph.text.strip())
    )


def _is_line(paragraph: Paragraph) -> bool:
    kinds = {event.kind for event in paragraph.events}
    return not kinds & {"picture", "boxes"}


def _is_formula(paragraph: Paragraph) -> bool:
    """Whether nothing but formulas stands in a paragraph."""
    shown = [event for event in paragraph.events if event.shown.strip()]
    return paragraph.kind == "paragraph" and bool(shown) and all(e.kind == "formula" for e in shown)
