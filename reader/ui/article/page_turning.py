"""Pages beside scrolling: which lines a page holds, and how its columns lie in the view.

A page begins and ends between lines. Heights are those of the typeset document, in
device-independent pixels; points of the view are turned into points of one endless column.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QTextEdit

from reader.session.session import Session
from reader.settings import PAGE_TURNING, Setting
from reader.ui.typeset.formats import GUTTER_PX
from reader.ui.typeset.geometry import visible_blocks
from reader.ui.typeset.text_document import TypesetDocument

LEAST_COLUMN_PX = 300
ABOVE_PX = 28
_BELOW_PX = 16
_NOTCH = 120  # of a wheel, in eighths of a degree


def columns_in(room_px: int, turning: str) -> int:
    """How many columns there is room for; 1 unless two are wanted."""
    return 2 if turning == "two" and room_px // 2 - 2 * GUTTER_PX >= LEAST_COLUMN_PX else 1


@dataclass(frozen=True, slots=True)
class Column:
    """The lines between two heights of the document, and where their column begins in the view."""

    top: float
    bottom: float
    x_px: int


class Paging:
    """The columns in sight of a typeset document, from a height on."""

    def __init__(self, typeset: TypesetDocument, height_px: int, count: int) -> None:
        self._typeset = typeset
        self.height_px = max(80, height_px - ABOVE_PX - _BELOW_PX)
        self.count = count

    def columns(self, top: float) -> list[Column]:
        """The columns that begin at a height, one after the other."""
        found: list[Column] = []
        for number in range(self.count):
            bottom = self._cut(top)
            found.append(Column(top, bottom, number * self._typeset.formats.width_px))
            top = bottom
        return found

    def next(self, top: float) -> float | None:
        """Where the next page begins; None at the end."""
        bottom = self.columns(top)[-1].bottom
        return bottom if self.goes_on_below(bottom) else None

    def previous(self, top: float) -> float | None:
        """Where the page before begins; None at the start."""
        if top <= 1:
            return None
        for _ in range(self.count):
            top = self._start(top)
        return top

    def snapped(self, top: float) -> float:
        """The height of the line that holds a height, so that no page begins within one."""
        if top <= 1:
            return 0.0
        straddling = [a for a, b in self._lines(top, top) if a < top - 0.5 and top + 0.5 < b]
        return min(straddling, default=top)

    def _lines(self, top: float, bottom: float) -> Iterator[tuple[float, float]]:
        layout = self._typeset.documentLayout()
        for block in visible_blocks(self._typeset, top, bottom):
            origin = layout.blockBoundingRect(block).top()
            for number in range(block.layout().lineCount()):
                line = block.layout().lineAt(number)
                yield origin + line.y(), origin + line.y() + line.height()

    def _cut(self, top: float) -> float:
        """The height below the last whole line of a column that begins at `top`."""
        limit = top + self.height_px
        lines = list(self._lines(top, limit))
        cut = limit
        while straddling := [a for a, b in lines if a < cut - 0.5 < b - 0.5]:
            cut = min(straddling)
        cut = self._with_next(cut)
        # What is higher than a page, as a large picture may be, is cut all the same.
        return cut if cut > top + 1 else limit

    def _with_next(self, cut: float) -> float:
        """No heading stands last in a column."""
        layout = self._typeset.documentLayout()
        first = next(visible_blocks(self._typeset, cut + 1, cut + 200), None)
        if first is None or layout.blockBoundingRect(first).top() < cut - 1:
            return cut
        before = first.previous()
        while before.isValid() and before.blockFormat().headingLevel():
            top = layout.blockBoundingRect(before).top()
            if top >= cut:
                break
            cut, before = top, before.previous()
        return cut

    def _start(self, bottom: float) -> float:
        """Where a column begins that ends at a height."""
        limit = start = bottom - self.height_px
        first = self._typeset.documentLayout().blockBoundingRect(self._typeset.begin()).top()
        if limit <= first + 1:
            return 0.0
        lines = list(self._lines(limit, bottom))
        while straddling := [b for a, b in lines if a + 0.5 < start + 0.5 < b]:
            start = max(straddling)
        return start if start < bottom - 1 else limit

    def goes_on_below(self, bottom: float) -> bool:
        """Whether there are lines below a height; hardly more than those are laid out for it."""
        return next(visible_blocks(self._typeset, bottom + 1, inf), None) is not None


class TurnedText(Protocol):
    """What is asked of the layout whose pages are turned."""

    typeset: TypesetDocument | None


class PageTurner(QObject):
    """Turns the pages of a view, and finds points of its columns in the one endless column.

    While the text is scrolled, all points are where they are.
    """

    part_wanted = Signal(int)  # 1 for the part after the one shown, -1 for that before

    def __init__(self, view: QTextEdit, text: TurnedText, session: Session) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._text = text
        self._bar = view.verticalScrollBar()
        # Kept here, as it is asked for with each move of the mouse.
        self._turning = session.settings.get(PAGE_TURNING)
        session.settings.changed.connect(self._take_setting)
        session.current.changed.connect(self._read)
        self._rolled = 0
        self._room_px = 0
        self._found: tuple[tuple[object, int, int, int], list[Column]] | None = None

    def _take_setting(self, setting: Setting[Any]) -> None:
        if setting == PAGE_TURNING:
            self._read()

    def _read(self, _document: object = None) -> None:
        self._turning = self._session.settings.get(PAGE_TURNING)

    @property
    def is_on(self) -> bool:
        """Whether pages are turned, and not scrolled."""
        return self._turning != "scroll"

    def room_px(self, width_px: int) -> int:
        """How much room one column has in so much of all."""
        self._room_px = width_px
        return width_px // self.count

    @property
    def count(self) -> int:
        """How many columns there are."""
        return columns_in(self._room_px, self._turning)

    @property
    def _top(self) -> int:
        return self._bar.value()

    def _paging(self) -> Paging:
        assert self._text.typeset is not None
        return Paging(self._text.typeset, self._view.viewport().height(), self.count)

    def columns(self) -> list[Column]:
        """The columns in sight."""
        # The text itself, and not its id, which another may get when this one is gone.
        key = self._text.typeset, self._top, self._view.viewport().height(), self.count
        if self._found is None or self._found[0] != key:
            self._found = key, self._paging().columns(self._top)
        return self._found[1]

    @property
    def bottom(self) -> float:
        """The height of the document at the foot of what is in sight."""
        if not self.is_on:
            return self._top + self._view.viewport().height()
        return self.columns()[-1].bottom

    @property
    def is_at_end(self) -> bool:
        """Whether the last line of the part is in sight."""
        if not self.is_on:
            return self._top >= self._bar.maximum() - 2
        return not self._paging().goes_on_below(self.bottom)

    def holds(self, top: float, bottom: float) -> bool:
        """Whether lines between two heights are where they are read well."""
        if not self.is_on:
            height = self._view.viewport().height()
            return self._top + 60 <= top and bottom <= self._top + height - 80
        return any(one.top <= top and bottom <= one.bottom + 1 for one in self.columns())

    def snap(self) -> bool:
        """Move the view to the head of a line, if it is within one; return whether it has moved."""
        if not self.is_on:
            return False
        wanted = round(self._paging().snapped(self._top))
        if wanted == self._top:
            return False
        self._go(wanted)
        return self._top == wanted

    def _go(self, top: int) -> None:
        self._bar.setRange(0, max(self._bar.maximum(), top))
        self._bar.setValue(top)

    def turn(self, by: int) -> None:
        """Show the next pages, or those before; beyond a part's edge want the part beside it."""
        paging = self._paging()
        wanted = paging.next(self._top) if by > 0 else paging.previous(self._top)
        if wanted is None:
            self.part_wanted.emit(by)
        else:
            self._go(round(wanted))

    def roll(self, angle: int) -> None:
        """Turn a page for each notch of a wheel, or as much of a touchpad's way."""
        self._rolled = self._rolled + angle if self._rolled * angle >= 0 else angle
        if abs(self._rolled) >= _NOTCH:
            self.turn(-1 if self._rolled > 0 else 1)
            self._rolled = 0

    # Between the view and the endless column

    def to_page(self, point: QPointF) -> QPointF:
        """A point of the viewport as it were if the first column went on for ever."""
        columns, typeset = self.columns(), self._text.typeset
        assert typeset is not None
        wide = typeset.formats.width_px
        column = columns[min(max(0, int(point.x() // wide)), len(columns) - 1)]
        inside = min(column.top + max(0.0, point.y() - ABOVE_PX), column.bottom - 0.5)
        return QPointF(point.x() - column.x_px, inside - self._top)

    def to_view(self, box: QRect) -> QRect:
        """A rectangle of the endless column, counted from the top, where it is in the viewport."""
        if not self.is_on:
            return box
        middle = self._top + box.center().y()
        for column in self.columns():
            if column.top <= middle < column.bottom:
                return box.translated(column.x_px, round(self._top - column.top) + ABOVE_PX)
        return box.translated(0, ABOVE_PX)

    def moved(self, event: QEvent) -> QMouseEvent | QContextMenuEvent | None:
        """An event of the mouse with its point in the endless column; None for all else."""
        if not isinstance(event, QMouseEvent | QContextMenuEvent):
            return None
        if not self.is_on or self._text.typeset is None:
            return None
        if isinstance(event, QContextMenuEvent):
            place = self.to_page(QPointF(event.pos())).toPoint()
            return QContextMenuEvent(event.reason(), place, event.globalPos(), event.modifiers())
        return QMouseEvent(
            event.type(),
            self.to_page(event.position()),
            event.globalPosition(),
            event.button(),
            event.buttons(),
            event.modifiers(),
        )


def turned_by(event: QKeyEvent) -> int:
    """How many pages a key turns; 0 when it turns none."""
    keys, modifiers = Qt.Key, event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if event.key() == keys.Key_Space and modifiers == Qt.KeyboardModifier.ShiftModifier:
        return -1
    if modifiers != Qt.KeyboardModifier.NoModifier:
        return 0
    if event.key() in (keys.Key_PageDown, keys.Key_Space, keys.Key_Right, keys.Key_Down):
        return 1
    return -1 if event.key() in (keys.Key_PageUp, keys.Key_Left, keys.Key_Up) else 0
