"""One window with a watch on the turns of its loop: a part of benchmarks.ui.waiting.

Run: python -m benchmarks.ui.waiting_journey DATA FILE. Prints JSON: for each journey its
milliseconds, the median of its five longest turns and the longest, in milliseconds; and the
memory that the process takes after the start, in megabytes, in the place of the milliseconds.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from heapq import nlargest
from statistics import median

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.ui.acts import acts, memory_mb
from benchmarks.ui.turn_watch import TurnWatch, wait
from reader import app
from reader.cli.main import main as command_line
from reader.model.span import Span
from reader.ui.notes.notes_pane import NotesPane
from reader.ui.shell.main_window import MainWindow

WORD = "pressure"
MEMORY = "memory after the start, MB"
KEYS = 100
TURNS = 5
LONGEST_SECONDS = 20
NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


class Reader:
    """Somebody at the keyboard of the window, and how long it takes."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.session = window.session
        self.watch = TurnWatch()
        self.found: dict[str, tuple[float, float, float]] = {}

    @property
    def focus(self) -> QWidget:
        """Where keys go."""
        return QApplication.focusWidget() or self.window

    def idle(self) -> None:
        """Waits until all of the window is there, and no work is under way."""
        while self.window.findChild(NotesPane) is None:
            wait(10)
        wait(50)
        while self.session.background.busy:
            wait(10)

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        """Presses a key where the keyboard is, and lets the window answer."""
        QTest.keyClick(self.focus, key, held)
        QApplication.processEvents()

    def measure(self, what: str, act: Callable[[], object]) -> None:
        """Notes how long something took, and the longest turn until all work for it is done."""
        self.watch.clear()
        begun = time.perf_counter()
        act()
        taken = time.perf_counter() - begun
        self.idle()
        longest = nlargest(TURNS, self.watch.seconds)
        self.found[what] = (1000 * taken, 1000 * median(longest), 1000 * longest[0])

    def turn_pages(self) -> None:
        """Presses Page Down many times."""
        for _ in range(KEYS):
            self.press(Qt.Key.Key_PageDown)

    def find(self) -> None:
        """Types a word into the search and waits for what is found."""
        self.press(Qt.Key.Key_F, CONTROL)
        for letter in WORD:
            QTest.keyClicks(self.focus, letter)
            QApplication.processEvents()
        state = self.session.search.state
        deadline = time.monotonic() + LONGEST_SECONDS
        while not (state.fresh and state.count):
            assert time.monotonic() < deadline, "nothing was found"
            wait(1)

    def highlight(self) -> None:
        """Marks a word that is selected."""
        self.press(Qt.Key.Key_H)

    def go(self) -> None:
        """All journeys, then the end."""
        self.measure("behind the window after the paint", self.idle)
        self.found[MEMORY] = memory_mb(), 0.0, 0.0
        self.window.setWindowState(Qt.WindowState.WindowNoState)
        self.window.resize(1366, 768)
        self.window.activateWindow()
        self.idle()
        page = self.window.document_stack.view
        page.setFocus()
        self.press(Qt.Key.Key_Home, CONTROL)
        self.idle()
        self.measure(f"Page Down × {KEYS}", self.turn_pages)
        self.measure("End of the document", partial(self.press, Qt.Key.Key_End, CONTROL))
        self.press(Qt.Key.Key_Home, CONTROL)
        self.idle()
        self.measure("find, letter by letter", self.find)
        self.press(Qt.Key.Key_Escape)
        page.setFocus()
        document = self.session.current.document
        assert document is not None
        notes = len(self.session.annotations.all)
        # What is not marked yet: the same once more would be taken away.
        marked = set(self.session.annotations.spans.values())
        span = next(
            span
            for found in re.finditer(WORD, document.text)
            if (span := Span(*found.span())) not in marked
        )
        self.session.selection.set_span(span)
        self.measure("highlight", self.highlight)
        assert len(self.session.annotations.all) == notes + 1
        for what, act in acts(self.window).items():
            self.measure(what, act)
        print(json.dumps(self.found), flush=True)


def go_and_leave(reader: Reader) -> None:
    """Does everything and closes the window, also when something goes wrong on the way."""
    try:
        reader.go()
    finally:
        reader.watch.stop()
        reader.window.close()
        QApplication.quit()


def journey(arguments: Sequence[str]) -> int:
    """Opens the window for a file, and does all that is measured once it has been painted."""
    data, file = arguments
    run = app.run

    def watched(*given: object, **more: object) -> int:
        def painted() -> None:
            (window,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
            QTimer.singleShot(0, partial(go_and_leave, Reader(window)))

        return run(*given, painted=painted, **more)  # type: ignore[arg-type]

    app.run = watched
    return command_line(["--data", data, file])


if __name__ == "__main__":
    sys.exit(journey(sys.argv[1:]))
