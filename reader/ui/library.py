"""The library: all documents, the one read last first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reader.session import Session
from reader.store.library import Entry
from reader.ui.controls import IconButton
from reader.ui.lists import Caps, RowDelegate, RowList, Rows, row_ground
from reader.ui.theme import Theme, pixmap, sans

ROW_PX = 50
ICONS = {"book": "book-open", "pdf": "file"}


@dataclass(frozen=True, slots=True)
class LibraryRow:
    """A document as the list shows it; `percent` is how much of it has been read."""

    entry: Entry
    percent: int
    open: bool


class LibraryRows(Rows):
    """The documents."""

    def say(self, row: LibraryRow) -> str:
        return f"{row.entry.title}, {kind_of(row.entry)}, {row.percent} percent read"

    def data(self, index: Any, role: int = 0) -> Any:
        if role == Qt.ItemDataRole.ToolTipRole and index.isValid():
            entry = self.rows[index.row()].entry
            return f"{entry.title}\n{entry.source}"
        return super().data(index, role)


def kind_of(entry: Entry) -> str:
    """What a document is, and how long."""
    name = {"pdf": "PDF"}.get(entry.kind, entry.kind.capitalize())
    return f"{name} · {entry.minutes} min"


class LibraryDelegate(RowDelegate):
    """Paints a document: icon, title, kind and minutes, progress."""

    def height(self, row: LibraryRow) -> int:
        return ROW_PX

    def draw(self, painter: QPainter, area: QRect, row: LibraryRow, current: bool) -> None:
        theme = self.theme
        if row.open:
            row_ground(painter, area, theme.pressed)
        colour = theme.accent if row.open else theme.ink3
        icon = pixmap(
            ICONS.get(row.entry.kind, "file-text"), colour, 16, painter.device().devicePixelRatioF()
        )
        painter.drawPixmap(area.x() + 17, area.y() + 9, icon)
        left, right = area.x() + 43, area.right() - 18
        font = sans(13, 500)
        title = QFontMetricsF(font).elidedText(
            row.entry.title, Qt.TextElideMode.ElideRight, right - left
        )
        painter.setFont(font)
        painter.setPen(QColor(theme.ink))
        box = QRectF(left, area.y() + 7, right - left, 18)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, title)
        painter.setFont(sans(11))
        painter.setPen(QColor(theme.ink3))
        box = QRectF(left, area.y() + 25, right - left - 44, 16)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, kind_of(row.entry))
        if row.percent:
            bar = QRectF(right - 34, area.y() + 32, 34, 3)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.line))
            painter.drawRoundedRect(bar, 1.5, 1.5)
            bar.setWidth(max(2.0, 34 * row.percent / 100))
            painter.setBrush(QColor(theme.accent))
            painter.drawRoundedRect(bar, 1.5, 1.5)


class LibraryPane(QWidget):
    """All documents; a click opens one."""

    open_wanted = Signal()

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rows = LibraryRows(self)
        self._delegate = LibraryDelegate(theme, self)
        self.list = RowList(self._rows, self._delegate, "Library")
        self._heading = Caps("Library", theme)
        self._count = QLabel(self)
        self._add = IconButton("plus", "Open documents (Ctrl+O)", theme, self, 24)
        self._add.clicked.connect(self.open_wanted)
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
        column.addWidget(self.list, 1)
        self.setMinimumHeight(110)
        self.list.taken.connect(self._open)
        session.opened.connect(self._show)
        session.library_changed.connect(self._show)
        session.user_changed.connect(self._show)
        self.set_theme(theme)
        self._show()

    def set_theme(self, theme: Theme) -> None:
        """Draws itself in the colours of `theme` from now on."""
        self._delegate.theme = theme
        self._heading.set_theme(theme)
        self._add.set_theme(theme)
        self._count.setStyleSheet(f"color: {theme.ink2}; font-size: 12px;")
        self.list.renew()

    def _show(self, _event: object = None) -> None:
        document = self._session.document
        here = document.id if document is not None else ""
        rows = [
            LibraryRow(entry, self._session.progress(entry.id), entry.id == here)
            for entry in self._session.entries
        ]
        if rows == self._rows.rows:
            return
        top = self.list.verticalScrollBar().value()
        self._rows.set_rows(rows)
        self._count.setText(f"All {len(rows)}" if rows else "")
        self.list.verticalScrollBar().setValue(top)

    def _open(self, row: LibraryRow) -> None:
        self._session.show(row.entry.id)

    def take_focus(self) -> None:
        """Moves the keyboard here."""
        self.list.take_focus()
