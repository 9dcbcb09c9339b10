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
from reader.session import pages as module
from reader.session.background import Jobs
from reader.session.session import Session
from reader.store.library import Library
from reader.store.notes import open_notes
from tests.importers.pdf_samples import Sheet, pdf
from tests.printed import two_columns, with_picture
from tests.ui.samples import an_article

SMALL = Tile(1, 60, 84, 0, 0, 60, 84)


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path) -> Iterator[Session]:
    paths = Paths(tmp_path / "data")
    library = Library(paths)
    library.add(an_article(), an_article().title.encode(), {})
    session = Session(paths, library, open_notes(paths, "anna"), "anna", Jobs())
    yield session
    session.close()
    library.close()


@pytest.fixture
def said(session: Session) -> list[str]:
    found: list[str] = []
    session.failed.connect(lambda problem: found.append(problem.sentence))
    session.told.connect(found.append)
    return found


def show_printed(session: Session, path: Path, content: bytes) -> str:
    path.write_bytes(content)
    reading = read(path)
    session.library.add(reading.document, path, reading.assets)
    session.show(reading.document.id)
    return reading.document.id


def test_an_article_has_no_pages(session: Session, said: list[str]) -> None:
    assert not session.has_pages
    assert not session.go_to_page("1")
    session.turn_pages()
    session.show_as_printed(True)
    session.start()
    assert not session.as_printed
    session.show_as_printed(True)
    assert said == ["This document has no printed pages."]
    assert session.page_place is None


def test_a_pdf_is_shown_as_printed_until_somebody_says_otherwise(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    printed = show_printed(session, tmp_path / "a.pdf", two_columns())
    assert session.as_printed
    with qtbot.waitSignal(session.view_changed):
        session.show_as_printed(False)
    session.show(an_article().id)
    session.show(printed)
    assert not session.as_printed
    with qtbot.waitSignal(session.went) as went:
        assert session.go_to_page("1")
    assert session.document is not None
    assert session.document.text[went.args[0].start :].startswith("Page 1")
    session.show_as_printed(True)
    assert session.as_printed


def test_pages_are_called_by_their_printed_number(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    show_printed(session, tmp_path / "a.pdf", two_columns())
    for asked, number in ((" I ", 1), ("1", 2), ("2", 3), ("3", 3)):
        with qtbot.waitSignal(session.page_wanted) as wanted:
            assert session.go_to_page(asked)
        assert wanted.args[0].number == number
    assert session.can_go_back
    for nowhere in ("4", "0", "x", "²", ""):
        assert not session.go_to_page(nowhere)


def test_the_page_is_kept_with_the_place(session: Session, tmp_path: Path) -> None:
    printed = show_printed(session, tmp_path / "a.pdf", two_columns())
    pages = session.page_map
    assert pages is not None
    session.locate_page(pages.pages[1], 0.25, pages.pages[1].span.start, last=False)
    session.show(an_article().id)
    session.locate_page(pages.pages[1], 0.25, 0, last=False)
    assert session.position is None
    session.show(printed)
    assert session.page_place == (2, 0.25)
    # Read on as text, it is another place.
    session.locate(3, 0.0, 3)
    session.save_position()
    assert session.page_place is None


def test_only_so_many_places_are_kept(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_PLACES", 1)
    for name, content in (("a.pdf", two_columns()), ("b.pdf", with_picture())):
        show_printed(session, tmp_path / name, content)
        pages = session.page_map
        assert pages is not None
        session.locate_page(pages.pages[0], 0.5, 0, last=False)
        session.save_position()
    assert len(session.setting("page_places", {})) == 1
    assert session.page_place == (1, 0.5)


def test_a_scan_has_no_running_text(session: Session, said: list[str], tmp_path: Path) -> None:
    show_printed(session, tmp_path / "a.pdf", pdf([Sheet()]))
    assert session.as_printed
    session.show_as_printed(False)
    assert session.as_printed
    assert "pictures only" in said[1]


def test_a_damaged_map_of_pages_leaves_the_text(
    session: Session, said: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(two_columns())
    reading = read(path)
    session.library.add(reading.document, path, {ASSET: b"nothing"})
    session.show(reading.document.id)
    assert not session.as_printed
    assert "The pages of this document are not as they were kept. Import it again." in said


def test_a_missing_map_or_file_is_a_problem(
    session: Session, qtbot: QtBot, said: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(two_columns())
    reading = read(path)
    session.library.add(reading.document, path, {})
    session.show(reading.document.id)
    assert not session.as_printed
    assert "missing or damaged" in " ".join(said)
    session.library.remove(reading.document.id)
    with qtbot.waitSignal(session.drawn) as drawn:
        session.draw(SMALL)
    assert isinstance(drawn.args[1], Problem)


def test_tiles_of_what_is_no_longer_open_come_empty(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    show_printed(session, tmp_path / "a.pdf", two_columns())
    with qtbot.waitSignal(session.drawn, timeout=20_000) as drawn:
        session.draw(SMALL)
    assert drawn.args[0] == SMALL
    assert len(drawn.args[1]) == 4 * 60 * 84
    with qtbot.waitSignal(session.drawn, timeout=20_000) as drawn:
        session.draw(SMALL)
        session.show(an_article().id)
    assert drawn.args == [SMALL, None]


def test_what_was_not_read_is_said_when_it_is_opened_first(
    session: Session, said: list[str], tmp_path: Path
) -> None:
    scan = show_printed(session, tmp_path / "a.pdf", pdf([Sheet()]))
    assert len(said) == 1
    assert said[0].startswith("This PDF has no text")
    session.show(an_article().id)
    session.show(scan)
    assert len(said) == 1
