"""What is shown of locked notes: a field for the passphrase, and nothing that is in them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from reader.paths import Paths
from reader.problem import Problem
from reader.services import passphrases
from reader.session.background import Background
from reader.store.encryption import Key, can_encrypt, cannot_open, is_locked
from reader.ui.widgets.theme import Theme

_TEXT_WIDTH = 400
# No user can be called so: a name has no such sign.
_NEW_USER = "New User…"


class LockScreen(QDialog):
    """Asks for a user's passphrase; without a window behind it, another user can be chosen or made.

    Once it is accepted, `user` is who reads and `key` opens their notes; it is None for notes that
    have no passphrase.
    """

    def __init__(
        self, paths: Paths, user: str, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._paths = paths
        self._background = Background(self)
        self.key: Key | None = None
        self.setWindowTitle("Unlock Notes" if parent is not None else "Offprint")
        self._users = QComboBox(self)
        self._users.setObjectName("users")
        self._users.setAccessibleName("User")
        others = [*paths.users(), _NEW_USER] if parent is None else []
        names = list(dict.fromkeys([user, *others]))
        self._users.addItems(names)
        self._users.setEnabled(len(names) > 1)
        self._users.currentTextChanged.connect(self._choose)
        self._head = QLabel(self)
        self._head.setTextFormat(Qt.TextFormat.PlainText)
        self._head.setWordWrap(True)
        self._secret = QLineEdit(self)
        self._secret.setObjectName("secret")
        self._secret.setEchoMode(QLineEdit.EchoMode.Password)
        self._secret.setPlaceholderText("Passphrase, or recovery code")
        self._secret.setAccessibleName("Passphrase, or recovery code")
        self._new = QLineEdit(self)
        self._new.setObjectName("new_user")
        self._new.setPlaceholderText("Name of a new user")
        self._new.setAccessibleName("Name of a new user")
        self._said = QLabel(self)
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._said.setObjectName("problem")
        self._said.setWordWrap(True)
        self._said.setStyleSheet(f"color: {theme.edges['pink']};")
        self._said.hide()
        hint = QLabel("Documents are shared by all users; notes are each user’s own.", self)
        hint.setWordWrap(True)
        hint.setStyleSheet(f"color: {theme.ink2};")
        buttons = QDialogButtonBox(self)
        self._open = buttons.addButton("Unlock", QDialogButtonBox.ButtonRole.AcceptRole)
        self._open.setObjectName("unlock")
        self._open.setDefault(True)
        leave = "Cancel" if parent is not None else "Quit"
        buttons.addButton(leave, QDialogButtonBox.ButtonRole.RejectRole).setObjectName("leave")
        buttons.accepted.connect(self._unlock)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        for label in (self._head, self._said, hint):
            # Wrapped text has its height only once its width is known.
            label.setFixedWidth(round(theme.px(_TEXT_WIDTH)))
        for widget in (
            *(self._head, self._users, self._new, self._secret, self._said),
            *(hint, buttons),
        ):
            column.addWidget(widget)
        self._choose(user)

    @property
    def user(self) -> str:
        """Who was chosen."""
        return self._users.currentText()

    def _choose(self, user: str) -> None:
        is_new = user == _NEW_USER
        is_closed = not is_new and is_locked(self._paths.notes(user))
        head = "A new user has notes and settings of their own."
        if is_closed and not can_encrypt():
            head = cannot_open(user).sentence
        elif not is_new:
            head = f"The notes of {user} are locked." if is_closed else f"{user} has no passphrase."
        self._head.setText(head)
        self._new.setVisible(is_new)
        self._secret.setVisible(is_closed and can_encrypt())
        self._open.setEnabled(not is_closed or can_encrypt())
        self._open.setText("Unlock" if is_closed else "Open")
        self._secret.clear()
        self._said.hide()
        (self._new if is_new else self._secret).setFocus()

    def _make_user(self) -> None:
        """Take the name that is typed; who has it already is chosen, and may have a passphrase."""
        try:
            name = self._paths.user(self._new.text().strip()).name
        except Problem as problem:
            self._say(problem)
            return
        if self._users.findText(name) < 0:
            self._users.insertItem(self._users.count() - 1, name)
        self._users.setCurrentText(name)
        if not is_locked(self._paths.notes(name)):
            self.accept()

    def _unlock(self) -> None:
        if self.user == _NEW_USER:
            self._make_user()
            return
        if not is_locked(self._paths.notes(self.user)):
            self.accept()
            return
        self._set_busy(True)
        self._background.run_aside(
            passphrases.unlock,
            *(self._paths, self.user, self._secret.text()),
            then=self._take,
            failed=self._say,
        )

    def _set_busy(self, is_busy: bool) -> None:
        for widget in (self._secret, self._open):
            widget.setEnabled(not is_busy)
        self._users.setEnabled(not is_busy and self._users.count() > 1)

    def _take(self, key: Key) -> None:
        self.key = key
        self.accept()

    def _say(self, problem: Problem) -> None:
        self._set_busy(False)
        self._said.setText(problem.sentence)
        self._said.show()
        field = self._new if self.user == _NEW_USER else self._secret
        field.selectAll()
        field.setFocus()

    def done(self, result: int) -> None:
        self._secret.clear()
        self._background.close()
        super().done(result)


def ask_to_unlock(paths: Paths, user: str) -> tuple[str, Key | None] | None:
    """Who reads now, and their key; None when the program is to end.

    No user's settings can be read yet: the colours are the system's.
    """
    from reader.ui.shell.theme_manager import dress, theme_of_system

    theme = theme_of_system()
    dress(theme)
    screen = LockScreen(paths, user, theme)
    return (screen.user, screen.key) if screen.exec() else None
