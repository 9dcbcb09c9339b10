"""What mouse, keys and focus do to a list of rows, beyond what Qt does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent

from reader.ui.widgets.focus_reasons import KEYBOARD_REASONS
from reader.ui.widgets.rows import first_of

if TYPE_CHECKING:
    from reader.ui.widgets.row_list import RowList

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RowInput(QObject):
    """Sees the events of a list and of its viewport before they do."""

    def __init__(self, view: RowList) -> None:
        super().__init__(view)
        self.by_keyboard = False
        self.hovered = QPersistentModelIndex()
        self.pressed_at = QPoint()  # where the mouse went down last, in the viewport
        self._view = view
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)
        view.clicked.connect(self._take)
        view.entered.connect(self._hover)

    def _take(self, index: QModelIndex) -> None:
        self.by_keyboard = False
        self._view.taken.emit(index)

    def _hover(self, index: QModelIndex) -> None:
        self.hovered = QPersistentModelIndex(index)
        self._view.viewport().update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind, view = event.type(), self._view
        if watched is not view:
            if kind == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
                self.pressed_at = event.position().toPoint()
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._press(event)
        elif kind == QEvent.Type.FocusIn and isinstance(event, QFocusEvent):
            self.by_keyboard = event.reason() in KEYBOARD_REASONS
            if self.by_keyboard and not view.currentIndex().isValid():
                # Without a current row nothing would show where the keyboard is.
                view.setCurrentIndex(first_of(view.model()))
        elif kind == QEvent.Type.FocusOut:
            view.viewport().update()
        elif kind == QEvent.Type.Leave:
            self._hover(QModelIndex())
        elif kind == QEvent.Type.Resize:
            view.take_width()
        elif kind == QEvent.Type.Show:
            view.settle()
        return False

    def _press(self, event: QKeyEvent) -> bool:
        """Enter takes the current row, Del asks for its end; returns whether it was one of them."""
        self.by_keyboard = True
        view, current = self._view, self._view.currentIndex()
        view.viewport().update()
        # Where several rows can be selected, the pane says what goes.
        is_one = view.selectionMode() == view.SelectionMode.SingleSelection
        if event.key() in _ENTER and current.isValid():
            view.taken.emit(current)
        elif event.key() == Qt.Key.Key_Delete and is_one and current.isValid():
            view.delete_wanted.emit(current)
        else:
            return False
        return True
