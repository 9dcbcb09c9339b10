from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reader.paths import Paths
from reader.services import passphrases
from reader.services.workspace import Workspace
from reader.session.background import Background
from reader.session.current_document import CurrentDocument
from reader.session.locking import Locking, Reopening
from reader.session.navigation import Navigation
from reader.session.notifier import Notifier
from reader.session.settings import Settings
from reader.session.users import Users
from reader.settings import LOCK_AFTER_MINUTES
from reader.store import key_file
from reader.store.notes import open_notes
from tests.store.converting import CHEAP, CODE

PASSPHRASE = "a long passphrase"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_file, "USUAL_COST", CHEAP)


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def anna_locked(workspace: Workspace) -> None:
    """Anna's notes, encrypted and open."""
    workspace.notes.close()
    key, said = passphrases.set_passphrase(workspace.paths, "anna", PASSPHRASE, CODE)
    assert said == ""
    workspace.notes = open_notes(workspace.paths, "anna", key=key)


@pytest.fixture
def locking(
    qtbot: QtBot,
    workspace: Workspace,
    settings: Settings,
    notifier: Notifier,
    background: Background,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Locking]:
    # Ticks come when a test wants them.
    monkeypatch.setattr("reader.session.locking.TICK_MS", 1)
    made = Locking(workspace, settings, notifier, background, clock)
    yield made
    made.close()


@pytest.fixture
def asked(locking: Locking) -> list[str]:
    found: list[str] = []
    locking.asked.connect(lambda one: found.append(one.kind))
    return found


def test_notes_without_a_passphrase_are_never_locked(
    qtbot: QtBot, locking: Locking, asked: list[str], clock: Clock
) -> None:
    assert not locking.has_passphrase
    clock.seconds += 100_000
    qtbot.wait(20)
    locking.lock()
    assert asked == []


def test_notes_are_locked_when_nobody_did_anything(
    qtbot: QtBot, anna_locked: None, locking: Locking, asked: list[str], clock: Clock
) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    assert locking.has_passphrase
    for _ in range(24):
        clock.seconds += 29
        qtbot.wait(5)
        qtbot.keyClick(widget, Qt.Key.Key_A)
    assert asked == []
    for _ in range(20):
        clock.seconds += 29
        qtbot.wait(5)
    assert asked == []
    clock.seconds += 29
    qtbot.waitUntil(lambda: asked[:1] == ["lock"])


def test_zero_minutes_stand_for_never(
    qtbot: QtBot,
    anna_locked: None,
    locking: Locking,
    asked: list[str],
    clock: Clock,
    settings: Settings,
) -> None:
    settings.set(LOCK_AFTER_MINUTES, 0)
    for _ in range(60):
        clock.seconds += 29
        qtbot.wait(2)
    assert asked == []


def test_notes_are_locked_when_the_computer_was_asleep(
    qtbot: QtBot, anna_locked: None, locking: Locking, asked: list[str], clock: Clock
) -> None:
    qtbot.wait(10)
    clock.seconds += 31
    qtbot.waitUntil(lambda: asked == ["lock"])
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    app.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert asked == ["lock"]
    app.applicationStateChanged.emit(Qt.ApplicationState.ApplicationSuspended)
    assert asked == ["lock", "lock"]


def test_it_watches_whoever_reads_now(
    qtbot: QtBot, workspace: Workspace, locking: Locking, anna_locked: None, clock: Clock
) -> None:
    key = workspace.key
    locking.watch()
    workspace.switch("ben")
    locking.watch("ben")
    assert not locking.has_passphrase
    workspace.switch("anna", key)
    locking.watch("anna")
    assert locking.has_passphrase
    assert not locking.eventFilter(locking, QEvent(QEvent.Type.KeyPress))


def test_a_passphrase_is_changed_behind_the_window(
    qtbot: QtBot, anna_locked: None, locking: Locking, paths: Paths, heard: list[str]
) -> None:
    done: list[str] = []

    def change(secret: str) -> None:
        locking.change_passphrase(
            secret,
            "another passphrase",
            lambda: done.append("changed"),
            lambda problem: done.append(problem.sentence),
        )

    change("wrong one")
    qtbot.waitUntil(lambda: len(done) == 1)
    assert "not the passphrase" in done[0]
    change(PASSPHRASE)
    qtbot.waitUntil(lambda: len(done) == 2)
    assert done[1] == "changed"
    assert "is changed" in heard[-1]
    assert passphrases.unlock(paths, "anna", "another passphrase")


def test_a_passphrase_is_removed_once_it_was_right(
    qtbot: QtBot, anna_locked: None, locking: Locking, workspace: Workspace
) -> None:
    found: list[Reopening] = []
    failed: list[str] = []
    locking.asked.connect(found.append)
    locking.remove_passphrase("wrong one", lambda problem: failed.append(problem.sentence))
    qtbot.waitUntil(lambda: len(failed) == 1)
    locking.remove_passphrase(PASSPHRASE, lambda problem: failed.append(problem.sentence))
    qtbot.waitUntil(lambda: len(found) == 1)
    assert (found[0].kind, found[0].key) == ("remove", workspace.key)
    locking.set_passphrase("a secret one", CODE)
    assert "secret" not in repr(found[1])
    assert CODE not in repr(found[1])


def test_another_users_locked_notes_are_asked_for(
    anna_locked: None,
    workspace: Workspace,
    notifier: Notifier,
    background: Background,
    current: CurrentDocument,
    navigation: Navigation,
    locking: Locking,
) -> None:
    users = Users(workspace, notifier, background, current, navigation, locking)
    key = workspace.key
    wanted: list[str] = []
    users.unlock_wanted.connect(wanted.append)
    users.switch("ben")
    users.switch("anna")
    assert (workspace.user, wanted) == ("ben", ["anna"])
    users.switch("anna", key)
    assert workspace.user == "anna"
    with closing(open_notes(workspace.paths, "anna", key=key)) as notes:
        assert notes.all() == []
