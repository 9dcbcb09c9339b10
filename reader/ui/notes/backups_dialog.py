"""The copies of a user's notes, and the way back to one of them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reader.session.session import Session
from reader.ui.widgets.controls import resize_with_text
from reader.ui.widgets.dates import short_moment
from reader.ui.widgets.theme import Theme

_MAKE, _RESTORE = "Back Up Now", "Restore"


class BackupsDialog(QDialog):
    """Restores a backup, or makes one now."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle("Backups of Notes")
        resize_with_text(self, 620, 380)
        text = QLabel(
            "Notes are copied and checked at every start, and before anything that changes many. "
            "The last copies are kept, some of the days and weeks before, and every one that "
            "holds a note which no later one holds. When one is restored, the notes as they are "
            "now are copied first.",
            self,
        )
        text.setWordWrap(True)
        text.setStyleSheet(f"color: {theme.ink2};")
        self._list = QTreeWidget(self)
        self._list.setAccessibleName("Backups")
        self._list.setHeaderLabels(["Made", "Notes", "Last edited", "Why"])
        self._list.setRootIsDecorated(False)
        self._list.setUniformRowHeights(True)
        self._list.setAllColumnsShowFocus(True)
        self._list.setStyleSheet("QTreeWidget::item { padding: 4px 8px; }")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self._make = QPushButton(_MAKE, self)
        self._restore = QPushButton(_RESTORE, self)
        buttons.addButton(self._make, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self._restore, QDialogButtonBox.ButtonRole.ActionRole)
        self._is_restoring = False
        self._make.clicked.connect(self._back_up)
        session.users.backup_ended.connect(self._take_end)
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
            held = one.holds
            row = QTreeWidgetItem(self._list, [short_moment(one.made)])
            row.setTextAlignment(1, Qt.AlignmentFlag.AlignRight)
            if held is None:
                row.setText(3, "Cannot be read")
                continue
            row.setText(1, str(held.notes))
            row.setText(2, short_moment(held.newest))
            row.setText(3, held.reason.capitalize())
        if (first := self._list.topLevelItem(0)) is not None:
            self._list.setCurrentItem(first)
        for column in range(self._list.columnCount()):
            self._list.resizeColumnToContents(column)
        self._restore.setEnabled(bool(self._backups))

    def _back_up(self) -> None:
        self._set_waiting(True)
        self._make.setText("Backing up…")
        self._session.users.back_up()

    def _put_back(self) -> None:
        chosen = self._backups[self._list.currentIndex().row()]
        self._set_waiting(True)
        self._is_restoring = True
        self._restore.setText("Restoring…")
        self._session.users.restore(chosen)

    def _set_waiting(self, is_waiting: bool) -> None:
        for widget in (self._list, self._make, self._restore):
            widget.setEnabled(not is_waiting)

    def _take_end(self) -> None:
        if self._is_restoring:
            self._is_restoring = False
            self.accept()
        else:
            self._make.setText(_MAKE)
            self._set_waiting(False)
            self._show()

    def done(self, result: int) -> None:
        """Ends the dialog; it hears of no backup any more."""
        self._session.users.backup_ended.disconnect(self._take_end)
        super().done(result)

    def reject(self) -> None:
        """Closes; not while a backup is restored, for no note may be edited meanwhile."""
        if not self._is_restoring:
            super().reject()
