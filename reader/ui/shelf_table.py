"""The library as a table in the place of the page: sorted, filtered, and worked on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
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

from reader.session import Session
from reader.store.library import Entry
from reader.ui.cards import short_day
from reader.ui.lists import Index
from reader.ui.theme import Theme

FILTER_DELAY_MS = 80
COLUMNS = ("Title", "Authors", "Journal", "Year", "Read", "Last read", "Imported", "Tags")
_WIDTHS_PX = (320, 150, 110, 52, 52, 80, 80, 120)
_ALL = "All documents"
_TEXT_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


@dataclass(frozen=True, slots=True)
class ShelfRow:
    """A document as the table shows it; `percent` is how much of it has been read."""

    entry: Entry
    percent: int
    last_read: str
    tags: tuple[str, ...]
    collections: tuple[str, ...]

    @property
    def words(self) -> str:
        """What a search looks through."""
        parts = (self.entry.title, *self.entry.authors, self.entry.journal, *self.tags)
        return " ".join(parts).casefold()


_TEXTS: tuple[Callable[[ShelfRow], str], ...] = (
    lambda row: row.entry.title,
    lambda row: ", ".join(row.entry.authors),
    lambda row: row.entry.journal,
    lambda row: row.entry.published[:4],
    lambda row: f"{row.percent} %" if row.percent else "",
    lambda row: short_day(row.last_read),
    lambda row: short_day(row.entry.imported),
    lambda row: ", ".join((*row.collections, *row.tags)),
)
# Equal ones stay in the order of before, so that two clicks sort by two columns.
_KEYS: tuple[Callable[[ShelfRow], Any], ...] = (
    lambda row: row.entry.title.casefold(),
    lambda row: " ".join(row.entry.authors).casefold(),
    lambda row: row.entry.journal.casefold(),
    lambda row: row.entry.published,
    lambda row: row.percent,
    lambda row: row.last_read,
    lambda row: row.entry.imported,
    lambda row: (row.collections, row.tags),
)


class ShelfModel(QAbstractTableModel):
    """All documents, and those of them that a filter lets through, in order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[ShelfRow] = []
        self._all: list[ShelfRow] = []
        self._wanted: tuple[list[str], str] = ([], "")
        self._order = 5, Qt.SortOrder.DescendingOrder

    def set_rows(self, rows: list[ShelfRow]) -> None:
        """Takes other documents, in the same order and through the same filter."""
        self._all = rows
        self.sort(*self._order)

    def narrow(self, text: str, collection: str) -> None:
        """Shows the documents with all these words, of one collection or of all ("")."""
        self._wanted = text.casefold().split(), collection
        self._show()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._order = column, order
        self._all.sort(key=_KEYS[column], reverse=order == Qt.SortOrder.DescendingOrder)
        self._show()

    def _show(self) -> None:
        words, collection = self._wanted
        self.beginResetModel()
        self.rows = [
            row
            for row in self._all
            if (not collection or collection in row.collections)
            and (not words or all(word in row.words for word in words))
        ]
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
            return _TEXTS[index.column()](row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{row.entry.title}\n{', '.join(row.entry.authors)}\n{row.entry.source}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        across = orientation == Qt.Orientation.Horizontal
        return COLUMNS[section] if across and role in _TEXT_ROLES else None


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
        column_of.addWidget(self.table, 1)
        self._timer = QTimer(self, singleShot=True, interval=FILTER_DELAY_MS)
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
        session.library_changed.connect(self._renew_shown)
        session.user_changed.connect(self._renew_shown)
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
        details = session.library.details
        tags, collections = details.labels("tag"), details.labels("collection")
        read, progress = session.setting("read_last", {}), session.setting("progress", {})
        self.model.set_rows(
            [
                ShelfRow(
                    entry,
                    int(progress.get(entry.id, 0)),
                    read.get(entry.id, ""),
                    tags.get(entry.id, ()),
                    collections.get(entry.id, ()),
                )
                for entry in session.library.entries()
            ]
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
        return self.model.rows[index.row()].entry.id if index.isValid() else ""

    def _show_menu(self, at: QPoint) -> None:
        if self.table.indexAt(at).isValid():
            self.table.setCurrentIndex(self.table.indexAt(at))
            self._menu.popup(self.table.viewport().mapToGlobal(at))

    def _open(self, _event: object = None) -> None:
        if chosen := self._chosen():
            self._session.show(chosen)
            self.closed.emit()

    def _edit(self) -> None:
        from reader.ui.details import DetailsDialog

        DetailsDialog(self._session, self._chosen(), self._theme, self).exec()

    def _open_original(self) -> None:
        from reader.ui.doing import open_original

        open_original(self._session, self._chosen())

    def _import_again(self) -> None:
        self._session.import_again(self._chosen())

    def _remove(self) -> None:
        from reader.ui.dialogs import ask_removal

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
