"""An article on paper: its pages with highlights, and the notes beside the text or after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Literal

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextDocument

from reader.model.document import Document
from reader.model.span import Span
from reader.printing.pagination import Band, bands, draw, pages
from reader.ui.marks.mark_painter import MarkPainter
from reader.ui.printing.beside import GAP_PX, Margin, paint_beside, stacked
from reader.ui.printing.margin_notes import PaperNote, plain, small_text, write_list
from reader.ui.typeset.formats import GUTTER_PX, Formats
from reader.ui.typeset.geometry import line_rectangle
from reader.ui.typeset.text_document import Asset, TypesetDocument
from reader.ui.typeset.typesetter import Typesetter
from reader.ui.widgets.theme import LIGHT, Theme, sans

Where = Literal["margin", "end", "none"]

HEAD_PX = 34
_FOOT_ROOM_PX = 16
_FOOT_LINE_PX = 14
_MOST_FOOT_LINES = 4
# Beside notes the column is narrower; the type is for paper, 10 and 11 points.
_ZOOM = {"margin": 0.76, "end": 0.86, "none": 0.86}
_STEPS_A_TURN = 60
# Without colours all marks are one grey, and each is underlined as well.
_GREY = "#E4E4E4"
_INK = replace(LIGHT, paper="#FFFFFF", ink="#000000", ink2="#333333", ink3="#555555")


@dataclass(frozen=True, slots=True)
class Layout:
    """What the person chose; the size is that of the room for print, without the margins."""

    room: QSizeF
    where: Where = "margin"
    highlights: bool = True
    grey: bool = False


class Paper:
    """The pages of an article; `prepare` lays them out piece by piece, `paint` draws one."""

    def __init__(
        self,
        document: Document,
        citation: str,
        notes: Sequence[PaperNote],
        layout: Layout,
        asset: Asset,
    ) -> None:
        self._document = document
        self._citation = citation
        self._layout = layout
        self._notes = tuple(notes)
        self._placed = [(note, note.span) for note in notes if note.span is not None]
        metrics = QFontMetricsF(_frame_font())
        lines = ceil(metrics.horizontalAdvance(citation) * 1.1 / layout.room.width())
        self._foot_lines = min(max(lines, 1), _MOST_FOOT_LINES)
        self._theme = inks(layout.grey)
        self._asset = asset
        self._text: TypesetDocument | None = None
        self._after: QTextDocument | None = None
        self._text_pages: list[tuple[float, float]] = []
        self._after_pages: list[tuple[float, float]] = []
        self._beside: list[Margin] = []
        self._marks = marks_of(notes, layout) if layout.highlights else MarkPainter()

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._text_pages) + len(self._after_pages)

    @property
    def _height(self) -> float:
        foot = _FOOT_ROOM_PX + self._foot_lines * _FOOT_LINE_PX
        return self._layout.room.height() - HEAD_PX - foot

    def prepare(self) -> Iterator[None]:
        """Lays out; each step takes some milliseconds."""
        formats = Formats(self._theme, _ZOOM[self._layout.where], for_paper=True)
        setter = Typesetter(self._document, formats, self._asset, 2.0)
        byline = ", ".join(self._document.authors) or self._citation
        self._text = setter.typeset(Span(0, len(self._document.text)), byline)
        if self._text.mirror is not None:
            self._text.mirror.place(self._text)
        yield
        found: list[Band] = []
        yield from _measure(self._text, found)
        self._text_pages = pages(found, self._height / self._scale)
        rest = self._notes if self._layout.where == "end" else ()
        if self._layout.where == "margin":
            for page in self._text_pages:
                self._beside.append(self._cards(*page))
                rest += tuple(self._beside[-1].rest)
                yield
            rest += tuple(note for note in self._notes if note.span is None)
        if rest:
            self._after = small_text(self._layout.room.width())
            yield from write_list(self._after, rest, self._theme)
            listed: list[Band] = []
            yield from _measure(self._after, listed)
            self._after_pages = pages(listed, self._height)

    def fetch(self, _number: int) -> Iterator[None]:
        """Wait for nothing: all is there when it is prepared."""
        yield from ()

    @property
    def _scale(self) -> float:
        """The text is as wide as it is meant; a narrow paper makes it smaller."""
        assert self._text is not None
        room = self._layout.room.width()
        wanted = self._text.formats.column_px
        if self._layout.where == "margin":
            wanted += round(wanted * 0.42)
        return min(1.0, room / wanted)

    def paint(self, painter: QPainter, number: int) -> None:
        """Draws a page, counted from 0, at the painter's origin in pixels of 1/96 inch."""
        self._paint_frame(painter, number)
        painter.save()
        painter.translate(0, HEAD_PX)
        if number < len(self._text_pages):
            self._paint_text(painter, *self._text_pages[number])
            if self._beside:
                x, width = self._margin
                room = QRectF(x, 0, width, self._height)
                paint_beside(painter, self._beside[number], room, self._theme, "the article")
        elif self._after is not None:
            top, bottom = self._after_pages[number - len(self._text_pages)]
            draw(painter, self._after, QRectF(0, top, self._layout.room.width(), bottom - top))
        painter.restore()

    def _paint_frame(self, painter: QPainter, number: int) -> None:
        """The running head with title and page, and the source at the foot."""
        room, theme = self._layout.room, self._theme
        painter.setPen(QColor(theme.ink3))
        font = _frame_font()
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        told = f"{number + 1} of {self.count}"
        title_room = room.width() - metrics.horizontalAdvance(told) - 24
        title = metrics.elidedText(self._document.title, Qt.TextElideMode.ElideRight, title_room)
        head = QRectF(0, 0, room.width(), 16)
        painter.drawText(head, int(Qt.AlignmentFlag.AlignLeft), title)
        painter.drawText(head, int(Qt.AlignmentFlag.AlignRight), told)
        painter.setPen(QPen(QColor(theme.line), 0.6))
        painter.drawLine(0, 20, round(room.width()), 20)
        painter.setPen(QColor(theme.ink3))
        # Whole on the first page; the DOI at its end is what the source is found by.
        lines = 1 if number else self._foot_lines
        tall = lines * _FOOT_LINE_PX
        foot = QRectF(0, room.height() - tall - 2, room.width(), tall + 2)
        most = room.width() * lines / (1.1 if lines > 1 else 1)
        source = metrics.elidedText(self._citation, Qt.TextElideMode.ElideMiddle, most)
        painter.drawText(foot, int(Qt.TextFlag.TextWordWrap), source)

    def _paint_text(self, painter: QPainter, top: float, bottom: float) -> None:
        text = self._text
        assert text is not None
        painter.save()
        scale = self._scale
        column = text.formats.column_px
        beside = self._layout.where == "margin"
        left = 0.0 if beside else (self._layout.room.width() / scale - column) / 2
        painter.scale(scale, scale)
        painter.translate(left - GUTTER_PX, 0)
        seen = QRectF(0, top, text.formats.width_px, bottom - top)
        painter.save()
        painter.translate(0, -top)
        painter.setClipRect(seen.adjusted(0, -2, 0, 2))
        self._marks.paint(painter, text, text.offsets, self._theme, top, bottom)
        painter.restore()
        draw(painter, text, seen)
        if self._layout.where != "none":
            self._paint_numbers(painter, top, bottom)
        painter.restore()

    def _on_page(self, top: float, bottom: float) -> list[tuple[PaperNote, float]]:
        """The notes that begin on a page, each with the height of its first line on it."""
        assert self._text is not None
        found = []
        for note, span in self._placed:
            line = line_rectangle(self._text, span.start)
            if top - 0.5 <= line.top() < bottom - 0.5:
                found.append((note, line.top() - top))
        return found

    def _paint_numbers(self, painter: QPainter, top: float, bottom: float) -> None:
        painter.setPen(QColor(self._theme.ink2))
        painter.setFont(plain(sans(9.5, 600)))
        last = -20.0
        for note, y in self._on_page(top, bottom):
            # Several on one line stand under each other.
            y = max(y, last + 11)
            last = y
            place = QRectF(GUTTER_PX - 34, y, 26, 18)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignRight), str(note.number))

    @property
    def _margin(self) -> tuple[float, float]:
        """Where the margin for notes begins, and its width."""
        assert self._text is not None
        x = self._text.formats.column_px * self._scale + GAP_PX
        return x, self._layout.room.width() - x

    def _cards(self, top: float, bottom: float) -> Margin:
        """The notes of a page, each beside its passage or below the one before."""
        found = [(note, y * self._scale) for note, y in self._on_page(top, bottom)]
        return stacked(found, self._theme, self._margin[1], self._height)


def _measure(text: QTextDocument, found: list[Band]) -> Iterator[None]:
    """Finds the bands of a text, some at each step."""
    for band in bands(text):
        found.append(band)
        if not len(found) % _STEPS_A_TURN:
            yield


def _frame_font() -> QFont:
    return plain(sans(10.5))


def inks(grey: bool) -> Theme:
    """The colours of paper, for a printer with colours or without."""
    return _grey(_INK) if grey else _INK


def marks_of(notes: Sequence[PaperNote], layout: Layout) -> MarkPainter:
    """The highlights of notes, underlined too where there are no colours."""
    made = MarkPainter()
    annotations = [note.annotation for note in notes if note.span is not None]
    if layout.grey:
        annotations = [replace(one, style="underline") for one in annotations]
    spans = {note.annotation.id: note.span for note in notes if note.span is not None}
    made.set_annotations(spans, annotations)
    return made


def _grey(theme: Theme) -> Theme:
    return replace(
        theme,
        fills=dict.fromkeys(theme.fills, _GREY),
        edges=dict.fromkeys(theme.edges, "#777777"),
        accent="#000000",
    )
