"""Lists and code have room after them, and boxed texts stand in a box."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from reader.importers.builder.document_builder import DocumentBuilder
from reader.model.document import Document
from reader.model.span import Span
from reader.ui.typeset.boxes import BOX_PAD_PX, CODE_PAD_PX, boxes_of, paint_boxes
from reader.ui.typeset.formats import GUTTER_PX, Formats
from reader.ui.typeset.text_document import TypesetDocument
from reader.ui.typeset.typesetter import Typesetter
from reader.ui.widgets.theme import DARK, LIGHT, SEPIA, Theme


def boxed() -> Document:
    writer = DocumentBuilder()
    writer.begin("paragraph")
    writer.add("First paragraph.")
    for number in range(2):
        writer.begin("list_item", label="•")
        writer.add(f"item {number}")
    writer.begin("paragraph")
    writer.add("After the list.")
    writer.begin("preformatted")
    writer.add("x <- 1\nprint(x)")
    writer.begin("paragraph")
    writer.add("After the code.")
    writer.begin_heading(2, kind="box")
    writer.add("Box 1")
    writer.begin("paragraph")
    writer.add("In the box.")
    writer.begin_heading(3, kind="box")
    writer.add("Inner box")
    writer.begin("paragraph")
    writer.add("Still in the box.")
    writer.begin_heading(1)
    writer.add("Results")
    writer.begin("paragraph")
    writer.add("Behind the box.")
    return writer.build(id="0" * 64, title="t", source="s")


def typeset(document: Document, theme: Theme = LIGHT) -> TypesetDocument:
    setter = Typesetter(document, Formats(theme, 1.0), lambda name: b"")
    return setter.typeset(Span(0, len(document.text)), "by line")


def area(made: TypesetDocument, document: Document, words: str) -> QRectF:
    block = made.findBlock(made.offsets.position(document.text.index(words)))
    return made.documentLayout().blockBoundingRect(block)


def test_after_a_list_there_is_as_much_room_as_after_a_paragraph(qapp: object) -> None:
    document = boxed()
    made = typeset(document)
    between = area(made, document, "item 0").top() - area(made, document, "First").bottom()
    items = area(made, document, "item 1").top() - area(made, document, "item 0").bottom()
    after = area(made, document, "After the list").top() - area(made, document, "item 1").bottom()
    assert after == between > items


def test_boxes_stand_clear_of_the_text_around_them(qapp: object) -> None:
    document = boxed()
    made = typeset(document)
    for first, last, before, after, pad in (
        ("x <-", "x <-", "After the list", "After the code", CODE_PAD_PX),
        ("Box 1", "Still in", "After the code", "Results", BOX_PAD_PX),
    ):
        top, bottom = area(made, document, first).top(), area(made, document, last).bottom()
        assert top - pad - area(made, document, before).bottom() >= 13
        assert area(made, document, after).top() - bottom - pad >= 13


def test_one_box_a_boxed_section_and_one_a_piece_of_code() -> None:
    document = boxed()
    found = [(box.span.cut(document.text)[:6], box.is_code) for box in boxes_of(document)]
    assert found == [("x <- 1", True), ("Box 1\n", False)]


@pytest.mark.parametrize("theme", [LIGHT, SEPIA, DARK])
def test_a_box_has_a_hairline_all_round_and_code_a_ground(qapp: object, theme: Theme) -> None:
    document = boxed()
    made = typeset(document, theme)
    image = QImage(720, 900, QImage.Format.Format_RGB32)
    image.fill(0xFF00FF)
    painter = QPainter(image)
    whole = Span(0, len(document.text))
    paint_boxes(painter, made, boxes_of(document), theme, whole)
    painter.end()
    inside = area(made, document, "In the box")
    y = round(inside.center().y())
    left, right = GUTTER_PX - BOX_PAD_PX, GUTTER_PX + made.formats.column_px + BOX_PAD_PX
    assert image.pixelColor(left, y).name() == theme.line.lower()
    assert image.pixelColor(right - 1, y).name() == theme.line.lower()
    assert image.pixelColor(left + 3, y).name() == theme.paper.lower()
    code = area(made, document, "x <-")
    assert image.pixelColor(GUTTER_PX - 4, round(code.center().y())).name() == theme.chrome.lower()
    assert image.pixelColor(left, round(code.bottom()) + 40).name() == "#ff00ff"
