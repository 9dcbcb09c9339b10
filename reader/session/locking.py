"""The passphrase of the user: set, changed, removed; and the notes locked, by hand or by time."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from reader.problem import Problem
from reader.services.workspace import Workspace
from reader.session.background import Background
from reader.session.notifier import Notifier
from reader.session.settings import Settings
from reader.session.timers import repeating
from reader.settings import LOCK_AFTER_MINUTES
from reader.store.encryption import Key

TICK_MS = 2_000
# A tick that comes so late was held up by no work of ours: the computer was asleep.
ASLEEP_SECONDS = 30.0
_DEEDS = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}


@dataclass(frozen=True, slots=True)
class Reopening:
    """What is to be done while the window is closed, before it opens on the notes again.

    "lock" asks for the passphrase, "set" encrypts the notes, "remove" decrypts them.
    """

    kind: Literal["lock", "set", "remove"]
    passphrase: str = field(default="", repr=False)
    recovery_code: str = field(default="", repr=False)
    key: Key | None = None


class Locking(QObject):
    """Says when the window has to close for the notes to be locked or converted.

    While notes are locked there is no window on them, and nothing in the process that holds them.
    """

    asked = Signal(Reopening)

    def __init__(
        self,
        workspace: Workspace,
        settings: Settings,
        notifier: Notifier,
        background: Background,
        now: Callable[[], float] = time.time,
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._settings = settings
        self._notifier = notifier
        self._background = background
        self._now = now
        self._last_deed = self._last_tick = now()
        self._is_closed = False
        self._timer = repeating(self, TICK_MS)
        self._timer.timeout.connect(self._tick)
        app = QCoreApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._take_state)
        self.watch()

    @property
    def has_passphrase(self) -> bool:
        """Whether this user's notes are encrypted."""
        return self._workspace.key is not None

    def watch(self, _user: str = "") -> None:
        """Watch for a person who went away, if this user has a passphrase."""
        self._last_deed = self._last_tick = self._now()
        app = QCoreApplication.instance()
        if app is None:
            return
        app.removeEventFilter(self)
        if self.has_passphrase:
            app.installEventFilter(self)
            self._timer.start()
        else:
            self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002, N802
        """Note when a person did something, and let all events pass."""
        if event.type() in _DEEDS:
            self._last_deed = self._now()
        return False

    def _tick(self) -> None:
        before, self._last_tick = self._last_tick, self._now()
        minutes = self._settings.get(LOCK_AFTER_MINUTES)
        idle_seconds = self._last_tick - self._last_deed
        # What is being taken in or packed would be broken off: that is waited for.
        is_idle = 0 < minutes * 60 <= idle_seconds and not self._background.busy
        if self._last_tick - before > ASLEEP_SECONDS or is_idle:
            self.lock()

    def _take_state(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationSuspended:
            self.lock()

    def lock(self) -> None:
        """Lock the notes now; what is typed is on the disk before."""
        if self.has_passphrase and not self._is_closed:
            self.asked.emit(Reopening("lock"))

    def set_passphrase(self, passphrase: str, recovery_code: str) -> None:
        """Have the notes encrypted; the window closes for it and opens again."""
        self.asked.emit(Reopening("set", passphrase, recovery_code))

    def change_passphrase(
        self,
        secret: str,
        passphrase: str,
        then: Callable[[], None],
        failed: Callable[[Problem], None],
    ) -> None:
        """Have another passphrase open the notes; `then` or `failed` is called when it is done."""
        # A start of somebody without a passphrase is not to load it.
        from reader.services.passphrases import change_passphrase

        self._background.run_aside(
            change_passphrase,
            *(self._workspace.paths, self._workspace.user, secret, passphrase),
            then=partial(self._changed, then),
            failed=failed,
        )

    def _changed(self, then: Callable[[], None], _done: None) -> None:
        self._notifier.info("The passphrase is changed. The recovery code stays as it was.")
        then()

    def remove_passphrase(self, secret: str, failed: Callable[[Problem], None]) -> None:
        """Have the notes decrypted, if `secret` is right; the window closes for it."""
        from reader.services.passphrases import unlock

        self._background.run_aside(
            unlock,
            *(self._workspace.paths, self._workspace.user, secret),
            then=self._remove,
            failed=failed,
        )

    def _remove(self, key: Key) -> None:
        self.asked.emit(Reopening("remove", key=key))

    def close(self) -> None:
        """Watch no longer."""
        self._is_closed = True
        self._timer.stop()
        app = QCoreApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
