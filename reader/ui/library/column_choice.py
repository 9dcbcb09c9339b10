"""The columns of the library's table: which are shown, in what order, kept for the user."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint, QSignalBlocker
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView

from reader.session.session import Session
from reader.settings import LIBRARY_COLUMNS
from reader.ui.library.table_model import COLUMNS, WIDTHS_PX

TITLE = 0
TITLE_FROM_PX = 260
# The least needed first: these go where there is no room for them.
_LEAVING = ("Tags", "Imported", "Kind", "Journal", "Read", "Notes", "Authors", "Year")


class ColumnChoice(QObject):
    """Shows the columns that the person chose, as far as there is room, and keeps their order."""

    def __init__(self, session: Session, table: QTableView) -> None:
        super().__init__(table)
        self._session = session
        self._table = table
        self._width_px = 0
        self._scale = 0.0  # of the text in it
        header = table.horizontalHeader()
        header.setSectionsMovable(True)
        header.setFirstSectionMovable(False)
        header.setToolTip("Click to sort, drag to move, right-click to choose columns")
        header.customContextMenuRequested.connect(self._show_menu)
        header.sectionMoved.connect(self._keep)
        header.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        self.restore()

    def set_scale(self, scale: float) -> None:
        """Make the columns as wide as their text is large."""
        if scale != self._scale:
            self._scale = scale
            for column, width in enumerate(WIDTHS_PX):
                self._table.setColumnWidth(column, round(width * scale))
            self.fit(self._width_px)

    @property
    def _chosen(self) -> list[str]:
        kept = [n for n in self._session.settings.get(LIBRARY_COLUMNS) if n in COLUMNS]
        return kept or list(COLUMNS)

    def restore(self) -> None:
        """Show the columns of this user in this user's order."""
        header = self._table.horizontalHeader()
        chosen = self._chosen
        order = [COLUMNS[TITLE], *(n for n in chosen if n != COLUMNS[TITLE])]
        order += [name for name in COLUMNS if name not in order]
        with QSignalBlocker(header):
            for place, name in enumerate(order):
                header.moveSection(header.visualIndex(COLUMNS.index(name)), place)
        self.fit(self._width_px)

    def fit(self, width_px: int) -> None:
        """Leave the titles room: where there is little, other columns go, the least needed first.

        What documents are sorted by stays.
        """
        self._width_px = width_px
        chosen = self._chosen
        width_px = round(width_px / (self._scale or 1))
        widths = {name: WIDTHS_PX[COLUMNS.index(name)] for name in chosen if name != COLUMNS[TITLE]}
        spare = width_px - TITLE_FROM_PX - sum(widths.values()) if width_px else 0
        sorted_by = self._table.horizontalHeader().sortIndicatorSection()
        for column, name in enumerate(COLUMNS):
            self._table.setColumnHidden(column, column != TITLE and name not in chosen)
        for name in _LEAVING:
            column = COLUMNS.index(name)
            if name in chosen and spare < 0 and column != sorted_by:
                spare += widths[name]
                self._table.setColumnHidden(column, True)

    def _keep(self, *_: int) -> None:
        header = self._table.horizontalHeader()
        order = sorted(range(len(COLUMNS)), key=header.visualIndex)
        chosen = self._chosen
        names = [COLUMNS[column] for column in order if COLUMNS[column] in chosen]
        self._session.settings.set(LIBRARY_COLUMNS, names)

    def _show_menu(self, at: QPoint) -> None:
        header = self._table.horizontalHeader()
        menu = self.menu()
        menu.popup(header.mapToGlobal(at))

    def menu(self) -> QMenu:
        """The columns to be ticked, and the way back to how they were."""
        menu = QMenu(self._table)
        menu.setObjectName("columns_menu")
        chosen = self._chosen
        for name in COLUMNS[1:]:
            action = menu.addAction(name)
            action.setCheckable(True)
            action.setChecked(name in chosen)
            action.toggled.connect(partial(self._switch, name))
        menu.addSeparator()
        menu.addAction("Reset Columns").triggered.connect(self._reset)
        return menu

    def _switch(self, name: str, shown: bool) -> None:
        names = [one for one in self._chosen if one != name] + ([name] if shown else [])
        self._session.settings.set(LIBRARY_COLUMNS, names)
        self.restore()

    def _reset(self) -> None:
        self._session.settings.set(LIBRARY_COLUMNS, [])
        self.restore()
