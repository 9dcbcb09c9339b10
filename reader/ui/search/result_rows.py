"""The rows of the results pane: headings and the hits under them, and how they are painted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QWidget

from reader.model.search import Hit, HitKind, Snippet
from reader.model.span import Span
from reader.session.session import Session
from reader.ui.widgets.row_delegate import RowDelegate, row_ground
from reader.ui.widgets.row_text import Paragraph, count_lines, lay_out
from reader.ui.widgets.rows import Rows
from reader.ui.widgets.theme import Theme, pixmap, sans, serif

LINE_PX = 20
GROUP_PX = 32
LEFT_PX = 18
RIGHT_PX = 12
ABOVE_PX = 5
MOST_LINES = 3
# Of the lines, what words that do not fit at their ends leave to text.
SHARE = 0.95
FONT_PX = 14.5
# Hits that are not in the body of the text are told by a sign and in words.
_LABELS: dict[HitKind, str] = {
    "title": "Title",
    "note": "Your note",
    "highlight": "Your highlight",
    "reference": "Reference",
}
_ICONS: dict[HitKind, str] = {
    "title": "file-text",
    "note": "message-square-text",
    "highlight": "highlighter",
}
_ICON_PX = 13
# Further down all hits are as high as the highest: their snippets are not worth the wait.
MEASURED = 200


@dataclass(frozen=True, slots=True)
class Group:
    """The heading over hits: a section of the article, or a document of the library.

    `title` is the last of `path`, the headings that lead to it. `folded` hides its hits; None when
    it cannot be folded.
    """

    key: str
    path: tuple[str, ...]
    count: int
    folded: bool | None = None

    @property
    def title(self) -> str:
        """All headings in one line."""
        return " › ".join(self.path)


class ResultRows(Rows):
    """Groups and hits."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session

    def say(self, row: Group | Hit) -> str:
        if isinstance(row, Group):
            folded = {None: "", True: ", folded", False: ", unfolded"}[row.folded]
            return f"{row.title}, {row.count} found{folded}"
        label = f"{_LABELS[row.kind]}: " if row.kind in _LABELS else ""
        return label + self._session.search.snippet(row).text

    def flags(self, index: Any) -> Qt.ItemFlag:
        flags = super().flags(index)
        row = self.rows[index.row()]
        # The arrow keys pass over a heading that nothing can be done with.
        if isinstance(row, Group) and row.folded is None:
            return flags & ~(Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled)
        return flags


class ResultDelegate(RowDelegate):
    """Paints a group's heading, and hits as snippets with what matched in bold."""

    row_px = MOST_LINES * LINE_PX + 2 * ABOVE_PX + 1
    _grows = True

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._session = session
        self._metrics = QFontMetricsF(serif(FONT_PX))
        self._first: frozenset[Hit] = frozenset()
        self._others: dict[Hit, tuple[Span, ...]] = {}
        self._counted: dict[tuple[Hit, int], int] = {}
        self._laid_out: dict[tuple[Hit, int, str, bool], Paragraph] = {}

    def begin(self, rows: list[Group | Hit], others: dict[Hit, tuple[Span, ...]]) -> None:
        """Lets go of what was laid out for another answer, and gets ready for these rows.

        `others` are the words that stand in the passage of a hit.
        """
        self._others = others
        self._first = frozenset(row for row in rows[:MEASURED] if isinstance(row, Hit))
        self._counted.clear()
        self._laid_out.clear()

    @property
    def _room(self) -> int:
        return self.width - LEFT_PX - RIGHT_PX

    def _snippet(self, hit: Hit) -> Snippet:
        """As much text as the lines have room for, so that the match itself is never cut off."""
        line = self._room / self._metrics.averageCharWidth()
        width = max(40, round(SHARE * MOST_LINES * line))
        return self._session.search.snippet(hit, width, self._others.get(hit, ()))

    def _paragraph(self, hit: Hit) -> Paragraph:
        key = (hit, self.width, self.theme.name, self.mirrored)
        if key not in self._laid_out:
            snippet = self._snippet(hit)
            self._laid_out[key] = lay_out(
                snippet.text,
                serif(FONT_PX),
                self._room,
                LINE_PX,
                MOST_LINES,
                snippet.marks,
                self.theme.ink,
                self.mirrored,
            )
        return self._laid_out[key]

    def height(self, row: Group | Hit) -> int:
        if isinstance(row, Group):
            return GROUP_PX
        return self._lines(row) * LINE_PX + 2 * ABOVE_PX + 1

    def _lines(self, hit: Hit) -> int:
        if hit not in self._first:
            return MOST_LINES
        key = (hit, self.width)
        if key not in self._counted:
            text = self._snippet(hit).text
            self._counted[key] = count_lines(text, self._metrics, self._room, MOST_LINES)
        return self._counted[key]

    def tip(self, row: Group | Hit) -> str:
        if isinstance(row, Group):
            return row.title
        if row.kind in _LABELS:
            return f"{_LABELS[row.kind]}: {self._session.search.snippet(row).text}"
        return self._session.search.snippet(row).text if self._paragraph(row).cut else ""

    def draw(self, painter: QPainter, area: QRect, row: Group | Hit, current: bool) -> None:
        if isinstance(row, Group):
            self._draw_group(painter, area, row, current)
            return
        if current:
            row_ground(painter, area, self.theme.accent_soft)
        box = self.box(area, LEFT_PX, ABOVE_PX, self._room, 0)
        if row.kind in _ICONS:
            sign = self.box(area, 2, ABOVE_PX + 4, _ICON_PX, _ICON_PX)
            ratio = painter.device().devicePixelRatioF()
            picture = pixmap(_ICONS[row.kind], self.theme.accent, _ICON_PX, ratio)
            painter.drawPixmap(round(sign.x()), round(sign.y()), picture)
        paragraph = self._paragraph(row)
        paragraph.draw(painter, box.x(), box.y(), self.theme.ink2)
        # Bold is wider, and may have taken a line more than was counted.
        self._counted[row, self.width] = round(paragraph.height / LINE_PX)

    def _draw_group(self, painter: QPainter, area: QRect, row: Group, current: bool) -> None:
        if current:
            ground = QRect(area.x(), area.y() + 6, area.width(), area.height() - 6)
            row_ground(painter, ground, self.theme.accent_soft)
        font = sans(11.5, 600)
        metrics = QFontMetricsF(font)
        count = str(row.count)
        box = self.box(area, LEFT_PX - 2, 8, self._room + 2, GROUP_PX - 8)
        room = box.width() - metrics.horizontalAdvance(count) - 12
        painter.setFont(font)
        painter.setPen(QColor(self.theme.ink2))
        painter.drawText(box, self.near, _fitting(row, metrics, room))
        painter.setPen(QColor(self.theme.ink3))
        painter.drawText(box, self.far, count)


def _fitting(row: Group, metrics: QFontMetricsF, room: float) -> str:
    """The headings as far as there is room; the last, which says most, is kept longest."""
    fold = {None: "", True: "▸ ", False: "▾ "}[row.folded]
    if metrics.horizontalAdvance(fold + row.title) <= room:
        return fold + row.title
    short = f"{fold}{'… › ' if len(row.path) > 1 else ''}{row.path[-1]}"
    return metrics.elidedText(short, Qt.TextElideMode.ElideRight, room)
