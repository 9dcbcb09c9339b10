"""Names of places in a text, and where links to them lead."""

from __future__ import annotations

from reader.importers.builder.block_text import BlockText, moved
from reader.model.document import Mark


class Anchors:
    """Where each name stands in the text; the first place of a name counts.

    A name that comes outside any block waits for the next that has text.
    """

    def __init__(self) -> None:
        self._offsets: dict[str, int] = {}
        self._waiting: list[str] = []

    def wait(self, *names: str) -> None:
        """Name the place where the next block will begin."""
        self._waiting += names

    def place(self, leaf: BlockText, start: int, text: str, places: list[int] | None) -> None:
        """Place the names that waited and those in a block, whose text begins at `start`."""
        for name in self._waiting:
            self._offsets.setdefault(name, start)
        self._waiting = []
        for name, place in leaf.anchors:
            self._offsets.setdefault(name, start + moved(place, places, text))

    def resolved(self, mark: Mark) -> Mark | None:
        """The mark with an offset for the name that it leads to; None when no place has it."""
        if mark.kind in ("link", "reference_mark") and mark.target.startswith("#"):
            offset = self._offsets.get(mark.target[1:])
            return None if offset is None else Mark(mark.kind, mark.span, f"#{offset}")
        return mark
