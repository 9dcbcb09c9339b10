"""Marks drawn behind the text: where a span lies on the page, and how it looks there."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Generic, TypeVar

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextBlock, QTextDocument

from reader.model.annotation import Annotation
from reader.model.span import Span
from reader.ui.geometry import rectangles, visible_blocks
from reader.ui.offsets import OffsetMap
from reader.ui.theme import Theme

T = TypeVar("T")


@dataclass
class Spans(Generic[T]):
    """Things at spans that may overlap, found by sorted starts and a running maximum of ends."""

    items: list[tuple[Span, T]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.items.sort(key=lambda item: (item[0].start, -item[0].end))
        self._starts = [span.start for span, _ in self.items]
        self._ends = list(accumulate((span.end for span, _ in self.items), max))

    def within(self, start: int, end: int) -> Iterator[tuple[Span, T]]:
        """Those that share a character with start..end, by start and then longest first."""
        i = bisect_left(self._ends, start + 1)
        while i < len(self.items) and self._starts[i] < end:
            if self.items[i][0].end > start:
                yield self.items[i]
            i += 1

    def at(self, offset: int) -> T | None:
        """The innermost one that holds `offset`."""
        found = list(self.within(offset, offset + 1))
        return min(found, key=lambda item: len(item[0]))[1] if found else None


@dataclass
class Marking:
    """What is marked on the page, and the drawing of it."""

    highlights: Spans[Annotation] = field(default_factory=Spans)
    hits: Spans[int] = field(default_factory=Spans)
    current: Span | None = None
    chosen: str = ""
    focus: Span | None = None
    proposed: Span | None = None

    def set_annotations(self, spans: dict[str, Span], annotations: Iterable[Annotation]) -> None:
        """Takes over the annotations that have a place."""
        self.highlights = Spans([(spans[a.id], a) for a in annotations if a.id in spans])

    def set_hits(self, hits: Sequence[Span]) -> None:
        """Takes over the hits of the search."""
        self.hits = Spans([(span, i) for i, span in enumerate(hits)])

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
        if not (
            self.highlights.items or self.hits.items or self.current or self.focus or self.proposed
        ):
            return
        for block in visible_blocks(document, top, bottom):
            self._paint_block(painter, document, offsets, theme, block)

    def _paint_block(
        self,
        painter: QPainter,
        document: QTextDocument,
        offsets: OffsetMap,
        theme: Theme,
        block: QTextBlock,
    ) -> None:
        start = offsets.offset(block.position())
        end = offsets.offset(block.position() + block.length() - 1)

        def boxes(span: Span) -> list[QRectF]:
            places = offsets.position(span.start), offsets.position(span.end)
            return rectangles(document, *places, block)

        mode = QPainter.CompositionMode
        mixing = mode.CompositionMode_Lighten if theme.dark else mode.CompositionMode_Multiply
        for span, annotation in self.highlights.within(start, end):
            if annotation.motivation == "bookmarking" and annotation.id != self.chosen:
                continue
            fill, edge = QColor(theme.fills[annotation.colour]), theme.edges[annotation.colour]
            for box in boxes(span):
                area = _snug(box)
                if annotation.style == "highlight" and annotation.motivation != "bookmarking":
                    painter.setCompositionMode(mixing)
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(fill)
                    painter.drawRoundedRect(area, 3, 3)
                painter.setCompositionMode(mode.CompositionMode_SourceOver)
                if annotation.note or annotation.style == "underline":
                    painter.setPen(QPen(QColor(edge), 1.6))
                    painter.drawLine(
                        QPointF(area.left() + 1, area.bottom()),
                        QPointF(area.right() - 1, area.bottom()),
                    )
                if annotation.id == self.chosen:
                    painter.setPen(QPen(QColor(edge), 1.2))
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.drawRoundedRect(area, 3, 3)
        for span, _ in self.hits.within(start, end):
            if span != self.current:
                self._box(painter, boxes(span), theme.hit, theme.hit_edge)
        if self.current is not None and len(self.current):
            self._box(painter, boxes(self.current), theme.current, theme.current_edge)
        for framed in filter(None, (self.focus, self.proposed)):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent), 2))
            for box in boxes(framed):
                painter.drawRoundedRect(_snug(box).adjusted(-2, -1, 2, 1), 3, 3)

    @staticmethod
    def _box(painter: QPainter, boxes: list[QRectF], fill: str, edge: str) -> None:
        painter.setPen(QPen(QColor(edge), 1))
        painter.setBrush(QColor(fill))
        for box in boxes:
            painter.drawRoundedRect(_snug(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)


def _snug(box: QRectF) -> QRectF:
    """A line's box without most of its leading, so that marks of two lines do not touch."""
    leading = min(6.0, box.height() * 0.14)
    return box.adjusted(-1.5, leading * 0.9, 1.5, -leading * 0.4)
