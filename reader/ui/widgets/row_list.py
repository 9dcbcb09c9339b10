"""The list that every pane shows its rows in: what is out of sight costs nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QPainter,
    QPaintEvent,
    QRegion,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyleOptionViewItem,
)

from reader.session.timers import single_shot
from reader.ui.widgets.row_delegate import RowDelegate
from reader.ui.widgets.row_heights import RowHeights
from reader.ui.widgets.row_input import RowInput
from reader.ui.widgets.rows import Index, Rows, enabled, first_of
from reader.ui.widgets.viewports import know_viewport

SCROLL_BAR_PX = 10
# So many of the first rows are measured once there is nothing else to do, some at a time: the
# scroll bar of a list of usual length tells the truth.
MEASURED = 200
AT_ONCE = 20


class RowList(QListView):
    """A list without frame that measures the rows in sight alone.

    Qt would ask for the height of every row before it shows one. What lies where is found here, so
    all that asks for it is answered here; the rest of a list is Qt's.
    """

    taken = Signal(QModelIndex)  # of the row that was clicked, or Enter was pressed on
    delete_wanted = Signal(QModelIndex)  # of the current row, when Del was pressed

    def __init__(self, rows: Rows, delegate: RowDelegate, name: str) -> None:
        super().__init__()
        know_viewport(self)
        self._rows = rows
        self._delegate = delegate
        self._is_uniform = type(delegate).height is RowDelegate.height
        self._heights = RowHeights()
        self._wanted = QPersistentModelIndex()  # to be scrolled to once the list is shown
        self._is_measuring = False
        self._idle = single_shot(self)
        self._idle.timeout.connect(self._measure_some)
        self.setModel(rows)
        self.setItemDelegate(delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setAccessibleName(name)
        self.verticalScrollBar().setSingleStep(24)
        self.input = RowInput(self)
        rows.rowsRemoved.connect(self._take_removed)

    def take_focus(self) -> None:
        """Moves the keyboard here, onto the current row or the first that can be current."""
        if not self.currentIndex().isValid():
            self.setCurrentIndex(first_of(self.model()))
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def startDrag(self, actions: Qt.DropAction) -> None:
        # Imported here: a start drags nothing.
        from reader.ui.widgets.carried_rows import drag_rows

        drag_rows(self, actions)

    # How high the rows are

    def renew(self) -> None:
        """Measures and paints anew what is in sight, as after an edit; nothing of it moves."""
        self._delegate.set_width(self.width() - SCROLL_BAR_PX)
        self._heights.forget()
        self.doItemsLayout()

    def take_width(self) -> None:
        """Measures the rows anew when the list has become narrower or wider."""
        if self._delegate.set_width(self.width() - SCROLL_BAR_PX):
            self._heights.forget()
            self.scheduleDelayedItemsLayout()

    def measure_again(self, row: int) -> None:
        """Gives a row that was drawn its room, as soon as the loop has run."""
        self._heights.measure(row, self._delegate.painted_height(self._rows.rows[row]))
        self.scheduleDelayedItemsLayout()

    def reset(self) -> None:
        self._heights.reset(self._rows.rowCount(), self._delegate.painted_height())
        self._wanted = QPersistentModelIndex()
        super().reset()

    def rowsInserted(self, parent: Index, start: int, end: int) -> None:
        above = self.verticalOffset() if start <= self._first else 0
        self._heights.insert(start, end - start + 1, self._delegate.painted_height())
        super().rowsInserted(parent, start, end)
        if above:
            # What is read stays where it is.
            self._scroll_by(self._heights.top(end + 1) - self._heights.top(start))

    def _take_removed(self, _parent: QModelIndex, start: int, end: int) -> None:
        first = self._first
        gone = self._heights.top(min(end + 1, first)) - self._heights.top(min(start, first))
        self._heights.remove(start, end - start + 1)
        self._scroll_by(-gone)
        self.scheduleDelayedItemsLayout()

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        super().dataChanged(first, last, roles)
        if self._is_uniform:
            return
        by = [self._measure(row) for row in range(first.row(), last.row() + 1)]
        if any(by):
            self.doItemsLayout()

    def _measure(self, row: int) -> int:
        return self._heights.measure(row, self._delegate.painted_height(self._rows.rows[row]))

    @property
    def _first(self) -> int:
        """The first row in sight; -1 when there is none."""
        return self._heights.at(self.verticalOffset())

    @property
    def _in_sight(self) -> range:
        first, bottom = self._first, self.verticalOffset() + self.viewport().height() - 1
        return range(max(0, first), self._heights.at(bottom) + 1)

    def settle(self, anchor: int = -1) -> None:
        """Measures what is in sight. One row stays where it is: the anchor, or else the first that
        was measured before."""
        if self._is_measuring or not self.isVisible():
            return
        if self._wanted.isValid():
            self.scrollTo(self._wanted)
            return
        self._is_measuring = not self._is_uniform
        if not self._is_measuring:
            return
        heights, has_changed = self._heights, False
        while unknown := [row for row in self._in_sight if not heights.is_known(row)]:
            known = (row for row in self._in_sight if heights.is_known(row))
            fixed = anchor if anchor >= 0 else next(known, unknown[0])
            by = sum(self._measure(row) * (row < fixed) for row in unknown)
            has_changed = True
            self._set_range()
            self._scroll_by(by)
        self._is_measuring = False
        if has_changed:
            self.viewport().update()
            self._idle.start()

    def _measure_some(self) -> None:
        """Measures some of the first rows that have never been in sight."""
        rows = range(min(MEASURED, len(self._heights)))
        unknown = [row for row in rows if not self._heights.is_known(row)][:AT_ONCE]
        if not unknown or not self.isVisible() or self._is_uniform:
            return
        first = self._first
        self._is_measuring = True
        by = sum(self._measure(row) * (row < first) for row in unknown)
        self._set_range()
        self._scroll_by(by)
        self._is_measuring = False
        self._idle.start()

    def _scroll_by(self, by: int) -> None:
        if by:
            bar = self.verticalScrollBar()
            bar.setMaximum(max(bar.maximum(), bar.value() + by))
            bar.setValue(bar.value() + by)

    def _set_range(self) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setPageStep(height)
        bar.setRange(0, max(0, self._heights.total_px - height))

    # What Qt asks

    def doItemsLayout(self) -> None:
        QAbstractItemView.doItemsLayout(self)
        self.settle()

    def updateGeometries(self) -> None:
        self._set_range()
        QAbstractItemView.updateGeometries(self)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        # An editor in a row moves with it.
        self.viewport().scroll(dx, dy)
        self.settle()

    def visualRect(self, index: Index) -> QRect:
        if not index.isValid() or index.row() >= len(self._heights):
            return QRect()
        top = self._heights.top(index.row()) - self.verticalOffset()
        return QRect(0, top, self.viewport().width(), self._heights.height(index.row()))

    def indexAt(self, point: QPoint) -> QModelIndex:
        y = point.y() + self.verticalOffset()
        if not 0 <= y < self._heights.total_px:
            return QModelIndex()
        return self._rows.index(self._heights.at(y), 0)

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        row = index.row()
        if not 0 <= row < len(self._heights):
            return
        if not self.isVisible():
            self._wanted = QPersistentModelIndex(index)
            return
        self._wanted = QPersistentModelIndex()
        self.executeDelayedItemsLayout()
        if not (self._is_uniform or self._heights.is_known(row)):
            self._measure(row)
        self._set_range()
        bar, area, height = (
            self.verticalScrollBar(),
            self.visualRect(index),
            self.viewport().height(),
        )
        hints = QAbstractItemView.ScrollHint
        by = 0
        if hint == hints.PositionAtTop or (hint == hints.EnsureVisible and area.top() < 0):
            by = area.top()
        elif hint == hints.PositionAtBottom:
            by = area.bottom() + 1 - height
        elif hint == hints.PositionAtCenter:
            by = area.center().y() - height // 2
        elif area.bottom() >= height:
            by = min(area.top(), area.bottom() + 1 - height)
        self._is_measuring = True
        bar.setValue(bar.value() + by)
        self._is_measuring = False
        self.settle(row)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        actions, count = QAbstractItemView.CursorAction, self._rows.rowCount()
        current = self.currentIndex()
        row = current.row()
        if row < 0:
            return first_of(self._rows)
        if action in (actions.MoveUp, actions.MovePrevious):
            found = enabled(self._rows, range(row - 1, -1, -1))
        elif action in (actions.MoveDown, actions.MoveNext):
            found = enabled(self._rows, range(row + 1, count))
        elif action == actions.MoveHome:
            found = first_of(self._rows)
        elif action == actions.MoveEnd:
            found = enabled(self._rows, range(count - 1, -1, -1))
        elif action in (actions.MovePageUp, actions.MovePageDown):
            found = self._a_page_from(row, -1 if action == actions.MovePageUp else 1)
        else:
            found = current
        return found if found.isValid() else current

    def _a_page_from(self, row: int, way: int) -> QModelIndex:
        """The row that is as far away as the list is high, at least the next one."""
        top, height = self._heights.top(row), self.viewport().height()
        far = self._heights.at(top + way * height)
        far = min(far, row - 1) if way < 0 else max(far, row + 1)
        end = self._rows.rowCount() if way > 0 else -1
        found = enabled(self._rows, range(max(far, 0), end, way))
        back = range(min(far, self._rows.rowCount() - 1), row, -way)
        return found if found.isValid() else enabled(self._rows, back)

    def setSelection(self, rect: QRect, flags: QItemSelectionModel.SelectionFlag) -> None:
        offset, heights = self.verticalOffset(), self._heights
        first, last = sorted((rect.top() + offset, rect.bottom() + offset))
        chosen = QItemSelection()
        if last >= 0 and first < heights.total_px:
            ends = (self._rows.index(heights.at(y), 0) for y in (first, last))
            chosen.select(*ends)
        self.selectionModel().select(chosen, flags)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        region = QRegion()
        for number in range(selection.count()):
            part = selection.at(number)
            first, last = (self.visualRect(end) for end in (part.topLeft(), part.bottomRight()))
            region += first.united(last)
        return region

    def paintEvent(self, event: QPaintEvent) -> None:
        self.executeDelayedItemsLayout()
        painter = QPainter(self.viewport())
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        for row in self._in_sight:
            index = self._rows.index(row, 0)
            area = self.visualRect(index)
            if not area.intersects(event.rect()):
                continue
            option.rect = area
            self._delegate.paint(painter, option, index)
        painter.end()
