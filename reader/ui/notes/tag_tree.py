"""The tags of notes as a tree beside the notebook: chosen by a click, dropped onto."""

from __future__ import annotations

import json
from collections.abc import Mapping

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
from reader.ui.widgets.theme import Theme

TREE_PX = 180
_ROLE = Qt.ItemDataRole.UserRole


class TagTree(QTreeWidget):
    """All tags, then each with the number of its notes; notes that are dropped on one take it."""

    chosen = Signal(str)  # a tag, "" for all
    dropped = Signal(str, tuple)  # a tag, and the ids of notes

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tag_tree")
        self.setAccessibleName("Tags of notes")
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumWidth(120)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        self.currentItemChanged.connect(self._choose)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw in the colours of `theme` from now on."""
        self.setStyleSheet(
            f"QTreeWidget {{ background: {theme.chrome}; color: {theme.ink};"
            f" font-size: {theme.px(13)}px;"
            " padding: 6px 8px; }"
            "QTreeWidget::item { padding: 3px 4px; }"
            f"QTreeWidget::item:selected {{ background: {theme.pressed}; color: {theme.ink}; }}"
        )

    def take(self, tags: Mapping[str, int], chosen: str) -> None:
        """Show these tags with their numbers, and that `chosen` is."""
        with QSignalBlocker(self):
            self.clear()
            self._add("All tags", "")
            for tag in sorted(tags, key=str.casefold):
                self._add(f"#{tag}  {tags[tag]}", tag)
        self.show_chosen(chosen)

    def show_chosen(self, tag: str) -> None:
        """Show that a tag is chosen, "" for all, and say nothing."""
        with QSignalBlocker(self):
            for number in range(self.topLevelItemCount()):
                item = self.topLevelItem(number)
                if item is not None and item.data(0, _ROLE) == tag:
                    self.setCurrentItem(item)

    def _add(self, title: str, tag: str) -> None:
        item = QTreeWidgetItem([title])
        item.setToolTip(0, title)
        item.setData(0, _ROLE, tag)
        self.addTopLevelItem(item)

    def _choose(self, item: QTreeWidgetItem | None, _before: object) -> None:
        if item is not None:
            self.chosen.emit(item.data(0, _ROLE))

    def _tag_under(self, event: QDropEvent) -> str:
        item = self.itemAt(event.position().toPoint())
        carries = event.mimeData().hasFormat(MIME_TYPE)
        return str(item.data(0, _ROLE)) if item is not None and carries else ""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME_TYPE):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if self._tag_under(event):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        if tag := self._tag_under(event):
            event.acceptProposedAction()
            untrusted = bytes(event.mimeData().data(MIME_TYPE).data())
            self.dropped.emit(tag, tuple(json.loads(untrusted)))


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
