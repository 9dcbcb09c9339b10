"""The open document as typeset text in a view: set in parts, in a theme and a size."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from reader.ui.widgets.in_turns import InTurns

# To set more characters than these takes longer than a frame.
SET_AT_ONCE = 50_000


class TextLayout(QObject):
    """Sets the open document, or a part of it when it is very long, into a view.

    Qt positions stay inside; all else is in offsets of the document's text.
    """

    about_to_show = Signal(Theme)  # a part that is set in this theme
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
        self._turns: InTurns | None = None

    @property
    def shown_theme(self) -> Theme:
        """The theme that what is shown was set in."""
        return self.typeset.formats.theme if self.typeset is not None else self.theme

    def open(self, document: Document | None) -> None:
        """Take up a document, of which no part is set yet; None for none."""
        self._stop()
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
        """Typeset a part for the theme, the zoom and the room that there are now, and show it."""
        self._stop()
        self._number = number
        setter = self._setter()
        self._show(setter.typeset(self.part, self._byline))

    def set_anew(self, then: Callable[[Callable[[], None]], None], at_once: bool) -> None:
        """Typeset the part that is shown for the theme, the zoom and the room that there are now.

        `then` gets the call that shows it: at once, or of a long part, unless it is wanted
        `at_once`, when that has been set step by step and no other was set meanwhile. Until then
        what is shown stays as it is.
        """
        self._stop()
        setter = self._setter()
        if at_once or len(self.part) <= SET_AT_ONCE:
            then(partial(self._show, setter.typeset(self.part, self._byline)))
            return
        if self._turns is None:
            # Imported here: a start sets nothing anew.
            from reader.ui.widgets.in_turns import InTurns

            self._turns = InTurns(self)
        self._turns.begin(self._setting(setter, then))

    def _setting(
        self, setter: Typesetter, then: Callable[[Callable[[], None]], None]
    ) -> Iterator[None]:
        yield
        yield from setter.steps(self.part, self._byline)
        yield
        then(partial(self._show, setter.made))

    def _stop(self) -> None:
        """Let go of what is being set anew."""
        if self._turns is not None:
            self._turns.stop()

    def _setter(self) -> Typesetter:
        assert self.document is not None
        formats = chosen_formats(self._session, self.theme, self._column_room_px)
        ratio = self._view.devicePixelRatioF()
        return Typesetter(self.document, formats, self._asset, ratio, self._leaves)

    @property
    def _byline(self) -> str:
        assert self.document is not None
        return byline(self.document, self._session.catalog.entry(self.document.id))

    def _show(self, typeset: TypesetDocument) -> None:
        self.is_building = True
        self.about_to_show.emit(typeset.formats.theme)
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
