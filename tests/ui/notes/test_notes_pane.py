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

from reader.model.annotation import Annotation
from reader.paths import Paths
from reader.problem import Problem
from reader.session.session import Session
from reader.settings import COLOUR_MEANINGS, FOLDER
from reader.store.drafts import Draft
from reader.store.notes import Notes
from reader.ui.notes.note_editor import NoteEditor
from reader.ui.notes.notes_pane import NotesPane
from reader.ui.widgets.theme import DARK, LIGHT
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


def cards(pane: NotesPane) -> list[Annotation]:
    return list(pane._rows.rows)


def quotes(pane: NotesPane) -> list[str]:
    return [card.target.quote.exact for card in cards(pane)]


def editor_of(pane: NotesPane, annotation_id: str) -> NoteEditor:
    editor = pane.list.indexWidget(pane._index_of(annotation_id))
    assert isinstance(editor, NoteEditor)
    return editor


def begin(pane: NotesPane, annotation_id: str, text: str) -> NoteEditor:
    pane.edit(annotation_id)
    editor = editor_of(pane, annotation_id)
    editor.text.setPlainText(text)
    return editor


def note_of(session: Session, annotation_id: str) -> str:
    annotation = session.annotations.get(annotation_id)
    assert annotation is not None
    return annotation.note


def drafts(paths: Paths, user: str = "anna") -> list[Draft]:
    """What of the things being typed is on the disk."""
    with closing(Notes(paths.notes(user))) as notes:
        return notes.drafts.all()


def two(session: Session) -> tuple[str, str]:
    second = mark(session, "glutamate rises", "violet", note="GSK-3, too", tags=("teaching",))
    first = mark(session, "Small doses calm", "green")
    return first, second


# The list


def test_without_notes_it_teaches_how_to_make_them(pane: NotesPane) -> None:
    assert pane._empty.isVisible()
    assert "press H" in pane._empty.text()
    assert "or N" in pane._empty.text()
    assert not pane.list.isVisible()
    pane.take_focus()
    assert pane._export.hasFocus()


def test_cards_come_in_reading_order(pane: NotesPane, session: Session) -> None:
    two(session)
    assert quotes(pane) == ["Small doses calm", "glutamate rises"]
    assert pane._count.text() == "2"
    assert not pane._empty.isVisible()
    said = pane.list.model().index(1, 0).data()
    assert said == "Violet highlight: glutamate rises. Note: GSK-3, too. Tags: teaching."


def test_a_card_has_room_for_what_is_on_it(pane: NotesPane, session: Session) -> None:
    bare, full = two(session)
    long = mark(session, "In several trials ketamine was of use. Blood pressure rose and nausea")
    height = {card.id: pane._delegate.height(card) for card in cards(pane)}
    assert height[bare] == 66 + 8
    assert height[full] == 66 + 8 + 7 + 19 + 20
    assert height[long] == 66 + 8 + 40
    pane.list.grab()
    assert height == {card.id: pane._delegate.height(card) for card in cards(pane)}


def test_a_click_chooses_and_goes_there(qtbot: QtBot, pane: NotesPane, session: Session) -> None:
    _first, second = two(session)
    bare = pane.grab().toImage()
    place = pane.list.visualRect(pane._index_of(second)).center()
    with qtbot.waitSignal(session.navigation.scroll_requested) as went:
        qtbot.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert went.args == [session.annotations.spans[second]]
    assert session.selection.annotation_id == second
    assert pane.grab().toImage() != bare


def test_the_chosen_card_is_the_current_one(pane: NotesPane, session: Session) -> None:
    _first, second = two(session)
    session.annotations.choose(second)
    assert pane.list.currentIndex() == pane._index_of(second)
    session.annotations.choose("")
    assert not pane.list.currentIndex().isValid()


