"""The tree of a document's sections while it is being written: levels become depths."""

from __future__ import annotations

from dataclasses import replace

from reader.model.document import Section, SectionKind
from reader.model.span import Span


class SectionTree:
    """Takes headings in reading order; each ends the sections of its level and below.

    A heading of level 4 under one of level 2 is at most one deeper than it.
    """

    def __init__(self) -> None:
        self.sections: list[Section] = []
        self._open: list[tuple[int, int]] = []

    def begin(
        self, heading: Span, title: str, level: int, number: str | None, kind: SectionKind
    ) -> str:
        """Begin a section with the heading that stands there; return its id."""
        while self._open and self._open[-1][0] >= level:
            self._close(heading.start)
        parent = self.sections[self._open[-1][1]] if self._open else None
        section_id = f"s{len(self.sections) + 1}"
        self._open.append((level, len(self.sections)))
        self.sections.append(
            Section(
                section_id,
                parent.id if parent else None,
                len(self._open),
                number,
                " ".join(title.split("\n")),
                kind,
                heading,
            )
        )
        return section_id

    def end(self, end: int) -> None:
        """End all sections that are open, at the end of the text."""
        while self._open:
            self._close(end)

    def _close(self, end: int) -> None:
        _, i = self._open.pop()
        section = self.sections[i]
        self.sections[i] = replace(section, span=Span(section.span.start, end))
