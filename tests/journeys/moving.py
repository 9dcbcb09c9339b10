"""Somebody who opens a packed library in the real window, and puts the former one back.

Run as `python -m tests.journeys.moving DATA PACK`; it says what is open, on a line, each time that
a window shows a library.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from reader import app
from reader.paths import Paths
from reader.session.timers import repeating
from reader.ui.notes.notes_pane import NotesPane
from reader.ui.shell.main_window import MainWindow

USER = "anna"
LOOK_MS = 50


class Mover(QObject):
    """Takes the next step as soon as what it waits for is there."""

    def __init__(self, pack: str) -> None:
        super().__init__()
        self._pack = pack
        self._steps = self._story()
        self._timer = repeating(self, LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._ready: Callable[[], bool] = lambda: True
        self._timer.start()

    def _look(self) -> None:
        if self._ready():
            self._ready = next(self._steps, _never)

    def _story(self) -> Iterator[Callable[[], bool]]:
        """One step after the other: what is yielded must be so before the next."""
        dialogs: Any = QFileDialog
        dialogs.getSaveFileName = lambda *_: (f"{self._pack}.new", "")
        dialogs.getOpenFileName = lambda *_: (self._pack, "")
        yield lambda: window() is not None
        say()
        trigger("Pack Library…")
        yield lambda: "packed in" in sentence()
        trigger("Open Packed Library…")
        yield lambda: button("Open It") is not None
        press("Open It")
        yield lambda: "is open" in sentence()
        say()
        before = window()
        press("Put Back")
        yield lambda: window() not in (None, before)
        yield lambda: "is open" in sentence()
        say()
        found = window()
        assert found is not None
        found.close()


def _never() -> bool:
    return False


def window() -> MainWindow | None:
    """The window that is shown, with what stands around its page."""
    shown = (one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow))
    return next((one for one in shown if one.isVisible() and one.findChild(NotesPane)), None)


def sentence() -> str:
    """What the window says now."""
    found = window()
    return found.middle.message.sentence if found is not None else ""


def button(words: str) -> QPushButton | None:
    """The button with these words that is shown."""
    for top in QApplication.topLevelWidgets():
        for one in top.findChildren(QPushButton) if top.isVisible() else ():
            if one.text() == words and one.isVisible():
                return one
    return None


def press(words: str) -> None:
    """Presses a button."""
    found = button(words)
    assert found is not None, words
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def trigger(title: str) -> None:
    """Chooses an entry of the menu; its dialogs keep a loop of their own."""
    found = window()
    assert found is not None
    (action,) = (one for one in found.actions() if one.text() == title)
    QTimer.singleShot(0, action.trigger)


def say() -> None:
    """Says the titles of the library and the number of notes."""
    found = window()
    assert found is not None
    session = found.session
    titles = sorted(entry.title for entry in session.catalog.entries)
    sys.stdout.write(f"{'; '.join(titles)} | {len(session.workspace.notes.all())}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    made: list[Mover] = []
    raise SystemExit(
        app.run(
            Paths(Path(sys.argv[1])),
            [],
            user=USER,
            painted=lambda: made.append(Mover(sys.argv[2])),
        )
    )