def test_an_edit_that_leaves_a_card_as_high_does_not_lay_out_the_others(
    pane: NotesPane, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = two(session)
    lay_out = Mock(wraps=pane.list.doItemsLayout)
    monkeypatch.setattr(pane.list, "doItemsLayout", lay_out)
    session.annotations.edit(first, colour="pink")
    lay_out.assert_not_called()
    assert [card.colour for card in cards(pane)] == ["pink", "violet"]
    session.annotations.edit(first, note="A note makes it higher.")
    lay_out.assert_called_once()
    assert second == cards(pane)[1].id


def test_a_deleted_note_goes_and_comes_back_with_undo(pane: NotesPane, session: Session) -> None:
    first, _second = two(session)
    session.annotations.delete(first)
    assert quotes(pane) == ["glutamate rises"]
    session.undo_stack.undo()
    assert quotes(pane) == ["Small doses calm", "glutamate rises"]


def test_each_document_has_its_own(pane: NotesPane, session: Session) -> None:
    two(session)
    session.workspace.library.add(OTHER, OTHER.title.encode(), {})
    session.navigation.open(OTHER.id)
    assert cards(pane) == []
    mark(session, "NMDA receptor")
    session.navigation.open(an_article().id)
    assert len(cards(pane)) == 2


def test_a_note_without_a_place_says_so_and_stays(pane: NotesPane, session: Session) -> None:
    first, _ = two(session)
    placed = pane.grab().toImage()
    del session.annotations.spans[first]
    assert pane.grab().toImage() != placed
    assert "Small doses calm" in quotes(pane)


def test_what_is_cut_on_a_card_is_whole_in_its_tip(pane: NotesPane, session: Session) -> None:
    short = mark(session, "glutamate rises")
    assert session.current.document is not None
    words = " ".join(session.current.document.text.split("\n")[2:5])
    long = mark(session, session.current.document.text[60:500])
    noted = mark(session, "Dizziness", note="one more line\n" * 30)
    tips = {card.id: pane._delegate.tip(card) for card in cards(pane)}
    assert tips[short] == "Uses Of Ketamine: How Does It Work?"
    assert words[:40] in tips[long].replace("\n", " ")
    assert tips[noted] == note_of(session, noted)


def test_export_is_asked_for_by_the_button(qtbot: QtBot, pane: NotesPane) -> None:
    with qtbot.waitSignal(pane.export_wanted):
        qtbot.mouseClick(pane._export, Qt.MouseButton.LeftButton)


def test_it_takes_another_theme_and_can_be_mirrored(pane: NotesPane, session: Session) -> None:
    first, _ = two(session)
    light = pane.grab().toImage()
    pane.set_theme(DARK)
    dark = pane.grab().toImage()
    assert dark != light
    pane.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert pane.grab().toImage() != dark
    pane.edit(first)
    card = pane.list.visualRect(pane._index_of(first))
    assert card.contains(editor_of(pane, first).geometry())


# Filters


def test_dots_let_their_colours_through(qtbot: QtBot, pane: NotesPane, session: Session) -> None:
    two(session)
    green, violet = pane._dots[1], pane._dots[4]
    green.click()
    assert quotes(pane) == ["Small doses calm"]
    assert pane._count.text() == "1 of 2"
    violet.click()
    assert len(quotes(pane)) == 2
    green.click()
    violet.click()
    pane._dots[0].click()
    assert quotes(pane) == []
    assert pane._empty.text() == "No note passes the filter."


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
    pane: NotesPane, session: Session, words: str, found: list[str]
) -> None:
    two(session)
    pane._filter_button.setChecked(True)
    pane._filter.setText(words)
    assert quotes(pane) == found


def test_the_filter_shows_on_demand_and_goes_with_esc(
    qtbot: QtBot, pane: NotesPane, session: Session
) -> None:
    two(session)
    assert not pane._filter.isVisible()
    pane._filter_button.click()
    assert pane._filter.hasFocus()
    qtbot.keyClicks(pane._filter, "gluta")
    assert quotes(pane) == ["glutamate rises"]
    qtbot.keyClick(pane._filter, Qt.Key.Key_Escape)
    assert not pane._filter.isVisible()
    assert len(quotes(pane)) == 2
    assert pane.list.hasFocus()


def test_dots_are_named_as_the_user_names_them(pane: NotesPane, session: Session) -> None:
    assert pane._dots[0].accessibleName() == "Show only Dose (yellow)"
    session.settings.set(COLOUR_MEANINGS, {"yellow": "Warning"})
    assert pane._dots[0].toolTip() == "Show only Warning (yellow)"
    assert pane._dots[0].accessibleName() == "Show only Warning (yellow)"
    session.settings.set(FOLDER, "/elsewhere")
    assert pane._dots[0].toolTip() == "Show only Warning (yellow)"


