from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from reader.problem import Problem
from reader.services.workspace import Workspace
from reader.session.background import Background
from reader.session.current_document import CurrentDocument
from reader.session.locking import Locking
from reader.session.navigation import Navigation
from reader.session.notifier import Notifier
from reader.session.passwords import Passwords
from reader.session.session import Session
from reader.session.users import Users
from tests.ui.samples import an_article


@pytest.fixture
def users(
    workspace: Workspace,
    notifier: Notifier,
    background: Background,
    current: CurrentDocument,
    navigation: Navigation,
    locking: Locking,
) -> Users:
    made = Users(workspace, notifier, background, current, navigation, locking)
    made.changed.connect(current.reset)
    return made


def test_the_notes_are_another_users_before_it_is_told(
    workspace: Workspace, current: CurrentDocument, users: Users
) -> None:
    current.open(an_article().id)
    told: list[tuple[str, str]] = []
    users.changed.connect(lambda name: told.append((name, workspace.user)))
    users.switch("ben")
    users.switch("ben")
    assert told == [("ben", "ben")]
    assert sorted(users.names) == ["anna", "ben"]


def test_nobody_is_switched_to_while_a_note_is_not_kept(
    current: CurrentDocument, workspace: Workspace, users: Users
) -> None:
    current.about_to_change.connect(current.veto)
    users.switch("ben")
    assert workspace.user == "anna"


def test_backups_are_made_and_restored_by_a_worker(
    workspace: Workspace,
    users: Users,
    heard: list[str],
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    with qtbot.waitSignal(users.backup_ended, timeout=20_000):
        users.back_up()
        assert users.backups == []
    (made,) = users.backups
    assert made.holds is not None
    assert made.holds.reason == "by hand"
    with qtbot.waitSignal(users.backup_ended, timeout=20_000):
        users.restore(made)
    assert heard[-1].startswith("The notes are again as they were")

    def gone(_: object = None) -> str:
        raise Problem("The notes are gone.")

    monkeypatch.setattr(workspace, "reopen", gone)
    with qtbot.waitSignal(users.backup_ended, timeout=20_000):
        users.restore(made)
    assert heard[-1] == "The notes are gone."


def test_notes_that_are_gone_are_closed_before_a_backup_takes_their_place(
    workspace: Workspace, users: Users, heard: list[str], qtbot: QtBot
) -> None:
    with qtbot.waitSignal(users.backup_ended, timeout=20_000):
        users.back_up()
    workspace.notes.path.unlink()
    with qtbot.waitSignal(users.backup_ended, timeout=20_000):
        users.restore(users.backups[0])
    assert heard[-1].startswith("The notes are again as they were")
    assert workspace.notes.all() == []


def test_nothing_is_restored_while_a_note_is_not_kept(
    current: CurrentDocument, users: Users, heard: list[str], qtbot: QtBot
) -> None:
    with qtbot.waitSignal(users.backup_ended, timeout=20_000):
        users.back_up()
    current.about_to_change.connect(current.veto)
    with qtbot.waitSignal(users.backup_ended):
        users.restore(users.backups[0])
    assert len(users.backups) == len(heard) == 1


def test_passwords_are_forgotten(workspace: Workspace) -> None:
    passwords = Passwords()
    passwords.keep("a", "Eule")
    assert passwords.get("a") == "Eule"
    passwords.reset()
    assert passwords.get("a") is None


def test_the_session_resets_its_parts_before_the_window_hears(
    workspace: Workspace, background: Background
) -> None:
    session = Session(workspace, background)
    session.current.open_last(an_article().id)
    session.search.state.ask("doses")
    seen: list[object] = []

    def hear(name: str) -> None:
        seen.extend((name, session.current.document))
        seen.append(session.search.state.active)

    session.users.changed.connect(hear)
    session.users.switch("ben")
    assert seen == ["ben", None, False]
    assert session.current.document is not None
    session.navigation.save()
