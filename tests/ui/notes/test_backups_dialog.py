"""Notes are copied, lost, and restored by dialog."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reader.problem import Problem
from reader.session.session import Session
from reader.ui.notes.backups_dialog import BackupsDialog
from reader.ui.widgets import theme as themes
from tests.ui.samples import mark


def test_a_backup_is_made_and_restored(qtbot: QtBot, session: Session) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    said: list[str] = []
    session.notifier.message.connect(said.append)
    mark(session, "Small doses")
    dialog = BackupsDialog(session, themes.LIGHT, parent)
    assert not dialog._restore.isEnabled()
    with qtbot.waitSignal(session.users.backup_ended, timeout=20_000):
        dialog._make.click()
        assert not dialog._make.isEnabled()
    assert dialog._make.isEnabled()
    assert dialog._list.topLevelItemCount() == 1
    mark(session, "Two uses")
    assert len(session.annotations.all) == 2
    dialog._restore.click()
    assert [one.target.quote.exact for one in session.annotations.all] == ["Small doses"]
    assert len(session.users.backups) == 2
    assert said[-1].startswith("The notes are again as they were on")


def test_what_cannot_be_restored_leaves_the_notes(
    session: Session, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    problems: list[str] = []
    session.notifier.failed.connect(lambda problem: problems.append(problem.sentence))
    with qtbot.waitSignal(session.users.backup_ended, timeout=20_000):
        session.users.back_up()
    mark(session, "Small doses")

    def faulty(*_: object) -> None:
        raise Problem("It has faults.")

    monkeypatch.setattr(session.workspace, "restore", faulty)
    session.users.restore(session.users.backups[0])
    assert len(session.annotations.all) == 1
    monkeypatch.setattr(session.current, "may_leave", lambda: False)
    session.users.restore(session.users.backups[0])
    assert len(session.annotations.all) == 1
    assert problems == ["It has faults."]
    folder = session.users.backups[0].path.parent
    folder.rename(folder.with_name("elsewhere"))
    folder.write_bytes(b"no folder")
    with qtbot.waitSignal(session.users.backup_ended, timeout=20_000):
        session.users.back_up()
    assert "cannot be made" in problems[1]
