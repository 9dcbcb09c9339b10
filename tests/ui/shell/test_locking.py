"""The dialogs of a passphrase, the lock screen, and what is done while no window is open."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QInputDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from reader.paths import Paths
from reader.problem import Problem
from reader.services import passphrases
from reader.session.locking import Reopening
from reader.session.session import Session
from reader.settings import LOCK_AFTER_MINUTES
from reader.store import conversion, key_file, sqlite_driver
from reader.store.encryption import Key, is_locked
from reader.store.notes import open_notes
from reader.ui.notes.backups_dialog import BackupsDialog
from reader.ui.shell import converting, lock_handlers
from reader.ui.shell.ending import close_others
from reader.ui.shell.lock_screen import LockScreen, ask_to_unlock
from reader.ui.shell.main_window import MainWindow
from reader.ui.shell.passphrase_dialogs import (
    ChangePassphraseDialog,
    RecoveryCodeDialog,
    RemovePassphraseDialog,
    SetPassphraseDialog,
)
from reader.ui.widgets.theme import DARK, LIGHT
from tests.store.converting import CHEAP, CODE
from tests.ui.drivers.found import named

PASSPHRASE = "a long passphrase"
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_file, "USUAL_COST", CHEAP)


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def locked(session: Session) -> Key:
    """Anna's notes have a passphrase, and are open."""
    session.workspace.notes.close()
    key, _ = passphrases.set_passphrase(session.workspace.paths, "anna", PASSPHRASE, CODE)
    session.workspace.notes = open_notes(session.workspace.paths, "anna", key=key)
    session.users.changed.emit("anna")
    return key


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> Iterator[MainWindow]:
    made = MainWindow(session, LIGHT)
    qtbot.addWidget(made)
    yield made
    # The session is closed by its own fixture.
    made.themes.release()


def fill(qtbot: QtBot, dialog: QWidget, name: str, text: str) -> None:
    field = named(dialog, QLineEdit, name)
    field.clear()
    qtbot.keyClicks(field, text)


def press(qtbot: QtBot, dialog: QWidget, name: str) -> None:
    qtbot.mouseClick(named(dialog, QPushButton, name), Qt.MouseButton.LeftButton)


def problem(dialog: QWidget) -> str:
    said = named(dialog, QLabel, "problem")
    return "" if said.isHidden() else said.text()


def when_shown(kind: type[QDialog], do: Callable[[QDialog], None]) -> None:
    """Does something in the next dialog of a kind, which has a loop of its own."""

    def look() -> None:
        found = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind)]
        shown = [one for one in found if one.isVisible()]
        if shown:
            do(shown[0])
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(0, look)


