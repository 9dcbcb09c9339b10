"""PDF files in the session: locked ones, notes in them, copies with notes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from reader.importers.pdf.annotations import notes_in
from reader.model.pdf.page_map import PageMap
from reader.model.pdf.pdf_annotation import PdfAnnotation, marks_taken_in
from reader.model.span import Span
from reader.paths import Paths
from reader.problem import Problem
from reader.services.pdf_notes import original
from reader.services.workspace import Workspace
from reader.session.background import Background
from reader.session.passwords import LockedFile
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


def open_pdf(session: Session, qtbot: QtBot, path: Path) -> None:
    path.write_bytes(pdf([Sheet([Text(60, 700, WORDS)], extra=HIGHLIGHT)]))
    with qtbot.waitSignal(session.current.changed, timeout=20_000):
        session.imports.add([path])


def test_a_locked_file_is_asked_for_until_its_password_is_right(
    session: Session, qtbot: QtBot, said: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(locked_pdf(WORDS, "Eule"))
    with qtbot.waitSignal(session.imports.password_required, timeout=20_000) as asked:
        session.imports.add([path])
    assert asked.args == [LockedFile(str(path), "“a.pdf” is protected by a password.")]
    with qtbot.waitSignal(session.imports.password_required, timeout=20_000) as asked:
        session.imports.unlock(str(path), "Uhu")
    assert asked.args == [LockedFile(str(path), "“a.pdf” is protected by another password.")]
    with qtbot.waitSignal(session.current.changed, timeout=20_000):
        session.imports.unlock(str(path), "Eule")
    assert session.current.document is not None
    assert session.current.document.text == WORDS
    assert said == []
    # The password opens the file until the user changes.
    document_id, copy = session.current.document.id, tmp_path / "copy.pdf"
    with qtbot.waitSignal(session.notifier.action_offered, timeout=20_000):
        session.note_transfer.export_pdf_copy(str(copy))
    assert copy.is_file()
    session.users.switch("ben")
    session.current.open(document_id)
    with qtbot.waitSignal(session.notifier.failed, timeout=20_000) as refused:
        session.note_transfer.export_pdf_copy(str(tmp_path / "another.pdf"))
    assert "password" in refused.args[0].sentence
    gone = tmp_path / "gone.pdf"
    with qtbot.waitSignal(session.notifier.failed, timeout=20_000):
        session.imports.unlock(str(gone), "Eule")


def test_among_several_files_a_locked_one_is_asked_about(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "a.pdf").write_bytes(locked_pdf(WORDS, "Eule"))
    (tmp_path / "b.txt").write_text(WORDS)
    with qtbot.waitSignal(session.imports.password_required, timeout=20_000) as asked:
        session.imports.add([tmp_path / "a.pdf", tmp_path / "b.txt"])
    assert asked.args is not None
    assert "is protected by a password" in asked.args[0].sentence


def test_a_document_that_was_read_otherwise_is_shown_anew(session: Session, qtbot: QtBot) -> None:
    session.current.open_last()
    assert session.current.document is not None
    session.imports._show_unlocked(session.current.document.id, "", ["updated"])
    qtbot.waitUntil(lambda: not session.background.busy, timeout=20_000)


def test_notes_in_the_pdf_become_the_users(
    session: Session, qtbot: QtBot, said: list[str], tmp_path: Path
) -> None:
    open_pdf(session, qtbot, tmp_path / "a.pdf")
    for sentence in (
        "1 note imported from the PDF, 0 were there already.",
        "0 notes imported from the PDF, 1 were there already.",
    ):
        with qtbot.waitSignal(session.notifier.message, timeout=20_000):
            session.note_transfer.import_embedded()
        assert said[-1] == sentence
    (note,) = session.annotations.all
    assert session.annotations.quote(note) == "slept well"
    session.undo_stack.undo()
    assert session.annotations.all == ()


def full(*_: object) -> None:
    raise Problem("The disk is full.")


def test_notes_that_come_for_somebody_else_are_dropped(
    session: Session,
    qtbot: QtBot,
    said: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    open_pdf(session, qtbot, tmp_path / "a.pdf")
    asked: list[Any] = []

    def run(*_: object, then: Any, failed: Any) -> None:
        asked.append(then)

    with monkeypatch.context() as patch:
        patch.setattr(session.background, "run", run)
        session.note_transfer.import_embedded()
    (take,) = asked
    session.users.switch("ben")
    said.clear()
    take([PdfAnnotation("a", Span(0, 6))])
    assert (session.annotations.all, said) == ((), [])
    session.users.switch("anna")
    take([PdfAnnotation("a", Span(0, 600))])
    assert "not sound" in said[-1]


def test_a_copy_of_the_pdf_holds_the_notes(
    session: Session,
    qtbot: QtBot,
    said: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    open_pdf(session, qtbot, tmp_path / "a.pdf")
    assert session.current.document is not None
    session.selection.set_span(Span(0, 6))
    session.marker.highlight("blue")
    target = tmp_path / "copy.pdf"
    with qtbot.waitSignal(session.notifier.action_offered, timeout=20_000) as made:
        session.note_transfer.export_pdf_copy(str(target))
    assert made.args is not None
    assert made.args[0].sentence == f"1 note is in “{target}”. The file is not encrypted."
    page_map = PageMap.decode(
        original(session.workspace.library, session.current.document.id).page_map
    )
    found = notes_in(target.read_bytes(), "copy.pdf", page_map)
    assert [(n.span.cut(session.current.document.text), n.colour) for n in found] == [
        ("slept well", "green"),
        ("Nobody", "blue"),
    ]
    with qtbot.waitSignal(session.notifier.failed, timeout=20_000):
        session.note_transfer.export_pdf_copy(str(tmp_path / "none" / "copy.pdf"))
    assert "cannot be written" in said[-1]
    monkeypatch.setattr(session.current, "document", None)
    session.note_transfer.export_pdf_copy(str(target))
    session.note_transfer.import_embedded()


def test_what_is_no_pdf_says_so(session: Session, said: list[str]) -> None:
    session.current.open_last()
    session.note_transfer.import_embedded()
    session.note_transfer.export_pdf_copy("copy.pdf")
    assert said == ["“" + an_article().title + "” is no PDF."] * 2


def test_a_pdf_that_holds_notes_says_so_once(
    session: Session, qtbot: QtBot, said: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "a.pdf"
    with qtbot.waitSignal(session.notifier.action_offered, timeout=20_000) as offered:
        open_pdf(session, qtbot, path)
    offer = offered.args[0]
    assert (offer.sentence, offer.label) == ("This PDF holds 1 note already.", "Import")
    assert session.current.document is not None
    first = session.current.document.id
    with qtbot.waitSignal(session.annotations.changed, timeout=20_000):
        offer.run()
    assert len(marks_taken_in(session.annotations.all)) == 1
    offers: list[str] = []
    session.notifier.action_offered.connect(lambda offer: offers.append(offer.sentence))
    with qtbot.waitSignal(session.current.changed, timeout=20_000):
        session.navigation.open(an_article().id)
    with qtbot.waitSignal(session.current.changed, timeout=20_000):
        session.navigation.open(first)
    qtbot.waitUntil(lambda: not session.background.busy, timeout=20_000)
    assert offers == []
