"""Lists of dialogs that answer Enter themselves, and show long sentences whole."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QListWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QWidget,
)

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ANY_HEIGHT_PX = 100_000


class DialogList(QListWidget):
    """A list whose rows are chosen by Enter.

    Qt lets an Enter that has activated a row on to the dialog, whose default button then acts as
    well: a second document would be restored, or another user made.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in _ENTER and self.currentItem() is not None:
            event.accept()


class DialogTree(QTreeWidget):
    """A tree whose rows are chosen by Enter, as in `DialogList`, and break into lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setItemDelegate(_BrokenText(self))
        self.header().sectionResized.connect(self.doItemsLayout)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in _ENTER and self.currentItem() is not None:
            event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.doItemsLayout()


class _BrokenText(QStyledItemDelegate):
    """Makes a row as high as its lines: QTreeView asks for the height of one line alone."""

    def __init__(self, tree: QTreeWidget) -> None:
        super().__init__(tree)
        self._tree = tree

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        hint = super().sizeHint(option, index)
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        tree = self._tree
        margin = tree.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, None, tree) + 1
        width = tree.columnWidth(index.column()) - 2 * margin
        if index.column() == 0:
            steps, above = int(tree.rootIsDecorated()), index.parent()
            while above.isValid():
                steps, above = steps + 1, above.parent()
            width -= steps * tree.indentation()
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
        lines = shown.fontMetrics.boundingRect(
            QRect(0, 0, max(width, 1), _ANY_HEIGHT_PX), int(flags), shown.text
        )
        one = shown.fontMetrics.height()
        return QSize(hint.width(), max(hint.height(), hint.height() - one + lines.height()))
