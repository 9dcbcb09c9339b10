"""Whether one document is an edition of another: the person's answers, and the notes after them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reader.paths import Paths
from reader.problem import Problem
from reader.services.workspace import Workspace
from reader.session.background import Background
from reader.session.session import Session
from reader.store.library import Library
from reader.store.notes import open_notes
from tests.model.samples import ARTICLE
from tests.ui.samples import mark

WAIT_MS = 20_000
FIRST = ARTICLE + "\n\n" + " ".join(f"Row {k} holds number {k * k}." for k in range(40))
SECOND = FIRST.replace("rises for", "goes up for") + "\n\nOne line more.\n"


@pytest.fixture
def session(qtbot: QtBot, paths: Paths, tmp_path: Path) -> Iterator[Session]:
    """The first edition is in the library, with two notes; the second is open."""
    library = Library(paths)
    session = Session(Workspace(paths, library, open_notes(paths, "anna"), "anna"), Background())
    path = tmp_path / "article.txt"
    for text in (FIRST, SECOND):
        path.write_text(text, encoding="utf-8")
        session.imports.add([path])
        qtbot.waitUntil(lambda: not session.background.busy, timeout=WAIT_MS)
        if text is FIRST:
            mark(session, "must not drive", note="Mind")
            mark(session, "Blood pressure rises for about an hour.")
    yield session
    session.close()
    library.close()


def ids(session: Session) -> tuple[str, str]:
    first, second = session.workspace.library.catalog.entries(earlier=True)
    return first.id, second.id


def quotes(session: Session) -> set[str]:
    return {session.annotations.quote(one) for one in session.annotations.all}


def test_until_it_is_answered_both_are_there_each_with_its_notes(session: Session) -> None:
    first, second = ids(session)
    (offer,) = session.offers.waiting()
    assert (offer.document_id, offer.earlier_id) == (second, first)
    assert session.annotations.all == ()
    assert {entry.id for entry in session.catalog.entries} == {first, second}
    session.navigation.open(first)
    assert len(session.annotations.all) == 2


def test_it_is_one_and_is_parted_again(qtbot: QtBot, session: Session) -> None:
    first, second = ids(session)
    offers = session.offers
    session.navigation.open(first)
    assert offers.accept(offers.waiting(first)[0])
    qtbot.waitUntil(lambda: not session.background.busy, timeout=WAIT_MS)
    assert session.current.document is not None
    assert session.current.document.id == second
    assert [entry.id for entry in session.catalog.entries] == [second]
    assert quotes(session) == {"must not drive", "Blood pressure goes up for about an hour."}
    mark(session, "One line more")
    changed = next(one for one in session.annotations.all if one.note)
    session.annotations.edit(changed.id, note="Mind it")
    assert offers.part(first)
    qtbot.waitUntil(lambda: not session.background.busy, timeout=WAIT_MS)
    # What was made since stays with its own; what was written on the others since goes with them.
    assert quotes(session) == {"One line more"}
    session.navigation.open(first)
    assert quotes(session) == {"must not drive", "Blood pressure rises for about an hour."}
    assert {one.note for one in session.annotations.all} == {"", "Mind it"}
    assert {one.state for one in session.annotations.all} == {""}
    assert not session.current.is_earlier
    assert {entry.id for entry in session.catalog.entries} == {first, second}
    assert offers.waiting() == []
    assert not offers.part(first)
    # And once more, for whoever changes their mind.
    assert session.workspace.library.offers.parted(second)


def test_the_latest_itself_can_be_parted(qtbot: QtBot, session: Session) -> None:
    first, second = ids(session)
    offers = session.offers
    assert offers.accept(offers.waiting()[0])
    qtbot.waitUntil(lambda: not session.background.busy, timeout=WAIT_MS)
    assert offers.part(second)
    qtbot.waitUntil(lambda: not session.background.busy, timeout=WAIT_MS)
    assert session.annotations.all == ()
    session.navigation.open(first)
    assert quotes(session) == {"must not drive", "Blood pressure rises for about an hour."}


def test_an_earlier_edition_that_is_open_gets_its_notes_back_in_sight(
    qtbot: QtBot, session: Session
) -> None:
    first, _ = ids(session)
    offers = session.offers
    assert offers.accept(offers.waiting()[0])
    qtbot.waitUntil(lambda: not session.background.busy, timeout=WAIT_MS)
    session.navigation.open(first)
    assert session.current.is_earlier
    assert offers.part(first)
    qtbot.waitUntil(lambda: not session.background.busy, timeout=WAIT_MS)
    assert not session.current.is_earlier
    assert len(session.annotations.all) == 2
    assert {one.target.document_id for one in session.annotations.all} == {first}


def test_another_users_notes_go_back_when_they_read(qtbot: QtBot, session: Session) -> None:
    first, second = ids(session)
    offers = session.offers
    session.users.switch("bert")
    session.navigation.open(first)
    mark(session, "must not drive")
    assert offers.accept(offers.waiting()[0])
    qtbot.waitUntil(lambda: not session.background.busy, timeout=WAIT_MS)
    assert quotes(session) == {"must not drive"}
    session.users.switch("anna")
    session.navigation.open(second)
    qtbot.waitUntil(lambda: not session.background.busy, timeout=WAIT_MS)
    assert offers.part(first)
    qtbot.waitUntil(lambda: not session.background.busy, timeout=WAIT_MS)
    session.users.switch("bert")
    session.navigation.open(second)
    qtbot.waitUntil(lambda: not session.background.busy, timeout=WAIT_MS)
    assert session.annotations.all == ()
    session.navigation.open(first)
    assert quotes(session) == {"must not drive"}


def test_both_are_kept(session: Session) -> None:
    offers = session.offers
    (offer,) = offers.waiting()
    assert offers.keep_both(offer)
    assert offers.waiting() == []
    assert len(session.catalog.entries) == 2


def test_always_asks_no_more(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    offers = session.offers
    (offer,) = offers.waiting()
    assert offers.source(offer) == "article.txt”, “Ketamine in anxiety"
    assert offers.accept(offer, always=True)
    path = tmp_path / "article.txt"
    path.write_text(SECOND + " Still more.", encoding="utf-8")
    session.imports.add([path])
    qtbot.waitUntil(lambda: not session.background.busy, timeout=WAIT_MS)
    assert len(session.catalog.entries) == 1
    assert len(session.annotations.all) == 2


def test_what_cannot_be_written_is_said(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise Problem("Full.")

    said: list[str] = []
    session.notifier.failed.connect(lambda problem: said.append(problem.sentence))
    offers = session.offers
    (offer,) = offers.waiting()
    monkeypatch.setattr(session.workspace.library.editions, "follow", refuse)
    monkeypatch.setattr(session.workspace.library.editions, "part", refuse)
    monkeypatch.setattr(session.workspace.library.offers, "answer", refuse)
    assert not offers.accept(offer)
    assert not offers.keep_both(offer)
    assert not offers.part(offer.document_id)
    assert said == ["Full."] * 3
