"""Notes on a document that has changed while the window was open, or before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
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
LONGER = ARTICLE + "\n\n" + " ".join(f"Row {k} holds number {k * k}." for k in range(40))
GONE = "Blood pressure rises for about an hour. "
SECOND = "One line more before all others.\n\n" + LONGER.replace("0.5 mg", "5 mg").replace(GONE, "")


@pytest.fixture
def session(qtbot: QtBot, paths: Paths, article: Path) -> Iterator[Session]:
    library = Library(paths)
    session = Session(Workspace(paths, library, open_notes(paths, "anna"), "anna"), Background())
    session.imports.add([article])
    qtbot.waitUntil(lambda: session.current.document is not None, timeout=WAIT_MS)
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
    assert session.current.document is not None
    first = session.current.document.id
    article.write_text(SECOND, encoding="utf-8")
    session.imports.add([article])
    qtbot.waitUntil(lambda: session.current.document.id != first, timeout=WAIT_MS)  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: not session.background.busy, timeout=WAIT_MS)
    (offer,) = session.offers.waiting(first)
    assert session.offers.accept(offer)
    qtbot.waitUntil(lambda: not session.background.busy, timeout=WAIT_MS)


def test_notes_follow_to_the_next_edition(qtbot: QtBot, session: Session, article: Path) -> None:
    revised(qtbot, session, article)
    assert str(session.reanchoring.status) == "1 kept, 1 changed, 1 not placed"
    assert len(session.annotations.spans) == 2
    assert [entry.id for entry in session.catalog.entries] == [session.current.document.id]  # type: ignore[union-attr]
    session.undo_stack.undo()
    assert session.annotations.all == ()
    session.undo_stack.redo()
    assert session.reanchoring.status.open == 2


def test_the_earlier_edition_stays_readable(qtbot: QtBot, session: Session, article: Path) -> None:
    revised(qtbot, session, article)
    assert session.current.document is not None
    latest = session.current.document
    later, earlier = session.workspace.library.editions.all(latest.id)
    session.current.open_edition(earlier)
    assert "0.5 mg" in session.current.document.text
    assert session.current.is_earlier
    session.search.find("mg")
    qtbot.waitUntil(lambda: not session.background.busy, timeout=WAIT_MS)
    assert session.search.state.article.hits == ()
    session.search.find("")
    session.current.open_latest()
    assert session.current.document == latest
    assert not session.current.is_earlier
    session.current.open_edition(later)
    assert session.current.document == latest


def test_what_was_read_better_is_shown_anew(
    qtbot: QtBot, session: Session, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = session.current.document
    assert document is not None
    plain = replace(document, sections=(), blocks=(), marks=(), references=())
    better = replace(plain, text="New. " + document.text, importer="text 99")
    assert session.workspace.library.add(better, article.read_bytes(), {}) == "updated"
    session.current.reload(document.id)
    assert session.current.document is not None
    assert session.current.document.text.startswith("New. ")
    qtbot.waitUntil(lambda: not session.background.busy, timeout=WAIT_MS)
    assert str(session.reanchoring.status) == "3 kept"

    # What the file was read as before can be opened, and has no position of its own.
    _, before = session.workspace.library.editions.all(document.id)
    session.current.open_edition(before)
    assert session.current.document.text == document.text
    assert session.navigation.position is None
    session.navigation.report_location(5, 0.0, 50)
    session.navigation.save()
    assert session.current.document_of(document.id) != session.current.document
    session.current.reload(document.id)
    assert session.current.document.text == document.text
    session.navigation.open(document.id)
    assert session.current.document.text.startswith("New. ")
    assert session.navigation.position is None or session.navigation.position.offset != 5

    problems: list[str] = []
    session.notifier.failed.connect(lambda problem: problems.append(problem.sentence))

    def damaged(*_: object) -> None:
        raise Problem("Damaged.")

    monkeypatch.setattr(session.workspace.library.editions, "document", damaged)
    session.current.open_edition(before)
    monkeypatch.setattr(session.workspace.library, "document", damaged)
    session.current.reload(document.id)
    assert problems == ["Damaged.", "Damaged."]


def test_what_was_in_the_trash_meanwhile_is_placed_when_it_is_restored(
    qtbot: QtBot, session: Session, article: Path
) -> None:
    gone = session.annotations.all[-1]
    session.annotations.delete(gone.id)
    revised(qtbot, session, article)
    assert session.current.document is not None
    session.notebook.restore([gone.id])
    qtbot.waitUntil(lambda: gone.id in session.annotations.spans, timeout=WAIT_MS)
    found = session.annotations.get(gone.id)
    assert found is not None
    assert found.target.document_id == session.current.document.id


def test_notes_of_another_user_are_placed_when_they_read(
    qtbot: QtBot, session: Session, article: Path
) -> None:
    session.users.switch("bert")
    mark(session, "must not drive")
    session.users.switch("anna")
    revised(qtbot, session, article)
    session.users.switch("bert")
    assert session.annotations.all == ()
    qtbot.waitUntil(lambda: not session.background.busy, timeout=WAIT_MS)
    assert str(session.reanchoring.status) == "1 kept"


def test_notes_go_back_when_the_edition_is_removed(
    qtbot: QtBot, session: Session, article: Path
) -> None:
    first = session.current.document
    revised(qtbot, session, article)
    assert session.current.document is not None
    second = session.current.document.id
    mark(session, "One line more")
    session.library_commands.trash(second)
    qtbot.waitUntil(lambda: session.current.document == first, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not session.background.busy, timeout=WAIT_MS)
    assert session.current.document == first
    assert len(session.annotations.all) == 4
    assert "The usual dose is 0.5 mg per kg" in {
        session.annotations.quote(a) for a in session.annotations.all
    }
    assert str(session.reanchoring.status) == "3 kept, 1 not placed"
