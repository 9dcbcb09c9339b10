"""Elements that stand in a line or are one block: marks, quotations, formulas, code, terms."""

from __future__ import annotations

from reader.importers.common.elements import Element, tag_of, text_of
from reader.importers.formula.write import write_mathml
from reader.importers.html.inline_marks import InnerMark
from reader.importers.html.lines import Lines, Step


class LineElements:
    """Reads each into the open line; `beside` takes the characters that are printed beside it."""

    def __init__(self, lines: Lines, beside: list[str]) -> None:
        self._lines = lines
        self._beside = beside

    def leave_beside(self, printed: str) -> None:
        """Take note of characters that are printed here and are not in the text."""
        if printed:
            self._beside.append(printed)

    def strong_block(self, _element: Element) -> Step:
        """Read an element as a block in strong letters."""
        self._lines.boundary()
        close = self._lines.open_mark(InnerMark("strong"))

        def leave() -> None:
            close()
            self._lines.boundary()

        return None, leave

    def preformatted(self, element: Element) -> Step:
        """Read an element whose lines and columns are kept."""
        if self._lines.solid and not (
            self._lines.solid[-1] == "cell" and self._lines.cells.holds_blocks
        ):
            return self._lines.block_of(element)
        if not self._lines.solid:
            self._lines.end()
            self._lines.begin("preformatted")
            return None, self._lines.solidly("pre")
        self._lines.cells.part()
        self._lines.cells.begin("preformatted", 0, "")
        self._lines.before = ""
        self._lines.solid.append("pre")

        def leave() -> None:
            self._lines.solid.pop()
            self._lines.cells.part()

        return None, leave

    def quotation(self, _element: Element) -> Step:
        """Put the words of a <q> in quotation marks."""
        self._lines.text("“")
        return None, lambda: self._lines.text("”")

    def inline(self, element: Element, tag: str) -> Step | None:
        """Open the marks of an element that stands in a line."""
        made: list[InnerMark] = []
        if not any(mark.is_whole for mark in self._lines.open_marks):
            made = self._lines.marks.marks_of(element, tag, self._lines.before)
            if tag == "sup" and self._is_mixed(element):
                # "1" and a raised "1" over a lowered "2": one and a half, not eleven halves.
                self._lines.writer.add(" ")
        if any(mark.is_left_out for mark in made):
            self._beside.append(text_of(element))
            return None
        unsaid = {"strong": "heading", "code": "pre"}
        made = [mark for mark in made if unsaid.get(mark.kind) not in self._lines.solid]
        closing = [self._lines.open_mark(mark) for mark in made]

        def leave() -> None:
            for close in reversed(closing):
                close()

        return None, leave

    def _is_mixed(self, raised: Element) -> bool:
        """Whether a raised number begins the fraction of a mixed number."""
        after = raised.getnext()
        return (
            self._lines.before[-1:].isdigit()
            and (raised.tail or "").strip() in ("/", "⁄", "∕")
            and after is not None
            and tag_of(after) == "sub"
        )

    def math(self, math: Element) -> None:
        """Add a formula: in its line, or as a block of its own."""
        alone = math.get("display") == "block" and (
            not self._lines.solid or self._lines.cells.holds_blocks
        )
        if alone and self._lines.in_cell:
            self._lines.cells.part()
            self._lines.cells.begin("formula", 0, "")
        elif alone:
            self._lines.end()
            self._lines.begin("formula")
        elif not self._lines.ready(True):
            return
        write_mathml(self._lines.writer, math)
        self._lines.before = ")"
        if alone:
            self._lines.boundary()
