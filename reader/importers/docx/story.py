"""Reads the body of a Word file, or another story of it, into paragraphs and tables.

Source: ECMA-376, part 1, 17.2 to 17.4 (body, paragraphs, tables), 17.13 (changes).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy

from reader.importers.common.elements import Element
from reader.importers.docx.numbering import Numbering
from reader.importers.docx.package import M, R, W, is_on, number_of, value
from reader.importers.docx.runs import Runs
from reader.importers.docx.styles import Look, level_of
from reader.importers.docx.table_looks import TableLooks
from reader.importers.docx.text import Sources, words_in
from reader.importers.word.outline import find_header
from reader.importers.word.parts import Chunk, Event, Omitted, Paragraph, Part, Table, TableCell

_QUOTES = ("quote", "intense quote", "block text", "quotations")
_GROUPS = frozenset(f"{W}{name}" for name in ("sdtContent", "customXml", "ins", "moveTo", "body"))
_BLOCKS = frozenset(
    (
        *(f"{W}{name}" for name in ("p", "tbl", "altChunk", "bookmarkStart", "del", "moveFrom")),
        *(f"{M}oMathPara", f"{M}oMath"),
    )
)
_LOOSE = frozenset(f"{W}{name}" for name in ("r", "hyperlink", "fldSimple", "t", "sym"))
_PROPERTIES = frozenset(
    f"{W}{name}" for name in ("tcPr", "tblPr", "tblGrid", "trPr", "sectPr", "sdtPr", "sdtEndPr")
)
_DEEPEST = 40
_MOST_COLUMNS = 1_000


class Story:
    """Reads stories of one part of a file; lists go on counting from one to the next."""

    def __init__(self, sources: Sources, numbering: Numbering, part: str) -> None:
        self._sources = sources
        self._numbering = numbering
        self._part = part
        self._runs = Runs(sources, part)
        self._table_look: Look = {}

    def read(self, container: Element, depth: int = 0) -> list[Part]:
        """The paragraphs and tables in an element, in their order."""
        parts: list[Part] = []
        pending: list[Event] = []
        for element in _blocks(container):
            if element.tag == f"{W}p":
                paragraph, joins = self._paragraph(element)
                paragraph.events[:0] = pending
                pending = paragraph.events if joins else []
                if not joins:
                    parts.append(paragraph)
            elif element.tag == f"{W}bookmarkStart":
                pending.append(Event("anchor", target=value(element, "name")))
            else:
                if any(event.shown for event in pending):
                    parts.append(Paragraph(pending))
                    pending = []
                parts += self._other(element, depth)
        if pending:
            parts.append(Paragraph(pending))
        return parts

    def _other(self, element: Element, depth: int) -> Iterator[Part]:
        if element.tag == f"{W}tbl":
            if depth < _DEEPEST:
                yield from self._table(element, depth)
        elif element.tag == f"{W}altChunk":
            relations = self._sources.package.relations(self._part)
            relation = relations.get(element.get(f"{R}id", ""))
            if relation is not None and relation.target in self._sources.package.archive:
                yield Chunk(relation.target)
            else:
                missing = relation.target if relation is not None else "a file that is missing"
                yield Omitted("part of another kind", missing)
        elif element.tag in (f"{M}oMathPara", f"{M}oMath"):
            holder = element.makeelement(f"{W}p")
            holder.append(deepcopy(element))
            yield self._paragraph(holder)[0]
        else:
            words = "".join(words_in(element))
            if words.strip():
                yield Omitted("deleted text", words)

    # Paragraphs

    def _paragraph(self, element: Element) -> tuple[Paragraph, bool]:
        """The paragraph, and whether the next one goes on in it."""
        styles = self._sources.styles
        properties = element.find(f"{W}pPr")
        said = value(properties.find(f"{W}pStyle")) if properties is not None else ""
        style_id = said or styles.default
        events = self._runs.read(element, style_id, self._table_look)
        name = styles.name(style_id)
        paragraph = Paragraph(_settled(events), name)
        for event in paragraph.events:
            if event.boxes:
                inner = Story(self._sources, self._numbering, self._part)
                event.box_parts = [part for box in event.boxes for part in inner.read(box)]
        paragraph.level = styles.level(style_id)
        joins = False
        if properties is None:
            paragraph.number = self._numbering.number(None, style_id)
        else:
            outline = properties.find(f"{W}outlineLvl")
            if outline is not None:
                paragraph.level = level_of(outline)
            mark = properties.find(f"{W}rPr")
            gone = (f"{W}del", f"{W}moveFrom")
            joins = mark is not None and any(mark.find(tag) is not None for tag in gone)
            hidden = mark is not None and is_on(mark.find(f"{W}vanish")) and not paragraph.text
            if not joins and not hidden:
                paragraph.number = self._numbering.number(properties, style_id)
            frame = properties.find(f"{W}framePr")
            joins = joins or value(frame, "dropCap", "none") != "none"
        paragraph.in_contents = self._runs.in_contents or re.fullmatch(r"toc \d", name) is not None
        if name in _QUOTES:
            paragraph.kind = "quote"
        elif paragraph.number is not None and not paragraph.level:
            paragraph.kind, paragraph.label = "list_item", paragraph.number.label
        return paragraph, joins

    # Tables

    def _table(self, element: Element, depth: int) -> Iterator[Part]:
        table = Table()
        style = element.find(f"{W}tblPr/{W}tblStyle")
        look = element.find(f"{W}tblPr/{W}tblLook")
        first_row = value(look, "firstRow") in ("1", "true", "on") or bool(
            _hexadecimal(value(look, "val")) & 0x20
        )
        first_stands_out = first_row and self._sources.styles.has_header_row(value(style))
        open_above: dict[int, TableCell] = {}
        omitted: list[Part] = []
        row = 0
        outer_look = self._table_look
        lines = list(_rows(element))
        shown = sum(not _why_left_out(line.find(f"{W}trPr")) for line in lines)
        looks = TableLooks.of(element, self._sources.styles, shown)
        for line in lines:
            properties = line.find(f"{W}trPr")
            reason = _why_left_out(properties)
            if reason:
                words = " ".join("".join(words_in(cell)) for cell in _cells(line))
                omitted.append(Omitted("deleted text" if reason == "del" else "hidden text", words))
                continue
            named = properties is not None and is_on(properties.find(f"{W}tblHeader"))
            header = named or (row == 0 and first_stands_out)
            row += self._row(table, line, row, open_above, header, depth, omitted, looks)
        self._table_look = outer_look
        find_header(table)
        yield table
        yield from omitted

    def _row(
        self,
        table: Table,
        line: Element,
        row: int,
        open_above: dict[int, TableCell],
        header: bool,
        depth: int,
        omitted: list[Part],
        looks: TableLooks,
    ) -> int:
        """Add the cells of a row, each in its column; return how many rows were added."""
        properties = line.find(f"{W}trPr")
        before = properties.find(f"{W}gridBefore") if properties is not None else None
        column = min(max(number_of(value(before)), 0), _MOST_COLUMNS)
        beside: TableCell | None = None
        count = 0
        cells = list(_cells(line))
        for element in cells:
            cell = element.find(f"{W}tcPr")
            span, merge, beside_merge = None, None, None
            if cell is not None:
                span, merge = cell.find(f"{W}gridSpan"), cell.find(f"{W}vMerge")
                beside_merge = cell.find(f"{W}hMerge")
            width = min(max(number_of(value(span), 1), 1), _MOST_COLUMNS)
            count += 1
            if cell is not None and cell.find(f"{W}cellDel") is not None:
                omitted.append(Omitted("deleted text", "".join(words_in(element))))
                column += width
                continue
            self._table_look = looks.of_cell(row, column, element is cells[-1])
            parts = self.read(element, depth + 1)
            if beside is not None and _continues(beside_merge):
                beside.column_span += width
                beside.parts += parts
                column += width
                continue
            above = open_above.get(column)
            if _continues(merge) and above is not None and above.row + above.row_span == row:
                above.row_span += 1
                # Word shows nothing of what stands in a cell that another one covers.
                words = "".join(words_in(element))
                omitted += [Omitted("hidden text", words)] if words.strip() else []
                beside = None
            else:
                beside = TableCell(row, column, parts, 1, width, header)
                table.cells.append(beside)
                open_above.pop(column, None)
                if merge is not None:
                    open_above[column] = beside
            column += width
        return 1 if count else 0


def _blocks(container: Element, depth: int = 0) -> Iterator[Element]:
    """Paragraphs, tables and what else stands on its own, through controls and groups."""
    for child in container:
        if child.tag in _BLOCKS:
            yield child
        elif child.tag == f"{W}sdt":
            content = child.find(f"{W}sdtContent")
            if content is not None:
                yield from _blocks(content, depth + 1)
        elif child.tag in _GROUPS:
            yield from _blocks(child, depth + 1)
        elif child.tag in _LOOSE:
            # Not where it should be, and still shown.
            paragraph = child.makeelement(f"{W}p")
            paragraph.append(deepcopy(child))
            yield paragraph
        elif isinstance(child.tag, str) and child.tag not in _PROPERTIES and depth < _DEEPEST:
            yield from _blocks(child, depth + 1)


def _rows(table: Element) -> Iterator[Element]:
    yield from _members(table, f"{W}tr")


def _cells(row: Element) -> Iterator[Element]:
    yield from _members(row, f"{W}tc")


def _members(element: Element, tag: str) -> Iterator[Element]:
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag == f"{W}sdt" or child.tag in _GROUPS:
            yield from _members(child, tag)


def _why_left_out(properties: Element | None) -> str:
    """Why a row is not shown: "del", "hidden", or "" when it is."""
    if properties is None:
        return ""
    if properties.find(f"{W}del") is not None:
        return "del"
    return "hidden" if is_on(properties.find(f"{W}hidden")) else ""


def _settled(events: list[Event]) -> list[Event]:
    """The events with what is moved up or down marked as raised or lowered, if not all of it is."""
    lifts = {event.lift for event in events if event.kind == "text" and event.text.strip()}
    if lifts - {0} and len(lifts) > 1:
        for event in events:
            kinds = [kind for kind, _ in event.marks]
            if abs(event.lift) > 1 and not {"sup", "sub"}.intersection(kinds):
                event.marks = (*event.marks, ("sup" if event.lift > 0 else "sub", ""))
    return events


def _continues(merge: Element | None) -> bool:
    """Whether a cell goes on with the one before it."""
    return merge is not None and value(merge, "val", "continue") == "continue"


def _hexadecimal(untrusted: str) -> int:
    try:
        return int(untrusted, 16) if len(untrusted) <= 8 else 0
    except ValueError:
        return 0
