"""A search finds notes beside the text, is remembered when it led somewhere, and can be kept."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from reader.model.search import Hit
from reader.session import search as room
from reader.session.session import Session
from tests.session.test_session import problems, session
from tests.ui.samples import a_flat_text, mark

__all__ = ["problems", "session"]


def found(session: Session, qtbot: QtBot, text: str) -> tuple[Hit, ...]:
    session.find(text)
    qtbot.waitUntil(lambda: session.finding.fresh and not session.busy, timeout=20_000)
    return session.finding.article.hits


def test_a_note_is_found_beside_the_text_and_chosen(session: Session, qtbot: QtBot) -> None:
    noted = mark(session, "NMDA", note="Ask about glutamate first")
    hits = found(session, qtbot, "glutamate")
    (note,) = [hit for hit in hits if hit.kind == "note"]
    assert note.annotation_id == noted
    assert note.span == session.spans[noted]
    assert session.snippet(note).text == "Ask about glutamate first"
    assert note in session.finding.library.hits
    session.choose_hit(note)
    assert session.annotation_id == noted
    (only,) = found(session, qtbot, "colour:yellow")
    assert only.kind == "note"
    session.find("")
    assert session.snippet(only).text == ""


def test_a_note_in_another_document_leads_there(session: Session, qtbot: QtBot) -> None:
    here = session.document
    session.show(a_flat_text().id)
    noted = mark(session, "colleague", note="zebra")
    assert here is not None
    session.show(here.id)
    assert found(session, qtbot, "zebra") == ()
    qtbot.waitUntil(lambda: bool(session.finding.library.hits))
    (hit,) = session.finding.library.hits
    session.choose_hit(hit)
    assert session.document == a_flat_text()
    assert session.annotation_id == noted


def test_what_led_somewhere_is_remembered(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "MOST_RECENT", 2)
    for text in ("ketamine", "receptor", "anxiety", "receptor"):
        found(session, qtbot, text)
        session.step_hit(1)
        session.step_hit(1)
    assert session.recent_searches == ("receptor", "anxiety")
    found(session, qtbot, "zyzzyva")
    session.step_hit(1)
    assert session.recent_searches == ("receptor", "anxiety")


def test_a_search_is_kept_and_forgotten(session: Session) -> None:
    session.save_search("  NMDA   dose ")
    session.save_search("anxiety")
    session.save_search(" ")
    assert list(session.saved_searches) == ["anxiety", "NMDA dose"]
    session.save_search("NMDA dose")
    assert list(session.saved_searches) == ["anxiety"]


def test_what_is_wrong_is_said_when_the_writer_pauses(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session._pause_timer.setInterval(20)
    session.find('"half')
    assert session.finding.problem == ""
    qtbot.waitUntil(lambda: bool(session.finding.problem))
    assert "quotation mark" in session.finding.problem
    session.find('"half"')
    assert session.finding.problem == ""
    qtbot.wait(60)
    assert session.finding.problem == ""


def test_an_expansion_is_left_out_and_asked_for_again(session: Session, qtbot: QtBot) -> None:
    found(session, qtbot, "NMDA")
    session.switch_expansion("NMDA = N-methyl-D-aspartate")
    assert not session.finding.fresh
    qtbot.waitUntil(lambda: session.finding.fresh and not session.busy, timeout=20_000)
    assert session.finding.article.query.without == ("NMDA = N-methyl-D-aspartate",)
    session.switch_expansion("NMDA = N-methyl-D-aspartate")
    assert session.finding.without == ()
