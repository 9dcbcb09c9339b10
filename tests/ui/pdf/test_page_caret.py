"""The caret on printed pages: F7, then the arrow keys, exactly as in an article."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reader.importers.pdf.read import read
from reader.model.pdf.page_map import ASSET, PageMap
from reader.session.session import Session
from reader.ui.pdf.caret_steps import by_letter, by_line, by_line_end, by_word, place_of
from reader.ui.pdf.pdf_view import PdfView
from reader.ui.shell.main_window import MainWindow
from reader.ui.widgets.theme import LIGHT
from tests.printed import two_columns
from tests.ui.pdf.test_pdf_view import drag, open_printed, selected, sheets, spot
from tests.ui.samples import answer
from tests.ui.views import offers

__all__ = ["sheets"]

SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


@pytest.fixture
def pages(tmp_path: Path) -> PageMap:
    path = tmp_path / "a.pdf"
    path.write_bytes(two_columns())
    reading = read(path)
    found = reading.assets[ASSET]
    return PageMap.decode(found, reading.document.text)


def press(qtbot: QtBot, view: PdfView, key: Qt.Key, times: int = 1, shift: bool = False) -> None:
    for _ in range(times):
        qtbot.keyClick(view, key, SHIFT if shift else Qt.KeyboardModifier.NoModifier)


def test_a_caret_selects_letters_across_words(
    qtbot: QtBot, sheets: PdfView, session: Session
) -> None:
    sheets.toggle_caret()
    press(qtbot, sheets, Key.Key_Right, 2)
    press(qtbot, sheets, Key.Key_Right, 4, shift=True)
    assert selected(session) == "Tria"
    press(qtbot, sheets, Key.Key_Left, 1, shift=True)
    assert selected(session) == "Tri"
    qtbot.waitUntil(lambda: offers(sheets))
    press(qtbot, sheets, Key.Key_Left)
    assert session.selection.span is None
    qtbot.keyClick(sheets, Key.Key_Right, CONTROL | SHIFT)
    assert selected(session) == "ial"
    press(qtbot, sheets, Key.Key_End, shift=True)
    assert selected(session) == "ial of Quiet Rooms"
    press(qtbot, sheets, Key.Key_Home, shift=True)
    assert selected(session) == "A Tr"


def test_a_caret_goes_from_line_to_line_and_pages_are_not_turned(
    qtbot: QtBot, sheets: PdfView, session: Session
) -> None:
    answer(session, "quiet rooms were")
    session.search.step(1)
    sheets.toggle_caret()
    press(qtbot, sheets, Key.Key_Down, shift=True)
    assert selected(session).startswith("tried on one ward")
    assert "\n" not in selected(session)[:10]
    below = selected(session)
    press(qtbot, sheets, Key.Key_Up, shift=True)
    assert session.selection.span is None
    assert below.startswith("tried on one ward\nfor a winter") or " for a winter" in below
    assert session.navigation.location.page is not None
    assert session.navigation.location.page.label == "i"
    press(qtbot, sheets, Key.Key_Right, 40)
    assert session.navigation.location.page.label == "i"


def test_escape_hides_the_caret_after_card_and_selection(
    qtbot: QtBot, sheets: PdfView, session: Session
) -> None:
    before = sheets.grab().toImage()
    sheets.toggle_caret()
    assert sheets.grab().toImage() != before
    press(qtbot, sheets, Key.Key_Right, 3, shift=True)
    qtbot.waitUntil(lambda: offers(sheets))
    assert sheets.escape()
    assert not offers(sheets)
    assert sheets.escape()
    assert session.selection.span is None
    assert sheets.escape()
    assert not sheets.escape()
    press(qtbot, sheets, Key.Key_Right)
    assert session.navigation.location.page is not None
    assert session.navigation.location.page.label == "1"


def test_a_click_puts_the_caret_and_what_the_mouse_selected_is_made_longer(
    qtbot: QtBot, sheets: PdfView, session: Session
) -> None:
    sheets.toggle_caret()
    place = spot(sheets, "Doors", 0.0)
    qtbot.mouseClick(sheets.viewport(), Qt.MouseButton.LeftButton, pos=place)
    press(qtbot, sheets, Key.Key_Right, 4, shift=True)
    assert selected(session) == "Door"
    qtbot.wait(600)
    drag(sheets, spot(sheets, "winter."), spot(sheets, "Nobody"))
    assert selected(session) == "winter. Nobody"
    press(qtbot, sheets, Key.Key_Right, 3, shift=True)
    assert selected(session) == "winter. Nobody on"


def test_the_key_toggles_it_on_pages_as_in_an_article(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    window = MainWindow(session, LIGHT)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    open_printed(session, tmp_path / "a.pdf", two_columns())
    view = window.document_stack.view
    assert view is window.document_stack.printed
    view.setFocus()
    qtbot.keyClick(view, Key.Key_F7)
    qtbot.keyClick(view, Key.Key_Right, SHIFT)
    assert selected(session) == "A"
    qtbot.keyClick(view, Key.Key_Right, SHIFT)
    qtbot.keyClick(view, Key.Key_Right, SHIFT)
    assert selected(session) == "A T"
    qtbot.keyClick(view, Key.Key_1)
    (note,) = session.annotations.all
    assert note.target.quote.exact == "A T"


def test_every_letter_is_reached_in_both_directions(pages: PageMap) -> None:
    forwards = [by_letter(pages, -1, 1)]
    while (at := by_letter(pages, forwards[-1], 1)) != forwards[-1]:
        forwards.append(at)
    backwards = [forwards[-1]]
    while (at := by_letter(pages, backwards[-1], -1)) != backwards[-1]:
        backwards.append(at)
    assert backwards[::-1] == forwards
    printed = {offset for number in (1, 2, 3) for span, _ in pages.words_on(number)
               for offset in range(span.start, span.end)}  # fmt: skip
    assert printed <= set(forwards)
    assert all(place_of(pages, at) is not None for at in forwards)


def test_words_and_line_ends(pages: PageMap) -> None:
    words = pages.text
    quiet = words.index("Quiet rooms were")
    assert words[by_word(pages, quiet, 1) :].startswith("rooms were")
    assert by_word(pages, quiet + 6, -1) == quiet
    assert words[by_word(pages, quiet + 9, -1) :].startswith("rooms were")
    end = by_line_end(pages, quiet + 3, 1)
    assert words[:end].endswith("one ward")
    assert by_line_end(pages, end, -1) == quiet


def test_lines_go_on_over_pages_and_end_with_the_last(pages: PageMap) -> None:
    words = pages.text
    last = words.index("matter more")
    place = place_of(pages, last)
    assert place is not None
    assert by_line(pages, last, place.left, 1) == last
    above = by_line(pages, last, place.left, -1)
    assert words[above:].startswith("The second page")
    before = by_line(pages, above, place.left, -1)
    there = place_of(pages, before)
    assert there is not None
    assert there.page == 1
    assert by_line(pages, before, place.left, 1) == above
