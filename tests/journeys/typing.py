"""Somebody who types a note in the real window without end: to be killed while doing so.

Run as `python -m tests.journeys.typing DATA`, it says how much is typed after each key, on a line.
"""

from __future__ import annotations

import sys
import time
from itertools import count
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from reader import app
from reader.model.span import Span
from reader.paths import Paths
from reader.session.timers import repeating
from reader.ui.shell.main_window import MainWindow

USER = "anna"
KEY_MS = 15


def word(number: int) -> str:
    """What is typed as the key of that number."""
    return f"w{number} "


def words(length: int) -> str:
    """So many words as they are typed."""
    return "".join(word(number) for number in range(length))


class Typist(QObject):
    """Marks a passage, asks for its note, and types."""

    def __init__(self) -> None:
        super().__init__()
        self._numbers = count()
        self._timer = repeating(self, KEY_MS)
        self._timer.timeout.connect(self._type)

    def begin(self) -> None:
        """Begins as soon as the window is there."""
        (window,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow))
        window.activateWindow()
        session = window.session
        assert session.current.document is not None
        start = session.current.document.text.index("etamine")
        session.selection.set_span(Span(start, start + 7))
        session.marker.write_note()
        self._timer.start()

    def _type(self) -> None:
        focus = QApplication.focusWidget()
        if isinstance(focus, QPlainTextEdit) and focus.accessibleName() == "Note":
            number = next(self._numbers)
            QTest.keyClicks(focus, word(number))
            sys.stdout.write(f"{number + 1} {time.monotonic()}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    made: list[Typist] = []

    def painted() -> None:
        made.append(Typist())
        QTimer.singleShot(0, made[0].begin)

    sys.exit(app.run(Paths(Path(sys.argv[1])), [], user=USER, painted=painted))
