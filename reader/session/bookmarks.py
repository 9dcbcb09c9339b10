"""Bookmarks: places to come back to."""

from __future__ import annotations

from reader.model.span import Span
from reader.session.annotations import Annotations
from reader.session.current_document import CurrentDocument
from reader.session.navigation import Navigation
from reader.session.selection import Selection

# A bookmark is called after so much of the text that it stands at.
BOOKMARKED = 80


class Bookmarks:
    """Bookmarks are annotations of the open document with a motivation of their own."""

    def __init__(
        self,
        current: CurrentDocument,
        navigation: Navigation,
        selection: Selection,
        annotations: Annotations,
    ) -> None:
        self._current = current
        self._navigation = navigation
        self._selection = selection
        self._annotations = annotations

    def toggle(self) -> str:
        """Mark the passage, or the first line in sight, to come back to; again takes it away."""
        document = self._current.document
        if document is None:
            return ""
        span = self._selection.span or self._line_at(self._navigation.location.offset)
        for one in self._annotations.all:
            if one.motivation == "bookmarking" and self._annotations.spans.get(one.id) == span:
                self._annotations.delete(one.id)
                return ""
        return self._annotations.make(
            span, colour=self._annotations.last_colour, motivation="bookmarking"
        )

    def _line_at(self, offset: int) -> Span:
        """The text from there on that a bookmark is called after, within its paragraph."""
        assert self._current.document is not None
        text = self._current.document.text
        while offset < len(text) and text[offset].isspace():
            offset += 1
        end = text.find("\n", offset, offset + BOOKMARKED)
        if end < 0:
            space = text.rfind(" ", offset, offset + BOOKMARKED)
            end = len(text) if offset + BOOKMARKED >= len(text) else max(space, offset + 1)
        return Span(offset, max(offset, end))
