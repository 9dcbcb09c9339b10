"""Messages to the person: sentences, problems, and offers of what can be done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from reader.problem import Problem


def _always() -> bool:
    return True


class ActionOffer(NamedTuple):
    """A sentence, the label of what can be done about it, and the function that does it.

    `holds` tells whether that can still be done: when not, the offer goes.
    """

    sentence: str
    label: str
    run: Callable[[], object]
    holds: Callable[[], bool] = _always


class Notifier(QObject):
    """The one way by which parts speak to the person; it keeps nothing."""

    message = Signal(str)
    failed = Signal(Problem)
    action_offered = Signal(ActionOffer)
    reveal_requested = Signal(str)  # path of a file or folder, to be shown in its folder

    def info(self, sentence: str) -> None:
        """Say something that asks nothing."""
        self.message.emit(sentence)

    def error(self, problem: Problem) -> None:
        """Report something that did not work."""
        self.failed.emit(problem)

    def offer(
        self,
        sentence: str,
        label: str,
        run: Callable[[], object],
        holds: Callable[[], bool] = _always,
    ) -> None:
        """Say something that can be acted on, as long as `holds`."""
        self.action_offered.emit(ActionOffer(sentence, label, run, holds))

    def made(self, sentence: str, path: str) -> None:
        """Say that a file or folder was written, with the way to see it."""
        self.offer(sentence, "Show in Folder", partial(self.reveal_requested.emit, path))
