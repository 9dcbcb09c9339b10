"""The printed pages in the session: which view, which page, where one was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reader.importers.pdf.read import read
from reader.model.pdf.page_map import ASSET
from reader.model.pdf.tile import Tile
from reader.paths import Paths
from reader.problem import Problem
from reader.services.workspace import Workspace
from reader.session.background import Background
from reader.session.pages import RenderedTile
from reader.session.session import Session
from reader.store.library import Library
from reader.store.notes import open_notes
from reader.store.reading import Reading, Readings
from tests.importers.pdf_samples import Sheet, pdf
from tests.printed import two_columns, with_picture
from tests.ui.samples import an_article

SMALL = Tile(1, 60, 84, 0, 0, 60, 84)


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path) -> Iterator[Session]:
    paths = Paths(tmp_path / "data")
    library = Library(paths)
    library.add(an_article(), an_article().title.encode(), {})
    session = Session(Workspace(paths, library, open_notes(paths, "anna"), "anna"), Background())
    yield session
    session.close()
    library.close()


@pytest.fixture
def said(session: Session) -> list[str]:
    found: list[str] = []
    session.notifier.failed.connect(lambda problem: found.append(problem.sentence))
    session.notifier.message.connect(found.append)
    return found


def show_printed(session: Session, path: Path, content: bytes) -> str:
    path.write_bytes(content)
    reading = read(path)
    session.workspace.library.add(reading.document, path, reading.assets)
    session.navigation.open(reading.document.id)
    return reading.document.id


def test_an_article_has_no_pages(session: Session, said: list[str]) -> None:
    assert not session.pages.has_pages
    assert not session.pages.go_to_page("1")
    session.pages.rotate()
    session.pages.show_as_printed(True)
    session.current.open_last()
    assert not session.pages.as_printed
    session.pages.show_as_printed(True)
    assert said == ["This document has no printed pages."]
    assert session.pages.page_place is None


def test_a_pdf_is_shown_as_printed_until_somebody_says_otherwise(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    printed = show_printed(session, tmp_path / "a.pdf", two_columns())
    assert session.pages.as_printed
    with qtbot.waitSignal(session.pages.mode_changed):
        session.pages.show_as_printed(False)
    session.navigation.open(an_article().id)
    session.navigation.open(printed)
    assert not session.pages.as_printed
    with qtbot.waitSignal(session.navigation.scroll_requested) as went:
        assert session.pages.go_to_page("1")
    assert session.current.document is not None
    assert session.current.document.text[went.args[0].start :].startswith("Page 1")
    session.pages.show_as_printed(True)
    assert session.pages.as_printed


def test_pages_are_called_by_their_printed_number(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    show_printed(session, tmp_path / "a.pdf", two_columns())
    for asked, number in ((" I ", 1), ("1", 2), ("2", 3), ("3", 3)):
        with qtbot.waitSignal(session.pages.page_requested) as wanted:
            assert session.pages.go_to_page(asked)
        assert wanted.args == [number]
    assert session.navigation.can_go_back
    for nowhere in ("4", "0", "x", "²", ""):
        assert not session.pages.go_to_page(nowhere)


def test_the_page_is_kept_with_the_place(session: Session, tmp_path: Path) -> None:
    printed = show_printed(session, tmp_path / "a.pdf", two_columns())
    pages = session.pages.page_map
    assert pages is not None
    session.pages.locate_page(pages.pages[1], 0.25, pages.pages[1].span.start, last=False)
    session.navigation.open(an_article().id)
    session.pages.locate_page(pages.pages[1], 0.25, 0, last=False)
    assert session.navigation.position is None
    session.navigation.open(printed)
    assert session.pages.page_place == (2, 0.25)
    # Read on as text, it is another place.
    session.navigation.report_location(3, 0.0, 3)
    session.navigation.save()
    assert session.pages.page_place is None


def test_each_document_is_turned_by_itself(session: Session, tmp_path: Path) -> None:
    told: list[int] = []
    session.pages.rotated.connect(told.append)
    first = show_printed(session, tmp_path / "a.pdf", two_columns())
    for _ in range(5):
        session.pages.rotate()
    show_printed(session, tmp_path / "b.pdf", with_picture())
    assert session.pages.quarter_turns == 0
    session.navigation.open(first)
    assert session.pages.quarter_turns == 1
    assert told == [1, 2, 3, 0, 1]


def test_a_state_that_cannot_be_kept_is_reported(
    session: Session, said: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    show_printed(session, tmp_path / "a.pdf", two_columns())

    def full(*_: object) -> Reading:
        raise Problem("The disk is full.")

    monkeypatch.setattr(Readings, "update", full)
    session.pages.rotate()
    assert session.pages.quarter_turns == 0
    assert "The disk is full." in said


def test_a_scan_has_no_running_text(session: Session, said: list[str], tmp_path: Path) -> None:
    show_printed(session, tmp_path / "a.pdf", pdf([Sheet()]))
    assert session.pages.as_printed
    session.pages.show_as_printed(False)
    assert session.pages.as_printed
    assert "pictures only" in said[1]


def test_a_damaged_map_of_pages_leaves_the_text(
    session: Session, said: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(two_columns())
    reading = read(path)
    session.workspace.library.add(reading.document, path, {ASSET: b"nothing"})
    session.navigation.open(reading.document.id)
    assert not session.pages.as_printed
    assert "The pages of this document are not as they were kept. Import it again." in said


def test_a_missing_map_or_file_is_a_problem(
    session: Session, qtbot: QtBot, said: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(two_columns())
    reading = read(path)
    session.workspace.library.add(reading.document, path, {})
    session.navigation.open(reading.document.id)
    assert not session.pages.as_printed
    assert "missing or damaged" in " ".join(said)
    session.workspace.library.remove(reading.document.id)
    with qtbot.waitSignal(session.pages.tile_ready) as drawn:
        session.pages.render(SMALL)
    assert isinstance(drawn.args[0].result, Problem)


def test_tiles_of_what_is_no_longer_open_come_empty(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    show_printed(session, tmp_path / "a.pdf", two_columns())
    with qtbot.waitSignal(session.pages.tile_ready, timeout=20_000) as drawn:
        session.pages.render(SMALL)
    assert drawn.args[0].tile == SMALL
    assert len(drawn.args[0].result) == 4 * 60 * 84
    with qtbot.waitSignal(session.pages.tile_ready, timeout=20_000) as drawn:
        session.pages.render(SMALL)
        session.navigation.open(an_article().id)
    assert drawn.args == [RenderedTile(SMALL, None)]


def test_what_was_not_read_is_said_when_it_is_opened_first(
    session: Session, said: list[str], tmp_path: Path
) -> None:
    scan = show_printed(session, tmp_path / "a.pdf", pdf([Sheet()]))
    assert len(said) == 1
    assert said[0].startswith("This PDF has no text")
    session.navigation.open(an_article().id)
    session.navigation.open(scan)
    assert len(said) == 1
