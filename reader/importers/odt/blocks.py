"""The text of OpenDocument: paragraphs, headings, lists, tables, notes, pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext

from reader.importers.builder.document_builder import DocumentBuilder
from reader.importers.builder.flow import Flow
from reader.importers.common.cell_place import Place
from reader.importers.common.elements import Element, attribute, tag_of
from reader.importers.common.symbol_fonts import symbol_text
from reader.importers.common.xml_tree import one_of, text_in
from reader.importers.formula.write import write_mathml
from reader.importers.odt.styles import Styles, is_hidden_section
from reader.model.document import MarkKind

Picture = tuple[str, int, int]

MOST_REPEATED = 200
_SKIPPED = frozenset(
    "sequence-decls variable-decls user-field-decls forms soft-page-break bookmark-end change "
    "reference-mark-end toc-mark alphabetical-index-mark "
    "dde-connection-decls note-citation binary-data".split()
)
_INDEXES = ("table-of-content", "alphabetical-index", "illustration-index", "table-index")
_HIDES = "{*}hidden-paragraph"
_ROWS = ("table-header-rows", "table-rows", "table-row-group")


class Text:
    """Writes a text; `resolve` gives the picture of a frame, `formula` its MathML."""

    def __init__(
        self,
        writer: DocumentBuilder,
        styles: Styles,
        resolve: Callable[[Element], Picture | None],
        formula: Callable[[Element], Element | None],
    ) -> None:
        self._flow = Flow(writer)
        self._styles = styles
        self._resolve = resolve
        self._formula = formula
        self._notes: list[tuple[str, str, Element]] = []
        self._frames: list[Element] = []
        self._headings: list[int] = []
        self._counts: dict[tuple[str, int], int] = {}
        self._seen = 0
        self._titled = False
        self._font = ""
        self._insertions: set[str] = set()
        self._inserting: set[str] = set()

    def write(self, body: Element) -> None:
        """Write all that is in an element."""
        for child in body:
            self._write_block(child, [], "")
        self._flow.end()
        self._write_notes()

    def _write_block(self, element: Element, numbers: list[int], list_style: str) -> None:
        tag = tag_of(element)
        if tag == "h":
            self._write_heading(element)
        elif tag == "p":
            self._write_paragraph(element)
        elif tag == "list":
            self._write_list(element, numbers, list_style)
        elif tag == "table":
            self._write_table(element)
        elif tag == "tracked-changes":
            for deleted in element.iter("{*}deletion"):
                said = (_words_of(e) for e in deleted if tag_of(e) != "change-info")
                self._flow.writer.leave_out("deleted text", " ".join(said))
            for region in element.iter("{*}changed-region"):
                if one_of(region, "insertion") is not None:
                    self._insertions.add(attribute(region, "id"))
        elif tag in ("change-start", "change-end"):
            self._take_change(element)
        elif tag == "section" and is_hidden_section(element):
            self._flow.writer.leave_out("hidden text", _words_of(element))
        elif tag in _INDEXES:
            self._flow.writer.leave_out("printed contents", _words_of(element))
        elif tag in ("frame", "g", "custom-shape", "text-box", "rect", "a"):
            self._frames.append(element)
            self._end()
        elif tag and tag not in _SKIPPED and not tag.endswith("-source"):
            for child in element:
                self._write_block(child, numbers, list_style)

    def _write_heading(self, heading: Element) -> None:
        said = attribute(heading, "outline-level")
        level = min(int(said), 10) if re.fullmatch(r"[1-9]\d?", said) else 1
        number = None
        if attribute(heading, "is-list-header") != "true" and text_in(heading):
            self._headings = (self._headings + [0] * level)[:level]
            self._headings[-1] += 1
            number = self._styles.heading_number(self._headings)
        with self._flow.heading(level, number, "body"):
            self._write_words(heading)
        self._end()

    def _write_paragraph(self, paragraph: Element, label: str = "", depth: int = -1) -> None:
        name = attribute(paragraph, "style-name")
        hiding = any(attribute(e, "is-hidden") == "true" for e in paragraph.iter(_HIDES))
        if hiding or self._styles.is_hidden(name):
            self._flow.writer.leave_out("hidden text", _words_of(paragraph))
            return
        if depth >= 0:
            self._flow.begin("list_item", depth, label)
        elif not self._titled and self._flow.on_page and self._styles.is_title(name):
            self._titled = bool(text_in(paragraph))
            self._flow.begin("title")
        else:
            self._flow.begin("paragraph")
        # A style of the paragraph may strike it out; what it makes bold is no more than its look.
        kinds = [k for k in self._styles.marks(name) if k in ("strike", "sup", "sub")]
        self._write_styled(paragraph, name, kinds)
        self._end()

    def _end(self) -> None:
        """End the open block; what was anchored in it follows, then its notes."""
        self._flow.end()
        if self._flow.in_line:
            return
        frames, self._frames = self._frames, []
        for frame in frames:
            self._write_frame(frame)
        if self._flow.on_page:
            self._write_notes()

    def _write_notes(self) -> None:
        notes, self._notes = self._notes, []
        for name, label, body in notes:
            for paragraph in body:
                if tag_of(paragraph) not in ("p", "h"):
                    self._write_block(paragraph, [], "")
                    continue
                self._flow.writer.anchor(name)
                self._flow.begin("note", label=label)
                self._write_words(paragraph)
                self._end()
                label = ""

    def _write_words(self, element: Element) -> None:
        self._add(element.text)
        for child in element:
            self._write_child(child)
            self._add(child.tail)

    def _add(self, text: str | None) -> None:
        if text:
            # White space in the file is one space, whatever it is: others are elements.
            words = symbol_text(re.sub(r"[ \t\r\n]+", " ", text), self._font)
            with self._flow.mark("insert") if self._inserting else nullcontext():
                self._flow.add(words)

    def _take_change(self, sign: Element) -> None:
        """Notes that what was inserted begins or ends, maybe in another paragraph."""
        change = attribute(sign, "change-id")
        if tag_of(sign) == "change-end":
            self._inserting.discard(change)
        elif change in self._insertions:
            self._inserting.add(change)

    def _write_child(self, child: Element) -> None:
        tag, flow = tag_of(child), self._flow
        if tag == "span":
            name = attribute(child, "style-name")
            if self._styles.is_hidden(name):
                flow.writer.leave_out("hidden text", _words_of(child))
            else:
                self._write_styled(child, name, self._styles.marks(name))
        elif tag == "a":
            address = attribute(child, "href")
            safe = address.startswith(("http://", "https://", "mailto:", "#"))
            if safe and len(address) > 1:
                with flow.mark("link", address.removesuffix("|outline")):
                    self._write_words(child)
            else:
                self._write_words(child)
        elif tag in ("s", "tab"):
            flow.add(" ")
        elif tag == "line-break":
            flow.writer.line_break()
        elif tag in ("bookmark", "bookmark-start", "reference-mark", "reference-mark-start"):
            flow.writer.anchor(attribute(child, "name"))
        elif tag == "bookmark-ref":
            with flow.mark("link", f"#{attribute(child, 'ref-name')}"):
                self._write_words(child)
        elif tag == "note":
            self._write_note_mark(child)
        elif tag in ("annotation", "annotation-end"):
            flow.writer.leave_out("comments", _words_of(child))
        elif tag in ("frame", "g", "custom-shape", "rect"):
            self._write_anchored(child)
        elif tag in ("change-start", "change-end"):
            self._take_change(child)
        elif tag == "hidden-text" and attribute(child, "is-hidden") != "false":
            flow.writer.leave_out("hidden text", _words_of(child))
        elif tag == "ruby-text" and _words_of(child):
            # How characters are read aloud, which stands above them in print.
            flow.add("(")
            self._write_words(child)
            flow.add(")")
        elif tag == "ruby" or (tag and tag not in _SKIPPED):
            self._write_words(child)

    def _write_styled(self, element: Element, name: str, kinds: Sequence[MarkKind]) -> None:
        outer, self._font = self._font, self._styles.font(name) or self._font
        self._write_marked(element, kinds)
        self._font = outer

    def _write_marked(self, element: Element, kinds: Sequence[MarkKind]) -> None:
        if not kinds:
            self._write_words(element)
            return
        with self._flow.mark(kinds[0]):
            self._write_marked(element, kinds[1:])

    def _write_note_mark(self, note: Element) -> None:
        self._seen += 1
        label = text_in(one_of(note, "note-citation")) or str(self._seen)
        name = f"note {self._seen}"
        body = one_of(note, "note-body")
        if body is not None:
            self._notes.append((name, label, body))
        with self._flow.mark("reference_mark", f"#{name}"), self._flow.mark("sup"):
            self._flow.add(label)

    def _write_anchored(self, frame: Element) -> None:
        """A formula stands in its line; pictures and boxes follow the paragraph."""
        math = self._formula(frame)
        if math is None:
            self._frames.append(frame)
            return
        self._flow.get_ready()
        write_mathml(self._flow.writer, math)

    def _write_frame(self, frame: Element) -> None:
        boxes = list(frame.iter("{*}text-box", "{*}custom-shape", "{*}rect"))
        for box in boxes[:1]:
            for child in box:
                self._write_block(child, [], "")
        if boxes:
            return
        math = self._formula(frame)
        if math is not None:
            self._flow.begin("formula")
            write_mathml(self._flow.writer, math)
            self._flow.end()
            return
        found = self._resolve(frame)
        spoken = " ".join(text_in(e) for e in frame.iter("{*}title", "{*}desc"))
        pictured = next(frame.iter("{*}image", "{*}object", "{*}object-ole"), None) is not None
        if found is not None or spoken or pictured:
            asset, width, height = found or ("", 0, 0)
            with self._flow.figure(asset, spoken or "Picture", width, height):
                pass

    def _write_list(self, element: Element, above: list[int], inherited: str) -> None:
        style = attribute(element, "style-name") or inherited
        depth = len(above) + 1
        key = style, depth
        goes_on = attribute(element, "continue-numbering") == "true" or attribute(
            element, "continue-list"
        )
        if not goes_on or key not in self._counts:
            self._counts[key] = self._styles.first(style, depth) - 1
        for item in element:
            if tag_of(item) not in ("list-item", "list-header"):
                continue
            start = attribute(item, "start-value")
            if tag_of(item) == "list-item":
                self._counts[key] += 1
            if re.fullmatch(r"\d{1,6}", start):
                self._counts[key] = int(start)
            numbers = [*above, self._counts[key]]
            label = self._styles.label(style, numbers) if tag_of(item) == "list-item" else ""
            for child in item:
                if tag_of(child) == "p":
                    self._write_paragraph(child, label, depth - 1)
                    label = "" if text_in(child) else label
                else:
                    self._write_block(child, numbers, style)

    def _write_table(self, table: Element) -> None:
        rows = list(_rows_of(table, False))
        with self._flow.table(lambda: None):
            for number, (row, in_head) in enumerate(rows):
                column = 0
                for cell in row:
                    repeated = _count(attribute(cell, "number-columns-repeated"))
                    if tag_of(cell) == "table-cell":
                        for copy in range(repeated if text_in(cell) else 1):
                            self._write_cell(cell, number, column + copy, in_head, len(rows))
                    if tag_of(cell) in ("table-cell", "covered-table-cell"):
                        column += repeated
        self._end()

    def _write_cell(self, cell: Element, row: int, column: int, in_head: bool, rows: int) -> None:
        down = min(_count(attribute(cell, "number-rows-spanned")), rows - row)
        across = _count(attribute(cell, "number-columns-spanned"))
        paragraphs = [e for e in cell if tag_of(e)]
        plain = len(paragraphs) == 1 and tag_of(paragraphs[0]) in ("p", "h")
        framed = next(cell.iter("{*}frame"), None) is not None
        place = Place(row, column, in_head, down, across)
        with self._flow.cell(place, bool(paragraphs) and (not plain or framed)):
            for child in paragraphs:
                self._write_block(child, [], "")


def _rows_of(table: Element, in_head: bool) -> Iterator[tuple[Element, bool]]:
    for child in table:
        if tag_of(child) == "table-row":
            repeated = _count(attribute(child, "number-rows-repeated")) if text_in(child) else 1
            for _ in range(repeated):
                yield child, in_head
        elif tag_of(child) in _ROWS:
            yield from _rows_of(child, in_head or tag_of(child) == "table-header-rows")


def _count(untrusted: str) -> int:
    return min(int(untrusted), MOST_REPEATED) if re.fullmatch(r"[1-9]\d{0,6}", untrusted) else 1


def _words_of(element: Element) -> str:
    return " ".join(map(str, element.itertext()))
