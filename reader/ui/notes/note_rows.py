"""The cards of the notes pane: what is on one, how it is painted, and its editor in its place."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from reader.model.annotation import Annotation, State
from reader.note_line import line_of
from reader.note_markdown import laid_out
from reader.session.session import Session
from reader.ui.notes.note_editor import NoteEditor
from reader.ui.notes.note_paragraph import (
    FOLDED_LINES,
    FONT_PX,
    LINE_PX,
    MOST_LINES,
    link_in,
    note_paragraph,
)
from reader.ui.widgets.dates import short_day
from reader.ui.widgets.row_delegate import RowDelegate
from reader.ui.widgets.row_text import Paragraph, count_lines, lay_out
from reader.ui.widgets.rows import Index, Rows
from reader.ui.widgets.theme import Theme, sans, serif

QUOTE_FONT_PX = 14.5
QUOTE_LINE_PX = 20
MOST_QUOTE_LINES = 3
LEFT_PX = 12
RIGHT_PX = 10
INNER_PX = 22
TOP_PX = 10
NOTE_GAP_PX = 7
TAGS_PX = 20
FOOT_GAP_PX = 6
FOOT_PX = 18
FOLD_PX = 20
BOTTOM_PX = 12
BETWEEN_PX = 8
EDITOR_PX = 214
HEADING_PX = 30
BADGES: dict[State, str] = {
    "": "",
    "moved": "Moved",
    "changed": "Text changed",
    "check": "Check the place",
    "unplaced": "Not placed",
    "earlier": "With the earlier text",
    "archived": "Archived",
}


class NoteRows(Rows):
    """The annotations that the filters let through."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session

    def say(self, row: Annotation) -> str:
        quote = self._session.annotations.quote(row)
        note = f" Note: {line_of(row.note)}." if row.note else ""
        tags = f" Tags: {', '.join(row.tags)}." if row.tags else ""
        origin = self._session.annotations.origin(row)
        badge = f" {origin or BADGES[row.state]}." if origin or row.state else ""
        kind = "area" if row.target.area is not None else "highlight"
        return f"{row.colour.capitalize()} {kind}: {quote}.{note}{tags}{badge}"

    def flags(self, index: Any) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable


