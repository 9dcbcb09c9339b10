"""A search finds notes beside the text, is remembered when it led somewhere, and can be kept."""

from __future__ import annotations

import multiprocessing
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from reader.model.anchoring.selector import describe
from reader.model.annotation import Annotation, Change
from reader.model.search import Answer, Hit, Query
from reader.model.span import Span
from reader.paths import Paths
from reader.session import kept_searches
from reader.session import search as room
from reader.session.background import Background
from reader.session.session import Session
from reader.settings import ORDER_BY_MEANING
from reader.store.notes import open_notes
from reader.workers import search_tasks
from tests.session.test_session import problems, session
from tests.ui.samples import a_flat_text, mark

__all__ = ["problems", "session"]


def found(session: Session, qtbot: QtBot, text: str) -> tuple[Hit, ...]:
    session.search.find(text)
    qtbot.waitUntil(
        lambda: session.search.state.fresh and not session.background.busy, timeout=20_000
    )
    return session.search.state.article.hits


def test_a_note_is_found_beside_the_text_and_chosen(session: Session, qtbot: QtBot) -> None:
    noted = mark(session, "NMDA", note="Ask about glutamate first")
    hits = found(session, qtbot, "glutamate")
    (note,) = [hit for hit in hits if hit.kind == "note"]
    assert note.annotation_id == noted
    assert note.span == session.annotations.spans[noted]
    assert session.search.snippet(note).text == "Ask about glutamate first"
    assert note in session.search.state.library.hits
    session.search.open_hit(note)
    assert session.selection.annotation_id == noted
    (only,) = found(session, qtbot, "colour:yellow")
    assert only.kind == "note"
    session.search.find("")
    assert session.search.snippet(only).text == ""


def test_a_note_in_another_document_leads_there(session: Session, qtbot: QtBot) -> None:
    here = session.current.document
    session.navigation.open(a_flat_text().id)
    noted = mark(session, "colleague", note="zebra")
    assert here is not None
    session.navigation.open(here.id)
    assert found(session, qtbot, "zebra") == ()
    qtbot.waitUntil(lambda: bool(session.search.state.library.hits))
    (hit,) = session.search.state.library.hits
    session.search.open_hit(hit)
    assert session.current.document == a_flat_text()
    assert session.selection.annotation_id == noted


def test_texts_answer_first_when_there_are_very_many_notes(
    session: Session, qtbot: QtBot, paths: Paths
) -> None:
    document = session.current.document
    assert document is not None
    target = describe(document, Span(0, 9))
    made = [Annotation(f"n{n}", target, note=f"Note {n}") for n in range(2_499)]
    made.append(Annotation("last", target, note="zebra"))
    with closing(open_notes(paths, "anna")) as notes:
        notes.apply(*(Change(None, one) for one in made))
    answers: list[tuple[int, int]] = []

    def note_answer() -> None:
        article = session.search.state.article
        answers.append((article.notes_waiting, len(article.hits)))

    session.search.results_changed.connect(note_answer)
    session.search.find("receptor OR zebra")
    qtbot.waitUntil(lambda: bool(session.search.state.article.notes), timeout=20_000)
    (note,) = session.search.state.article.notes
    assert note.annotation_id == "last"
    # The texts were there before, and what says nothing new was not told.
    waiting, hits = answers[0]
    assert waiting in (0, 500, 1_500)
    assert hits == 2
    assert len(answers) < 5
    # Nobody is kept busy by notes that are not asked for any more.
    session.search.find("")
    qtbot.waitUntil(lambda: not session.background.busy, timeout=20_000)


def test_what_led_somewhere_is_remembered(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_searches, "MOST_RECENT", 2)
    for text in ("ketamine", "receptor", "anxiety", "receptor"):
        found(session, qtbot, text)
        session.search.step(1)
        session.search.step(1)
    assert session.search.kept.recent == ("receptor", "anxiety")
    found(session, qtbot, "zyzzyva")
    session.search.step(1)
    assert session.search.kept.recent == ("receptor", "anxiety")


def test_a_search_is_kept_and_forgotten(session: Session) -> None:
    session.search.kept.save("  NMDA   dose ")
    session.search.kept.save("anxiety")
    session.search.kept.save(" ")
    assert list(session.search.kept.saved) == ["anxiety", "NMDA dose"]
    session.search.kept.save("NMDA dose")
    assert list(session.search.kept.saved) == ["anxiety"]


@pytest.fixture
def short_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """Taken before a session is made, which waits no longer then."""
    monkeypatch.setattr(room, "PAUSE_MS", 20)


def test_what_is_wrong_is_said_when_the_writer_pauses(
    short_pause: None, session: Session, qtbot: QtBot
) -> None:
    session.search.find('"half')
    assert session.search.state.problem == ""
    qtbot.waitUntil(lambda: bool(session.search.state.problem))
    assert "quotation mark" in session.search.state.problem
    session.search.find('"half"')
    assert session.search.state.problem == ""
    qtbot.wait(60)
    assert session.search.state.problem == ""


