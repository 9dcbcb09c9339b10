"""The open document as typeset text in a view: set in parts, in a theme and a size."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QTextEdit

from reader.model.document import Document
from reader.model.span import Span
from reader.session.session import Session
from reader.ui.article.chosen_formats import chosen_formats
from reader.ui.article.page_turning import PageTurner
from reader.ui.typeset.byline import byline
from reader.ui.typeset.formats import GUTTER_PX
from reader.ui.typeset.text_document import TypesetDocument, parts
from reader.ui.typeset.text_runs import Leaves
from reader.ui.typeset.typesetter import Typesetter
from reader.ui.widgets.theme import Theme


class TextLayout(QObject):
    """Sets the open document, or a part of it when it is very long, into a view.

    Qt positions stay inside; all else is in offsets of the document's text.
    """

    built = Signal()  # a part has been typeset

    def __init__(self, view: QTextEdit, session: Session, theme: Theme) -> None:
        super().__init__(view)
        self.theme = theme
        self.document: Document | None = None
        self.typeset: TypesetDocument | None = None
        self.is_building = False
        self.turner = PageTurner(view, self, session)
        self._view = view
        self._session = session
        self._parts: tuple[Span, ...] = ()
        self._leaves: Leaves | None = None
        self._number = 0

    def open(self, document: Document | None) -> None:
        """Take up a document, of which no part is set yet; None for none."""
        self.document = document
        self._parts = parts(document) if document is not None else ()
        self._leaves = Leaves(document) if document is not None else None
        if document is None:
            self.typeset = None

    @property
    def number(self) -> int:
        """Which part is shown, from 0."""
        return self._number

    @property
    def part(self) -> Span:
        """The text that is shown; an empty span at the start when nothing is."""
        return self._parts[self._number] if self._parts else Span(0, 0)

    @property
    def is_last(self) -> bool:
        """Whether the text ends with the part that is shown."""
        return self._number == len(self._parts) - 1

    def has_part(self, number: int) -> bool:
        """Whether there is a part of that number."""
        return 0 <= number < len(self._parts)

    def part_of(self, offset: int) -> int:
        """The number of the part that holds an offset."""
        return max(0, bisect_right([part.start for part in self._parts], offset) - 1)

    def share(self, offset: int) -> float:
        """How far down the document an offset is, from 0 to 1."""
        length = len(self.document.text) if self.document is not None else 0
        return min(max(offset / max(1, length), 0.0), 1.0)

    def set_part(self, number: int) -> None:
        """Typeset a part for the theme, the zoom and the room that there are now."""
        assert self.document is not None
        self._number = number
        self.is_building = True
        formats = chosen_formats(self._session, self.theme, self._column_room_px)
        ratio = self._view.devicePixelRatioF()
        setter = Typesetter(self.document, formats, self._asset, ratio, self._leaves)
        entry = self._session.catalog.entry(self.document.id)
        typeset = setter.typeset(self._parts[number], byline(self.document, entry))
        typeset.setParent(self._view)
        before = self._view.document()
        self._view.setDocument(typeset)
        if isinstance(before, TypesetDocument):
            before.deleteLater()
        self.typeset = typeset
        # A new document brings its caret back.
        self._view.setCursorWidth(0)
        self.centre()
        if typeset.mirror is not None:
            typeset.mirror.place(typeset)
        self.is_building = False
        self.built.emit()

    def _asset(self, name: str) -> bytes:
        assert self.document is not None
        return self._session.workspace.library.asset(self.document.id, name)

    @property
    def _room_px(self) -> int:
        return self._view.width() - self._view.verticalScrollBar().sizeHint().width()

    @property
    def _column_room_px(self) -> int:
        return self.turner.room_px(self._room_px)

    @property
    def fits(self) -> bool:
        """Whether the text is set as wide as the room that there is now lets it be."""
        if self.typeset is None:
            return True
        formats = self.typeset.formats
        return replace(formats, room_px=self._column_room_px).width_px == formats.width_px

    def refit(self) -> bool:
        """Lay the part that is set out as wide as the room lets it be; whether that was possible.

        A part that holds a table or a picture is to be set anew, and so is one that is turned.
        """
        typeset = self.typeset
        if typeset is None or not typeset.is_fluid or self.turner.is_on:
            return False
        self.is_building = True
        typeset.formats = replace(typeset.formats, room_px=self._column_room_px)
        self.centre()
        self.is_building = False
        return True

    def centre(self) -> None:
        """Put the column into the middle of the view."""
        if self.typeset is None:
            return
        room, width = self._room_px, self.typeset.formats.width_px
        if self._view.lineWrapColumnOrWidth() != width:
            self._view.setLineWrapColumnOrWidth(width)
        width *= self.turner.count
        margin = max(0, (room - width) // 2)
        if self.typeset.wide_tables:
            # They go on into the free margin, then beyond the edge.
            width = max(width, self.typeset.widest_px + GUTTER_PX // 2)
        self._view.setViewportMargins(margin, 0, max(0, room - width - margin), 0)
