"""The keyboard follows the eyes: what the mouse has shown, the next key acts on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget

from tests.journeys.conftest import Person
from tests.ui.drivers.found import called, context_menu
from tests.ui.drivers.rows import RowsOnScreen
from tests.ui.samples import mark

Start = Callable[..., Person]
CONTROL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key

LONG = "\n\n".join(
    f"{number}. Chapter {number}\n\n"
    + "The ward was quiet and the patients slept as they had not slept before. " * 30
    for number in range(1, 13)
)


@pytest.fixture
def person(start: Start, tmp_path: Path) -> Person:
    """Somebody who reads a text of several screens, with marks in it."""
    file = tmp_path / "long.txt"
    file.write_text("The Quiet Ward\n\n" + LONG, encoding="utf-8")
    person = start("anna", file)
    person.until(lambda: person.session.current.document is not None)
    person.idle()
    person.until(lambda: not person.session.workspace.library.catalog.unindexed())
    assert person.session.current.document is not None
    assert person.session.current.document.source == "long.txt"
    return person


def reads_on(person: Person, key: Qt.Key = Key.Key_PageDown) -> bool:
    """Whether a key turns the page, pressed wherever the keyboard is."""
    page = person.window.document_stack.page
    before = page.scroll_keeper.top
    person.press(key)
    return page.scroll_keeper.top > before


def in_search(person: Person) -> None:
    """The keyboard is in the search field, as before many a click."""
    person.press(Key.Key_F, CONTROL)
    assert person.focus is person.window.header.search


@pytest.mark.parametrize("key", [Key.Key_PageDown, Key.Key_Space, Key.Key_Down])
def test_after_a_click_on_a_heading_keys_turn_the_page(person: Person, key: Qt.Key) -> None:
    in_search(person)
    contents = RowsOnScreen(person.qtbot, person.window.left.contents.list)
    contents.click(contents.rows[3])
    assert reads_on(person, key)


def test_after_a_click_on_a_hit_keys_turn_the_page_and_mark(person: Person) -> None:
    in_search(person)
    person.type("chapter")
    person.until(lambda: person.session.search.state.count > 5)
    results = RowsOnScreen(person.qtbot, person.window.left.results.list)
    hits = [row for row in results.rows if results.say(row)]
    results.click(hits[3])
    person.press(Key.Key_H)
    assert person.only_note().target.quote.exact.casefold() == "chapter"
    assert reads_on(person)


def test_after_a_click_on_a_note_keys_turn_the_page(person: Person) -> None:
    mark(person.session, "Chapter 4")
    notes = RowsOnScreen(person.qtbot, person.window.notes.list)
    in_search(person)
    notes.click(notes.rows[0])
    assert reads_on(person)


def test_after_a_click_on_a_document_keys_act_on_it(person: Person) -> None:
    library = RowsOnScreen(person.qtbot, person.window.left.library.list)
    in_search(person)
    library.click(next(row for row in library.rows if not row.open))
    document = person.session.current.document
    assert document is not None
    assert document.source != "long.txt"
    assert reads_on(person)
    person.press(Key.Key_A, CONTROL)
    assert person.session.selection.span is not None
    # The document that is open already, too.
    in_search(person)
    library.click(library.rows[0])
    assert reads_on(person, Key.Key_Space)


def test_keys_in_a_list_stay_in_the_list(person: Person) -> None:
    person.press(Key.Key_F6)
    contents = person.window.left.contents.list
    while person.focus is not contents:
        person.press(Key.Key_F6)
    person.press(Key.Key_Down)
    person.press(Key.Key_Return)
    assert person.focus is contents


def test_after_a_menu_and_a_dialog_keys_turn_the_page(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDialog, "exec", lambda _dialog: 0)
    listed = person.window.left.library.list
    at = listed.visualRect(listed.model().index(0, 0)).center()
    person.qtbot.mouseClick(listed.viewport(), Qt.MouseButton.RightButton, pos=at)
    context_menu(listed, at)["Details…"].trigger()
    assert reads_on(person)
    export = called(person.window.notes, QWidget, "Export notes…")
    person.qtbot.mouseClick(export, Qt.MouseButton.LeftButton)
    assert reads_on(person)


def test_a_document_that_was_opened_has_the_keyboard(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "second.txt"
    file.write_text("The Second\n\n" + LONG.replace("quiet", "calm"), encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(file)], ""))
    in_search(person)
    person.press(Key.Key_O, CONTROL)
    person.until(
        lambda: (d := person.session.current.document) is not None and d.source == file.name
    )
    assert reads_on(person)


def test_del_in_the_notes_deletes_the_note_that_is_current_there(person: Person) -> None:
    chosen, other = mark(person.session, "Chapter 4"), mark(person.session, "Chapter 5")
    person.session.annotations.choose(chosen)
    notes = person.window.notes.list
    while person.focus is not notes:
        person.press(Key.Key_F6)
    person.press(Key.Key_Down)
    person.press(Key.Key_Delete)
    assert person.only_note().id == chosen
    assert person.session.annotations.get(other) is None


def test_del_in_other_lists_leaves_the_chosen_highlight_alone(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def question(_parent: QWidget, _title: str, words: str, *_: object) -> object:
        asked.append(words)
        return QMessageBox.StandardButton.Cancel

    monkeypatch.setattr(QMessageBox, "question", question)
    chosen = mark(person.session, "Chapter 4")
    person.session.annotations.choose(chosen)
    contents, library = person.window.left.contents.list, person.window.left.library.list
    while person.focus is not contents:
        person.press(Key.Key_F6)
    person.press(Key.Key_Delete)
    person.press(Key.Key_Tab)
    while person.focus is not library:
        person.press(Key.Key_Tab)
    person.press(Key.Key_Down)
    titles = [entry.title for entry in person.session.catalog.entries]
    person.press(Key.Key_Delete)
    left = [entry.title for entry in person.session.catalog.entries]
    assert len(left) == len(titles) - 1
    assert asked == []
    assert person.session.workspace.notes.annotation(chosen) is not None


def test_a_document_opened_from_the_table_by_enter_has_the_keyboard(person: Person) -> None:
    person.press(Key.Key_T, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    table = person.window.library_table.widget
    person.type("Ketamine")
    person.until(lambda: table.model.rowCount() < 3)
    person.press(Key.Key_Return)
    assert person.focus is table.table
    wanted = table.model.rows[0].id
    person.press(Key.Key_Return)
    document = person.session.current.document
    assert document is not None
    assert document.id == wanted
    assert not table.isVisible()
    assert reads_on(person)
