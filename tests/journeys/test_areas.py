"""A clinician marks figures and scans, where there are no words: a rectangle of a printed page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog

from reader.model.annotation import Annotation, Area
from reader.model.pdf.page_box import PageBox
from reader.model.span import Span
from reader.settings import PAGE_ZOOM, PAGES_IN_TWOS
from reader.ui.commands.actions import ACTIONS
from reader.ui.marks.popups import SelectionPopup
from reader.ui.notes.note_list import NoteList
from reader.ui.pdf.pdf_view import PdfView
from tests.importers.pdf_samples import Sheet, pdf
from tests.journeys.conftest import Person
from tests.journeys.test_pdf import drag
from tests.printed import two_columns

Start = Callable[..., Person]
Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
SCAN = "q 0.3 0.4 0.8 rg 100 500 200 150 re f Q"


def a_scan(pages: int = 3) -> bytes:
    """Pages without a word, a blue rectangle on each."""
    return pdf([Sheet(drawn=SCAN) for _ in range(pages)])


def opened(person: Person) -> PdfView:
    """The printed pages, drawn."""
    person.until(lambda: person.session.pages.as_printed)
    sheets = person.window.document_stack.printed
    assert sheets is not None
    person.idle()
    person.until(lambda: sheets.page_painter.tiles.settled)
    return sheets


def at(sheets: PdfView, page: int, x: float, y: float) -> QPoint:
    """Where a place of a page, in points, is in the viewport."""
    area = sheets.scroller.layout.of(page).box(PageBox(page, x, y, x, y))
    return QPoint(round(area.x() - sheets.scroller.left), round(area.y() - sheets.scroller.top))


def draw(sheets: PdfView, page: int, x0: float, y0: float, x1: float, y1: float) -> None:
    """Draws a rectangle on a page with the mouse."""
    drag(sheets, at(sheets, page, x0, y0), at(sheets, page, x1, y1))


def area_of(annotation: Annotation) -> Area:
    """The area that a note is on."""
    assert annotation.target.area is not None
    return annotation.target.area


def is_near(area: Area, page: int, *sides: float) -> bool:
    """Whether an area lies where the mouse drew it, to a pixel."""
    found = (area.x, area.y, area.width, area.height)
    return area.page == page and all(abs(a - b) < 2 for a, b in zip(found, sides, strict=True))


def test_an_area_of_a_scan_from_the_drag_to_the_next_start(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(a_scan())
    person = start("anna", path)
    sheets, session = opened(person), person.session

    # A page without words: a plain drag marks, and what can be done is offered beside it.
    draw(sheets, 1, 100, 192, 300, 342)
    note = person.only_note()
    assert is_near(area_of(note), 1, 100, 192, 200, 150)
    assert session.annotations.quote(note) == "Area on page 1"
    popup = sheets.findChild(SelectionPopup)
    assert popup is not None
    assert popup.isVisible()

    # Its colour and its note come as with any highlight.
    sheets.setFocus()
    person.press(Key.Key_3)
    assert person.only_note().colour == "blue"
    person.press(Key.Key_N)
    person.type("What is this shadow?")
    person.press(Key.Key_Return, CONTROL)
    assert person.only_note().note == "What is this shadow?"
    assert len(sheets.page_painter.markers(sheets.scroller.layout.all[0])) == 1
    notes = person.window.findChild(NoteList)
    assert notes is not None
    said = notes.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Blue area: Area on page 1. Note: What is this shadow?")

    # A second one on the third page; deleted, undone, redone.
    assert session.pages.go_to_page("3")
    draw(sheets, 3, 60, 60, 160, 100)
    assert len(session.annotations.all) == 2
    sheets.setFocus()
    person.press(Key.Key_Delete)
    assert len(session.annotations.all) == 1
    person.press(Key.Key_Z, CONTROL)
    assert [area_of(one).page for one in session.annotations.all] == [1, 3]
    person.press(Key.Key_Z, CONTROL | SHIFT)
    assert len(session.annotations.all) == 1
    person.press(Key.Key_Z, CONTROL)

    # From note to note by keys, wherever they are.
    session.annotations.choose("")
    assert session.pages.go_to_page("2")
    person.press(Key.Key_Down, ALT)
    (second,) = (one for one in session.annotations.all if area_of(one).page == 3)
    assert session.selection.annotation_id == second.id
    assert sheets.viewport().rect().contains(at(sheets, 3, 100, 80))
    person.press(Key.Key_Up, ALT)
    assert sheets.viewport().rect().contains(at(sheets, 1, 200, 250))

    # Turned, in twos, larger: a click on it chooses it wherever it is shown.
    for change in (
        session.pages.rotate,
        lambda: session.settings.set(PAGES_IN_TWOS, True),
        lambda: sheets.zoom_by(1),
    ):
        change()
        session.annotations.choose("")
        person.press(Key.Key_Down, ALT)
        chosen = session.annotations.get(session.selection.annotation_id)
        assert chosen is not None
        area = area_of(chosen)
        session.annotations.choose("")
        middle = at(sheets, area.page, area.x + area.width / 2, area.y + area.height / 2)
        person.qtbot.mouseClick(sheets.viewport(), Qt.MouseButton.LeftButton, pos=middle)
        assert session.selection.annotation_id == chosen.id
    person.leave()

    again = start("anna")
    opened(again)
    assert [area_of(one).page for one in again.session.annotations.all] == [1, 3]
    assert len(again.session.annotations.areas) == 2


def test_an_area_over_text_is_drawn_when_it_is_asked_for(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(two_columns())
    person = start("anna", path)
    sheets, session = opened(person), person.session

    # Esc leaves it: the next drag selects words again.
    sheets.setFocus()
    person.press(Key.Key_A)
    person.press(Key.Key_Escape)
    draw(sheets, 1, 70, 140, 200, 160)
    assert session.annotations.all == ()
    assert session.selection.span is not None

    sheets.setFocus()
    person.press(Key.Key_A)
    draw(sheets, 1, 310, 130, 520, 200)
    note = person.only_note()
    assert is_near(area_of(note), 1, 310, 130, 210, 70)
    document = session.current.document
    assert document is not None
    place = session.annotations.spans[note.id]
    # It stands among the text where its upper left corner is.
    assert document.text[place.start :].startswith("Sleep was better")

    # In the article it has a sign beside that line.
    sheets.setFocus()
    person.press(Key.Key_F8)
    page = person.window.document_stack.page
    person.until(lambda: page.text_layout.typeset is not None)
    assert [one.id for _, one in page.marks.on_areas.items] == [note.id]


def test_an_area_is_drawn_with_the_keys_alone(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(two_columns())
    person = start("anna", path)
    sheets = opened(person)
    sheets.setFocus()
    person.press(Key.Key_A)
    for key, held in ((Key.Key_Up, None), (Key.Key_Left, None), (Key.Key_Right, SHIFT)):
        person.press(key, held or Qt.KeyboardModifier.NoModifier)
    person.press(Key.Key_Return)
    area = area_of(person.only_note())
    assert area.page == 1
    assert abs(area.width - (595 / 3 + 9)) < 1


def test_an_area_is_copied_as_a_picture(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(a_scan(1))
    person = start("anna", path)
    sheets = opened(person)
    draw(sheets, 1, 110, 202, 290, 332)
    sheets.setFocus()
    QApplication.clipboard().clear()
    person.press(Key.Key_C, CONTROL)
    person.until(lambda: not QGuiApplication.clipboard().image().isNull())
    picture = QGuiApplication.clipboard().image()
    assert abs(picture.width() - 180 * 200 / 72) < 8
    middle = picture.pixelColor(picture.width() // 2, picture.height() // 2)
    assert (middle.red(), middle.green(), middle.blue()) == pytest.approx((77, 102, 204), abs=2)


def test_another_scan_never_shows_it(start: Start, tmp_path: Path) -> None:
    """Two scans have the same text, which is none: only the very file has the area."""
    first, second = tmp_path / "one.pdf", tmp_path / "two.pdf"
    first.write_bytes(a_scan())
    second.write_bytes(a_scan().replace(b"0.3 0.4 0.8 rg", b"0.8 0.4 0.3 rg"))
    person = start("anna", first)
    sheets, session = opened(person), person.session
    draw(sheets, 1, 100, 192, 300, 342)
    before = session.current.document
    assert before is not None
    session.imports.add([str(second)])
    person.until(lambda: session.current.document is not before)
    person.idle()
    after = session.current.document
    assert after is not None
    assert after.text == before.text
    assert session.annotations.all == ()
    assert session.annotations.areas == {}


def test_in_a_newer_edition_it_is_kept_without_a_place(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(two_columns())
    person = start("anna", path)
    sheets, session, window = opened(person), person.session, person.window
    sheets.setFocus()
    person.press(Key.Key_A)
    draw(sheets, 1, 310, 130, 520, 200)
    area = area_of(person.only_note())
    first = session.current.document
    path.write_bytes(two_columns().replace(b"matter more than", b"counted far above"))
    session.imports.add([path])
    person.until(lambda: session.current.document != first)
    person.idle()
    assert window.middle.offer_bar.sentence.startswith("This looks like a newer edition")
    window.middle.offer_bar.accept.click()
    person.idle()
    note = person.only_note()
    assert (note.state, note.target.area) == ("unplaced", area)
    assert session.annotations.areas == {}
    assert session.annotations.quote(note) == "Area on page 1"
    assert sheets.page_painter.area_at(QPointF(at(sheets, 1, 400, 160))) is None


def test_one_on_no_page_of_the_file_is_shown_on_none(start: Start, tmp_path: Path) -> None:
    """As a file of notes from elsewhere may name one."""
    path = tmp_path / "scan.pdf"
    path.write_bytes(a_scan())
    person = start("anna", path)
    sheets, session = opened(person), person.session
    document = session.current.document
    assert document is not None
    made = session.annotations.make(Span(0, 0), Area(document.id, 4, 10, 10, 20, 20))
    session.annotations.choose(made, show=True)
    zoom = session.settings.get(PAGE_ZOOM)
    window = person.window
    for name in ("zoom_selection", "copy"):
        window.menus.run(next(action for action in ACTIONS if action.id == name))
    person.idle()
    assert session.settings.get(PAGE_ZOOM) == zoom
    assert not any(sheets.page_painter.areas_on(one) for one in sheets.scroller.layout.all)
    # It is in the list, with its words.
    assert session.annotations.quote(person.only_note()) == "Area on page 4"


def test_it_is_exported_and_comes_back(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, copy = tmp_path / "scan.pdf", tmp_path / "copy.pdf"
    path.write_bytes(a_scan())
    person = start("anna", path)
    sheets = opened(person)
    draw(sheets, 1, 100, 192, 300, 342)
    note = person.only_note()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(copy), ""))
    window = person.window
    window.menus.run(next(action for action in ACTIONS if action.id == "pdf_copy"))
    person.until(copy.exists)
    person.idle()
    # Somebody else reads the copy, and takes in what is in it.
    again = start("bert", copy)
    others = opened(again)
    window = again.window
    window.menus.run(next(action for action in ACTIONS if action.id == "pdf_notes"))
    again.until(lambda: len(again.session.annotations.all) == 1)
    mine, theirs = area_of(note), area_of(again.only_note())
    assert replace(theirs, file=mine.file) == mine
    assert len(others.page_painter.areas_on(others.scroller.layout.all[0])) == 1
