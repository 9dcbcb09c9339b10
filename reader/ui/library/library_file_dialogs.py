"""Dialogs about the library in one file: how far it is, and whether it is to be opened."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reader.session.session import Session
from reader.settings import EXPORT_FOLDER
from reader.ui.widgets.dialog_lists import DialogList

# As services/pack_file.py has it; a start is not to load it.
SUFFIX = ".offprint-library"
_FILTER = f"Packed libraries (*{SUFFIX})"
_WIDTH_PX = 440
_LIST_PX = 120


class ProgressDialog(QDialog):
    """Stays until packing or unpacking has ended, and can give it up."""

    def __init__(self, session: Session, doing: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._files = session.library_files
        self.setWindowTitle(doing)
        self._label = QLabel(f"{doing}: {name}", self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 100)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(doing)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        buttons.rejected.connect(self.reject)
        self._files.progress.connect(self._bar.setValue)
        self._files.ended.connect(self._take_end)
        column = QVBoxLayout(self)
        column.addStrut(_WIDTH_PX)
        for widget in (self._label, self._bar, buttons):
            column.addWidget(widget)

    def reject(self) -> None:
        """Gives it up; the dialog goes when it has ended."""
        self._label.setText("Stopping…")
        self._files.cancel()

    def _take_end(self, is_done: bool) -> None:
        self.done(int(QDialog.DialogCode.Accepted if is_done else QDialog.DialogCode.Rejected))


class OpenDialog(QDialog):
    """Asks whether a checked library is to take the place of the open one."""

    def __init__(self, session: Session, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Open Packed Library")
        library = session.library_files.checked
        made, what = (library.made, library.summary) if library is not None else ("", "")
        text = QLabel(
            f"“{name}” is whole: {what}, packed on {made[:10]}.\n\n"
            "It takes the place of the library that is open now. That one is kept beside it, with "
            "all its notes, and can be put back here at any time.",
            self,
        )
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        text.setMinimumWidth(_WIDTH_PX)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        open_it = buttons.addButton("Open It", QDialogButtonBox.ButtonRole.AcceptRole)
        open_it.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(text)
        column.addWidget(buttons)


class FormerDialog(QDialog):
    """Offers the libraries that others took the place of, beside a file; `chosen` is one of them.

    Without one, a file is wanted.
    """

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Open Packed Library")
        self.chosen: Path | None = None
        self._list = DialogList(self)
        self._list.setAccessibleName("Former libraries")
        self._list.setFixedHeight(_LIST_PX)
        for path, made in session.library_files.former:
            item = QListWidgetItem(f"Until {_local(made)}", self._list)
            item.setData(Qt.ItemDataRole.UserRole, str(path))
        self._list.setCurrentRow(0)
        self._list.itemActivated.connect(self._put_back)
        text = QLabel("Open a file, or put a library back that was here before:", self)
        text.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        file = QPushButton("Choose File…", self)
        put_back = QPushButton("Put Back", self)
        buttons.addButton(put_back, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(file, QDialogButtonBox.ButtonRole.AcceptRole)
        file.setDefault(True)
        put_back.clicked.connect(self._put_back)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addStrut(_WIDTH_PX)
        for widget in (text, self._list, buttons):
            column.addWidget(widget)

    def _put_back(self) -> None:
        item = self._list.currentItem()
        if item is not None:
            self.chosen = Path(item.data(Qt.ItemDataRole.UserRole))
            self.accept()


def _local(made: datetime) -> str:
    return f"{made.astimezone():%Y-%m-%d %H:%M}"


def pack_library(session: Session, parent: QWidget) -> None:
    """Asks where the library is to be packed, and stays until that is done."""
    folder = Path(session.settings.get(EXPORT_FOLDER) or Path.home())
    name = f"Offprint {datetime.now():%Y-%m-%d}{SUFFIX}"
    path, _ = QFileDialog.getSaveFileName(parent, "Pack Library", str(folder / name), _FILTER)
    if not path:
        return
    path = path if path.endswith(SUFFIX) else path + SUFFIX
    session.settings.set(EXPORT_FOLDER, str(Path(path).parent))
    dialog = ProgressDialog(session, "Packing the library", Path(path).name, parent)
    QTimer.singleShot(0, dialog, partial(session.library_files.pack, path))
    dialog.exec()


def open_packed_library(session: Session, parent: QWidget) -> None:
    """Asks for a packed library, has it checked, and asks whether it is to be opened."""
    if session.library_files.former:
        dialog = FormerDialog(session, parent)
        if not dialog.exec():
            return
        if dialog.chosen is not None:
            session.library_files.put_back(dialog.chosen)
            return
    folder = session.settings.get(EXPORT_FOLDER)
    path, _ = QFileDialog.getOpenFileName(
        parent, "Open Packed Library", folder, f"{_FILTER};;All files (*)"
    )
    if not path:
        return
    progress = ProgressDialog(session, "Checking the library", Path(path).name, parent)
    QTimer.singleShot(0, progress, partial(session.library_files.unpack, path))
    if progress.exec():
        if OpenDialog(session, Path(path).name, parent).exec():
            session.library_files.open_checked()
        else:
            session.library_files.cancel()
