"""Files of the last import that could not be read, by the reason, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QPushButton,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reader.services.import_queue import Failure
from reader.session.passwords import LockedFile
from reader.session.session import Session
from reader.ui.widgets.controls import resize_with_text
from reader.ui.widgets.dialog_lists import DialogTree
from reader.ui.widgets.reveal import reveal

_ROLE = Qt.ItemDataRole.UserRole
_ACTION = QDialogButtonBox.ButtonRole.ActionRole


class FailuresDialog(QDialog):
    """A group for each reason; what is selected can be tried again, or all when nothing is."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._failed = session.imports.failed
        self.setWindowTitle("Files Not Imported")
        resize_with_text(self, 660, 420)
        self._tree = DialogTree(self)
        self._tree.setObjectName("failures")
        self._tree.setAccessibleName("Files not imported")
        self._tree.setHeaderHidden(True)
        self._tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._fill()
        self._tree.itemSelectionChanged.connect(self._enable)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self._password = buttons.addButton("Password…", _ACTION)
        self._again = buttons.addButton("Try Again", _ACTION)
        self._show = buttons.addButton("Show in Folder", _ACTION)
        self._copy = buttons.addButton("Copy List", _ACTION)
        # Enter in the list must not close the window.
        for button in buttons.findChildren(QPushButton):
            button.setAutoDefault(False)
        self._password.setToolTip("Type the password of the selected file")
        self._again.setToolTip("Import the selected files again, or all")
        self._show.setToolTip("Open the folder that the selected file lies in")
        self._copy.setToolTip("Copy all names with their reasons")
        self._password.clicked.connect(self._ask_password)
        self._again.clicked.connect(self._try_again)
        self._show.clicked.connect(self._reveal)
        self._copy.clicked.connect(self._copy_list)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self._tree)
        column.addWidget(buttons)
        self._enable()

    def _by_reason(self) -> dict[str, list[Failure]]:
        groups: dict[str, list[Failure]] = {}
        for one in self._failed:
            groups.setdefault(one.reason, []).append(one)
        return groups

    def _fill(self) -> None:
        for reason, failed in self._by_reason().items():
            count = "1 file" if len(failed) == 1 else f"{len(failed)} files"
            group = QTreeWidgetItem([f"{reason} ({count})"])
            self._tree.addTopLevelItem(group)
            for one in failed:
                item = QTreeWidgetItem([one.name])
                item.setToolTip(0, one.path)
                item.setData(0, _ROLE, one)
                group.addChild(item)
            group.setExpanded(True)

    @property
    def _selected(self) -> list[Failure]:
        """The selected files, those of a selected group among them, in the order of the list."""
        found: list[Failure] = []
        for item in self._tree.selectedItems():
            inside = [item.child(number) for number in range(item.childCount())] or [item]
            found += [one.data(0, _ROLE) for one in inside if one is not None]
        return [one for one in self._failed if one in found]

    def _enable(self) -> None:
        selected = self._selected
        self._password.setEnabled(len(selected) == 1 and selected[0].is_locked)
        self._show.setEnabled(len(selected) == 1)
        self._again.setEnabled(bool(self._failed))
        self._copy.setEnabled(bool(self._failed))

    def _ask_password(self) -> None:
        (one,) = self._selected
        self.accept()
        self._session.imports.password_required.emit(LockedFile(one.path, one.sentence))

    def _try_again(self) -> None:
        wanted = self._selected or self._failed
        self.accept()
        self._session.imports.add([one.path for one in wanted])

    def _reveal(self) -> None:
        for one in self._selected[:1]:
            reveal(one.path)

    def _copy_list(self) -> None:
        lines = [
            f"{one.path}: {reason}" for reason, some in self._by_reason().items() for one in some
        ]
        QGuiApplication.clipboard().setText("\n".join(lines))
