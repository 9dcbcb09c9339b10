"""Collections and tags as a tree beside the notebook: chosen by a click, dropped onto."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reader.ui.notes.notebook_rows import MIME_TYPE
from reader.ui.widgets.theme import Theme, chosen_row

TREE_PX = 180
_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class NotePart:
    """A part of the notebook: all, the notes with a tag, those on a collection's documents."""

    field: Literal["all", "collection", "tag"]
    name: str = ""


ALL = NotePart("all")


class NotebookTree(QTreeWidget):
    """All notes, then collections and tags, each with the number of its notes.

    Notes that are dropped on a tag take it; those that are dropped on a collection bring their
    documents into it.
    """

    chosen = Signal(NotePart)
    dropped = Signal(NotePart, tuple)  # where, and the ids of notes

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notebook_tree")
        self.setAccessibleName("Parts of the notebook")
        self.setHeaderHidden(True)
        self.setIndentation(14)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        self.currentItemChanged.connect(self._choose)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw in the colours of `theme` from now on."""
        self.setMinimumWidth(max(130, round(theme.px(120))))
        self.setStyleSheet(
            f"QTreeWidget {{ background: {theme.chrome}; color: {theme.ink};"
            f" font-size: {theme.px(13)}px;"
            " padding: 6px 4px; show-decoration-selected: 1; }"
            "QTreeWidget::item { padding: 3px 4px; }" + chosen_row(theme, "QTreeWidget")
        )

    @property
    def part(self) -> NotePart:
        """The part that is chosen."""
        item = self.currentItem()
        found = item.data(0, _ROLE) if item is not None else None
        return found if isinstance(found, NotePart) else ALL

    def take(
        self, count: int, collections: Mapping[str, int], tags: Mapping[str, int], chosen: NotePart
    ) -> None:
        """Show these parts with the numbers of their notes, and that `chosen` is."""
        folded = {item.text(0) for item in self._groups() if not item.isExpanded()}
        with QSignalBlocker(self):
            self.clear()
            self._add(self.invisibleRootItem(), f"All notes  {count}", ALL)
            self._add_group("Collections", "collection", collections)
            self._add_group("Tags", "tag", tags)
            for item in self._groups():
                item.setExpanded(item.text(0) not in folded)
        self.show_chosen(chosen)

    def show_chosen(self, part: NotePart) -> None:
        """Show that a part is chosen, all when there is no such, and say nothing."""
        found = self.findItems("", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive)
        item = next((one for one in found if one.data(0, _ROLE) == part), self.topLevelItem(0))
        with QSignalBlocker(self):
            if item is not None:
                self.setCurrentItem(item)

    def _groups(self) -> list[QTreeWidgetItem]:
        found = (self.topLevelItem(number) for number in range(self.topLevelItemCount()))
        return [item for item in found if item is not None and item.childCount()]

    def _add_group(
        self, title: str, field: Literal["collection", "tag"], counts: Mapping[str, int]
    ) -> None:
        if not counts:
            return
        group = self._add(self.invisibleRootItem(), title, None)
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        for name in sorted(counts, key=str.casefold):
            shown = f"#{name}" if field == "tag" else name
            self._add(group, f"{shown}  {counts[name]}", NotePart(field, name))

    def _add(self, parent: QTreeWidgetItem, title: str, part: NotePart | None) -> QTreeWidgetItem:
        item = QTreeWidgetItem([title])
        item.setToolTip(0, title)
        item.setData(0, _ROLE, part)
        parent.addChild(item)
        return item

    def _choose(self, item: QTreeWidgetItem | None, _before: object) -> None:
        if item is not None and isinstance(part := item.data(0, _ROLE), NotePart):
            self.chosen.emit(part)

    def _part_under(self, event: QDropEvent) -> NotePart | None:
        item = self.itemAt(event.position().toPoint())
        part = item.data(0, _ROLE) if item is not None else None
        carries = event.mimeData().hasFormat(MIME_TYPE)
        return part if carries and isinstance(part, NotePart) and part != ALL else None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME_TYPE):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if self._part_under(event) is None:
            event.ignore()
        else:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        part = self._part_under(event)
        if part is not None:
            event.acceptProposedAction()
            untrusted = bytes(event.mimeData().data(MIME_TYPE).data())
            self.dropped.emit(part, tuple(json.loads(untrusted)))


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
