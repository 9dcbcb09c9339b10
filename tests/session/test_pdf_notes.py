"""PDF files in the session: locked ones, notes in them, copies with notes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reader.importers.pdf.annotations import notes_in
from reader.model.pdf.page_map import PageMap
from reader.model.pdf.pdf_annotation import PrintedNote, marks_taken_in
from reader.model.span import Span
from reader.paths import Paths
from reader.services.pdf_notes import original
from reader.session.background import Jobs
from reader.session.session import Session
from reader.store.library import Library
from reader.store.notes import open_notes
from tests.importers.pdf_samples import Sheet, Text, locked_pdf, pdf
from tests.ui.samples import an_article

WORDS = "Nobody slept well that night, and all of them said so."
HIGHLIGHT = (
    "/Annots [<< /Type /Annot /Subtype /Highlight /Rect [95 695 146 712] /C [0 1 0] /NM (k1) >>]"
)


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


def open_pdf(session: Session, qtbot: QtBot, path: Path) -> None:
    path.write_bytes(pdf([Sheet([Text(60, 700, WORDS)], extra=HIGHLIGHT)]))
    with qtbot.waitSignal(session.opened, timeout=20_000):
        session.open_files([path])


def test_a_locked_file_is_asked_for_until_its_password_is_right(
    session: Session, qtbot: QtBot, said: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(locked_pdf(WORDS, "Eule"))
    with qtbot.waitSignal(session.locked, timeout=20_000) as asked:
        session.open_files([path])
    assert asked.args == [str(path), "“a.pdf” is protected by a password."]
    with qtbot.waitSignal(session.locked, timeout=20_000) as asked:
        session.unlock(str(path), "Uhu")
    assert asked.args == [str(path), "“a.pdf” is protected by another password."]
    with qtbot.waitSignal(session.opened, timeout=20_000):
        session.unlock(str(path), "Eule")
    assert session.document is not None
    assert session.document.text == WORDS
    assert session.password(session.document.id) == "Eule"
    assert said == []
    gone = tmp_path / "gone.pdf"
    with qtbot.waitSignal(session.failed, timeout=20_000):
        session.unlock(str(gone), "Eule")


def test_among_several_files_a_locked_one_is_reported(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "a.pdf").write_bytes(locked_pdf(WORDS, "Eule"))
    (tmp_path / "b.txt").write_text(WORDS)
    with qtbot.waitSignal(session.failed, timeout=20_000) as failed:
        session.open_files([tmp_path / "a.pdf", tmp_path / "b.txt"])
    assert "is protected by a password" in failed.args[0].sentence


def test_a_document_that_was_read_otherwise_is_shown_anew(session: Session, qtbot: QtBot) -> None:
    session.start()
    assert session.document is not None
    session._show_unlocked(session.document.id, ["updated"])
    qtbot.waitUntil(lambda: not session.busy, timeout=20_000)


def test_notes_in_the_pdf_become_the_users(
    session: Session, qtbot: QtBot, said: list[str], tmp_path: Path
) -> None:
    open_pdf(session, qtbot, tmp_path / "a.pdf")
    for sentence in (
        "1 note taken in from the PDF, 0 were there already.",
        "0 notes taken in from the PDF, 1 were there already.",
    ):
        with qtbot.waitSignal(session.told, timeout=20_000):
            session.take_pdf_notes()
        assert said[-1] == sentence
    (note,) = session.annotations
    assert session.quote(note) == "slept well"
    session.undo()
    assert session.annotations == ()


def test_notes_that_come_for_somebody_else_are_dropped(
    session: Session, qtbot: QtBot, said: list[str], tmp_path: Path
) -> None:
    open_pdf(session, qtbot, tmp_path / "a.pdf")
    assert session.document is not None
    source = original(session.library, session.document.id)
    session._take_printed(source, "ben", [PrintedNote("a", Span(0, 6))])
    assert (session.annotations, said) == ((), [])
    session._take_printed(source, "anna", [PrintedNote("a", Span(0, 600))])
    assert "not sound" in said[-1]


def test_a_copy_of_the_pdf_holds_the_notes(
    session: Session,
    qtbot: QtBot,
    said: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    open_pdf(session, qtbot, tmp_path / "a.pdf")
    assert session.document is not None
    session.select(Span(0, 6))
    session.highlight("blue")
    target = tmp_path / "copy.pdf"
    with qtbot.waitSignal(session.told, timeout=20_000):
        session.export_pdf(str(target))
    assert said[-1] == f"1 note is in “{target}”. The file is not encrypted."
    page_map = PageMap.decode(original(session.library, session.document.id).page_map)
    found = notes_in(target.read_bytes(), "copy.pdf", page_map)
    assert [(n.span.cut(session.document.text), n.colour) for n in found] == [
        ("slept well", "green"),
        ("Nobody", "blue"),
    ]
    with qtbot.waitSignal(session.failed, timeout=20_000):
        session.export_pdf(str(tmp_path / "none" / "copy.pdf"))
    assert "cannot be written" in said[-1]
    monkeypatch.setattr(session, "document", None)
    session.export_pdf(str(target))
    session.take_pdf_notes()


def test_what_is_no_pdf_says_so(session: Session, said: list[str]) -> None:
    session.start()
    session.take_pdf_notes()
    session.export_pdf("copy.pdf")
    assert said == ["“" + an_article().title + "” is no PDF."] * 2


def test_a_pdf_that_holds_notes_says_so_once(
    session: Session, qtbot: QtBot, said: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "a.pdf"
    with qtbot.waitSignal(session.offered, timeout=20_000) as offered:
        open_pdf(session, qtbot, path)
    sentence, what, doing = offered.args
    assert (sentence, what) == ("This PDF holds 1 note already.", "Take In")
    assert session.document is not None
    first = session.document.id
    with qtbot.waitSignal(session.changed, timeout=20_000):
        doing()
    assert len(marks_taken_in(session.annotations)) == 1
    offers: list[str] = []
    session.offered.connect(lambda sentence, *_: offers.append(sentence))
    with qtbot.waitSignal(session.opened, timeout=20_000):
        session.show(an_article().id)
    with qtbot.waitSignal(session.opened, timeout=20_000):
        session.show(first)
    qtbot.waitUntil(lambda: not session.busy, timeout=20_000)
    assert offers == []
