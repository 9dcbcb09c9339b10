"""Setting, changing and removing a passphrase, and the recovery code, which is shown once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reader.problem import Problem
from reader.services.output_files import write_whole
from reader.session.session import Session
from reader.store.key_file import check_new_passphrase, new_recovery_code
from reader.ui.widgets.theme import Theme

_TEXT_WIDTH = 440
_WHAT_IT_DOES = (
    "With a passphrase your notes, tags, searches, settings and reading positions, and all backups "
    "of them, are encrypted: nobody else who uses this computer can read them. The documents are "
    "shared by all users and stay readable.\n\n"
    "If you lose both the passphrase and the recovery code, which is shown next, your notes are "
    "lost: nobody can bring them back."
)
_WHAT_REMOVING_DOES = (
    "Without a passphrase, whoever can use this computer account can read your notes and all "
    "backups of them."
)
_PAGE = (
    "Offprint: recovery code\n\nUser: {user}\n\n{code}\n\n"
    "This code opens your notes if you forget your passphrase. Keep it where nobody who uses your "
    "computer finds it. If you lose both, your notes are lost."
)


class _Fields:
    """A column of text, fields for secrets, a line for problems, and two buttons."""

    def __init__(
        self, dialog: QDialog, theme: Theme, text: str, names: Sequence[str], button: str
    ) -> None:
        self.fields = {name: _secret_field(dialog, name) for name in names}
        self._said = QLabel(dialog)
        self._said.setObjectName("problem")
        self._said.setWordWrap(True)
        self._said.setFixedWidth(round(theme.px(_TEXT_WIDTH)))
        self._said.setStyleSheet(f"color: {theme.edges['pink']};")
        self._said.hide()
        told = _told(dialog, theme, text)
        told.setStyleSheet(f"color: {theme.ink2};")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, dialog)
        self.accept = buttons.addButton(button, QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept.setObjectName("accept")
        self.accept.setDefault(True)
        buttons.rejected.connect(dialog.reject)
        self.accepted = buttons.accepted
        column = _column(dialog)
        for widget in (told, *self.fields.values(), self._said, buttons):
            column.addWidget(widget)
        next(iter(self.fields.values())).setFocus()

    def text(self, name: str) -> str:
        """What is typed in a field."""
        return self.fields[name].text()

    def new_passphrase(self) -> str:
        """The passphrase that was typed twice.

        Raises:
            Problem: when it is too short, or not typed the same twice.
        """
        passphrase = self.text("New passphrase")
        check_new_passphrase(passphrase)
        if passphrase != self.text("New passphrase again"):
            raise Problem("The two passphrases are not the same.")
        return passphrase

    def say(self, problem: Problem) -> None:
        """Show what is wrong, and let it be typed again."""
        self.set_busy(False)
        self._said.setText(problem.sentence)
        self._said.show()

    def set_busy(self, is_busy: bool) -> None:
        """Let nothing be typed while a passphrase is tried."""
        for widget in (*self.fields.values(), self.accept):
            widget.setEnabled(not is_busy)

    def clear(self) -> None:
        """Forget what was typed."""
        for field in self.fields.values():
            field.clear()


def _told(parent: QWidget, theme: Theme, text: str) -> QLabel:
    label = QLabel(text, parent)
    label.setWordWrap(True)
    # Wrapped text has its height only once its width is known.
    label.setFixedWidth(round(theme.px(_TEXT_WIDTH)))
    return label


def _column(dialog: QDialog) -> QVBoxLayout:
    """A layout that is as large as what it shows now."""
    column = QVBoxLayout(dialog)
    column.setContentsMargins(24, 20, 24, 20)
    column.setSpacing(10)
    column.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
    return column


def _secret_field(parent: QWidget, name: str) -> QLineEdit:
    field = QLineEdit(parent)
    field.setObjectName(name)
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setPlaceholderText(name)
    field.setAccessibleName(name)
    return field


class SetPassphraseDialog(QDialog):
    """Asks twice for a passphrase, and says what is encrypted and what is not."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Set Passphrase")
        names = "New passphrase", "New passphrase again"
        text = f"{_WHAT_IT_DOES}\n\nThe passphrase is for the user “{session.workspace.user}”."
        self._form = _Fields(self, theme, text, names, "Continue")
        self._form.accepted.connect(self._take)
        self.passphrase = ""

    def _take(self) -> None:
        try:
            self.passphrase = self._form.new_passphrase()
        except Problem as problem:
            self._form.say(problem)
            return
        self._form.clear()
        self.accept()


