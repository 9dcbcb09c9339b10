"""Columns are as wide as their words, and numbers are not broken."""

from __future__ import annotations

import hashlib

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.importers.builder.document_builder import DocumentBuilder
from reader.model.document import Document
from reader.model.span import Span
from reader.session.session import Session
from reader.ui.article.article_view import ArticleView
from reader.ui.typeset.column_widths import column_widths
from reader.ui.typeset.formats import Formats
from reader.ui.typeset.typesetter import Typesetter
from reader.ui.widgets.theme import LIGHT

NARROW = (("Route", "Peak"), ("Oral", "30 min"))
HEADS = ("Site", "Enrolled", "Randomised", "Withdrawn", "Response", "Esketamine", "Midazolam")
WIDE = ((*HEADS, "Last (95 % CI)"), ("University", *["7 (5.9 %)"] * 6, "0.62 (0.48–0.75)"))
TALKING = (("What", "Said"), ("dose", "Given slowly to those who had it before, " * 5))


def with_table(rows: tuple[tuple[str, ...], ...], after: int = 30) -> Document:
    writer = DocumentBuilder()
    writer.begin("paragraph")
    writer.add("Before the table.")
    writer.begin_table()
    for number, row in enumerate(rows):
        for column, words in enumerate(row):
            writer.begin_cell(number, column, number == 0)
            writer.add(words)
    # A cell over all columns asks for no width of any of them.
    writer.begin_cell(len(rows), 0, False, column_span=len(rows[0]))
    writer.add("This stands under all of the columns and is longer than each of them is. " * 2)
    for number in range(after):
        writer.begin("paragraph")
        writer.add(f"Paragraph {number} after it, " + "which goes on and on " * 12)
    return writer.build(id=hashlib.sha256(b"t").hexdigest(), title="T", source="t.txt")


@pytest.mark.parametrize(("rows", "times"), [(NARROW, 0.5), (TALKING, 4)])
def test_columns_fill_the_width_of_the_text(
    qapp: object, rows: tuple[tuple[str, ...], ...], times: float
) -> None:
    document, formats = with_table(rows), Formats(LIGHT, 1.0)
    widths = column_widths(document.tables[0], document.text, formats)
    assert formats.column_px - 2 <= sum(widths) <= formats.column_px
    assert widths[1] > times * widths[0]


@pytest.mark.parametrize("zoom", [1.0, 1.6])
def test_no_number_is_broken_and_no_word(qapp: object, zoom: float) -> None:
    document, formats = with_table(WIDE), Formats(LIGHT, zoom)
    widths = column_widths(document.tables[0], document.text, formats)
    assert sum(widths) > formats.column_px
    made = Typesetter(document, formats, lambda _: b"").typeset(Span(0, len(document.text)), "by")
    made.documentLayout().documentSize()
    assert made.wide_tables == [b.span for b in document.blocks if b.kind == "table"]
    for cell in document.tables[0].cells:
        if cell.row == 1:
            block = made.findBlock(made.offsets.position(cell.span.start))
            assert block.layout().lineCount() == 1, block.text()


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> ArticleView:
    page = ArticleView(session, LIGHT)
    qtbot.addWidget(page)
    page.resize(760, 400)
    page.show()
    document = with_table(WIDE)
    session.workspace.library.add(document, b"t", {})
    session.navigation.open(document.id)
    qtbot.wait(20)
    return page


def turn(page: ArticleView, across: int, down: int, shift: bool = False) -> None:
    none, point = QPoint(), QPointF(page.viewport().rect().center())
    keys = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    phase, button = Qt.ScrollPhase.NoScrollPhase, Qt.MouseButton.NoButton
    event = QWheelEvent(point, point, none, QPoint(across, down), button, keys, phase, False)
    QApplication.sendEvent(page.viewport(), event)


def test_a_wide_table_moves_sideways_and_only_while_it_is_in_sight(
    page: ArticleView, session: Session, qtbot: QtBot
) -> None:
    sideways, bar = page.scroll_keeper.sideways, page.horizontalScrollBar()
    assert not bar.isVisible()
    assert sideways.isVisible()
    qtbot.keyClick(page, Qt.Key.Key_Right)
    assert bar.value() == sideways.value() == 80
    qtbot.keyClick(page, Qt.Key.Key_Left)
    turn(page, 0, -50, shift=True)
    turn(page, -10, 0)
    assert (bar.value(), page.scroll_keeper.top) == (60, 0)
    turn(page, 0, -1200)
    qtbot.keyClick(page, Qt.Key.Key_PageDown)
    assert page.scroll_keeper.top > 300
    assert bar.value() == 0
    assert not sideways.isVisible()
    qtbot.keyClick(page, Qt.Key.Key_Right)
    assert bar.value() == 0


def test_a_selection_across_cells_shows_what_will_be_marked(
    page: ArticleView, session: Session
) -> None:
    document = session.current.document
    assert document is not None
    assert page.text_layout.typeset is not None
    start, end = document.text.index("Withdrawn"), document.text.index("7 (5.9 %)") + 9
    cursor = page.textCursor()
    cursor.setPosition(page.text_layout.typeset.offsets.position(start))
    cursor.setPosition(page.text_layout.typeset.offsets.position(end), cursor.MoveMode.KeepAnchor)
    page.scroll_keeper.set_cursor(cursor)
    assert session.selection.span == Span(start, end)
    shown = page.grab().toImage()

    def is_selected(words: str) -> bool:
        place = document.text.index(words)
        box = page.rectangle_of(Span(place, place + len(words))).adjusted(0, 6, 0, -6)
        found = {
            shown.pixelColor(x, y).name()
            for x in range(box.left() + 1, box.right())
            for y in range(box.top(), box.bottom())
        }
        return LIGHT.selection.lower() in found

    assert is_selected("Withdrawn")
    assert is_selected("Response")
    assert is_selected("University")
    assert not is_selected("Enrolled")


def test_a_cell_beyond_the_edge_is_brought_into_sight(page: ArticleView, session: Session) -> None:
    document = session.current.document
    assert document is not None
    page.resize(520, 400)
    start = document.text.index("0.62")
    session.navigation.go_to(Span(start, start + 4))
    box = page.rectangle_of(Span(start, start + 4))
    assert page.viewport().geometry().contains(box.center())
    assert page.horizontalScrollBar().value() > 0
    session.navigation.go_to(Span(0, 6))
    assert page.horizontalScrollBar().value() == 0
