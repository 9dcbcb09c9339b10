"""Files and addresses that the system hands to the running program, as macOS does."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFileOpenEvent, QGuiApplication

from reader.model.deep_link import SCHEME


class OpenedFiles(QObject):
    """Hands on what comes, from its making to `stop`: names of files, and addresses of ours.

    What comes before `take` is called, as it does while the program starts, is kept for it. Every
    event of the program comes through here: it is made on macOS only.
    """

    def __init__(self, app: QGuiApplication) -> None:
        super().__init__(app)
        self._waiting: list[str] = []
        self._hand_on: Callable[[list[str]], object] | None = None
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Takes the event of an opened file, and lets all others pass."""
        if not isinstance(event, QFileOpenEvent):
            return False
        address = event.url().toString()
        name = address if address.startswith(SCHEME) else event.file() or address
        if self._hand_on is None:
            self._waiting.append(name)
        else:
            self._hand_on([name])
        return True

    def take(self, hand_on: Callable[[list[str]], object]) -> None:
        """Has `hand_on` called with what came and what will come."""
        self._hand_on = hand_on
        waiting, self._waiting = self._waiting, []
        if waiting:
            hand_on(waiting)

    def stop(self) -> None:
        """Keeps what comes from now on for the next `take`."""
        self._hand_on = None
