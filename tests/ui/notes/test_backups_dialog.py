"""Notes are copied, lost, and restored by dialog."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QTreeWidget, QWidget
from pytestqt.qtbot import QtBot

from reader.session.session import Session
from reader.ui.notes.backups_dialog import BackupsDialog
from reader.ui.widgets import theme as themes
from tests.ui.samples import mark


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def dialog(session: Session, parent: QWidget) -> BackupsDialog:
    made = BackupsDialog(session, themes.LIGHT, parent)
    made.open()
    return made


def _press(qtbot: QtBot, dialog: BackupsDialog, words: str) -> None:
    button = next(one for one in dialog.findChildren(QPushButton) if one.text() == words)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_backup_is_made_and_restored_while_the_window_lives(
    qtbot: QtBot, session: Session, dialog: BackupsDialog
) -> None:
    said: list[str] = []
    session.notifier.message.connect(said.append)
    mark(session, "Small doses")
    (copies,) = dialog.findChildren(QTreeWidget)
    with qtbot.waitSignal(session.users.backup_ended, timeout=20_000):
        _press(qtbot, dialog, "Restore")  # there is none yet
        _press(qtbot, dialog, "Back Up Now")
        assert session.users.backups == []
        assert not any(
            b.isEnabled() for b in dialog.findChildren(QPushButton) if b.text() != "Close"
        )
    assert copies.topLevelItemCount() == 1
    mark(session, "Two uses")
    assert len(session.annotations.all) == 2
    with qtbot.waitSignal(session.users.backup_ended, timeout=20_000):
        _press(qtbot, dialog, "Restore")
        _press(qtbot, dialog, "Close")
        assert dialog.isVisible()
    assert not dialog.isVisible()
    assert [one.target.quote.exact for one in session.annotations.all] == ["Small doses"]
    assert len(session.users.backups) == 2
    assert said[-1].startswith("The notes are again as they were on")


def test_what_cannot_be_restored_leaves_the_notes(
    qtbot: QtBot, session: Session, dialog: BackupsDialog
) -> None:
    problems: list[str] = []
    session.notifier.failed.connect(lambda problem: problems.append(problem.sentence))
    mark(session, "Small doses")
    with qtbot.waitSignal(session.users.backup_ended, timeout=20_000):
        _press(qtbot, dialog, "Back Up Now")
    (copy,) = session.users.backups
    copy.path.unlink()
    with qtbot.waitSignal(session.users.backup_ended, timeout=20_000):
        _press(qtbot, dialog, "Restore")
    assert problems == [f"The backup “{copy.name}” is gone. Choose another."]
    assert len(session.annotations.all) == 1
    mark(session, "Two uses")
    assert len(session.annotations.all) == 2


def test_a_dialog_without_a_backup_can_be_closed(qtbot: QtBot, dialog: BackupsDialog) -> None:
    _press(qtbot, dialog, "Close")
    assert not dialog.isVisible()
