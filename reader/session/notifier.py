"""Messages to the person: sentences, problems, and offers of what can be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from reader.problem import Problem


@dataclass(frozen=True, slots=True)
class ActionOffer:
    """A sentence, the label of what can be done about it, and the function that does it."""

    sentence: str
    label: str
    run: Callable[[], object]


class Notifier(QObject):
    """The one way by which parts speak to the person; it keeps nothing."""

    message = Signal(str)
    failed = Signal(Problem)
    action_offered = Signal(ActionOffer)

    def info(self, sentence: str) -> None:
        """Say something that asks nothing."""
        self.message.emit(sentence)

    def error(self, problem: Problem) -> None:
        """Report something that did not work."""
        self.failed.emit(problem)

    def offer(self, sentence: str, label: str, run: Callable[[], object]) -> None:
        """Say something that can be acted on."""
        self.action_offered.emit(ActionOffer(sentence, label, run))
