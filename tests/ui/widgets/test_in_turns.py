"""Work in steps lets the window answer between them."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from reader.ui.widgets.in_turns import InTurns


def steps(done: list[str], name: str, count: int) -> Iterator[None]:
    for number in range(count):
        done.append(f"{name}{number}")
        yield
    done.append(f"{name} is done")


def test_each_step_has_a_turn_of_its_own(qtbot: QtBot) -> None:
    parent, done = QObject(), list[str]()
    turns = InTurns(parent)
    turns.begin(steps(done, "a", 3))
    assert done == ["a0"]
    QTimer.singleShot(0, parent, lambda: done.append("a key"))
    qtbot.waitUntil(lambda: "a is done" in done)
    assert done.index("a key") < done.index("a2")


def test_other_steps_take_the_place_of_those_before(qtbot: QtBot) -> None:
    parent, done = QObject(), list[str]()
    turns = InTurns(parent)
    turns.begin(steps(done, "a", 3))
    turns.begin(steps(done, "b", 1))
    qtbot.waitUntil(lambda: "b is done" in done)
    assert done == ["a0", "b0", "b is done"]
    turns.begin(steps(done, "c", 2))
    turns.stop()
    qtbot.wait(5)
    assert done[3:] == ["c0"]


def test_what_is_left_can_be_done_at_once(qtbot: QtBot) -> None:
    parent, done = QObject(), list[str]()
    turns = InTurns(parent)
    turns.finish()
    turns.begin(steps(done, "a", 2))
    turns.finish()
    assert done == ["a0", "a1", "a is done"]
    turns.finish()
    qtbot.wait(5)
    assert len(done) == 3
