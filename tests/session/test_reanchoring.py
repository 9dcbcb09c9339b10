"""Notes on a document that has changed while the window was open, or before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reader.paths import Paths
from reader.problem import Problem
from reader.session.background import Jobs
from reader.session.offers import Offers
from reader.session.session import Session
from reader.store.library import Library
from reader.store.notes import open_notes
from tests.model.samples import ARTICLE
from tests.ui.samples import mark

WAIT_MS = 20_000
LONGER = ARTICLE + "\n\n" + " ".join(f"Row {k} holds number {k * k}." for k in range(40))
GONE = "Blood pressure rises for about an hour. "
SECOND = "One line more before all others.\n\n" + LONGER.replace("0.5 mg", "5 mg").replace(GONE, "")


@pytest.fixture
def session(qtbot: QtBot, paths: Paths, article: Path) -> Iterator[Session]:
    library = Library(paths)
    session = Session(paths, library, open_notes(paths, "anna"), "anna", Jobs())
    session.open_files([article])
    qtbot.waitUntil(lambda: session.document is not None, timeout=WAIT_MS)
    mark(session, "must not drive", note="Mind")
    mark(session, "The usual dose is 0.5 mg per kg")
    mark(session, GONE.strip())
    yield session
    session.close()
    library.close()


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(LONGER, encoding="utf-8")
    return path


def revised(qtbot: QtBot, session: Session, article: Path) -> None:
    """The article, revised and opened again, its notes in their places."""
    assert session.document is not None
    first = session.document.id
    article.write_text(SECOND, encoding="utf-8")
    session.open_files([article])
    qtbot.waitUntil(lambda: session.document.id != first, timeout=WAIT_MS)  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: not session.busy, timeout=WAIT_MS)
    (offer,) = Offers(session).waiting(first)
    assert Offers(session).accept(offer)
    qtbot.waitUntil(lambda: not session.busy, timeout=WAIT_MS)


def test_notes_follow_to_the_next_edition(qtbot: QtBot, session: Session, article: Path) -> None:
    revised(qtbot, session, article)
    assert str(session.tally) == "1 kept, 1 changed, 1 not placed"
    assert len(session.spans) == 2
    assert [entry.id for entry in session.entries] == [session.document.id]  # type: ignore[union-attr]
    session.undo()
    assert session.annotations == ()
    session.redo()
    assert session.tally.open == 2


def test_the_earlier_edition_stays_readable(qtbot: QtBot, session: Session, article: Path) -> None:
    revised(qtbot, session, article)
    assert session.document is not None
    latest = session.document
    later, earlier = session.library.editions.all(latest.id)
    session.show_edition(earlier)
    assert "0.5 mg" in session.document.text
    assert session.is_earlier
    session.find("mg")
    qtbot.waitUntil(lambda: not session.busy, timeout=WAIT_MS)
    assert session.finding.article.hits == ()
    session.find("")
    session.show_latest()
    assert session.document == latest
    assert not session.is_earlier
    session.show_edition(later)
    assert session.document == latest


def test_what_was_read_better_is_shown_anew(
    qtbot: QtBot, session: Session, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = session.document
    assert document is not None
    plain = replace(document, sections=(), blocks=(), marks=(), references=())
    better = replace(plain, text="New. " + document.text, importer="text 99")
    assert session.library.add(better, article.read_bytes(), {}) == "updated"
    session.reload(document.id)
    assert session.document is not None
    assert session.document.text.startswith("New. ")
    qtbot.waitUntil(lambda: not session.busy, timeout=WAIT_MS)
    assert str(session.tally) == "3 kept"

    # What the file was read as before can be opened, and has no position of its own.
    _, before = session.library.editions.all(document.id)
    session.show_edition(before)
    assert session.document.text == document.text
    assert session.position is None
    session.locate(5, 0.0, 50)
    session.save_position()
    assert session.document_of(document.id) != session.document
    session.reload(document.id)
    assert session.document.text == document.text
    session.show(document.id)
    assert session.document.text.startswith("New. ")
    assert session.position is None or session.position.offset != 5

    problems: list[str] = []
    session.failed.connect(lambda problem: problems.append(problem.sentence))

    def damaged(*_: object) -> None:
        raise Problem("Damaged.")

    monkeypatch.setattr(session.library.editions, "document", damaged)
    session.show_edition(before)
    monkeypatch.setattr(session.library, "document", damaged)
    session.reload(document.id)
    assert problems == ["Damaged.", "Damaged."]


def test_what_was_in_the_trash_meanwhile_is_placed_when_it_is_restored(
    qtbot: QtBot, session: Session, article: Path
) -> None:
    gone = session.annotations[-1]
    session.delete(gone.id)
    revised(qtbot, session, article)
    assert session.document is not None
    session.restore_notes([gone.id])
    qtbot.waitUntil(lambda: gone.id in session.spans, timeout=WAIT_MS)
    found = session.annotation(gone.id)
    assert found is not None
    assert found.target.document_id == session.document.id


def test_notes_of_another_user_are_placed_when_they_read(
    qtbot: QtBot, session: Session, article: Path
) -> None:
    session.switch_user("bert")
    mark(session, "must not drive")
    session.switch_user("anna")
    revised(qtbot, session, article)
    session.switch_user("bert")
    assert session.annotations == ()
    qtbot.waitUntil(lambda: not session.busy, timeout=WAIT_MS)
    assert str(session.tally) == "1 kept"


def test_notes_go_back_when_the_edition_is_removed(
    qtbot: QtBot, session: Session, article: Path
) -> None:
    first = session.document
    revised(qtbot, session, article)
    assert session.document is not None
    second = session.document.id
    mark(session, "One line more")
    session.remove_document(second)
    qtbot.waitUntil(lambda: session.document == first, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not session.busy, timeout=WAIT_MS)
    assert session.document == first
    assert len(session.annotations) == 4
    assert "The usual dose is 0.5 mg per kg" in {session.quote(a) for a in session.annotations}
    assert str(session.tally) == "3 kept, 1 not placed"
