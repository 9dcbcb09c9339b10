"""Text of a few lines, laid out to a width and cut with an ellipsis, for what delegates paint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)

from reader.model.span import Span

# A table's head is set bold, which takes more room than what is measured.
_BOLDER = 1.08
_BETWEEN_CELLS_PX = 12


@dataclass
class Paragraph:
    """Lines ready to be drawn, `height` pixels together; `cut` when some were left out."""

    layout: QTextLayout
    height: float
    cut: bool

    def draw(self, painter: QPainter, x: float, y: float, colour: str) -> None:
        """Draws the lines with their upper left corner at that place."""
        painter.setPen(QColor(colour))
        self.layout.draw(painter, QPointF(x, y))


def count_lines(text: str, metrics: QFontMetricsF, width: float, most_lines: int) -> int:
    """How many lines `lay_out` would take for the text, found in a fifth of its time.

    It breaks overlong words in other places, and may then be wrong.
    """
    # No sign is narrower than two pixels: more text than this fills the lines anyway.
    text = text[: round(most_lines * width / 2)]
    room = QRectF(0, 0, max(20.0, width), 1_000_000)
    tall = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), text).height()
    return max(1, min(most_lines, round(tall / metrics.lineSpacing())))


def lay_out(
    text: str,
    font: QFont,
    width: float,
    line_height: float,
    most_lines: int = 0,
    marks: Sequence[Span] = (),
    mark_colour: str = "",
    mirrored: bool = False,
    looks: Sequence[tuple[Span, QTextCharFormat]] = (),
) -> Paragraph:
    """Lays `text` out; beyond `most_lines` (0: any number) it is cut with an ellipsis.

    `marks` are ranges in code points that are set bold and in `mark_colour`. `mirrored` sets the
    lines flush right, as a window that reads from right to left wants them. `looks` are how other
    ranges are set.
    """
    # A quotation may be a whole chapter: what is cut off anyway is not laid out.
    room = most_lines + 1 if most_lines else 0
    formats = _formats(text, font, marks, mark_colour) + _ranges(text, looks)
    layout = _broken(text, font, width, line_height, formats, mirrored, room)
    cut = bool(most_lines) and layout.lineCount() > most_lines
    if cut:
        start = layout.lineAt(most_lines - 1).textStart()
        # Qt counts UTF-16 units; a cut never falls into a pair, as lines break at characters.
        kept = text.encode("utf-16-le")[: 2 * start].decode("utf-16-le")
        rest = text[len(kept) :][: round(width)]
        # A line that is left empty takes no room; what is set in some way stays where it is.
        empty = len(rest) - len(rest.lstrip("\n"))
        rest = "\u200b" * empty + rest[empty:].replace("\n", " ")
        text = kept + QFontMetricsF(font).elidedText(
            rest, Qt.TextElideMode.ElideRight, width * 0.98
        )
        formats = _formats(text, font, marks, mark_colour) + _ranges(text, looks)
        layout = _broken(text, font, width, line_height, formats, mirrored, most_lines)
    return Paragraph(layout, layout.lineCount() * line_height, cut)


def _formats(
    text: str, font: QFont, marks: Sequence[Span], colour: str
) -> list[QTextLayout.FormatRange]:
    bold = QTextCharFormat()
    bold_font = QFont(font)
    bold_font.setWeight(QFont.Weight.DemiBold)
    bold.setFont(bold_font)
    bold.setForeground(QColor(colour))
    return _ranges(text, [(mark, bold) for mark in marks])


def _ranges(
    text: str, looks: Sequence[tuple[Span, QTextCharFormat]]
) -> list[QTextLayout.FormatRange]:
    formats = []
    for mark, look in looks:
        start, end = (len(text[:n].encode("utf-16-le")) // 2 for n in (mark.start, mark.end))
        found = QTextLayout.FormatRange()
        found.start, found.length, found.format = start, end - start, look
        formats.append(found)
    return formats


def _broken(
    text: str,
    font: QFont,
    width: float,
    line_height: float,
    formats: Sequence[QTextLayout.FormatRange],
    mirrored: bool,
    most_lines: int,
) -> QTextLayout:
    layout = QTextLayout(text.replace("\n", "\u2028"), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    if mirrored:
        option.setAlignment(Qt.AlignmentFlag.AlignRight)
    if "\t" in text:
        option.setTabs(_columns(text, QFontMetricsF(font), width))
    layout.setTextOption(option)
    if formats:
        layout.setFormats(list(formats))
    layout.setCacheEnabled(True)
    layout.beginLayout()
    y = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(20.0, width))
        line.setPosition(QPointF(0, y + (line_height - line.height()) / 2))
        y += line_height
        if layout.lineCount() == most_lines:
            break
    layout.endLayout()
    return layout


def _columns(text: str, metrics: QFontMetricsF, width: float) -> list[QTextOption.Tab]:
    """Stops for the cells of the tables in a text, narrower where there is no room."""
    widths: dict[int, float] = {}
    for line in text.split("\n"):
        for number, cell in enumerate(line.split("\t")[:-1]):
            wide = metrics.horizontalAdvance(cell) * _BOLDER + _BETWEEN_CELLS_PX
            widths[number] = max(widths.get(number, 0), wide)
    share = min(1.0, width * (1 - 1 / (len(widths) + 1)) / max(1.0, sum(widths.values())))
    stops, at = [], 0.0
    for number in sorted(widths):
        at += widths[number] * share
        stops.append(QTextOption.Tab(at, QTextOption.TabType.LeftTab))
    return stops
