"""The field that a note is written in: what is pasted with a look becomes Markdown."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QPlainTextEdit


class NoteField(QPlainTextEdit):
    """Takes text alone: no picture, and nothing is fetched."""

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasHtml() or source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        text = ""
        if source.hasHtml():
            # Imported here: a start is not to load what reads HTML.
            from reader.ui.notes.pasted_markdown import markdown_of

            text = markdown_of(source.html())
        self.insertPlainText(text or source.text())
