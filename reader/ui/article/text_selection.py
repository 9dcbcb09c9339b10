"""Selecting in an article: the passage as a span of the text, and a caret that keys move."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextEdit

from reader.model.export.copied_passage import copied_html, copied_text
from reader.model.span import Span
from reader.session.session import Session
from reader.ui.article.scroll_keeper import ScrollKeeper
from reader.ui.article.text_layout import TextLayout
from reader.ui.marks.mark_painter import MarkPainter
from reader.ui.marks.view_binder import SETTLE_DELAY_MS, ViewBinder


class TextSelection(QObject):
    """Turns the selection of Qt's cursor into the passage that the session knows."""

    def __init__(
        self,
        view: QTextEdit,
        session: Session,
        layout: TextLayout,
        scroll_keeper: ScrollKeeper,
        marks: MarkPainter,
        binder: ViewBinder,
    ) -> None:
        super().__init__(view)
        self.has_caret = False
        # While the mouse selects, its release says when the passage is complete.
        self.is_by_mouse = False
        self._view = view
        self._session = session
        self._layout = layout
        self._scroll_keeper = scroll_keeper
        self._marks = marks
        self._binder = binder
        view.selectionChanged.connect(self._take)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is selected in the view."""
        return not self._view.textCursor().hasSelection()

    @property
    def shown(self) -> Span | None:
        """The passage that is to be drawn as selected; None for none."""
        return None if self.is_empty else self._session.selection.span

    def clear(self) -> bool:
        """Let go of what is selected; return whether anything was."""
        cursor = self._view.textCursor()
        if not cursor.hasSelection():
            return False
        cursor.clearSelection()
        self._scroll_keeper.set_cursor(cursor)
        return True

    def _take(self) -> None:
        typeset, document = self._layout.typeset, self._layout.document
        if typeset is None or document is None:
            return
        cursor = self._view.textCursor()
        if not cursor.hasSelection():
            self._binder.select(None)
            return
        last = cursor.selectionEnd()
        table = cursor.currentTable() if cursor.hasComplexSelection() else None
        if table is not None:
            # Across cells Qt selects whole ones, and says only where the last begins.
            last = max(last, table.cellAt(cursor.position()).lastPosition())
        offsets, text = typeset.offsets, document.text
        start, end = offsets.offset(cursor.selectionStart()), offsets.offset(last)
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        span = Span(start, end) if start < end else None
        self._binder.select(span, None if self.is_by_mouse else SETTLE_DELAY_MS)

    def mime_data(self) -> QMimeData:
        """The selected passage, for the clipboard and for dragging it elsewhere."""
        made = QMimeData()
        span, document = self._session.selection.span, self._layout.document
        if span is not None and document is not None:
            made.setText(copied_text(document, span))
            made.setHtml(copied_html(document, span))
        return made

    def begin(self) -> None:
        """Have keys select from the current hit on, if that is where one went last, else from the
        caret; from the first line when that is not in sight."""
        if self._layout.typeset is None:
            return
        offsets, cursor = self._layout.typeset.offsets, self._view.textCursor()
        hit, visible = self._marks.current, self._scroll_keeper.visible_span()
        at = offsets.offset(cursor.position())
        if hit is not None and visible.overlaps(hit) and at in (hit.start, hit.end):
            cursor.setPosition(offsets.position(hit.start))
            cursor.setPosition(offsets.position(hit.end), QTextCursor.MoveMode.KeepAnchor)
        elif not visible.start <= at <= visible.end:
            cursor.setPosition(offsets.position(self._scroll_keeper.first_line()[0]))
        self._scroll_keeper.set_cursor(cursor)

    def toggle_caret(self) -> None:
        """Show a caret that the arrow keys move, or hide it."""
        self.has_caret = not self.has_caret
        if self.has_caret:
            self.begin()
            self.clear()
        self._view.setCursorWidth(2 if self.has_caret else 0)
        self._view.setFocus()

    def end_caret(self) -> bool:
        """Hide the caret; return whether there was one."""
        had_caret, self.has_caret = self.has_caret, False
        self._view.setCursorWidth(0)
        return had_caret
