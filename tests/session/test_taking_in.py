"""Files on their way into the library: several at once, what became of them, watched folders."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reader.importers.html import read
from reader.model.document import Block
from reader.model.span import Span
from reader.paths import Paths
from reader.problem import Problem
from reader.services.import_queue import ImportQueue, Progress, files_of
from reader.services.workspace import Workspace
from reader.session.background import Background
from reader.session.imports import ARRIVALS_MS
from reader.session.notifier import ActionOffer
from reader.session.session import Session
from reader.settings import WATCHED_FILES, WATCHED_FOLDER
from reader.store.library import Library
from reader.store.notes import open_notes
from tests.ui.samples import a_flat_text, an_article

WAIT_MS = 20_000


@pytest.fixture
def session(qtbot: QtBot, paths: Paths) -> Iterator[Session]:
    library = Library(paths)
    for document in (an_article(), a_flat_text()):
        library.add(document, document.title.encode(), {})
    session = Session(Workspace(paths, library, open_notes(paths, "anna"), "anna"), Background())
    session.current.open_last(an_article().id)
    yield session
    session.close()
    library.close()


def some_files(folder: Path, count: int, empty: int = 0) -> list[Path]:
    paths = []
    for number in range(count + empty):
        path = folder / f"text-{number:02}.txt"
        words = f"Words of number {number}, and nothing but these words.\n"
        path.write_text(f"Text Number {number}\n\n{words}" if number < count else "")
        paths.append(path)
    return paths


def idle(session: Session, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not session.background.busy, timeout=WAIT_MS)


def test_each_file_is_counted_once() -> None:
    taking = ImportQueue()
    taking.add([Path("a.txt"), Path("b.txt"), Path("c.txt"), Path("d.txt")])
    first, second, third = taking.next(), taking.next(), taking.next()
    assert first
    assert second
    assert third
    taking.took(second, "id", "updated")
    taking.took(third, "id 3", "known")
    assert taking.progress.name == "a.txt"
    taking.missed(first, "Empty.")
    taking.cancel()
    progress = taking.progress
    assert taking.next() is None
    assert (progress.done, progress.total, taking.under_way) == (3, 3, 0)
    assert progress.failures == (("a.txt", "Empty."),)
    said = "2 documents were imported (1 known already, 1 updated). 1 file was left out."
    assert progress.summary == said
    assert Progress(document_ids=("d",)).summary == "1 document was imported."


def test_a_failed_import_does_not_sound_as_if_the_library_were_empty(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    offers: list[str] = []
    session.notifier.action_offered.connect(lambda offer: offers.append(offer.sentence))
    session.imports.add(some_files(tmp_path, 0, empty=2))
    idle(session, qtbot)
    assert offers == ["None of the 2 files could be imported."]


def test_the_files_of_a_folder_are_taken_in_and_the_bad_ones_listed(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    some_files(folder, 23, empty=2)
    offers: list[ActionOffer] = []
    steps: list[Progress] = []
    session.notifier.action_offered.connect(offers.append)
    session.imports.progress.connect(lambda step: steps.append(step) if step else None)
    session.imports.add([folder])
    qtbot.waitUntil(lambda: bool(offers), timeout=WAIT_MS)
    assert offers[0].sentence == "23 documents were imported. 2 files could not be imported."
    assert sorted(name for name, _ in session.imports.failures) == ["text-23.txt", "text-24.txt"]
    assert all("empty" in sentence for _, sentence in session.imports.failures)
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    with qtbot.waitSignal(session.imports.failures_requested):
        offers[0].run()
    idle(session, qtbot)
    assert session.workspace.library.catalog.unindexed() == []


def test_nobody_is_told_of_what_came_in_once_the_session_is_closed(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    some: list[str] = []
    session.imports.progress.connect(
        lambda progress: some.extend(progress.document_ids if progress is not None else ())
    )
    session.imports.add(some_files(tmp_path, 40))
    qtbot.waitUntil(lambda: bool(some), timeout=WAIT_MS)
    assert session.background.busy
    session.close()
    told: list[object] = []
    session.library_commands.changed.connect(lambda: told.append("changed"))
    qtbot.wait(ARRIVALS_MS + 100)
    assert told == []


def test_a_watched_folder_gives_what_is_new(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    def watched() -> int:
        with qtbot.assertNotEmitted(session.notifier.failed):
            session.imports.watch()
            idle(session, qtbot)
        return len(session.catalog.entries)

    known = watched()
    folder = tmp_path / "watched"
    session.settings.set(WATCHED_FOLDER, str(folder))
    assert watched() == known
    assert session.settings.get(WATCHED_FILES) == {}
    folder.mkdir()
    (first,) = some_files(folder, 1)
    here = session.current.document
    assert watched() == known + 1
    assert "Text Number 0" in [entry.title for entry in session.catalog.entries]
    assert session.current.document == here
    with qtbot.assertNotEmitted(session.imports.progress):
        assert watched() == known + 1
    first.write_text("Text Number 0\n\nQuite other words than those that stood here before.\n")
    (folder / "gone.txt").symlink_to(tmp_path / "nowhere")
    assert watched() == known + 2
    assert session.settings.get(WATCHED_FILES).keys() == {str(first)}


def test_a_cancelled_import_of_a_watched_folder_begins_again(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    some_files(tmp_path, 3)
    session.settings.set(WATCHED_FOLDER, str(tmp_path))
    session.imports.watch()
    with qtbot.waitSignal(session.imports.progress):
        pass
    session.imports.cancel()
    idle(session, qtbot)
    assert session.settings.get(WATCHED_FILES) == {}


def test_what_is_pasted_becomes_a_document(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = "<h1>A Pasted Page</h1><p>It was copied in a browser, with all of its words.</p>"
    session.imports.add_text(html, ".html")
    idle(session, qtbot)
    assert session.current.document is not None
    assert session.current.document.title == "A Pasted Page"
    said: list[object] = []
    session.notifier.failed.connect(said.append)

    def full(*_: object, **__: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.mkdtemp", full)
    session.imports.add_text("Words.", ".txt")
    assert len(said) == 1


def test_what_cannot_be_kept_is_said_of_each_file(
    session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = some_files(tmp_path, 2)
    monkeypatch.setattr("reader.workers.tasks.keep", cannot_keep)
    offers: list[str] = []
    session.notifier.action_offered.connect(lambda offer: offers.append(offer.sentence))
    session.imports.add(paths)
    qtbot.waitUntil(lambda: bool(offers), timeout=WAIT_MS)
    assert [sentence for _, sentence in session.imports.failures] == ["Too long a path."] * 2
    monkeypatch.setattr("reader.workers.tasks.keep", cannot_keep_one)
    said: list[object] = []
    session.notifier.failed.connect(said.append)
    session.imports.add(paths[:1])
    qtbot.waitUntil(lambda: bool(said), timeout=WAIT_MS)
    assert [sentence for _, sentence in session.imports.failures] == ["Too long a path."]


def cannot_keep(*_: object) -> None:
    raise Problem("Too long a path.")


def cannot_keep_one(_data: str, *results: object) -> list[Problem]:
    return [Problem("Too long a path.")] * len(results)


def test_a_document_is_read_again_from_its_own_file(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    (path,) = some_files(tmp_path, 1)
    session.imports.add([path])
    idle(session, qtbot)
    assert session.current.document is not None
    path.unlink()
    told: list[object] = []
    session.imports.progress.connect(told.append)
    session.imports.reimport(session.current.document.id)
    idle(session, qtbot)
    assert told[-2].known == 0  # type: ignore[attr-defined]
    assert session.current.document.source == "text-00.txt"
    assert len(session.catalog.entries) == 3
    said: list[object] = []
    session.notifier.failed.connect(said.append)
    session.workspace.library.original(session.current.document.id).unlink()
    session.imports.reimport(session.current.document.id)
    assert len(said) == 1


def test_all_of_a_web_page_is_shown_and_its_main_text_again(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    words = "Sleep is needed by nearly all patients on this ward. "
    words += " ".join(f"In room {k} the lamp is out at {k} past ten." for k in range(30))
    page.write_text(
        f"<html><body><nav><p>Topics and rooms</p></nav><article><h1>Sleep</h1><p>{words}</p>"
        "</article><footer><p>Printed by nobody</p></footer></body></html>"
    )
    session.imports.add([page])
    idle(session, qtbot)
    document = session.current.document
    assert document is not None
    assert document.is_cut
    assert "Printed by nobody" not in document.text
    start = document.text.index("nearly all patients")
    session.selection.set_span(Span(start, start + 19))
    note = session.marker.highlight("yellow")
    for whole in (True, False):
        session.imports.reimport(document.id, whole=whole)
        idle(session, qtbot)
        shown = session.current.document
        assert shown is not None
        assert shown.id == document.id
        assert shown.is_web_page
        assert shown.is_cut is not whole
        assert ("Printed by nobody" in shown.text) is whole
        assert session.annotations.spans[note].cut(shown.text) == "nearly all patients"


def test_all_documents_that_older_rules_have_read_are_read_again(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    pages = []
    for number in range(3):
        words = " ".join(f"In room {k} lamp {number} is out at {k}." for k in range(40))
        raw = f"<html><body><h1>Ward {number}</h1><p>{words}</p></body></html>".encode()
        name = f"Ward {number}"
        old = replace(
            a_flat_text(),
            id=hashlib.sha256(raw).hexdigest(),
            title=name,
            text=f"{name}\n{words}",
            source=f"ward {number}.html",
            importer="html/1" if number < 2 else read.IMPORTER,
            sections=(),
            blocks=(Block("paragraph", Span(0, len(name) + 1 + len(words))),),
        )
        session.workspace.library.add(old, raw, {})
        pages.append(old)
    first = pages[0]
    session.navigation.open(first.id)
    start = first.text.index("lamp 0")
    session.selection.set_span(Span(start, start + 6))
    note = session.marker.highlight("yellow")
    told: list[str] = []
    session.notifier.action_offered.connect(lambda offer: told.append(offer.sentence))
    session.imports.reimport_older()
    idle(session, qtbot)
    assert told == ["2 documents were imported (2 updated)."]
    assert session.workspace.library.editions.outdated() == []
    editions = session.workspace.library.editions.all(first.id)
    assert [one.number for one in editions] == [2, 1]
    assert session.current.document is not None
    assert session.current.document.id == first.id
    assert session.current.document.importer == read.IMPORTER
    assert session.annotations.spans[note].cut(session.current.document.text) == "lamp 0"
    assert session.workspace.library.editions.document(editions[1]).text == first.text
    session.imports.reimport_older()
    idle(session, qtbot)
    assert len(told) == 1


def test_a_folder_is_its_visible_files_in_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("b.txt", "a/z.txt", "a/b/y.txt", ".git/x.txt", "a/.hidden.txt", "closed/w.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("Words.")
    (tmp_path / "a" / "round").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "lost.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "linked.txt").symlink_to(tmp_path / "b.txt")
    look = os.scandir

    def may_look(folder: str) -> object:
        if folder.endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return look(folder)

    monkeypatch.setattr(os, "scandir", may_look)
    found = [path.relative_to(tmp_path).as_posix() for path in files_of(tmp_path)]
    assert found == ["a/b/y.txt", "a/z.txt", "b.txt", "linked.txt"]
    assert list(files_of(tmp_path / "lost.txt")) == [tmp_path / "lost.txt"]
