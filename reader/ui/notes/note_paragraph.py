"""The words of a note on its card: Markdown as it looks, links, tables."""

from __future__ import annotations

from PySide6.QtGui import QColor, QTextCharFormat, QTextLine

from reader.model.note_markdown import laid_out
from reader.model.span import Span
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
    """How strong words, links and the like of a note are set."""
    made = []
    for span, look in laid_out(note).looks:
        font = sans(FONT_PX, 600 if look in ("strong", "heading") else 400)
        font.setItalic(look == "emphasis")
        one = QTextCharFormat()
        if look == "code":
            font.setFamilies(["monospace"])
            one.setBackground(QColor(theme.pressed))
        elif look == "link":
            font.setUnderline(True)
            one.setForeground(QColor(theme.accent))
        one.setFont(font)
        made.append((span, one))
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
