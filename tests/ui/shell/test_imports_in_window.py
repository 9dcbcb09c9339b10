"""Files come in before one's eyes: what is in, what was left, what could not be read, and why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QInputDialog,
    QPushButton,
    QTreeWidget,
)
from pytestqt.qtbot import QtBot

from reader.services.import_queue import Failure
from reader.session import imports
from reader.session.session import Session
from reader.settings import THEME, WATCHED_FOLDER
from reader.ui.library.failures_dialog import FailuresDialog
from reader.ui.shell.main_window import MainWindow
from reader.ui.widgets import theme as themes
from tests.importers.pdf_samples import locked_pdf

WAIT_MS = 20_000


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> Iterator[MainWindow]:
    session.settings.set(THEME, "light")
    window = MainWindow(session, themes.LIGHT)
    qtbot.addWidget(window)
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    session.current.changed.emit(session.current.document)
    yield window
    window.close()


def some_files(folder: Path, count: int) -> list[Path]:
    made = []
    for number in range(count):
        path = folder / f"text-{number:02}.txt"
        path.write_text(f"Text Number {number}\n\nWords of number {number}, and no others.\n")
        made.append(path)
    return made


def locked(path: Path) -> Path:
    """A PDF that opens with the password "open"."""
    path.write_bytes(locked_pdf("Nobody slept well that night.", "open"))
    return path


def press(qtbot: QtBot, parent: object, name: str) -> None:
    """Presses a button that is shown."""
    assert hasattr(parent, "findChildren")
    (button,) = [b for b in parent.findChildren(QPushButton) if b.text() == name and b.isVisible()]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def titles(session: Session) -> set[str]:
    return {entry.title for entry in session.catalog.entries}


def idle(session: Session, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not session.background.busy, timeout=WAIT_MS)


@pytest.fixture
def quick_arrivals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Taken before a session is made, whose list then fills every tenth of a second."""
    monkeypatch.setattr(imports, "ARRIVALS_MS", 30)


