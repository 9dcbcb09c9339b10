"""Boxes behind the text: of code, a ground; of a boxed text, a hairline all round."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from reader.model.document import Document
from reader.model.span import Span
from reader.ui.typeset.formats import GUTTER_PX
from reader.ui.typeset.text_document import TypesetDocument
from reader.ui.widgets.theme import Theme

CODE_PAD_PX = 12
BOX_PAD_PX = 16
_RADIUS_PX = 6


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the text that stands in a box, from its first line to its last."""

    span: Span
    is_code: bool


def boxes_of(document: Document) -> tuple[Box, ...]:
    """The boxes of a document, in order; those inside another only when they are code."""
    sections = [
        Box(_with_words(document, section.span), False)
        for section in document.sections
        if section.kind == "box" and not _is_in_box(document, section.parent)
    ]
    code = [Box(block.span, True) for block in document.blocks if block.kind == "preformatted"]
    return tuple(sorted((*sections, *code), key=lambda box: (box.span.start, box.is_code)))


def _is_in_box(document: Document, section_id: str | None) -> bool:
    outer = document.outline.section(section_id) if section_id else None
    return any(section.kind == "box" for section in document.outline.path(outer))


def _with_words(document: Document, span: Span) -> Span:
    end = span.end
    while end > span.start + 1 and document.text[end - 1].isspace():
        end -= 1
    return Span(span.start, end)


def paint_boxes(
    painter: QPainter,
    typeset: TypesetDocument,
    boxes: tuple[Box, ...],
    theme: Theme,
    seen: Span,
) -> None:
    """Paints the boxes that are in sight, in the page's coordinates."""
    for box in boxes:
        if not (box.span.overlaps(seen) or box.span.holds(seen.start)):
            continue
        area = _area(typeset, box)
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.setBrush(QColor(theme.chrome if box.is_code else theme.paper))
        painter.drawRoundedRect(area, _RADIUS_PX, _RADIUS_PX)


def _area(typeset: TypesetDocument, box: Box) -> QRectF:
    layout, offsets = typeset.documentLayout(), typeset.offsets
    first = typeset.findBlock(offsets.position(max(box.span.start, offsets.start)))
    last = typeset.findBlock(offsets.position(min(box.span.end - 1, offsets.end)))
    top = layout.blockBoundingRect(first).top()
    bottom = layout.blockBoundingRect(last).bottom()
    pad = CODE_PAD_PX if box.is_code else BOX_PAD_PX
    # The text keeps the column's edges; the box reaches into the gutter.
    left, width = GUTTER_PX - pad, typeset.formats.column_px + 2 * pad
    area = QRectF(left, top - pad, width, bottom - top + 2 * pad)
    # Qt sets what a fixed line height adds above the letters.
    return area.adjusted(0.5, 4.5 if box.is_code else 0.5, -0.5, -0.5)
