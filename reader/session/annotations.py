"""The annotations of the open document: every edit is on disk before it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, Literal, NamedTuple

from PySide6.QtCore import QObject, Signal

from reader.model.anchoring.selector import describe, placed
from reader.model.annotation import Annotation, Area, Change, Colour
from reader.model.span import Span
from reader.problem import Problem
from reader.services.workspace import Workspace
from reader.session.current_document import CurrentDocument
from reader.session.navigation import Navigation
from reader.session.notifier import Notifier
from reader.session.partner_notes import PartnerNotes, PartnerPlace
from reader.session.selection import Selection
from reader.session.settings import Settings
from reader.settings import COLOUR_MEANINGS
from reader.store.open_file import Replaced

DEFAULT_MEANINGS: dict[Colour, str] = {
    "yellow": "Dose",
    "green": "Evidence",
    "blue": "Caution",
    "pink": "Question",
    "violet": "To do",
}


# What has no place in the text comes after it: what waits for a decision first.
_WITHOUT_PLACE = {"earlier": 1, "archived": 2}


class AnnotationChanges(NamedTuple):
    """Edits that are on disk, or were taken back or made again; none when any annotation may have
    changed."""

    changes: tuple[Change, ...] = ()
    kind: Literal["edit", "undo", "redo"] = "edit"


class NotesNews(NamedTuple):
    """The documents whose notes another window or a command has changed meanwhile."""

    document_ids: frozenset[str]


class Annotations(QObject):
    """The annotations of the open document, in reading order, with their places in its text.

    `areas` are those of the notes that are on a rectangle of a page. Among the notes are those on
    other files of the article that surely have a place here.
    """

    changed = Signal(AnnotationChanges)
    area_requested = Signal(Area)  # which is to be shown, after its place in the text
    others_changed = Signal(NotesNews)

    def __init__(
        self,
        workspace: Workspace,
        settings: Settings,
        notifier: Notifier,
        current: CurrentDocument,
        navigation: Navigation,
        selection: Selection,
    ) -> None:
        super().__init__()
        self.all: tuple[Annotation, ...] = ()
        self.spans: dict[str, Span] = {}
        self.areas: dict[str, Area] = {}
        # What was made last, and the number of that edit.
        self._made: tuple[str, int | None] = ("", None)
        self._of_partners = PartnerNotes()
        self._workspace = workspace
        self._settings = settings
        self._notifier = notifier
        self._current = current
        self._navigation = navigation
        self._selection = selection
        current.changed.connect(self.reset)
        workspace.notes.keep_in_mind(self._in_memory)

    def _in_memory(self) -> tuple[Annotation, ...]:
        return self.all

    def reset(self, _document: object = None) -> None:
        """Let go of all, and take those of the open document."""
        self._workspace.notes.keep_in_mind(self._in_memory)
        self.all = ()
        self.spans, self.areas = {}, {}
        self._of_partners.reset()
        if self._current.document is not None:
            self._place()

    def refresh(self) -> None:
        """Read the annotations of the open document anew, and say so."""
        if self._current.document is not None:
            self._place()
        self.changed.emit(AnnotationChanges())

    def take_news(self) -> None:
        """Show what another window or a command has done meanwhile to the notes in sight."""
        document = self._current.document
        if document is None:
            return
        news = NotesNews(frozenset(self._workspace.notes.news()))
        if document.id in news.document_ids:
            self.refresh()
        self.others_changed.emit(news)

    def show_of_partners(self, places: dict[str, PartnerPlace]) -> None:
        """Show notes on other files of the article at these places, by their ids, and no others."""
        self._of_partners.set_places(places)
        self.refresh()

    def origin(self, annotation: Annotation) -> str:
        """Which other file of the article a note is on; "" for those of the open document."""
        return place.origin if (place := self._of_partners.place(annotation)) else ""

    @property
    def own(self) -> tuple[Annotation, ...]:
        """Those that are on the open document itself."""
        if not self._of_partners.any:
            return self.all
        return tuple(one for one in self.all if not self.origin(one))

    def _place(self) -> None:
        assert self._current.document is not None
        found = self._workspace.notes.annotations(self._current.document.id)
        found += self._of_partners.read(self._workspace.notes)
        if self._current.is_earlier:
            found = self._annotations_of_then(found)
        spans = {a.id: self._place_of(a) for a in found}
        self.spans = {key: span for key, span in spans.items() if span is not None}
        self._place_areas(found)
        self.all = tuple(sorted(found, key=self._reading_order))

    def _place_areas(self, found: Iterable[Annotation]) -> None:
        """Keep the areas of those that are in the file of the open document."""
        areas = ((one.id, one.target.area) for one in found if one.id in self.spans)
        self.areas = {key: area for key, area in areas if area is not None}

    def _annotations_of_then(self, found: list[Annotation]) -> list[Annotation]:
        """In an earlier edition, the annotations that were made on it, wherever they are now."""
        assert self._current.document is not None
        latest = self._workspace.library.editions.latest(self._current.document.id)
        if latest != self._current.document.id:
            found = found + self._workspace.notes.annotations(latest)
        return [one for one in found if self._place_of(one) is not None]

    def _place_of(self, annotation: Annotation) -> Span | None:
        """Where an annotation is in the open text; in an earlier edition, where it was."""
        assert self._current.document is not None
        elsewhere = self._of_partners.place(annotation)
        span = elsewhere.span if elsewhere else placed(self._current.document, annotation.target)
        if span is None and self._current.is_earlier and annotation.earlier is not None:
            span = placed(self._current.document, annotation.earlier)
        return span

    def _reading_order(self, annotation: Annotation) -> tuple[int, int, float, str]:
        span, area = self.spans.get(annotation.id), self.areas.get(annotation.id)
        if span is None:
            group = _WITHOUT_PLACE.get(annotation.state, 0)
            return ((1 << 60) + group, 0, 0, annotation.created)
        # Areas beside each other stand at one place of the text.
        down = area.y if area is not None else 0.0
        return (span.start, -span.end, down, annotation.created)

    def get(self, annotation_id: str) -> Annotation | None:
        """The annotation of that id on the open document."""
        return next((a for a in self.all if a.id == annotation_id), None)

    def meaning(self, colour: Colour) -> str:
        """What the user lets a colour stand for."""
        meanings = self._settings.get(COLOUR_MEANINGS)
        return meanings.get(colour, DEFAULT_MEANINGS[colour])

    def make(self, span: Span, area: Area | None = None, **fields: Any) -> str:
        """Make an annotation on a passage, or on an area at an empty one, and choose it.

        Return its id, or "" when it is not on disk.
        """
        import uuid

        assert self._current.document is not None
        target = replace(describe(self._current.document, span), area=area)
        annotation = Annotation(id=str(uuid.uuid4()), target=target, **fields)
        if not self.apply(Change(None, annotation)) or self.get(annotation.id) is None:
            return ""
        self._made = annotation.id, self._latest_edit
        self.choose(annotation.id)
        return annotation.id

    @property
    def _latest_edit(self) -> int | None:
        document = self._current.document
        try:
            return self._workspace.notes.latest_edit(document.id) if document is not None else None
        except Problem:
            return None

    def take_back(self, annotation_id: str) -> bool:
        """Undo that an annotation was made; return False when it was edited since, or another one
        was, and then it stays."""
        return self._made == (annotation_id, self._latest_edit) and self.undo(everywhere=False)

    def on(self, span: Span) -> Annotation | None:
        """Return the annotation of just that passage, the chosen one first; no bookmark."""
        here = (a for a in self.all if self.spans.get(a.id) == span)
        same = [a for a in here if a.motivation != "bookmarking"]
        chosen = [a for a in same if a.id == self._selection.annotation_id]
        return next(iter(chosen + same), None)

    def where(self, annotation: Annotation) -> str:
        """The title of the section that an annotation of the open document stands in."""
        span = self.spans.get(annotation.id)
        if span is None or self._current.document is None:
            return ""
        section = self._current.document.outline.section_at(span.start)
        return section.title if section is not None else self._current.document.title

    def quote(self, annotation: Annotation) -> str:
        """The words of an annotation as they read, without the digits of reference marks."""
        span = self.spans.get(annotation.id)
        if span is None or self._current.document is None or annotation.id in self.areas:
            return annotation.target.words
        # Imported here: a start is not to load what exports need.
        from reader.model.export.export_set import clean_quote

        return clean_quote(self._current.document, span)

    def edit(self, annotation_id: str, **fields: Any) -> bool:
        """Change fields of an annotation: note, tags, colour, style; whether that is on disk."""
        before = self.get(annotation_id)
        if before is None:
            return False
        after = replace(before, **fields)
        return after == before or self.apply(Change(before, after))

    def delete(self, annotation_id: str = "") -> None:
        """Put an annotation in the trash; undo brings it back."""
        before = self.get(annotation_id or self._selection.annotation_id)
        if before is not None:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            self.apply(Change(before, replace(before, deleted=now)))

    def undo(self, everywhere: bool) -> bool:
        """Take back the last edit of the notes here, or of all; False if there is none."""
        notes = self._workspace.notes
        find = partial(self._of_partners.undo_on, notes)
        return self._step_history("undo", notes.undo, everywhere, find)

    def redo(self, everywhere: bool) -> bool:
        """Make the edit again that was taken back last; False if there is none."""
        redo = self._workspace.notes.redo
        return self._step_history("redo", redo, everywhere, self._of_partners.redo_on)

    def _step_history(
        self,
        kind: Literal["undo", "redo"],
        verb: Callable[[str | None], tuple[Change, ...] | None],
        everywhere: bool,
        find: Callable[[str], str],
    ) -> bool:
        document = self._current.document
        if document is None and not everywhere:
            return False
        try:
            changes = verb(None if everywhere or document is None else find(document.id))
        except Problem as problem:
            self._notifier.error(problem)
            return True
        if changes is not None:
            self._has_changed(changes, kind)
        return changes is not None

    def apply(self, *changes: Change) -> bool:
        """Write edits down in one transaction; return whether they are on disk."""
        try:
            stored = self._workspace.notes.apply(*changes)
        except Problem as problem:
            self._notifier.error(problem)
            # Then it is on the disk too, in a backup.
            return isinstance(problem, Replaced)
        self._of_partners.note_edits(stored)
        self._has_changed(stored)
        return True

    def _has_changed(
        self, changes: tuple[Change, ...], kind: Literal["edit", "undo", "redo"] = "edit"
    ) -> None:
        here = {a.id: a for a in self.all}
        for change in changes:
            after = change.after
            here.pop(change.annotation_id, None)
            if after is None or after.deleted or self._current.document is None:
                self.spans.pop(change.annotation_id, None)
            elif after.target.document_id == self._current.document.id or self._place_of(after):
                here[after.id] = after
                span = self._place_of(after)
                if span is not None:
                    self.spans[after.id] = span
                else:
                    self.spans.pop(after.id, None)
        self._place_areas(here.values())
        self.all = tuple(sorted(here.values(), key=self._reading_order))
        self.changed.emit(AnnotationChanges(changes, kind))
        if self._selection.annotation_id and self._selection.annotation_id not in here:
            self.choose("")

    def choose(self, annotation_id: str, show: bool = False) -> None:
        """Make an annotation the chosen one, "" for none; `show` also goes there."""
        self._selection.set_annotation(annotation_id)
        if show and annotation_id in self.spans:
            self._navigation.go_to(self.spans[annotation_id])
            if annotation_id in self.areas:
                self.area_requested.emit(self.areas[annotation_id])
