"""Selecting on printed pages by keyboard: by words to the sides, by lines up and down."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt

from reader.model.pdf.page_map import PageMap
from reader.model.span import Span

_WORD = re.compile(r"\s*\S+")
_SHORTER = re.compile(r"\S.*\S(?=\s+\S+$)|\S(?=\s+\S+$)", re.DOTALL)


def with_word(text: str, span: Span) -> Span:
    """The span with the word after it."""
    found = _WORD.match(text, span.end)
    return Span(span.start, found.end()) if found else span


def without_word(text: str, span: Span) -> Span:
    """The span without its last word; the span itself when it has one only."""
    shorter = _SHORTER.match(text, span.start, span.end)
    return Span(span.start, shorter.end()) if shorter else span


def moved_by_line(pages: PageMap, span: Span, down: bool) -> Span:
    """The span up to the word below or above its end; the span itself when there is none."""
    boxes = pages.boxes(span)
    if not boxes:
        return span
    last = boxes[-1]
    step = (last.bottom - last.top) * (1.3 if down else -1.3)
    word = pages.word_at(last.page, last.right, (last.top + last.bottom) / 2 + step)
    return Span(span.start, word.end) if word is not None and word.end > span.start else span


def changed(text: str, pages: PageMap, span: Span, key: Qt.Key) -> Span:
    """The span as an arrow key with Shift leaves it."""
    if key == Qt.Key.Key_Right:
        return with_word(text, span)
    if key == Qt.Key.Key_Left:
        return without_word(text, span)
    return moved_by_line(pages, span, down=key == Qt.Key.Key_Down)
