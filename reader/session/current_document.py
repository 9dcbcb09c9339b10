"""What is so in the application, and the signals that say it; the base of Session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from reader.model.annotation import Annotation
from reader.model.document import Document, Section, reading_minutes
from reader.model.span import Span
from reader.paths import Paths
from reader.problem import Problem
from reader.session.background import Jobs
from reader.session.search_state import Finding
from reader.store.catalog import Entry
from reader.store.library import Library
from reader.store.notes import Notes

if TYPE_CHECKING:
    from reader.model.pdf.page_map import Page

POSITION_DELAY_MS = 400
LONGEST_TRAIL = 200


@dataclass(frozen=True, slots=True)
class Place:
    """Where the reader is: the first visible character, and what that means.

    `page` is the printed page, when pages are shown.
    """

    offset: int
    section: Section | None
    percent: int
    minutes_left: int
    page: Page | None = None


class Voice(QObject):
    """The state that the window shows, its signals, and where in the open document one is.

    Offsets and spans are of the open document's text.
    """

    leaving = Signal()  # the document is about to change: what is being written is kept, or `hold`
    opened = Signal(object)  # Document, or None when the library is empty
    library_changed = Signal()
    importing = Signal(object)  # Progress, or None when it has ended
    failures_wanted = Signal()  # the files of the last import that could not be read
    indexed = Signal(str)  # document id
    changed = Signal(object)  # tuple[Change, ...] that is on disk
    answered = Signal()  # self.finding has new answers, or none
    hit_chosen = Signal(object)  # Hit | None
    went = Signal(object)  # Span to be shown
    located = Signal(object)  # Place
    selection_changed = Signal(object)  # Span | None
    annotation_chosen = Signal(str)  # id, or "" for none
    marked = Signal(str)  # id of the annotation that was made now
    offered = Signal(str, str, object)  # a sentence, what can be done about it, and the doing
    reviewing = Signal(object)  # list[Case] to be decided about
    note_wanted = Signal(str)  # id of the annotation whose note is to be written now
    sections_known = Signal(object, object)  # Choice, and its notes by document and section
    headings_known = Signal()  # the sections of a document that notes of the notebook stand in
    history_changed = Signal()
    setting_changed = Signal(str)  # its name
    page_wanted = Signal(object)  # Page to be shown
    view_changed = Signal()  # the open document is shown as pages now, or as running text
    drawn = Signal(object, object)  # Tile, and its pixels, the Problem with it, or None
    user_changed = Signal(str)
    # Path of a file, and NotesReport: whose are they? Without a path, what became of its notes.
    homeless = Signal(str, object)
    locked = Signal(str, str)  # path of a file, and the sentence that says that it needs a password
    failed = Signal(object)  # Problem
    told = Signal(str)  # a sentence that asks nothing

    def __init__(self, paths: Paths, library: Library, notes: Notes, user: str, jobs: Jobs) -> None:
        super().__init__()
        self.paths = paths
        self.library = library
        self.user = user
        self.document: Document | None = None
        self.is_earlier = False  # whether the open document has a later edition
        self._is_edition = False  # whether it is what its file was read as before
        self.annotations: tuple[Annotation, ...] = ()
        self.spans: dict[str, Span] = {}
        self.selection: Span | None = None
        self.annotation_id = ""
        self.place = Place(0, None, 0, 0)
        self.finding = Finding()
        self._notes = notes
        self._jobs = jobs
        self._back: list[tuple[str, int]] = []
        self._forward: list[tuple[str, int]] = []
        self._first_line: tuple[int, float] | None = None
        self._held = False
        self._position_timer = QTimer(self, singleShot=True, interval=POSITION_DELAY_MS)
        self._position_timer.timeout.connect(self.save_position)

    def setting(self, name: str, default: Any) -> Any:
        """A setting of this user, or the default."""
        return self._notes.setting(name, default)

    def set_setting(self, name: str, value: Any) -> None:
        """Keeps a setting of this user."""
        if self._notes.setting(name, None) == value:
            return
        try:
            self._notes.set_setting(name, value)
        except Problem as problem:
            self.failed.emit(problem)
            return
        self.setting_changed.emit(name)

    def hold(self) -> None:
        """Keeps the open document open: what is being written on it could not be kept."""
        self._held = True

    def _may_leave(self) -> bool:
        """Whether the open document may be left; asks whoever is writing to keep it first."""
        self._held = False
        self.leaving.emit()
        return not self._held

    def tell(self, sentence: str) -> None:
        """Says something that asks nothing."""
        self.told.emit(sentence)

    def progress(self, document_id: str) -> int:
        """How much of a document this user has read, in percent."""
        return int(self._notes.setting("progress", {}).get(document_id, 0))

    def entry(self, document_id: str) -> Entry | None:
        """What the library's list says of a document."""
        return self.library.entry(document_id)

    def go_to(self, span: Span) -> None:
        """Shows a place of the open document and remembers this one for the way back."""
        if self.document is None:
            return
        self._remember()
        self.went.emit(span)

    def go_to_section(self, by: int) -> None:
        """Goes to the section `by` steps after the one being read."""
        if self.document is None or not self.document.sections:
            return
        sections = self.document.sections
        now = self.place.section
        i = sections.index(now) + by if now is not None else (0 if by > 0 else -1)
        if 0 <= i < len(sections):
            self.go_to(Span(sections[i].span.start, sections[i].span.start))
        elif i < 0:
            self.go_to(Span(0, 0))

    def _remember(self) -> None:
        assert self.document is not None
        spot = (self.document.id, self.place.offset)
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

    def locate(
        self, offset: int, fraction: float, end_offset: int, page: Page | None = None
    ) -> None:
        """Takes note of what is visible: the first line's offset, how much of it is above the edge,
        the end of the last line, and the printed page, when pages are shown."""
        if self.document is None:
            return
        length = len(self.document.text)
        self._first_line = (offset, fraction)
        percent = 100 if end_offset >= length else round(100 * offset / max(1, length))
        left = reading_minutes(length - offset) if percent < 100 else 0
        self.place = Place(offset, self.document.section_at(offset), percent, left, page)
        self._position_timer.start()
        self.located.emit(self.place)

    def save_position(self) -> None:
        """Writes down where the open document is being read."""
        self._position_timer.stop()
        if self.document is None or self._first_line is None or self._is_edition:
            return
        try:
            self._notes.set_position(self.document.id, *self._first_line)
            progress = dict(self._notes.setting("progress", {}))
            if progress.get(self.document.id) != self.place.percent:
                progress[self.document.id] = self.place.percent
                self._notes.set_setting("progress", progress)
        except Problem as problem:
            self.failed.emit(problem)
        self._first_line = None

    def select(self, span: Span | None) -> None:
        """Takes note of the passage that is selected on the page."""
        if span != self.selection:
            self.selection = span
            self.selection_changed.emit(span)
