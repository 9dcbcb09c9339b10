"""A clinician reads a paper in two columns as it is printed, marks it, finds in it, sends it on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog

from reader.importers.pdf.annotations import notes_in
from reader.importers.pdf.read import read
from reader.model.pdf.page_map import ASSET, PageMap
from reader.model.span import Span
from reader.ui.commands.actions import ACTIONS
from reader.ui.pdf.pdf_view import PdfView
from tests.journeys.conftest import Person
from tests.printed import two_columns

Start = Callable[..., Person]
CONTROL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


def place(sheets: PdfView, text: str, word: str) -> QPoint:
    """Where a word is in the viewport."""
    start = text.index(word)
    assert sheets.scroller.pages is not None
    (box,) = sheets.scroller.pages.boxes(Span(start, start + len(word)))
    area = sheets.scroller.layout.of(box.page).box(box)
    return QPoint(
        round(area.center().x() - sheets.scroller.left),
        round(area.center().y() - sheets.scroller.top),
    )


def drag(sheets: PdfView, start: QPoint, end: QPoint) -> None:
    """Draws the mouse with its left button held, as a hand does."""
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    steps = [start + (end - start) * i / 8 for i in range(1, 9)]
    for kind, point, button, held in (
        (QEvent.Type.MouseButtonPress, start, left, left),
        *((QEvent.Type.MouseMove, step, none, left) for step in steps),
        (QEvent.Type.MouseButtonRelease, end, left, none),
    ):
        at = QPointF(point)
        modifiers = Qt.KeyboardModifier.NoModifier
        event = QMouseEvent(kind, at, at, button, held, modifiers)
        QApplication.sendEvent(sheets.viewport(), event)


def test_a_printed_paper_from_opening_to_export(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = tmp_path / "quiet rooms.pdf"
    paper.write_bytes(two_columns())
    as_it_came = paper.read_bytes()
    person = start("anna", paper)
    session, window = person.session, person.window
    person.until(lambda: session.pages.as_printed)
    person.idle()
    document, sheets = session.current.document, window.document_stack.printed
    assert document is not None
    assert sheets is not None
    assert window.document_stack.currentWidget() is sheets
    person.until(lambda: not session.workspace.library.catalog.unindexed())

    # Select from the left column into the right one: the passage reads on as the paper does.
    drag(sheets, place(sheets, document.text, "Doors"), place(sheets, document.text, "Sleep"))
    expected = "Doors were closed at ten by the nurse.\nSleep"
    assert session.selection.span is not None
    assert session.selection.span.cut(document.text) == expected
    sheets.setFocus()
    person.press(Key.Key_2)
    note = person.only_note()
    assert note.colour == "green"
    assert session.annotations.quote(note) == expected.replace("\n", " ")

    # Write a note on it, by keyboard.
    person.press(Key.Key_N)
    person.type("Who closes them on our ward?")
    person.press(Key.Key_Return, CONTROL)
    assert person.only_note().note == "Who closes them on our ward?"
    assert len(sheets.page_painter.markers(sheets.scroller.layout.all[0])) == 1

    # Find a word of the second page, and go there.
    person.press(Key.Key_F, CONTROL)
    person.type("curtains")
    person.until(lambda: session.search.state.count == 1)
    person.press(Key.Key_Return)
    assert sheets.viewport().rect().contains(place(sheets, document.text, "curtains"))
    person.press(Key.Key_Escape)

    # The same text as an article, and back, at the same place.
    sheets.setFocus()
    person.press(Key.Key_F8)
    assert window.document_stack.currentWidget() is window.document_stack.page
    assert window.document_stack.page.text_layout.typeset is not None
    assert window.document_stack.page.marks.highlights.items[0][1].id == note.id
    person.press(Key.Key_F8)
    assert window.document_stack.currentWidget() is sheets

    # Go to a page by its printed number; one that is not there is said so.
    said: list[str] = []
    session.notifier.message.connect(said.append)
    for label in ("i", "xii"):
        monkeypatch.setattr(QInputDialog, "getText", lambda *_, label=label, **__: (label, True))
        person.press(Key.Key_G)
    assert session.navigation.location.page is not None
    assert session.navigation.location.page.label == "i"
    assert said == ["There is no page xii; the last is 2."]

    # A copy with the note for other readers; the original stays as it came.
    copy = tmp_path / "copy.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(copy), ""))
    window.menus.run(next(action for action in ACTIONS if action.id == "pdf_copy"))
    person.until(copy.exists)
    person.idle()
    reading = read(copy)
    found = notes_in(copy.read_bytes(), copy.name, PageMap.decode(reading.assets[ASSET]))
    assert [one.note for one in found] == ["Who closes them on our ward?"]
    assert session.workspace.library.original(document.id).read_bytes() == as_it_came
    assert paper.read_bytes() == as_it_came

    # Where one was, after a restart.
    assert session.pages.go_to_page("1")
    person.leave()
    again = start("anna")
    again.until(lambda: again.session.navigation.location.page is not None)
    assert again.session.pages.as_printed
    page = again.session.navigation.location.page
    assert page is not None
    assert page.label == "1"
    again.leave()
