"""Notes stand in reading order, can be filtered and written in place, and are never lost."""

from __future__ import annotations

from contextlib import closing
from typing import Any
from unittest.mock import Mock

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.paths import Paths
from reader.problem import Problem
from reader.session.session import Session
from reader.settings import COLOUR_MEANINGS, FOLDER
from reader.store.drafts import Draft
from reader.store.notes import Notes as StoredNotes
from reader.ui.notes.notes_pane import NotesPane
from reader.ui.widgets.theme import DARK, LIGHT
from tests.ui.drivers.found import write
from tests.ui.drivers.notes import Notes
from tests.ui.samples import an_article, mark

OTHER = an_article("Ketamine in the elderly")


@pytest.fixture
def pane(qtbot: QtBot, session: Session) -> NotesPane:
    pane = NotesPane(session, LIGHT)
    qtbot.addWidget(pane)
    pane.resize(300, 716)
    pane.show()
    qtbot.waitExposed(pane)
    return pane


@pytest.fixture
def notes(qtbot: QtBot, pane: NotesPane) -> Notes:
    return Notes(qtbot, pane)


def note_of(session: Session, annotation_id: str) -> str:
    annotation = session.annotations.get(annotation_id)
    assert annotation is not None
    return annotation.note


def drafts(paths: Paths, user: str = "anna") -> list[Draft]:
    """What of the things being typed is on the disk."""
    with closing(StoredNotes(paths.notes(user))) as stored:
        return stored.drafts.all()


def two(session: Session) -> tuple[str, str]:
    second = mark(session, "glutamate rises", "violet", note="GSK-3, too", tags=("teaching",))
    first = mark(session, "Small doses calm", "green")
    return first, second


# The list


def test_without_notes_it_teaches_how_to_make_them(pane: NotesPane, notes: Notes) -> None:
    assert notes.notice.isVisible()
    assert "press H" in notes.notice.text()
    assert "or N" in notes.notice.text()
    assert not pane.list.isVisible()
    pane.take_focus()
    assert notes.export.hasFocus()


def test_cards_come_in_reading_order(notes: Notes, session: Session) -> None:
    two(session)
    assert notes.quotes == ["Small doses calm", "glutamate rises"]
    assert notes.count == "2"
    assert not notes.notice.isVisible()
    assert notes.said[1] == "Violet highlight: glutamate rises. Note: GSK-3, too. Tags: teaching."


def test_a_card_has_room_for_what_is_on_it(pane: NotesPane, notes: Notes, session: Session) -> None:
    bare, full = two(session)
    long = mark(session, "In several trials ketamine was of use. Blood pressure rose and nausea")
    height = {card.id: notes.height_unseen(card) for card in notes.cards}
    assert height[bare] == 66 + 8
    assert height[full] == 66 + 8 + 7 + 19 + 20
    assert height[long] == 66 + 8 + 40
    pane.list.grab()
    assert height == {card.id: notes.height(card) for card in notes.cards}


def test_a_click_chooses_and_goes_there(
    qtbot: QtBot, pane: NotesPane, notes: Notes, session: Session
) -> None:
    _first, second = two(session)
    bare = pane.grab().toImage()
    place = pane.list.visualRect(notes.index(second)).center()
    with qtbot.waitSignal(session.navigation.scroll_requested) as went:
        qtbot.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert went.args == [session.annotations.spans[second]]
    assert session.selection.annotation_id == second
    assert pane.grab().toImage() != bare


def test_the_chosen_card_is_the_current_one(
    pane: NotesPane, notes: Notes, session: Session
) -> None:
    _first, second = two(session)
    session.annotations.choose(second)
    assert pane.list.currentIndex() == notes.index(second)
    session.annotations.choose("")
    assert not pane.list.currentIndex().isValid()


