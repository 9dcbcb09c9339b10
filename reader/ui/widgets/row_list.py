"""The list that every pane shows its rows in, and the delegate that paints them."""

from __future__ import annotations

from math import ceil
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimerEvent,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from reader.ui.widgets.rows import Index, Rows, row_ground
from reader.ui.widgets.theme import Theme

SCROLL_BAR_PX = 10
AT_ONCE = 1000
_ENABLED = Qt.ItemFlag.ItemIsEnabled
KEYBOARD_REASONS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class RowDelegate(QStyledItemDelegate):
    """Paints one row, to a width that the list says.

    `mirrored` is whether the window reads from right to left; `box` minds it.
    """

    hovers = True
    _grows = False  # with the text of the window: its rows are painted larger as a whole

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.width = 200
        self.mirrored = False

    def height(self, row: Any) -> int:
        """How high a row is at the present width, in pixels.

        Asked of all rows at once, so it may be a good guess until the row has been drawn.
        """
        raise NotImplementedError

    def draw(self, painter: QPainter, area: QRect, row: Any, current: bool) -> None:
        """Paints a row."""
        raise NotImplementedError

    def _draw_edge(self, painter: QPainter, area: QRect) -> None:
        """Paint the edge of a row that stands out: its ground alone is too near to the others'."""
        bar = self.box(area, 8, 5, 3, area.height() - 10)
        painter.fillRect(bar, QColor(self.theme.accent))

    def tip(self, row: Any) -> str:
        """What a row has no room to show; "" when it shows all."""
        return ""

    def box(self, area: QRect, x: float, y: float, width: float, height: float) -> QRectF:
        """A box in a row, `x` from the side where reading begins."""
        left = area.x() + (area.width() - x - width if self.mirrored else x)
        return QRectF(left, area.y() + y, width, height)

    @property
    def near(self) -> Qt.AlignmentFlag:
        """Where a line of text begins."""
        side = Qt.AlignmentFlag.AlignRight if self.mirrored else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter

    @property
    def far(self) -> Qt.AlignmentFlag:
        """Where a line of text ends."""
        side = Qt.AlignmentFlag.AlignLeft if self.mirrored else Qt.AlignmentFlag.AlignRight
        return side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter

    @property
    def _scale(self) -> float:
        """How much larger than usual the rows are painted."""
        return self.theme.text_scale if self._grows else 1.0

    def _inside(self, area: QRect, point: QPoint) -> tuple[QRect, QPoint]:
        """A row's area and a point, from the view's pixels to those that rows are drawn in."""
        size = area.size() / self._scale
        return QRect(QPoint(0, 0), size), (point - area.topLeft()) / self._scale

    def set_width(self, width: int) -> bool:
        """Takes another width, in the view's pixels; whether it is another."""
        width = round(width / self._scale)
        changed = width != self.width
        self.width = width
        return changed

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model = index.model()
        assert isinstance(model, Rows)
        # Asked of thousands of rows at once: by way of `data`, it takes half as long again.
        height = self._painted_height(model.rows[index.row()])
        return QSize(self.width if self._scale == 1 else int(self.width * self._scale), height)

    def _painted_height(self, row: Any) -> int:
        """How high a row is in the view's pixels."""
        height = self.height(row)
        return height if self._scale == 1 else ceil(height * self._scale)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = option.widget
        assert isinstance(view, RowList)
        area = QRect(option.rect)
        self.mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        current = view.currentIndex() == index
        painter.save()
        try:
            if self._scale != 1:
                painter.translate(area.topLeft())
                painter.scale(self._scale, self._scale)
                area, _ = self._inside(area, area.topLeft())
            # The bar's room is kept free whether it shows or not, so that nothing jumps when it
            # comes.
            if self.mirrored:
                area.setLeft(area.right() + 1 - self.width)
            else:
                area.setWidth(self.width)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            # A Latin title keeps its full stop at its end in a window that reads from the right.
            painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
            if self.hovers and view.hovered == index and index.flags() & _ENABLED:
                row_ground(painter, area, self.theme.pressed)
            self.draw(painter, area, index.data(Qt.ItemDataRole.UserRole), current)
            if self.hovers and view.selectionModel().isSelected(index):
                self._draw_edge(painter, area)
            if current and view.hasFocus() and view.by_keyboard:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(self.theme.accent), 2))
                painter.drawRoundedRect(QRectF(area).adjusted(7, 1, -7, -1), 6, 6)
        finally:
            painter.restore()
        if self._painted_height(index.data(Qt.ItemDataRole.UserRole)) != option.rect.height():
            view.scheduleDelayedItemsLayout()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        if event.type() != QEvent.Type.ToolTip:
            return super().helpEvent(event, view, option, index)
        row = index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None
        tip = self.tip(row) if row is not None else ""
        QToolTip.showText(event.globalPos(), tip, view)
        return True


