"""The card beside a mark: the references that it means, or what a link inside the text leads to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPixmap,
    QShortcut,
)
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reader.ui.marks.popups import SHADOW_PX, Card
from reader.ui.widgets.row_text import lay_out
from reader.ui.widgets.theme import Theme, serif

_WIDEST_PX = 420
_MOST_OF_PAGE = 0.6
_SIDE_PX = 14
_SCROLL_BAR_PX = 12
_LINE_PX = 21
_TEXT_PX = 15.5
_MOST_LINES = 6
_PICTURE_HEIGHT_PX = 180


@dataclass(frozen=True, slots=True)
class CardRow:
    """What one row shows, and what can be done from it.

    `offset` is where "Go" leads, None for nowhere; `document_id` a document of the library that is
    the reference itself; `cells` the first rows of a table.
    """

    words: str
    offset: int | None = None
    doi: str = ""
    document_id: str = ""
    picture: QPixmap | None = None
    cells: tuple[tuple[str, ...], ...] = ()
    most_lines: int = _MOST_LINES


class CardText(QWidget):
    """A few lines of text, cut with an ellipsis; whole in its tooltip and for screen readers."""

    def __init__(self, words: str, width_px: int, most_lines: int, theme: Theme) -> None:
        super().__init__()
        self.words = words
        self._theme = theme
        self._paragraph = lay_out(words, serif(_TEXT_PX), width_px, _LINE_PX, most_lines)
        self.setFixedSize(width_px, round(self._paragraph.height) + 2)
        self.setAccessibleName(words)
        if self._paragraph.cut:
            self.setToolTip(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._paragraph.draw(QPainter(self), 0, 0, self._theme.ink)


class ReferenceCard(Card):
    """Shows the references behind a mark, a row each, and what can be done with each."""

    wanted = Signal(int)  # offset of the place to go to
    document_wanted = Signal(str)  # id of a document of the library
    doi_wanted = Signal(str)
    left = Signal()  # by Esc: back to the page
    # Qt hides a card while it is being made.
    _into: QShortcut | None = None

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.rows: tuple[CardRow, ...] = ()
        self._head = QLabel(self)
        self._head.setObjectName("card-heading")
        self._head.setTextFormat(Qt.TextFormat.PlainText)
        self._scroll = QScrollArea(self)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_SIDE_PX, 8, 4, 8)
        layout.setSpacing(6)
        layout.addWidget(self._head)
        layout.addWidget(self._scroll)
        # While the card was asked for by keyboard, Down leads into it.
        into = self._into = QShortcut(QKeySequence(Qt.Key.Key_Down), parent)
        into.setContext(Qt.ShortcutContext.WidgetShortcut)
        into.setEnabled(False)
        into.activated.connect(self._take_focus)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._head.setFont(theme.sans(11, 600))
        self._head.setStyleSheet(
            f"color: {theme.ink3};"
            f" font-size: {theme.px(11)}px; font-weight: 600; letter-spacing: 0.5px;"
        )
        self._scroll.setStyleSheet(
            f"QScrollArea, #card-rows {{ background: {theme.raised}; }}"
            f"QPushButton {{ color: {theme.accent}; border: 1px solid transparent;"
            f" background: transparent;"
            f" font-size: {theme.px(12)}px; font-weight: 400; padding: 1px 4px;"
            " border-radius: 4px; min-height: 18px; }"
            f"QPushButton:hover {{ background: {theme.pressed}; }}"
            f"QPushButton:focus {{ border: 1px solid {theme.accent}; }}"
            f"QLabel {{ color: {theme.ink}; font-size: {theme.px(12)}px; }}"
        )

    @property
    def heading(self) -> str:
        """What stands on top."""
        return self._head.text()

    def show_rows(
        self, heading: str, rows: Sequence[CardRow], beside: QRect, *, by_keyboard: bool = False
    ) -> None:
        """Show rows under a heading, beside a rectangle of the page."""
        self.rows = tuple(rows)
        # Not in capitals: "mTOR" and "MTOR" may be two things.
        self._head.setText(heading)
        width_px = min(_WIDEST_PX, self.page.width() - _SCROLL_BAR_PX)
        inner_px = max(120, width_px - 2 * SHADOW_PX - 2 * _SIDE_PX - _SCROLL_BAR_PX)
        content = QWidget()
        content.setObjectName("card-rows")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for i, row in enumerate(self.rows):
            if i:
                column.addSpacing(6)
            self._add_row(column, i, row, inner_px)
        self._scroll.setWidget(content)
        content.adjustSize()
        self.setAccessibleName(f"{heading}: " + " ".join(row.words for row in self.rows))
        self._place_beside(beside, width_px, content.sizeHint())
        if self._into is not None:
            self._into.setEnabled(by_keyboard)

    def _add_row(self, column: QVBoxLayout, number: int, row: CardRow, width_px: int) -> None:
        if row.words:
            text = CardText(row.words, width_px, row.most_lines, self.theme)
            text.setObjectName(f"card-text-{number}")
            column.addWidget(text)
        if row.picture is not None:
            picture = QLabel()
            picture.setObjectName(f"card-picture-{number}")
            picture.setPixmap(_fitted(row.picture, width_px))
            column.addWidget(picture)
        if row.cells:
            column.addWidget(_grid(row.cells, width_px))
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        buttons.setContentsMargins(0, 0, 0, 0)
        for wanted, name, said, tip, slot in (
            (row.offset is not None, "go", "Go  ↵" if not number else "Go", "Go there", self._go),
            (row.doi, "doi", "Copy DOI", f"Copy {row.doi}", self._copy_doi),
            (row.document_id, "library", "In the Library", "Open it", self._open_document),
        ):
            if wanted:
                button = QPushButton(said)
                button.setObjectName(f"card-{name}-{number}")
                button.setToolTip(tip)
                button.setCursor(Qt.CursorShape.PointingHandCursor)
                button.setProperty("row", number)
                button.clicked.connect(slot)
                buttons.addWidget(button)
        buttons.addStretch(1)
        if buttons.count() > 1:
            column.addLayout(buttons)

    def _place_beside(self, beside: QRect, width_px: int, content: QSize) -> None:
        page = self.page.rect()
        head_px = self._head.sizeHint().height() + 6 + 16 + 2 * SHADOW_PX
        below, above = page.bottom() - beside.bottom(), beside.top() - page.top()
        most_px = round(page.height() * _MOST_OF_PAGE)
        height_px = min(content.height() + head_px + 2, most_px)
        is_below = height_px <= below or (height_px > above and below >= above)
        height_px = min(height_px, below if is_below else above) + SHADOW_PX - 4
        x = min(max(page.left(), beside.left() - 16), page.right() + 1 - _SCROLL_BAR_PX - width_px)
        # Its shadow may lie over the mark, and the way to it is short for the mouse.
        y = (
            beside.bottom() - SHADOW_PX + 4
            if is_below
            else beside.top() - height_px + SHADOW_PX - 4
        )
        self.setGeometry(QRect(QPoint(max(0, x), max(0, y)), QSize(width_px, height_px)))
        self.show()
        self.raise_()

    def _row_of_sender(self) -> CardRow:
        button = self.sender()
        assert isinstance(button, QPushButton)
        return self.rows[int(button.property("row"))]

    def _go(self) -> None:
        self._go_to(self._row_of_sender())

    def _go_to(self, row: CardRow) -> None:
        self.hide()
        if row.offset is not None:
            self.wanted.emit(row.offset)

    def _copy_doi(self) -> None:
        self.doi_wanted.emit(self._row_of_sender().doi)

    def _open_document(self) -> None:
        row = self._row_of_sender()
        self.hide()
        self.document_wanted.emit(row.document_id)

    def go(self) -> None:
        """Go where the first row leads."""
        if self.rows:
            self._go_to(self.rows[0])

    def _take_focus(self) -> None:
        buttons = self.findChildren(QPushButton)
        if buttons:
            buttons[0].setFocus(Qt.FocusReason.TabFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        if self._into is not None:
            self._into.setEnabled(False)
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.hide()
        super().leaveEvent(event)


def _fitted(picture: QPixmap, width_px: int) -> QPixmap:
    ratio = picture.devicePixelRatio()
    room = QSize(round(width_px * ratio), round(_PICTURE_HEIGHT_PX * ratio))
    if picture.width() <= room.width() and picture.height() <= room.height():
        return picture
    smooth = Qt.TransformationMode.SmoothTransformation
    return picture.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, smooth)


def _grid(cells: Sequence[Sequence[str]], width_px: int) -> QWidget:
    shown = QWidget()
    shown.setObjectName("card-table")
    grid = QGridLayout(shown)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(2)
    columns = max(len(line) for line in cells)
    for i, line in enumerate(cells):
        for j, words in enumerate(line):
            label = QLabel()
            label.setTextFormat(Qt.TextFormat.PlainText)
            room = (width_px - 10 * (columns - 1)) // columns
            elided = label.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
            label.setText(elided)
            label.setMaximumWidth(room)
            grid.addWidget(label, i, j)
    return shown
