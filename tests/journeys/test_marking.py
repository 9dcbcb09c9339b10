"""What a highlight offers when it is clicked on, and what stays of a note that was not written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from reader.model.annotation import COLOURS
from reader.model.span import Span
from reader.ui.marks.popups import SelectionPopup
from reader.ui.widgets import theme as themes
from reader.ui.widgets.controls import ColourDot, IconButton
from tests.journeys.conftest import Person
from tests.ui.samples import mark
from tests.ui.views import click_button, click_colour, popup

Start = Callable[..., Person]
Key = Qt.Key

TEXT = (
    "The Quiet Ward\n\n1. Why\n\nDelirium is common on wards, and noise is among the causes that "
    "can be changed.\n\n2. How\n\nSixty patients were put into quiet rooms."
)


@pytest.fixture
def person(start: Start, tmp_path: Path) -> Person:
    file = tmp_path / "ward.txt"
    file.write_text(TEXT, encoding="utf-8")
    person = start("anna", file)
    person.idle()
    assert person.session.current.document is not None
    assert person.session.current.document.source == "ward.txt"
    return person


def place(person: Person, words: str) -> QPoint:
    """A point on the first letters of these words, in the page's viewport."""
    page, document = person.window.document_stack.page, person.session.current.document
    assert document is not None
    start = document.text.index(words)
    area = page.rectangle_of(Span(start, start + 2))
    return page.viewport().mapFrom(page, area.center())


def click(person: Person, words: str) -> SelectionPopup:
    """Clicks on words of the page; gives what may be offered there."""
    page = person.window.document_stack.page
    person.qtbot.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=place(person, words))
    return popup(page)


def ringed(offered: SelectionPopup) -> list[str]:
    return [dot.colour for dot in offered.findChildren(ColourDot) if dot.isChecked()]


def buttons(offered: SelectionPopup) -> list[str]:
    return [
        one.accessibleName() for one in offered.findChildren(IconButton) if one.isVisibleTo(offered)
    ]


def test_a_click_on_a_highlight_offers_its_colours_note_copy_and_delete(person: Person) -> None:
    page = person.window.document_stack.page
    made = mark(person.session, "noise is among", "green")
    offered = click(person, "noise is")
    assert offered.isVisible()
    assert person.session.selection.annotation_id == made
    assert ringed(offered) == ["green"]
    assert buttons(offered) == ["Write a note", "Copy with citation", "Delete highlight"]
    click_colour(person.qtbot, page, "pink")
    assert person.only_note().colour == "pink"
    assert offered.isVisible()
    assert ringed(offered) == ["pink"]
    click_colour(person.qtbot, page, "pink")
    assert ringed(offered) == ["pink"]
    click_button(person.qtbot, page, "Delete highlight")
    assert not person.session.annotations.all
    assert not offered.isVisible()


def test_a_fresh_selection_is_offered_no_colour_that_it_has_not(person: Person) -> None:
    page = person.window.document_stack.page
    mark(person.session, "noise is among", "green")
    click(person, "noise is")
    click(person, "Sixty")
    select(person, "patients")
    person.qtbot.mouseRelease(
        page.viewport(), Qt.MouseButton.LeftButton, pos=place(person, "patients")
    )
    offered = popup(page)
    person.qtbot.waitUntil(offered.isVisible)
    assert ringed(offered) == []
    assert buttons(offered) == ["Write a note", "Copy with citation", "Find this"]


def test_the_bar_of_a_highlight_goes_with_it(person: Person) -> None:
    mark(person.session, "noise is among")
    offered = click(person, "noise is")
    person.press(Key.Key_Delete)
    assert not offered.isVisible()
    person.press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert click(person, "noise is").isVisible()
    person.press(Key.Key_Escape)  # takes away what the window said of the deletion
    person.press(Key.Key_Escape)
    assert not offered.isVisible()


def test_the_menu_of_the_page_has_colours_first_and_headings_within(person: Person) -> None:
    page = person.window.document_stack.page
    mark(person.session, "noise is among")
    at = place(person, "noise is")
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, page.viewport().mapToGlobal(at))
    QApplication.sendEvent(page.viewport(), event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    titles = [action.text() for action in menu.actions()]
    (contents,) = (one for one in menu.findChildren(QMenu) if one.title() == "Contents")
    menu.hide()
    assert titles[:5] == [colour.capitalize() for colour in COLOURS]
    assert titles[5] == "Write Note"
    assert "Make Heading" not in titles
    assert [a.text() for a in contents.actions()] == ["Make Heading", "Not a Heading"]
    assert titles[-1] == "Delete Highlight"


def test_a_note_that_was_not_written_leaves_nothing_behind(person: Person) -> None:
    select(person, "common")
    person.press(Key.Key_N)
    assert len(person.session.annotations.all) == 1
    person.press(Key.Key_Escape)
    assert not person.session.annotations.all
    assert person.session.workspace.notes.trash() == []
    # There is nothing to undo either.
    person.press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not person.session.annotations.all


def select(person: Person, word: str) -> None:
    """Selects a word by a double click."""
    page = person.window.document_stack.page
    person.qtbot.mouseDClick(page.viewport(), Qt.MouseButton.LeftButton, pos=place(person, word))
    assert person.session.selection.span is not None


def test_a_highlight_stays_when_no_note_is_written_on_it(person: Person) -> None:
    select(person, "common")
    person.press(Key.Key_H)
    person.press(Key.Key_N)
    person.press(Key.Key_Escape)
    assert person.only_note().motivation == "highlighting"


def test_words_that_were_written_stay_and_so_does_a_note_that_is_emptied(person: Person) -> None:
    select(person, "common")
    person.press(Key.Key_N)
    person.type("Really?")
    person.press(Key.Key_Escape)
    assert person.only_note().note == "Really?"
    person.session.marker.write_note(person.only_note().id)
    person.press(Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    person.press(Key.Key_Backspace)
    person.press(Key.Key_Escape)
    assert person.only_note().note == ""


@pytest.mark.parametrize("name", ["light", "sepia", "dark"])
def test_of_two_colours_over_each_other_both_are_seen(person: Person, name: str) -> None:
    person.window.themes.choose(name)
    theme = themes.THEMES[name]
    page = person.window.document_stack.page
    mark(person.session, "Delirium is common on wards", "blue")
    mark(person.session, "is common", "violet")
    picture = page.viewport().grab().toImage()
    at = place(person, "is common")
    seen = {
        QColor(picture.pixel(x, y)).name()
        for x in range(at.x() - 14, at.x() + 120)
        for y in range(at.y() - 16, at.y() + 17)
    }
    for colour in ("blue", "violet"):
        assert near(theme.edges[colour], seen), f"no edge of {colour} in {name}"


def near(wanted: str, seen: set[str]) -> bool:
    """Whether a colour is among others, or almost."""
    one = QColor(wanted)
    return any(
        max(
            abs(one.red() - QColor(c).red()),
            abs(one.green() - QColor(c).green()),
            abs(one.blue() - QColor(c).blue()),
        )
        <= 40
        for c in seen
    )
