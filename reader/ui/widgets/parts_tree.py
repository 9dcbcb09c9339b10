"""The parts of a whole as a tree beside its rows: chosen by a click, dropped onto."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTreeWidget, QTreeWidgetItem, QWidget

from reader.ui.widgets.theme import Theme, chosen_row

Field = Literal["all", "new", "collection", "tag", "kind", "trash"]
_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a library or a notebook; `name` tells collections, tags and kinds apart."""

    field: Field
    name: str = ""


ALL = Part("all")


@dataclass(frozen=True, slots=True)
class PartRow:
    """A row of the tree: a part with the number of what is in it, or the title of `parts`."""

    title: str
    part: Part | None = None
    count: int = 0
    parts: tuple[PartRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Drops:
    """What may be dropped on parts: ids as JSON under a MIME type, on those that `fit`."""

    mime_type: str
    fit: Callable[[Part], bool]


class PartsTree(QTreeWidget):
    """Parts with their numbers, in groups that can be folded; one of them is chosen."""

    chosen = Signal(Part)
    dropped = Signal(Part, tuple)  # where, and the ids

    def __init__(
        self, name: str, spoken_name: str, drops: Drops, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._drops = drops
        self.setObjectName(name)
        self.setAccessibleName(spoken_name)
        self.setHeaderHidden(True)
        self.setColumnCount(1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setIndentation(14)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
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
    def part(self) -> Part:
        """The part that is chosen."""
        return _part_of(self.currentItem()) or ALL

    def show_rows(self, rows: Iterable[PartRow], chosen: Part) -> None:
        """Show these rows and that a part is chosen, as `show_chosen`; folded groups stay so."""
        folded = {item.text(0) for item in self._groups() if not item.isExpanded()}
        with QSignalBlocker(self):
            self.clear()
            for row in rows:
                self._add(self.invisibleRootItem(), row)
            for item in self._groups():
                item.setExpanded(item.text(0) not in folded)
            self.choose(chosen)

    def choose(self, part: Part) -> None:
        """Choose a part; the first when there is no such."""
        item = next((i for i in self._items() if _part_of(i) == part), self.topLevelItem(0))
        if item is not None:
            self.setCurrentItem(item)

    def show_chosen(self, part: Part) -> None:
        """Show that a part is chosen, as `choose`, and say nothing."""
        with QSignalBlocker(self):
            self.choose(part)

    def _items(self) -> list[QTreeWidgetItem]:
        return self.findItems("", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive)

    def _groups(self) -> Iterator[QTreeWidgetItem]:
        found = (self.topLevelItem(number) for number in range(self.topLevelItemCount()))
        return (item for item in found if item is not None and item.childCount())

    def _add(self, parent: QTreeWidgetItem, row: PartRow) -> None:
        item = QTreeWidgetItem([row.title if row.part is None else f"{row.title}  {row.count}"])
        item.setToolTip(0, row.title)
        item.setData(0, _ROLE, row.part)
        if row.part is None:
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        parent.addChild(item)
        for under in row.parts:
            self._add(item, under)

    def _choose(self, item: QTreeWidgetItem | None, _before: object) -> None:
        if part := _part_of(item):
            self.chosen.emit(part)

    # What is dragged here

    def _target(self, event: QDropEvent) -> Part | None:
        part = _part_of(self.itemAt(event.position().toPoint()))
        carries = event.mimeData().hasFormat(self._drops.mime_type)
        return part if carries and part is not None and self._drops.fit(part) else None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(self._drops.mime_type):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if self._target(event) is None:
            event.ignore()
        else:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        target = self._target(event)
        if target is not None:
            event.acceptProposedAction()
            untrusted = bytes(event.mimeData().data(self._drops.mime_type).data())
            self.dropped.emit(target, tuple(json.loads(untrusted)))


def _part_of(item: QTreeWidgetItem | None) -> Part | None:
    part = item.data(0, _ROLE) if item is not None else None
    return part if isinstance(part, Part) else None


def tag_title(name: str) -> str:
    """A tag as it is shown among parts of other kinds."""
    return f"#{name}"
