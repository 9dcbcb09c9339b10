"""Chooses the document that is another file of the open article."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reader.session.same_article import file_kind
from reader.session.session import Session
from reader.ui.widgets.dialog_lists import DialogList

# More rows than anybody looks through; the filter reaches the others.
MOST_SHOWN = 200


class SameArticleDialog(QDialog):
    """The other documents of the library, the likeliest first, with a filter."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._same_article = session.same_article
        self._entries = session.same_article.candidates()
        self.setWindowTitle("Same Article As")
        said = QLabel(
            "Choose the other file of this article, such as its PDF. Both stay in the library; "
            "your notes on each show in both, where their place is sure.",
            self,
        )
        said.setWordWrap(True)
        self._filter = QLineEdit(self)
        self._filter.setPlaceholderText("Filter by title or file name")
        self._filter.setAccessibleName("Filter documents by title or file name")
        self._filter.setClearButtonEnabled(True)
        self._filter.textChanged.connect(self._show)
        self._list = DialogList(self)
        self._list.setAccessibleName("Documents")
        self._list.itemActivated.connect(self._join)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.join = buttons.addButton("Join", QDialogButtonBox.ButtonRole.AcceptRole)
        self.join.setDefault(True)
        buttons.accepted.connect(self._join)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addStrut(560)
        for widget in (said, self._filter, self._list, buttons):
            column.addWidget(widget)
        self._show()

    def _show(self, _text: str = "") -> None:
        words = self._filter.text().casefold().split()
        self._list.clear()
        for entry in self._entries:
            named = f"{entry.title} {entry.source}".casefold()
            if all(word in named for word in words):
                said = f"{entry.title} – {file_kind(entry.source)} “{entry.source}”"
                item = QListWidgetItem(said)
                item.setData(Qt.ItemDataRole.UserRole, entry.id)
                self._list.addItem(item)
            if self._list.count() == MOST_SHOWN:
                break
        self._list.setCurrentRow(0)
        self.join.setEnabled(self._list.count() > 0)

    def _join(self, _item: object = None) -> None:
        chosen = self._list.currentItem()
        if chosen is not None:
            self.accept()
            self._same_article.join(chosen.data(Qt.ItemDataRole.UserRole))
