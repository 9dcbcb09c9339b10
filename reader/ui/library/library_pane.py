"""The library: all documents, the one read last first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from operator import is_
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from reader.session.catalog import Catalog
from reader.session.navigation import Location
from reader.session.session import Session
from reader.store.catalog import CatalogEntry
from reader.ui.commands.key_map import KeyTip, with_keys
from reader.ui.widgets.controls import Caps, IconButton
from reader.ui.widgets.dates import kind_and_time
from reader.ui.widgets.first_paint import FirstPaint
from reader.ui.widgets.row_delegate import RowDelegate, row_ground
from reader.ui.widgets.row_list import RowList
from reader.ui.widgets.rows import Index, Rows
from reader.ui.widgets.theme import Theme, pixmap, sans

ROW_PX = 50
LEFT_PX = 43
RIGHT_PX = 17
BAR_PX = 34
ICONS = {"book": "book-open", "pdf": "file"}


@dataclass(frozen=True, slots=True)
class LibraryRow:
    """A document as the list shows it; `percent` is how much of it has been read."""

    entry: CatalogEntry
    percent: int
    open: bool
    is_new: bool = False


class LibraryRows(Rows):
    """The documents: `rows` are the catalog's entries, and a row is made when it is looked at."""

    def __init__(self, catalog: Catalog, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._catalog = catalog
        self._open = ""
        # How much of the open document was read: it is written down later.
        self._percent = 0

    def show(self, entries: list[CatalogEntry]) -> None:
        """Show the entries; one that was opened moves, and no other is touched."""
        if entries == self.rows:
            self.rows = entries
        elif (moved := self._moved(entries)) is not None:
            start, end = moved
            # Qt names the row before which it is put.
            before = end if end < start else end + 1
            self.beginMoveRows(QModelIndex(), start, start, QModelIndex(), before)
            self.rows = entries
            self.endMoveRows()
        else:
            self.set_rows(entries)

    def _moved(self, entries: list[CatalogEntry]) -> tuple[int, int] | None:
        """Where the one row that moved stood and where it stands; None where more has changed."""
        before = self.rows
        changed = [n for n, one in enumerate(before) if n < len(entries) and one is not entries[n]]
        if len(entries) != len(before) or not changed:
            return None
        first, last = changed[0], changed[-1]
        for start, end in ((last, first), (first, last)):
            moved = before[:start] + before[start + 1 :]
            moved.insert(end, before[start])
            if all(map(is_, moved, entries)):
                return start, end
        return None

    def show_open(self, document_id: str, percent: int) -> None:
        """Marks the document that is open, "" for none, with how much of it was read."""
        if (document_id, percent) == (self._open, self._percent):
            return
        if document_id != self._open:
            self._renew_open()
        self._open, self._percent = document_id, percent
        self._renew_open()

    def _renew_open(self) -> None:
        for number, entry in enumerate(self.rows):
            if entry.id == self._open:
                index = self.index(number, 0)
                self.dataChanged.emit(index, index)
                return

    def data(self, index: Index, role: int = 0) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        entry = self.rows[index.row()]
        is_open = entry.id == self._open
        percent = self._percent if is_open else self._catalog.percents.get(entry.id, 0)
        row = LibraryRow(entry, percent, is_open, entry.id in self._catalog.new_ids)
        if role == Qt.ItemDataRole.UserRole:
            return row
        spoken = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole)
        return self.say(row) if role in spoken else None

    def say(self, row: LibraryRow) -> str:
        now = ", open" if row.open else ", just added" if row.is_new else ""
        said = kind_and_time(row.entry.kind, row.entry.minutes)
        return f"{row.entry.title}, {said}, {row.percent} percent read{now}"


