"""Which section of a document a place is in: looked up beside the document's data."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from reader.model.span import Span

if TYPE_CHECKING:
    from reader.model.document import Section


class Outline:
    """The sections of a text of so many code points, by id and by place."""

    __slots__ = ("_by_id", "_length", "_sections", "_starts")

    def __init__(self, sections: tuple[Section, ...], length: int) -> None:
        self._sections = sections
        self._length = length
        self._starts = tuple(section.span.start for section in sections)
        self._by_id = {section.id: section for section in sections}

    def section(self, section_id: str) -> Section | None:
        """The section of that id, or None."""
        return self._by_id.get(section_id)

    def section_at(self, offset: int) -> Section | None:
        """The innermost section that holds `offset`; None before the first heading."""
        i = bisect_right(self._starts, offset) - 1
        section = self._sections[i] if i >= 0 else None
        while section is not None and section.span.end <= offset < self._length:
            section = self._by_id.get(section.parent or "")
        return section

    def path(self, section: Section | None) -> tuple[Section, ...]:
        """The sections from the top down to `section`."""
        found: list[Section] = []
        while section is not None:
            found.append(section)
            section = self._by_id.get(section.parent or "")
        return tuple(reversed(found))

    def passages(self) -> tuple[tuple[Section | None, Span], ...]:
        """The text divided without overlap: each section's own part, without its subsections.

        The part before the first heading, if it has any text, comes first with None.
        """
        edges = [*self._starts, self._length]
        parts: list[tuple[Section | None, Span]] = []
        if edges[0] > 0:
            parts.append((None, Span(0, edges[0])))
        for section, end in zip(self._sections, edges[1:], strict=True):
            parts.append((section, Span(section.span.start, end)))
        return tuple(parts)
