"""Printed pages: small ones at once, the start of the first, a selection made large, all of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor

from reader.model.pdf.page_box import PageBox
from reader.model.span import Span
from reader.settings import THUMBNAILS
from reader.ui.article.outline_pane import ContentsPane
from reader.ui.pdf.page_layout import MARGIN_PX
from reader.ui.pdf.pdf_view import PdfView
from reader.ui.pdf.thumbnails import Thumbnails
from reader.ui.widgets.theme import LIGHT
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


def test_the_section_that_a_link_leads_to_is_lit(start: Start, tmp_path: Path) -> None:
    """Also the last one, which never comes up to the top of the window."""
    titles = ("Why We Asked", "What We Did", "What We Found", "What It Means")
    texts = [Text(60, 810, "A Trial of Quiet Rooms", 20, "bold")]
    for number, title in enumerate(titles):
        y = 780 - 180 * number
        texts += [Text(60, y, f"{number + 1}. {title}", 14, "bold")]
        words = "|".join(WORDS.replace("ward", f"ward {number}{n}") for n in range(5))
        texts += column(60, y - 20, words, 8, 9)
    texts.append(Text(400, 700, "See the last part.", 8))
    goes = "/Rect [395 695 480 712] /Dest [10 0 R /XYZ 0 258 null]"
    link = f"<< /Type /Annot /Subtype /Link {goes} >>"
    file = tmp_path / "paper.pdf"
    file.write_bytes(pdf([Sheet(texts, extra=f"/Annots [{link}]")]))
    person = start("anna", file)
    person.idle()
    view, contents = sheets(person), person.window.left.contents
    document = person.session.current.document
    assert document is not None
    assert [section.title for section in document.sections] == list(titles)
    assert lit(contents) == []  # the title is in none
    point = place(view, person, "last part")
    person.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    person.qtbot.wait(400)
    assert lit(contents) == [3]


def lit(contents: ContentsPane) -> list[int]:
    """The rows of the contents whose ground is coloured."""
    model, view = contents.list.model(), contents.list.viewport()
    picture = view.grab().toImage()
    ratio = picture.devicePixelRatio()
    found = []
    for number in range(model.rowCount()):
        area = contents.list.visualRect(model.index(number, 0))
        at = QPoint(area.right() - 24, area.center().y()) * ratio
        colour = picture.pixelColor(at)
        found += [number] if colour.name() == QColor(LIGHT.accent_soft).name() else []
    return found


def test_a_filled_form_is_shown_and_found(start: Start, tmp_path: Path) -> None:
    """Fields that hold a value and no drawing of it, as many programs leave them."""
    look = "/F 4 /P 10 0 R /DA (/Helv 12 Tf 0 g)"
    fields = [
        f"<< /Type /Annot /Subtype /Widget {look} {one} >>"
        for one in (
            "/FT /Tx /T (name) /V (Jane Doe) /Rect [200 690 400 712]",
            "/FT /Ch /Ff 131072 /T (w) /Opt [(North) (South)] /V (South) /Rect [200 650 400 672]",
            "/FT /Btn /T (agrees) /V /Yes /AS /Yes /MK << /CA (4) >> /Rect [200 610 216 626]",
        )
    ]
    numbers = " ".join(f"{100 + i} 0 R" for i in range(len(fields)))
    labels = [Text(60, 696, "Name"), Text(60, 656, "Ward"), Text(60, 614, "Agrees")]
    file = tmp_path / "form.pdf"
    file.write_bytes(
        pdf(
            [Sheet(labels, extra=f"/Annots [{numbers}]")],
            catalogue=f"/AcroForm << /Fields [{numbers}] /DA (/Helv 12 Tf 0 g) "
            "/DR << /Font << /Helv 3 0 R >> >> >>",
            objects=fields,
        )
    )
    person = start("anna", file)
    view = sheets(person)
    person.idle()
    person.until(lambda: view.page_painter.tiles.settled)
    page = view.scroller.layout.of(1)
    picture = view.viewport().grab().toImage()
    for y in (701, 661, 618):
        box = page.box(PageBox(1, 200, 842 - y - 8, 240, 842 - y + 8)).toAlignedRect()
        inside = picture.copy(box.translated(0, -view.scroller.top))
        sides = range(inside.width()), range(inside.height())
        assert min(inside.pixelColor(x, y).lightness() for x in sides[0] for y in sides[1]) < 100
    for words in ("Doe", "South"):
        person.press(Key.Key_F, CONTROL)
        person.press(Key.Key_A, CONTROL)
        person.type(words)
        person.until(lambda: person.session.search.state.count == 1)
        person.press(Key.Key_Escape)
    # In the article too.
    view.setFocus()
    person.press(Key.Key_F8)
    document = person.session.current.document
    assert document is not None
    assert " ".join(document.text.split()) == "Name Jane Doe Ward South Agrees ☑"
