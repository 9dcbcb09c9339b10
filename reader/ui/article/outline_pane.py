"""The table of contents, which follows the reading."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QLabel, QMenu, QVBoxLayout, QWidget

from reader.model.direction import is_right_to_left
from reader.model.document import Document, Section
from reader.model.span import Span
from reader.session.navigation import Location
from reader.session.session import Session
from reader.ui.widgets.controls import Caps
from reader.ui.widgets.row_delegate import RowDelegate, row_ground
from reader.ui.widgets.row_list import RowList
from reader.ui.widgets.row_text import Paragraph, count_lines, lay_out
from reader.ui.widgets.rows import Rows
from reader.ui.widgets.theme import Theme, sans

INDENT_PX = 14
LEFT_PX = 18
RIGHT_PX = 14
LINE_PX = 18
ABOVE_PX = 5
MOST_LINES = 4


class SectionRows(Rows):
    """The sections of the open document."""

    def say(self, row: Section) -> str:
        number = f"{row.number} " if row.number else ""
        return f"{number}{row.title}, level {row.level}"


class SectionDelegate(RowDelegate):
    """Paints a section's title at its indent."""

    row_px = LINE_PX + 2 * ABOVE_PX + 1
    _grows = True

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.reading = ""
        self._laid_out: dict[tuple[str, int, bool, bool], Paragraph] = {}
        self._counted: dict[tuple[str, int, bool, bool], int] = {}

    def forget(self) -> None:
        """Lets go of what was laid out for another document."""
        self._laid_out.clear()
        self._counted.clear()

    def _key(self, row: Section) -> tuple[str, int, bool, bool]:
        return (row.id, self.width, row.id == self.reading, self.mirrored)

    def _text(self, row: Section) -> str:
        return f"{row.number}\u2002{row.title}" if row.number else row.title

    def _font(self, row: Section) -> QFont:
        return sans(13, 600 if row.id == self.reading else 500 if row.level == 1 else 400)

    def _paragraph(self, row: Section) -> Paragraph:
        key = self._key(row)
        if key not in self._laid_out:
            text, font, room = self._text(row), self._font(row), self._room(row)
            paragraph = lay_out(text, font, room, LINE_PX, MOST_LINES, mirrored=self.mirrored)
            self._laid_out[key] = paragraph
            self._counted[key] = round(paragraph.height / LINE_PX)
        return self._laid_out[key]

    def _indent(self, row: Section) -> int:
        return LEFT_PX + INDENT_PX * min(row.level - 1, 4)

    def _room(self, row: Section) -> int:
        return self.width - self._indent(row) - RIGHT_PX

    def height(self, row: Section) -> int:
        key = self._key(row)
        if key not in self._counted:
            metrics = QFontMetricsF(self._font(row))
            self._counted[key] = count_lines(self._text(row), metrics, self._room(row), MOST_LINES)
        return self._counted[key] * LINE_PX + 2 * ABOVE_PX + 1

    def tip(self, row: Section) -> str:
        return self._text(row) if self._paragraph(row).cut else ""

    def draw(self, painter: QPainter, area: QRect, row: Section, current: bool) -> None:
        theme, reading = self.theme, row.id == self.reading
        if reading:
            row_ground(painter, area, theme.accent_soft)
            self._draw_edge(painter, area)
        colour = theme.accent if reading else theme.ink if row.level == 1 else theme.ink2
        box = self.box(area, self._indent(row), ABOVE_PX, self._room(row), 0)
        self._paragraph(row).draw(painter, box.x(), box.y(), colour)


class ContentsPane(QWidget):
    """The sections of the open document; a click goes there."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rows = SectionRows(self)
        self._delegate = SectionDelegate(theme, self)
        self._numbers: dict[str, int] = {}
        self.list = RowList(self._rows, self._delegate, "Table of contents")
        self._chosen: Section | None = None
        self._heading = Caps("Contents", theme)
        self._empty = QLabel("This document has no headings.")
        self._empty.setObjectName("notice")
        self._empty.setWordWrap(True)
        self._empty.setContentsMargins(LEFT_PX, 0, LEFT_PX, 0)
        self._heading.setContentsMargins(LEFT_PX, 13, LEFT_PX, 6)
        self.setObjectName("chrome")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self._heading, self._empty):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        self.setMinimumHeight(120)
        self._menu = QMenu(self)
        self._menu.addAction("Go There").triggered.connect(self._go_to_chosen)
        self._menu.addAction("Not a Heading").triggered.connect(self._unmake_chosen)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self.list.taken.connect(self._take)
        session.current.changed.connect(self._show)
        session.navigation.location_changed.connect(self._follow)
        self.set_theme(theme)
        self._show(session.current.document)
        self._follow(session.navigation.location)

    def set_theme(self, theme: Theme) -> None:
        """Draws itself in the colours of `theme` from now on."""
        self._delegate.theme = theme
        self._heading.set_theme(theme)
        self._empty.setStyleSheet(f"color: {theme.ink3};")
        self.list.renew()

    def _show(self, document: Document | None) -> None:
        sections = list(document.sections) if document is not None else []
        self._numbers = {section.id: number for number, section in enumerate(sections)}
        self._delegate.forget()
        self._delegate.reading = ""
        if document is not None and is_right_to_left(document):
            self.list.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        else:
            self.list.unsetLayoutDirection()
        self._rows.set_rows(sections)
        self._empty.setVisible(document is not None and not sections)

    def _take(self, index: QModelIndex) -> None:
        self._go(index.data(Qt.ItemDataRole.UserRole))

    def _go(self, row: Any) -> None:
        self._session.navigation.go_to(Span(row.span.start, row.span.start))

    def _show_menu(self, where: QPoint) -> None:
        index = self.list.indexAt(where)
        if index.isValid():
            self._chosen = index.data(Qt.ItemDataRole.UserRole)
            self._menu.popup(self.list.viewport().mapToGlobal(where))

    def _go_to_chosen(self) -> None:
        if self._chosen is not None:
            self._go(self._chosen)

    def _unmake_chosen(self) -> None:
        if self._chosen is not None:
            self._session.headings.demote(self._chosen.span.start)

    def _follow(self, location: Location) -> None:
        reading = location.section.id if location.section is not None else ""
        if reading == self._delegate.reading or (reading and reading not in self._numbers):
            return
        both = [i for i in (self._delegate.reading, reading) if i]
        before = [self._height(section_id) for section_id in both]
        self._delegate.reading = reading
        # The bold of the section being read may take one more line; else two rows are painted.
        if before != [self._height(section_id) for section_id in both]:
            self.list.renew()
        self.list.viewport().update()
        index = self._rows.index(self._numbers[reading], 0) if reading else QModelIndex()
        self.list.setCurrentIndex(index)
        if reading:
            self.list.scrollTo(index)
        else:
            self.list.scrollToTop()

    def _height(self, section_id: str) -> int:
        return self._delegate.height(self._rows.rows[self._numbers[section_id]])

    def take_focus(self) -> None:
        """Moves the keyboard here."""
        self.list.take_focus()
