"""Text of a few lines, laid out to a width and cut with an ellipsis, for what delegates paint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
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


@dataclass
class Paragraph:
    """Lines ready to be drawn; `height` is theirs together, in pixels."""

    layout: QTextLayout
    height: float

    def draw(self, painter: QPainter, x: float, y: float, colour: str) -> None:
        """Draws the lines with their upper left corner at that place."""
        painter.setPen(QColor(colour))
        self.layout.draw(painter, QPointF(x, y))


def lay_out(
    text: str,
    font: QFont,
    width: float,
    line_height: float,
    most_lines: int = 0,
    marks: Sequence[Span] = (),
    mark_colour: str = "",
) -> Paragraph:
    """Lays `text` out; beyond `most_lines` (0: any number) it is cut with an ellipsis.

    `marks` are ranges in code points that are set bold and in `mark_colour`.
    """
    layout = _broken(text, font, width, line_height)
    if most_lines and layout.lineCount() > most_lines:
        start = layout.lineAt(most_lines - 1).textStart()
        # Qt counts UTF-16 units; a cut never falls into a pair, as lines break at characters.
        kept = text.encode("utf-16-le")[: 2 * start].decode("utf-16-le")
        rest = text[len(kept) :].replace("\n", " ")
        cut = QFontMetricsF(font).elidedText(rest, Qt.TextElideMode.ElideRight, width * 0.98)
        text = kept + cut
        layout = _broken(text, font, width, line_height)
    formats = []
    for mark in marks:
        bold = QTextCharFormat()
        bold_font = QFont(font)
        bold_font.setWeight(QFont.Weight.DemiBold)
        bold.setFont(bold_font)
        bold.setForeground(QColor(mark_colour))
        start, end = (len(text[:n].encode("utf-16-le")) // 2 for n in (mark.start, mark.end))
        found = QTextLayout.FormatRange()
        found.start, found.length, found.format = start, end - start, bold
        formats.append(found)
    if formats:
        layout = _broken(text, font, width, line_height, formats)
    return Paragraph(layout, layout.lineCount() * line_height)


def _broken(
    text: str,
    font: QFont,
    width: float,
    line_height: float,
    formats: Sequence[QTextLayout.FormatRange] = (),
) -> QTextLayout:
    layout = QTextLayout(text.replace("\n", "\u2028"), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
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
    layout.endLayout()
    return layout