def test_an_expansion_is_left_out_and_asked_for_again(session: Session, qtbot: QtBot) -> None:
    found(session, qtbot, "NMDA")
    session.search.toggle_synonym("NMDA = N-methyl-D-aspartate")
    assert not session.search.state.fresh
    qtbot.waitUntil(
        lambda: session.search.state.fresh and not session.background.busy, timeout=20_000
    )
    assert session.search.state.article.query.without == ("NMDA = N-methyl-D-aspartate",)
    session.search.toggle_synonym("NMDA = N-methyl-D-aspartate")
    assert session.search.state.without == ()


def find_process(before: set[int]) -> set[int]:
    """The ids of the processes that were started since."""
    return {one.pid or 0 for one in multiprocessing.active_children()} - before


def test_the_index_of_a_users_notes_goes_with_the_user(session: Session, qtbot: QtBot) -> None:
    before = find_process(set())
    mark(session, "NMDA", note="zebra of Anna")
    assert found(session, qtbot, "zebra") != ()
    [finder] = find_process(before)
    if sys.platform == "linux":
        assert b"zebra of Anna" in memory(finder)
    session.users.switch("ben")
    assert find_process(before) == set()
    assert session.search.state.text == ""
    assert found(session, qtbot, "zebra") == ()
    [other] = find_process(before)
    assert other != finder
    if sys.platform == "linux":
        assert b"zebra of Anna" not in memory(other)


def test_a_question_that_is_under_way_when_the_user_changes_ends_without_a_word(
    session: Session, problems: list[str], qtbot: QtBot
) -> None:
    mark(session, "NMDA", note="zebra of Anna")
    session.search.find("zebra")
    session.users.switch("ben")
    session.search.find("zebra ")
    qtbot.waitUntil(
        lambda: session.search.state.fresh and not session.background.busy, timeout=20_000
    )
    assert session.search.state.article.query.text == "zebra "
    assert session.search.state.article.hits == ()
    assert problems == []


def memory(process_id: int) -> bytes:
    """What another process of ours holds in memory that it may write to."""
    found = b""
    process = Path(f"/proc/{process_id}")
    with (process / "mem").open("rb", buffering=0) as file:
        for line in (process / "maps").read_text().splitlines():
            place, rights, *_ = line.split()
            if rights.startswith("rw") and "[v" not in line:
                start, end = (int(number, 16) for number in place.split("-"))
                file.seek(start)
                found += file.read(end - start)
    return found


def test_the_order_by_meaning_is_switched_off_and_on(
    session: Session, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    told: list[str] = []
    session.notifier.message.connect(told.append)
    monkeypatch.setattr(search_tasks, "learns_meanings", lambda: False)
    session.search.switch_meaning()
    assert told == [
        "Ordering by meaning needs an extra, which is not installed: offprint[meaning]."
    ]
    assert session.settings.get(ORDER_BY_MEANING)
    monkeypatch.setattr(search_tasks, "learns_meanings", lambda: True)
    found(session, qtbot, "receptor zebra")
    assert session.search.state.library.query.meaning
    session.search.switch_meaning()
    qtbot.waitUntil(lambda: not session.search.state.library.query.meaning, timeout=20_000)
    assert not session.settings.get(ORDER_BY_MEANING)
    session.search.switch_meaning()
    assert session.settings.get(ORDER_BY_MEANING)
    assert told[1:] == [
        "Results are ordered by their words alone.",
        "The best results are ordered by their meaning too, once it is learnt in idle time.",
    ]


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Taken before a session is made, which gets ready at once then."""
    monkeypatch.setattr(room, "READY_MS", 20)
    monkeypatch.setattr("reader.session.indexing.IDLE_MS", 1)


def test_the_index_is_open_before_the_first_question(
    soon: None, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    under_way = True
    monkeypatch.setattr(Background, "busy", property(lambda _: under_way))
    run = Background.run

    def noted(self: Background, lane: Any, *args: Any, **more: Any) -> None:
        asked.append(lane)
        run(self, lane, *args, **more)

    monkeypatch.setattr(Background, "run", noted)
    session.search.get_ready()
    qtbot.wait(100)
    assert asked == []
    under_way = False
    qtbot.waitUntil(lambda: asked == ["find"])
    assert session.search.state.library == Answer(Query(""))


def test_the_index_is_opened_again_when_it_is_in_order_after_a_change(
    soon: None, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    qtbot.waitUntil(lambda: not session.background.busy, timeout=20_000)
    asked: list[str] = []
    run = Background.run

    def noted(self: Background, lane: Any, task: Any, *args: Any, **more: Any) -> None:
        asked.append(task.__name__)
        run(self, lane, task, *args, **more)

    monkeypatch.setattr(Background, "run", noted)
    session.library_commands.edit_metadata(a_flat_text().id, {"title": "Another"})
    qtbot.waitUntil(lambda: "find" in asked, timeout=20_000)
    assert asked.index("mergeable") < asked.index("find")


def test_who_asks_at_once_is_not_asked_before(
    soon: None, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.search.get_ready()
    found(session, qtbot, "ketamine")
    asked: list[str] = []
    monkeypatch.setattr(Background, "run", lambda _, lane, *__, **___: asked.append(lane))
    qtbot.wait(100)
    assert asked == []