def test_an_edit_that_leaves_a_card_as_high_does_not_lay_out_the_others(
    pane: NotesPane, notes: Notes, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = two(session)
    lay_out = Mock(wraps=pane.list.doItemsLayout)
    monkeypatch.setattr(pane.list, "doItemsLayout", lay_out)
    session.annotations.edit(first, colour="pink")
    lay_out.assert_not_called()
    assert [card.colour for card in notes.cards] == ["pink", "violet"]
    session.annotations.edit(first, note="A note makes it higher.")
    lay_out.assert_called_once()
    assert second == notes.cards[1].id


def test_a_deleted_note_goes_and_comes_back_with_undo(notes: Notes, session: Session) -> None:
    first, _second = two(session)
    session.annotations.delete(first)
    assert notes.quotes == ["glutamate rises"]
    session.undo_stack.undo()
    assert notes.quotes == ["Small doses calm", "glutamate rises"]


def test_each_document_has_its_own(notes: Notes, session: Session) -> None:
    two(session)
    session.workspace.library.add(OTHER, OTHER.title.encode(), {})
    session.navigation.open(OTHER.id)
    assert notes.cards == []
    mark(session, "NMDA receptor")
    session.navigation.open(an_article().id)
    assert len(notes.cards) == 2


def test_a_note_without_a_place_says_so_and_stays(
    pane: NotesPane, notes: Notes, session: Session
) -> None:
    first, _ = two(session)
    placed = pane.grab().toImage()
    del session.annotations.spans[first]
    assert pane.grab().toImage() != placed
    assert "Small doses calm" in notes.quotes


def test_what_is_cut_on_a_card_is_whole_in_its_tip(notes: Notes, session: Session) -> None:
    short = mark(session, "glutamate rises")
    assert session.current.document is not None
    words = " ".join(session.current.document.text.split("\n")[2:5])
    long = mark(session, session.current.document.text[60:500])
    noted = mark(session, "Dizziness", note="one more line\n" * 30)
    tips = {card.id: notes.tip(card) for card in notes.cards}
    assert tips[short] == "Uses Of Ketamine: How Does It Work?"
    assert words[:40] in tips[long].replace("\n", " ")
    assert tips[noted] == note_of(session, noted)


def test_export_is_asked_for_by_the_button(qtbot: QtBot, pane: NotesPane, notes: Notes) -> None:
    with qtbot.waitSignal(pane.export_wanted):
        qtbot.mouseClick(notes.export, Qt.MouseButton.LeftButton)


def test_it_takes_another_theme_and_can_be_mirrored(
    pane: NotesPane, notes: Notes, session: Session
) -> None:
    first, _ = two(session)
    light = pane.grab().toImage()
    pane.set_theme(DARK)
    dark = pane.grab().toImage()
    assert dark != light
    pane.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert pane.grab().toImage() != dark
    pane.edit(first)
    card = pane.list.visualRect(notes.index(first))
    assert card.contains(notes.editor(first).geometry())


# Filters


def test_dots_let_their_colours_through(qtbot: QtBot, notes: Notes, session: Session) -> None:
    two(session)
    green, violet = notes.dot("green"), notes.dot("violet")
    green.click()
    assert notes.quotes == ["Small doses calm"]
    assert notes.count == "1 of 2"
    violet.click()
    assert len(notes.quotes) == 2
    green.click()
    violet.click()
    notes.dot("yellow").click()
    assert notes.quotes == []
    assert notes.notice.text() == "No note passes the filter."


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("glutamate", ["glutamate rises"]),
        ("gsk-3 rises", ["glutamate rises"]),
        ("#teach", ["glutamate rises"]),
        ("#other", []),
        ("doses #teach", []),
        ("", ["Small doses calm", "glutamate rises"]),
    ],
)
def test_words_and_tags_filter(
    qtbot: QtBot, notes: Notes, session: Session, words: str, found: list[str]
) -> None:
    two(session)
    notes.filter_button.click()
    write(qtbot, notes.filter, words)
    assert notes.quotes == found


def test_the_filter_shows_on_demand_and_goes_with_esc(
    qtbot: QtBot, pane: NotesPane, notes: Notes, session: Session
) -> None:
    two(session)
    assert not notes.filter.isVisible()
    notes.filter_button.click()
    assert notes.filter.hasFocus()
    qtbot.keyClicks(notes.filter, "gluta")
    assert notes.quotes == ["glutamate rises"]
    qtbot.keyClick(notes.filter, Qt.Key.Key_Escape)
    assert not notes.filter.isVisible()
    assert len(notes.quotes) == 2
    assert pane.list.hasFocus()


def test_dots_are_named_as_the_user_names_them(notes: Notes, session: Session) -> None:
    assert notes.dot("yellow").accessibleName() == "Show only Dose (yellow)"
    session.settings.set(COLOUR_MEANINGS, {"yellow": "Warning"})
    assert notes.dot("yellow").toolTip() == "Show only Warning (yellow)"
    assert notes.dot("yellow").accessibleName() == "Show only Warning (yellow)"
    session.settings.set(FOLDER, "/elsewhere")
    assert notes.dot("yellow").toolTip() == "Show only Warning (yellow)"


