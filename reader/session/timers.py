"""Timers of Qt, set in a way that works in every language of the system."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer


def repeating(parent: QObject, interval_ms: int) -> QTimer:
    """A timer that goes off again and again, once it is started.

    Never `QTimer(parent, interval=…)`: PySide makes the setter's name with the rules of the
    system's language, and the capital of “i” is none of “setInterval” in Turkish.
    """
    timer = QTimer(parent)
    timer.setInterval(interval_ms)
    return timer


def single_shot(parent: QObject, interval_ms: int = 0) -> QTimer:
    """A timer that goes off once each time that it is started."""
    timer = repeating(parent, interval_ms)
    timer.setSingleShot(True)
    return timer