class LibraryDelegate(RowDelegate):
    """Paints a document: icon, title, kind and minutes, progress."""

    row_px = ROW_PX
    _grows = True

    def tip(self, row: LibraryRow) -> str:
        return f"{row.entry.title}\n{row.entry.source}"

    def draw(self, painter: QPainter, area: QRect, row: LibraryRow, current: bool) -> None:
        theme = self.theme
        if row.open:
            row_ground(painter, area, theme.pressed)
            self._draw_edge(painter, area)
        colour = theme.accent if row.open else theme.ink3
        ratio = painter.device().devicePixelRatioF()
        icon = pixmap(ICONS.get(row.entry.kind, "file-text"), colour, 16, ratio)
        painter.drawPixmap(self.box(area, 17, 9, 16, 16).topLeft(), icon)
        room = self.width - LEFT_PX - RIGHT_PX
        font = sans(13, 500)
        title = QFontMetricsF(font).elidedText(row.entry.title, Qt.TextElideMode.ElideRight, room)
        painter.setFont(font)
        painter.setPen(QColor(theme.ink))
        painter.drawText(self.box(area, LEFT_PX, 7, room, 18), self.near, title)
        painter.setFont(sans(11))
        painter.setPen(QColor(theme.accent if row.is_new else theme.ink3))
        box = self.box(area, LEFT_PX, 25, room - (BAR_PX + 10 if row.percent else 0), 16)
        said = kind_and_time(row.entry.kind, row.entry.minutes)
        if row.is_new:
            said = f"Just added · {said}"
        mode = Qt.TextElideMode.ElideRight
        cut = QFontMetricsF(painter.font()).elidedText(said, mode, box.width())
        painter.drawText(box, self.near, cut)
        if row.percent:
            self._draw_bar(painter, area, row.percent)

    def _draw_bar(self, painter: QPainter, area: QRect, percent: int) -> None:
        x, y = self.width - RIGHT_PX - BAR_PX, 32
        done = max(2.0, BAR_PX * percent / 100)
        painter.setPen(Qt.PenStyle.NoPen)
        for width, colour in ((BAR_PX, self.theme.line), (done, self.theme.accent)):
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(QRectF(self.box(area, x, y, width, 3)), 1.5, 1.5)


