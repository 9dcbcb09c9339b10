"""A call before the first key is looked up: what must be there for it, and was put off."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject


class FirstKey(QObject):
    """Calls once, as soon as a key comes that nothing in `window` has taken for itself.

    Qt asks so before it looks for the shortcut of the key, so that one that is made by the call is
    found.
    """

    def __init__(self, window: QObject, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._then: Callable[[], None] | None = then
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the first key, and let all events pass."""
        then = self._then
        if then and event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            self._then = None
            then()
        return False

    def stop(self) -> None:
        """Wait no longer."""
        self._then = None
        self.deleteLater()
