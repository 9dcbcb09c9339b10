"""Asks which file or folder notes are exported to, and for the passphrase of an encrypted one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from reader.exporters.registry import Format
from reader.services.encrypted_export import SUFFIX, passphrase_problem
from reader.session.session import Session
from reader.settings import EXPORT_FOLDER
from reader.ui.widgets.theme import Theme

_LONGEST_NAME = 60
_WIDTH_PX = 440


def file_name(title: str) -> str:
    """A title as the name of a file, without what no system takes; "Notes" when nothing is left."""
    return "".join(c for c in title[:_LONGEST_NAME] if c.isalnum() or c in " -_").strip() or "Notes"


def ask_target(
    session: Session, one: Format, name: str, parent: QWidget, is_encrypted: bool = False
) -> str:
    """The file or the folder that a person chooses for a format; "" when none."""
    folder = Path(session.settings.get(EXPORT_FOLDER) or Path.home())
    is_folder = one.is_folder and not is_encrypted
    if is_folder:
        path = QFileDialog.getExistingDirectory(parent, "Export Notes into a Folder", str(folder))
    else:
        suffix = SUFFIX if is_encrypted else one.suffix
        title = "Encrypted ZIP" if is_encrypted else one.title
        path, _ = QFileDialog.getSaveFileName(
            parent, "Export Notes", str(folder / f"{name}{suffix}"), f"{title} (*{suffix})"
        )
    if path:
        session.settings.set(EXPORT_FOLDER, path if is_folder else str(Path(path).parent))
    return path


class PassphraseDialog(QDialog):
    """Asks twice for the passphrase of an encrypted file; nobody can open it without."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Passphrase")
        text = QLabel(
            "Whoever opens the ZIP is asked for this passphrase. It is kept nowhere: when it is "
            "lost, the file stays closed. The names of files in it are not encrypted. 7-Zip and "
            "WinZip open it; what the system brings may not.",
            self,
        )
        text.setWordWrap(True)
        text.setStyleSheet(f"color: {theme.ink2};")
        self._first, self._second = QLineEdit(self), QLineEdit(self)
        form = QFormLayout()
        for field, name in ((self._first, "Passphrase"), (self._second, "Once more")):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setAccessibleName(name)
            form.addRow(name, field)
        self._problem = QLabel(self)
        self._problem.setObjectName("problem")
        self._problem.setWordWrap(True)
        self._problem.setStyleSheet(f"color: {theme.edges['pink']};")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        encrypt = buttons.addButton("Encrypt", QDialogButtonBox.ButtonRole.AcceptRole)
        encrypt.setDefault(True)
        buttons.accepted.connect(self._check)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addStrut(_WIDTH_PX)
        column.addWidget(text)
        column.addLayout(form)
        column.addWidget(self._problem)
        column.addWidget(buttons)

    @property
    def passphrase(self) -> str:
        """What was typed."""
        return self._first.text()

    def _check(self) -> None:
        problem = passphrase_problem(self._first.text(), self._second.text())
        self._problem.setText(problem)
        if not problem:
            self.accept()


def ask_passphrase(theme: Theme, parent: QWidget) -> str:
    """The passphrase that a person types twice; "" when none."""
    dialog = PassphraseDialog(theme, parent)
    typed = dialog.passphrase if dialog.exec() else ""
    dialog.deleteLater()  # and what was typed with it
    return typed