def test_what_is_in_is_shown_while_others_are_read(
    quick_arrivals: None, window: MainWindow, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    seen: list[int] = []
    session.library_commands.changed.connect(
        lambda: seen.append(window.left.library.list.model().rowCount())
    )
    session.imports.add(some_files(tmp_path, 40))
    idle(session, qtbot)
    assert window.left.library.list.model().rowCount() == 41
    assert len(seen) > 1
    assert window.middle.message.sentence == "40 documents were imported."
    press(qtbot, window.middle.message, "Show")
    assert session.current.document is not None
    assert session.current.document.title.startswith("Text Number")


def test_cancel_says_what_is_in_and_what_was_left_and_the_rest_can_follow(
    window: MainWindow, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    session.imports.add(some_files(tmp_path, 60))
    cancel = window.middle.message.findChild(QPushButton, "cancel_import")
    assert isinstance(cancel, QPushButton)
    qtbot.waitUntil(cancel.isVisible, timeout=WAIT_MS)
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    idle(session, qtbot)
    count = len(session.catalog.entries) - 1
    said = window.middle.message.sentence
    assert said == f"{count} documents were imported. {60 - count} files were left out."
    press(qtbot, window.middle.message, "Import the Rest")
    idle(session, qtbot)
    assert len(session.catalog.entries) == 61


def test_what_failed_before_cancel_is_named_and_no_password_is_asked_for(
    window: MainWindow,
    session: Session,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(QInputDialog, "getText", lambda *given: asked.append(given))
    empty = tmp_path / "empty.txt"
    empty.touch()
    session.imports.add([empty, locked(tmp_path / "locked.pdf"), *some_files(tmp_path, 60)])
    cancel = window.middle.message.findChild(QPushButton, "cancel_import")
    assert isinstance(cancel, QPushButton)
    qtbot.waitUntil(lambda: cancel.isVisible() and titles(session) != set(), timeout=WAIT_MS)
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    idle(session, qtbot)
    said = window.middle.message.sentence
    assert said.endswith("2 others could not be imported: see File > Files Not Imported.")
    assert {name for name, _ in session.imports.failures} == {"empty.txt", "locked.pdf"}
    assert asked == []


def test_a_file_opened_while_another_is_read_is_opened(
    window: MainWindow, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    first, second, *_ = some_files(tmp_path, 2)
    session.imports.add([first])
    session.imports.add([second])
    idle(session, qtbot)
    assert {"Text Number 0", "Text Number 1"} <= titles(session)
    assert session.current.document is not None
    assert session.current.document.title == "Text Number 1"


def test_a_locked_file_among_several_asks_for_its_password(
    window: MainWindow,
    session: Session,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def answer(_parent: object, _title: str, words: str, *_: object) -> tuple[str, bool]:
        asked.append(words)
        return "open", True

    monkeypatch.setattr(QInputDialog, "getText", answer)
    session.imports.add([*some_files(tmp_path, 2), locked(tmp_path / "locked.pdf")])
    qtbot.waitUntil(lambda: bool(asked), timeout=WAIT_MS)
    idle(session, qtbot)
    assert "locked.pdf" in asked[0]
    assert len(session.catalog.entries) == 4
    assert session.imports.failures == ()


@pytest.fixture
def failures(window: MainWindow, session: Session, tmp_path: Path, qtbot: QtBot) -> FailuresDialog:
    good = some_files(tmp_path, 1)[0]
    session.imports.failed = (
        Failure(str(tmp_path / "a.txt"), "“a.txt” is empty."),
        Failure(str(tmp_path / "b.pdf"), "“b.pdf” needs a password.", is_locked=True),
        Failure(str(good), f"“{good.name}” is empty."),
    )
    dialog = FailuresDialog(session, window)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def row(dialog: FailuresDialog, words: str) -> None:
    """Selects the row with these words."""
    tree = dialog.findChild(QTreeWidget, "failures")
    assert isinstance(tree, QTreeWidget)
    flags = Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive
    tree.setCurrentItem(tree.findItems(words, flags)[0])


def test_failures_stand_together_by_their_reason(failures: FailuresDialog) -> None:
    tree = failures.findChild(QTreeWidget, "failures")
    assert isinstance(tree, QTreeWidget)
    groups = [tree.topLevelItem(number) for number in range(tree.topLevelItemCount())]
    assert [group.text(0) for group in groups if group] == [
        "The file is empty. (2 files)",
        "The file needs a password. (1 file)",
    ]


def test_failures_are_copied_shown_unlocked_and_tried_again(
    failures: FailuresDialog,
    session: Session,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    press(qtbot, failures, "Copy List")
    lines = QGuiApplication.clipboard().text().splitlines()
    assert f"{tmp_path / 'a.txt'}: The file is empty." in lines
    assert len(lines) == 3
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    row(failures, "a.txt")
    press(qtbot, failures, "Show in Folder")
    assert opened == [str(tmp_path)]
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("", False))
    row(failures, "b.pdf")
    with qtbot.waitSignal(session.imports.password_required) as wanted:
        press(qtbot, failures, "Password…")
    assert wanted.args is not None
    assert wanted.args[0].path == str(tmp_path / "b.pdf")
    failures.show()
    row(failures, "text-00")
    press(qtbot, failures, "Try Again")
    idle(session, qtbot)
    assert "Text Number 0" in titles(session)


def answer_box(name: str) -> None:
    """Presses a button of the question that will be open."""

    def answer() -> None:
        box = QApplication.activeModalWidget()
        assert box is not None
        next(b for b in box.findChildren(QPushButton) if name in b.text()).click()

    QTimer.singleShot(0, answer)


def test_a_watched_folder_is_confirmed_kept_by_cancel_and_given_up_by_name(
    window: MainWindow,
    session: Session,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = [str(tmp_path), ""]
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: answers.pop(0))
    watch = next(one for one in window.actions() if one.data() == "watch")
    watch.trigger()
    assert (
        window.middle.message.sentence
        == f"New documents in “{tmp_path}” are imported at each start."
    )
    answer_box("Choose Another")
    watch.trigger()
    assert session.settings.get(WATCHED_FOLDER) == str(tmp_path)
    answer_box("Cancel")
    watch.trigger()
    assert session.settings.get(WATCHED_FOLDER) == str(tmp_path)
    answer_box("Stop Watching")
    watch.trigger()
    assert session.settings.get(WATCHED_FOLDER) == ""
    assert window.middle.message.sentence == "No folder is watched any more."
    idle(session, qtbot)
