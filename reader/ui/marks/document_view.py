"""What the parts that lie over a page ask of the view that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QMenu, QWidget

from reader.model.annotation import Annotation
from reader.model.document import Document
from reader.model.span import Span
from reader.ui.marks.mark_painter import MarkPainter
from reader.ui.widgets.theme import Theme


@dataclass(frozen=True, slots=True)
class Target:
    """What the mouse points at: an offset of the text, the sign of a note beside it, or a note on
    an area of the page, which lies at `area_box` in the view's coordinates."""

    offset: int | None = None
    note: Annotation | None = None
    area: Annotation | None = None
    area_box: QRect | None = None


class DocumentView(Protocol):
    """A view of a document: as an article, or as its printed pages.

    All that enters and leaves is a span of the document's text.
    """

    marks: MarkPainter
    context_menu: QMenu | None

    def show_document(self, document: Document | None) -> None:
        """Shows a document where it was left; nothing for None, or when another view shows it."""

    def scroll_to(self, span: Span) -> None:
        """Brings a span into view: a heading to the top, other text where it is read best."""

    def visible_span(self) -> Span:
        """The part of the text that is in sight."""

    def rectangle_of(self, span: Span) -> QRect:
        """Where the first line of a span stands, in the view's coordinates."""

    def show_marks(self, only_current: bool = False) -> None:
        """Draws the marks, and their ticks on the scroll bar, as they are now.

        `only_current` when all but the current hit are as they were.
        """

    def clear_selection(self) -> bool:
        """Lets go of the selected passage; whether there was one."""

    def propose(self, span: Span | None) -> None:
        """Frames a passage that a note may belong to; None for no longer."""

    def zoom_by(self, steps: int) -> None:
        """Makes text or pages larger or smaller; 0 brings them back to their own size."""

    def toggle_caret(self) -> bool:
        """Shows a caret that the arrow keys move, or hides it; whether it is shown."""

    def escape(self) -> bool:
        """Takes the topmost layer off the page; whether there was one."""

    def set_theme(self, theme: Theme) -> None:
        """Shows the page in another theme, at the same place."""

    def viewport(self) -> QWidget:
        """What the page is drawn on."""

    def setFocus(self) -> None:
        """Moves the keyboard to the page."""
