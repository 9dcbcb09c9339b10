"""The parts of the notebook that it can be narrowed to, and their place beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from reader.ui.notes.notebook_rows import MIME_TYPE
from reader.ui.widgets.parts_tree import ALL, Drops, Part, PartRow, tag_title

TREE_PX = 180
# Notes that are dropped on a tag take it; those that are dropped on a collection bring their
# documents into it.
DROPS = Drops(MIME_TYPE, lambda part: part != ALL)


def notebook_parts(
    count: int, collections: Mapping[str, int], tags: Mapping[str, int]
) -> Iterator[PartRow]:
    """All notes, then collections and tags, each with the number of its notes."""
    yield PartRow("All notes", ALL, count)
    if collections:
        rows = (PartRow(n, Part("collection", n), collections[n]) for n in _in_order(collections))
        yield PartRow("Collections", parts=tuple(rows))
    if tags:
        rows = (PartRow(tag_title(n), Part("tag", n), tags[n]) for n in _in_order(tags))
        yield PartRow("Tags", parts=tuple(rows))


def _in_order(counts: Mapping[str, int]) -> list[str]:
    return sorted(counts, key=str.casefold)


def beside(parent: QWidget, tree: QWidget, right: QWidget) -> None:
    """Lay a tree out beside what it narrows, with a handle between them."""
    split = QSplitter(Qt.Orientation.Horizontal)
    split.setChildrenCollapsible(False)
    split.setHandleWidth(1)
    split.addWidget(tree)
    split.addWidget(right)
    split.setStretchFactor(1, 1)
    split.setSizes([TREE_PX, 800])
    whole = QVBoxLayout(parent)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.addWidget(split)
