"""The field that a note is written in: what is pasted with a look becomes Markdown."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QPlainTextEdit

from reader.ui.notes.pasted_markdown import markdown_of


class NoteField(QPlainTextEdit):
    """Takes text alone: no picture, and nothing is fetched."""

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasHtml() or source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        text = markdown_of(source.html()) if source.hasHtml() else ""
        self.insertPlainText(text or source.text())
