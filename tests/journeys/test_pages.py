"""Printed pages: small ones at once, the start of the first, a selection made large, all of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt

from reader.model.span import Span
from reader.settings import THUMBNAILS
from reader.ui.pdf.page_layout import MARGIN_PX
from reader.ui.pdf.pdf_view import PdfView
from reader.ui.pdf.thumbnails import Thumbnails
from tests.importers.pdf_samples import Sheet, Text, column, pdf
from tests.journeys.conftest import Person

Start = Callable[..., Person]
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
Key = Qt.Key
PAGES = 60
WORDS = "The ward was quiet and patients|slept as they had not slept|before. Doors stayed closed."


@pytest.fixture
def person(start: Start, tmp_path: Path) -> Person:
    """Somebody with a PDF of many pages open, as printed."""
    sheets = [
        Sheet([Text(60, 760, f"Page {n} of the book", 18, "bold"), *column(60, 600, WORDS, 10, 13)])
        for n in range(1, PAGES + 1)
    ]
    title = Text(60, 400, "A Book of Quiet Wards", 18, "bold")
    sheets[0] = Sheet([title, *column(60, 300, WORDS, 10, 13)])
    file = tmp_path / "book.pdf"
    file.write_bytes(pdf(sheets))
    person = start("anna", file)
    person.idle()
    assert person.session.pages.as_printed
    return person


def sheets(person: Person) -> PdfView:
    shown = person.window.document_stack.printed
    assert shown is not None
    return shown


def place(view: PdfView, person: Person, word: str) -> QPoint:
    """Where a word first is in the viewport."""
    document, pages = person.session.current.document, view.scroller.pages
    assert document is not None
    assert pages is not None
    start = document.text.index(word)
    box = pages.boxes(Span(start, start + len(word)))[0]
    at = view.scroller.layout.of(box.page).box(box).center()
    return QPoint(round(at.x() - view.scroller.left), round(at.y() - view.scroller.top))


def test_small_pages_are_drawn_wherever_one_scrolls(person: Person) -> None:
    person.session.settings.set(THUMBNAILS, True)
    small = person.window.left.thumbnails
    assert small is not None
    person.idle()
    bar = small.list.verticalScrollBar()
    assert bar.maximum() > 3_000
    for share in (0.5, 0.9):
        bar.setValue(round(share * bar.maximum()))
        # As many milliseconds as pixels were waited for: here more than three seconds.
        person.qtbot.wait(150)
        person.idle()
        assert darkest(small) < 160


def darkest(small: Thumbnails) -> int:
    """The darkest on the page in the middle of the list: letters, once it is drawn."""
    view = small.list.viewport()
    index = small.list.indexAt(view.rect().center())
    area = small.list.visualRect(index).adjusted(70, 20, -70, -40) & view.rect()
    picture = view.grab(area).toImage()
    return min(
        picture.pixelColor(x, y).lightness()
        for x in range(picture.width())
        for y in range(picture.height())
    )


def test_the_start_of_the_document_is_the_top_of_its_first_page(person: Person) -> None:
    view = sheets(person)
    person.press(Key.Key_End, CONTROL)
    assert view.scroller.top > 10_000
    person.press(Key.Key_Home, CONTROL)
    assert view.scroller.top <= MARGIN_PX


def test_a_selection_is_made_as_large_as_the_window(person: Person) -> None:
    view = sheets(person)
    point = place(view, person, "patients")
    person.qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert person.session.selection.span is not None
    before = view.rectangle_of(person.session.selection.span).width()
    person.press(Key.Key_0, CONTROL | ALT)
    area = view.rectangle_of(person.session.selection.span)
    assert area.width() > 3 * before
    assert view.viewport().rect().contains(area.center())


def test_all_is_selected_on_pages_too(person: Person) -> None:
    document = person.session.current.document
    assert document is not None
    person.press(Key.Key_A, CONTROL)
    assert person.session.selection.span is not None
    assert person.session.selection.span.cut(document.text).split()[-1] == "closed."
    assert len(person.session.selection.span) > 0.95 * len(document.text)


def test_the_caret_of_the_pages_begins_where_one_has_gone(person: Person) -> None:
    document = person.session.current.document
    assert document is not None
    start = [found.start() for found in re.finditer("The ward", document.text)][8]
    person.session.navigation.go_to(Span(start, start))
    person.press(Key.Key_F7)
    person.press(Key.Key_Right, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    person.press(Key.Key_Right, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    span = person.session.selection.span
    assert span is not None
    assert span.start == start
    assert span.cut(document.text) == "The ward"
