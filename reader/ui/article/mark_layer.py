"""The page with what lies over the typeset text: marks, hits, and signs in the margin."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QAbstractTextDocumentLayout, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from reader.model.annotation import Annotation
from reader.model.document import Document
from reader.model.search import Hit
from reader.model.span import Span
from reader.session.session import Session
from reader.ui.article.page_turning import ABOVE_PX
from reader.ui.article.text_view import TypesetView
from reader.ui.marks.mark_painter import Marking
from reader.ui.marks.note_signs import NOTE_SIGN_PX, NOTE_SIGNS
from reader.ui.typeset.boxes import BOX_PAD_PX, Box, boxes_of, paint_boxes
from reader.ui.typeset.formats import GUTTER_PX
from reader.ui.typeset.geometry import line_rectangle, visible_span
from reader.ui.widgets.theme import Theme, pixmap


class PageView(TypesetView):
    """The typeset document with marks painted behind its text."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, theme, parent)
        self.marking = Marking()
        self._quotes: list[Span] = []
        self._boxes: tuple[Box, ...] = ()
        session.annotations.changed.connect(self._take_annotations)
        session.selection.annotation_changed.connect(self._take_choice)
        session.search.results_changed.connect(self._take_hits)
        session.search.hit_changed.connect(self._take_hit)

    def open(self, document: Document | None) -> None:
        self.marking.current = None
        blocks = document.blocks if document is not None else ()
        self._quotes = [block.span for block in blocks if block.kind == "quote"]
        self._boxes = boxes_of(document) if document is not None else ()
        super().open(document)

    def built(self) -> None:
        self._take_annotations()
        self._take_hits()

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(self.theme.paper))
        if self.typeset is None:
            return
        chosen = self.session.selection.span if self.textCursor().hasSelection() else None
        self.marking.selection = chosen
        if self.turner.is_on:
            for column in self.turner.columns():
                painter.save()
                painter.translate(column.x_px, ABOVE_PX - column.top)
                wide = self.typeset.formats.width_px
                painter.setClipRect(QRectF(0, column.top, wide, column.bottom - column.top))
                self._paint_marks(painter, column.top, column.bottom)
                self._paint_text(painter, QRectF(0, column.top, wide, column.bottom - column.top))
                painter.restore()
            return
        left, top = self.horizontalScrollBar().value(), self.top
        painter.translate(-left, -top)
        self._paint_marks(painter, event.rect().top() + top, event.rect().bottom() + top)
        if self.typeset.is_mirrored:
            self._paint_text(painter, QRectF(event.rect()).translated(left, top))
            return
        painter.end()
        super().paintEvent(event)

    def _paint_marks(self, painter: QPainter, top: float, bottom: float) -> None:
        """Paints what lies behind the text between two heights of the page."""
        assert self.typeset is not None
        if self._boxes:
            seen = visible_span(self.typeset, top - BOX_PAD_PX, bottom + BOX_PAD_PX)
            paint_boxes(painter, self.typeset, self._boxes, self.theme, seen)
        self.marking.paint(painter, self.typeset, self.typeset.offsets, self.theme, top, bottom)
        self._paint_quotes(painter, top, bottom)
        for annotation, box in self.note_signs(top - 40, bottom + 40):
            colour = self.theme.edges[annotation.colour]
            name = NOTE_SIGNS.get(annotation.motivation, "message-square-text")
            if annotation.state == "check":
                name = "circle-alert"
            sign = pixmap(name, colour, NOTE_SIGN_PX, self.devicePixelRatioF())
            painter.drawPixmap(box.topLeft(), sign)

    def _paint_text(self, painter: QPainter, area: QRectF) -> None:
        """Paints the text in an area of the page without Qt's help.

        Qt knows no columns, and it would draw the flag of a hidden caret at letters that run from
        right to left.
        """
        assert self.typeset is not None
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette = self.palette()
        context.clip = area
        if self.cursorWidth() and self.hasFocus():
            context.cursorPosition = self.textCursor().position()
        painter.setClipRect(area)
        self.typeset.documentLayout().draw(painter, context)

    def _paint_quotes(self, painter: QPainter, top: float, bottom: float) -> None:
        assert self.typeset is not None
        if not self._quotes:
            return
        seen = visible_span(self.typeset, top, bottom)
        for span in self._quotes:
            if span.overlaps(seen) or span.holds(seen.start):
                block = self.typeset.findBlock(self.typeset.offsets.position(span.start))
                area = self.typeset.documentLayout().blockBoundingRect(block)
                is_mirrored = block.textDirection() == Qt.LayoutDirection.RightToLeft
                x = GUTTER_PX + (self.typeset.formats.column_px - 3 if is_mirrored else 0)
                bar = QRectF(x, area.top() + 2, 3, area.height() - 4)
                painter.fillRect(bar, QColor(self.theme.accent))

    def note_signs(self, top: float, bottom: float) -> list[tuple[Annotation, QRect]]:
        """The signs in the margin of the notes between two heights of the page."""
        if self.typeset is None:
            return []
        found: list[tuple[Annotation, QRect]] = []
        seen = visible_span(self.typeset, top, bottom)
        last_y = -100
        for span, annotation in self.marking.highlights.within(seen.start, seen.end + 1):
            signed = annotation.note or annotation.state == "check"
            signed = signed or annotation.motivation in NOTE_SIGNS
            if not signed or not self._parts[self._part].holds(span.start):
                continue
            line = line_rectangle(self.typeset, span.start)
            y = round(line.top() + (line.height() - NOTE_SIGN_PX) / 2)
            shift = 14 if abs(y - last_y) < 10 else 0
            last_y = y
            x = GUTTER_PX + self.typeset.formats.column_px + 20 + shift
            if self.typeset.is_mirrored:
                x = GUTTER_PX - 20 - NOTE_SIGN_PX - shift
            found.append((annotation, QRect(x, y, NOTE_SIGN_PX, NOTE_SIGN_PX)))
        return found

    # What the session says

    def _take_annotations(self, _changes: object = None) -> None:
        self.marking.set_annotations(self.session.annotations.spans, self.session.annotations.all)
        self.ticks.set_highlights(
            (self._share(span.start), self.theme.edges[annotation.colour])
            for span, annotation in self.marking.highlights.items
            if self._in_part(span)
        )
        self.viewport().update()

    def propose(self, span: Span | None) -> None:
        """Frames a passage that a note may belong to; None for no longer."""
        self.marking.proposed = span
        self.viewport().update()

    def _in_part(self, span: Span) -> bool:
        return bool(self._parts) and self._parts[self._part].holds(span.start)

    def _share(self, offset: int) -> float:
        part = self._parts[self._part]
        return min(max((offset - part.start) / max(1, len(part)), 0.0), 1.0)

    def _take_hits(self) -> None:
        finding = self.session.search.state
        hits = finding.article.hits if finding.active else ()
        # A note that was found is marked as a note already.
        self.marking.set_hits([hit.span for hit in hits if not hit.annotation_id])
        self.marking.current = finding.hit.span if finding.hit is not None else None
        self._tick_hits()

    def _take_hit(self, hit: Hit | None) -> None:
        document = self.document_shown
        here = hit is not None and document is not None and hit.document_id == document.id
        self.marking.current = hit.span if hit is not None and here else None
        self._tick_hits()

    def _tick_hits(self) -> None:
        spans = [span for span, _ in self.marking.hits.items if self._in_part(span)]
        current = self.marking.current
        self.ticks.set_hits(
            [self._share(span.start) for span in spans],
            self._share(current.start) if current and self._in_part(current) else None,
        )
        self.viewport().update()

    def _take_choice(self, annotation_id: str) -> None:
        self.marking.chosen = annotation_id
        self.viewport().update()
