"""Answers to the dialogs that open over what a test is doing, as a person presses them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog

AnyDialog = TypeVar("AnyDialog", bound=QDialog)


@contextmanager
def answering(kind: type[AnyDialog], *answers: Callable[[AnyDialog], None]) -> Iterator[list[str]]:
    """While it lasts, each dialog of a kind that opens is given the next answer.

    What is given are the titles of those that opened. A dialog beyond the answers is closed.
    """
    left = list(answers)
    opened: list[str] = []
    answered: list[QDialog] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        # One that was answered may be seen once more before it is gone.
        if isinstance(dialog, kind) and dialog not in answered:
            answered.append(dialog)
            opened.append(dialog.windowTitle())
            if left:
                left.pop(0)(dialog)
            else:
                dialog.reject()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(10)
    try:
        yield opened
    finally:
        timer.stop()
