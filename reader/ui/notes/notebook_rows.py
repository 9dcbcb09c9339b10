"""The rows of the notebook: headings and notes, read from the store as they come into sight."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QMimeData, QModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QListView, QStyleOptionViewItem, QWidget

from reader.model.annotation import Annotation
from reader.note_line import line_of
from reader.session.session import Session
from reader.ui.notes.note_rows import BADGES
from reader.ui.widgets.dates import short_day
from reader.ui.widgets.row_delegate import RowDelegate, row_ground
from reader.ui.widgets.rows import Index, Rows
from reader.ui.widgets.theme import Theme, sans, serif

ROW_PX = 66
MOST_READ = 500
# Ids of notes as JSON, as they are dragged from the notebook onto a tag.
MIME_TYPE = "application/x-offprint-notes"


# Twenty thousand of them are made at once: not frozen, as that takes twice as long.
@dataclass(slots=True)
class Heading:
    """What stands over a group, and how many notes are in it; `level` 1 is inside another."""

    title: str
    count: int
    level: int = 0


class NotebookRows(Rows):
    """Headings and ids of notes; the notes in sight are kept."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._read: dict[str, Annotation | None] = {}

    def note(self, annotation_id: str) -> Annotation | None:
        """The note of a row."""
        if annotation_id not in self._read:
            if len(self._read) >= MOST_READ:
                self._read.clear()
            self._read[annotation_id] = self._session.notebook.note(annotation_id)
        return self._read[annotation_id]

    def forget(self) -> None:
        """Reads notes anew: some have changed."""
        self._read.clear()

    def say(self, row: Heading | str) -> str:
        if isinstance(row, Heading):
            return f"{row.title}: {row.count} notes"
        note = self.note(row)
        if note is None:
            return ""
        return f"{self._session.notebook.quote(note)}. {line_of(note.note)}"

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(index.data(Qt.ItemDataRole.UserRole), Heading):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        return [MIME_TYPE]

    def mimeData(self, indexes: Iterable[QModelIndex]) -> QMimeData:
        rows = (self.rows[number] for number in sorted({index.row() for index in indexes}))
        carried = QMimeData()
        ids = dict.fromkeys(row for row in rows if isinstance(row, str))
        carried.setData(MIME_TYPE, json.dumps(list(ids)).encode())
        return carried


class NotebookDelegate(RowDelegate):
    """Paints a heading, or a note in three lines: quote, note, and where it stands."""

    row_px = ROW_PX
    _grows = True

    def __init__(
        self, session: Session, rows: NotebookRows, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._session = session
        self._rows = rows
        self._selected = False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self._selected = cast(QListView, option.widget).selectionModel().isSelected(index)
        super().paint(painter, option, index)

    def draw(self, painter: QPainter, area: QRect, row: Heading | str, current: bool) -> None:
        if isinstance(row, Heading):
            self._draw_heading(painter, area, row)
            return
        note = self._rows.note(row)
        if note is None:
            return
        theme = self.theme
        if self._selected:
            row_ground(painter, area, theme.accent_soft)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.edges[note.colour]))
        painter.drawRoundedRect(self.box(area, 14, 8, 3, ROW_PX - 18), 1.5, 1.5)
        room = area.width() - 52
        quote = self._session.notebook.quote(note)
        self._line(painter, self.box(area, 26, 4, room, 21), quote, serif(15), theme.ink)
        written = line_of(note.note) or "No note written"
        shade = theme.ink if note.note else theme.ink3
        self._line(painter, self.box(area, 26, 24, room, 19), written, sans(13), shade)
        tags = "  ".join(f"#{tag}" for tag in note.tags)
        where = self._session.notebook.heading_of(note)
        parts = [BADGES[note.state], where, tags, short_day(note.modified)]
        said = "  ·  ".join(part for part in parts if part)
        self._line(painter, self.box(area, 26, 43, room, 17), said, sans(11), theme.ink2)

    def _line(self, painter: QPainter, box: QRectF, text: str, font: QFont, colour: str) -> None:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        metrics = QFontMetricsF(font)
        cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, self.near, cut)

    def _draw_heading(self, painter: QPainter, area: QRect, row: Heading) -> None:
        room = area.width() - 110
        box = self.box(area, 14, ROW_PX - 32, room, 24)
        font = sans(12, 500) if row.level else sans(14, 600)
        self._line(painter, box, row.title, font, self.theme.ink2 if row.level else self.theme.ink)
        painter.setFont(sans(12))
        painter.setPen(QColor(self.theme.ink3))
        count = "1 note" if row.count == 1 else f"{row.count:,} notes"
        painter.drawText(self.box(area, 14 + room, ROW_PX - 32, 80, 24), self.far, count)
        if row.level:
            return
        line = self.box(area, 14, ROW_PX - 5, area.width() - 30, 1)
        painter.fillRect(line, QColor(self.theme.line))

    def tip(self, row: Heading | str) -> str:
        note = self._rows.note(row) if isinstance(row, str) else None
        return line_of(note.note) or self._session.notebook.quote(note) if note is not None else ""
