"""From a tree of HTML elements to blocks, sections, marks, tables and figures."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator

from lxml import etree

from reader.importers.html_captions import (
    Image,
    ResolveAsset,
    captions_in,
    image_of,
    is_simple_figure,
    join_captions,
    pictures_in,
)
from reader.importers.html_headings import kind_of, take_numbers
from reader.importers.html_lines import Around, Leave, Lines, Step
from reader.importers.html_lists import labels_of
from reader.importers.html_marks import InnerMark, Marks, ResolveLink, page_link
from reader.importers.html_notes import Notes, find_notes
from reader.importers.html_tables import Place, is_data, own_caption, places
from reader.importers.html_tree import (
    BLOCKS,
    HEADINGS,
    UNREAD,
    Element,
    is_hidden,
    names_of,
    tag_of,
    text_of,
)
from reader.importers.writer import Writer
from reader.model.document import SectionKind


def write_blocks(
    writer: Writer,
    element: Element,
    *,
    resolve_asset: ResolveAsset,
    resolve_link: ResolveLink = page_link,
    notes: Notes | None = None,
    title: Element | None = None,
    prefix: str = "",
) -> None:
    """Writes all that can be read in an element; the tree is changed by it.

    `resolve_link` turns an address of the page into "#name", an address to show, or "". `notes`
    are the references and notes that `find_notes` found, in this page or in all of a book.
    `title` is the heading that becomes the title of the document. `prefix` goes before the ids of
    the page, to tell them from those of other pages.
    """
    if notes is None:
        notes = find_notes(element, prefix)
    join_captions(element)
    numbers = take_numbers(e for e in element.iter() if tag_of(e) in HEADINGS and e is not title)
    _Walk(writer, resolve_asset, Marks(notes, resolve_link), numbers, title, prefix).run(element)


class _Walk(Lines):
    """Goes through a tree without recursion, and knows which list, quote and section it is in."""

    def __init__(
        self,
        writer: Writer,
        resolve_asset: ResolveAsset,
        marks: Marks,
        numbers: dict[Element, str],
        title: Element | None,
        prefix: str,
    ) -> None:
        super().__init__(writer, marks)
        self._resolve_asset = resolve_asset
        self._notes = marks.notes
        self._numbers = numbers
        self._title = title
        self._prefix = prefix
        self._cells: dict[Element, Place] = {}
        self._labels: dict[Element, str] = {}
        self._faq_level = 0
        self._verbs: dict[str, Callable[[Element], Step | None]] = {
            "ul": self._list,
            "ol": self._list,
            "menu": self._list,
            "li": self._item,
            "blockquote": self._quote,
            "dt": self._strong_block,
            "summary": self._strong_block,
            "dd": self._definition,
            "table": self._table,
            "figure": self._figure,
            "pre": self._preformatted,
            "br": self._break,
            "math": self._math,
            "q": self._quotation,
        }

    def run(self, root: Element) -> None:
        """Writes what is in `root`."""
        stack: list[tuple[Element, Iterator[Element], Leave, bool]] = []

        def enter(element: Element) -> bool:
            step = self._enter(element)
            if step is None:
                return False
            inside, leave = step
            if inside is None:
                self._text(element.text)
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
                    self._text(child.tail)
                continue
            stack.pop()
            leave()
            if stack and stack[-1][3]:
                self._text(element.tail)
        self._boundary()

    def _enter(self, element: Element) -> Step | None:
        tag = tag_of(element)
        if not tag:
            if element.tag is etree.Entity:
                self._text(html.unescape(str(element.text)))
            return None
        if tag in ("img", "image"):
            self._picture(element)
            return None
        in_heading = tag == "button" and "heading" in self._solid
        if (tag in UNREAD and not in_heading) or is_hidden(element):
            return None
        step = self._open(element, tag)
        for name in names_of(element):
            self._writer.anchor(self._prefix + name)
        return step

    def _open(self, element: Element, tag: str) -> Step | None:
        if element in self._cells:
            return self._cell(element)
        if element in self._notes.entries and not self._solid:
            return self._entry(element)
        is_title = element is self._title or element in self._notes.headings
        if is_title or tag in HEADINGS or element.get("role") == "heading":
            return self._heading(element, tag)
        own = self._verbs.get(tag)
        if own is not None:
            return own(element)
        if tag in BLOCKS:
            self._boundary()
            return None, self._boundary
        return self._inline(element, tag)

    # Blocks of their own

    def _heading(self, element: Element, tag: str) -> Step:
        words = " ".join(text_of(element).split())
        if self._solid or not words or "quote" in {p.kind for p in self._places}:
            return self._strong_block(element)
        self._end()
        if element is self._title:
            self._begin("title")
        else:
            said = element.get("aria-level") or tag[1:]
            level = int(said) if re.fullmatch("[1-9]", said) else 2
            self._writer.begin_heading(
                level, self._numbers.get(element), self._kind(words, level, element)
            )
            self._begun()
        place = self._places[-1]
        if place.kind == "list_item":
            # A list of parts with titles is no list any more.
            place.kind, place.depth = "paragraph", 0
        return None, self._solidly("heading")

    def _kind(self, words: str, level: int, element: Element) -> SectionKind:
        kind = kind_of(words)
        self._question = False
        if element in self._notes.headings:
            return "references"
        if kind == "faq":
            self._faq_level = level
        elif self._faq_level and level > self._faq_level and words.endswith("?"):
            self._question = True
            return "question"
        elif level <= self._faq_level:
            self._faq_level = 0
        return "body" if kind == "references" else kind

    def _entry(self, element: Element) -> Step:
        entry = self._notes.entries[element]
        self._end()
        self._begin(entry.kind, 0, entry.label)
        return None, self._solidly("entry")

    def _list(self, element: Element) -> Step:
        self._labels.update(labels_of(element))
        return self._block_of(element)

    def _item(self, element: Element) -> Step:
        return self._within(Around("list_item", self._depth(), self._labels.get(element, "•")))

    def _quote(self, _element: Element) -> Step:
        return self._within(Around("quote", self._depth()))

    def _definition(self, element: Element) -> Step:
        depth = sum(tag_of(ancestor) == "dl" for ancestor in element.iterancestors())
        return self._within(Around("paragraph", depth))

    def _block_of(self, _element: Element) -> Step:
        self._boundary()
        return None, self._boundary

    def _strong_block(self, _element: Element) -> Step:
        self._boundary()
        close = self._open_mark(InnerMark("strong"))

        def leave() -> None:
            close()
            self._boundary()

        return None, leave

    def _preformatted(self, element: Element) -> Step:
        if self._solid:
            return self._block_of(element)
        self._end()
        self._begin("preformatted")
        return None, self._solidly("pre")

    # Tables and figures

    def _table(self, table: Element) -> Step:
        if self._solid or not is_data(table):
            return self._block_of(table)
        self._end()
        self._writer.begin_table()
        own = places(table)
        self._cells.update(own)
        leave_table = self._solidly("cell")
        caption = own_caption(table)

        def leave() -> None:
            for cell in own:
                del self._cells[cell]
            leave_table()

        if caption is None or not text_of(caption).strip():
            return list(own), leave
        self._writer.begin_caption()
        self._begun()
        return [caption, *own], leave

    def _cell(self, cell: Element) -> Step:
        place = self._cells[cell]
        self._writer.begin_cell(
            place.row, place.column, place.header, place.row_span, place.column_span
        )
        self._begun()
        return None, lambda: None

    def _figure(self, element: Element) -> Step:
        if self._solid or not is_simple_figure(element):
            return self._block_of(element)
        self._end()
        captions = captions_in(element)
        images = [image_of(e, self._resolve_asset) for e in pictures_in(element)]
        shown = [image for image in images if image is not None]
        if not shown and not captions:
            return self._block_of(element)
        for image in shown[:-1]:
            self._begin_figure(image)
            self._writer.end()
        self._begin_figure(shown[-1] if shown else Image("", ""))
        return captions or None, self._solidly("caption")

    def _picture(self, element: Element) -> None:
        """Keeps a picture until its paragraph ends, so that the text stays whole."""
        if is_hidden(element) or "caption" in self._solid or "heading" in self._solid:
            return
        image = image_of(element, self._resolve_asset)
        if image is not None:
            self._images.append(image)
            if not self._writer.in_block and not self._solid:
                self._end()
