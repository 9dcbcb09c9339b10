"""The parts of the library as a tree, beside its table: chosen by a click, dropped onto."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from reader.session.catalog import new_since
from reader.store.metadata import Labels
from reader.ui.library.scope import ALL, MIME_TYPE, Scope, kind_name
from reader.ui.library.table_model import Shown
from reader.ui.widgets.theme import Theme, chosen_row

_ROLE = Qt.ItemDataRole.UserRole
_DROPPED_ON = ("collection", "tag", "trash")


class LibraryTree(QTreeWidget):
    """All, Just Added, collections, tags, kinds, trash, each with the number of its documents."""

    chosen = Signal(Scope)
    dropped = Signal(Scope, tuple)  # where, and the ids of documents

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("library_tree")
        self.setAccessibleName("Parts of the library")
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
    def scope(self) -> Scope:
        """The part that is chosen."""
        item = self.currentItem()
        found = item.data(0, _ROLE) if item is not None else None
        return found if isinstance(found, Scope) else ALL

    def take(self, shown: Shown) -> None:
        """Show what there is now; what was chosen stays chosen, or all is when it is gone."""
        before = self.scope
        folded = {
            item.text(0)
            for number in range(self.topLevelItemCount())
            if (item := self.topLevelItem(number)) is not None
            and item.childCount()
            and not item.isExpanded()
        }
        with QSignalBlocker(self):
            self.clear()
            self._add("All Documents", ALL, len(shown.rows))
            since = new_since()
            fresh = sum(row.imported >= since for row in shown.rows)
            self._add("Just Added", Scope("new"), fresh)
            here = {row.id for row in shown.rows}
            self._add_group("Collections", _scopes("collection", shown.collections, here))
            self._add_group("Tags", _scopes("tag", shown.tags, here))
            kinds = Counter(row.kind for row in shown.rows)
            self._add_group("Kinds", [(Scope("kind", k), n) for k, n in sorted(kinds.items())])
            self._add("Trash", Scope("trash"), len(shown.trashed))
            for number in range(self.topLevelItemCount()):
                item = self.topLevelItem(number)
                if item is not None:
                    item.setExpanded(item.text(0) not in folded)
        self.choose(before)

    def choose(self, scope: Scope) -> None:
        """Chooses a part; all of the library when there is no such part."""
        item = self._items().get(scope, self.topLevelItem(0))
        if item is not None:
            self.setCurrentItem(item)

    def _items(self) -> dict[Scope, QTreeWidgetItem]:
        found = self.findItems("", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive)
        scopes = ((item.data(0, _ROLE), item) for item in found)
        return {scope: item for scope, item in scopes if isinstance(scope, Scope)}

    def _add(
        self, title: str, scope: Scope | None, count: int, parent: QTreeWidgetItem | None = None
    ) -> QTreeWidgetItem:
        item = QTreeWidgetItem([f"{title}  {count}" if scope is not None else title])
        item.setToolTip(0, title)
        item.setData(0, _ROLE, scope)
        if scope is None:
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        if parent is None:
            self.addTopLevelItem(item)
        else:
            parent.addChild(item)
        return item

    def _add_group(self, title: str, scopes: Iterable[tuple[Scope, int]]) -> None:
        parent: QTreeWidgetItem | None = None
        for scope, count in scopes:
            parent = parent or self._add(title, None, 0)
            name = kind_name(scope.name) if scope.field == "kind" else scope.name
            self._add(f"#{name}" if scope.field == "tag" else name, scope, count, parent)

    def _choose(self, item: QTreeWidgetItem | None, _before: object) -> None:
        if item is not None and isinstance(scope := item.data(0, _ROLE), Scope):
            self.chosen.emit(scope)

    # Documents that are dragged here

    def _target(self, event: QDropEvent) -> Scope | None:
        item = self.itemAt(event.position().toPoint())
        scope = item.data(0, _ROLE) if item is not None else None
        if event.mimeData().hasFormat(MIME_TYPE) and isinstance(scope, Scope):
            return scope if scope.field in _DROPPED_ON else None
        return None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME_TYPE):
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
            untrusted = bytes(event.mimeData().data(MIME_TYPE).data())
            self.dropped.emit(target, tuple(json.loads(untrusted)))


def _scopes(field: str, labels: Labels, here: set[str]) -> list[tuple[Scope, int]]:
    counts = Counter(name for key, names in labels.items() if key in here for name in names)
    scope = (Scope("tag", n) if field == "tag" else Scope("collection", n) for n in counts)
    return [(one, counts[one.name]) for one in sorted(scope, key=lambda s: s.name.casefold())]