def test_a_passphrase_is_typed_twice(qtbot: QtBot, session: Session, parent: QWidget) -> None:
    dialog = SetPassphraseDialog(session, LIGHT, parent)
    dialog.show()
    words = " ".join(one.text() for one in dialog.findChildren(QLabel))
    assert "documents are shared" in words
    assert "your notes are lost" in words
    fill(qtbot, dialog, "New passphrase", "short")
    press(qtbot, dialog, "accept")
    assert "at least 8" in problem(dialog)
    fill(qtbot, dialog, "New passphrase", PASSPHRASE)
    press(qtbot, dialog, "accept")
    assert "not the same" in problem(dialog)
    fill(qtbot, dialog, "New passphrase again", PASSPHRASE)
    qtbot.keyClick(named(dialog, QLineEdit, "New passphrase again"), Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.passphrase == PASSPHRASE
    assert named(dialog, QLineEdit, "New passphrase").text() == ""


def test_a_recovery_code_is_copied_saved_or_printed(
    qtbot: QtBot, parent: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = RecoveryCodeDialog("anna", DARK, parent)
    assert named(dialog, QLabel, "code").text().replace("\n", "-") == dialog.code
    press(qtbot, dialog, "copy")
    assert QGuiApplication.clipboard().text() == dialog.code
    target = tmp_path / "code.txt"
    names = iter(["", str(tmp_path / "no folder" / "code.txt"), str(target)])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (next(names), ""))
    for _ in range(3):
        press(qtbot, dialog, "save")
    assert dialog.code in target.read_text(encoding="utf-8")
    assert "anna" in target.read_text(encoding="utf-8")
    assert "saved" in named(dialog, QLabel, "said").text()
    printed: list[str] = []
    monkeypatch.setattr("PySide6.QtPrintSupport.QPrintDialog.exec", lambda _: bool(printed))
    monkeypatch.setattr(
        "PySide6.QtGui.QTextDocument.print_", lambda page, _: printed.append(page.toPlainText())
    )
    press(qtbot, dialog, "print")
    printed.append("yes")
    press(qtbot, dialog, "print")
    assert dialog.code in printed[-1]
    assert not named(dialog, QPushButton, "accept").isEnabled()
    named(dialog, QCheckBox, "kept").setChecked(True)
    press(qtbot, dialog, "accept")
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_a_passphrase_is_changed(
    qtbot: QtBot, session: Session, locked: Key, parent: QWidget
) -> None:
    dialog = ChangePassphraseDialog(session, LIGHT, parent)
    fill(qtbot, dialog, "Passphrase until now, or recovery code", "wrong one")
    fill(qtbot, dialog, "New passphrase", "another passphrase")
    press(qtbot, dialog, "accept")
    assert "not the same" in problem(dialog)
    fill(qtbot, dialog, "New passphrase again", "another passphrase")
    press(qtbot, dialog, "accept")
    qtbot.waitUntil(lambda: "not the passphrase" in problem(dialog))
    fill(qtbot, dialog, "Passphrase until now, or recovery code", CODE)
    press(qtbot, dialog, "accept")
    qtbot.waitUntil(lambda: dialog.result() == QDialog.DialogCode.Accepted)
    assert passphrases.unlock(session.workspace.paths, "anna", "another passphrase") == locked


def test_a_passphrase_is_removed(
    qtbot: QtBot, session: Session, locked: Key, parent: QWidget
) -> None:
    asked: list[Reopening] = []
    session.users.locking.asked.connect(asked.append)
    dialog = RemovePassphraseDialog(session, LIGHT, parent)
    fill(qtbot, dialog, "Passphrase, or recovery code", "wrong one")
    press(qtbot, dialog, "accept")
    qtbot.waitUntil(lambda: "not the passphrase" in problem(dialog))
    fill(qtbot, dialog, "Passphrase, or recovery code", PASSPHRASE)
    press(qtbot, dialog, "accept")
    qtbot.waitUntil(lambda: len(asked) == 1)
    assert dialog.result() == QDialog.DialogCode.Accepted
    session.workspace.notes.close()
    key, say = converting.reopened(session.workspace.paths, "anna", asked[0])
    assert key is None
    session.workspace.notes = open_notes(session.workspace.paths, "anna")
    said: list[str] = []
    session.notifier.message.connect(said.append)
    say(session)
    assert "no passphrase any more" in said[0]


def test_a_locked_user_is_let_in_by_the_passphrase(
    qtbot: QtBot, session: Session, locked: Key
) -> None:
    paths = session.workspace.paths
    open_notes(paths, "ben").close()
    screen = LockScreen(paths, "anna", LIGHT)
    qtbot.addWidget(screen)
    screen.show()
    assert [screen.user, screen.key] == ["anna", None]
    fill(qtbot, screen, "secret", "wrong one")
    press(qtbot, screen, "unlock")
    assert not named(screen, QPushButton, "unlock").isEnabled()
    qtbot.waitUntil(lambda: "not the passphrase" in problem(screen))
    users = named(screen, QComboBox, "users")
    assert users.isEnabled()
    users.setCurrentText("ben")
    assert named(screen, QLineEdit, "secret").isHidden()
    users.setCurrentText("anna")
    fill(qtbot, screen, "secret", PASSPHRASE)
    qtbot.keyClick(named(screen, QLineEdit, "secret"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.result() == QDialog.DialogCode.Accepted)
    assert screen.key == locked


def test_somebody_else_reads_instead_or_nobody(qtbot: QtBot, session: Session, locked: Key) -> None:
    paths = session.workspace.paths
    open_notes(paths, "ben").close()
    when_shown(LockScreen, lambda screen: press(qtbot, screen, "leave"))
    assert ask_to_unlock(paths, "anna") is None

    def choose_ben(screen: QDialog) -> None:
        named(screen, QComboBox, "users").setCurrentText("ben")
        press(qtbot, screen, "unlock")

    when_shown(LockScreen, choose_ben)
    assert ask_to_unlock(paths, "anna") == ("ben", None)


def test_somebody_new_reads_instead(qtbot: QtBot, session: Session, locked: Key) -> None:
    paths = session.workspace.paths

    def make_carl(screen: QDialog) -> None:
        assert named(screen, QLineEdit, "new_user").isHidden()
        users = named(screen, QComboBox, "users")
        assert [users.itemText(row) for row in range(users.count())] == ["anna", "New User…"]
        users.setCurrentText("New User…")
        assert named(screen, QLineEdit, "secret").isHidden()
        fill(qtbot, screen, "new_user", "../carl")
        press(qtbot, screen, "unlock")
        assert "starts with a letter" in problem(screen)
        fill(qtbot, screen, "new_user", " carl ")
        qtbot.keyClick(named(screen, QLineEdit, "new_user"), Qt.Key.Key_Return)

    when_shown(LockScreen, make_carl)
    assert ask_to_unlock(paths, "anna") == ("carl", None)


def test_a_name_that_is_taken_is_no_way_round_a_passphrase(
    qtbot: QtBot, session: Session, locked: Key
) -> None:
    screen = LockScreen(session.workspace.paths, "anna", LIGHT)
    qtbot.addWidget(screen)
    screen.show()
    named(screen, QComboBox, "users").setCurrentText("New User…")
    fill(qtbot, screen, "new_user", "ANNA")
    press(qtbot, screen, "unlock")
    assert screen.result() == 0
    assert screen.user == "anna"
    assert not named(screen, QLineEdit, "secret").isHidden()
    assert named(screen, QLineEdit, "new_user").isHidden()


def test_the_lock_screen_over_a_window_is_for_one_user(
    qtbot: QtBot, session: Session, locked: Key, parent: QWidget
) -> None:
    screen = LockScreen(session.workspace.paths, "anna", LIGHT, parent)
    assert named(screen, QComboBox, "users").count() == 1


def test_without_sqlcipher_locked_notes_are_not_asked_about(
    qtbot: QtBot,
    session: Session,
    window: MainWindow,
    locked: Key,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sqlite_driver, "driver", sqlite3)
    screen = LockScreen(session.workspace.paths, "anna", LIGHT)
    qtbot.addWidget(screen)
    screen.show()
    words = " ".join(one.text() for one in screen.findChildren(QLabel))
    assert "has no SQLCipher for this computer" in words
    assert named(screen, QLineEdit, "secret").isHidden()
    assert not named(screen, QPushButton, "unlock").isEnabled()
    users = named(screen, QComboBox, "users")
    users.setCurrentText("New User…")
    assert named(screen, QPushButton, "unlock").isEnabled()
    said: list[str] = []
    session.notifier.failed.connect(lambda problem: said.append(problem.sentence))
    lock_handlers.set_passphrase(window)
    [sentence] = said
    assert "A passphrase cannot be set on this computer" in sentence


def test_locked_notes_are_no_picture_of_a_window(
    session: Session, locked: Key, paths: Paths, tmp_path: Path
) -> None:
    picture = str(tmp_path / "x.png")
    command = ["--data", str(paths.data), "--user", "anna", "--screenshot", picture]
    done = subprocess.run(
        [sys.executable, "-m", "reader", *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "locked with a passphrase" in done.stderr


def test_the_window_asks_for_a_passphrase_and_shows_the_code(
    qtbot: QtBot, session: Session, window: MainWindow
) -> None:
    asked: list[Reopening] = []
    session.users.locking.asked.connect(asked.append)
    when_shown(SetPassphraseDialog, QDialog.reject)
    lock_handlers.set_passphrase(window)

    def give(dialog: QDialog) -> None:
        for name in ("New passphrase", "New passphrase again"):
            fill(qtbot, dialog, name, PASSPHRASE)
        press(qtbot, dialog, "accept")

    codes: list[str] = []

    def keep(dialog: QDialog) -> None:
        codes.append(named(dialog, QLabel, "code").text().replace("\n", "-"))
        named(dialog, QCheckBox, "kept").setChecked(True)
        press(qtbot, dialog, "accept")

    for then in (QDialog.reject, keep):
        when_shown(SetPassphraseDialog, give)
        when_shown(RecoveryCodeDialog, then)
        lock_handlers.set_passphrase(window)
    assert [(one.kind, one.passphrase, one.recovery_code) for one in asked] == [
        ("set", PASSPHRASE, codes[0])
    ]


def test_actions_are_there_for_who_can_use_them(
    qtbot: QtBot, session: Session, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    actions = window.menus.actions
    assert actions["set_passphrase"].isEnabled()
    assert not actions["lock"].isEnabled()
    session.workspace.notes.close()
    paths = session.workspace.paths
    key, _ = passphrases.set_passphrase(paths, "anna", PASSPHRASE, CODE)
    session.workspace.notes = open_notes(paths, "anna", key=key)
    session.users.changed.emit("anna")
    assert not actions["set_passphrase"].isEnabled()
    for name in ("lock", "lock_after", "change_passphrase", "remove_passphrase"):
        assert actions[name].isEnabled()
    for kind, name in (
        (ChangePassphraseDialog, "change_passphrase"),
        (RemovePassphraseDialog, "remove_passphrase"),
    ):
        when_shown(kind, QDialog.reject)
        actions[name].trigger()
    minutes = iter([(7, False), (5, True)])
    monkeypatch.setattr(QInputDialog, "getInt", lambda *_: next(minutes))
    actions["lock_after"].trigger()
    assert session.settings.get(LOCK_AFTER_MINUTES) == 10
    actions["lock_after"].trigger()
    assert session.settings.get(LOCK_AFTER_MINUTES) == 5
    session.users.switch("ben")
    when_shown(LockScreen, QDialog.reject)
    session.users.switch("anna")
    assert session.workspace.user == "ben"

    def unlock(screen: QDialog) -> None:
        fill(qtbot, screen, "secret", PASSPHRASE)
        press(qtbot, screen, "unlock")

    when_shown(LockScreen, unlock)
    session.users.switch("anna")
    assert session.workspace.user == "anna"


def test_what_is_open_beside_the_window_is_closed(qtbot: QtBot, window: MainWindow) -> None:
    dialog, other = QDialog(window), QLabel("a note")
    qtbot.addWidget(other)
    for widget in (window, dialog, other):
        widget.show()
    close_others(window)
    assert [widget.isVisible() for widget in (window, dialog, other)] == [True, False, False]


def test_a_dialog_that_has_ended_does_not_end_again(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    window.show()
    ended = BackupsDialog(session, LIGHT, window)
    ended.show()
    qtbot.keyClick(ended, Qt.Key.Key_Escape)
    assert ended in QApplication.topLevelWidgets()
    with qtbot.assertNotEmitted(ended.finished):
        close_others(window)


def test_notes_that_cannot_be_converted_stay_and_it_is_said(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.store.database.WAIT_SECONDS", 0.05)
    failed: list[Problem] = []
    session.notifier.failed.connect(failed.append)
    # They are open in this session.
    wanted = Reopening("set", PASSPHRASE, CODE)
    key, say = converting.reopened(session.workspace.paths, "anna", wanted)
    assert key is None
    say(session)
    assert "in use" in failed[0].sentence
    assert not is_locked(session.workspace.notes.path)


def test_notes_are_converted_and_opened_with_their_key(session: Session) -> None:
    paths = session.workspace.paths
    session.workspace.notes.close()
    key, say = converting.reopened(paths, "anna", Reopening("set", PASSPHRASE, CODE))
    assert key is not None
    with closing(open_notes(paths, "anna", key=key)) as notes:
        assert notes.verify() == []
    session.workspace.notes = open_notes(paths, "anna", key=key)
    said: list[str] = []
    session.notifier.message.connect(said.append)
    say(session)
    assert "encrypted" in said[0]
    key, say = converting.reopened(paths, "anna", Reopening("lock"))
    say(session)
    assert (key, len(said)) == (None, 1)


def test_notes_that_are_clear_at_the_end_are_opened_without_a_key(
    session: Session, locked: Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = session.workspace.paths
    session.workspace.notes.close()

    def move(source: Path, target: Path) -> None:
        source.replace(target)
        if target == paths.notes("anna"):
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(conversion, "move", move)
    key, say = converting.reopened(paths, "anna", Reopening("remove", key=locked))
    assert key is None
    session.workspace.notes = open_notes(paths, "anna", key=key)
    failed: list[Problem] = []
    session.notifier.failed.connect(failed.append)
    say(session)
    assert "Input/output error" in failed[0].sentence


def test_a_conversion_is_not_broken_off(qtbot: QtBot) -> None:
    ended: list[bool] = []
    dialog = converting.ConvertingDialog("Wait.", lambda: (None, "done"))

    def try_to_close() -> None:
        dialog.reject()
        dialog.close()
        ended.append(dialog.isVisible())

    QTimer.singleShot(0, partial(try_to_close))
    dialog.run()
    assert ended in ([True], [])
    assert dialog.said == "done"
