"""What is on the pages of a Rich Text file: paragraphs, tables, boxes, and the notes on them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from reader.importers.common.images import picture
from reader.importers.formula.eq_fields import mathml_of_eq
from reader.importers.formula.omml import mathml_of_omml
from reader.importers.html.inline_marks import LONGEST_ADDRESS, page_link
from reader.importers.rtf.events import Event as Said
from reader.importers.rtf.events import Style
from reader.importers.rtf.grid import Row, table_of
from reader.importers.rtf.looks import Look, RowPlaces
from reader.importers.word.fields import shown_without_result
from reader.importers.word.parts import BULLET, Event, Marks, Number, Paragraph, Part, Picture
from reader.model.document import MarkKind

_HEADING = re.compile(r"(?:heading|überschrift|titre|título|titolo|kop|rubrik) ?([1-9])")
_DEEPEST = 20


@dataclass
class _Open:
    """A table that is open, or the page itself: what stands in its last cell and row."""

    parts: list[Part] = field(default_factory=list)
    cells: list[list[Part]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


@dataclass
class _Story:
    """A flow of paragraphs: the page, a note or a box."""

    levels: list[_Open] = field(default_factory=lambda: [_Open()])
    events: list[Event] = field(default_factory=list)
    label: str = ""
    depth: int = 0


class Page:
    """Takes what a file says in its order; then `parts` and `notes` are known.

    `styles` are those of the file by their numbers.
    """

    def __init__(self, styles: Mapping[int, Style]) -> None:
        self.notes: list[tuple[str, list[Part]]] = []
        self._styles = styles
        self._story = _Story()
        self._outer: list[_Story] = []
        self._count = 0
        self._numbered = False

    @property
    def parts(self) -> list[Part]:
        """The paragraphs and tables, when all has been taken."""
        return self._story.levels[0].parts

    def take(self, said: Said) -> None:
        """Take the next thing said."""
        kind = said.kind
        if kind in ("text", "left_out"):
            self._text(said)
        elif kind == "paragraph":
            self._to_level(said.look.table_level)
            self._end_paragraph(said.look)
        elif kind in ("cell", "nested_cell"):
            self._cell(said.look, 1 if kind == "cell" else max(2, said.look.table_level))
        elif kind in ("row", "nested_row"):
            self._row(1 if kind == "row" else max(2, said.look.table_level), said.row)
        elif kind == "label":
            self._story.label, self._story.depth = said.text, said.look.depth
        elif kind in ("note", "box"):
            if kind == "note" and not self._numbered:
                self._number()
            self._numbered = False
            self._outer.append(self._story)
            self._story = _Story()
        elif kind in ("note_end", "box_end") and self._outer:
            self._end_story(kind == "note_end")
        elif kind == "number":
            self._number()
        else:
            self._sign(said)

    def end(self) -> None:
        """End the last paragraph or row, which need not say that it ends."""
        while self._outer:
            self._end_story(True)
        self._close(Look())

    # In a line

    def _text(self, said: Said) -> None:
        events, look = self._story.events, said.look
        if said.kind == "left_out":
            events.append(Event("left_out", said.text, reason=said.reason))
            return
        marks = _marks_of(look)
        for i, text in enumerate(said.text.split("\x0b")):
            if i:
                events.append(Event("break"))
            last = events[-1] if events else None
            if last is not None and last.kind == "text" and last.marks == marks:
                last.text += text
                last.is_bold = last.is_bold and (look.bold or not text.strip())
            elif text:
                events.append(Event("text", text, marks, size=look.size, is_bold=look.bold))

    def _sign(self, said: Said) -> None:
        events = self._story.events
        if said.kind == "picture":
            events.append(_picture(said))
        elif said.kind == "anchor":
            events.append(Event("anchor", target=said.text))
        elif said.kind == "formula" and said.math is not None:
            events.append(Event("formula", mathml=mathml_of_omml(said.math)))
        elif said.field is not None:
            math = mathml_of_eq(said.field.code)
            if math is not None:
                events.append(Event("formula", mathml=math))
                return
            text = shown_without_result(said.field)
            if text:
                events.append(Event("text", text, _marks_of(said.look), is_bold=said.look.bold))

    def _number(self) -> None:
        if self._outer:
            return  # the number of a note that stands in it
        self._count += 1
        self._numbered = True
        self._story.events.append(Event("note", str(self._count), target=f"note {self._count}"))

    def _end_story(self, is_note: bool) -> None:
        self._close(Look())
        parts = self._story.levels[0].parts
        self._story = self._outer.pop()
        if is_note:
            self.notes.append((str(self._count), parts))
        elif parts:
            self._story.events.append(Event("boxes", box_parts=parts))

    # Paragraphs and tables

    def _end_paragraph(self, look: Look) -> None:
        story = self._story
        events, story.events = story.events, []
        style = self._styles.get(look.style)
        name = style.name if style is not None else ""
        named = _HEADING.match(name)
        level = int(named[1]) if named else look.level or (style.level if style is not None else 0)
        paragraph = Paragraph(events, "title" if name == "titel" else name, level)
        if story.label:
            paragraph.number = _numbered(story.label, story.depth)
            if not level:
                paragraph.kind, paragraph.label = "list_item", paragraph.number.label
        story.label, story.depth = "", 0
        paragraph.in_contents = re.fullmatch(r"(toc|verzeichnis) \d", name) is not None
        story.levels[-1].parts.append(paragraph)

    def _to_level(self, level: int) -> None:
        """Open tables down to a level, and end those that are deeper."""
        levels = self._story.levels
        while len(levels) - 1 > level:
            self._end_table()
        while len(levels) - 1 < min(level, _DEEPEST):
            levels.append(_Open())

    def _cell(self, look: Look, level: int) -> None:
        self._to_level(level)
        self._end_line(look)
        inner = self._story.levels[-1]
        inner.cells.append(inner.parts)
        inner.parts = []

    def _row(self, level: int, places: RowPlaces | None) -> None:
        self._to_level(level)
        inner = self._story.levels[-1]
        if inner.cells:
            inner.rows.append(Row(inner.cells, places or RowPlaces()))
            inner.cells = []

    def _end_table(self) -> None:
        inner = self._story.levels[-1]
        if inner.parts:
            inner.cells.append(inner.parts)
        if inner.cells:
            inner.rows.append(Row(inner.cells))
        self._story.levels.pop()
        self._story.levels[-1].parts += table_of(inner.rows)

    def _end_line(self, look: Look) -> None:
        if self._story.events or self._story.label:
            self._end_paragraph(look)

    def _close(self, look: Look) -> None:
        """End all that is open in the story."""
        self._to_level(0)
        self._end_line(look)


def _marks_of(look: Look) -> Marks:
    marks: list[tuple[MarkKind, str]] = []
    address = page_link(look.link) if look.link else ""
    if address and len(address) <= LONGEST_ADDRESS:
        marks.append(("link", address))
    kinds: tuple[tuple[bool, MarkKind], ...] = (
        (look.inserted, "insert"),
        (look.struck, "strike"),
        (look.bold, "strong"),
        (look.italic, "emphasis"),
        (look.small_caps, "small_caps"),
        (look.raised > 0, "sup"),
        (look.raised < 0, "sub"),
    )
    return (*marks, *((kind, "") for on, kind in kinds if on))


def _numbered(label: str, depth: int) -> Number:
    bare = " ".join(label.split())
    if bare == "o":
        return Number("◦", depth, True)
    if any(map(str.isalnum, bare)):
        return Number(bare, depth, False)
    return Number({"-": "–", "·": BULLET, "\ufffd": BULLET}.get(bare, bare) or BULLET, depth, True)


def _picture(said: Said) -> Event:
    """A picture, or what stands where one cannot be shown."""
    alternative, _, program = said.text.partition("\x00")
    if picture(said.content) is not None:
        return Event("picture", picture=Picture(said.content, alternative))
    if not program:
        words = alternative or "Picture that cannot be shown"
        return Event("picture", picture=Picture(b"", words, False, "picture", words))
    if "equation" in program.lower() or "mathtype" in program.lower():
        words = f"Formula that cannot be shown ({program})"
        return Event("picture", picture=Picture(b"", words, False, "formula", words))
    words = f"Embedded object that cannot be shown ({program})"
    return Event("picture", picture=Picture(b"", words, False, "embedded object", words))
