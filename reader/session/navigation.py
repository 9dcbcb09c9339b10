"""Where the open document is being read, and the way back through documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from reader.model.document import Section, reading_minutes
from reader.model.span import Span
from reader.problem import Problem
from reader.services.workspace import Workspace
from reader.session.current_document import CurrentDocument
from reader.session.notifier import Notifier
from reader.session.timers import single_shot
from reader.store.positions import Position

if TYPE_CHECKING:
    from reader.model.pdf.page_map import Page

POSITION_DELAY_MS = 400
LONGEST_TRAIL = 200


class Location(NamedTuple):
    """Where the reader is: the first visible character, and what that means.

    `page` is the printed page, when pages are shown.
    """

    offset: int
    section: Section | None
    percent: int
    minutes_left: int
    page: Page | None = None


class SavedPosition(NamedTuple):
    """A position that was written down: the document and the first visible character."""

    document_id: str
    offset: int


class Navigation(QObject):
    """The location in the open document, and the history of jumps."""

    scroll_requested = Signal(Span)
    location_changed = Signal(Location)
    history_changed = Signal()
    saved = Signal(SavedPosition)

    def __init__(self, workspace: Workspace, notifier: Notifier, current: CurrentDocument) -> None:
        super().__init__()
        self.location = Location(0, None, 0, 0)
        self._workspace = workspace
        self._notifier = notifier
        self._current = current
        self._back: list[tuple[str, int]] = []
        self._forward: list[tuple[str, int]] = []
        self._first_line: tuple[int, float] | None = None
        # Where one has gone, and the first character in sight then: as long as that is so, it is
        # what is read, wherever on the page it stands.
        self._target: int | None = None
        self._arrived = 0
        self._timer = single_shot(self, POSITION_DELAY_MS)
        self._timer.timeout.connect(self.save)
        current.closing.connect(self._leave)
        current.changed.connect(self._forget_line)

    def open(self, document_id: str, offset: int | None = None) -> None:
        """Open a document of the library, where it was left or at `offset`."""
        at = None if offset is None else Span(offset, offset)
        if self._current.shows(document_id):
            if at is not None:
                self.go_to(at)
        elif self._current.open(document_id) and at is not None:
            self._jump(at)

    def scroll_to(self, span: Span) -> None:
        """Show a place of the open document; the way back does not lead here."""
        self._jump(span)

    def _jump(self, span: Span) -> None:
        self._target = None
        self.scroll_requested.emit(span)
        document = self._current.document
        if document is not None:
            self._target, self._arrived = span.start, self.location.offset
            section = document.outline.section_at(span.start)
            self.location = self.location._replace(section=section)
            self.location_changed.emit(self.location)

    def go_to(self, span: Span) -> None:
        """Show a place of the open document and remember this one for the way back."""
        if self._current.document is not None:
            self.remember()
            self._jump(span)

    def go_to_section(self, by: int) -> None:
        """Go to the section `by` steps after the one being read."""
        document = self._current.document
        if document is None or not document.sections:
            return
        sections = document.sections
        now = self.location.section
        i = sections.index(now) + by if now is not None else (0 if by > 0 else -1)
        if 0 <= i < len(sections):
            self.go_to(Span(sections[i].span.start, sections[i].span.start))
        elif i < 0:
            self.go_to(Span(0, 0))

    def remember(self) -> None:
        """Put this place on the way back; the way forward is forgotten."""
        assert self._current.document is not None
        spot = (self._current.document.id, self.location.offset)
        if not self._back or self._back[-1] != spot:
            self._back.append(spot)
            del self._back[:-LONGEST_TRAIL]
        self._forward.clear()
        self.history_changed.emit()

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place to go back to."""
        return bool(self._back)

    @property
    def can_go_forward(self) -> bool:
        """Whether a step back can be taken again."""
        return bool(self._forward)

    def back(self) -> None:
        """Go to the place before the last jump."""
        self._travel(self._back, self._forward)

    def forward(self) -> None:
        """Go where `back` came from."""
        self._travel(self._forward, self._back)

    def _travel(self, source: list[tuple[str, int]], other: list[tuple[str, int]]) -> None:
        document = self._current.document
        if not source or document is None or not self._current.may_leave():
            return
        document_id, offset = source.pop()
        other.append((document.id, self.location.offset))
        self.history_changed.emit()
        if self._current.shows(document_id) or self._current.load(document_id):
            self._jump(Span(offset, offset))

    def forget(self, document_id: str) -> None:
        """Take a document out of the history."""
        self._back = [spot for spot in self._back if spot[0] != document_id]
        self._forward = [spot for spot in self._forward if spot[0] != document_id]
        self.history_changed.emit()

    def reset(self) -> None:
        """Forget the whole history."""
        self._back.clear()
        self._forward.clear()
        self.history_changed.emit()

    @property
    def position(self) -> Position | None:
        """Where the open document was left."""
        document = self._current.document
        if document is None or self._current.is_edition:
            return None
        return self._workspace.notes.positions.get(document.id)

    def report_location(
        self, offset: int, fraction: float, end_offset: int, page: Page | None = None
    ) -> None:
        """Take note of what is visible: the first line's offset, how much of it is above the edge,
        the end of the last line, and the printed page, when pages are shown."""
        document = self._current.document
        if document is None:
            return
        length = len(document.text)
        self._first_line = (offset, fraction)
        percent = 100 if end_offset >= length else round(100 * offset / max(1, length))
        left = reading_minutes(length - offset) if percent < 100 else 0
        reading = offset
        if self._target is not None:
            # At the end of a document no heading comes up to the upper edge.
            stays = offset == self._arrived or (percent == 100 and offset <= self._target)
            reading, self._target = (self._target, self._target) if stays else (offset, None)
        section = document.outline.section_at(reading)
        self.location = Location(offset, section, percent, left, page)
        self._timer.start()
        self.location_changed.emit(self.location)

    def save(self) -> None:
        """Write down where the open document is being read."""
        self._timer.stop()
        document, line = self._current.document, self._first_line
        if document is None or line is None or self._current.is_edition:
            return
        self._first_line = None
        notes = self._workspace.notes
        try:
            notes.positions.set(document.id, *line)
            notes.readings.update(
                document.id, lambda reading: reading._replace(percent=self.location.percent)
            )
        except Problem as problem:
            self._notifier.error(problem)
        self.saved.emit(SavedPosition(document.id, line[0]))

    def _leave(self, remember: bool) -> None:
        self.save()
        if remember and self._current.document is not None:
            self.remember()

    def _forget_line(self, _document: object) -> None:
        self._first_line = self._target = None
