"""More than a highlight: bookmarks, underlines, several notes on a passage, links, and a guard."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from reader.model.anchoring.selector import describe
from reader.model.annotation import Annotation, Change
from reader.model.deep_link import address_of
from reader.model.span import Span
from reader.session.annotations import Marking

# A bookmark is called after so much of the text that it stands at.
BOOKMARKED = 80


class Writing(Marking):
    """The verbs of writing on the open document."""

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self.marked.connect(self._guard)

    def bookmark(self) -> str:
        """Marks the passage, or the first line in sight, to come back to; again takes it away."""
        document = self.document
        if document is None:
            return ""
        span = self.selection or self._line_at(self.place.offset)
        for one in self.annotations:
            if one.motivation == "bookmarking" and self.spans.get(one.id) == span:
                self.delete(one.id)
                return ""
        return self._make(span, colour=self.last_colour, motivation="bookmarking")

    def _line_at(self, offset: int) -> Span:
        """The text from there on that a bookmark is called after, within its paragraph."""
        assert self.document is not None
        text = self.document.text
        while offset < len(text) and text[offset].isspace():
            offset += 1
        end = text.find("\n", offset, offset + BOOKMARKED)
        if end < 0:
            space = text.rfind(" ", offset, offset + BOOKMARKED)
            end = len(text) if offset + BOOKMARKED >= len(text) else max(space, offset + 1)
        return Span(offset, max(offset, end))

    def underline(self) -> None:
        """Underlines the passage instead of colouring its ground, or the other way round."""
        known = self.annotation(self.annotation_id)
        if known is None or self.selection is not None:
            known = self.annotation(self.highlight())
        if known is not None:
            style = "highlight" if known.style == "underline" else "underline"
            self.edit(known.id, style=style)

    def write_another(self) -> None:
        """Writes a note of its own on a passage that has one already."""
        if self.passage is not None and self.document is not None:
            made = self._make(self.passage, colour=self.last_colour, motivation="commenting")
            if made:
                self.note_wanted.emit(made)

    # The guard

    def extension(self, annotation_id: str) -> Span | None:
        """The longer passage that holds what turns the sense of a marked one."""
        from reader.model.negation import extension

        span = self.spans.get(annotation_id)
        if span is None or self.document is None:
            return None
        return extension(self.document.text, span)

    def _guard(self, annotation_id: str) -> None:
        longer, span = self.extension(annotation_id), self.spans.get(annotation_id)
        if longer is None or span is None or self.document is None:
            return
        text = self.document.text
        before, after = text[longer.start : span.start], text[span.end : longer.end]
        said = " … ".join(" ".join(part.split()) for part in (before, after) if part.strip())
        self.offered.emit(
            f"What may turn its sense is left out: “{said}”", "Extend (E)", self.extend
        )

    def extend(self) -> bool:
        """Takes into the chosen passage what turns its sense."""
        known = self.annotation(self.annotation_id)
        longer = self.extension(self.annotation_id)
        if known is None or longer is None or self.document is None:
            return False
        target = describe(self.document, longer)
        return self._apply(Change(known, replace(known, target=target)))

    # Links

    def link_to(self, annotation: Annotation) -> str:
        """A Markdown link to a note, to be put into another note."""
        words = " ".join(self.quote(annotation).split())[:60].replace("[", "(").replace("]", ")")
        return f"[{words}]({address_of(annotation.target.document_id, annotation.id)})"
