"""The text of HTML elements as it goes into blocks: where one begins and ends, and its marks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from reader.importers.builder.document_builder import DocumentBuilder
from reader.importers.common.elements import Element
from reader.importers.html.captions import Image
from reader.importers.html.cells import Cells
from reader.importers.html.inline_marks import InnerMark, Marks
from reader.model.document import BlockKind

Leave = Callable[[], None]
Step = tuple[Iterable[Element] | None, Leave]
"""What to read inside an element (None: all of it, with its text), and what to do afterwards."""


@dataclass
class Around:
    """What text becomes that is in no block of its own here."""

    kind: BlockKind = "paragraph"
    depth: int = 0
    label: str = ""
    begun: bool = False
    is_cell: bool = False


class Lines:
    """Knows which block is open, what a new one would be, and which marks reach into it.

    `places` are the lists and quotes that text stands in, `solid` the blocks that stay one whatever
    stands inside (cells, titles, captions), `images` the pictures that wait for the block's end.
    """

    def __init__(self, writer: DocumentBuilder, marks: Marks) -> None:
        self.writer = writer
        self.marks = marks
        self.cells = Cells(writer)
        self.open_marks: list[InnerMark] = []
        self.places = [Around()]
        self.solid: list[str] = []
        self.images: list[Image] = []
        self.question = False
        self.before = ""
        self._breaks = 0
        self._parted = False

    @property
    def in_cell(self) -> bool:
        """Whether a cell of a table is open."""
        return "cell" in self.solid

    def text(self, text: str | None) -> None:
        """Add text of the page; where no block is open, words open one."""
        if not text:
            return
        bare = text.strip()
        if not self.ready(bool(bare)):
            return
        if bare:
            self._breaks = 0
            if self._parted and text[0].isalnum() and self.before[-1:].isalnum():
                text = " " + text
            self._parted = False
        if "pre" in self.solid:
            text = text if self.before else text.lstrip("\r\n")
            if self.in_cell:
                self.cells.add_preformatted(text)
            else:
                self.writer.add(text)
        elif any(mark.is_verbatim for mark in self.open_marks):
            self.writer.add(text)
        else:
            self.marks.add(self.writer, text)
        self.before = (self.before + text)[-24:]

    def part(self) -> None:
        """Keep the words before from running into those after: a field stood between them."""
        self._parted = True

    def ready(self, has_words: bool) -> bool:
        """Begin what words would stand in here; whether there is anything to add text to."""
        if self.in_cell:
            if self.cells.begins:
                if not has_words:
                    return False
                kind, depth, label = self._next()
                self.cells.begin(kind, depth, label)
                self.before = ""
        elif not self.writer.in_block:
            if self.solid or not has_words:
                return False
            kind, depth, label = self._next()
            self.begin(kind, depth, label)
        return True

    def _next(self) -> tuple[BlockKind, int, str]:
        """What the next words are a block of."""
        place = self.places[-1]
        begun, place.begun = place.begun, True
        if place.kind == "list_item" and begun:
            return "paragraph", place.depth + 1, ""
        if place.kind == "paragraph" and self.question:
            self.question = False
            return "answer", place.depth, ""
        return place.kind, place.depth, place.label

    def begin(self, kind: BlockKind, depth: int = 0, label: str = "") -> None:
        """Open a block."""
        self.writer.begin(kind, depth, label)
        self.begun()

    def begun(self) -> None:
        """Open the marks around a block anew inside it."""
        self.before = ""
        self._breaks = 0
        for mark in self.open_marks:
            self.writer.open_mark(mark.kind, mark.target)

    def boundary(self) -> None:
        """A block begins or ends here."""
        if not self.solid:
            self.end()
        elif self.in_cell:
            if self.solid[-1] == "pre":
                self.text("\n" if self.before and not self.before.endswith("\n") else "")
            else:
                self.cells.part()
        elif self.writer.in_block:
            if self.solid[-1] == "pre":
                self.text("\n" if self.before and not self.before.endswith("\n") else "")
            elif self.solid[-1] == "heading":
                self.writer.add(" ")
            else:
                self.writer.line_break()

    def end(self) -> None:
        """End the block that is open; the pictures that stood in it follow it."""
        self.writer.end()
        images, self.images = self.images, []
        for image in images:
            self.begin_figure(image)
            self.writer.end()

    def begin_figure(self, image: Image) -> None:
        """Open a figure; what is added is its caption."""
        self.writer.begin_figure(image.asset, image.alternative, image.width_px, image.height_px)
        self.begun()

    def solidly(self, kind: str) -> Leave:
        """Make all that follows one block, until the function that is given back is called."""
        self.solid.append(kind)
        outer_marks = len(self.open_marks)

        def leave() -> None:
            del self.open_marks[outer_marks:]
            self.solid.pop()
            self.end()

        return leave

    def within(self, place: Around) -> Step:
        """Make text inside an element what `place` says."""
        self.boundary()
        self.places.append(place)

        def leave() -> None:
            self.boundary()
            self.places.pop()

        return None, leave

    def depth(self) -> int:
        """How deep a list or quote that begins here is nested, in its cell if it is in one."""
        depth = 0
        for place in reversed(self.places):
            if place.is_cell:
                break
            depth += place.kind in ("list_item", "quote")
        return depth

    def break_line(self, _element: Element) -> None:
        """A <br>: two of them end a paragraph."""
        if self.in_cell and self.solid[-1] == "cell":
            if not self.cells.begins:
                self.writer.line_break()
            return
        if self.solid:
            self.boundary()
            return
        self._breaks += 1
        if self._breaks > 1:
            self.end()
        else:
            self.writer.line_break()

    def block_of(self, _element: Element) -> Step:
        """Read an element that is a block of its own, or holds some."""
        self.boundary()
        return None, self.boundary

    def open_mark(self, mark: InnerMark) -> Leave:
        """Open a mark that reaches on into the blocks that follow, until it is closed."""
        self.open_marks.append(mark)
        if self.writer.in_block:
            self.writer.open_mark(mark.kind, mark.target)

        def close() -> None:
            if mark in self.open_marks:
                self.open_marks.remove(mark)
                if self.writer.in_block:
                    self.writer.close_mark()

        return close
