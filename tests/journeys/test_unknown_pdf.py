"""A clinician opens a long PDF that is new: its pages are there while its text is still read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from reader.model.span import Span
from reader.ui.pdf.pdf_view import PdfView
from tests.importers.pdf_samples import Sheet, Text, locked_pdf, pdf
from tests.journeys.conftest import Person

Start = Callable[..., Person]
SENTENCE = "The pressure of the blood rises for a while."


@pytest.fixture
def long_paper(tmp_path: Path) -> Path:
    """A PDF whose text takes seconds to be read."""
    path = tmp_path / "long.pdf"
    sheets = [
        Sheet([Text(72, 720 - 14 * line, f"{page}.{line} {SENTENCE}") for line in range(45)])
        for page in range(150)
    ]
    path.write_bytes(pdf(sheets))
    return path


def pages_of(person: Person) -> PdfView:
    """The printed pages, once some of them are drawn."""
    documents = person.window.document_stack

    def is_drawn() -> bool:
        view = documents.printed
        if view is None or view.scroller.pages is None:
            return False
        ratio = view.devicePixelRatioF()
        painter = view.page_painter
        sight = [t for p in view.scroller.in_sight() for t in painter.tiles_in_sight(p, ratio)]
        return bool(sight) and all(map(painter.tiles.holds, sight))

    person.until(is_drawn)
    assert documents.printed is not None
    assert documents.currentWidget() is documents.printed
    return documents.printed


def said_at_the_foot(person: Person) -> str:
    labels = person.window.middle.status.findChildren(QLabel)
    return " ".join(label.text() or label.accessibleName() for label in labels)


def test_its_pages_are_read_while_its_text_is(start: Start, long_paper: Path) -> None:
    person = start("anna")
    session = person.session
    before = session.current.document
    assert before is not None
    session.imports.add([long_paper])
    person.until(lambda: session.pages.are_being_read)
    sheets = pages_of(person)
    assert session.current.document is None
    assert "still being read" in said_at_the_foot(person)
    # The pages can be read on; nothing can be marked yet, and nothing of it is in the library.
    plain = sheets.viewport().grab().toImage()
    viewport, middle = sheets.viewport(), sheets.viewport().rect().center()
    QTest.mouseMove(viewport, middle)
    assert viewport.cursor().shape() != Qt.CursorShape.CrossCursor
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(viewport, middle + QPoint(60, 60))
    assert viewport.grab().toImage() == plain
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=middle + QPoint(60, 60))
    sheets.setFocus()
    for _ in range(3):
        person.press(Qt.Key.Key_PageDown)
    person.press(Qt.Key.Key_H)
    assert session.annotations.all == ()
    pages_of(person)
    place = sheets.scroller.top
    assert place > 0
    assert session.pages.are_being_read
    titles = [entry.source for entry in session.catalog.entries]
    assert "long.pdf" not in titles

    # When its text is in, the page stays where it is, drawn as it was.
    drawn = sheets.viewport().grab().toImage()
    flashes: list[int] = []

    def look(_document: object) -> None:
        flashes.append(sheets.scroller.top)
        assert sheets.viewport().grab().toImage() == drawn

    session.current.changed.connect(look)
    person.until(lambda: session.current.document is not None)
    person.idle()
    document = session.current.document
    assert document is not None
    assert document.source == "long.pdf"
    assert flashes == [place]
    assert sheets.scroller.top == place
    assert not session.pages.are_being_read
    assert "still being read" not in said_at_the_foot(person)
    at = document.text.index("pressure")
    session.selection.set_span(Span(at, at + len("pressure")))
    person.press(Qt.Key.Key_H)
    assert len(session.annotations.all) == 1


def test_whoever_goes_on_to_another_document_meanwhile_may_read_it(
    start: Start, long_paper: Path
) -> None:
    person = start("anna")
    session = person.session
    before = session.current.document
    assert before is not None
    session.imports.add([long_paper])
    person.until(lambda: session.pages.are_being_read)
    session.navigation.open(before.id)
    assert session.current.document is not None
    assert not session.pages.are_being_read
    assert person.window.document_stack.currentWidget() is person.window.document_stack.page
    person.until(lambda: session.current.is_open(before.id) is False)
    assert session.current.document is not None
    assert session.current.document.source == "long.pdf"


def test_whoever_cancels_reads_on_where_they_were(start: Start, long_paper: Path) -> None:
    person = start("anna")
    session = person.session
    before = session.current.document
    session.imports.add([long_paper])
    person.until(lambda: session.pages.are_being_read)
    cancel = person.window.middle.message.findChild(QPushButton, "cancel_import")
    assert cancel is not None
    person.until(cancel.isVisible)
    cancel.click()
    assert not session.pages.are_being_read
    assert session.current.document == before
    # What was being read comes in, and is not opened.
    person.until(lambda: "long.pdf" in [entry.source for entry in session.catalog.entries])
    person.idle()
    assert session.current.document == before


def test_whoever_cancels_before_its_pages_are_there_sees_none_of_them(
    start: Start, long_paper: Path
) -> None:
    person = start("anna")
    session = person.session
    before = session.current.document
    shown: list[object] = []
    session.current.changed.connect(shown.append)
    session.imports.add([long_paper])
    session.imports.cancel()
    person.until(lambda: "long.pdf" in [entry.source for entry in session.catalog.entries])
    person.idle()
    assert session.current.document == before
    assert shown == []


def test_whoever_cancels_among_many_files_reads_on_where_they_were(
    start: Start, long_paper: Path, tmp_path: Path
) -> None:
    person = start("anna")
    session = person.session
    before = session.current.document
    others = [tmp_path / f"{number}.txt" for number in range(2)]
    for path in others:
        path.write_text(f"{path.stem} {SENTENCE}")
    session.imports.add(others)
    session.imports.add([long_paper])
    person.until(lambda: session.pages.are_being_read)
    session.imports.cancel()
    assert session.current.document == before
    person.until(lambda: "long.pdf" in [entry.source for entry in session.catalog.entries])
    person.idle()
    assert session.current.document == before


@pytest.mark.parametrize("kind", ["locked", "damaged"])
def test_a_file_that_cannot_be_read_leaves_all_as_it_was(
    start: Start, tmp_path: Path, kind: str
) -> None:
    person = start("anna")
    session = person.session
    before = session.current.document
    entries = list(session.catalog.entries)
    path = tmp_path / f"{kind}.pdf"
    path.write_bytes(locked_pdf("Secret words", "x") if kind == "locked" else b"%PDF-1.7 nothing")
    asked: list[object] = []
    session.imports.password_required.disconnect()
    session.imports.password_required.connect(asked.append)
    session.imports.add([path])
    person.until(lambda: bool(session.imports.failures))
    person.idle()
    assert bool(asked) == (kind == "locked")
    assert [name for name, _ in session.imports.failures] == [path.name]
    assert session.current.document == before
    assert session.catalog.entries == entries
    assert not session.pages.are_being_read
    assert not list(session.workspace.paths.staging.glob("*"))
