"""Printing a PDF prints its pages, with highlights, and notes after them where they are wanted."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6 import QtPrintSupport
from PySide6.QtWidgets import QComboBox, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from reader.importers.pdf.read import read
from reader.model.annotation import Area
from reader.model.pdf.page_map import PageBox, place_in_text
from reader.model.span import Span
from reader.session.session import Session
from reader.ui.printing.print_dialog import PrintDialog
from reader.ui.printing.printed_pages import PrintedPages
from reader.ui.widgets.theme import LIGHT
from tests.printed import two_columns
from tests.ui.drivers.found import called, choose, label
from tests.ui.samples import mark

WAIT_MS = 20_000


@pytest.fixture
def printed(session: Session, tmp_path: Path) -> str:
    """A PDF of three pages, which is open, with a note on a word of it; gives the word."""
    path = tmp_path / "a.pdf"
    path.write_bytes(two_columns())
    reading = read(path)
    session.workspace.library.add(reading.document, path, reading.assets)
    session.navigation.open(reading.document.id)
    assert session.pages.as_printed
    word = next(w for w in reading.document.text.split() if len(w) > 6)
    mark(session, word, "green", note="Print this too.")
    return word


@pytest.fixture
def dialog(qtbot: QtBot, session: Session, printed: str) -> PrintDialog:
    dialog = PrintDialog(session, LIGHT)
    qtbot.addWidget(dialog)
    dialog.show()
    settle(qtbot, dialog)
    return dialog


def settle(qtbot: QtBot, dialog: PrintDialog) -> None:
    qtbot.waitUntil(lambda: not dialog.is_busy, timeout=WAIT_MS)


def printer_into(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Has a printer chosen that writes a file."""

    class Chosen:
        def __init__(self, printer: QtPrintSupport.QPrinter, _parent: object) -> None:
            printer.setOutputFormat(QtPrintSupport.QPrinter.OutputFormat.PdfFormat)
            printer.setOutputFileName(str(path))

        def setMinMax(self, first: int, last: int) -> None:  # noqa: N802 - Qt's name
            assert (first, last) == (1, last)

        def exec(self) -> QDialog.DialogCode:
            return QDialog.DialogCode.Accepted

    monkeypatch.setattr(QtPrintSupport, "QPrintDialog", Chosen)


def on_paper(
    qtbot: QtBot, dialog: PrintDialog, path: Path, monkeypatch: pytest.MonkeyPatch
) -> pypdfium2.PdfDocument:
    """Prints to a printer that writes a file."""
    printer_into(path, monkeypatch)
    with qtbot.waitSignal(dialog.accepted, timeout=WAIT_MS):
        called(dialog, QPushButton, "Print…").click()
    return pypdfium2.PdfDocument(path)


def colours(page: pypdfium2.PdfPage) -> set[tuple[int, ...]]:
    picture = page.render(scale=0.5, rev_byteorder=True).to_numpy()
    return {tuple(map(int, pixel[:3])) for row in picture for pixel in row}


