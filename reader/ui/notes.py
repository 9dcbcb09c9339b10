"""The notes beside the page: cards in reading order, written in place."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reader.model.annotation import COLOURS, Annotation, Change
from reader.session import Session
from reader.ui.controls import ColourDot, IconButton
from reader.ui.lists import Index, RowDelegate, RowList, Rows
from reader.ui.note_editor import NoteEditor
from reader.ui.paragraph import Paragraph, lay_out
from reader.ui.theme import Theme, sans, serif

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem

QUOTE_LINE_PX = 20
NOTE_LINE_PX = 18
LEFT_PX = 12
RIGHT_PX = 20
INNER_PX = 22
EDITOR_PX = 214


class NoteRows(Rows):
    """The annotations that the filters let through."""

    def say(self, row: Annotation) -> str:
        note = f" Note: {row.note}." if row.note else ""
        tags = f" Tags: {', '.join(row.tags)}." if row.tags else ""
        return f"{row.colour.capitalize()} highlight: {row.target.quote.exact}.{note}{tags}"

    def flags(self, index: Any) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable


class NoteDelegate(RowDelegate):
    """Paints a card: colour, quote, note, tags, section and day; makes the editor in its place."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._session = session
        self.editing = ""
        self._laid_out: dict[tuple[Any, ...], tuple[Paragraph, Paragraph | None]] = {}

    def forget(self) -> None:
        """Lets go of what was laid out for another document."""
        self._laid_out.clear()

    def _paragraphs(self, row: Annotation) -> tuple[Paragraph, Paragraph | None]:
        key = (row.id, row.revision, row.note, self.width)
        if key not in self._laid_out:
            width = self.width - LEFT_PX - RIGHT_PX - INNER_PX - 12
            quote = self._session.quote(row)
            self._laid_out[key] = (
                lay_out(quote, serif(14.5), width, QUOTE_LINE_PX, 3),
                lay_out(row.note, sans(13), width, NOTE_LINE_PX, 14) if row.note else None,
            )
        return self._laid_out[key]

    def height(self, row: Annotation) -> int:
        quote, note = self._paragraphs(row)
        if row.id == self.editing:
            return round(quote.height) + EDITOR_PX
        tall = quote.height + 18 + 22
        tall += note.height + 6 if note is not None else 4
        tall += 20 if row.tags else 0
        return round(tall) + 8

    def draw(self, painter: QPainter, area: QRect, row: Annotation, current: bool) -> None:
        theme = self.theme
        chosen = row.id == self._session.annotation_id
        card = QRectF(area).adjusted(LEFT_PX + 0.5, 0.5, -RIGHT_PX - 0.5, -7.5)
        edge = theme.edges[row.colour]
        painter.setPen(QPen(QColor(edge if chosen else theme.line), 1.4 if chosen else 1))
        painter.setBrush(QColor(theme.raised))
        painter.drawRoundedRect(card, 8, 8)
        quote, note = self._paragraphs(row)
        x, y = card.x() + INNER_PX, card.y() + 10
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(edge))
        painter.drawRoundedRect(QRectF(card.x() + 10, y + 1, 3, quote.height - 2), 1.5, 1.5)
        quote.draw(painter, x, y, theme.ink2 if note is not None else theme.ink)
        y += quote.height
        if row.id == self.editing:
            return
        if note is not None:
            y += 6
            note.draw(painter, x, y, theme.ink)
            y += note.height
        else:
            y += 4
        if row.tags:
            painter.setFont(sans(11, 500))
            painter.setPen(QColor(theme.accent))
            room = card.right() - x - 12
            tags = QFontMetricsF(painter.font()).elidedText(
                "  ".join(f"#{tag}" for tag in row.tags), Qt.TextElideMode.ElideRight, room
            )
            painter.drawText(QRectF(x, y + 4, room, 16), Qt.AlignmentFlag.AlignVCenter, tags)
            y += 20
        self._draw_foot(painter, QRectF(x, y + 4, card.right() - x - 12, 18), row)

    def _draw_foot(self, painter: QPainter, box: QRectF, row: Annotation) -> None:
        theme = self.theme
        painter.setFont(sans(11))
        metrics = QFontMetricsF(painter.font())
        day = short_day(row.created)
        room = box.width() - metrics.horizontalAdvance(day) - 12
        where = self._session.where(row)
        lost = row.id not in self._session.spans
        painter.setPen(QColor(theme.edges["pink"] if lost else theme.ink3))
        text = "Place not found in this text" if lost else where
        painter.drawText(
            box,
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            metrics.elidedText(text, Qt.TextElideMode.ElideRight, room),
        )
        painter.setPen(QColor(theme.ink3))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, day)

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        editor = NoteEditor(self._session, index.data(Qt.ItemDataRole.UserRole), self.theme, parent)
        editor.finished.connect(self._finish)
        return editor

    def _finish(self) -> None:
        editor = self.sender()
        if isinstance(editor, NoteEditor):
            self.closeEditor.emit(editor, self.EndEditHint.NoHint)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The editor has taken its text when it was made."""

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        if isinstance(editor, NoteEditor):
            editor.keep()

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        area: QRect = option.rect
        quote, _ = self._paragraphs(index.data(Qt.ItemDataRole.UserRole))
        top = round(quote.height) + 16
        editor.setGeometry(area.adjusted(LEFT_PX + 8, top, -RIGHT_PX - 8, -14))

    def eventFilter(self, watched: Any, event: Any) -> bool:
        # The delegate's own filter would end the editor on Tab, Enter and a change of focus
        # inside it; the editor says itself when it is finished.
        return False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self.width, self.height(index.data(Qt.ItemDataRole.UserRole)))


def short_day(time: str) -> str:
    """A time as a day that is read at a glance: "12 Mar", with the year when it is another."""
    if not time:
        return ""
    day = datetime.fromisoformat(time.replace("Z", "+00:00")).astimezone()
    this_year = datetime.now().astimezone().year
    return f"{day.day} {day:%b}" + ("" if day.year == this_year else f" {day.year}")


class NotesPane(QWidget):
    """All highlights and notes of the open document."""

    export_wanted = Signal()

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self.setObjectName("chrome")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(220)
        self._rows = NoteRows(self)
        self._delegate = NoteDelegate(session, theme, self)
        self.list = RowList(self._rows, self._delegate, "Notes")
        self._title = QLabel("Notes", self)
        self._count = QLabel("0", self)
        self._filter_button = IconButton("filter", "Filter notes by text or tag", theme, self, 26)
        self._filter_button.setCheckable(True)
        self._filter_button.toggled.connect(self._show_filter)
        self._dots: list[ColourDot] = []
        top = QHBoxLayout()
        top.setContentsMargins(16, 10, 12, 8)
        top.setSpacing(2)
        top.addWidget(self._title)
        top.addSpacing(6)
        top.addWidget(self._count)
        top.addStretch(1)
        top.addWidget(self._filter_button)
        for colour in COLOURS:
            dot = ColourDot(colour, f"Show only {session.meaning(colour)}", theme, self)
            dot.setCheckable(True)
            dot.toggled.connect(self._show)
            top.addWidget(dot)
            self._dots.append(dot)
        self._filter = QLineEdit(self)
        self._filter.setPlaceholderText("Filter by text or #tag")
        self._filter.setAccessibleName("Filter notes by text or tag")
        self._filter.setClearButtonEnabled(True)
        self._filter.textChanged.connect(self._show)
        self._filter.hide()
        self._empty = QLabel(self)
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.setContentsMargins(16, 8, 20, 0)
        self._export = QPushButton("Export notes…", self)
        self._export.setToolTip("Save notes as a file, or copy them (Ctrl+E)")
        self._export.clicked.connect(self.export_wanted)
        filter_row = QHBoxLayout()
        filter_row.setContentsMargins(12, 0, 20, 6)
        filter_row.addWidget(self._filter)
        bottom = QHBoxLayout()
        bottom.setContentsMargins(12, 6, 12, 12)
        bottom.addWidget(self._export)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(filter_row)
        column.addWidget(self._empty, 1)
        column.addWidget(self.list, 1)
        column.addLayout(bottom)
        self.list.taken.connect(self._choose)
        self.list.doubleClicked.connect(self._edit_index)
        session.opened.connect(self._open)
        session.changed.connect(self._take_changes)
        session.annotation_chosen.connect(self._take_choice)
        session.note_wanted.connect(self.edit)
        session.setting_changed.connect(self._take_setting)
        session.user_changed.connect(self._open)
        self.set_theme(theme)
        self._open()

    def set_theme(self, theme: Theme) -> None:
        """Draws itself in the colours of `theme` from now on."""
        self._theme = theme
        self._delegate.theme = theme
        self._filter_button.set_theme(theme)
        for dot in self._dots:
            dot.set_theme(theme)
        self._title.setStyleSheet("font-size: 14px; font-weight: 600;")
        self._count.setStyleSheet(
            f"background: {theme.pressed}; color: {theme.ink2}; border-radius: 6px;"
            " padding: 2px 8px; font-size: 11.5px;"
        )
        self._empty.setStyleSheet(f"color: {theme.ink2}; font-size: 13px;")
        self.list.renew()

    def _take_setting(self, name: str) -> None:
        if name == "colour_meanings":
            for dot in self._dots:
                dot.setToolTip(f"Show only {self._session.meaning(dot.colour)}")

    def _show_filter(self, shown: bool) -> None:
        self._filter.setVisible(shown)
        if shown:
            self._filter.setFocus()
        else:
            self._filter.clear()

    def _open(self, _event: object = None) -> None:
        self._delegate.forget()
        self._delegate.editing = ""
        self._show()

    def _show(self, _event: object = None) -> None:
        session = self._session
        rows = [a for a in session.annotations if self._lets_through(a)]
        # The editor of a row goes with the rows when they are replaced as a whole.
        self._delegate.editing = ""
        self._rows.set_rows(rows)
        total = len(session.annotations)
        self._count.setText(str(total) if len(rows) == total else f"{len(rows)} of {total}")
        self._export.setEnabled(session.document is not None)
        self.list.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        if total:
            self._empty.setText("No note passes the filter.")
        else:
            self._empty.setText(
                "No notes here yet.\n\nSelect a passage, then press H or 1 to 5 to highlight it, "
                "or N to write a note on it."
            )
        self._take_choice(session.annotation_id)

    def _lets_through(self, annotation: Annotation) -> bool:
        colours = {dot.colour for dot in self._dots if dot.isChecked()}
        if colours and annotation.colour not in colours:
            return False
        words = self._filter.text().lower().split()
        text = f"{annotation.target.quote.exact} {annotation.note}".lower()
        tags = {tag.lower() for tag in annotation.tags}
        return all(
            any(tag.startswith(word[1:]) for tag in tags) if word.startswith("#") else word in text
            for word in words
        )

    def _take_changes(self, changes: tuple[Change, ...]) -> None:
        """One edited row is painted anew; anything else lays the list out again."""
        only = changes[0] if len(changes) == 1 else None
        if only is not None and only.before is not None and only.after is not None:
            row = next((i for i, a in enumerate(self._rows.rows) if a.id == only.after.id), None)
            if row is not None and not only.after.deleted and self._lets_through(only.after):
                self._rows.rows[row] = only.after
                index = self._rows.index(row, 0)
                self._rows.dataChanged.emit(index, index)
                self.list.renew()
                return
        top = self.list.verticalScrollBar().value()
        self._show()
        self.list.verticalScrollBar().setValue(top)

    def _choose(self, row: Annotation) -> None:
        self.finish_editing()
        self._session.choose_annotation(row.id, show=True)

    def _index_of(self, annotation_id: str) -> QModelIndex:
        rows = (i for i, a in enumerate(self._rows.rows) if a.id == annotation_id)
        return self._rows.index(next(rows, -1), 0)

    def _take_choice(self, annotation_id: str) -> None:
        index = self._index_of(annotation_id)
        if self._delegate.editing and self._delegate.editing != annotation_id:
            self.finish_editing()
            index = self._index_of(annotation_id)
        self.list.setCurrentIndex(index)
        if index.isValid():
            self.list.scrollTo(index)
        self.list.viewport().update()

    def _edit_index(self, index: QModelIndex) -> None:
        self.edit(index.data(Qt.ItemDataRole.UserRole).id)

    def edit(self, annotation_id: str) -> None:
        """Opens the editor in the place of a card."""
        self.finish_editing()
        for dot in self._dots:
            dot.setChecked(False)
        self._filter_button.setChecked(False)
        index = self._index_of(annotation_id)
        if not index.isValid():
            return
        self._delegate.editing = annotation_id
        self.list.setCurrentIndex(index)
        self.list.doItemsLayout()
        self.list.scrollTo(index)
        self.list.openPersistentEditor(index)
        editor = self.list.indexWidget(index)
        if isinstance(editor, NoteEditor):
            editor.finished.connect(self._put_editor_away)
            editor.take_focus()

    def _put_editor_away(self) -> None:
        if self.finish_editing():
            self.list.setFocus()

    def finish_editing(self) -> bool:
        """Keeps what is being written and closes the editor; False when it could not be kept."""
        if not self._delegate.editing:
            return True
        index = self._index_of(self._delegate.editing)
        editor = self.list.indexWidget(index) if index.isValid() else None
        if isinstance(editor, NoteEditor) and not editor.keep():
            return False
        self._delegate.editing = ""
        if index.isValid():
            self.list.closePersistentEditor(index)
        self.list.renew()
        return True

    def take_focus(self) -> None:
        """Moves the keyboard here."""
        if self._rows.rows:
            self.list.take_focus()
        else:
            self._export.setFocus()
