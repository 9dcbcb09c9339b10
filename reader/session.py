"""The application's verbs and its one voice: widgets call Session and listen to it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from reader import tasks
from reader.finding import Finding
from reader.jobs import Jobs
from reader.model.anchoring import anchor, describe
from reader.model.annotation import COLOURS, Annotation, Change, Colour
from reader.model.document import Document, Section, reading_minutes
from reader.model.notebook import citation, clean_quote
from reader.model.query import Answer, Hit, Query, Snippet
from reader.model.span import Span
from reader.paths import Paths, seeds
from reader.problem import Problem
from reader.search.snippet import snippet
from reader.store.library import Entry, Library
from reader.store.notes import Notes, Position, open_notes
from reader.taking_in import Progress, TakingIn

ARTICLE_HITS = 20_000
LIBRARY_HITS = 60
POSITION_DELAY_MS = 400


@dataclass(frozen=True, slots=True)
class Place:
    """Where the reader is: the first visible character, and what that means."""

    offset: int
    section: Section | None
    percent: int
    minutes_left: int


class Session(QObject):
    """What the person does, as verbs, and what then is so, as signals.

    Offsets and spans are of the open document's text. Only this class emits application signals.
    """

    opened = Signal(object)  # Document, or None when the library is empty
    library_changed = Signal()
    importing = Signal(object)  # Progress, or None when it has ended
    indexed = Signal(str)  # document id
    changed = Signal(object)  # tuple[Change, ...] that is on disk
    answered = Signal()  # self.finding has new answers, or none
    hit_chosen = Signal(object)  # Hit | None
    went = Signal(object)  # Span to be shown
    located = Signal(object)  # Place
    selection_changed = Signal(object)  # Span | None
    annotation_chosen = Signal(str)  # id, or "" for none
    note_wanted = Signal(str)  # id of the annotation whose note is to be written now
    history_changed = Signal()
    setting_changed = Signal(str)  # its name
    user_changed = Signal(str)
    failed = Signal(object)  # Problem
    told = Signal(str)  # a sentence that asks nothing

    def __init__(self, paths: Paths, library: Library, notes: Notes, user: str, jobs: Jobs) -> None:
        super().__init__()
        self.paths = paths
        self.library = library
        self.user = user
        self.document: Document | None = None
        self.annotations: tuple[Annotation, ...] = ()
        self.spans: dict[str, Span] = {}
        self.selection: Span | None = None
        self.annotation_id = ""
        self.place = Place(0, None, 0, 0)
        self.finding = Finding()
        self._notes = notes
        self._jobs = jobs
        self._taking_in = TakingIn(paths)
        self._asking = False
        self._asked_again = False
        self._back: list[tuple[str, int]] = []
        self._forward: list[tuple[str, int]] = []
        self._first_line: tuple[int, float] | None = None
        self._position_timer = QTimer(self, singleShot=True, interval=POSITION_DELAY_MS)
        self._position_timer.timeout.connect(self.save_position)

    def begin(self, files: Sequence[str] = ()) -> None:
        """Starts the work behind the window: once it has been painted, never before."""
        self._jobs.run(
            "find",
            tasks.back_up,
            str(self._notes.path),
            then=lambda _: None,
            failed=self.failed.emit,
        )
        if files:
            self.open_files(files)
        else:
            self.index_waiting()

    @property
    def busy(self) -> bool:
        """Whether work is under way behind the window."""
        return self._jobs.busy

    # Opening and the library

    @property
    def entries(self) -> list[Entry]:
        """What the library holds, the document read last first."""
        read = self._notes.setting("read_last", {})
        return sorted(
            self.library.entries(), key=lambda e: (read.get(e.id, ""), e.imported), reverse=True
        )

    def progress(self, document_id: str) -> int:
        """How much of a document this user has read, in percent."""
        return int(self._notes.setting("progress", {}).get(document_id, 0))

    def entry(self, document_id: str) -> Entry | None:
        """What the library's list says of a document."""
        return next((e for e in self.library.entries() if e.id == document_id), None)

    def start(self, document_id: str = "") -> None:
        """Opens a document, else the one read last, else the first of the library."""
        entries = {entry.id: entry for entry in self.entries}
        last = self._notes.setting("last_document", "")
        for wanted in (document_id, last, self.library.first(), *entries):
            if wanted in entries:
                self.show(wanted)
                return
        self.opened.emit(None)

    def show(self, document_id: str, offset: int | None = None) -> None:
        """Opens a document of the library, where it was left or at `offset`."""
        if self.document is not None and self.document.id == document_id:
            if offset is not None:
                self.go_to(Span(offset, offset))
            return
        self.save_position()
        try:
            document = self.library.document(document_id)
        except Problem as problem:
            self.failed.emit(problem)
            return
        if self.document is not None:
            self._remember()
        self._set_document(document)
        if offset is not None:
            self.went.emit(Span(offset, offset))

    def _set_document(self, document: Document) -> None:
        self.document = document
        self.selection = None
        self.annotation_id = ""
        self._first_line = None
        self._place_annotations()
        read = dict(self._notes.setting("read_last", {}))
        read[document.id] = datetime.now(UTC).isoformat(timespec="seconds")
        try:
            self._notes.set_setting("last_document", document.id)
            self._notes.set_setting("read_last", read)
        except Problem as problem:
            self.failed.emit(problem)
        self.opened.emit(document)
        if self.finding.active:
            self.find(self.finding.text)

    @property
    def position(self) -> Position | None:
        """Where the open document was left."""
        return self._notes.position(self.document.id) if self.document else None

    def open_files(self, paths: Iterable[str | Path]) -> None:
        """Takes files and folders into the library; a single file is opened when it is in."""
        idle = not self._taking_in.busy
        self._taking_in.add([Path(path) for path in paths])
        if idle:
            self._take_next()

    def cancel_import(self) -> None:
        """Leaves out the files that are still waiting; what is in stays."""
        self._taking_in.cancel()

    def _take_next(self) -> None:
        path = self._taking_in.next()
        if path is None:
            self._end_import()
            return
        self.importing.emit(self._taking_in.progress)
        self._jobs.run(
            "read",
            tasks.read,
            str(path),
            str(self.paths.staging),
            then=self._take_in,
            failed=self._miss,
        )

    def _take_in(self, result: tasks.ReadResult) -> None:
        try:
            status = tasks.take_in(self.library, result)
        except Problem as problem:
            self._miss(problem)
            return
        self._taking_in.took(result.document_id, status)
        self._take_next()

    def _miss(self, problem: Problem) -> None:
        self._taking_in.missed(problem.sentence)
        self._take_next()

    def _end_import(self) -> None:
        progress = self._taking_in.progress
        self._taking_in = TakingIn(self.paths)
        self.importing.emit(None)
        self.library_changed.emit()
        if progress.total == 1 and progress.document_ids:
            self.show(progress.document_ids[0])
        elif progress.total > 1 or progress.failures:
            self._report(progress)
        self.index_waiting()

    def _report(self, progress: Progress) -> None:
        if len(progress.failures) == 1:
            self.failed.emit(Problem(progress.failures[0][1]))
        elif progress.failures:
            self.failed.emit(
                Problem(
                    f"{len(progress.document_ids)} of {progress.total} files are in the library; "
                    f"{len(progress.failures)} could not be read: "
                    + "; ".join(f"{name} – {sentence}" for name, sentence in progress.failures[:5])
                )
            )
        else:
            self.told.emit(f"{len(progress.document_ids)} documents are in the library.")

    def rename_document(self, document_id: str, title: str) -> None:
        """Gives a document another title."""
        self._store(self.library.rename, document_id, title.strip())

    def remove_document(self, document_id: str) -> None:
        """Takes a document out of the library; this user's notes on it are kept."""
        if not self._store(self.library.remove, document_id):
            return
        self._jobs.run(
            "find",
            tasks.forget,
            str(self.paths.data),
            [document_id],
            then=self._forgot,
            failed=self.failed.emit,
        )
        if self.document is not None and self.document.id == document_id:
            self.document = None
            self._back = [spot for spot in self._back if spot[0] != document_id]
            self._forward = [spot for spot in self._forward if spot[0] != document_id]
            self.history_changed.emit()
            self.start()

    def _forgot(self, _: object) -> None:
        if self.finding.active:
            self.find(self.finding.text)

    def _store(self, verb: Any, *args: Any) -> bool:
        try:
            verb(*args)
        except Problem as problem:
            self.failed.emit(problem)
            return False
        self.library_changed.emit()
        return True

    def index_waiting(self) -> None:
        """Has the worker index what the index does not hold yet, the open document first."""
        waiting = self.library.unindexed()
        if self.document is not None and self.document.id in waiting:
            waiting.remove(self.document.id)
            self._index([self.document.id])
        for start in range(0, len(waiting), 200):
            self._index(waiting[start : start + 200])

    def _index(self, document_ids: list[str]) -> None:
        self._jobs.run(
            "find",
            tasks.index,
            str(self.paths.data),
            document_ids,
            then=self._has_indexed,
            failed=self.failed.emit,
        )

    def _has_indexed(self, document_ids: Sequence[str]) -> None:
        for document_id in document_ids:
            self.indexed.emit(document_id)
        if self.finding.active:
            self.find(self.finding.text)

    # Reading

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
            del self._back[:-200]
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
        """Goes to the place before the last jump."""
        self._travel(self._back, self._forward)

    def forward(self) -> None:
        """Goes where `back` came from."""
        self._travel(self._forward, self._back)

    def _travel(self, source: list[tuple[str, int]], other: list[tuple[str, int]]) -> None:
        if not source or self.document is None:
            return
        document_id, offset = source.pop()
        other.append((self.document.id, self.place.offset))
        self.history_changed.emit()
        if document_id != self.document.id:
            try:
                document = self.library.document(document_id)
            except Problem as problem:
                self.failed.emit(problem)
                return
            self.save_position()
            self._set_document(document)
        self.went.emit(Span(offset, offset))

    def locate(self, offset: int, fraction: float, end_offset: int) -> None:
        """Takes note of what is visible: the first line's offset, how much of it is above the edge,
        and the end of the last line."""
        if self.document is None:
            return
        length = len(self.document.text)
        self._first_line = (offset, fraction)
        percent = 100 if end_offset >= length else round(100 * offset / max(1, length))
        left = reading_minutes(length - offset) if percent < 100 else 0
        self.place = Place(offset, self.document.section_at(offset), percent, left)
        self._position_timer.start()
        self.located.emit(self.place)

    def save_position(self) -> None:
        """Writes down where the open document is being read."""
        self._position_timer.stop()
        if self.document is None or self._first_line is None:
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

    # Finding

    def find(self, text: str) -> None:
        """Looks for `text` in the open document and the library; "" ends the search."""
        self.finding.ask(text)
        if not self.finding.active:
            self.answered.emit()
            self.hit_chosen.emit(None)
            return
        if self._asking:
            self._asked_again = True
        else:
            self._ask()

    def _ask(self) -> None:
        self._asking = True
        self._asked_again = False
        number, text = self.finding.number, self.finding.text
        queries = [Query(text, limit=LIBRARY_HITS, typing=True)]
        if self.document is not None:
            queries.insert(0, Query(text, self.document.id, ARTICLE_HITS, typing=True))
        else:
            self.finding.article = Answer(Query(""))
        self._jobs.run(
            "find",
            tasks.find_all,
            str(self.paths.data),
            queries,
            then=lambda answers: self._take_answers(number, answers),
            failed=self._not_found,
        )

    def _take_answers(self, number: int, answers: Sequence[Answer]) -> None:
        self._asking = False
        taken = [self.finding.take(number, answer) for answer in answers]
        if any(taken):
            self.answered.emit()
        if self._asked_again:
            self._ask()

    def _not_found(self, problem: Problem) -> None:
        self._asking = False
        self.failed.emit(problem)
        if self._asked_again:
            self._ask()

    def document_of(self, document_id: str) -> Document | None:
        """A document of the library; None when it is no longer there."""
        if self.document is not None and self.document.id == document_id:
            return self.document
        try:
            return self.library.document(document_id)
        except Problem:
            return None

    def snippet(self, hit: Hit) -> Snippet:
        """The line of text round a hit, with what matched."""
        document = self.document_of(hit.document_id)
        if document is None:
            return Snippet("", ())
        return snippet(document, hit, ())

    @property
    def indexed_all(self) -> bool:
        """Whether the index holds every document of the library."""
        return not self.library.unindexed()

    def step_hit(self, by: int) -> None:
        """Goes to the next hit (1) or the one before (-1), from the place being read at first."""
        first = self.finding.current < 0
        hit = self.finding.step(by, self.place.offset)
        if hit is not None:
            self._show_hit(hit, remember=first)

    def choose_hit(self, hit: Hit) -> None:
        """Opens a hit, in whichever document it is."""
        if self.document is None or hit.document_id != self.document.id:
            self.show(hit.document_id)
            if self.document is None or hit.document_id != self.document.id:
                return
            self.finding.current = -1
            self.hit_chosen.emit(hit)
            self.went.emit(hit.span)
            return
        self.finding.choose(hit)
        self._show_hit(hit, remember=True)

    def _show_hit(self, hit: Hit, remember: bool) -> None:
        if remember:
            self._remember()
        self.hit_chosen.emit(hit)
        self.went.emit(hit.span)

    # Marking and notes

    def _place_annotations(self) -> None:
        assert self.document is not None
        found = [a for a in self._notes.annotations(self.document.id) if not a.deleted]
        placed = {a.id: anchor(self.document, a.target).span for a in found}
        self.spans = {key: span for key, span in placed.items() if span is not None}
        self.annotations = tuple(sorted(found, key=self._reading_order))

    def _reading_order(self, annotation: Annotation) -> tuple[int, int, str]:
        span = self.spans.get(annotation.id)
        if span is None:
            return (1 << 60, 0, annotation.created)
        return (span.start, -span.end, annotation.created)

    def annotation(self, annotation_id: str) -> Annotation | None:
        """The annotation of that id on the open document."""
        return next((a for a in self.annotations if a.id == annotation_id), None)

    @property
    def last_colour(self) -> Colour:
        """The colour used last."""
        name = self._notes.setting("last_colour", COLOURS[0])
        return next((c for c in COLOURS if c == name), COLOURS[0])

    def meaning(self, colour: Colour) -> str:
        """What the user lets a colour stand for."""
        meanings = {**DEFAULT_MEANINGS, **self._notes.setting("colour_meanings", {})}
        return str(meanings[colour])

    @property
    def passage(self) -> Span | None:
        """What a mark would be put on: the selection, else the current hit."""
        if self.selection is not None:
            return self.selection
        hit = self.finding.hit
        return hit.span if hit is not None and len(hit.span) else None

    def highlight(self, colour: Colour | None = None, note: bool = False) -> str:
        """Marks the selection or the current hit, and returns the annotation's id.

        The same passage marked again takes the new colour. Without a passage, the chosen
        annotation takes it. "" when there is nothing to mark or it could not be written down.
        """
        wanted = colour or self.last_colour
        span = self.passage
        existing = self._on(span) if span is not None else self.annotation(self.annotation_id)
        if existing is not None:
            if existing.colour != wanted and (colour is not None or not note):
                self._apply(Change(existing, replace(existing, colour=wanted)))
            return existing.id
        if span is None or self.document is None:
            return ""
        annotation = Annotation(
            id=str(uuid.uuid4()),
            target=describe(self.document, span),
            colour=wanted,
            motivation="commenting" if note else "highlighting",
        )
        if not self._apply(Change(None, annotation)):
            return ""
        self.set_setting("last_colour", wanted)
        self.choose_annotation(annotation.id)
        return annotation.id

    def _on(self, span: Span) -> Annotation | None:
        same = (a for a in self.annotations if self.spans.get(a.id) == span)
        return next(same, None)

    def where(self, annotation: Annotation) -> str:
        """The title of the section that an annotation of the open document stands in."""
        span = self.spans.get(annotation.id)
        if span is None or self.document is None:
            return ""
        section = self.document.section_at(span.start)
        return section.title if section is not None else self.document.title

    def quote(self, annotation: Annotation) -> str:
        """The words of an annotation as they read, without the digits of reference marks."""
        span = self.spans.get(annotation.id)
        if span is None or self.document is None:
            return annotation.target.quote.exact
        return clean_quote(self.document, span)

    def cited_passage(self) -> str:
        """The passage with the citation of its source; "" when there is none."""
        if self.document is None or self.passage is None:
            return ""
        return f"“{clean_quote(self.document, self.passage)}”\n{citation(self.document)}"

    def open_guide(self) -> None:
        """Brings the guide back into the library and opens it."""
        self.open_files([seeds() / "guide.md"])

    def write_note(self, annotation_id: str = "") -> None:
        """Asks for the note of an annotation, or of the passage, which is marked first."""
        annotation_id = annotation_id or self.highlight(note=True)
        if annotation_id:
            self.choose_annotation(annotation_id)
            self.note_wanted.emit(annotation_id)

    def edit(self, annotation_id: str, **fields: Any) -> bool:
        """Changes fields of an annotation: note, tags, colour, style; whether that is on disk."""
        before = self.annotation(annotation_id)
        if before is None:
            return False
        after = replace(before, **fields)
        return after == before or self._apply(Change(before, after))

    def delete(self, annotation_id: str = "") -> None:
        """Puts an annotation in the trash; undo brings it back."""
        before = self.annotation(annotation_id or self.annotation_id)
        if before is not None:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            if self._apply(Change(before, replace(before, deleted=now))):
                self.told.emit("Deleted. Ctrl+Z brings it back.")

    def undo(self) -> None:
        """Takes back the last edit of this document's notes."""
        self._step_history(self._notes.undo, "There is nothing to undo.")

    def redo(self) -> None:
        """Does again what was undone last."""
        self._step_history(self._notes.redo, "There is nothing to redo.")

    def _step_history(self, verb: Any, nothing: str) -> None:
        if self.document is None:
            return
        try:
            changes = verb(self.document.id)
        except Problem as problem:
            self.failed.emit(problem)
            return
        if changes is None:
            self.told.emit(nothing)
        else:
            self._has_changed(changes)

    def _apply(self, *changes: Change) -> bool:
        try:
            stored = self._notes.apply(*changes)
        except Problem as problem:
            self.failed.emit(problem)
            return False
        self._has_changed(stored)
        return True

    def _has_changed(self, changes: tuple[Change, ...]) -> None:
        here = {a.id: a for a in self.annotations}
        for change in changes:
            after = change.after
            here.pop(change.annotation_id, None)
            if after is None or after.deleted or self.document is None:
                self.spans.pop(change.annotation_id, None)
            elif after.target.document_id == self.document.id:
                here[after.id] = after
                span = anchor(self.document, after.target).span
                if span is not None:
                    self.spans[after.id] = span
        self.annotations = tuple(sorted(here.values(), key=self._reading_order))
        self.changed.emit(changes)
        if self.annotation_id and self.annotation_id not in here:
            self.choose_annotation("")

    def choose_annotation(self, annotation_id: str, show: bool = False) -> None:
        """Makes an annotation the chosen one, "" for none; `show` also goes there."""
        self.annotation_id = annotation_id
        self.annotation_chosen.emit(annotation_id)
        if show and annotation_id in self.spans:
            self.go_to(self.spans[annotation_id])

    def note_counts(self) -> dict[str, int]:
        """How many annotations this user has on each document."""
        return self._notes.counts()

    def all_annotations(self) -> list[Annotation]:
        """All of this user's annotations that are not in the trash."""
        return [a for a in self._notes.all() if not a.deleted]

    def tell(self, sentence: str) -> None:
        """Says something that asks nothing."""
        self.told.emit(sentence)

    # The user

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

    @property
    def users(self) -> list[str]:
        """The names of all users of this data folder."""
        return self.paths.users()

    def switch_user(self, name: str) -> None:
        """Closes this user's notes and opens another's, made new when there is none of that name."""
        if name == self.user:
            return
        self.save_position()
        try:
            notes = open_notes(self.paths, name)
        except Problem as problem:
            self.failed.emit(problem)
            return
        self._notes.close()
        self._notes = notes
        self.user = name
        self.document = None
        self.annotations = ()
        self.spans = {}
        self._back.clear()
        self._forward.clear()
        self.finding.ask("")
        self.answered.emit()
        self.history_changed.emit()
        self.user_changed.emit(name)
        self.start()

    def close(self) -> None:
        """Writes the position down and ends the workers."""
        self.save_position()
        self._jobs.close()
        self._notes.close()


DEFAULT_MEANINGS: dict[Colour, str] = {
    "yellow": "Dose",
    "green": "Evidence",
    "blue": "Caution",
    "pink": "Question",
    "violet": "To do",
}