def test_a_note_that_no_longer_passes_the_filter_goes(pane: NotesPane, session: Session) -> None:
    first, _ = two(session)
    pane._dots[1].click()
    session.annotations.edit(first, colour="pink")
    assert quotes(pane) == []


# Writing


def test_a_note_is_written_in_place(qtbot: QtBot, pane: NotesPane, session: Session) -> None:
    first, _ = two(session)
    session.marker.write_note(first)
    editor = editor_of(pane, first)
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
    assert pane.list.indexWidget(pane._index_of(first)) is None
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
    pane: NotesPane,
    session: Session,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier,
) -> None:
    first, _ = two(session)
    editor = begin(pane, first, "kept")
    qtbot.keyClick(editor.text, key, modifier)
    assert note_of(session, first) == "kept"
    assert not pane._delegate.editing


def test_enter_alone_is_a_new_line(qtbot: QtBot, pane: NotesPane, session: Session) -> None:
    first, _ = two(session)
    editor = begin(pane, first, "")
    qtbot.keyClicks(editor.text, "a")
    qtbot.keyClick(editor.text, Qt.Key.Key_Return)
    qtbot.keyClicks(editor.text, "b")
    assert pane.finish_editing()
    assert note_of(session, first) == "a\nb"


def test_a_double_click_opens_the_editor(pane: NotesPane, session: Session) -> None:
    first, _ = two(session)
    pane.list.doubleClicked.emit(pane._index_of(first))
    assert pane._delegate.editing == first


def test_a_note_that_the_filter_hides_is_shown_to_be_written(
    pane: NotesPane, session: Session
) -> None:
    first, _ = two(session)
    pane._dots[0].click()
    session.marker.edit_requested.emit(first)
    assert pane._delegate.editing == first
    assert len(quotes(pane)) == 2


def test_a_note_that_is_not_here_opens_no_editor(pane: NotesPane, session: Session) -> None:
    two(session)
    pane.edit("nowhere")
    assert not pane._delegate.editing


def test_the_colour_changes_while_writing(qtbot: QtBot, pane: NotesPane, session: Session) -> None:
    first, _ = two(session)
    editor = begin(pane, first, "half-")
    pink = next(w for w in editor.children() if getattr(w, "colour", "") == "pink")
    pink.click()  # type: ignore[attr-defined]
    annotation = session.annotations.get(first)
    assert annotation is not None
    assert annotation.colour == "pink"
    assert editor_of(pane, first).text.toPlainText() == "half-"


def test_a_note_is_deleted_from_its_editor(pane: NotesPane, session: Session) -> None:
    first, _second = two(session)
    editor = begin(pane, first, "not kept")
    delete = next(
        w
        for w in editor.children()
        if getattr(w, "accessibleName", str)() == "Delete highlight and note"
    )
    delete.click()  # type: ignore[attr-defined]
    assert session.annotations.get(first) is None
    assert quotes(pane) == ["glutamate rises"]
    session.undo_stack.undo()
    assert note_of(session, first) == ""


def test_a_note_emptied_is_a_highlight_again(pane: NotesPane, session: Session) -> None:
    _, second = two(session)
    begin(pane, second, "  ")
    assert pane.finish_editing()
    annotation = session.annotations.get(second)
    assert annotation is not None
    assert (annotation.note, annotation.motivation) == ("", "highlighting")


# Nothing written is lost


def another_mark(pane: NotesPane, session: Session) -> None:
    mark(session, "Dizziness", "pink")


def another_document(pane: NotesPane, session: Session) -> None:
    session.workspace.library.add(OTHER, OTHER.title.encode(), {})
    session.navigation.open(OTHER.id)


def another_user(pane: NotesPane, session: Session) -> None:
    session.users.switch("bert")
    session.users.switch("anna")


def a_filter(pane: NotesPane, session: Session) -> None:
    pane._dots[0].click()


def another_note(pane: NotesPane, session: Session) -> None:
    session.marker.edit_requested.emit(cards(pane)[-1].id)


