"""The program ends in the middle of a word, and the words are there at the next start."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from reader.paths import Paths
from reader.store.notes import Notes
from tests.journeys.conftest import Person
from tests.journeys.typing import words

ROOT = Path(__file__).resolve().parents[2]
# What is typed is on the disk within so many seconds.
WITHIN = 1.0
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")


def type_until(paths: Paths, ended_by: int, seconds: float = 2.0) -> tuple[int, int]:
    """Types in the real window in another process, and ends that by a signal.

    Gives how many words were typed, and how many a second before.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.typing", str(paths.data)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdout is not None
    typed = [process.stdout.readline()]
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        typed.append(process.stdout.readline())
    killed_at = time.monotonic()
    process.send_signal(ended_by)
    rest, _ = process.communicate(timeout=60)
    typed += rest.splitlines()
    pairs = [line.split() for line in typed if len(line.split()) == 2]
    before = [int(number) for number, at in pairs if float(at) < killed_at - WITHIN]
    return int(pairs[-1][0]), max(before, default=0)


def drafts(paths: Paths) -> list[str]:
    with closing(Notes(paths.notes("anna"))) as notes:
        return [one.note for one in notes.drafts.all()]


def button(person: Person, text: str) -> QPushButton:
    found = person.window.middle.draft_bar.findChildren(QPushButton)
    (one,) = (b for b in found if b.text() == text and b.isVisible())
    return one


@pytest.mark.slow
def test_what_was_typed_when_the_program_was_killed_is_offered_at_the_next_start(
    start: Callable[..., Person], paths: Paths
) -> None:
    typed, surely = type_until(paths, signal.SIGKILL)
    assert surely > 10
    (left,) = drafts(paths)
    assert words(surely).strip() in left
    assert left in words(typed + 1)
    person = start()
    assert person.window.middle.draft_bar.sentence.startswith("Unsaved note from ")
    # It is no edit until somebody says so, and then it is one.
    assert person.only_note().note == ""
    person.qtbot.mouseClick(button(person, "Keep"), Qt.MouseButton.LeftButton)
    assert person.only_note().note == left.strip()
    assert person.window.middle.draft_bar.sentence == ""
    history = person.session.notebook.history(person.only_note().id)
    assert [one.kind for one in history] == ["edit", "edit"]
    person.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert person.only_note().note == ""
    person.leave()
    assert drafts(paths) == []


def test_what_was_typed_can_be_discarded_and_that_be_taken_back(
    start: Callable[..., Person], paths: Paths
) -> None:
    type_until(paths, signal.SIGKILL, seconds=1.0)
    (left,) = drafts(paths)
    person = start()
    person.qtbot.mouseClick(button(person, "Discard"), Qt.MouseButton.LeftButton)
    assert person.window.middle.draft_bar.sentence == ""
    assert drafts(paths) == []
    undo = next(
        b for b in person.window.middle.message.findChildren(QPushButton) if b.text() == "Undo"
    )
    person.qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert drafts(paths) == [left]
    assert person.window.middle.draft_bar.sentence
    person.leave()


@pytest.mark.slow
@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_program_that_is_asked_to_end_keeps_the_note(
    start: Callable[..., Person], paths: Paths, by: int
) -> None:
    typed, _ = type_until(paths, by, seconds=0.5)
    person = start()
    assert person.only_note().note in (words(typed).strip(), words(typed + 1).strip())
    assert person.window.middle.draft_bar.sentence == ""
    person.leave()
