"""Marking the passage: in colour, underlined, with a note, as a place to come back to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reader.model.annotation import COLOURS, Annotation, Area, Colour
from reader.model.span import Span
from reader.session.annotations import Annotations
from reader.session.current_document import CurrentDocument
from reader.session.navigation import Navigation
from reader.session.negation_guard import NegationGuard
from reader.session.search_state import SearchState
from reader.session.selection import Selection
from reader.session.settings import Settings
from reader.settings import LAST_COLOUR

if TYPE_CHECKING:
    from reader.model.pdf.page_box import PageBox

# A bookmark is called after so much of the text that it stands at.
BOOKMARKED = 80


class Marker(QObject):
    """Puts annotations on the passage, which is the selection, the chosen annotation or the hit."""

    edit_requested = Signal(str)  # id of the annotation whose note is to be written now

    def __init__(
        self,
        settings: Settings,
        current: CurrentDocument,
        navigation: Navigation,
        selection: Selection,
        annotations: Annotations,
        search_state: SearchState,
        negation_guard: NegationGuard,
    ) -> None:
        super().__init__()
        self._settings = settings
        self._current = current
        self._navigation = navigation
        self._selection = selection
        self._annotations = annotations
        self._search_state = search_state
        self._negation_guard = negation_guard

    @property
    def passage(self) -> Span | None:
        """What a mark would be put on: the selection, the chosen annotation, the current hit."""
        if self._selection.span is not None:
            return self._selection.span
        if self._selection.annotation_id in self._annotations.spans:
            return self._annotations.spans[self._selection.annotation_id]
        hit = self._search_state.hit
        return hit.span if hit is not None and len(hit.span) else None

    @property
    def area(self) -> Area | None:
        """The area that is chosen; None when the passage is text."""
        if self._selection.span is not None:
            return None
        return self._annotations.areas.get(self._selection.annotation_id)

    @property
    def last_colour(self) -> Colour:
        """The colour used last."""
        name = self._settings.get(LAST_COLOUR)
        return next((c for c in COLOURS if c == name), COLOURS[0])

    def highlight(self, colour: Colour | None = None, note: bool = False) -> str:
        """Mark the passage, and return the annotation's id.

        A passage that is marked already takes the new colour. "" when there is nothing to mark or
        it could not be written down. A note is guarded against leaving out what turns its sense.
        """
        wanted = colour or self.last_colour
        span, existing = self.passage, self._existing()
        if existing is not None:
            if existing.colour != wanted and (colour is not None or not note):
                self._annotations.edit(existing.id, colour=wanted)
            return existing.id
        if span is None or self._current.document is None:
            return ""
        motivation = "commenting" if note else "highlighting"
        made = self._annotations.make(span, colour=wanted, motivation=motivation)
        if made:
            self._settings.set(LAST_COLOUR, wanted)
            self._negation_guard.warn(made)
        return made

    def mark_area(self, box: PageBox, place: Span) -> str:
        """Mark a rectangle of a page in the colour used last, and return the annotation's id.

        `place` is the empty span at which it stands in the text. "" when it could not be written
        down.
        """
        document = self._current.document
        if document is None:
            return ""
        area = Area.of(document.id, box)
        return self._annotations.make(place, area, colour=self.last_colour)

    def _existing(self) -> Annotation | None:
        span = self.passage
        if span is not None:
            return self._annotations.on(span)
        return self._annotations.get(self._selection.annotation_id)

    def underline(self) -> None:
        """Underline the passage instead of colouring its ground, or the other way round."""
        known = self._annotations.get(self._selection.annotation_id)
        if known is None or self._selection.span is not None:
            known = self._annotations.get(self.highlight())
        if known is not None:
            style = "highlight" if known.style == "underline" else "underline"
            self._annotations.edit(known.id, style=style)

    def write_note(self, annotation_id: str = "") -> None:
        """Ask for the note of an annotation, or of the passage, which is marked first."""
        annotation_id = annotation_id or self.highlight(note=True)
        if annotation_id:
            self._annotations.choose(annotation_id)
            self.edit_requested.emit(annotation_id)

    def write_another(self) -> None:
        """Write a note of its own on a passage that has one already."""
        if self.passage is not None and self._current.document is not None:
            made = self._annotations.make(
                self.passage, self.area, colour=self.last_colour, motivation="commenting"
            )
            if made:
                self.edit_requested.emit(made)

    def toggle_bookmark(self) -> str:
        """Mark the selection, or the first line in sight, to come back to; again takes it away.

        Returns the bookmark's id; "" when there is none now.
        """
        document = self._current.document
        if document is None:
            return ""
        offset = self._navigation.location.offset
        span = self._selection.span or _line_at(document.text, offset)
        for one in self._annotations.all:
            if one.motivation == "bookmarking" and self._annotations.spans.get(one.id) == span:
                self._annotations.delete(one.id)
                return ""
        return self._annotations.make(span, colour=self.last_colour, motivation="bookmarking")

    def extend(self) -> bool:
        """Extend the chosen annotation over an adjacent negation or exception; return False if
        there is none."""
        return self._negation_guard.extend()


def _line_at(text: str, offset: int) -> Span:
    """The text from there on that a bookmark is called after, within its paragraph."""
    while offset < len(text) and text[offset].isspace():
        offset += 1
    end = text.find("\n", offset, offset + BOOKMARKED)
    if end < 0:
        space = text.rfind(" ", offset, offset + BOOKMARKED)
        end = len(text) if offset + BOOKMARKED >= len(text) else max(space, offset + 1)
    return Span(offset, max(offset, end))
