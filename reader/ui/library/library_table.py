"""The library as a table in the place of the page: sorted, filtered, and worked on."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from reader.session.session import Session
from reader.session.timers import single_shot
from reader.store.catalog import CatalogRow
from reader.store.metadata import Labels
from reader.ui.widgets.dates import short_day
from reader.ui.widgets.row_list import Index
from reader.ui.widgets.theme import Theme

FILTER_DELAY_MS = 80
COLUMNS = ("Title", "Authors", "Journal", "Year", "Read", "Last read", "Imported", "Tags")
_WIDTHS_PX = (320, 112, 92, 48, 54, 76, 76, 84)
_ALL = "All documents"
_TEXT_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


@dataclass(frozen=True, slots=True)
class Shown:
    """The documents, and by their ids what this user and the library say of them."""

    rows: list[CatalogRow]
    percents: dict[str, int]
    last_read: dict[str, str]
    tags: Labels
    collections: Labels

    def words(self, row: CatalogRow) -> str:
        """What a search looks through."""
        tags = " ".join(self.tags.get(row.id, ()))
        return f"{row.title} {' '.join(authors_of(row))} {row.journal} {tags}".casefold()


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
)


class ShelfModel(QAbstractTableModel):
    """All documents, and those of them that a filter lets through, in order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[CatalogRow] = []
        self._all = Shown([], {}, {}, {}, {})
        self._wanted: tuple[list[str], str] = ([], "")
        self._order = 5, Qt.SortOrder.DescendingOrder

    def take(self, shown: Shown) -> None:
        """Takes other documents, in the same order and through the same filter."""
        self._all = shown
        self.sort(*self._order)

    def narrow(self, text: str, collection: str) -> None:
        """Shows the documents with all these words, of one collection or of all ("")."""
        wanted = text.casefold().split(), collection
        if wanted != self._wanted:
            self._wanted = wanted
            self._show()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._order = column, order
        key, down = _KEYS[column], order == Qt.SortOrder.DescendingOrder
        self._all.rows.sort(key=lambda row: key(self._all, row), reverse=down)
        self._show()

    def _show(self) -> None:
        words, collection = self._wanted
        shown = self._all
        rows = list(shown.rows)
        if collection:
            rows = [row for row in rows if collection in shown.collections.get(row.id, ())]
        if words:
            rows = [row for row in rows if all(word in shown.words(row) for word in words)]
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
            return _TEXTS[index.column()](self._all, row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{row.title}\n{', '.join(authors_of(row))}\n{row.source}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        across = orientation == Qt.Orientation.Horizontal
        return COLUMNS[section] if across and role in _TEXT_ROLES else None


TITLE_FROM_PX = 260
_LEAVING = ("Tags", "Imported", "Journal", "Read", "Authors", "Year")


class ShelfTable(QWidget):
    """The whole library, with a field and a choice that narrow it."""

    closed = Signal()

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setObjectName("paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = ShelfModel(self)
        self.table = QTableView(self)
        self.table.setModel(self.model)
        self.table.setAccessibleName("Library")
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.verticalHeader().hide()
        # One height for all: nothing is asked of 20,000 rows before the first is painted.
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.verticalHeader().setDefaultSectionSize(30)
        header = self.table.horizontalHeader()
        header.setSortIndicator(5, Qt.SortOrder.DescendingOrder)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.table.setSortingEnabled(True)
        for column, width in enumerate(_WIDTHS_PX):
            self.table.setColumnWidth(column, width)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.filter = QLineEdit(self)
        self.filter.setPlaceholderText("Filter by title, author, journal or tag")
        self.filter.setAccessibleName("Filter by title, author, journal or tag")
        self.filter.setClearButtonEnabled(True)
        self.collection = QComboBox(self)
        self.collection.setAccessibleName("Collection")
        self.collection.setToolTip("Show one collection only")
        self._count = QLabel(self)
        self._count.setObjectName("count")
        top = QHBoxLayout()
        top.setContentsMargins(18, 12, 18, 8)
        top.setSpacing(10)
        top.addWidget(self.filter, 1)
        top.addWidget(self.collection)
        top.addWidget(self._count)
        column_of = QVBoxLayout(self)
        column_of.setContentsMargins(0, 0, 0, 0)
        column_of.setSpacing(0)
        column_of.addLayout(top)
        rows = QHBoxLayout()
        rows.setContentsMargins(14, 0, 8, 0)
        rows.addWidget(self.table)
        column_of.addLayout(rows, 1)
        self._timer = single_shot(self, FILTER_DELAY_MS)
        self._timer.timeout.connect(self._narrow)
        self._menu = QMenu(self)
        for title, slot in (
            ("Open", self._open),
            ("Details…", self._edit),
            ("Open Original File", self._open_original),
            ("Import Again", self._import_again),
            ("Remove…", self._remove),
        ):
            self._menu.addAction(title).triggered.connect(slot)
        self.filter.textEdited.connect(self._timer.start)
        self.filter.textChanged.connect(self._timer.start)
        self.collection.activated.connect(self._narrow)
        self.table.activated.connect(self._open)
        self.table.customContextMenuRequested.connect(self._show_menu)
        session.library_commands.changed.connect(self._renew_shown)
        session.users.changed.connect(self._renew_shown)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draws itself in the colours of `theme` from now on."""
        self._theme = theme
        self._count.setStyleSheet(f"color: {theme.ink2}; font-size: 12px;")
        self.table.setStyleSheet(
            f"QTableView {{ background: {theme.paper}; color: {theme.ink}; font-size: 13px;"
            f" selection-background-color: {theme.pressed}; selection-color: {theme.ink}; }}"
            f"QHeaderView::section {{ background: {theme.paper}; color: {theme.ink2}; border: 0;"
            f" border-bottom: 1px solid {theme.line}; padding: 5px 4px; font-size: 12px; }}"
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leaves the titles room: where there is little, other columns go, the least needed first.

        What documents are sorted by stays.
        """
        super().resizeEvent(event)
        spare = event.size().width() - TITLE_FROM_PX - sum(_WIDTHS_PX[1:])
        sorted_by = self.table.horizontalHeader().sortIndicatorSection()
        for name in _LEAVING:
            column = COLUMNS.index(name)
            leaves = spare < 0 and column != sorted_by
            spare += _WIDTHS_PX[column] if leaves else 0
            self.table.setColumnHidden(column, leaves)

    def open(self) -> None:
        """Shows the library as it is now, ready to be filtered."""
        self.renew()
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _renew_shown(self, _event: object = None) -> None:
        if self.isVisible():
            self.renew()

    def renew(self) -> None:
        """Asks the library again."""
        session = self._session
        details = session.workspace.library.details
        collections = details.labels("collection")
        self.model.take(
            Shown(
                session.workspace.library.catalog.listed(),
                dict(session.workspace.notes.readings.percents()),
                dict(session.workspace.notes.readings.opened()),
                details.labels("tag"),
                collections,
            )
        )
        names = [_ALL, *sorted({name for each in collections.values() for name in each})]
        before = self.collection.currentText()
        self.collection.clear()
        self.collection.addItems(names)
        self.collection.setCurrentText(before if before in names else _ALL)
        self.collection.setVisible(len(names) > 1)
        self._narrow()

    def _narrow(self, _event: object = None) -> None:
        chosen = self.collection.currentText()
        self.model.narrow(self.filter.text(), "" if chosen == _ALL else chosen)
        count = self.model.rowCount()
        self._count.setText("1 document" if count == 1 else f"{count} documents")

    def _chosen(self) -> str:
        index = self.table.currentIndex()
        return self.model.rows[index.row()].id if index.isValid() else ""

    def _show_menu(self, at: QPoint) -> None:
        if self.table.indexAt(at).isValid():
            self.table.setCurrentIndex(self.table.indexAt(at))
            self._menu.popup(self.table.viewport().mapToGlobal(at))

    def _open(self, _event: object = None) -> None:
        if chosen := self._chosen():
            self._session.navigation.open(chosen)
            self.closed.emit()

    def _edit(self) -> None:
        from reader.ui.library.details_dialog import DetailsDialog

        DetailsDialog(self._session, self._chosen(), self._theme, self).exec()

    def _open_original(self) -> None:
        from reader.ui.library.document_dialogs import open_original

        open_original(self._session, self._chosen())

    def _import_again(self) -> None:
        self._session.imports.reimport(self._chosen())

    def _remove(self) -> None:
        from reader.ui.library.document_dialogs import ask_removal

        ask_removal(self._session, self, self._chosen())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.filter.clear() if self.filter.text() else self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            # Enter in the field goes on to the rows; on a row the table has taken it already.
            if self.model.rows:
                self.table.setCurrentIndex(self.model.index(0, 0))
                self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().keyPressEvent(event)
