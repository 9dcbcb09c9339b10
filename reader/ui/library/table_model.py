"""The documents that the library's table shows: its columns, what is in them, their order."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, Qt
from PySide6.QtWidgets import QWidget

from reader.session.catalog import new_since
from reader.store.catalog import CatalogRow
from reader.store.metadata import Labels
from reader.ui.widgets.dates import short_day
from reader.ui.widgets.parts_tree import ALL, Part
from reader.ui.widgets.rows import Index

COLUMNS = (
    *("Title", "Authors", "Journal", "Year", "Read", "Last read", "Imported", "Tags"),
    *("Kind", "Notes"),
)
WIDTHS_PX = (320, 112, 92, 48, 54, 92, 92, 84, 62, 52)
LAST_READ = COLUMNS.index("Last read")
# Ids of documents as JSON, as they are dragged from the table to the tree.
MIME_TYPE = "application/x-offprint-documents"
_TEXT_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


@dataclass(frozen=True, slots=True)
class Shown:
    """The documents, and by their ids what this user and the library say of them.

    `trashed` are those in the trash, which no other part of the tree shows.
    """

    rows: list[CatalogRow]
    percents: dict[str, int]
    last_read: dict[str, str]
    tags: Labels
    collections: Labels
    notes: dict[str, int] = field(default_factory=dict)
    trashed: list[CatalogRow] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    def words(self, row: CatalogRow) -> str:
        """What a search looks through; put together once."""
        if row.id not in self.texts:
            self.texts[row.id] = self._words(row)
        return self.texts[row.id]

    def _words(self, row: CatalogRow) -> str:
        filed = " ".join((*self.tags.get(row.id, ()), *self.collections.get(row.id, ())))
        return f"{row.title} {' '.join(authors_of(row))} {row.journal} {filed}".casefold()

    def within(self, part: Part) -> list[CatalogRow]:
        """The documents of a part of the tree."""
        if part.field == "trash":
            return list(self.trashed)
        since = new_since()
        tests: dict[str, Callable[[CatalogRow], bool]] = {
            "new": lambda row: row.imported >= since,
            "collection": lambda row: part.name in self.collections.get(row.id, ()),
            "tag": lambda row: part.name in self.tags.get(row.id, ()),
            "kind": lambda row: row.kind == part.name,
        }
        return list(filter(tests.get(part.field), self.rows))


def kind_name(kind: str) -> str:
    """A kind of documents as it is shown."""
    return {"pdf": "PDF"}.get(kind, kind.capitalize())


def authors_of(row: CatalogRow) -> list[str]:
    """The names of a document's authors."""
    return list(json.loads(row.authors))


_TEXTS: tuple[Callable[[Shown, CatalogRow], str], ...] = (
    lambda _, row: row.title,
    lambda _, row: ", ".join(authors_of(row)),
    lambda _, row: row.journal,
    lambda _, row: row.published[:4],
    lambda shown, row: f"{shown.percents[row.id]} %" if shown.percents.get(row.id) else "",
    lambda shown, row: short_day(shown.last_read.get(row.id, "")),
    lambda _, row: short_day(row.imported),
    lambda shown, row: ", ".join((*shown.collections.get(row.id, ()), *shown.tags.get(row.id, ()))),
    lambda _, row: kind_name(row.kind),
    lambda shown, row: str(shown.notes.get(row.id, "")),
)
# Equal ones stay in the order of before, so that two clicks sort by two columns.
_KEYS: tuple[Callable[[Shown, CatalogRow], Any], ...] = (
    lambda _, row: row.title.casefold(),
    lambda _, row: row.authors.casefold(),
    lambda _, row: row.journal.casefold(),
    lambda _, row: row.published,
    lambda shown, row: shown.percents.get(row.id, 0),
    lambda shown, row: (shown.last_read.get(row.id, ""), row.imported),
    lambda _, row: row.imported,
    lambda shown, row: (shown.collections.get(row.id, ()), shown.tags.get(row.id, ())),
    lambda _, row: row.kind,
    lambda shown, row: shown.notes.get(row.id, 0),
)


class ShelfModel(QAbstractTableModel):
    """All documents, and those of them that the tree and a filter let through, in order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[CatalogRow] = []
        self.shown = Shown([], {}, {}, {}, {})
        self._wanted: tuple[list[str], Part] = ([], ALL)
        self._order = LAST_READ, Qt.SortOrder.DescendingOrder

    def take(self, shown: Shown) -> None:
        """Take other documents, in the same order and through the same filter."""
        self.shown = shown
        self._put_in_order(shown.rows, shown.trashed)
        self._show()

    def narrow(self, text: str, part: Part) -> None:
        """Show the documents with all these words, of one part of the tree."""
        wanted = text.casefold().split(), part
        if wanted != self._wanted:
            self._wanted = wanted
            self._show()

    def still_shown(self, document_ids: set[str], row: int) -> set[str]:
        """Those of some documents that are shown; of none that are, the one in their row now.

        After a removal the selection is so where the keyboard was, and not at the top.
        """
        found = document_ids & {one.id for one in self.rows}
        if document_ids and not found and self.rows:
            found = {self.rows[min(max(row, 0), len(self.rows) - 1)].id}
        return found

    def lacks(self, count: int) -> bool:
        """Whether what a search looks through is to be put together yet for more rows than that."""
        return next(islice(self._unprepared(), count, None), None) is not None

    def prepare(self, count: int) -> bool:
        """Put together what a search looks through of some more rows; whether any are left."""
        for row in list(islice(self._unprepared(), count)):
            self.shown.words(row)
        return self.lacks(0)

    def _unprepared(self) -> Iterator[CatalogRow]:
        # By their ids: rows are put in another order meanwhile.
        return (row for row in self.shown.rows if row.id not in self.shown.texts)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._order = column, order
        self.beginResetModel()
        # What the filter lets through stays the same, and is not looked through again.
        self._put_in_order(self.shown.rows, self.shown.trashed, self.rows)
        self.endResetModel()

    def _put_in_order(self, *lists: list[CatalogRow]) -> None:
        column, order = self._order
        shown, key, down = self.shown, _KEYS[column], order == Qt.SortOrder.DescendingOrder
        for rows in lists:
            rows.sort(key=lambda row: key(shown, row), reverse=down)

    def _show(self) -> None:
        words, scope = self._wanted
        rows = self.shown.within(scope)
        if words:
            said = self.shown.words
            for word in words:
                rows = [row for row in rows if word in said(row)]
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = 0) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role in _TEXT_ROLES:
            return _TEXTS[index.column()](self.shown, row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{row.title}\n{', '.join(authors_of(row))}\n{row.source}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        across = orientation == Qt.Orientation.Horizontal
        return COLUMNS[section] if across and role in _TEXT_ROLES else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        return [MIME_TYPE]

    def mimeData(self, indexes: Iterable[QModelIndex]) -> QMimeData:
        numbers = sorted({index.row() for index in indexes})
        carried = QMimeData()
        carried.setData(MIME_TYPE, json.dumps([self.rows[n].id for n in numbers]).encode())
        return carried
