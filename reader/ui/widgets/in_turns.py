"""Work that is cut in steps: one a turn of the event loop, so that the window answers between."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject

from reader.session.timers import single_shot


class InTurns(QObject):
    """Takes the steps of an iterator: the first at once, each other in a turn of its own."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: Iterator[None] = iter(())
        self._timer = single_shot(self)
        self._timer.timeout.connect(self._step)

    def begin(self, steps: Iterator[None]) -> None:
        """Take these steps, and no more of those before."""
        self._timer.stop()
        self._steps = steps
        self._step()

    def stop(self) -> None:
        """Take no more steps of what is under way."""
        self._timer.stop()
        self._steps = iter(())

    def finish(self) -> None:
        """Take all steps that are left now."""
        if self._timer.isActive():
            self._timer.stop()
            for _ in self._steps:
                pass

    def _step(self) -> None:
        for _ in self._steps:
            self._timer.start()
            return
