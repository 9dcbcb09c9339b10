"""What is drawn behind the text of an article: marks, bars of quotes, signs in the margin."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QTextEdit

from reader.model.annotation import Annotation
from reader.model.document import Document
from reader.model.span import Span
from reader.ui.article.scroll_keeper import ScrollKeeper
from reader.ui.article.text_layout import TextLayout
from reader.ui.marks.mark_painter import MarkPainter
from reader.ui.marks.note_markers import Marker, NoteMarkers
from reader.ui.typeset.formats import GUTTER_PX
from reader.ui.typeset.geometry import line_rectangle, visible_span
from reader.ui.widgets.marker_scrollbar import TickBar

# A sign of a note on the same line as another stands this far to its right.
_STEP_PX = 14
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

    def open(self, document: Document | None) -> None:
        """Take up a document; None for none."""
        blocks = document.blocks if document is not None else ()
        self._quotes = [block.span for block in blocks if block.kind == "quote"]

    def paint(self, painter: QPainter, area: QRect, selection: Span | None) -> None:
        """Paint what lies behind the text in an area of the viewport."""
        theme, typeset = self._layout.theme, self._layout.typeset
        painter.fillRect(area, QColor(theme.paper))
        if typeset is None:
            return
        left, y = self._scroll_keeper.left, self._scroll_keeper.top
        painter.translate(-left, -y)
        top, bottom = area.top() + y, area.bottom() + y
        self._marks.selection = selection
        self._marks.paint(painter, typeset, typeset.offsets, theme, top, bottom)
        self._paint_quotes(painter, top, bottom)
        ratio = self._view.devicePixelRatioF()
        markers = self.markers(top - _NEAR_PX, bottom + _NEAR_PX)
        self._note_markers.paint(painter, markers, theme, ratio)

    def _paint_quotes(self, painter: QPainter, top: float, bottom: float) -> None:
        typeset = self._layout.typeset
        assert typeset is not None
        if not self._quotes:
            return
        seen = visible_span(typeset, top, bottom)
        for span in self._quotes:
            if span.overlaps(seen) or span.holds(seen.start):
                block = typeset.findBlock(typeset.offsets.position(span.start))
                area = typeset.documentLayout().blockBoundingRect(block)
                bar = QRectF(GUTTER_PX, area.top() + 2, 3, area.height() - 4)
                painter.fillRect(bar, QColor(self._layout.theme.accent))

    def markers(self, top: float, bottom: float) -> list[Marker]:
        """The signs in the margin of the notes between two heights of the page."""
        typeset = self._layout.typeset
        if typeset is None:
            return []
        x = GUTTER_PX + typeset.formats.column_px + 20
        seen = visible_span(typeset, top, bottom)
        return self._note_markers.within(seen, self._line_of, x, _STEP_PX)

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
        edges = layout.theme.edges
        self._ticks.set_part(layout.share(layout.part.start), layout.share(layout.part.end))
        self._ticks.set_highlights(
            (layout.share(span.start), edges[annotation.colour])
            for span, annotation in marks.highlights.items
        )
        current = marks.current
        self._ticks.set_hits(
            [layout.share(span.start) for span, _ in marks.hits.items],
            layout.share(current.start) if current else None,
        )