class NoteDelegate(RowDelegate):
    """Paints a card: colour, quote, note, tags, section and day; makes the editor in its place."""

    row_px = 120
    _hovers = False
    _grows = True

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._session = session
        self.editing = ""
        self._unfolded: set[str] = set()  # ids of long notes that are shown whole
        self.headings: dict[str, str] = {}  # over the first card of a group, by its id
        self._quote_metrics = QFontMetricsF(serif(QUOTE_FONT_PX))
        self._note_metrics = QFontMetricsF(sans(FONT_PX))
        self._counted: dict[tuple[Any, ...], tuple[int, int, bool]] = {}
        self._laid_out: dict[tuple[Any, ...], tuple[Paragraph, Paragraph | None]] = {}

    def forget(self) -> None:
        """Lets go of what was laid out for another document."""
        self._unfolded.clear()
        self._counted.clear()
        self._laid_out.clear()

    @property
    def _room(self) -> int:
        return self.width - LEFT_PX - RIGHT_PX - INNER_PX - 12

    def _key(self, row: Annotation) -> tuple[Any, ...]:
        whole = row.id in self._unfolded
        return (row.id, row.revision, row.note, self.width, self.mirrored, self.theme.name, whole)

    def _lines_of(self, row: Annotation) -> int:
        return MOST_LINES if row.id in self._unfolded else FOLDED_LINES

    def _heights(self, row: Annotation) -> tuple[int, int, bool]:
        """How high quote and note are, and whether the note is long; guessed, as long as they are
        not laid out.
        """
        key = self._key(row)
        if key in self._laid_out:
            quote, note = self._laid_out[key]
            high = round(note.height) if note is not None else 0
            is_long = note is not None and (note.cut or high > FOLDED_LINES * LINE_PX)
            return round(quote.height), high, is_long
        if key not in self._counted:
            text, metrics = self._session.annotations.quote(row), self._quote_metrics
            lines = count_lines(text, metrics, self._room, MOST_QUOTE_LINES)
            metrics, most = self._note_metrics, self._lines_of(row)
            # As it was typed: no Markdown is read of thousands of notes that nobody looks at.
            more = count_lines(row.note, metrics, self._room, most + 1) if row.note else 0
            high = min(more, most) * LINE_PX
            self._counted[key] = lines * QUOTE_LINE_PX, high, more > FOLDED_LINES
        return self._counted[key]

    def _paragraphs(self, row: Annotation) -> tuple[Paragraph, Paragraph | None]:
        key = self._key(row)
        if key not in self._laid_out:
            quote, room, mirrored = self._session.annotations.quote(row), self._room, self.mirrored
            font, most = serif(QUOTE_FONT_PX), self._lines_of(row)
            self._laid_out[key] = (
                lay_out(quote, font, room, QUOTE_LINE_PX, MOST_QUOTE_LINES, mirrored=mirrored),
                note_paragraph(row.note, room, self.theme, mirrored, most) if row.note else None,
            )
        return self._laid_out[key]

    def link_at(self, area: QRect, row: Annotation, point: QPoint) -> str:
        """The address of the link in a card's note under a point; "" when there is none."""
        _, note = self._paragraphs(row)
        if note is None:
            return ""
        area, point = self._inside(area, point)
        box = self._note_box(area, row)
        return link_in(row.note, note, point.x() - box.x(), point.y() - box.y())

    def folds_at(self, area: QRect, row: Annotation, point: QPoint) -> bool:
        """Whether "Show all" or "Show less" of a card is under a point."""
        _, note = self._paragraphs(row)
        if note is None or not self._is_long(row):
            return False
        area, point = self._inside(area, point)
        box = self._note_box(area, row)
        return 0 <= point.y() - box.y() - note.height < FOLD_PX and box.x() <= point.x()

    def fold(self, row: Annotation) -> bool:
        """Show all of a long note, or its first lines again; return whether it is long."""
        is_long = self._is_long(row)
        self._unfolded ^= {row.id} if is_long else set()
        return is_long

    def _fold_label(self, row: Annotation) -> str:
        """What the line under a long note says."""
        return "Show less" if row.id in self._unfolded else "Show all"

    def _is_long(self, row: Annotation) -> bool:
        """Whether a card's note is folded as long as nobody asks for all of it."""
        self._paragraphs(row)
        return self._heights(row)[2]

    def _note_box(self, area: QRect, row: Annotation) -> QRectF:
        """Where a card's note begins."""
        quote, _ = self._paragraphs(row)
        head = HEADING_PX if row.id in self.headings else 0
        top = head + TOP_PX + quote.height + NOTE_GAP_PX
        return self.box(area, LEFT_PX + INNER_PX, top, self._room, 0)

    def height(self, row: Annotation) -> int:
        quote, note, is_long = self._heights(row)
        head = HEADING_PX if row.id in self.headings else 0
        if row.id == self.editing:
            return head + quote + EDITOR_PX
        tall = head + TOP_PX + quote + FOOT_GAP_PX + FOOT_PX + BOTTOM_PX + BETWEEN_PX
        tall += NOTE_GAP_PX + note if note else 0
        return tall + (FOLD_PX if is_long else 0) + (TAGS_PX if row.tags else 0)

    def tip(self, row: Annotation) -> str:
        quote, note = self._paragraphs(row)
        if note is not None and note.cut:
            return laid_out(row.note).text
        annotations = self._session.annotations
        return annotations.quote(row) if quote.cut else annotations.where(row)

    def draw(self, painter: QPainter, area: QRect, row: Annotation, current: bool) -> None:
        theme = self.theme
        if row.id in self.headings:
            self._draw_heading(painter, area, self.headings[row.id])
            area = area.adjusted(0, HEADING_PX, 0, 0)
        chosen = row.id == self._session.selection.annotation_id
        edge = theme.edges[row.colour]
        inside = self.width - LEFT_PX - RIGHT_PX
        card = self.box(area, LEFT_PX, 0, inside, area.height() - BETWEEN_PX)
        painter.setPen(QPen(QColor(edge if chosen else theme.line), 1.4 if chosen else 1))
        painter.setBrush(QColor(theme.raised))
        painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        quote, note = self._paragraphs(row)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(edge))
        bar = self.box(area, LEFT_PX + 10, TOP_PX + 4, 3, quote.height - 8)
        painter.drawRoundedRect(bar, 1.5, 1.5)
        box = self.box(area, LEFT_PX + INNER_PX, TOP_PX, self._room, 0)
        quote.draw(painter, box.x(), box.y(), theme.ink2 if note is not None else theme.ink)
        if row.id == self.editing:
            return
        y = TOP_PX + quote.height
        if note is not None:
            note.draw(painter, box.x(), area.y() + y + NOTE_GAP_PX, theme.ink)
            y += NOTE_GAP_PX + note.height
            if self._is_long(row):
                fold = self.box(area, LEFT_PX + INNER_PX, y, self._room, FOLD_PX)
                painter.setFont(sans(12, 500))
                painter.setPen(QColor(theme.accent))
                painter.drawText(fold, self.near, self._fold_label(row))
                y += FOLD_PX
        if row.tags:
            self._draw_tags(painter, self.box(area, LEFT_PX + INNER_PX, y + 4, self._room, 16), row)
            y += TAGS_PX
        y += FOOT_GAP_PX
        self._draw_foot(painter, self.box(area, LEFT_PX + INNER_PX, y, self._room, FOOT_PX), row)

    def _draw_heading(self, painter: QPainter, area: QRect, heading: str) -> None:
        painter.setFont(sans(11, 600))
        painter.setPen(QColor(self.theme.ink3))
        box = self.box(area, LEFT_PX + 4, 4, self.width - LEFT_PX - RIGHT_PX, HEADING_PX - 8)
        painter.drawText(box, self.near, heading.upper())

    def _draw_tags(self, painter: QPainter, box: QRectF, row: Annotation) -> None:
        painter.setFont(sans(11, 500))
        painter.setPen(QColor(self.theme.accent))
        tags = "  ".join(f"#{tag}" for tag in row.tags)
        cut = QFontMetricsF(painter.font()).elidedText(
            tags, Qt.TextElideMode.ElideRight, box.width()
        )
        painter.drawText(box, self.near, cut)

    def _draw_foot(self, painter: QPainter, box: QRectF, row: Annotation) -> None:
        theme = self.theme
        painter.setFont(sans(11))
        metrics = QFontMetricsF(painter.font())
        day = short_day(row.created)
        room = box.width() - metrics.horizontalAdvance(day) - 12
        lost = row.id not in self._session.annotations.spans
        origin = self._session.annotations.origin(row)
        # What its state says is about its own text.
        badge = "" if origin else BADGES[row.state] or ("No place in this text" if lost else "")
        if not badge and row.motivation == "bookmarking":
            badge = "Bookmark"
        if badge:
            taken = self._draw_badge(painter, box, badge)
            box = box.adjusted(0, 0, -taken, 0) if self.mirrored else box.adjusted(taken, 0, 0, 0)
            room -= taken
        text = "" if lost else self._session.annotations.where(row)
        page = "" if lost else self._session.citations.page_of(row)
        text = " · ".join(part for part in (origin, page, text) if part)
        painter.setFont(sans(11))
        painter.setPen(QColor(theme.ink3))
        cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(box, self.near, cut)
        painter.drawText(box, self.far, day)

    def _draw_badge(self, painter: QPainter, box: QRectF, badge: str) -> float:
        """Draws a word on a ground of its own where the foot begins; how much room that took."""
        painter.setFont(sans(11, 600))
        width = QFontMetricsF(painter.font()).horizontalAdvance(badge) + 14
        left = box.right() - width if self.mirrored else box.left()
        pill = QRectF(left, box.top(), width, box.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.fills["yellow"]))
        painter.drawRoundedRect(pill, 5, 5)
        painter.setPen(QColor(self.theme.ink))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, badge)
        return width + 8

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        return NoteEditor(self._session, index.data(Qt.ItemDataRole.UserRole), self.theme, parent)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The editor has taken its text when it was made."""

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        """The editor writes to the session itself."""

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        quote, _ = self._paragraphs(index.data(Qt.ItemDataRole.UserRole))
        area, _ = self._inside(option.rect, option.rect.topLeft())
        if index.data(Qt.ItemDataRole.UserRole).id in self.headings:
            area = area.adjusted(0, HEADING_PX, 0, 0)
        top = TOP_PX + quote.height + 6
        if self.mirrored:
            area = QRect(area.right() + 1 - self.width, area.y(), self.width, area.height())
        inside = self.width - LEFT_PX - RIGHT_PX - 16
        box = self.box(area, LEFT_PX + 8, top, inside, area.height() - top - 14)
        corner, size = box.topLeft() * self._scale, box.size() * self._scale
        editor.setGeometry(QRectF(corner + option.rect.topLeft(), size).toRect())

    def eventFilter(self, watched: Any, event: Any) -> bool:
        # The delegate's own filter would end the editor on Tab, Enter and a change of focus
        # inside it; the editor says itself when it is finished.
        return False
