"""The text of HTML elements as it goes into blocks: where one begins and ends, and its marks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from reader.importers.html_captions import Image
from reader.importers.html_marks import InnerMark, Marks
from reader.importers.html_tree import Element
from reader.importers.mathml import runs_of
from reader.importers.writer import Writer
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


class Lines:
    """Knows which block is open, what a new one would be, and which marks reach into it."""

    def __init__(self, writer: Writer, marks: Marks) -> None:
        self._writer = writer
        self._marks = marks
        self._open_marks: list[InnerMark] = []
        self._places = [Around()]
        self._solid: list[str] = []  # blocks that are one, whatever stands inside: cells, titles …
        self._images: list[Image] = []
        self._breaks = 0
        self._before = ""
        self._question = False

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

    def _begin_figure(self, image: Image) -> None:
        self._writer.begin_figure(image.asset, image.alternative, image.width_px, image.height_px)
        self._begun()

    def _solidly(self, kind: str) -> Leave:
        """Makes all that follows one block, until the function that is given back is called."""
        self._solid.append(kind)
        outer_marks = len(self._open_marks)

        def leave() -> None:
            del self._open_marks[outer_marks:]
            self._solid.pop()
            self._end()

        return leave

    def _within(self, place: Around) -> Step:
        self._boundary()
        self._places.append(place)

        def leave() -> None:
            self._boundary()
            self._places.pop()

        return None, leave

    def _depth(self) -> int:
        """How deep a list or quote that begins here is nested."""
        return sum(place.kind in ("list_item", "quote") for place in self._places)

    def _break(self, _element: Element) -> None:
        if self._solid:
            self._boundary()
            return
        self._breaks += 1
        if self._breaks > 1:
            self._end()
        else:
            self._writer.line_break()

    def _quotation(self, _element: Element) -> Step:
        self._text("“")
        return None, lambda: self._text("”")

    def _inline(self, element: Element, tag: str) -> Step | None:
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

    def _open_mark(self, mark: InnerMark) -> Leave:
        self._open_marks.append(mark)
        if self._writer.in_block:
            self._writer.open_mark(mark.kind, mark.target)

        def close() -> None:
            if mark in self._open_marks:
                self._open_marks.remove(mark)
                if self._writer.in_block:
                    self._writer.close_mark()

        return close