def another_choice(pane: NotesPane, session: Session) -> None:
    rows = pane.list.model()
    pane.list.taken.emit(rows.index(rows.rowCount() - 1, 0))


def no_choice(pane: NotesPane, session: Session) -> None:
    session.annotations.choose("")


def the_page(pane: NotesPane, session: Session) -> None:
    pane._filter_button.setFocus()


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
    qtbot: QtBot, pane: NotesPane, session: Session, interrupt: Any
) -> None:
    first, _ = two(session)
    session.annotations.choose(first)
    begin(pane, first, "half-written")
    interrupt(pane, session)
    qtbot.waitUntil(lambda: pane._delegate.editing != first)
    session.navigation.open(an_article().id)
    assert note_of(session, first) == "half-written"


def test_it_is_on_the_disk_when_another_program_comes_to_the_front_and_the_editor_waits(
    pane: NotesPane, session: Session, qtbot: QtBot, paths: Paths
) -> None:
    first, _ = two(session)
    editor = begin(pane, first, "half-written")
    for reason in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
        QApplication.sendEvent(editor.text, QFocusEvent(QEvent.Type.FocusOut, reason))
    qtbot.waitUntil(lambda: [one.note for one in drafts(paths)] == ["half-written"])
    # It is no edit yet: there is one when the writing ends.
    assert pane._delegate.editing == first
    assert note_of(session, first) == ""
    assert len(session.notebook.history(first)) == 1
    assert pane.finish_editing()
    assert len(session.notebook.history(first)) == 2
    session.undo_stack.undo()
    assert note_of(session, first) == ""


def test_it_is_kept_when_the_window_closes(pane: NotesPane, session: Session, paths: Paths) -> None:
    from reader.store.notes import open_notes

    first, _ = two(session)
    begin(pane, first, "half-written")
    session.close()
    stored = open_notes(paths, "anna")
    (annotation,) = (a for a in stored.annotations(an_article().id) if a.id == first)
    stored.close()
    assert annotation.note == "half-written"


def test_what_cannot_be_kept_stays_in_the_editor(
    qtbot: QtBot, pane: NotesPane, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = two(session)
    editor = begin(pane, first, "no room for this")

    def full(*_: object) -> None:
        raise Problem("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(session.workspace.notes, "apply", full)
        with qtbot.waitSignal(session.notifier.failed) as failed:
            assert not pane.finish_editing()
        assert failed.args[0].sentence == "The disk is full."
        pane._dots[0].click()
        qtbot.keyClick(editor.text, Qt.Key.Key_Escape)
        assert editor_of(pane, first).text.toPlainText() == "no room for this"
    assert pane.finish_editing()
    assert note_of(session, first) == "no room for this"


def test_a_note_that_cannot_be_kept_keeps_its_document_and_its_user(
    pane: NotesPane, session: Session
) -> None:
    session.workspace.library.add(OTHER, OTHER.title.encode(), {})
    here = session.current.document
    annotation_id = mark(session, "NMDA")
    begin(pane, annotation_id, "Do not lose this.")

    def full(*_: object) -> None:
        raise Problem("The disk is full.")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(session.workspace.notes, "apply", full)
        session.navigation.open(OTHER.id)
        session.users.switch("berta")
        assert (session.current.document, session.workspace.user) == (here, "anna")
        assert editor_of(pane, annotation_id).text.toPlainText() == "Do not lose this."
    session.navigation.open(OTHER.id)
    assert session.current.document == OTHER
    session.navigation.back()
    assert note_of(session, annotation_id) == "Do not lose this."


def test_undoing_the_mark_while_writing_closes_the_editor(
    pane: NotesPane, session: Session
) -> None:
    only = mark(session, "Small doses calm")
    begin(pane, only, "nowhere to go")
    session.undo_stack.undo()
    assert cards(pane) == []
    assert not pane._delegate.editing


def test_undo_and_redo_show_at_once(pane: NotesPane, session: Session) -> None:
    first, _ = two(session)
    session.annotations.edit(first, note="one")
    session.undo_stack.undo()
    assert cards(pane)[0].note == ""
    session.undo_stack.redo()
    assert cards(pane)[0].note == "one"
