"""What is drawn behind the text of an article: boxes, marks, bars of quotes, signs beside it."""

from __future__ import annotations

from functools import partial
from itertools import chain

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QAbstractTextDocumentLayout, QColor, QPainter
from PySide6.QtWidgets import QTextEdit

from reader.model.annotation import Annotation
from reader.model.document import Document
from reader.model.span import Span
from reader.ui.article.page_turning import ABOVE_PX
from reader.ui.article.scroll_keeper import ScrollKeeper
from reader.ui.article.text_layout import TextLayout
from reader.ui.marks.mark_painter import MarkPainter
from reader.ui.marks.note_markers import NOTE_SIGN_PX, Marker, NoteMarkers
from reader.ui.typeset.boxes import BOX_PAD_PX, Box, boxes_of, paint_boxes
from reader.ui.typeset.formats import GUTTER_PX
from reader.ui.typeset.geometry import line_rectangle, visible_span
from reader.ui.typeset.text_document import TypesetDocument
from reader.ui.widgets.marker_scrollbar import TickBar

# A sign of a note on the same line as another stands this far beside it.
_STEP_PX = 14
# Between the column and the signs.
_BESIDE_PX = 20
# Signs of lines just out of sight may reach into it.
_NEAR_PX = 40


class TextPainter:
    """Paints the marks of a view over its layout, and their ticks on its scroll bar."""

    def __init__(
        self,
        view: QTextEdit,
        ticks: TickBar,
        layout: TextLayout,
        scroll_keeper: ScrollKeeper,
        marks: MarkPainter,
    ) -> None:
        self._view = view
        self._ticks = ticks
        self._layout = layout
        self._scroll_keeper = scroll_keeper
        self._marks = marks
        self._note_markers = NoteMarkers(marks)
        self._quotes: list[Span] = []
        self._boxes: tuple[Box, ...] = ()

    def open(self, document: Document | None) -> None:
        """Take up a document; None for none."""
        blocks = document.blocks if document is not None else ()
        self._quotes = [block.span for block in blocks if block.kind == "quote"]
        self._boxes = boxes_of(document) if document is not None else ()

    def paint(self, painter: QPainter, area: QRect, selection: Span | None) -> bool:
        """Paint what lies behind the text in an area of the viewport, and the text itself where Qt
        cannot; return whether nothing is left to draw for Qt."""
        typeset = self._layout.typeset
        painter.fillRect(area, QColor(self._layout.shown_theme.paper))
        if typeset is None:
            return True
        self._marks.selection = selection
        if self._layout.turner.is_on:
            self._paint_columns(painter, typeset)
            return True
        left, y = self._scroll_keeper.left, self._scroll_keeper.top
        painter.translate(-left, -y)
        self._paint_behind(painter, typeset, area.top() + y, area.bottom() + y)
        if typeset.is_mirrored:
            self._paint_text(painter, typeset, QRectF(area).translated(left, y))
        return typeset.is_mirrored

    def _paint_columns(self, painter: QPainter, typeset: TypesetDocument) -> None:
        width_px = typeset.formats.width_px
        for column in self._layout.turner.columns():
            area = QRectF(0, column.top, width_px, column.bottom - column.top)
            painter.save()
            painter.translate(column.x_px, ABOVE_PX - column.top)
            painter.setClipRect(area)
            self._paint_behind(painter, typeset, column.top, column.bottom)
            self._paint_text(painter, typeset, area)
            painter.restore()

    def _paint_text(self, painter: QPainter, typeset: TypesetDocument, area: QRectF) -> None:
        """Paint the text in an area of the page without Qt's help.

        Qt knows no columns, and it would draw the flag of a hidden caret at letters that run from
        right to left.
        """
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette = self._view.palette()
        context.clip = area
        if self._view.cursorWidth() and self._view.hasFocus():
            context.cursorPosition = self._view.textCursor().position()
        painter.setClipRect(area)
        if typeset.mirror is not None:
            typeset.mirror.place(typeset)
        typeset.documentLayout().draw(painter, context)

    def _paint_behind(
        self, painter: QPainter, typeset: TypesetDocument, top: float, bottom: float
    ) -> None:
        """Paint what lies behind the text between two heights of the page."""
        theme, ratio = self._layout.shown_theme, self._view.devicePixelRatioF()
        if self._boxes:
            seen = visible_span(typeset, top - BOX_PAD_PX, bottom + BOX_PAD_PX)
            paint_boxes(painter, typeset, self._boxes, theme, seen)
        self._marks.paint(painter, typeset, typeset.offsets, theme, top, bottom)
        self._paint_quotes(painter, typeset, top, bottom)
        markers = self.markers(top - _NEAR_PX, bottom + _NEAR_PX)
        self._note_markers.paint(painter, markers, theme, ratio)

    def _paint_quotes(
        self, painter: QPainter, typeset: TypesetDocument, top: float, bottom: float
    ) -> None:
        if not self._quotes:
            return
        seen = visible_span(typeset, top, bottom)
        for span in self._quotes:
            if span.overlaps(seen) or span.holds(seen.start):
                block = typeset.findBlock(typeset.offsets.position(span.start))
                area = typeset.documentLayout().blockBoundingRect(block)
                is_mirrored = block.textDirection() == Qt.LayoutDirection.RightToLeft
                x = GUTTER_PX + (typeset.formats.column_px - 3 if is_mirrored else 0)
                bar = QRectF(x, area.top() + 2, 3, area.height() - 4)
                painter.fillRect(bar, QColor(self._layout.shown_theme.accent))

    def markers(self, top: float, bottom: float) -> list[Marker]:
        """The signs in the margin of the notes between two heights of the page."""
        typeset = self._layout.typeset
        if typeset is None:
            return []
        x, step_px = GUTTER_PX + typeset.formats.column_px + _BESIDE_PX, _STEP_PX
        if typeset.is_mirrored:
            x, step_px = GUTTER_PX - _BESIDE_PX - NOTE_SIGN_PX, -_STEP_PX
        seen = visible_span(typeset, top, bottom)
        marks, ends = self._marks, (seen.start, seen.end + 1)
        places = chain(marks.highlights.within(*ends), marks.on_areas.within(*ends))
        lines = ((annotation, partial(self._line_of, span)) for span, annotation in places)
        return self._note_markers.of(lines, x, step_px)

    def _line_of(self, span: Span) -> QRectF | None:
        typeset = self._layout.typeset
        if typeset is None or not self._layout.part.holds(span.start):
            return None
        return line_rectangle(typeset, span.start)

    def note_at(self, point: QPointF) -> Annotation | None:
        """The note whose sign is at a point of the viewport; None where there is none."""
        y = point.y() + self._scroll_keeper.top
        markers = self.markers(y - _NEAR_PX, y + _NEAR_PX)
        return self._note_markers.at(markers, QPoint(round(point.x()), round(y)))

    def show_ticks(self) -> None:
        """Show on the scroll bar where the marks and hits of the document are."""
        layout, marks = self._layout, self._marks
        edges = layout.shown_theme.edges
        self._ticks.set_part(layout.share(layout.part.start), layout.share(layout.part.end))
        # Twenty thousand hits are no more than a list: their shares are worked out here.
        length = max(1, len(layout.document.text) if layout.document is not None else 0)
        self._ticks.set_highlights(
            (min(span.start / length, 1.0), edges[annotation.colour])
            for span, annotation in chain(marks.highlights.items, marks.on_areas.items)
        )
        self._ticks.set_hits([min(span.start / length, 1.0) for span, _ in marks.hits.items])
        self.show_current_tick()

    def show_current_tick(self) -> None:
        """Show on the scroll bar where the current hit is."""
        current = self._marks.current
        self._ticks.set_current(self._layout.share(current.start) if current else None)
