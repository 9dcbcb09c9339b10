"""What the parts that lie over a page ask of the view that shows it."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from reader.model.span import Span
from reader.ui.marks.mark_painter import Marking


class DocumentView(Protocol):
    """A view of a document: as an article, or as its printed pages."""

    marking: Marking

    def visible_span(self) -> Span:
        """The part of the text that is in sight."""

    def rectangle_of(self, span: Span) -> QRect:
        """Where the first line of a span stands, in the view's coordinates."""

    def viewport(self) -> QWidget:
        """What the page is drawn on."""

    def setFocus(self) -> None:
        """Moves the keyboard to the page."""
