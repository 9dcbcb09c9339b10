"""What is on the pages of a Rich Text file: paragraphs, tables, and the notes on them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from reader.importers.rtf_source import Event, Look


@dataclass
class Line:
    """A paragraph, or all that stands in a cell; `notes` are those on it, each with its number."""

    events: list[Event] = field(default_factory=list)
    notes: list[tuple[str, list[Line]]] = field(default_factory=list)
    label: str = ""
    depth: int = 0
    look: Look = field(default_factory=Look)

    @property
    def text(self) -> str:
        """Its characters, without numbers of notes."""
        return "".join(event.text for event in self.events if event.kind == "text")


Table = list[list[Line]]
"""Rows of cells."""


class Page:
    """Takes the events of a file in their order; then `parts` are paragraphs and tables."""

    def __init__(self) -> None:
        self.parts: list[Line | Table] = []
        self._line = Line()
        self._row: list[Line] = []
        self._outer: Line | None = None
        self._note: list[Line] = []
        self._count = 0
        self._numbered = False

    @property
    def lines(self) -> list[Line]:
        """All paragraphs that are in no table."""
        return [part for part in self.parts if isinstance(part, Line)]

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing but paragraphs of running text."""
        return len(self.lines) == len(self.parts) and not any(
            line.notes or line.label or any(event.kind != "text" for event in line.events)
            for line in self.lines
        )

    def take(self, event: Event) -> None:
        """Takes the next event."""
        if event.kind in ("text", "picture"):
            self._line.events.append(event)
        elif event.kind == "label":
            self._line.label, self._line.depth = event.text, event.look.depth
        elif event.kind == "number":
            self._take_number(event)
        elif event.kind == "note" and self._outer is None:
            if not self._numbered:
                self._take_number(event)
            self._numbered = False
            self._outer, self._line, self._note = self._line, Line(), []
        elif event.kind == "note_end" and self._outer is not None:
            self._end_note(self._outer)
        elif event.kind == "paragraph":
            if self._row and not event.look.in_table:
                self._end_row()
            self._end_line(event.look)
        elif event.kind == "cell" and self._outer is None:
            self._row.append(self._line)
            self._line = Line()
        elif event.kind == "row":
            self._end_row()

    def end(self) -> None:
        """Ends the last paragraph or row, which need not say that it ends."""
        if self._outer is not None:
            self._end_note(self._outer)
        self._end_line(Look())
        self._end_row()

    def _take_number(self, event: Event) -> None:
        self._count += 1
        self._numbered = True
        self._line.events.append(replace(event, kind="number", text=str(self._count)))

    def _end_note(self, outer: Line) -> None:
        self._end_line(Look())
        self._line, self._outer = outer, None
        outer.notes.append((str(self._count), self._note))

    def _end_line(self, look: Look) -> None:
        line = self._line
        line.look = look
        is_empty = not line.text.strip() and all(event.kind == "text" for event in line.events)
        if self._outer is not None:
            self._note += [] if is_empty else [line]
        elif look.in_table:
            # A cell that goes on.
            line.events.append(Event("text", look, "\x0b"))
            return
        elif not is_empty:
            self.parts.append(line)
        self._line = Line()

    def _end_row(self) -> None:
        row, self._row = self._row, []
        if not row:
            return
        last = self.parts[-1] if self.parts else None
        if isinstance(last, list):
            last.append(row)
        else:
            self.parts.append([row])
