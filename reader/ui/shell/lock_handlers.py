"""What the actions about a passphrase do: each shows its dialog, which asks the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.problem import Problem
from reader.settings import LOCK_AFTER_MINUTES
from reader.store.encryption import check_can_encrypt

if TYPE_CHECKING:
    from reader.ui.shell.main_window import MainWindow


def set_passphrase(window: MainWindow) -> None:
    """Ask for a passphrase, show the recovery code, and have the notes encrypted."""
    from reader.ui.shell.passphrase_dialogs import RecoveryCodeDialog, SetPassphraseDialog

    try:
        check_can_encrypt()
    except Problem as problem:
        window.session.notifier.error(problem)
        return
    dialog = SetPassphraseDialog(window.session, window.theme, window)
    if not dialog.exec():
        return
    code = RecoveryCodeDialog(window.session.workspace.user, window.theme, window)
    if code.exec():
        window.session.users.locking.set_passphrase(dialog.passphrase, code.code)


def change_passphrase(window: MainWindow) -> None:
    """Ask for the passphrase until now and for another."""
    from reader.ui.shell.passphrase_dialogs import ChangePassphraseDialog

    ChangePassphraseDialog(window.session, window.theme, window).exec()


def remove_passphrase(window: MainWindow) -> None:
    """Ask for the passphrase, and have the notes decrypted."""
    from reader.ui.shell.passphrase_dialogs import RemovePassphraseDialog

    RemovePassphraseDialog(window.session, window.theme, window).exec()


def choose_minutes(window: MainWindow) -> None:
    """Ask after how many minutes without a person the notes are locked."""
    from PySide6.QtWidgets import QInputDialog

    settings = window.session.settings
    minutes, is_chosen = QInputDialog.getInt(
        window,
        "Lock After",
        "Minutes without a key or the mouse after which\nyour notes are locked; 0 for never:",
        settings.get(LOCK_AFTER_MINUTES),
        0,
        24 * 60,
    )
    if is_chosen:
        settings.set(LOCK_AFTER_MINUTES, minutes)


def unlock_user(window: MainWindow, name: str) -> None:
    """Ask for the passphrase of another user, and switch to them."""
    from reader.ui.shell.lock_screen import LockScreen

    screen = LockScreen(window.session.workspace.paths, name, window.theme, window)
    if screen.exec():
        window.session.users.switch(screen.user, screen.key)
