"""Marks drawn behind the text: where a span lies on the page, and how it looks there."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import accumulate
from typing import Generic, TypeVar

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTextBlock, QTextDocument

from reader.model.annotation import Annotation, Colour
from reader.model.span import Span
from reader.ui.typeset.geometry import rectangles, visible_blocks
from reader.ui.typeset.offsets import OffsetMap
from reader.ui.widgets.theme import Theme

T = TypeVar("T")


class Spans(Generic[T]):
    """Things at spans that may overlap, found by sorted starts and a running maximum of ends."""

    def __init__(self, items: Iterable[tuple[Span, T]] = ()) -> None:
        self.items = sorted(items, key=lambda item: (item[0].start, -item[0].end))
        self.starts = [span.start for span, _ in self.items]
        self._ends = list(accumulate((span.end for span, _ in self.items), max))

    def within(self, start: int, end: int) -> Iterator[tuple[Span, T]]:
        """Those that share a character with start..end, by start and then longest first."""
        i = bisect_left(self._ends, start + 1)
        while i < len(self.items) and self.starts[i] < end:
            if self.items[i][0].end > start:
                yield self.items[i]
            i += 1

    def over(self, stretches: Iterable[Span]) -> Iterator[tuple[Span, T]]:
        """Those that share a character with one of some ascending stretches, each once, in the
        order of `within`."""
        done = 0
        for stretch in stretches:
            for span, item in self.within(stretch.start, stretch.end):
                if span.start >= done:
                    yield span, item
            done = stretch.end

    def at(self, offset: int) -> T | None:
        """The innermost one that holds `offset`."""
        found = list(self.within(offset, offset + 1))
        return min(found, key=lambda item: len(item[0]))[1] if found else None


class MarkPainter:
    """What is marked on the page, and the drawing of it."""

    def __init__(self) -> None:
        self.highlights: Spans[Annotation] = Spans()
        # Notes on areas of pages, each at the character that it stands before.
        self.on_areas: Spans[Annotation] = Spans()
        self.hits: Spans[int] = Spans()
        self.current: Span | None = None
        self.chosen = ""
        self.focus: Span | None = None
        self.proposed: Span | None = None
        self.arrived: Span | None = None  # what a jump led to, lit for a moment
        self.selection: Span | None = None
        # What stands in the margin for each colour; nothing when no letters are wanted.
        self.letters: dict[Colour, str] = {}

    def set_annotations(self, spans: dict[str, Span], annotations: Iterable[Annotation]) -> None:
        """Takes over the annotations that have a place."""
        placed = [(spans[a.id], a) for a in annotations if a.id in spans]
        self.highlights = Spans([(span, a) for span, a in placed if a.target.area is None])
        self.on_areas = Spans(
            [(Span(at.start, at.start + 1), a) for at, a in placed if a.target.area is not None]
        )

    def set_hits(self, hits: Sequence[Span]) -> None:
        """Takes over the hits of the search."""
        self.hits = Spans([(span, i) for i, span in enumerate(hits)])

    def annotation_at(self, offset: int | None) -> Annotation | None:
        """The innermost annotation that holds an offset; None beside the text."""
        return self.highlights.at(offset) if offset is not None else None

    def paint(
        self,
        painter: QPainter,
        document: QTextDocument,
        offsets: OffsetMap,
        theme: Theme,
        top: float,
        bottom: float,
    ) -> None:
        """Draws all marks between two heights of the page, in the page's coordinates."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        others = self.current, self.focus, self.proposed, self.selection, self.arrived
        if not (self.highlights.items or self.hits.items or any(others)):
            return
        for block in visible_blocks(document, top, bottom):
            start = offsets.offset(block.position())
            end = offsets.offset(block.position() + block.length() - 1)
            self.paint_within(
                painter, theme, [Span(start, end)], partial(_boxes, document, offsets, block)
            )

    def paint_within(
        self,
        painter: QPainter,
        theme: Theme,
        seen: Sequence[Span],
        boxes: Callable[[Span], list[QRectF]],
        over: bool = False,
    ) -> None:
        """Draws what is marked in `seen`, ascending stretches, where `boxes` says that a span lies.

        `over` when the text is there already and is to stay readable under the marks.
        """
        mode = QPainter.CompositionMode
        mixing = mode.CompositionMode_Lighten if theme.dark else mode.CompositionMode_Multiply
        if self.arrived is not None:
            painter.setCompositionMode(mixing)
            painter.fillPath(_joined(closed(boxes(self.arrived))), QColor(theme.accent_soft))
            painter.setCompositionMode(mode.CompositionMode_SourceOver)
        for span, annotation in self.highlights.over(seen):
            if annotation.motivation == "bookmarking" and annotation.id != self.chosen:
                continue
            areas = boxes(span)
            if not areas:
                continue
            edge = QColor(theme.edges[annotation.colour])
            whole = _joined(areas)
            if annotation.style == "highlight" and annotation.motivation != "bookmarking":
                painter.setCompositionMode(mixing)
                painter.fillPath(whole, QColor(theme.fills[annotation.colour]))
            painter.setCompositionMode(mode.CompositionMode_SourceOver)
            if annotation.note or annotation.style == "underline":
                painter.setPen(QPen(edge, 1.6))
                for area in areas:
                    painter.drawLine(
                        QPointF(area.left() + 1, area.bottom()),
                        QPointF(area.right() - 1, area.bottom()),
                    )
            is_chosen = annotation.id == self.chosen
            if is_chosen or self._lies_over_another(span, annotation):
                # Mixed grounds of two colours may look like either: each shows where it ends.
                outline = _joined(closed(areas)).simplified()
                painter.strokePath(outline, QPen(edge, 2.0 if is_chosen else 1.2))
        if over:
            painter.setCompositionMode(mixing)
        for span, _ in self.hits.over(seen):
            if span != self.current:
                self._box(painter, boxes(span), theme.hit, theme.hit_edge)
        if self.current is not None and len(self.current):
            self._box(painter, boxes(self.current), theme.current, theme.current_edge)
        painter.setCompositionMode(mode.CompositionMode_SourceOver)
        if self.selection is not None:
            painter.fillPath(_joined(boxes(self.selection)), QColor(theme.selection))
        for framed in filter(None, (self.focus, self.proposed)):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent), 2))
            for box in boxes(framed):
                painter.drawRoundedRect(box.adjusted(-2, -1, 2, 1), 3, 3)

    def _lies_over_another(self, span: Span, annotation: Annotation) -> bool:
        if annotation.motivation == "bookmarking":
            return False
        return any(
            other.id != annotation.id and other.motivation != "bookmarking" and at != span
            for at, other in self.highlights.within(span.start, span.end)
        )

    @staticmethod
    def _box(painter: QPainter, boxes: list[QRectF], fill: str, edge: str) -> None:
        painter.setPen(QPen(QColor(edge), 1))
        painter.setBrush(QColor(fill))
        for box in boxes:
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)


def _boxes(
    document: QTextDocument, offsets: OffsetMap, block: QTextBlock, span: Span
) -> list[QRectF]:
    places = offsets.position(span.start), offsets.position(span.end)
    return [_snug(box) for box in rectangles(document, *places, block)]


def closed(boxes: list[QRectF]) -> list[QRectF]:
    """Boxes a little larger, and those of lines that stand below each other without a gap."""
    made: list[QRectF] = []
    for i, box in enumerate(boxes):
        before = boxes[i - 1] if i else box
        gap = box.top() - before.bottom()
        below = box.left() < before.right() and before.left() < box.right()
        above = gap if below and 0 <= gap < 0.8 * box.height() else 0.0
        made.append(box.adjusted(-1, -1 - above, 1, 1))
    return made


def _joined(boxes: list[QRectF]) -> QPainterPath:
    """One shape of all boxes: lines that touch are not mixed with each other twice."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for box in boxes:
        path.addRoundedRect(box, 3, 3)
    return path


def _snug(box: QRectF) -> QRectF:
    """A line's box without most of its leading, so that marks of two lines do not touch."""
    leading = min(6.0, box.height() * 0.14)
    return box.adjusted(-1.5, leading * 0.9, 1.5, -leading * 0.4)
