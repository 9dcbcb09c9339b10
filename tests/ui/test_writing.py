"""Bookmarks, underlines, several notes on a passage, links, tags, and the guard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QApplication
from pytestqt.qtbot import QtBot

from reader.model.span import Span
from reader.session.session import Session
from reader.ui.commands.actions import ACTIONS
from reader.ui.notes.note_editor import NoteEditor
from reader.ui.notes.note_rows import NoteDelegate
from reader.ui.shell.main_window import MainWindow
from reader.ui.widgets import theme as themes
from tests.ui.drivers.found import press
from tests.ui.drivers.notes import Notes
from tests.ui.samples import mark

Key = Qt.Key
ACTION = {action.id: action for action in ACTIONS}


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> Iterator[MainWindow]:
    window = MainWindow(session, themes.LIGHT)
    qtbot.addWidget(window)
    window.resize(1200, 700)
    window.show()
    yield window
    window.close()


def select(session: Session, words: str) -> None:
    assert session.current.document is not None
    start = session.current.document.text.index(words)
    session.selection.set_span(Span(start, start + len(words)))


def test_a_bookmark_is_made_and_taken_away(window: MainWindow, session: Session) -> None:
    window.menus.run(ACTION["bookmark"])
    (made,) = session.annotations.all
    assert made.motivation == "bookmarking"
    assert made.target.quote.exact == "Ketamine for Anxiety: Mechanism and Side Effects"
    window.grab()
    window.document_stack.page.grab()
    assert session.annotations.edit(made.id, note="Read on here")
    select(session, made.target.quote.exact)
    session.marker.highlight("pink")
    assert len(session.annotations.all) == 2
    session.annotations.choose(made.id)
    window.document_stack.page.grab()
    window.menus.run(ACTION["bookmark"])
    assert [one.motivation for one in session.annotations.all] == ["highlighting"]
    select(session, "Small doses")
    window.menus.run(ACTION["bookmark"])
    chosen = session.annotations.get(session.selection.annotation_id)
    assert chosen is not None
    assert chosen.target.quote.exact == "Small doses"


def test_a_bookmark_is_called_after_whole_words(session: Session) -> None:
    assert session.current.document is not None
    text = session.current.document.text
    long = text.index("Ketamine is an old")
    session.navigation.report_location(long - 1, 0.0, long + 10)
    made = session.annotations.get(session.marker.toggle_bookmark())
    assert made is not None
    assert len(made.target.quote.exact) <= 80
    assert text[made.target.position.end] == " "
    session.navigation.report_location(len(text) - 12, 0.0, len(text))
    last = session.annotations.get(session.marker.toggle_bookmark())
    assert last is not None
    assert last.target.position.end == len(text)
    session.library_commands.trash(session.current.document.id)
    assert session.marker.toggle_bookmark() == ""


def test_a_note_on_a_bookmark_leaves_it_one(qtbot: QtBot, session: Session) -> None:
    made = session.annotations.get(session.marker.toggle_bookmark())
    assert made is not None
    editor = NoteEditor(session, made, themes.LIGHT, None)  # type: ignore[arg-type]
    qtbot.addWidget(editor)
    editor.text.setPlainText("From here on")
    assert editor.keep()
    assert session.annotations.get(made.id).motivation == "bookmarking"  # type: ignore[union-attr]


def test_a_passage_is_underlined(window: MainWindow, session: Session) -> None:
    select(session, "Small doses")
    window.menus.run(ACTION["underline"])
    (made,) = session.annotations.all
    assert made.style == "underline"
    session.selection.set_span(None)
    window.document_stack.page.grab()
    window.menus.run(ACTION["underline"])
    assert session.annotations.all[0].style == "highlight"
    session.annotations.choose("")
    session.marker.underline()
    assert len(session.annotations.all) == 1


def test_several_notes_on_one_passage(window: MainWindow, session: Session) -> None:
    select(session, "Small doses")
    session.marker.write_note()
    window.menus.run(ACTION["another"])
    window.menus.run(ACTION["another"])
    assert len({one.target.position for one in session.annotations.all}) == 1
    assert len(session.annotations.all) == 3
    session.selection.set_span(None)
    session.annotations.choose("")
    session.marker.write_another()
    assert len(session.annotations.all) == 3


def test_the_guard_offers_what_turns_the_sense(window: MainWindow, session: Session) -> None:
    select(session, "calm within hours")
    session.marker.highlight()
    assert window.middle.message.sentence == ""
    select(session, "Ketamine works for some days; whether it can be repeated is")
    made = session.marker.highlight()
    assert window.middle.message.sentence == (
        "The passage leaves out “not known”, which may reverse what it says."
    )
    press(window.middle.message, "Extend (E)")
    assert session.annotations.quote(session.annotations.get(made)).endswith("is not known")  # type: ignore[arg-type]
    assert window.middle.message.sentence == ""
    session.undo_stack.undo()
    window.menus.run(ACTION["extend"])
    assert session.annotations.get(made).target.quote.exact.endswith("is not known")  # type: ignore[union-attr]
    window.menus.run(ACTION["extend"])
    assert window.middle.message.sentence.startswith("There is no “not”")
    session.annotations.choose("gone")
    assert not session.marker.extend()
    from reader.problem import Problem

    session.notifier.failed.emit(Problem("The disk is full."))
    session.notifier.offer("Something", "Do", session.marker.extend)
    assert window.middle.message.sentence == "The disk is full."


def test_a_link_leads_from_one_note_to_another(window: MainWindow, session: Session) -> None:
    one = mark(session, "Small doses", note="Strong **words**, `code` and _more_")
    session.annotations.choose(one)
    window.menus.run(ACTION["copy_link"])
    link = QGuiApplication.clipboard().text()
    assert link == f"[Small doses](offprint:{session.current.document.id}#{one})"  # type: ignore[union-attr]
    two = mark(session, "Two uses", note=f"See {link} first.\nAnd this.")
    window.grab()
    session.annotations.choose(two)
    window.menus.run(ACTION["follow"])
    assert session.selection.annotation_id == one
    window.menus.run(ACTION["follow"])
    assert window.middle.message.sentence == "This note holds no link to another."
    assert not session.notebook.follow("offprint:nothing")
    assert window.middle.message.sentence == "That note is no longer there."


def test_a_link_on_a_card_is_clicked(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    one = mark(session, "Small doses")
    link = f"[Small](offprint:{session.current.document.id}#{one})"  # type: ignore[union-attr]
    two = mark(session, "Two uses", note=f"{link} first.")
    window.grab()
    pane = window.notes
    row = session.annotations.get(two)
    assert row is not None
    notes = Notes(qtbot, pane)
    (words,) = (run for run in notes.runs(row) if run.text == "Small")
    area = notes.area(row)
    x, y = round(words.x) + 6, round(words.y) - 4
    delegate = pane.list.itemDelegate()
    assert isinstance(delegate, NoteDelegate)
    assert delegate.link_at(area, row, QPoint(x, y)).endswith(one)
    assert delegate.link_at(area, row, QPoint(x + 100, y)) == ""
    assert delegate.link_at(area, row, QPoint(x + 900, y)) == ""
    assert delegate.link_at(area, row, QPoint(x, y + 200)) == ""
    notes.click(row, QPoint(x, y) - area.topLeft())
    assert session.selection.annotation_id == one


def test_tags_are_completed(qtbot: QtBot, session: Session) -> None:
    mark(session, "Small doses", tags=("monitoring", "dose"))
    row = session.annotations.get(mark(session, "Two uses"))
    assert row is not None
    editor = NoteEditor(session, row, themes.LIGHT, None)  # type: ignore[arg-type]
    qtbot.addWidget(editor)
    editor.show()
    editor.tags.setFocus()
    editor.tags.setText("new ")
    qtbot.keyClicks(editor.tags, "#mo")
    offered = QApplication.activePopupWidget()
    assert isinstance(offered, QAbstractItemView)
    assert offered.model().index(0, 0).data() == "monitoring"
    qtbot.keyClick(offered, Qt.Key.Key_Down)
    qtbot.keyClick(offered, Qt.Key.Key_Return)
    assert editor.tags.text().split() == ["new", "#monitoring"]
    qtbot.keyClicks(editor.tags, "zz")
    editor.keep()
    assert session.annotations.get(row.id).tags == ("new", "monitoring", "zz")  # type: ignore[union-attr]
