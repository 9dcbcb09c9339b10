"""The system asks the program to end: by a signal, or because the person logs out."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, Qt
from PySide6.QtGui import QGuiApplication, QSessionManager
from PySide6.QtWidgets import QApplication, QDialog, QWidget

# Windows has none of these, and says in other ways that a window is to close.
if sys.platform == "win32":
    _SIGNALS: tuple[signal.Signals, ...] = ()
else:
    _SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


class Ending(QObject):
    """Calls `end` when a signal asks the program to end, and `save` before a log-out.

    Python runs a handler of its own only when it runs any code at all, so the number of a signal
    also goes through a pipe, which wakes Qt.
    """

    def __init__(
        self, app: QGuiApplication, end: Callable[[], object], save: Callable[[], object]
    ) -> None:
        super().__init__(app)
        self._end = end
        self._save = save
        self._before: dict[int, Any] = {}
        self._pipe: tuple[int, ...] = ()
        app.commitDataRequest.connect(self._take_log_out, Qt.ConnectionType.DirectConnection)
        if _SIGNALS:
            self._listen()

    def _listen(self) -> None:
        reader, writer = self._pipe = os.pipe()
        if sys.platform != "win32":
            os.set_blocking(reader, False)
            os.set_blocking(writer, False)
        self._notifier = QSocketNotifier(reader, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._wake)
        self._woke = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        for number in _SIGNALS:
            self._before[number] = signal.signal(number, _ignore)

    def _wake(self) -> None:
        if not self._before.keys().isdisjoint(os.read(self._pipe[0], 64)):
            self._end()

    def _take_log_out(self, _manager: QSessionManager) -> None:
        self._save()

    def stop(self) -> None:
        """Leaves signals to whom they were left before."""
        if self._pipe:
            signal.set_wakeup_fd(self._woke)
            self._notifier.setEnabled(False)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        for handle in self._pipe:
            os.close(handle)
        self._before.clear()
        self._pipe = ()


def _ignore(_number: int, _frame: FrameType | None) -> None:
    """What is to be done is done when the pipe wakes Qt."""


def close_others(window: QWidget) -> None:
    """Close what is open beside a window, without asking: it may show what is in the notes."""
    for widget in QApplication.topLevelWidgets():
        # Dialogs that have ended live on with the window, and are not to end a second time.
        if widget is window or not widget.isVisible():
            continue
        if isinstance(widget, QDialog):
            widget.reject()
        else:
            widget.hide()
