"""The list that every pane shows its rows in, and the delegate that paints them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListView,
    QStyledItemDelegate,
    QWidget,
)

from reader.ui.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem

Index = QModelIndex | QPersistentModelIndex


class Rows(QAbstractListModel):
    """Rows of one kind, replaced as a whole or one by one; `say` is what is read out of a row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Any] = []

    def set_rows(self, rows: list[Any]) -> None:
        """Shows other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def say(self, row: Any) -> str:
        """A row in words."""
        return str(row)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = 0) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        if role == Qt.ItemDataRole.UserRole:
            return self.rows[index.row()]
        spoken = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole)
        return self.say(self.rows[index.row()]) if role in spoken else None


class RowDelegate(QStyledItemDelegate):
    """Paints rows whose height depends on the width; subclasses say how high and how."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.width = 240

    def height(self, row: Any) -> int:
        """How high a row is at the present width, in pixels."""
        raise NotImplementedError

    def draw(self, painter: QPainter, area: QRect, row: Any, current: bool) -> None:
        """Paints a row."""
        raise NotImplementedError

    def set_width(self, width: int) -> bool:
        """Takes another width; whether it is another."""
        changed = width != self.width
        self.width = width
        return changed

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self.width, self.height(index.data(Qt.ItemDataRole.UserRole)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        view = option.widget if isinstance(option.widget, RowList) else None
        current = view is not None and view.currentIndex() == index
        area = option.rect
        self.draw(painter, area, index.data(Qt.ItemDataRole.UserRole), current)
        if current and view is not None and view.hasFocus() and view.by_keyboard:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self.theme.accent), 2))
            painter.drawRoundedRect(QRectF(area).adjusted(7, 1, -7, -1), 6, 6)
        painter.restore()


class RowList(QListView):
    """A list without frame, batched so that thousands of rows cost nothing at once."""

    taken = Signal(object)  # the row that was clicked, or Enter was pressed on

    def __init__(self, rows: Rows, delegate: RowDelegate, name: str) -> None:
        super().__init__()
        self.by_keyboard = False
        self._delegate = delegate
        self.setModel(rows)
        self.setItemDelegate(delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(100)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setAccessibleName(name)
        self.verticalScrollBar().setSingleStep(24)
        self.clicked.connect(self._take)

    def _take(self, index: Index) -> None:
        self.by_keyboard = False
        self.taken.emit(index.data(Qt.ItemDataRole.UserRole))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.by_keyboard = True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.taken.emit(self.currentIndex().data(Qt.ItemDataRole.UserRole))
            return
        super().keyPressEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._delegate.set_width(self.viewport().width()):
            self.scheduleDelayedItemsLayout()
        super().resizeEvent(event)

    def renew(self) -> None:
        """Lays the rows out and paints them anew, as after a change of theme."""
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def take_focus(self) -> None:
        """Moves the keyboard here, onto the current row or the first."""
        self.by_keyboard = True
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.model().index(0, 0))
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)


class Caps(QLabel):
    """A pane's heading in small letters."""

    def __init__(self, text: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(text.upper(), parent)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draws itself in the colours of `theme` from now on."""
        self.setStyleSheet(
            f"color: {theme.ink3}; font-size: 11px; font-weight: 600; letter-spacing: 0.6px;"
        )


def row_ground(painter: QPainter, area: QRect, colour: str) -> None:
    """The rounded ground of a row."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(QRectF(area).adjusted(8, 1, -8, -1), 6, 6)
