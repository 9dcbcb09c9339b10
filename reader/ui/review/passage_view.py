"""A passage with what stands round it, and what differs from another marked in it."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QFont, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from reader.model.span import Span
from reader.ui.widgets.theme import Theme, serif

TEXT_PX = 15
PASSAGE_PX = 118


class Passage(QTextEdit):
    """A passage with what stands round it, what differs from another marked."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setAccessibleName(name)
        self.setFixedHeight(PASSAGE_PX)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(8)
        self._looked_at = 0

    def fill(self, text: str, span: Span, marked: list[tuple[Span, bool]], theme: Theme) -> None:
        """Shows a text; `marked` are spans of the passage, True for a grave difference."""
        self._looked_at = 0
        self.clear()
        self.setStyleSheet(f"QTextEdit {{ background: {theme.paper}; border-radius: 6px; }}")
        cursor = QTextCursor(self.document())
        cursor.insertText(_line(text[: span.start]), _format(theme.ink3))
        at = span.start
        self._looked_at = cursor.position()
        graves_first = sorted(marked, key=lambda pair: not pair[1])
        for one, grave in marked:
            piece = one.moved(span.start)
            cursor.insertText(_line(text[at : piece.start]), _format(theme.ink))
            if (one, grave) == graves_first[0]:
                self._looked_at = cursor.position()
            cursor.insertText(_line(piece.cut(text)), _marked(theme, grave))
            at = piece.end
        cursor.insertText(_line(text[at : span.end]), _format(theme.ink))
        cursor.insertText(_line(text[span.end :]), _format(theme.ink3))
        # A panel that opens has its width only when the event loop has run.
        QTimer.singleShot(0, self, self._look)

    def _look(self) -> None:
        """Brings what differs into the middle, else the beginning of the passage."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._looked_at)
        self.setTextCursor(cursor)
        bar = self.verticalScrollBar()
        middle = self.cursorRect().center().y() - self.viewport().height() // 2
        bar.setValue(bar.value() + middle)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Never at once: `clear` resizes, too, and keeps the cursors of that moment. If one is set
        # meanwhile, Qt is left with one that is gone, and crashes when text is put in.
        QTimer.singleShot(0, self, self._look)


def _line(text: str) -> str:
    return " ".join(text.split("\n"))


def _format(colour: str) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFont(serif(TEXT_PX))
    made.setForeground(QColor(colour))
    return made


def _marked(theme: Theme, grave: bool) -> QTextCharFormat:
    made = _format(theme.ink)
    made.setBackground(QColor(theme.fills["pink" if grave else "yellow"]))
    if grave:
        made.setFontWeight(QFont.Weight.Bold)
        made.setFontUnderline(True)
    return made
