"""The bar that asks and the panel that shows what is to be decided."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QWidget
from pytestqt.qtbot import QtBot

from reader.model.anchoring.review_case import Case
from reader.model.annotation import Annotation
from reader.model.span import Span
from reader.session.reanchoring import ReviewCases
from reader.session.session import Session
from reader.ui.commands.actions import ACTIONS
from reader.ui.library.editions_dialog import EditionsDialog
from reader.ui.notes.backups_dialog import BackupsDialog
from reader.ui.notes.history_dialog import HistoryDialog
from reader.ui.review.review_bar import ReviewBar
from reader.ui.review.review_panel import ReviewPanel
from reader.ui.shell.main_window import MainWindow
from reader.ui.widgets import theme as themes
from tests.ui.drivers.found import called, press, words_in
from tests.ui.samples import an_article, mark

Key = Qt.Key
CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def panel(qtbot: QtBot, session: Session) -> ReviewPanel:
    panel = ReviewPanel(session, themes.LIGHT)
    qtbot.addWidget(panel)
    return panel


def changed(session: Session, words: str, state: str = "moved") -> Annotation:
    """A note that an edition moved."""
    annotation_id = mark(session, words)
    found = session.annotations.get(annotation_id)
    assert found is not None
    assert session.annotations.edit(annotation_id, state=state, earlier=found.target)
    return found


def case_of(session: Session, annotation: Annotation, *places: str) -> Case:
    assert session.current.document is not None
    text = session.current.document.text
    found = [Span(text.index(words), text.index(words) + len(words)) for words in places]
    quote = annotation.target.quote
    old = f"{quote.prefix}{quote.exact}{quote.suffix}"
    start = len(quote.prefix)
    return Case(annotation.id, old, Span(start, start + len(quote.exact)), tuple(found))


def test_the_bar_asks_until_it_is_put_away(qtbot: QtBot, session: Session) -> None:
    bar = ReviewBar(session, themes.LIGHT)
    qtbot.addWidget(bar)
    assert bar.sentence == ""
    changed(session, "Small doses")
    assert bar.sentence == "This text has changed. Your notes: 1 moved."
    with qtbot.waitSignal(bar.wanted):
        press(bar, "Review")
    press(bar, "Not now")
    assert bar.sentence == ""
    changed(session, "Two uses", "check")
    assert bar.sentence == "This text has changed. Your notes: 1 moved, 1 to be checked."


def test_it_says_that_the_text_has_changed_only_when_it_has(qtbot: QtBot, session: Session) -> None:
    bar = ReviewBar(session, themes.LIGHT)
    qtbot.addWidget(bar)
    # As a note from another program comes: made on no text that we know.
    note = changed(session, "Small doses", "check")
    elsewhere = replace(note.target, text_hash="")
    session.annotations.edit(note.id, earlier=elsewhere)
    assert bar.sentence == "Notes to look at: 1 to be checked."
    session.annotations.edit(note.id, earlier=replace(elsewhere, text_hash="ab" * 32))
    assert bar.sentence == "This text has changed. Your notes: 1 to be checked."


def test_an_earlier_edition_says_so(qtbot: QtBot, session: Session) -> None:
    bar = ReviewBar(session, themes.DARK)
    qtbot.addWidget(bar)
    assert session.current.document is not None
    better = replace(
        session.current.document, importer="test 2", text=session.current.document.text + " "
    )
    assert (
        session.workspace.library.add(better, session.current.document.title.encode(), {})
        == "updated"
    )
    dialog = EditionsDialog(session, session.current.document.id, bar)
    listed = called(dialog, QListWidget, "Editions")
    assert listed.item(0).text().startswith("Latest, imported")
    assert listed.item(1).text().startswith("Reading 1, imported")
    press(dialog, "Read")
    assert bar.sentence.startswith("This is an earlier edition")
    press(bar, "Open the latest edition")
    assert bar.sentence == ""
    assert session.current.document == better
    empty = EditionsDialog(session, "none", bar)
    press(empty, "Read")
    assert session.current.document == better


def test_moved_ones_are_accepted_together(session: Session, panel: ReviewPanel) -> None:
    found = [changed(session, words) for words in ("Small doses", "Two uses", "In four")]
    panel.take([case_of(session, one, one.target.quote.exact) for one in found])
    assert panel.isVisible()
    assert not panel.all_moved.isHidden()
    panel.all_moved.click()
    assert session.reanchoring.status.open == 0
    assert not panel.isVisible()
    session.reanchoring.accept_moved()
    session.undo_stack.undo()
    assert session.reanchoring.status.moved == 3


def test_another_place_is_looked_at_and_taken(
    qtbot: QtBot, session: Session, panel: ReviewPanel
) -> None:
    one = changed(session, "In several trials", "check")
    two = changed(session, "Two uses")
    looked: list[object] = []
    panel.proposed.connect(looked.append)
    panel.take(
        [case_of(session, one, "In several trials", "In four or five"), case_of(session, two)]
    )
    qtbot.keyClick(panel, Key.Key_P)
    assert any("place 2 of 2" in said for said in words_in(panel))
    qtbot.keyClick(panel, Key.Key_A)
    after = session.annotations.get(one.id)
    assert after is not None
    assert after.target.quote.exact == "In four or five"
    assert (after.state, after.earlier) == ("", None)
    # The other has no place at all to look at.
    assert panel.place is None
    assert not panel.accept.isEnabled()
    panel.set_theme(themes.DARK)
    qtbot.keyClick(panel, Key.Key_Z)
    qtbot.keyClick(panel, Key.Key_O)
    qtbot.keyClick(panel, Key.Key_Escape)
    assert not panel.isVisible()
    assert looked[-1] is None
    panel.set_theme(themes.LIGHT)


def test_one_steps_through_them(qtbot: QtBot, session: Session, panel: ReviewPanel) -> None:
    found = [changed(session, words) for words in ("Small doses", "Two uses")]
    panel.take([case_of(session, one, one.target.quote.exact) for one in found])
    qtbot.keyClick(panel, Key.Key_PageDown)
    assert panel.case.annotation_id == found[1].id
    qtbot.keyClick(panel, Key.Key_PageUp)
    assert panel.case.annotation_id == found[0].id
    session.annotations.edit(found[0].id, note="Written meanwhile")
    assert "Your note: Written meanwhile" in words_in(panel)
    session.annotations.delete(found[1].id)
    assert len(panel.open_cases) == 1


def test_a_long_passage_with_many_differences(session: Session, panel: ReviewPanel) -> None:
    one = changed(
        session, "The NMDA receptor is blocked, glutamate rises, and ketamine opens the way"
    )
    new = case_of(
        session, one, "Ketamine works for some days; whether it can be repeated is not known."
    )
    panel.take([replace(new, old="a 1 b 2 c 3 d 4 e 5 f 6 g 7 h 8", span=Span(0, 31))])
    assert panel.differences


def test_nothing_is_decided_about_a_note_that_is_gone(session: Session) -> None:
    session.selection.set_span(Span(0, 4))
    assert not session.reanchoring.accept("gone")
    assert not session.reanchoring.archive("gone")
    session.reanchoring.open_earlier("gone")
    lost = changed(session, "Small doses", "unplaced")
    found = session.annotations.get(lost.id)
    assert found is not None
    assert session.annotations.edit(
        lost.id, target=replace(found.target, text_hash="00" * 32), earlier=None
    )
    assert not session.reanchoring.accept(lost.id)
    told: list[str] = []
    session.notifier.message.connect(told.append)
    session.reanchoring.open_earlier(lost.id)
    assert told == ["That text is no longer in the library."]


def test_nothing_is_asked_without_a_document(session: Session) -> None:
    session.library_commands.trash(an_article().id)
    session.reanchoring.review()
    session.current.open_latest()
    assert session.reanchoring.status.open == 0


def test_actions_open_review_editions_and_backups(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = MainWindow(session, themes.LIGHT)
    qtbot.addWidget(window)
    window.show()
    actions = {action.id: action for action in ACTIONS}
    window.menus.run(actions["review"])
    assert window.middle.message.sentence == "No note on this document waits for a decision."
    asked: list[str] = []
    for dialog in (EditionsDialog, BackupsDialog, HistoryDialog):
        monkeypatch.setattr(dialog, "exec", lambda one: asked.append(type(one).__name__))
    for name in ("editions", "backups"):
        window.menus.run(actions[name])
    changed(session, "Small doses", "check")
    window.document_stack.page.grab()
    session.annotations.choose(session.annotations.all[0].id)
    window.menus.run(actions["note_history"])
    assert asked == ["EditionsDialog", "BackupsDialog", "HistoryDialog"]
    window.menus.run(actions["review"])
    qtbot.waitUntil(lambda: not session.background.busy, timeout=20_000)
    assert window.review.widget.isVisible()
    qtbot.keyClick(window, Key.Key_Escape)
    window.middle.message.dismiss()
    qtbot.keyClick(window, Key.Key_Escape)
    assert not window.review.widget.isVisible()
    window.close()


def test_the_keyboard_goes_round_by_review_and_notebook(qtbot: QtBot, session: Session) -> None:
    window = MainWindow(session, themes.LIGHT)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    one = changed(session, "Small doses", "check")
    cases = (case_of(session, one, "Small doses"),)
    session.reanchoring.cases_ready.emit(ReviewCases(cases))
    window.themes.choose("dark")
    window.header.search.setFocus()
    window.panes.focus_next(1)
    window.panes.focus_next(1)
    assert window.focusWidget() in window.review.widget.findChildren(QWidget)
    qtbot.keyClick(window, Qt.Key.Key_N, CONTROL_SHIFT)
    window.review.widget.put_away()
    window.header.search.setFocus()
    # Nothing of a document stands beside the notebook.
    window.panes.focus_next(1)
    assert window.focusWidget() is window.notebook.widget.list
    window.close()