class ChangePassphraseDialog(QDialog):
    """Asks for the passphrase until now, or the recovery code, and twice for another."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle("Change Passphrase")
        text = (
            "Your notes stay as they are, and the recovery code stays good. If you have forgotten "
            "the passphrase, give the recovery code in its place."
        )
        names = "Passphrase until now, or recovery code", "New passphrase", "New passphrase again"
        self._old = names[0]
        self._form = _Fields(self, theme, text, names, "Change")
        self._form.accepted.connect(self._change)

    def _change(self) -> None:
        try:
            passphrase = self._form.new_passphrase()
        except Problem as problem:
            self._form.say(problem)
            return
        self._form.set_busy(True)
        self._session.users.locking.change_passphrase(
            self._form.text(self._old), passphrase, self.accept, self._form.say
        )


class RemovePassphraseDialog(QDialog):
    """Asks for the passphrase before the notes can be read by anybody; says that they can then."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle("Remove Passphrase")
        self._name = "Passphrase, or recovery code"
        self._form = _Fields(self, theme, _WHAT_REMOVING_DOES, [self._name], "Remove")
        self._form.accepted.connect(self._remove)
        session.users.locking.asked.connect(self.accept)

    def _remove(self) -> None:
        self._form.set_busy(True)
        self._session.users.locking.remove_passphrase(self._form.text(self._name), self._form.say)


class RecoveryCodeDialog(QDialog):
    """Shows the recovery code, this once, to be copied, printed or saved."""

    def __init__(self, user: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.code = new_recovery_code()
        self._user = user
        self.setWindowTitle("Recovery Code")
        told = _told(
            self,
            theme,
            "This code opens your notes if you forget the passphrase. It is shown this once: print "
            "it, and keep it where nobody who uses this computer finds it.",
        )
        told.setStyleSheet(f"color: {theme.ink2};")
        half = len(self.code) // 2
        shown = QLabel(f"{self.code[:half]}\n{self.code[half + 1 :]}", self)
        shown.setObjectName("code")
        shown.setAccessibleName("Recovery code")
        shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        # The application's style sheet would set aside a font.
        shown.setStyleSheet(f"font-size: {theme.px(20)}px; font-weight: 600;")
        shown.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._said = _told(self, theme, "")
        self._said.setObjectName("said")
        self._said.hide()
        row = QHBoxLayout()
        for name, title, does in (
            ("copy", "Copy", self._copy),
            ("print", "Print…", self._print),
            ("save", "Save…", self._save),
        ):
            button = QPushButton(title, self)
            button.setObjectName(name)
            button.setAutoDefault(False)
            button.clicked.connect(does)
            row.addWidget(button)
        self._kept = QCheckBox("I have the code on paper or in another safe place", self)
        self._kept.setObjectName("kept")
        self._kept.toggled.connect(self._enable)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._accept = buttons.addButton("Encrypt Notes", QDialogButtonBox.ButtonRole.AcceptRole)
        self._accept.setObjectName("accept")
        self._accept.setEnabled(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = _column(self)
        column.addWidget(told)
        column.addWidget(shown)
        column.addLayout(row)
        for widget in (self._said, self._kept, buttons):
            column.addWidget(widget)

    def _enable(self, is_kept: bool) -> None:
        self._accept.setEnabled(is_kept)

    @property
    def _page(self) -> str:
        return _PAGE.format(user=self._user, code=self.code)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.code)
        self._say("The code is copied. Other programs can read it until you copy something else.")

    def _print(self) -> None:
        # Here, as few need it.
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec():
            page = QTextDocument(self)
            page.setPlainText(self._page)
            page.print_(printer)
            self._say("The code is sent to the printer.")

    def _save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self,
            "Save Recovery Code",
            f"Offprint recovery code of {self._user}.txt",
            "Text (*.txt)",
        )
        if not name:
            return
        try:
            write_whole(Path(name), self._page.encode())
        except Problem as problem:
            self._say(problem.sentence)
        else:
            self._say(f"The code is saved as “{Path(name).name}”. Keep it off this computer.")

    def _say(self, sentence: str) -> None:
        self._said.setText(sentence)
        self._said.show()