def test_a_note_that_no_longer_passes_the_filter_goes(notes: Notes, session: Session) -> None:
    first, _ = two(session)
    notes.dot("green").click()
    session.annotations.edit(first, colour="pink")
    assert notes.quotes == []


# Writing


def test_a_note_is_written_in_place(
    qtbot: QtBot, pane: NotesPane, notes: Notes, session: Session
) -> None:
    first, _ = two(session)
    session.marker.write_note(first)
    editor = notes.editor(first)
    assert editor.text.hasFocus()
    qtbot.keyClicks(editor.text, "Start **low**, #2")
    qtbot.keyClick(editor.text, Qt.Key.Key_Tab)
    assert editor.tags.hasFocus()
    qtbot.keyClicks(editor.tags, "#dose, dose old,")
    qtbot.keyClick(editor.tags, Qt.Key.Key_Return)
    annotation = session.annotations.get(first)
    assert annotation is not None
    assert annotation.note == "Start **low**, #2"
    assert annotation.tags == ("dose", "old")
    assert annotation.motivation == "commenting"
    assert pane.list.indexWidget(notes.index(first)) is None
    assert pane.list.hasFocus()


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
    ],
)
def test_ctrl_enter_and_esc_end_writing_and_keep(
    qtbot: QtBot,
    notes: Notes,
    session: Session,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier,
) -> None:
    first, _ = two(session)
    editor = notes.begin(first, "kept")
    qtbot.keyClick(editor.text, key, modifier)
    assert note_of(session, first) == "kept"
    assert notes.editing == ""


def test_enter_alone_is_a_new_line(
    qtbot: QtBot, pane: NotesPane, notes: Notes, session: Session
) -> None:
    first, _ = two(session)
    editor = notes.begin(first, "")
    qtbot.keyClicks(editor.text, "a")
    qtbot.keyClick(editor.text, Qt.Key.Key_Return)
    qtbot.keyClicks(editor.text, "b")
    assert pane.finish_editing()
    assert note_of(session, first) == "a\nb"


def test_a_double_click_opens_the_editor(notes: Notes, session: Session) -> None:
    first, _ = two(session)
    notes.double_click(first)
    assert notes.editing == first


def test_a_note_that_the_filter_hides_is_shown_to_be_written(
    notes: Notes, session: Session
) -> None:
    first, _ = two(session)
    notes.dot("yellow").click()
    session.marker.edit_requested.emit(first)
    assert notes.editing == first
    assert len(notes.quotes) == 2


def test_a_note_that_is_not_here_opens_no_editor(
    pane: NotesPane, notes: Notes, session: Session
) -> None:
    two(session)
    pane.edit("nowhere")
    assert notes.editing == ""


def test_the_colour_changes_while_writing(qtbot: QtBot, notes: Notes, session: Session) -> None:
    first, _ = two(session)
    editor = notes.begin(first, "half-")
    pink = next(w for w in editor.children() if getattr(w, "colour", "") == "pink")
    pink.click()  # type: ignore[attr-defined]
    annotation = session.annotations.get(first)
    assert annotation is not None
    assert annotation.colour == "pink"
    assert notes.editor(first).text.toPlainText() == "half-"


def test_a_note_is_deleted_from_its_editor(notes: Notes, session: Session) -> None:
    first, _second = two(session)
    editor = notes.begin(first, "not kept")
    delete = next(
        w
        for w in editor.children()
        if getattr(w, "accessibleName", str)() == "Delete highlight and note"
    )
    delete.click()  # type: ignore[attr-defined]
    assert session.annotations.get(first) is None
    assert notes.quotes == ["glutamate rises"]
    session.undo_stack.undo()
    assert note_of(session, first) == ""


def test_a_note_emptied_is_a_highlight_again(
    pane: NotesPane, notes: Notes, session: Session
) -> None:
    _, second = two(session)
    notes.begin(second, "  ")
    assert pane.finish_editing()
    annotation = session.annotations.get(second)
    assert annotation is not None
    assert (annotation.note, annotation.motivation) == ("", "highlighting")


# Nothing written is lost


def another_mark(notes: Notes, session: Session) -> None:
    mark(session, "Dizziness", "pink")


def another_document(notes: Notes, session: Session) -> None:
    session.workspace.library.add(OTHER, OTHER.title.encode(), {})
    session.navigation.open(OTHER.id)


def another_user(notes: Notes, session: Session) -> None:
    session.users.switch("bert")
    session.users.switch("anna")


def a_filter(notes: Notes, session: Session) -> None:
    notes.dot("yellow").click()


