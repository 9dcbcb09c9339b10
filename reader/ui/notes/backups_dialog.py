"""The copies of a user's notes, and the way back to one of them."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reader.session.session import Session
from reader.ui.widgets.theme import Theme


class BackupsDialog(QDialog):
    """Restores a backup, or makes one now."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle("Backups of Notes")
        self.setMinimumSize(460, 320)
        text = QLabel(
            "Notes are copied and checked at every start; the last five copies are kept, one of "
            "each of seven days and one of each of four weeks. When one is restored, the notes as "
            "they are now are copied first.",
            self,
        )
        text.setWordWrap(True)
        text.setStyleSheet(f"color: {theme.ink2};")
        self._list = QListWidget(self)
        self._list.setAccessibleName("Backups")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self._make = QPushButton("Back up now", self)
        self._restore = QPushButton("Restore", self)
        buttons.addButton(self._make, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self._restore, QDialogButtonBox.ButtonRole.ActionRole)
        self._make.clicked.connect(self._back_up)
        self._restore.clicked.connect(self._put_back)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (text, self._list, buttons):
            column.addWidget(widget)
        self._show()

    def _show(self) -> None:
        self._backups = self._session.users.backups
        self._list.clear()
        for one in self._backups:
            self._list.addItem(f"{one.made.astimezone():%A, %d %B %Y, %H:%M}")
        self._list.setCurrentRow(0)
        self._restore.setEnabled(bool(self._backups))

    def _back_up(self) -> None:
        self._session.users.back_up()
        self._show()

    def _put_back(self) -> None:
        chosen = self._backups[self._list.currentRow()]
        self.accept()
        self._session.users.restore(chosen)
