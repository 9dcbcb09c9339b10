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
    session.told.connect(found.append)
    session.offered.connect(lambda sentence, *_: found.append(sentence))
    return found


def titles(session: Session) -> list[str]:
    assert session.document is not None
    return [section.title for section in session.document.sections]


def select(session: Session, words: str) -> None:
    assert session.document is not None
    start = session.document.text.index(words)
    session.select(Span(start, start + len(words)))


def test_a_line_becomes_a_heading_and_a_heading_a_line(
    session: Session, said: list[str], qtbot: QtBot
) -> None:
    article = an_article()
    before = titles(session)
    select(session, "doses calm")
    assert session.make_heading()
    assert session.document is not None
    assert session.document.text == article.text
    assert titles(session)[:3] == [before[0], LINE, before[1]]
    assert said == [f"“{LINE}” is a heading now."]
    select(session, HEADING)
    assert session.unmake_heading()
    assert HEADING not in titles(session)
    qtbot.waitUntil(lambda: not session.busy, timeout=20_000)
    again = Library(session.paths)
    assert [s.title for s in again.document(article.id).sections] == titles(session)
    again.close()


def test_both_are_undone_in_their_order_with_the_notes(session: Session) -> None:
    before = titles(session)
    mark(session, "new use")
    select(session, "doses calm")
    session.make_heading()
    with_line = titles(session)
    mark(session, "old anaesthetic")
    session.undo()
    assert (len(session.annotations), titles(session)) == (1, with_line)
    session.undo()
    assert (len(session.annotations), titles(session)) == (1, before)
    session.undo()
    assert len(session.annotations) == 0
    session.redo()
    assert (len(session.annotations), titles(session)) == (1, before)
    session.redo()
    assert (len(session.annotations), titles(session)) == (1, with_line)
    session.redo()
    assert len(session.annotations) == 2


def test_what_was_undone_in_another_document_or_everywhere_is_left_alone(
    session: Session,
) -> None:
    select(session, "doses calm")
    session.make_heading()
    with_line = titles(session)
    session.undo(everywhere=True)
    assert titles(session) == with_line
    session.show(a_flat_text().id)
    session.undo()
    session.show(an_article().id)
    assert titles(session) == with_line
    session.undo()
    select(session, HEADING)
    session.unmake_heading()
    session.redo()
    assert LINE not in titles(session)


def test_the_place_of_a_menu_comes_before_the_selection(session: Session, qtbot: QtBot) -> None:
    assert session.document is not None
    select(session, "anaesthetic")
    session.pointed = session.document.text.index("doses calm")
    session.unpoint()
    assert session.make_heading()
    assert LINE in titles(session)
    qtbot.waitUntil(lambda: session.pointed is None)


def test_what_cannot_be_is_said(session: Session, said: list[str], qtbot: QtBot) -> None:
    session.select(None)
    assert not session.make_heading()
    assert not session.unmake_heading()
    select(session, HEADING)
    assert not session.make_heading()
    select(session, "doses calm")
    assert not session.unmake_heading()
    session.is_earlier = True
    assert not session.make_heading()
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
    session.make_heading()
    monkeypatch.setattr(Details, "correct", full)
    session.undo()
    assert titles(session) != before
    monkeypatch.undo()
    session.undo()
    assert titles(session) == before
    monkeypatch.setattr(Details, "correct", full)
    select(session, "doses calm")
    assert not session.make_heading()
    assert problems == ["The disk is full."] * 2


def test_long_words_are_said_shortly(session: Session, said: list[str]) -> None:
    assert session.document is not None
    assert session.make_heading(session.document.text.index("Ketamine works for some days"))
    assert said == [
        "“Ketamine works for some days; whether it can be repeated is…” is a heading now."
    ]
