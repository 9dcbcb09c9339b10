"""Cards follow the reading, fold long notes, and show notes as they read."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from pytestqt.qtbot import QtBot

from reader.note_markdown import laid_out, shown
from reader.session.session import Session
from reader.ui.notes.note_rows import FOLD_PX
from reader.ui.notes.notes_pane import NotesPane
from reader.ui.widgets.theme import LIGHT
from tests.ui.drivers.notes import Notes
from tests.ui.samples import mark

LONG = "\n".join(f"Line {number} of a long note." for number in range(1, 16))
PLACES = (
    "old anaesthetic",
    "Small doses",
    "Two uses",
    "glutamate rises",
    "several trials",
    "Blood pressure",
    "Ketamine works",
    "Dizziness",
    "In four or five",
    "an aneurysm",
)


@pytest.fixture
def pane(qtbot: QtBot, session: Session) -> NotesPane:
    pane = NotesPane(session, LIGHT)
    qtbot.addWidget(pane)
    pane.resize(300, 400)
    pane.show()
    qtbot.waitExposed(pane)
    return pane


def card(pane: NotesPane, number: int) -> QRect:
    """Where a card is in the list."""
    return pane.list.visualRect(pane.list.model().index(number, 0))


def fold_line(pane: NotesPane, number: int) -> QPoint:
    """The line "Show all" of a card without tags: right above its foot."""
    area = card(pane, number)
    return QPoint(area.left() + 60, area.bottom() - 8 - 12 - 18 - 6 - FOLD_PX // 2)


def test_a_long_note_is_folded_after_six_lines_until_all_of_it_is_wanted(
    pane: NotesPane, session: Session, qtbot: QtBot
) -> None:
    mark(session, "Small doses", note=LONG)
    pane.grab()
    folded = card(pane, 0).height()
    qtbot.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, pos=fold_line(pane, 0))
    pane.grab()
    whole = card(pane, 0).height()
    assert whole - folded == 9 * 19
    assert session.selection.annotation_id == ""
    pane.list.scrollToBottom()
    qtbot.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, pos=fold_line(pane, 0))
    assert card(pane, 0).height() == folded


def test_space_unfolds_the_note_that_the_keyboard_is_on(
    pane: NotesPane, session: Session, qtbot: QtBot
) -> None:
    mark(session, "Small doses", note=LONG)
    mark(session, "Two uses", note="short")
    pane.take_focus()
    before = card(pane, 0).height()
    qtbot.keyClick(pane.list, Qt.Key.Key_Space)
    assert card(pane, 0).height() > before
    qtbot.keyClick(pane.list, Qt.Key.Key_Space)
    assert card(pane, 0).height() == before
    qtbot.keyClick(pane.list, Qt.Key.Key_Down)
    short = card(pane, 1).height()
    qtbot.keyClick(pane.list, Qt.Key.Key_Space)
    assert card(pane, 1).height() == short


def test_the_notes_follow_the_reading(pane: NotesPane, session: Session, qtbot: QtBot) -> None:
    for words in PLACES:
        mark(session, words, note="A note of a line.")
    pane.grab()
    document = session.current.document
    assert document is not None
    assert not pane.list.viewport().rect().contains(card(pane, 9))
    for words, number in (("an aneurysm", 9), ("Small doses", 1)):
        session.navigation.report_location(document.text.index(words), 0.0, 9)
        seen = pane.list.viewport().rect()
        qtbot.waitUntil(lambda: seen.intersects(card(pane, number)))  # noqa: B023


def test_a_chosen_note_stays_in_sight(pane: NotesPane, session: Session) -> None:
    made = [mark(session, words, note="A note of a line.") for words in PLACES]
    session.annotations.choose(made[0])
    pane.grab()
    document = session.current.document
    assert document is not None
    session.navigation.report_location(document.text.index("an aneurysm"), 0.0, 9)
    assert pane.list.viewport().rect().contains(card(pane, 0))


def test_a_note_is_read_out_without_signs(pane: NotesPane, session: Session) -> None:
    mark(session, "Small doses", note="**Dose**\n\n| Drug | mg |\n|---|---|\n| A | 2 |")
    said = pane.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Note: Dose Drug · mg A · 2." in said


def test_a_table_takes_a_line_a_row(pane: NotesPane, session: Session) -> None:
    mark(session, "Small doses", note="one\ntwo")
    mark(session, "Two uses", note="| Drug | mg |\n|---|---|\n| A | 2 |")
    pane.grab()
    assert card(pane, 0).height() == card(pane, 1).height()


def test_words_that_are_strong_and_emphasised_look_both(
    pane: NotesPane, session: Session, qtbot: QtBot
) -> None:
    mark(session, "Small doses", note="a ***both*** b *c **d** e*")
    notes = Notes(qtbot, pane)
    found = {run.text.strip(): (run.bold, run.italic) for run in notes.runs(notes.cards[0])}
    looks = {"both": (True, True), "c": (False, True), "d": (True, True), "e": (False, True)}
    assert {words: found[words] for words in looks} == looks


def test_no_note_is_read_as_markdown_before_it_is_seen(qtbot: QtBot, session: Session) -> None:
    for number in range(200):
        mark(session, PLACES[number % len(PLACES)], note=f"- **{number}** of them\n- and more")
    laid_out.cache_clear()
    shown.cache_clear()
    pane = NotesPane(session, LIGHT)
    qtbot.addWidget(pane)
    pane.resize(300, 400)
    pane.show()
    qtbot.waitExposed(pane)
    pane.grab()
    assert laid_out.cache_info().misses < 20
    assert shown.cache_info().misses < 20
    # What was guessed is put right when the row comes into sight.
    notes = Notes(qtbot, pane)
    last = notes.cards[-1]
    assert notes.lines(last)[1:3] == ["• 199 of them", "• and more"]
