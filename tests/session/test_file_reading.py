"""A file that the library has is shown at once, and read again only where that gives more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from reader.paths import Paths
from reader.services.workspace import Workspace
from reader.session.background import Background
from reader.session.session import Session
from reader.store.library import Library
from reader.store.notes import open_notes

WAIT_MS = 20_000


class Lanes(Background):
    """The workers, and in which lanes they were asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def run(self, lane: Any, *args: Any, **kwargs: Any) -> None:
        self.asked.append(lane)
        super().run(lane, *args, **kwargs)


@pytest.fixture
def lanes() -> Lanes:
    return Lanes()


@pytest.fixture
def session(qtbot: QtBot, paths: Paths, lanes: Lanes) -> Iterator[Session]:
    library = Library(paths)
    session = Session(Workspace(paths, library, open_notes(paths, "anna"), "anna"), lanes)
    yield session
    session.close()
    library.close()


def written(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_text(f"<h1>Title of {name}</h1>\n\nGive 5 mg of it, as {name} says, and wait.\n")
    return path


def import_all(session: Session, qtbot: QtBot, *paths: Path) -> None:
    session.imports.add(paths)
    qtbot.waitUntil(lambda: not session.background.busy, timeout=WAIT_MS)


def opened(session: Session) -> str:
    return session.current.document.source if session.current.document is not None else ""


def test_a_known_file_is_shown_and_not_read_again(
    session: Session, qtbot: QtBot, tmp_path: Path, lanes: Lanes
) -> None:
    one, other = written(tmp_path, "one.txt"), written(tmp_path, "other.txt")
    import_all(session, qtbot, one, other)
    assert lanes.asked.count("read") == 2
    for path in (one, other, one):
        import_all(session, qtbot, path)
        assert opened(session) == path.name
    assert lanes.asked.count("read") == 2


def test_several_known_files_are_counted_and_none_is_read(
    session: Session, qtbot: QtBot, tmp_path: Path, lanes: Lanes
) -> None:
    paths = [written(tmp_path, f"{n}.txt") for n in range(3)]
    import_all(session, qtbot, *paths)
    lanes.asked.clear()
    said: list[str] = []
    session.notifier.action_offered.connect(lambda offer: said.append(offer.sentence))
    import_all(session, qtbot, *paths, written(tmp_path, "new.txt"))
    assert said == ["4 documents were imported (3 known already)."]
    assert lanes.asked.count("read") == 1


def test_a_known_page_is_shown_before_it_is_read_again(
    session: Session, qtbot: QtBot, tmp_path: Path, lanes: Lanes
) -> None:
    page, other = written(tmp_path, "page.html"), written(tmp_path, "other.txt")
    import_all(session, qtbot, page, other)
    lanes.asked.clear()
    asked_before: list[list[str]] = []
    session.current.changed.connect(lambda _: asked_before.append(list(lanes.asked)))
    session.imports.add([page])
    qtbot.waitUntil(lambda: opened(session) == "page.html", timeout=WAIT_MS)
    assert "read" not in asked_before[0]
    # The person goes on meanwhile, and is not pulled back when the page has been read.
    assert session.current.document is not None
    session.navigation.open(next(e.id for e in session.catalog.entries if e.source == "other.txt"))
    qtbot.waitUntil(lambda: not session.background.busy, timeout=WAIT_MS)
    assert lanes.asked.count("read") == 1
    assert opened(session) == "other.txt"


def test_a_known_file_that_is_asked_for_is_shown_while_others_are_read(
    session: Session, qtbot: QtBot, tmp_path: Path, lanes: Lanes
) -> None:
    known = written(tmp_path, "known.txt")
    import_all(session, qtbot, known, written(tmp_path, "other.txt"))
    session.imports.add([written(tmp_path, f"{n}.txt") for n in range(3)])
    session.imports.add([known])
    qtbot.waitUntil(lambda: not session.background.busy, timeout=WAIT_MS)
    assert opened(session) == "known.txt"
    assert lanes.asked.count("read") == 5


def test_a_known_file_whose_copy_is_gone_is_read_again(
    session: Session, qtbot: QtBot, tmp_path: Path, lanes: Lanes
) -> None:
    path = written(tmp_path, "one.txt")
    import_all(session, qtbot, path)
    assert session.current.document is not None
    document_id = session.current.document.id
    session.workspace.library.original(document_id).unlink()
    assert session.workspace.library.verify(document_id)
    import_all(session, qtbot, path)
    assert lanes.asked.count("read") == 2
    assert session.workspace.library.verify(document_id) == []
    assert session.workspace.library.verify() == []


def test_a_file_in_the_trash_comes_back(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    path, other = written(tmp_path, "one.txt"), written(tmp_path, "other.txt")
    import_all(session, qtbot, path, other)
    for entry in list(session.catalog.entries):
        session.workspace.library.details.put_in_trash(entry.id)
    assert session.catalog.entries == []
    import_all(session, qtbot, path)
    assert [entry.source for entry in session.catalog.entries] == ["one.txt"]
