"""The words of a note on its card: Markdown as it looks, links, tables."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtGui import QColor, QTextCharFormat, QTextLine

from reader.model.span import Span
from reader.note_markdown import Look, laid_out
from reader.ui.widgets.row_text import Paragraph, lay_out
from reader.ui.widgets.theme import Theme, sans

FONT_PX = 13
LINE_PX = 19
# A longer note is folded, with a line that shows all of it.
FOLDED_LINES = 6
MOST_LINES = 400


def note_paragraph(
    note: str, room: float, theme: Theme, mirrored: bool, most_lines: int
) -> Paragraph:
    """A note laid out to a width, cut after `most_lines`."""
    text, looks = laid_out(note).text, _looks(note, theme)
    return lay_out(text, sans(FONT_PX), room, LINE_PX, most_lines, mirrored=mirrored, looks=looks)


def _looks(note: str, theme: Theme) -> list[tuple[Span, QTextCharFormat]]:
    """How strong words, links and the like of a note are set, in pieces that do not overlap."""
    looks = laid_out(note).looks
    edges = sorted({edge for span, _ in looks for edge in (span.start, span.end)})
    made = []
    for start, end in pairwise(edges):
        if found := {look for span, look in looks if span.start <= start < span.end}:
            made.append((Span(start, end), _format(found, theme)))
    return made


def _format(looks: set[Look], theme: Theme) -> QTextCharFormat:
    font = sans(FONT_PX, 600 if looks & {"strong", "heading"} else 400)
    font.setItalic("emphasis" in looks)
    made = QTextCharFormat()
    if "code" in looks:
        font.setFamilies(["monospace"])
        made.setBackground(QColor(theme.pressed))
    if "link" in looks:
        font.setUnderline(True)
        made.setForeground(QColor(theme.accent))
    made.setFont(font)
    return made


def link_in(note: str, paragraph: Paragraph, x: float, y: float) -> str:
    """The address of the link in a note at a place of its paragraph; "" when there is none."""
    if not 0 <= y < paragraph.height:
        return ""
    line = paragraph.layout.lineAt(int(y // LINE_PX))
    if not line.isValid() or not 0 <= x <= line.naturalTextWidth():
        return ""
    units = line.xToCursor(x, QTextLine.CursorPosition.CursorOnCharacter)
    shown = laid_out(note)
    text = shown.text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")
    return shown.link_at(len(text))
