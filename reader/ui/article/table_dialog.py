"""A table in a window of its own, where wide ones have room and scroll both ways."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QDialog, QLabel, QTableView, QVBoxLayout, QWidget

from reader.model.document import Document, Table
from reader.ui.widgets.controls import resize_with_text
from reader.ui.widgets.theme import Theme, sans, serif

WIDEST_PX = 360
_TEXT_PX = 15.5


class TableDialog(QDialog):
    """Shows one table with its caption; no word is broken, and long cells are wrapped."""

    def __init__(
        self, document: Document, table: Table, theme: Theme, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        caption = table.caption.cut(document.text) if table.caption is not None else ""
        self.setWindowTitle(caption[:80] or "Table")
        resize_with_text(self, 1000, 600)
        said = QLabel(caption, self)
        said.setWordWrap(True)
        said.setTextFormat(Qt.TextFormat.PlainText)
        said.setVisible(bool(caption))
        self.view = QTableView(self)
        self.view.setModel(self._model(document, table))
        self.view.setAccessibleName(caption or "Table")
        self.view.setToolTip("Arrow keys and the wheel scroll; Esc closes")
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setStyleSheet(
            f"QTableView {{ background: {theme.paper}; gridline-color: {theme.line}; }}"
            f"QTableView::item:selected {{ background: {theme.accent_soft}; color: {theme.ink};"
            f" border: 1px solid {theme.accent}; }}"
        )
        self.view.horizontalHeader().hide()
        self.view.verticalHeader().hide()
        for cell in table.cells:
            if cell.row_span > 1 or cell.column_span > 1:
                self.view.setSpan(cell.row, cell.column, cell.row_span, cell.column_span)
        self.view.resizeColumnsToContents()
        for column in range(self.view.model().columnCount()):
            self.view.setColumnWidth(column, min(self.view.columnWidth(column) + 12, WIDEST_PX))
        self.view.resizeRowsToContents()
        column_of = QVBoxLayout(self)
        column_of.addWidget(said)
        column_of.addWidget(self.view, 1)

    def _model(self, document: Document, table: Table) -> QStandardItemModel:
        rows = max((cell.row + cell.row_span for cell in table.cells), default=0)
        columns = max((cell.column + cell.column_span for cell in table.cells), default=0)
        model = QStandardItemModel(rows, columns, self)
        for cell in table.cells:
            item = QStandardItem(cell.span.cut(document.text))
            item.setFont(sans(13, 600) if cell.header else serif(_TEXT_PX))
            item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            model.setItem(cell.row, cell.column, item)
        return model
