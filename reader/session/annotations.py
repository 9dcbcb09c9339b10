"""Marking passages and writing notes: every edit is a Change that is on disk before it is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from reader.model.anchoring.selector import describe, placed
from reader.model.annotation import COLOURS, Annotation, Change, Colour
from reader.model.export.export_set import clean_quote
from reader.model.span import Span
from reader.problem import Problem
from reader.session.current_document import Voice
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


class Marking(Voice):
    """The verbs on annotations of the open document."""

    def _place_annotations(self) -> None:
        assert self.document is not None
        found = self._notes.annotations(self.document.id)
        if self.is_earlier:
            found = self._annotations_of_then(found)
        spans = {a.id: self._place_of(a) for a in found}
        self.spans = {key: span for key, span in spans.items() if span is not None}
        self.annotations = tuple(sorted(found, key=self._reading_order))

    def _annotations_of_then(self, found: list[Annotation]) -> list[Annotation]:
        """In an earlier edition, the annotations that were made on it, wherever they are now."""
        assert self.document is not None
        latest = self.library.editions.latest(self.document.id)
        if latest != self.document.id:
            found = found + self._notes.annotations(latest)
        return [one for one in found if self._place_of(one) is not None]

    def _place_of(self, annotation: Annotation) -> Span | None:
        """Where an annotation is in the open text; in an earlier edition, where it was."""
        assert self.document is not None
        span = placed(self.document, annotation.target)
        if span is None and self.is_earlier and annotation.earlier is not None:
            span = placed(self.document, annotation.earlier)
        return span

    def _reading_order(self, annotation: Annotation) -> tuple[int, int, str]:
        span = self.spans.get(annotation.id)
        if span is None:
            group = _WITHOUT_PLACE.get(annotation.state, 0)
            return ((1 << 60) + group, 0, annotation.created)
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
        """What a mark would be put on: the selection, the chosen annotation, the current hit."""
        if self.selection is not None:
            return self.selection
        if self.annotation_id in self.spans:
            return self.spans[self.annotation_id]
        hit = self.finding.hit
        return hit.span if hit is not None and len(hit.span) else None

    def highlight(self, colour: Colour | None = None, note: bool = False) -> str:
        """Marks the passage, and returns the annotation's id.

        A passage that is marked already takes the new colour. "" when there is nothing to mark or
        it could not be written down.
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
        made = self._make(span, colour=wanted, motivation="commenting" if note else "highlighting")
        if made:
            self.set_setting("last_colour", wanted)
            self.marked.emit(made)
        return made

    def _make(self, span: Span, **fields: Any) -> str:
        """Makes an annotation and chooses it; gives its id, or "" when it is not on disk."""
        import uuid

        assert self.document is not None
        target = describe(self.document, span)
        annotation = Annotation(id=str(uuid.uuid4()), target=target, **fields)
        if not self._apply(Change(None, annotation)) or self.annotation(annotation.id) is None:
            return ""
        self.choose_annotation(annotation.id)
        return annotation.id

    def _on(self, span: Span) -> Annotation | None:
        here = (a for a in self.annotations if self.spans.get(a.id) == span)
        same = [a for a in here if a.motivation != "bookmarking"]
        chosen = [a for a in same if a.id == self.annotation_id]
        return next(iter(chosen + same), None)

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

    def undo(self, everywhere: bool = False) -> None:
        """Takes back the last edit of this document's notes, or of all notes."""
        self._step_history(self._notes.undo, "There is nothing to undo.", everywhere)

    def redo(self, everywhere: bool = False) -> None:
        """Does again what was undone last."""
        self._step_history(self._notes.redo, "There is nothing to redo.", everywhere)

    def _step_history(
        self,
        verb: Callable[[str | None], tuple[Change, ...] | None],
        nothing: str,
        everywhere: bool,
    ) -> None:
        if self.document is None and not everywhere:
            return
        try:
            changes = verb(None if everywhere or not self.document else self.document.id)
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
            # Then it is on the disk too, in a backup.
            return isinstance(problem, Replaced)
        self._has_changed(stored)
        return True

    def _has_changed(self, changes: tuple[Change, ...]) -> None:
        here = {a.id: a for a in self.annotations}
        for change in changes:
            after = change.after
            here.pop(change.annotation_id, None)
            if after is None or after.deleted or self.document is None:
                self.spans.pop(change.annotation_id, None)
            elif after.target.document_id == self.document.id or self._place_of(after):
                here[after.id] = after
                span = self._place_of(after)
                if span is not None:
                    self.spans[after.id] = span
                else:
                    self.spans.pop(after.id, None)
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