def another_note(notes: Notes, session: Session) -> None:
    session.marker.edit_requested.emit(notes.cards[-1].id)


def another_choice(notes: Notes, session: Session) -> None:
    rows = notes.pane.list.model()
    notes.pane.list.taken.emit(rows.index(rows.rowCount() - 1, 0))


def no_choice(notes: Notes, session: Session) -> None:
    session.annotations.choose("")


def the_page(notes: Notes, session: Session) -> None:
    notes.filter_button.setFocus()


@pytest.mark.parametrize(
    "interrupt",
    [
        another_mark,
        another_document,
        another_user,
        a_filter,
        another_note,
        another_choice,
        no_choice,
        the_page,
    ],
)
def test_what_is_being_written_is_kept_when_something_comes_between(
    qtbot: QtBot, notes: Notes, session: Session, interrupt: Any
) -> None:
    first, _ = two(session)
    session.annotations.choose(first)
    notes.begin(first, "half-written")
    interrupt(notes, session)
    qtbot.waitUntil(lambda: notes.editing != first)
    session.navigation.open(an_article().id)
    assert note_of(session, first) == "half-written"


def test_it_is_on_the_disk_when_another_program_comes_to_the_front_and_the_editor_waits(
    pane: NotesPane, notes: Notes, session: Session, qtbot: QtBot, paths: Paths
) -> None:
    first, _ = two(session)
    editor = notes.begin(first, "half-written")
    for reason in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
        QApplication.sendEvent(editor.text, QFocusEvent(QEvent.Type.FocusOut, reason))
    qtbot.waitUntil(lambda: [one.note for one in drafts(paths)] == ["half-written"])
    # It is no edit yet: there is one when the writing ends.
    assert notes.editing == first
    assert note_of(session, first) == ""
    assert len(session.notebook.history(first)) == 1
    assert pane.finish_editing()
    assert len(session.notebook.history(first)) == 2
    session.undo_stack.undo()
    assert note_of(session, first) == ""


def test_it_is_kept_when_the_window_closes(notes: Notes, session: Session, paths: Paths) -> None:
    from reader.store.notes import open_notes

    first, _ = two(session)
    notes.begin(first, "half-written")
    session.close()
    stored = open_notes(paths, "anna")
    (annotation,) = (a for a in stored.annotations(an_article().id) if a.id == first)
    stored.close()
    assert annotation.note == "half-written"


def test_what_cannot_be_kept_stays_in_the_editor(
    qtbot: QtBot, pane: NotesPane, notes: Notes, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = two(session)
    editor = notes.begin(first, "no room for this")

    def full(*_: object) -> None:
        raise Problem("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(session.workspace.notes, "apply", full)
        with qtbot.waitSignal(session.notifier.failed) as failed:
            assert not pane.finish_editing()
        assert failed.args[0].sentence == "The disk is full."
        notes.dot("yellow").click()
        qtbot.keyClick(editor.text, Qt.Key.Key_Escape)
        assert notes.editor(first).text.toPlainText() == "no room for this"
    assert pane.finish_editing()
    assert note_of(session, first) == "no room for this"


def test_a_note_that_cannot_be_kept_keeps_its_document_and_its_user(
    notes: Notes, session: Session
) -> None:
    session.workspace.library.add(OTHER, OTHER.title.encode(), {})
    here = session.current.document
    annotation_id = mark(session, "NMDA")
    notes.begin(annotation_id, "Do not lose this.")

    def full(*_: object) -> None:
        raise Problem("The disk is full.")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(session.workspace.notes, "apply", full)
        session.navigation.open(OTHER.id)
        session.users.switch("berta")
        assert (session.current.document, session.workspace.user) == (here, "anna")
        assert notes.editor(annotation_id).text.toPlainText() == "Do not lose this."
    session.navigation.open(OTHER.id)
    assert session.current.document == OTHER
    session.navigation.back()
    assert note_of(session, annotation_id) == "Do not lose this."


def test_undoing_the_mark_while_writing_closes_the_editor(notes: Notes, session: Session) -> None:
    only = mark(session, "Small doses calm")
    notes.begin(only, "nowhere to go")
    session.undo_stack.undo()
    assert notes.cards == []
    assert notes.editing == ""


def test_undo_and_redo_show_at_once(notes: Notes, session: Session) -> None:
    first, _ = two(session)
    session.annotations.edit(first, note="one")
    session.undo_stack.undo()
    assert notes.cards[0].note == ""
    session.undo_stack.redo()
    assert notes.cards[0].note == "one"
