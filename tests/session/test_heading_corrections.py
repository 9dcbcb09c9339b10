"""Headings that were guessed wrongly are put right, undone, and stay so."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from reader.model.span import Span
from reader.problem import Problem
from reader.session.session import Session
from reader.store.library import Library
from reader.store.metadata import Details
from tests.session.test_session import problems, session
from tests.ui.samples import a_flat_text, an_article, mark

__all__ = ["problems", "session"]

LINE = "Small doses calm within hours, which no tablet does."
HEADING = "Uses Of Ketamine"


@pytest.fixture
def said(session: Session) -> list[str]:
    found: list[str] = []
    session.notifier.message.connect(found.append)
    session.notifier.action_offered.connect(lambda offer: found.append(offer.sentence))
    return found


def titles(session: Session) -> list[str]:
    assert session.current.document is not None
    return [section.title for section in session.current.document.sections]


def select(session: Session, words: str) -> None:
    assert session.current.document is not None
    start = session.current.document.text.index(words)
    session.selection.set_span(Span(start, start + len(words)))


def test_a_line_becomes_a_heading_and_a_heading_a_line(
    session: Session, said: list[str], qtbot: QtBot
) -> None:
    article = an_article()
    before = titles(session)
    select(session, "doses calm")
    assert session.headings.promote()
    assert session.current.document is not None
    assert session.current.document.text == article.text
    assert titles(session)[:3] == [before[0], LINE, before[1]]
    assert said == [f"“{LINE}” is a heading now."]
    select(session, HEADING)
    assert session.headings.demote()
    assert HEADING not in titles(session)
    qtbot.waitUntil(lambda: not session.background.busy, timeout=20_000)
    again = Library(session.workspace.paths)
    assert [s.title for s in again.document(article.id).sections] == titles(session)
    again.close()


def test_both_are_undone_in_their_order_with_the_notes(session: Session) -> None:
    before = titles(session)
    mark(session, "new use")
    select(session, "doses calm")
    session.headings.promote()
    with_line = titles(session)
    mark(session, "old anaesthetic")
    session.undo_stack.undo()
    assert (len(session.annotations.all), titles(session)) == (1, with_line)
    session.undo_stack.undo()
    assert (len(session.annotations.all), titles(session)) == (1, before)
    session.undo_stack.undo()
    assert len(session.annotations.all) == 0
    session.undo_stack.redo()
    assert (len(session.annotations.all), titles(session)) == (1, before)
    session.undo_stack.redo()
    assert (len(session.annotations.all), titles(session)) == (1, with_line)
    session.undo_stack.redo()
    assert len(session.annotations.all) == 2


def test_what_was_undone_in_another_document_or_everywhere_is_left_alone(
    session: Session,
) -> None:
    select(session, "doses calm")
    session.headings.promote()
    with_line = titles(session)
    session.undo_stack.undo(everywhere=True)
    assert titles(session) == with_line
    session.navigation.open(a_flat_text().id)
    session.undo_stack.undo()
    session.navigation.open(an_article().id)
    assert titles(session) == with_line
    session.undo_stack.undo()
    select(session, HEADING)
    session.headings.demote()
    session.undo_stack.redo()
    assert LINE not in titles(session)


def test_the_place_of_a_menu_comes_before_the_selection(session: Session, qtbot: QtBot) -> None:
    assert session.current.document is not None
    select(session, "anaesthetic")
    session.selection.menu_offset = session.current.document.text.index("doses calm")
    session.selection.forget_menu_offset()
    assert session.headings.promote()
    assert LINE in titles(session)
    qtbot.waitUntil(lambda: session.selection.menu_offset is None)


def test_what_cannot_be_is_said(session: Session, said: list[str], qtbot: QtBot) -> None:
    session.selection.set_span(None)
    assert not session.headings.promote()
    assert not session.headings.demote()
    select(session, HEADING)
    assert not session.headings.promote()
    select(session, "doses calm")
    assert not session.headings.demote()
    session.current.is_earlier = True
    assert not session.headings.promote()
    assert said == [
        "Select a word of the line that is a heading first.",
        "Select a word of the heading first.",
        "Only a line or a short paragraph can become a heading.",
        "There is no heading here.",
        "This is an earlier edition; it stays as it was.",
    ]


def test_what_cannot_be_kept_is_not_shown(
    session: Session, problems: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise Problem("The disk is full.")

    before = titles(session)
    select(session, "doses calm")
    session.headings.promote()
    monkeypatch.setattr(Details, "correct", full)
    session.undo_stack.undo()
    assert titles(session) != before
    monkeypatch.undo()
    session.undo_stack.undo()
    assert titles(session) == before
    monkeypatch.setattr(Details, "correct", full)
    select(session, "doses calm")
    assert not session.headings.promote()
    assert problems == ["The disk is full."] * 2


def test_long_words_are_said_shortly(session: Session, said: list[str]) -> None:
    assert session.current.document is not None
    assert session.headings.promote(
        session.current.document.text.index("Ketamine works for some days")
    )
    assert said == [
        "“Ketamine works for some days; whether it can be repeated is…” is a heading now."
    ]
