"""A call as soon as a widget was painted: what a start puts off until then."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget


class FirstPaint(QObject):
    """Calls once, as soon as a widget has been painted for the first time; what comes in steps is
    done in as many turns of the event loop.

    A widget that is hidden by then, or closed with its window, is waited for again.
    """

    def __init__(self, widget: QWidget, then: Callable[[], Iterator[None] | None]) -> None:
        super().__init__(widget)
        self._widget = widget
        self._then = then
        self._seen = False
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the paint event, and let all events pass."""
        if event.type() == QEvent.Type.Paint and not self._seen:
            self._seen = True
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._begin)
        return False

    def _begin(self) -> None:
        if not self._widget.isVisible():
            self._seen = False
            self._widget.installEventFilter(self)
            return
        steps = self._then()
        if steps is not None:
            # Imported here, after the paint.
            from reader.ui.widgets.in_turns import InTurns

            InTurns(self).begin(steps)