class RowList(QListView):
    """A list without frame, batched so that thousands of rows cost nothing at once."""

    taken = Signal(QModelIndex)  # of the row that was clicked, or Enter was pressed on
    delete_wanted = Signal(QModelIndex)  # of the current row, when Del was pressed

    def __init__(self, rows: Rows, delegate: RowDelegate, name: str) -> None:
        super().__init__()
        self.by_keyboard = False
        self.hovered = QPersistentModelIndex()
        self.pressed_at = QPoint()  # where the mouse went down last, in the viewport
        self._delegate = delegate
        self._wanted = QPersistentModelIndex()
        self.setModel(rows)
        self.setItemDelegate(delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # While batches are under way Qt paints no row at all: up to so many are one batch.
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(AT_ONCE)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setAccessibleName(name)
        self.verticalScrollBar().setSingleStep(24)
        self.clicked.connect(self._take)
        self.entered.connect(self._hover)

    def _take(self, index: Index) -> None:
        self.by_keyboard = False
        self.taken.emit(index)

    def _hover(self, index: QModelIndex) -> None:
        self.hovered = QPersistentModelIndex(index)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(QModelIndex())
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.by_keyboard = True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.taken.emit(self.currentIndex())
            return
        # Where several rows can be selected, the pane says what goes.
        is_one = self.selectionMode() == self.SelectionMode.SingleSelection
        if event.key() == Qt.Key.Key_Delete and is_one and self.currentIndex().isValid():
            self.delete_wanted.emit(self.currentIndex())
            return
        super().keyPressEvent(event)
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.by_keyboard = event.reason() in KEYBOARD_REASONS
        if self.by_keyboard and not self.currentIndex().isValid():
            # Without a current row nothing would show where the keyboard is.
            self.setCurrentIndex(first_of(self.model()))
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._take_width():
            self.scheduleDelayedItemsLayout()
        super().resizeEvent(event)

    def _take_width(self) -> bool:
        return self._delegate.set_width(self.width() - SCROLL_BAR_PX)

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        if index.isValid() and self.visualRect(index).isEmpty():
            self._wanted = QPersistentModelIndex(index)
            return
        self._wanted = QPersistentModelIndex()
        super().scrollTo(index, hint)

    def timerEvent(self, event: QTimerEvent) -> None:
        super().timerEvent(event)
        if self._wanted.isValid() and not self.visualRect(self._wanted).isEmpty():
            self.scrollTo(self._wanted)

    def renew(self, *, laid_out: bool = False) -> None:
        """Lays the rows out, unless they are, and paints them anew, as after an edit of one.

        Nothing of it is left for later, so that a long list neither blinks nor moves: the other
        rows' heights are known.
        """
        if self._take_width() or not laid_out:
            self.setLayoutMode(QListView.LayoutMode.SinglePass)
            self.doItemsLayout()
            self.setLayoutMode(QListView.LayoutMode.Batched)
        self.viewport().update()

    def take_focus(self) -> None:
        """Moves the keyboard here, onto the current row or the first that can be current."""
        if not self.currentIndex().isValid():
            self.setCurrentIndex(first_of(self.model()))
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)


def first_of(model: QAbstractItemModel) -> QModelIndex:
    """The first row that can be current."""
    for number in range(model.rowCount()):
        index = model.index(number, 0)
        if index.flags() & _ENABLED:
            return index
    return QModelIndex()
