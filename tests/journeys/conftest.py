"""The real window over a real data folder, started and closed as a person would."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from reader.model.annotation import Annotation
from reader.paths import Paths
from reader.services.workspace import Workspace
from reader.session.background import Background
from reader.session.session import Session
from reader.session.startup import begin
from reader.settings import THEME
from reader.store.library import Library
from reader.store.notes import open_notes
from reader.ui.shell.main_window import MainWindow
from reader.ui.shell.theme_manager import chosen_theme, dress
from reader.workers.tasks import take_in_seeds

WAIT_MS = 20_000


class Person:
    """Somebody at the keyboard of one window."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot = qtbot
        self.window = window
        self.session = window.session

    @property
    def focus(self) -> QWidget:
        """Where keys go now."""
        return QApplication.focusWidget() or self.window

    def press(
        self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Presses a key wherever the focus is."""
        self.qtbot.keyClick(self.focus, key, held)

    def type(self, text: str) -> None:
        """Types a text wherever the focus is."""
        self.qtbot.keyClicks(self.focus, text)

    def until(self, so: Callable[[], bool]) -> None:
        """Waits until something is so."""
        self.qtbot.waitUntil(so, timeout=WAIT_MS)

    def idle(self) -> None:
        """Waits until no work is under way behind the window."""
        self.until(lambda: not self.session.background.busy)

    def only_note(self) -> Annotation:
        """The one annotation of the open document."""
        (annotation,) = self.session.annotations.all
        return annotation

    def leave(self) -> None:
        """Closes the window."""
        self.idle()
        assert self.window.close()
        self.session.workspace.library.close()


@pytest.fixture
def start(qtbot: QtBot, styled: None, paths: Paths) -> Iterator[Callable[..., Person]]:
    """Starts Offprint for a user, with files to open; windows left open are closed at the end."""
    people: list[Person] = []

    def starting(user: str = "anna", *files: Path) -> Person:
        library = Library(paths)
        take_in_seeds(library)
        session = Session(Workspace(paths, library, open_notes(paths, user), user), Background())
        session.settings.set(THEME, "light")
        dress(chosen_theme(session))
        window = MainWindow(session, chosen_theme(session), page_first=True)
        qtbot.addWidget(window)
        window.setWindowState(Qt.WindowState.WindowNoState)
        window.resize(1366, 768)
        session.current.open_last()
        window.show()
        window.activateWindow()
        person = Person(qtbot, window)
        people.append(person)
        begun: list[bool] = []

        def all_is_there() -> None:
            begin(session, [str(file) for file in files])
            begun.append(True)

        window.complete_in_turns(all_is_there)
        person.until(lambda: bool(begun))
        person.idle()
        return person

    yield starting
    for person in people:
        if person.window.isVisible():
            person.leave()
