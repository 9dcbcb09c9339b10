"""From a tree of HTML elements to blocks, sections, marks, tables and figures."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator

from lxml import etree

from reader.importers.builder.document_builder import DocumentBuilder
from reader.importers.common.elements import (
    BLOCKS,
    CONTROLS,
    EMBEDDED,
    HEADINGS,
    UNREAD,
    Element,
    is_hidden,
    names_of,
    tag_of,
    text_of,
    words_of,
)
from reader.importers.html.captions import ResolveAsset, join_captions
from reader.importers.html.headings import kind_of, take_numbers
from reader.importers.html.inline_marks import InnerMark, Marks, ResolveLink, page_link
from reader.importers.html.left_out import LeftOutParts, value_of
from reader.importers.html.line_elements import LineElements
from reader.importers.html.lines import Around, Leave, Lines, Step
from reader.importers.html.lists import labels_of
from reader.importers.html.notes import Notes, find_notes
from reader.importers.html.picture_blocks import Pictures
from reader.importers.html.signs import tick_of
from reader.importers.html.styles import Styles, sheets_of, styles_of
from reader.importers.html.table_blocks import Tables
from reader.model.document import SectionKind


def write_blocks(
    writer: DocumentBuilder,
    element: Element,
    *,
    resolve_asset: ResolveAsset,
    resolve_link: ResolveLink = page_link,
    notes: Notes | None = None,
    title: Element | None = None,
    prefix: str = "",
    styles: Styles | None = None,
    parts: LeftOutParts | None = None,
    beside: list[str] | None = None,
    has_layout_tables: bool = True,
) -> None:
    """Write all that can be read in an element; the tree is changed by it.

    `resolve_link` turns an address of the page into "#name", an address to show, or "". `notes`
    are the references and notes that `find_notes` found, in this page or in all of a book.
    `title` is the heading that becomes the title of the document. `prefix` goes before the ids of
    the page, to tell them from those of other pages. `styles` are the style sheets of the page by
    `styles_of`, by default those inside the element; a book makes them once of all its sheets.
    `parts` are those that were taken out of the element. `beside` takes the characters that are
    printed round numbers and labels and are not in the text, for `accounted`. Without
    `has_layout_tables` every table is one to its reader.
    """
    beside = [] if beside is None else beside
    if notes is None:
        notes = find_notes(element, prefix)
    beside += notes.printed
    styles = styles_of(sheets_of(element)) if styles is None else styles
    join_captions(element)
    numbers = take_numbers(e for e in element.iter() if tag_of(e) in HEADINGS and e is not title)
    lines = Lines(writer, Marks(notes, resolve_link, styles))
    parts = parts or LeftOutParts()
    walk = _Walk(
        lines,
        LineElements(lines, beside),
        Tables(lines, parts, has_layout_tables),
        Pictures(lines, resolve_asset),
        parts,
        numbers,
        title,
        prefix,
    )
    walk.run(element)


class _Walk:
    """Goes through a tree without recursion, and knows which list, quote and section it is in."""

    def __init__(
        self,
        lines: Lines,
        elements: LineElements,
        tables: Tables,
        pictures: Pictures,
        parts: LeftOutParts,
        numbers: dict[Element, tuple[str, str]],
        title: Element | None,
        prefix: str,
    ) -> None:
        self._lines = lines
        self._elements = elements
        self._tables = tables
        self._pictures = pictures
        self._parts = parts
        self._notes = lines.marks.notes
        self._styles = lines.marks.styles
        self._numbers = numbers
        self._title = title
        self._prefix = prefix
        self._labels: dict[Element, str] = {}
        self._faq_level = 0
        self._verbs: dict[str, Callable[[Element], Step | None]] = {
            "ul": self._list,
            "ol": self._list,
            "menu": self._list,
            "li": self._item,
            "blockquote": self._quote,
            "dt": elements.strong_block,
            "summary": elements.strong_block,
            "dd": self._definition,
            "table": tables.table,
            "figure": pictures.figure,
            "pre": elements.preformatted,
            "br": lines.break_line,
            "math": elements.math,
            "q": elements.quotation,
        }

    def run(self, root: Element) -> None:
        """Write what is in `root`."""
        stack: list[tuple[Element, Iterator[Element], Leave, bool]] = []

        def enter(element: Element) -> bool:
            step = self._enter(element)
            if step is None:
                return False
            inside, leave = step
            if inside is None:
                self._lines.text(element.text)
            stack.append(
                (element, iter(element if inside is None else inside), leave, inside is None)
            )
            return True

        if not enter(root):
            return
        while stack:
            element, children, leave, whole = stack[-1]
            child = next(children, None)
            if child is not None:
                if not enter(child) and whole:
                    self._lines.text(child.tail)
                continue
            stack.pop()
            leave()
            if stack and stack[-1][3]:
                self._lines.text(element.tail)
        self._lines.boundary()
        self._parts.write_rest(self._lines.writer)

    def _enter(self, element: Element) -> Step | None:
        tag = tag_of(element)
        if not tag:
            if element.tag is etree.Entity:
                self._lines.text(html.unescape(str(element.text)))
            else:
                self._parts.write(self._lines.writer, element)
            return None
        if is_hidden(element):
            self._lines.writer.leave_out("hidden text", words_of(element))
            return None
        if tag in ("img", "image", "svg"):
            self._pictures.picture(element)
            return None
        if tag in UNREAD:
            self._unread(element, tag)
            return None
        step = self._open(element, tag)
        for name in names_of(element):
            self._lines.writer.anchor(self._prefix + name)
        return self._struck(element, step) if step is not None and tag in BLOCKS else step

    def _unread(self, element: Element, tag: str) -> None:
        """Notes what is shown of a control or of something embedded; a tick box is a sign."""
        tick = tick_of(element)
        if tick:
            self._lines.text(tick)
        elif tag in CONTROLS:
            self._lines.part()
            self._lines.writer.leave_out("control", words_of(element) or value_of(element))
        elif tag in EMBEDDED:
            self._lines.part()
            said = words_of(element) or element.get("aria-label") or element.get("title") or ""
            self._lines.writer.leave_out("embedded object", " ".join(said.split()))

    def _struck(self, element: Element, step: Step) -> Step:
        """Marks a whole block that its style strikes."""
        declared = self._styles.declared(element)
        lines = declared.get("text-decoration", "") + declared.get("text-decoration-line", "")
        if "line-through" not in lines:
            return step
        inside, leave = step
        close = self._lines.open_mark(InnerMark("strike"))

        def leave_struck() -> None:
            close()
            leave()

        return inside, leave_struck

    def _open(self, element: Element, tag: str) -> Step | None:
        if element in self._tables.places:
            return self._tables.cell(element)
        if element in self._notes.entries and not self._lines.solid:
            return self._entry(element)
        is_title = element is self._title or element in self._notes.headings
        if is_title or tag in HEADINGS or element.get("role") == "heading":
            return self._heading(element, tag)
        own = self._verbs.get(tag)
        if own is not None:
            return own(element)
        if tag in BLOCKS:
            self._lines.boundary()
            return None, self._lines.boundary
        return self._elements.inline(element, tag)

    # Blocks of their own

    def _heading(self, element: Element, tag: str) -> Step:
        words = " ".join(text_of(element).split())
        number, printed = self._numbers.get(element, (None, ""))
        if self._lines.solid or not words or "quote" in {p.kind for p in self._lines.places}:
            step = self._elements.strong_block(element)
            self._lines.text(printed)
            return step
        if number:
            self._elements.leave_beside(printed.replace(number, "", 1))
        self._lines.end()
        if element is self._title:
            self._lines.begin("title")
        else:
            said = element.get("aria-level") or tag[1:]
            level = int(said) if re.fullmatch("[1-9]", said) else 2
            self._lines.writer.begin_heading(level, number, self._kind(words, level, element))
            self._lines.begun()
        place = self._lines.places[-1]
        if place.kind == "list_item":
            # A list of parts with titles is no list any more.
            place.kind, place.depth = "paragraph", 0
        return None, self._lines.solidly("heading")

    def _kind(self, words: str, level: int, element: Element) -> SectionKind:
        kind = kind_of(words)
        self._lines.question = False
        if element in self._notes.headings:
            return "references"
        if kind == "faq":
            self._faq_level = level
        elif self._faq_level and level > self._faq_level and words.endswith("?"):
            self._lines.question = True
            return "question"
        elif level <= self._faq_level:
            self._faq_level = 0
        return "body" if kind == "references" else kind

    def _entry(self, element: Element) -> Step:
        entry = self._notes.entries[element]
        self._lines.end()
        self._lines.begin(entry.kind, 0, entry.label)
        return None, self._lines.solidly("entry")

    def _list(self, element: Element) -> Step:
        self._labels.update(labels_of(element, self._styles))
        return self._lines.block_of(element)

    def _item(self, element: Element) -> Step:
        return self._lines.within(
            Around("list_item", self._lines.depth(), self._labels.get(element, "•"))
        )

    def _quote(self, _element: Element) -> Step:
        return self._lines.within(Around("quote", self._lines.depth()))

    def _definition(self, element: Element) -> Step:
        depth = sum(tag_of(ancestor) == "dl" for ancestor in element.iterancestors())
        return self._lines.within(Around("paragraph", depth))
