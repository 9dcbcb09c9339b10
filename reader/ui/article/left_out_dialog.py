"""What a file shows and the page does not: the list of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reader.model.document import Document
from reader.model.left_out import LeftOut
from reader.model.span import Span
from reader.session.session import Session
from reader.ui.widgets.controls import resize_with_text
from reader.ui.widgets.dialog_lists import DialogTree
from reader.ui.widgets.theme import Theme

_MOST_WORDS = 2_000


class LeftOutDialog(QDialog):
    """Every part of the file that is not in the text, its reason and its words."""

    def __init__(
        self, session: Session, document: Document, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle("Left Out")
        self.setMinimumSize(480, 320)
        resize_with_text(self, 720, 480)
        about = QLabel(
            "The file shows these words too. They are not in the page, the search or the notes."
            if document.left_out
            else "Nothing of the file was left out.",
            self,
        )
        about.setWordWrap(True)
        about.setStyleSheet(f"color: {theme.ink2};")
        self.list = DialogTree(self)
        self.list.setAccessibleName("Parts left out")
        self.list.setHeaderLabels(["Reason", "Words"])
        self.list.setRootIsDecorated(False)
        header = self.list.header()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        # What a reader may miss comes first.
        for one in sorted(document.left_out, key=lambda o: (not o.matters, o.at)):
            self._add(one)
        self.list.itemActivated.connect(self._go)
        self.list.setVisible(bool(document.left_out))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (about, self.list, buttons):
            column.addWidget(widget)

    def _add(self, one: LeftOut) -> None:
        words = one.words if len(one.words) <= _MOST_WORDS else one.words[:_MOST_WORDS] + " …"
        reason = "lost by mistake" if one.reason == "unaccounted" else one.reason
        item = QTreeWidgetItem([reason.capitalize(), words])
        item.setData(0, Qt.ItemDataRole.UserRole, one.at)
        item.setToolTip(0, "Press Enter to go to where it stood")
        item.setTextAlignment(0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        if one.matters:
            font = item.font(0)
            font.setBold(True)
            item.setFont(0, font)
        self.list.addTopLevelItem(item)

    def _go(self, item: QTreeWidgetItem) -> None:
        at = int(item.data(0, Qt.ItemDataRole.UserRole))
        self.accept()
        self._session.navigation.go_to(Span(at, at))
