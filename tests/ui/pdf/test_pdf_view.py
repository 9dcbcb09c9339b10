"""The printed pages as a person uses them: by mouse and by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from reader.importers.pdf.read import read
from reader.model.span import Span
from reader.session.session import Session
from reader.settings import COLOUR_MEANINGS, PAGE_ZOOM, PAGES_IN_TWOS
from reader.ui.marks.view_binder import SETTLE_AFTER_MOUSE_MS
from reader.ui.pdf.pdf_view import PdfView
from reader.ui.widgets.theme import DARK, LIGHT, SEPIA
from tests.importers.pdf_samples import locked_pdf
from tests.printed import two_columns
from tests.ui.samples import answer
from tests.ui.views import offers

NO_KEY = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
WAIT_MS = 20_000


def open_printed(session: Session, path: Path, content: bytes) -> None:
    path.write_bytes(content)
    reading = read(path)
    session.workspace.library.add(reading.document, path, reading.assets)
    session.navigation.open(reading.document.id)


@pytest.fixture
def sheets(qtbot: QtBot, session: Session, tmp_path: Path) -> PdfView:
    open_printed(session, tmp_path / "a.pdf", two_columns())
    sheets = PdfView(session, LIGHT)
    qtbot.addWidget(sheets)
    sheets.resize(810, 600)
    sheets.show()
    sheets.show_document(session.current.document)
    qtbot.wait(10)
    return sheets


def text(session: Session) -> str:
    assert session.current.document is not None
    return session.current.document.text


def spot(sheets: PdfView, word: str, share: float = 0.5) -> QPoint:
    """Where a word is in the viewport, `share` of its width from its left."""
    assert sheets.scroller.pages is not None
    start = sheets.scroller.pages.text.index(word)
    (box,) = sheets.scroller.pages.boxes(Span(start, start + len(word)))
    area = sheets.scroller.layout.of(box.page).box(box)
    x = area.left() + share * area.width() - sheets.scroller.left
    return QPoint(round(x), round(area.center().y() - sheets.scroller.top))


def drag(sheets: PdfView, start: QPoint, end: QPoint) -> None:
    view = sheets.viewport()
    for kind, point, held in (
        (QEvent.Type.MouseButtonPress, start, LEFT),
        (QEvent.Type.MouseMove, (start + end) / 2, LEFT),
        (QEvent.Type.MouseMove, end, LEFT),
        (QEvent.Type.MouseButtonRelease, end, Qt.MouseButton.NoButton),
    ):
        button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else LEFT
        at = QPointF(point)
        QApplication.sendEvent(view, QMouseEvent(kind, at, at, button, held, NO_KEY))


def selected(session: Session) -> str:
    return session.selection.span.cut(text(session)) if session.selection.span is not None else ""


def settled(qtbot: QtBot, sheets: PdfView) -> None:
    qtbot.wait(20)
    qtbot.waitUntil(lambda: sheets.page_painter.tiles.settled, timeout=WAIT_MS)


def test_pages_are_drawn_as_they_come_into_sight(qtbot: QtBot, sheets: PdfView) -> None:
    settled(qtbot, sheets)
    light = sheets.grab().toImage()
    at = sheets.viewport().pos() + spot(sheets, "Trial")
    colours = {light.pixelColor(at + QPoint(x, 0)).lightness() for x in range(-20, 20)}
    assert min(colours) < 80
    assert max(colours) == 255
    for theme in (DARK, SEPIA):
        sheets.set_theme(theme)
        settled(qtbot, sheets)
        page = sheets.scroller.layout.all[0].area
        corner = QPoint(
            round(page.x()) + 4 - sheets.scroller.left, round(page.y()) + 4 - sheets.scroller.top
        )
        assert sheets.grab().toImage().pixelColor(corner).name().upper() == theme.paper


def test_a_selection_runs_through_columns_by_words(
    qtbot: QtBot, sheets: PdfView, session: Session
) -> None:
    drag(sheets, spot(sheets, "Doors", 0.9), spot(sheets, "better", 0.2))
    expected = text(session)[text(session).index("Doors") :]
    assert selected(session) == expected[: expected.index("better") + 6]
    qtbot.waitUntil(lambda: offers(sheets), timeout=WAIT_MS)
    sheets.grab()
    assert sheets.escape()
    assert not offers(sheets)
    assert sheets.escape()
    assert session.selection.span is None
    assert not sheets.escape()


def test_a_selection_runs_over_pages(sheets: PdfView, session: Session) -> None:
    sheets.resize(810, 2400)
    drag(sheets, spot(sheets, "not."), spot(sheets, "second"))
    # A page of a file without outline is a section of that name.
    assert selected(session).split() == ["not.", "Page", "1", "The", "second"]


def test_a_double_click_takes_the_word_and_a_triple_one_the_paragraph(
    qtbot: QtBot, sheets: PdfView, session: Session
) -> None:
    view, at = sheets.viewport(), spot(sheets, "0.5")
    qtbot.mouseDClick(view, LEFT, pos=at)
    assert selected(session) == "0.5"
    qtbot.mousePress(view, LEFT, pos=at)
    qtbot.mouseRelease(view, LEFT, pos=at)
    assert selected(session).startswith("Sleep was better")
    qtbot.mouseClick(view, LEFT, SHIFT, spot(sheets, "Doors"))
    assert selected(session).startswith("Doors were")
    qtbot.mouseClick(view, LEFT, pos=QPoint(30, 60))
    assert session.selection.span is None


def test_highlights_are_chosen_by_a_click_and_painted(
    qtbot: QtBot, sheets: PdfView, session: Session
) -> None:
    qtbot.mouseDClick(sheets.viewport(), LEFT, pos=spot(sheets, "0.5"))
    session.marker.highlight("green")
    (note,) = session.annotations.all
    session.annotations.edit(note.id, note="The dose.")
    settled(qtbot, sheets)
    session.annotations.choose("")
    at = sheets.viewport().pos() + spot(sheets, "0.5", -0.02)
    colour = sheets.grab().toImage().pixelColor(at)
    assert colour.green() > colour.red() + 20
    qtbot.wait(QApplication.doubleClickInterval() + 50)
    qtbot.mouseClick(sheets.viewport(), LEFT, pos=spot(sheets, "0.5"))
    assert session.selection.annotation_id == note.id
    ((_, sign),) = sheets.page_painter.markers(sheets.scroller.layout.all[0])
    session.annotations.choose("")
    beside = sign.center() - QPoint(sheets.scroller.left, sheets.scroller.top)
    qtbot.mouseMove(sheets.viewport(), beside)
    qtbot.mouseClick(sheets.viewport(), LEFT, pos=beside)
    assert session.selection.annotation_id == note.id
    with qtbot.waitSignal(session.marker.edit_requested):
        qtbot.mouseDClick(sheets.viewport(), LEFT, pos=beside)
    session.settings.set(COLOUR_MEANINGS, {"green": "Dose"})


def test_the_context_menu_is_of_what_is_under_the_mouse(
    qtbot: QtBot, sheets: PdfView, session: Session
) -> None:
    qtbot.mouseDClick(sheets.viewport(), LEFT, pos=spot(sheets, "0.5"))
    session.marker.highlight("green")
    session.annotations.choose("")
    menu = QMenu(sheets)
    menu.addAction("Something")
    sheets.context_menu = menu
    at = spot(sheets, "0.5")
    QApplication.sendEvent(
        sheets.viewport(),
        QContextMenuEvent(
            QContextMenuEvent.Reason.Mouse, at, sheets.viewport().mapToGlobal(at), NO_KEY
        ),
    )
    assert menu.isVisible()
    assert session.selection.annotation_id == session.annotations.all[0].id
    menu.close()


def test_keys_select_words_and_lines(qtbot: QtBot, sheets: PdfView, session: Session) -> None:
    sheets.setFocus()
    qtbot.keyClick(sheets, Qt.Key.Key_Right, SHIFT)
    assert selected(session) == "A"
    qtbot.keyClick(sheets, Qt.Key.Key_Right, SHIFT)
    qtbot.keyClick(sheets, Qt.Key.Key_Right, SHIFT)
    assert selected(session) == "A Trial of"
    qtbot.keyClick(sheets, Qt.Key.Key_Left, SHIFT)
    assert selected(session) == "A Trial"
    answer(session, "doors")
    session.selection.set_span(None)
    start = text(session).index("Quiet rooms were")
    sheets.marks.current = Span(start, start + 5)
    qtbot.keyClick(sheets, Qt.Key.Key_Right, SHIFT)
    assert selected(session) == "Quiet"
    qtbot.keyClick(sheets, Qt.Key.Key_Down, SHIFT)
    assert selected(session).startswith("Quiet rooms were tried on one ward for")
    qtbot.keyClick(sheets, Qt.Key.Key_Up, SHIFT)
    assert "for" not in selected(session)


def test_keys_move_and_turn_pages(qtbot: QtBot, sheets: PdfView, session: Session) -> None:
    sheets.setFocus()
    qtbot.keyClick(sheets, Qt.Key.Key_Down)
    assert sheets.scroller.top > 0
    qtbot.keyClick(sheets, Qt.Key.Key_Home)
    assert sheets.scroller.top == 0
    qtbot.keyClick(sheets, Qt.Key.Key_Right)
    assert session.navigation.location.page is not None
    assert session.navigation.location.page.label == "1"
    qtbot.keyClick(sheets, Qt.Key.Key_Down)
    qtbot.keyClick(sheets, Qt.Key.Key_Left)
    assert session.navigation.location.page.label == "1"
    qtbot.keyClick(sheets, Qt.Key.Key_Left)
    assert session.navigation.location.page.label == "i"
    qtbot.keyClick(sheets, Qt.Key.Key_End)
    assert session.navigation.location.percent == 100
    qtbot.keyClick(sheets, Qt.Key.Key_Space, SHIFT)
    assert session.navigation.location.percent < 100
    session.settings.set(PAGE_ZOOM, 3.0)
    across = sheets.horizontalScrollBar().value()
    qtbot.keyClick(sheets, Qt.Key.Key_Right)
    assert sheets.horizontalScrollBar().value() > across


def test_zoom_keeps_the_place(qtbot: QtBot, sheets: PdfView, session: Session) -> None:
    assert session.pages.go_to_page("1")
    assert session.navigation.location.page is not None
    for steps in (1, 1, 1, -1):
        sheets.zoom_by(steps)
    assert session.navigation.location.page.label == "1"
    at = spot(sheets, "curtains")
    turned = QWheelEvent(
        QPointF(at), QPointF(at), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(sheets.viewport(), turned)
    assert (spot(sheets, "curtains") - at).manhattanLength() < 6
    sheets.zoom_by(0)
    assert session.settings.get(PAGE_ZOOM) == "auto"
    for zoom in ("page", "width"):
        session.settings.set(PAGE_ZOOM, zoom)
        assert session.navigation.location.page.label == "1"
    session.pages.rotate()
    assert sheets.scroller.layout.all[0].area.width() > sheets.scroller.layout.all[0].area.height()
    session.settings.set(PAGES_IN_TWOS, True)
    sheets.scroller.step_page(1)
    settled(qtbot, sheets)


def test_a_large_page_is_drawn_in_squares(qtbot: QtBot, sheets: PdfView, session: Session) -> None:
    session.settings.set(PAGE_ZOOM, 6.0)
    settled(qtbot, sheets)
    sheets.scroll_to(Span(*_place(session, "0.5")))
    settled(qtbot, sheets)
    image = sheets.grab().toImage()
    at = sheets.viewport().pos() + spot(sheets, "0.5")
    assert min(image.pixelColor(at + QPoint(x, 0)).lightness() for x in range(-60, 60)) < 80
    qtbot.mousePress(sheets.viewport(), Qt.MouseButton.MiddleButton, pos=QPoint(300, 300))
    before = sheets.scroller.left, sheets.scroller.top
    moved, middle = QPointF(200, 250), Qt.MouseButton.MiddleButton
    kind = QEvent.Type.MouseMove
    drawn = QMouseEvent(kind, moved, moved, Qt.MouseButton.NoButton, middle, NO_KEY)
    QApplication.sendEvent(sheets.viewport(), drawn)
    assert (sheets.scroller.left, sheets.scroller.top) == (before[0] + 100, before[1] + 50)
    qtbot.mouseRelease(sheets.viewport(), Qt.MouseButton.MiddleButton)


def _place(session: Session, word: str) -> tuple[int, int]:
    start = text(session).index(word)
    return start, start + len(word)


def test_hits_and_headings_are_brought_into_view(sheets: PdfView, session: Session) -> None:
    start, end = _place(session, "curtains")
    answer(session, "curtains")
    session.navigation.go_to(Span(start, end))
    assert sheets.viewport().rect().contains(spot(sheets, "curtains"))
    sheets.grab()
    session.navigation.go_to(Span(0, 0))
    assert session.navigation.location.page is not None
    assert session.navigation.location.page.label == "i"
    sheets.propose(Span(0, 5))
    sheets.grab()


def test_it_opens_where_it_was_left(
    qtbot: QtBot, sheets: PdfView, session: Session, tmp_path: Path
) -> None:
    article, printed = (entry.id for entry in sorted(session.catalog.entries, key=lambda e: e.kind))
    if session.current.document is not None and session.current.document.id == article:
        article, printed = printed, article
    assert session.pages.go_to_page("2")
    assert session.navigation.location.page is not None
    assert session.navigation.location.page.number == 3
    session.navigation.open(article)
    assert sheets.scroller.pages is None
    sheets.grab()
    session.navigation.open(printed)
    assert session.navigation.location.page.number == 3
    session.pages.show_as_printed(False)
    assert sheets.scroller.pages is None
    session.pages.show_as_printed(True)
    assert sheets.scroller.pages is not None


def test_a_page_that_cannot_be_drawn_says_so(
    qtbot: QtBot, sheets: PdfView, session: Session
) -> None:
    assert session.current.document is not None
    session.workspace.library.original(session.current.document.id).write_bytes(b"nothing")
    sheets.show_document(session.current.document)
    settled(qtbot, sheets)
    problem = sheets.page_painter.tiles.problems[1]
    assert "damaged" in problem.sentence
    sheets.grab()


def test_a_locked_file_asks_for_its_password(
    qtbot: QtBot, session: Session, sheets: PdfView, tmp_path: Path
) -> None:
    path = tmp_path / "locked.pdf"
    path.write_bytes(locked_pdf("Nobody slept.", "Eule"))
    reading = read(path, password="Eule")
    session.workspace.library.add(reading.document, path, reading.assets)
    with qtbot.waitSignal(session.imports.password_required, timeout=WAIT_MS) as asked:
        session.navigation.open(reading.document.id)
    # By the name that it came with: the library stores all files under one.
    assert asked.args[0].sentence == "“locked.pdf” is protected by a password."
    with qtbot.waitSignal(session.imports.password_required, timeout=WAIT_MS) as again:
        session.imports.unlock(asked.args[0].path, "Uhu")
    assert again.args[0].sentence == "“locked.pdf” is protected by another password."
    with qtbot.waitSignal(session.pages.mode_changed, timeout=WAIT_MS):
        session.imports.unlock(asked.args[0].path, "Eule")
    settled(qtbot, sheets)
    assert not sheets.page_painter.tiles.problems


def test_dragging_beyond_the_edge_scrolls(
    qtbot: QtBot, sheets: PdfView, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = sheets.viewport()
    below = QPointF(300, view.height() + 60)
    monkeypatch.setattr(
        type(view), "mapFromGlobal", lambda _self, _point: below.toPoint(), raising=False
    )
    start = QPointF(spot(sheets, "Doors"))
    QApplication.sendEvent(
        view, QMouseEvent(QEvent.Type.MouseButtonPress, start, start, LEFT, LEFT, NO_KEY)
    )
    for _ in range(2):
        QApplication.sendEvent(
            view,
            QMouseEvent(QEvent.Type.MouseMove, below, below, Qt.MouseButton.NoButton, LEFT, NO_KEY),
        )
    top = sheets.scroller.top
    qtbot.waitUntil(lambda: sheets.scroller.top > top + 200, timeout=WAIT_MS)
    QApplication.sendEvent(
        view,
        QMouseEvent(
            QEvent.Type.MouseButtonRelease, below, below, LEFT, Qt.MouseButton.NoButton, NO_KEY
        ),
    )
    assert "Doors" in selected(session)
    qtbot.wait(20)


def test_nothing_is_offered_on_pages_that_were_left_at_once(
    qtbot: QtBot, sheets: PdfView, session: Session
) -> None:
    drag(sheets, spot(sheets, "Doors", 0.9), spot(sheets, "better", 0.2))
    session.pages.show_as_printed(False)  # F8, before what was selected is offered anything
    qtbot.wait(2 * SETTLE_AFTER_MOUSE_MS)
    assert not offers(sheets)
    assert selected(session)


def test_ticks_stand_where_the_hits_are(qtbot: QtBot, sheets: PdfView, session: Session) -> None:
    pages = session.pages.page_map
    assert pages is not None
    document = session.current.document
    assert document is not None
    layout = sheets.scroller.layout

    def share(offset: int) -> float:
        """How far down all pages a place is: the page that begins before it, and the share of its
        text."""
        placed = [one for one in layout.all if one.page.span.start <= offset] or layout.all[:1]
        text, area = placed[-1].page.span, placed[-1].area
        within = min((offset - text.start) / max(len(text), 1), 1.0)
        return (area.y() + within * area.height()) / layout.height

    offsets = range(0, len(document.text), 7)
    sheets.marks.set_hits([Span(offset, offset + 1) for offset in offsets])
    sheets.show_marks()
    image = sheets.verticalScrollBar().grab().toImage()
    rows = {round(2 + share(offset) * (image.height() - 4)) for offset in offsets}
    drawn = {
        y for y in range(image.height()) if image.pixelColor(3, y).name() == LIGHT.hit_edge.lower()
    }
    assert drawn == {one for row in rows for one in (row, row + 1) if one < image.height()}
