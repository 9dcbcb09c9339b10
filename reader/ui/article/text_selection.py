"""Selecting in an article: the passage as a span of the text, and a caret that keys move."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextEdit

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
        # Where the selection was begun and where it ends, as offsets: of a long text either may be
        # in a part that is not set now.
        self._anchor: int | None = None
        self._head: int | None = None
        self._is_restoring = False
        view.selectionChanged.connect(self._take)
        layout.built.connect(self._restore)

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
        had_span = self._session.selection.span is not None
        cursor = self._view.textCursor()
        if cursor.hasSelection():
            cursor.clearSelection()
            self._scroll_keeper.set_cursor(cursor)
            return True
        self._forget()
        return had_span

    def begin_by_mouse(self, extends: bool) -> None:
        """A button of the mouse went down, which begins another selection unless it `extends`."""
        self.is_by_mouse = True
        if not extends and self.is_empty:
            self._forget()

    def _forget(self) -> None:
        self._anchor = self._head = None
        self._binder.select(None)

    def select_all(self) -> None:
        """Select the whole text, also what of a long one is not set now."""
        document = self._layout.document
        if document is None or self._layout.typeset is None:
            return
        self._anchor, self._head = 0, len(document.text)
        self._show_ends()
        self._select(0, len(document.text))

    def _restore(self) -> None:
        """Have the selection stand in what was just set."""
        if self._session.selection.span is None:
            self._anchor = self._head = None
        elif self._anchor is not None:
            self._show_ends()

    def _show_ends(self) -> None:
        typeset, part = self._layout.typeset, self._layout.part
        assert typeset is not None
        assert self._anchor is not None
        assert self._head is not None
        cursor = self._view.textCursor()
        cursor.setPosition(typeset.offsets.position(_within(part, self._anchor)))
        keep = QTextCursor.MoveMode.KeepAnchor
        cursor.setPosition(typeset.offsets.position(_within(part, self._head)), keep)
        self._is_restoring = True
        self._scroll_keeper.set_cursor(cursor)
        self._is_restoring = False

    def _begun_elsewhere(self, cursor: QTextCursor) -> int | None:
        """Where the selection was begun, if that is in another part and it still goes on."""
        typeset, part = self._layout.typeset, self._layout.part
        if typeset is None or self._anchor is None or part.start <= self._anchor <= part.end:
            return None
        edge = typeset.offsets.position(_within(part, self._anchor))
        return self._anchor if cursor.anchor() == edge else None

    def _take(self) -> None:
        typeset, document = self._layout.typeset, self._layout.document
        if typeset is None or document is None:
            return
        if self._layout.is_building or self._is_restoring:
            return
        cursor = self._view.textCursor()
        elsewhere = self._begun_elsewhere(cursor)
        if not cursor.hasSelection() and elsewhere is None:
            self._forget()
            return
        last = cursor.selectionEnd()
        table = cursor.currentTable() if cursor.hasComplexSelection() else None
        if table is not None:
            # Across cells Qt selects whole ones, and says only where the last begins.
            last = max(last, table.cellAt(cursor.position()).lastPosition())
        offsets = typeset.offsets
        start, end = offsets.offset(cursor.selectionStart()), offsets.offset(last)
        self._anchor, self._head = (
            offsets.offset(cursor.anchor()),
            offsets.offset(cursor.position()),
        )
        if elsewhere is not None:
            self._anchor = elsewhere
            start, end = sorted((elsewhere, self._head))
        self._select(start, end)

    def _select(self, start: int, end: int) -> None:
        assert self._layout.document is not None
        text = self._layout.document.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        span = Span(start, end) if start < end else None
        self._binder.select(span, None if self.is_by_mouse else SETTLE_DELAY_MS)

    def mime_data(self) -> QMimeData:
        """The selected passage, for the clipboard and for dragging it elsewhere."""
        from reader.model.export.copied_passage import copied_html, copied_text

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


def _within(part: Span, offset: int) -> int:
    return min(max(offset, part.start), part.end)
