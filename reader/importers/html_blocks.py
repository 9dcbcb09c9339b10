"""From a tree of HTML elements to blocks, sections, marks, tables and figures."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

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
from reader.importers.html_lists import labels_of
from reader.importers.html_marks import InnerMark, Marks, ResolveLink, page_link
from reader.importers.html_notes import Notes, find_notes, names_of
from reader.importers.html_tables import Place, is_data, own_caption, places
from reader.importers.html_tree import BLOCKS, HEADINGS, UNREAD, Element, is_hidden, tag_of, text_of
from reader.importers.mathml import runs_of
from reader.importers.writer import Writer
from reader.model.document import BlockKind, SectionKind

_Leave = Callable[[], None]
_Step = tuple[Iterable[Element] | None, _Leave]
"""What to read inside an element (None: all of it, with its text), and what to do afterwards."""


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


@dataclass
class _Place:
    """What text becomes that is in no block of its own here."""

    kind: BlockKind = "paragraph"
    depth: int = 0
    label: str = ""
    begun: bool = False


class _Walk:
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
        self._writer = writer
        self._resolve_asset = resolve_asset
        self._marks = marks
        self._notes = marks.notes
        self._numbers = numbers
        self._title = title
        self._prefix = prefix
        self._open_marks: list[InnerMark] = []
        self._places = [_Place()]
        self._solid: list[str] = []  # blocks that are one, whatever stands inside: cells, titles …
        self._cells: dict[Element, Place] = {}
        self._labels: dict[Element, str] = {}
        self._images: list[Image] = []
        self._breaks = 0
        self._before = ""
        self._faq_level = 0
        self._question = False

    def run(self, root: Element) -> None:
        """Writes what is in `root`."""
        stack: list[tuple[Element, Iterator[Element], _Leave, bool]] = []

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

    def _enter(self, element: Element) -> _Step | None:
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

    def _open(self, element: Element, tag: str) -> _Step | None:
        if element in self._cells:
            return self._cell(element)
        if element in self._notes.entries and not self._solid:
            return self._entry(element)
        is_title = element is self._title or element in self._notes.headings
        if is_title or tag in HEADINGS or element.get("role") == "heading":
            return self._heading(element, tag)
        own = {
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
        }.get(tag)
        if own is not None:
            return own(element)
        if tag in BLOCKS:
            self._boundary()
            return None, self._boundary
        return self._inline(element, tag)

    # Text and blocks

    def _text(self, text: str | None) -> None:
        if not text:
            return
        bare = text.strip()
        if not self._writer.in_block:
            if self._solid or not bare:
                return
            self._begin_text()
        if bare:
            self._breaks = 0
        if "pre" in self._solid:
            text = text if self._before else text.lstrip("\r\n")
            self._writer.add(text)
        elif any(mark.is_verbatim for mark in self._open_marks):
            self._writer.add(text)
        else:
            self._marks.add(self._writer, text)
        self._before = (self._before + text)[-24:]

    def _begin_text(self) -> None:
        place = self._places[-1]
        if place.kind == "list_item" and place.begun:
            self._begin("paragraph", place.depth + 1)
        elif place.kind == "paragraph" and self._question:
            self._question = False
            self._begin("answer", place.depth)
        else:
            self._begin(place.kind, place.depth, place.label)
        place.begun = True

    def _begin(self, kind: BlockKind, depth: int = 0, label: str = "") -> None:
        self._writer.begin(kind, depth, label)
        self._begun()

    def _begun(self) -> None:
        """Opens the marks around a block anew inside it."""
        self._before = ""
        self._breaks = 0
        for mark in self._open_marks:
            self._writer.open_mark(mark.kind, mark.target)

    def _boundary(self) -> None:
        """A block begins or ends here."""
        if not self._solid:
            self._end()
        elif self._writer.in_block:
            if self._solid[-1] == "pre":
                self._text("\n" if self._before and not self._before.endswith("\n") else "")
            elif self._solid[-1] == "heading":
                self._writer.add(" ")
            else:
                self._writer.line_break()

    def _end(self) -> None:
        self._writer.end()
        images, self._images = self._images, []
        for image in images:
            self._begin_figure(image)
            self._writer.end()

    def _solidly(self, kind: str) -> _Leave:
        """Makes all that follows one block, until the function that is given back is called."""
        self._solid.append(kind)
        outer_marks = len(self._open_marks)

        def leave() -> None:
            del self._open_marks[outer_marks:]
            self._solid.pop()
            self._end()

        return leave

    def _within(self, place: _Place) -> _Step:
        self._boundary()
        self._places.append(place)

        def leave() -> None:
            self._boundary()
            self._places.pop()

        return None, leave

    def _depth(self) -> int:
        """How deep a list or quote that begins here is nested."""
        return sum(place.kind in ("list_item", "quote") for place in self._places)

    # Blocks of their own

    def _heading(self, element: Element, tag: str) -> _Step:
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

    def _entry(self, element: Element) -> _Step:
        entry = self._notes.entries[element]
        self._end()
        self._begin(entry.kind, 0, entry.label)
        return None, self._solidly("entry")

    def _list(self, element: Element) -> _Step:
        self._labels.update(labels_of(element))
        return self._block_of(element)

    def _item(self, element: Element) -> _Step:
        return self._within(_Place("list_item", self._depth(), self._labels.get(element, "•")))

    def _quote(self, _element: Element) -> _Step:
        return self._within(_Place("quote", self._depth()))

    def _definition(self, element: Element) -> _Step:
        depth = sum(tag_of(ancestor) == "dl" for ancestor in element.iterancestors())
        return self._within(_Place("paragraph", depth))

    def _block_of(self, _element: Element) -> _Step:
        self._boundary()
        return None, self._boundary

    def _strong_block(self, _element: Element) -> _Step:
        self._boundary()
        close = self._open_mark(InnerMark("strong"))

        def leave() -> None:
            close()
            self._boundary()

        return None, leave

    def _preformatted(self, element: Element) -> _Step:
        if self._solid:
            return self._block_of(element)
        self._end()
        self._begin("preformatted")
        return None, self._solidly("pre")

    # Tables and figures

    def _table(self, table: Element) -> _Step:
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

    def _cell(self, cell: Element) -> _Step:
        place = self._cells[cell]
        self._writer.begin_cell(
            place.row, place.column, place.header, place.row_span, place.column_span
        )
        self._begun()
        return None, lambda: None

    def _figure(self, element: Element) -> _Step:
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

    def _begin_figure(self, image: Image) -> None:
        self._writer.begin_figure(image.asset, image.alternative, image.width_px, image.height_px)
        self._begun()

    def _picture(self, element: Element) -> None:
        """Keeps a picture until its paragraph ends, so that the text stays whole."""
        if is_hidden(element) or "caption" in self._solid or "heading" in self._solid:
            return
        image = image_of(element, self._resolve_asset)
        if image is not None:
            self._images.append(image)
            if not self._writer.in_block and not self._solid:
                self._end()

    # In the line

    def _break(self, _element: Element) -> None:
        if self._solid:
            self._boundary()
            return
        self._breaks += 1
        if self._breaks > 1:
            self._end()
        else:
            self._writer.line_break()

    def _math(self, element: Element) -> None:
        runs = runs_of(element)
        if not "".join(text for text, _ in runs).strip():
            return
        alone = element.get("display") == "block" and not self._solid
        if alone:
            self._end()
            self._begin("formula")
        for text, kinds in runs:
            if not self._writer.in_block:
                self._text(text)
                continue
            for kind in kinds:
                self._writer.open_mark(kind)
            self._writer.add(text)
            for _ in kinds:
                self._writer.close_mark()
        if alone:
            self._end()

    def _quotation(self, _element: Element) -> _Step:
        self._text("“")
        return None, lambda: self._text("”")

    def _inline(self, element: Element, tag: str) -> _Step | None:
        mark = None
        if not any(mark.is_whole for mark in self._open_marks):
            mark = self._marks.mark_of(element, tag, self._before)
        if mark is None:
            return None, lambda: None
        if mark.is_left_out:
            return None
        unsaid = {"strong": "heading", "code": "pre"}.get(mark.kind)
        if unsaid in self._solid:
            return None, lambda: None
        return None, self._open_mark(mark)

    def _open_mark(self, mark: InnerMark) -> _Leave:
        self._open_marks.append(mark)
        if self._writer.in_block:
            self._writer.open_mark(mark.kind, mark.target)

        def close() -> None:
            if mark in self._open_marks:
                self._open_marks.remove(mark)
                if self._writer.in_block:
                    self._writer.close_mark()

        return close
