"""The page as far as one selects in it: the selection, the bar that offers what to do, a caret."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from reader.model.export.copied_passage import copied_html, copied_text
from reader.model.span import Span
from reader.session.session import Session
from reader.session.timers import single_shot
from reader.settings import COLOUR_MEANINGS, Setting
from reader.ui.article.mark_layer import PageView
from reader.ui.marks.popups import SelectionBar
from reader.ui.widgets.theme import Theme

SETTLE_DELAY_MS = 350


class SelectingView(PageView):
    """The page with a selection, which is a span of the document's text."""

    copy_wanted = Signal()
    find_wanted = Signal()

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, theme, parent)
        self._by_mouse = False
        self._caret = False
        self._bar = SelectionBar(session, theme, self)
        self._bar.copy_wanted.connect(self.copy_wanted)
        self._bar.find_wanted.connect(self.find_wanted)
        self._settle_timer = single_shot(self)
        self._settle_timer.timeout.connect(self._offer)
        self.selectionChanged.connect(self._select)

    def set_theme(self, theme: Theme) -> None:
        self._bar.set_theme(theme)
        super().set_theme(theme)

    def _take_setting(self, setting: Setting[Any]) -> None:
        if setting == COLOUR_MEANINGS:
            self._bar.name_colours()
        super()._take_setting(setting)

    def _take_choice(self, annotation_id: str) -> None:
        if annotation_id:
            self._unselect()
        super()._take_choice(annotation_id)

    def _unselect(self) -> bool:
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return False
        cursor.clearSelection()
        self.set_cursor(cursor)
        return True

    def _select(self) -> None:
        cursor = self.textCursor()
        if self.typeset is None or self.document_shown is None:
            return
        self._bar.hide()
        self.viewport().update()
        if not cursor.hasSelection():
            self.session.selection.set_span(None)
            return
        offsets, text = self.typeset.offsets, self.document_shown.text
        last = cursor.selectionEnd()
        table = cursor.currentTable() if cursor.hasComplexSelection() else None
        if table is not None:
            # Across cells Qt selects whole ones, and says only where the last begins.
            last = max(last, table.cellAt(cursor.position()).lastPosition())
        start, end = offsets.offset(cursor.selectionStart()), offsets.offset(last)
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        self.session.selection.set_span(Span(start, end) if start < end else None)
        if not self._by_mouse:
            self._settle_timer.start(SETTLE_DELAY_MS)

    def _offer(self) -> None:
        span = self.session.selection.span
        if span is not None and self.textCursor().hasSelection():
            self._bar.place(self.rectangle_of(span), above=True)

    def createMimeDataFromSelection(self) -> QMimeData:
        made = QMimeData()
        span = self.session.selection.span
        if span is not None and self.document_shown is not None:
            made.setText(copied_text(self.document_shown, span))
            made.setHtml(copied_html(self.document_shown, span))
        return made

    def _begin_selection(self) -> None:
        """Selecting by keyboard starts with the current hit, else at the caret, if in sight."""
        if self.typeset is None:
            return
        offsets, cursor, hit = self.typeset.offsets, self.textCursor(), self.marking.current
        visible = self.visible_span()
        if hit is not None:
            cursor.setPosition(offsets.position(hit.start))
            cursor.setPosition(offsets.position(hit.end), QTextCursor.MoveMode.KeepAnchor)
        elif not visible.start <= offsets.offset(cursor.position()) <= visible.end:
            cursor.setPosition(offsets.position(self.first_line()[0]))
        self.set_cursor(cursor)

    def toggle_caret(self) -> None:
        """Shows a caret that the arrow keys move, or hides it."""
        self._caret = not self._caret
        if self._caret:
            self._begin_selection()
            self._unselect()
        self.setCursorWidth(2 if self._caret else 0)
        self.setFocus()
