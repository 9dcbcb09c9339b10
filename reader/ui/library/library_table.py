"""The library as a table in the place of the page: sorted, filtered, and worked on."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from reader.session.session import Session
from reader.session.timers import single_shot
from reader.ui.commands.key_map import with_keys
from reader.ui.library.bulk_bar import BulkBar
from reader.ui.library.column_choice import ColumnChoice
from reader.ui.library.library_parts import DROPS, library_parts
from reader.ui.library.list_reading import ListReading
from reader.ui.library.shelf_view import ShelfView
from reader.ui.library.table_model import ShelfModel, Shown
from reader.ui.widgets.parts_tree import ALL, Part, PartsTree
from reader.ui.widgets.theme import Theme

FILTER_DELAY_MS = 80
PREPARED_AT_ONCE = 2_000
TREE_PX = 200
# A narrower table has no room for the tree beside it.
TREE_FROM_PX = 560


class ShelfTable(QWidget):
    """The whole library, with a tree and a field that narrow it, and work on what is selected."""

    closed = Signal()
    export_wanted = Signal(frozenset)  # ids of annotations

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setObjectName("paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = ShelfModel(self)
        self.table = ShelfView(self.model, self)
        self.columns = ColumnChoice(session, self.table)
        self.tree = PartsTree("library_tree", "Parts of the library", DROPS, theme, self)
        self.bulk = BulkBar(session, theme, self)
        self.filter = QLineEdit(self)
        self.filter.setObjectName("library_filter")
        self.filter.setPlaceholderText("Filter by title, author, journal or tag")
        self.filter.setAccessibleName("Filter by title, author, journal or tag")
        self.filter.setClearButtonEnabled(True)
        self._count = QLabel(self)
        self._count.setObjectName("count")
        top = QHBoxLayout()
        top.setContentsMargins(18, 12, 18, 8)
        top.setSpacing(10)
        top.addWidget(self.filter, 1)
        top.addWidget(self._count)
        self._empty = QLabel(self)
        self._empty.setObjectName("library_empty")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._show_all = QPushButton("Show All Documents", self)
        self._show_all.clicked.connect(self._widen)
        self._nothing = QWidget(self)
        middle = QVBoxLayout(self._nothing)
        middle.addStretch(1)
        middle.addWidget(self._empty)
        middle.addWidget(self._show_all, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch(2)
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.bulk)
        rows = QHBoxLayout()
        rows.setContentsMargins(14, 0, 8, 0)
        rows.addWidget(self.table)
        column.addLayout(rows, 1)
        column.addWidget(self._nothing, 1)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(self.tree)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([TREE_PX, 800])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split)
        self._timer = single_shot(self, FILTER_DELAY_MS)
        self._timer.timeout.connect(self._narrow)
        self._reading = ListReading(session, self.filter, self)
        self._reading.ready.connect(self._take)
        self._has_typed = False  # before what a filter looks through was put together
        self._idle = single_shot(self)
        self._idle.timeout.connect(self._prepare)
        self._menu = QMenu(self)
        for title, slot in (
            ("Open", self._open),
            ("Details…", self._edit),
            ("Open Original File", self._open_original),
            ("Import Again", self._import_again),
            ("Remove", self._remove),
        ):
            self._menu.addAction(title).triggered.connect(slot)
        self.filter.textEdited.connect(self._timer.start)
        self.filter.textChanged.connect(self._timer.start)
        self.tree.chosen.connect(self._narrow)
        self.tree.dropped.connect(self._take_dropped)
        self.bulk.export_wanted.connect(self.export_wanted)
        self.bulk.remove_wanted.connect(self._remove_some)
        self.table.selectionModel().selectionChanged.connect(self._take_selection)
        self.table.activated.connect(self._open)
        self.table.customContextMenuRequested.connect(self._show_menu)
        session.library_commands.changed.connect(self._renew_shown)
        session.users.changed.connect(self._forget)
        session.users.changed.connect(self._renew_shown)
        # What is typed at the very end finds the notes closed.
        session.current.about_to_change.connect(self._timer.stop)
        session.users.changed.connect(self.columns.restore)
        self._nothing.hide()
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw in the colours of `theme` from now on."""
        self._theme = theme
        self._count.setStyleSheet(f"color: {theme.ink2}; font-size: {theme.px(12)}px;")
        self._empty.setStyleSheet(
            f"color: {theme.ink2}; font-size: {theme.px(14)}px; padding: 24px;"
        )
        self.tree.set_theme(theme)
        self.table.verticalHeader().setDefaultSectionSize(round(theme.px(30)))
        self.columns.set_scale(theme.text_scale)
        self.bulk.set_theme(theme)
        self.table.setStyleSheet(
            f"QTableView {{ background: {theme.paper}; color: {theme.ink};"
            f" font-size: {theme.px(13)}px;"
            " outline: none; }"
            f"QTableView::item:selected {{ background: {theme.accent_soft}; color: {theme.ink};"
            f" border-top: 1px solid {theme.accent}; border-bottom: 1px solid {theme.accent}; }}"
            f"QHeaderView::section {{ background: {theme.paper}; color: {theme.ink2}; border: 0;"
            f" border-bottom: 1px solid {theme.line}; padding: 5px 4px;"
            f" font-size: {theme.px(12)}px; }}"
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.tree.setVisible(event.size().width() >= TREE_FROM_PX)
        self.columns.fit(event.size().width() - (TREE_PX if self.tree.isVisible() else 0))

    def open(self) -> None:
        """Shows the library as it is now, ready to be filtered."""
        self.renew()
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _forget(self, _user: str) -> None:
        """Let go of what the user before has read and noted: another's may take turns to read."""
        self._take(Shown([], {}, {}, {}, {}))

    def _renew_shown(self, _event: object = None) -> None:
        if self.isVisible():
            self.renew()

    def renew(self) -> None:
        """Asks the library again: a large one step by step, so that the window answers between."""
        self._reading.begin()

    def _take(self, shown: Shown) -> None:
        kept, at = set(self.chosen), self.table.currentIndex().row()
        self.model.take(shown)
        self.tree.show_rows(library_parts(shown), self.tree.part)
        self._show_narrowed()
        self._select(self.model.still_shown(kept, at))
        self._idle.start()

    def _prepare(self) -> None:
        """Get ready to be filtered, a part at a time; what is typed meanwhile waits for it."""
        if self.model.prepare(PREPARED_AT_ONCE):
            self._idle.start()
        elif self._has_typed:
            self._narrow()

    def _select(self, document_ids: set[str]) -> None:
        """Selects these documents again, where they are still shown."""
        chosen = QItemSelection()
        for number, row in enumerate(self.model.rows if document_ids else ()):
            if row.id in document_ids:
                index = self.model.index(number, 0)
                chosen.select(index, index)
        flags = self.table.selectionModel().SelectionFlag
        rows = self.table.selectionModel()
        rows.select(chosen, flags.ClearAndSelect | flags.Rows)
        for index in chosen.indexes()[:1]:  # the keyboard goes on from there
            rows.setCurrentIndex(index, flags.NoUpdate)
        self._take_selection()

    def _narrow(self, _event: object = None) -> None:
        self._show_narrowed()
        self._take_selection()

    def _show_narrowed(self) -> None:
        text = self.filter.text()
        self._has_typed = bool(text) and self.model.lacks(PREPARED_AT_ONCE)
        if self._has_typed:
            text = ""
            self._idle.start()
        self.model.narrow(text, self.tree.part)
        count = self.model.rowCount()
        self._count.setText("1 document" if count == 1 else f"{count} documents")
        if not count:
            self._empty.setText(self._why_empty())
        self.table.setVisible(bool(count))
        self.bulk.setVisible(bool(count))
        self._nothing.setVisible(not count)
        self._show_all.setVisible(bool(self.model.shown.rows))

    def _why_empty(self) -> str:
        if self.tree.part.field == "trash" and not self.model.shown.trashed:
            return "The trash is empty."
        if not self.model.shown.rows:
            said = "The library is empty. Drop documents on the window, or press [open]."
            return with_keys(self._session.settings, said)
        if self.filter.text().strip():
            return f"No document matches “{self.filter.text().strip()}” here."
        said = "No document is here yet. Drag some here from the table, or press [open]."
        return with_keys(self._session.settings, said)

    def _widen(self) -> None:
        """Show all documents again, whatever narrowed them."""
        self.filter.clear()
        self.tree.choose(ALL)
        self._narrow()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids of the selected documents, in the order of the table."""
        numbers = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return tuple(self.model.rows[number].id for number in numbers)

    def _take_selection(self, *_: object) -> None:
        self.bulk.take(self.chosen, in_trash=self.tree.part.field == "trash")

    def _take_dropped(self, part: Part, document_ids: tuple[str, ...]) -> None:
        if part.field == "trash":
            self._remove_some(document_ids)
        elif part.field in ("collection", "tag"):
            self._session.library_commands.file_under(part.field, document_ids, [part.name])

    def _remove_some(self, document_ids: tuple[str, ...]) -> None:
        from reader.ui.library.document_dialogs import remove

        remove(self._session, self, *document_ids)

    def _chosen(self) -> str:
        index = self.table.currentIndex()
        return self.model.rows[index.row()].id if index.isValid() else ""

    def _show_menu(self, at: QPoint) -> None:
        if self.table.indexAt(at).isValid():
            if not self.table.selectionModel().isSelected(self.table.indexAt(at)):
                self.table.setCurrentIndex(self.table.indexAt(at))
            self._menu.popup(self.table.viewport().mapToGlobal(at))

    def _open(self, _event: object = None) -> None:
        chosen = self._chosen()
        if chosen and self.tree.part.field != "trash":
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
        self._remove_some(self.chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.filter.clear() if self.filter.text() else self.closed.emit()
        elif event.key() == Qt.Key.Key_Delete and self.table.hasFocus() and self.chosen:
            if self.tree.part.field != "trash":
                self._remove()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            # From the field on to the rows. The table lets an Enter that it has answered through.
            if self.filter.hasFocus() and self.model.rows:
                self.table.setCurrentIndex(self.model.index(0, 0))
                self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().keyPressEvent(event)
