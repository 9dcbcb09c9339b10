"""What is done to the notes while no window is open on them: they are encrypted or decrypted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QLabel, QProgressBar, QVBoxLayout

from reader.paths import Paths
from reader.problem import Problem
from reader.services import passphrases
from reader.session.background import Background
from reader.session.locking import Reopening
from reader.session.session import Session
from reader.store.encryption import Key, is_locked
from reader.ui.commands.key_map import with_keys

Say = Callable[[Session], None]


class ConvertingDialog(QDialog):
    """Runs a conversion of notes on a thread; it cannot be closed before that has ended."""

    def __init__(self, sentence: str, convert: Callable[[], tuple[Key | None, str]]) -> None:
        super().__init__()
        self._convert = convert
        self._background = Background(self)
        self.key: Key | None = None
        self.said = ""
        self.problem: Problem | None = None
        self.setWindowTitle("Offprint")
        self.setWindowFlag(Qt.WindowType.WindowCloseButtonHint, False)
        bar = QProgressBar(self)
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(sentence)
        column = QVBoxLayout(self)
        column.addStrut(380)
        column.setContentsMargins(24, 20, 24, 20)
        column.addWidget(QLabel(sentence, self))
        column.addWidget(bar)

    def run(self) -> None:
        """Convert, and return when it has ended."""
        self._background.run_aside(self._convert, then=self._take, failed=self._fail)
        self.exec()
        self._background.close()

    def _take(self, made: tuple[Key | None, str]) -> None:
        self.key, self.said = made
        self.accept()

    def _fail(self, problem: Problem) -> None:
        self.problem = problem
        self.accept()

    def reject(self) -> None:
        """Esc does not end it: half of it is of no use."""

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()


def reopened(paths: Paths, user: str, wanted: Reopening) -> tuple[Key | None, Say]:
    """Do what the window was closed for: the key of the notes from now on, and what says so.

    None stands for notes that are locked, or clear.
    """
    if wanted.kind == "lock":
        return None, _say_nothing
    if wanted.kind == "set":
        secrets = wanted.passphrase, wanted.recovery_code
        dialog = ConvertingDialog(
            "Your notes are being encrypted.",
            partial(passphrases.set_passphrase, paths, user, *secrets),
        )
        done = "Your notes are encrypted. File, Lock ([lock]) closes them."
    else:
        assert wanted.key is not None
        dialog = ConvertingDialog(
            "Your notes are being decrypted.",
            partial(passphrases.remove_passphrase, paths, user, wanted.key),
        )
        done = "Your notes have no passphrase any more: anybody here can read them."
    dialog.run()
    if dialog.problem is not None:
        # The disk may have failed when they were clear already.
        key = wanted.key if is_locked(paths.notes(user)) else None
        return key, partial(_say_problem, dialog.problem)
    return dialog.key, partial(_say, " ".join(filter(None, (done, dialog.said))))


def _say_nothing(_session: Session) -> None:
    """The person sees that the notes were locked."""


def _say(sentence: str, session: Session) -> None:
    session.notifier.info(with_keys(session.settings, sentence))


def _say_problem(problem: Problem, session: Session) -> None:
    session.notifier.error(problem)
