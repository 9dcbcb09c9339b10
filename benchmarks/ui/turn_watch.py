"""How soon the window's loop answers, while one waits for it."""

from __future__ import annotations

import threading
import time

from PySide6.QtCore import QAbstractEventDispatcher, QEventLoop, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication


class TurnWatch(QObject):
    """Asks the loop again and again, from a thread of its own, and keeps how long each answer took:
    no longer than the turn that it came in, and hardly less."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.seconds: list[float] = []
        self.worked: list[float] = []  # seconds of processor time in each turn, on our thread
        self._begun = time.thread_time()
        QAbstractEventDispatcher.instance().aboutToBlock.connect(self._end)
        self._answered = threading.Event()
        self._is_over = False
        self.asked.connect(self._answered.set, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._watch, name="turns", daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._is_over:
            begun = time.perf_counter()
            self.asked.emit()
            self._answered.wait()
            self._answered.clear()
            self.seconds.append(time.perf_counter() - begun)
            time.sleep(0.001)

    def _end(self) -> None:
        now = time.thread_time()
        self.worked.append(now - self._begun)
        self._begun = now

    def clear(self) -> None:
        """Starts anew."""
        self.seconds.clear()
        self.worked.clear()
        self._begun = time.thread_time()

    def stop(self) -> None:
        """Asks no more."""
        self._is_over = True
        while self._thread.is_alive():
            QApplication.processEvents()


def wait(time_ms: int) -> None:
    """Lets the loop run."""
    loop = QEventLoop()
    QTimer.singleShot(time_ms, loop.quit)
    loop.exec()