def test_the_pages_are_printed_and_the_notes_after_them(
    qtbot: QtBot, dialog: PrintDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert called(dialog, QComboBox, "What").currentText() == "The pages as printed"
    choose(qtbot, called(dialog, QComboBox, "Notes"), "After the article")
    settle(qtbot, dialog)
    assert label(dialog, "status").text().startswith("4 pages, 1 note.")
    assert label(dialog, "page_number").text() == "1 of 4"
    shown = dialog.preview.picture.pixmap().toImage()
    dark = sum(
        shown.pixelColor(x, y).lightness() < 120
        for x in range(0, shown.width(), 3)
        for y in range(0, shown.height(), 3)
    )
    assert dark > 20, "the preview is blank"
    paper = on_paper(qtbot, dialog, tmp_path / "out.pdf", monkeypatch)
    assert len(paper) == 4
    words = paper[3].get_textpage().get_text_range()
    assert "Print this too." in words
    assert any(g > r + 12 and g > b + 12 for r, g, b in colours(paper[0]) | colours(paper[1]))
    # The third has nothing on it.
    for number in range(2):
        assert min(sum(colour) for colour in colours(paper[number])) < 400, "a page is blank"
    paper.close()


def test_notes_stand_beside_their_pages_by_number(
    qtbot: QtBot,
    dialog: PrintDialog,
    session: Session,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pages = session.pages.page_map
    assert pages is not None
    box = PageBox(2, 100, 300, 260, 420)
    area = session.marker.mark_area(box, place_in_text(pages, box))
    session.annotations.edit(area, note="The shadow here.")
    choose(qtbot, called(dialog, QComboBox, "Notes"), "In the margin")
    dialog.grey.click()
    dialog.grey.click()
    settle(qtbot, dialog)
    # As many sheets as pages: nothing stands after them.
    assert label(dialog, "status").text().startswith("3 pages, 2 notes.")
    paper = on_paper(qtbot, dialog, tmp_path / "out.pdf", monkeypatch)
    assert len(paper) == 3
    words = [paper[number].get_textpage().get_text_range() for number in range(3)]
    assert "1" in words[0]
    assert "Print this too." in words[0]
    assert "The shadow here." in words[1]
    # The page of the area is smaller than its sheet, and tinted at its place.
    sheet = paper[1].render(scale=1, rev_byteorder=True).to_numpy()
    scale = (sheet.shape[1] - 28 - 150) / 595
    x, y = round(14 + 180 * scale), round(sheet.shape[0] / 2 + (360 - 421) * scale)
    red, green, blue = map(int, sheet[y][x][:3])
    assert max(red, green, blue) - min(red, green, blue) > 20
    # The third has no notes: it keeps its size.
    paper.close()


def test_a_note_on_no_page_of_the_file_stands_after_all(
    qtbot: QtBot, dialog: PrintDialog, session: Session
) -> None:
    """As a file of notes from elsewhere may name one."""
    document = session.current.document
    assert document is not None
    made = session.annotations.make(Span(0, 0), Area(document.id, 4, 10, 10, 20, 20))
    session.annotations.edit(made, note="Nowhere.")
    choose(qtbot, called(dialog, QComboBox, "Notes"), "In the margin")
    dialog.grey.click()
    settle(qtbot, dialog)
    assert label(dialog, "status").text().startswith("4 pages, 2 notes.")


def test_notes_without_room_beside_a_page_stand_after_all(
    qtbot: QtBot, dialog: PrintDialog, session: Session
) -> None:
    note = session.annotations.all[0]
    for number in range(4):
        session.annotations.choose(note.id)
        session.marker.write_another()
        made = session.selection.annotation_id
        session.annotations.edit(made, note=f"{number} " + "A long note. " * 120)
    choose(qtbot, called(dialog, QComboBox, "Notes"), "In the margin")
    dialog.grey.click()
    settle(qtbot, dialog)
    pages = int(label(dialog, "status").text().split()[0])
    assert pages > 3


def test_a_page_that_cannot_be_drawn_is_asked_for_once_and_said(
    qtbot: QtBot,
    dialog: PrintDialog,
    session: Session,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert session.current.document is not None
    path = session.workspace.library.original(session.current.document.id)
    path.chmod(0o600)
    path.write_bytes(b"%PDF-1.7\nnothing")
    told: list[object] = []
    session.pages.tile_ready.connect(told.append)
    dialog.preview.after.click()
    qtbot.waitUntil(lambda: len(told) > 0)
    qtbot.wait(50)
    assert len(told) == 1
    printer_into(tmp_path / "out.pdf", monkeypatch)
    called(dialog, QPushButton, "Print…").click()
    settle(qtbot, dialog)
    assert "damaged" in label(dialog, "status").text()
    assert dialog.isVisible()


def test_another_choice_lets_go_of_the_pages_before(
    qtbot: QtBot, dialog: PrintDialog, session: Session
) -> None:
    for _ in range(3):
        dialog.grey.click()
        settle(qtbot, dialog)
    qtbot.wait(10)
    assert len(dialog.findChildren(PrintedPages)) == 1
    dialog.preview.after.click()
    dialog.preview.before.click()
    assert label(dialog, "page_number").text() == "1 of 3"


def test_the_pages_alone(
    qtbot: QtBot, dialog: PrintDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(qtbot, called(dialog, QComboBox, "Notes"), "Not at all")
    dialog.highlights.click()
    settle(qtbot, dialog)
    dialog.preview.after.click()
    paper = on_paper(qtbot, dialog, tmp_path / "out.pdf", monkeypatch)
    assert len(paper) == 3
    assert not any(g > r + 12 and g > b + 12 for r, g, b in colours(paper[0]) | colours(paper[1]))
    paper.close()


def test_its_text_can_be_printed_as_an_article(qtbot: QtBot, dialog: PrintDialog) -> None:
    choose(qtbot, called(dialog, QComboBox, "What"), "The text as an article")
    settle(qtbot, dialog)
    assert called(dialog, QPushButton, "Save as PDF…").isVisibleTo(dialog)