class LibraryPane(QWidget):
    """All documents; a click opens one."""

    open_wanted = Signal()
    table_wanted = Signal()

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rows = LibraryRows(session.catalog, self)
        self._delegate = LibraryDelegate(theme, self)
        self.list = RowList(self._rows, self._delegate, "Library")
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._heading = Caps("Library", theme)
        self._count = QPushButton(self)
        self._count.setObjectName("count")
        self._count.setFlat(True)
        KeyTip(session, self._count, "Show the library as a table ([shelf])")
        self._count.clicked.connect(self.table_wanted)
        self._add = IconButton("plus", "Open documents", theme, self, 24)
        KeyTip(session, self._add, "Open documents ([open])")
        self._add.clicked.connect(self.open_wanted)
        self._empty = QLabel(self)
        self._empty.setObjectName("notice")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.setContentsMargins(18, 4, 18, 0)
        self.offers = QPushButton(self)
        self.offers.setFlat(True)
        self.offers.clicked.connect(self._open_offered)
        self.setObjectName("chrome")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        top = QHBoxLayout()
        top.setContentsMargins(18, 8, 12, 4)
        top.addWidget(self._heading, 1)
        top.addWidget(self._count)
        top.addWidget(self._add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.offers)
        column.addWidget(self._empty, 1)
        column.addWidget(self.list, 1)
        self.setMinimumHeight(110)
        self._menu = QMenu(self)
        self._chosen = ""
        for title, slot in (
            ("Open", self._open_chosen),
            ("Details…", self._edit_chosen),
            ("Earlier Editions…", self._choose_edition),
            ("Rename…", self._rename_chosen),
            ("Remove", self._remove_chosen),
        ):
            self._menu.addAction(title).triggered.connect(slot)
        self.list.taken.connect(self._open)
        self.list.delete_wanted.connect(self._remove_index)
        self.list.customContextMenuRequested.connect(self._show_menu)
        for part in (session.current, session.library_commands, session.users):
            part.changed.connect(self._show)
        session.navigation.location_changed.connect(self._follow)
        self.set_theme(theme)
        self._waits = False  # for a paint, and for the steps in which a long list is read
        self._empty.hide()
        self.offers.hide()
        self._show()
        self._follow(session.navigation.location)

    def set_theme(self, theme: Theme) -> None:
        """Draw in the colours of `theme` from now on."""
        self._delegate.theme = theme
        self._heading.set_theme(theme)
        self._add.set_theme(theme)
        self._count.setStyleSheet(
            f"QPushButton {{ color: {theme.ink2};"
            f" font-size: {theme.px(12)}px; border: none; padding: 2px 4px;"
            f" background: transparent; }} QPushButton:hover {{ color: {theme.accent}; }}"
            f" QPushButton:focus {{ border: 2px solid {theme.accent}; border-radius: 4px; }}"
        )
        self._empty.setStyleSheet(f"color: {theme.ink2};")
        self.offers.setStyleSheet(
            f"QPushButton {{ border: none; background: transparent; color: {theme.accent};"
            f" padding: 2px 18px 6px 18px; text-align: left; font-size: {theme.px(12)}px; }}"
        )
        self.list.renew()

    def _fill(self) -> Iterator[None]:
        try:
            yield from self._session.catalog.read_in_parts()
        finally:  # also when it cannot be read: the next change has it read anew
            self._waits = False
        self._put_in(self._session.catalog.known)
        self.list.renew()
        self._show()

    def _show(self, _event: object = None) -> None:
        catalog = self._session.catalog
        if not self._waits and catalog.is_long and catalog.is_stale:
            self._waits = True
            FirstPaint(self, self._fill)
            self.update()
        elif not self._waits:
            self._put_in(catalog.entries)

    def _put_in(self, entries: list[CatalogEntry]) -> None:
        catalog, document = self._session.catalog, self._session.current.document
        self._rows.show(entries)
        here = document.id if document is not None else ""
        self._rows.show_open(here, catalog.percents.get(here, 0))
        count = len(self._rows.rows)
        self.list.setVisible(bool(count))
        empty = "Nothing here yet. Drop documents on the window, or press [open]."
        self._empty.setText(with_keys(self._session.settings, empty))
        self._empty.setVisible(not count)
        self._count.setText(f"All {count}" if count else "")
        self._count.setVisible(bool(count))
        offered = len({offer.document_id for offer in self._session.offers.waiting()})
        documents = "1 document" if offered == 1 else f"{offered} documents"
        self.offers.setText(f"{documents} may be another edition…")
        self.offers.setVisible(bool(offered))

    def _follow(self, location: Location) -> None:
        if (document := self._session.current.document) is not None:
            self._rows.show_open(document.id, location.percent)

    def _open_offered(self) -> None:
        for offer in self._session.offers.waiting()[:1]:
            self._session.navigation.open(offer.document_id)

    def _open(self, index: QModelIndex) -> None:
        self._session.navigation.open(index.data(Qt.ItemDataRole.UserRole).entry.id)

    def _show_menu(self, at: QPoint) -> None:
        index = self.list.indexAt(at)
        if index.isValid():
            self._chosen = self._rows.rows[index.row()].id
            self._menu.popup(self.list.viewport().mapToGlobal(at))

    def _choose_edition(self) -> None:
        from reader.ui.library.editions_dialog import EditionsDialog

        EditionsDialog(self._session, self._chosen, self).exec()

    def _open_chosen(self) -> None:
        self._session.navigation.open(self._chosen)

    # Imported when first asked for, so that a start does not pay for dialogs.

    def _edit_chosen(self) -> None:
        from reader.ui.library.details_dialog import DetailsDialog

        DetailsDialog(self._session, self._chosen, self._delegate.theme, self).exec()

    def _rename_chosen(self) -> None:
        from reader.ui.library.document_dialogs import ask_title

        ask_title(self._session, self, self._chosen)

    def _remove_index(self, index: QModelIndex) -> None:
        self._chosen = index.data(Qt.ItemDataRole.UserRole).entry.id
        self._remove_chosen()

    def _remove_chosen(self) -> None:
        from reader.ui.library.document_dialogs import remove

        remove(self._session, self, self._chosen)

    def take_focus(self) -> None:
        """Moves the keyboard here."""
        self.list.take_focus()
