"""The view of a document as its printed pages: one widget, and the parts that it is made of."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QMenu, QWidget

from reader.model.annotation import Area
from reader.model.document import Document
from reader.model.span import Span
from reader.session.session import Session
from reader.ui.marks.mark_painter import MarkPainter
from reader.ui.marks.view_binder import ViewBinder
from reader.ui.pdf.area_input import AreaInput
from reader.ui.pdf.page_caret import PageCaret
from reader.ui.pdf.page_input import PageInput
from reader.ui.pdf.page_painter import PagePainter
from reader.ui.pdf.page_scroller import PageScroller
from reader.ui.widgets.marker_scrollbar import TickBar
from reader.ui.widgets.theme import Theme
from reader.ui.widgets.viewports import know_viewport


class PdfView(QAbstractScrollArea):
    """Shows the pages of the open document, when it is shown as printed; a `DocumentView`."""

    copy_wanted = Signal()
    find_wanted = Signal()

    # Qt asks before the parts are there.
    _input: PageInput | None = None

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context_menu: QMenu | None = None
        self.marks = MarkPainter()
        self._session = session
        self._ticks = TickBar(theme, self)
        self._set_up()
        self.scroller = PageScroller(self, session)
        self.page_painter = PagePainter(
            self, self._ticks, session, theme, self.scroller, self.marks
        )
        self._binder = ViewBinder(self, session, theme, self)
        self._caret = PageCaret(self, session, self.scroller, self.marks, self._binder)
        self._area = AreaInput(self, session, self.scroller, self._binder)
        self._input = PageInput(
            self,
            session,
            self.scroller,
            self.page_painter,
            self.marks,
            self._binder,
            self._caret,
            self._area,
        )
        self.scroller.laid_out.connect(self.show_marks)
        self.scroller.moved.connect(self._binder.put_cards_away)
        self.scroller.moved.connect(self.page_painter.refresh)
        self._binder.copy_wanted.connect(self.copy_wanted)
        self._binder.find_wanted.connect(self.find_wanted)

    def _set_up(self) -> None:
        know_viewport(self)
        self.setVerticalScrollBar(self._ticks)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCornerWidget(QWidget(self))
        self.setAccessibleName("Printed pages")
        self.setAccessibleDescription("F8 shows the same text as an article.")
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def set_theme(self, theme: Theme) -> None:
        """Show the pages in another theme."""
        self._binder.set_theme(theme)
        self._ticks.set_theme(theme)
        self.page_painter.theme = theme
        self.page_painter.refresh()
        self.show_marks()

    # The document

    def show_document(self, document: Document | None) -> None:
        """Show a document's pages where this user left them; nothing when it is shown as text."""
        pages = self._session.pages
        self._caret.end()
        self._area.end()
        self.marks.current = None
        shown = pages.page_map if pages.as_printed else None
        if shown is not None and pages.go_on(self.scroller.pages):
            # What was drawn of the file itself stays, and so does the place.
            self.scroller.go_on_with(shown)
        else:
            self.page_painter.clear()
            self.scroller.show_pages(shown)
        self._binder.begin(document if self.scroller.pages is not None else None)

    def zoom_by(self, steps: int, at: QPointF | None = None) -> None:
        """Make the pages larger or smaller, around a point of the view; 0 fits them again."""
        self.scroller.zoom_by(steps, at)

    def zoom_to(self, span: Span, area: Area | None) -> None:
        """Make a passage, or an area, as large as fits the view."""
        pages = self.scroller.pages
        if pages is not None and (area is None or area.page <= len(pages.pages)):
            self.scroller.zoom_to([area.box] if area is not None else pages.boxes(span))

    def scroll_to(self, span: Span) -> None:
        """Bring a span into view: a heading to the top, other text where it is read best."""
        self.scroller.scroll_to(span)
        self._caret.jump(span.start)

    def visible_span(self) -> Span:
        """The text in sight, from the first to the last word of it."""
        return self.scroller.visible_span()

    def rectangle_of(self, span: Span) -> QRect:
        """Where a span begins, in this widget's coordinates."""
        return self.scroller.rectangle_of(span)

    def show_marks(self, only_current: bool = False) -> None:
        """Draw the marks, and their ticks on the scroll bar, as they are now.

        `only_current` when the others are as they were.
        """
        painter = self.page_painter
        (painter.show_current_tick if only_current else painter.show_ticks)()
        self.viewport().update()

    def propose(self, span: Span | None) -> None:
        """Frame a passage that a note may belong to; None for no longer."""
        self._binder.propose(span)

    # The selection

    def clear_selection(self) -> bool:
        """Let go of the selected passage; return whether there was one."""
        had_selection = self._session.selection.span is not None
        self._session.selection.set_span(None)
        return had_selection

    def toggle_caret(self) -> bool:
        """Show a caret that the arrow keys move, or hide it; return whether it is shown."""
        self._caret.toggle()
        return self._caret.is_on

    def mark_area(self) -> None:
        """Have the person draw a rectangle on a page, which is marked then."""
        self._area.begin()

    def escape(self) -> bool:
        """Take the topmost layer off the pages; return whether there was one."""
        if self._area.end() or self._binder.dismiss_top():
            return True
        had_focus = self._binder.leave_focus()
        return self._caret.end() or had_focus

    # What Qt says

    def event(self, event: QEvent) -> bool:
        taken = self._input is not None and self._input.view_event(event)
        return taken or super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        taken = self._input is not None and self._input.viewport_event(event)
        return taken or super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._binder.put_cards_away()
        super().resizeEvent(event)
        self.scroller.fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.scroller.restore_when_shown()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        selection = self._session.selection.span
        place, drawn = self._caret.place, self._area.box
        self.page_painter.paint(painter, event.rect(), selection, place, drawn)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Tab walks the reference marks and links in sight, then leaves the pages."""
        shown = self.scroller.pages is not None and self.hasFocus()
        walked = shown and self._binder.hover.step(forwards)
        return walked or super().focusNextPrevChild(forwards)
