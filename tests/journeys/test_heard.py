"""What a person hears who does not see the window, and where the caret reads on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLineEdit

from reader.problem import Problem
from reader.ui.shell.command_palette import Palette
from tests.journeys.conftest import Person
from tests.ui.drivers.found import called
from tests.ui.drivers.rows import RowsOnScreen
from tests.ui.samples import mark

Start = Callable[..., Person]
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key

LONG = "\n\n".join(
    f"{number}. Chapter {number}\n\n"
    + f"Ward {number} was quiet and the patients slept as they had not slept before. " * 30
    for number in range(1, 13)
)


@pytest.fixture
def person(start: Start, tmp_path: Path) -> Person:
    file = tmp_path / "long.txt"
    file.write_text("The Quiet Ward\n\n" + LONG, encoding="utf-8")
    person = start("anna", file)
    person.idle()
    person.until(lambda: not person.session.workspace.library.catalog.unindexed())
    assert person.session.current.document is not None
    assert person.session.current.document.source == "long.txt"
    return person


@pytest.fixture
def heard(person: Person, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """All that is said to a screen reader from now on."""
    said: list[str] = []
    tell = QAccessible.updateAccessibility

    def update(event: object) -> None:
        message = getattr(event, "message", None)
        if message is not None:
            said.append(message())
        tell(event)  # type: ignore[arg-type]

    monkeypatch.setattr(QAccessible, "updateAccessibility", update)
    return said


def selected(person: Person) -> str:
    document, span = person.session.current.document, person.session.selection.span
    assert document is not None
    assert span is not None
    return span.cut(document.text)


def test_hits_are_counted_and_the_current_one_is_named_from_anywhere(
    person: Person, heard: list[str]
) -> None:
    person.press(Key.Key_F, CONTROL)
    person.type("chapter")
    person.until(lambda: any("12 matches in this document" in one for one in heard))
    person.press(Key.Key_Escape)
    person.press(Key.Key_F6)
    heard.clear()
    person.press(Key.Key_F3)
    person.press(Key.Key_F3)
    assert heard == ["1 of 12, Chapter 1.", "2 of 12, Chapter 2."]
    person.press(Key.Key_F, CONTROL)
    person.press(Key.Key_A, CONTROL)
    person.type("zebra")
    person.until(lambda: any(one.startswith("No match in this document") for one in heard))


def test_marking_writing_deleting_and_undoing_are_said(person: Person, heard: list[str]) -> None:
    person.press(Key.Key_Right, SHIFT | CONTROL)
    person.press(Key.Key_2)
    assert heard == ["Highlighted: Evidence, green."]
    person.press(Key.Key_4)
    assert heard[1:] == ["Question, pink."]
    person.press(Key.Key_N)
    person.type("Why?")
    person.press(Key.Key_Return, CONTROL)
    assert heard[2:] == ["Note saved."]
    person.press(Key.Key_Escape)
    person.session.annotations.choose(person.only_note().id)
    person.window.document_stack.focus_view()
    person.press(Key.Key_U)
    assert heard[3:] == ["Underlined."]
    person.press(Key.Key_Delete)
    assert heard[4].startswith("Note deleted.")
    del heard[:]
    person.press(Key.Key_Z, CONTROL)
    person.press(Key.Key_Z, CONTROL | SHIFT)
    assert [one for one in heard if one in ("Undone.", "Done again.")] == ["Undone.", "Done again."]
    person.press(Key.Key_B)
    assert heard[-1] == "Bookmark set."


def test_messages_and_problems_are_said(person: Person, heard: list[str]) -> None:
    person.session.notifier.info("All is well.")
    person.session.notifier.offer("A file was read.", "Show", lambda: None)
    person.session.notifier.error(Problem("Nothing is well."))
    assert heard == ["All is well.", "A file was read. Show: button.", "Nothing is well."]


def test_the_caret_is_said_and_reads_from_where_one_has_gone(
    person: Person, heard: list[str]
) -> None:
    # A hit far above must not draw the caret back to it.
    person.press(Key.Key_F, CONTROL)
    person.type("chapter")
    person.until(lambda: person.session.search.state.count == 12)
    person.press(Key.Key_Return)
    person.press(Key.Key_Escape)
    person.press(Key.Key_Escape)
    contents = RowsOnScreen(person.qtbot, person.window.left.contents.list)
    person.press(Key.Key_F, CONTROL)
    person.window.header.search.end_search()
    contents.click(contents.rows[8])
    page = person.window.document_stack.page
    top = page.scroll_keeper.top
    del heard[:]
    person.press(Key.Key_F7)
    person.press(Key.Key_Right, SHIFT | CONTROL)
    person.press(Key.Key_Right, SHIFT | CONTROL)
    assert selected(person).startswith("Chapter 9")
    assert page.scroll_keeper.top == top
    assert heard[0] == "Caret on: arrow keys move it."
    person.press(Key.Key_F7)
    assert heard[-1] == "Caret off."


def test_after_a_note_was_chosen_in_its_list_the_caret_is_at_it(person: Person) -> None:
    mark(person.session, "Ward 7 was quiet")
    notes = RowsOnScreen(person.qtbot, person.window.notes.list)
    notes.click(notes.rows[0])
    person.press(Key.Key_F7)
    person.press(Key.Key_Right, SHIFT | CONTROL)
    person.press(Key.Key_Right, SHIFT | CONTROL)
    assert selected(person).startswith("Ward 7")


def test_the_palette_says_the_command_that_enter_runs(person: Person, heard: list[str]) -> None:
    def look() -> None:
        palette = QApplication.activeModalWidget()
        assert isinstance(palette, Palette)
        field = called(palette, QLineEdit, "Name of a command")
        person.qtbot.keyClicks(field, "dark theme")
        person.qtbot.keyClick(field, Key.Key_Down)
        palette.reject()

    QTimer.singleShot(50, look)
    person.press(Key.Key_P, CONTROL | SHIFT)
    assert "Dark Theme" in heard
