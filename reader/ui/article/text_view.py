"""The typeset document in a view: set in parts, in a theme and a size, and scrolled."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from PySide6.QtCore import QEvent, QRect, Qt, QTimer
from PySide6.QtGui import (
    QResizeEvent,
    QShowEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from reader.model.document import Document
from reader.model.span import Span
from reader.session.session import Session
from reader.settings import ZOOM, Setting
from reader.ui.article.chosen_formats import FORMAT_SETTINGS, chosen_formats, zoom_after
from reader.ui.article.horizontal_bar import HEIGHT_PX, Sideways
from reader.ui.article.page_turning import PageTurner
from reader.ui.typeset.byline import byline
from reader.ui.typeset.formats import GUTTER_PX
from reader.ui.typeset.geometry import (
    first_line,
    landing_top,
    line_rectangle,
    rectangles,
    visible_span,
)
from reader.ui.typeset.text_document import TypesetDocument, parts
from reader.ui.typeset.typesetter import Typesetter
from reader.ui.widgets.fade import Fade
from reader.ui.widgets.marker_scrollbar import TickBar
from reader.ui.widgets.theme import Theme


class TypesetView(QTextEdit):
    """Shows the open document, or a part of it when it is very long.

    Everything that leaves or enters is a span of the document's text; Qt positions stay inside.
    """

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.theme = theme
        self.document_shown: Document | None = None
        self.typeset: TypesetDocument | None = None
        self._parts: tuple[Span, ...] = ()
        self._part = 0
        self._building = False
        self._kept: tuple[int, float, int] | None = None
        self._restored: tuple[int, float, int] | None = None
        self.ticks = TickBar(theme, self)
        self.turner = PageTurner(session, self, self)
        self.setVerticalScrollBar(self.ticks)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setReadOnly(True)
        flag = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flag.TextSelectableByMouse | flag.TextSelectableByKeyboard)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setAccessibleName("Article")
        self.setCursorWidth(0)
        self.setAutoFillBackground(True)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._fade = Fade(theme, self)
        self.sideways = Sideways(self)
        self._paint_margins()
        self.ticks.valueChanged.connect(self.scrolled)
        session.current.changed.connect(self.open)
        session.pages.mode_changed.connect(self._reopen)
        session.navigation.scroll_requested.connect(self.show_span)
        session.settings.changed.connect(self._take_setting)

    # Building

    def open(self, document: Document | None) -> None:
        """Shows a document where this user left it; nothing when it is shown as printed."""
        if self.session.pages.as_printed:
            document = None
        self.document_shown = document
        if document is None:
            self._parts = ()
            self._kept = self._restored = None
            self.typeset = None
            self.viewport().update()
            return
        self._parts = parts(document)
        position = self.session.navigation.position
        offset, fraction = (position.offset, position.fraction) if position else (0, 0.0)
        self._set_part(self._part_of(offset))
        self._scroll_to_line(offset, fraction)

    def _reopen(self) -> None:
        self.open(self.session.current.document)

    def _part_of(self, offset: int) -> int:
        return max(0, bisect_right([part.start for part in self._parts], offset) - 1)

    def _set_part(self, number: int) -> None:
        assert self.document_shown is not None
        self._part = number
        self._kept = None
        self._building = True
        formats = chosen_formats(self.session, self.theme, self._room)
        setter = Typesetter(self.document_shown, formats, self._asset, self.devicePixelRatioF())
        typeset = setter.typeset(
            self._parts[number],
            byline(self.document_shown, self.session.catalog.entry(self.document_shown.id)),
        )
        typeset.setParent(self)
        self.setDocument(typeset)
        if self.typeset is not None:
            self.typeset.deleteLater()
        self.typeset = typeset
        # A new document brings its caret back.
        self.setCursorWidth(0)
        self._centre()
        self._building = False
        self.built()

    def built(self) -> None:
        """What is done as soon as a part has been typeset."""

    def _asset(self, name: str) -> bytes:
        assert self.document_shown is not None
        return self.session.workspace.library.asset(self.document_shown.id, name)

    def set_theme(self, theme: Theme) -> None:
        """Shows the page in another theme, at the same place."""
        self.theme = theme
        self.ticks.set_theme(theme)
        self._fade.theme = theme
        self._paint_margins()
        self._rebuild()

    def _paint_margins(self) -> None:
        # Qt would show a selection across the cells of a table as a rectangle of whole cells, and
        # that is not the text that is copied and marked: the selection is one of our marks.
        self.setStyleSheet(
            f"TypesetView {{ background: {self.theme.paper}; border: none;"
            " selection-background-color: transparent; }"
        )

    def _rebuild(self) -> None:
        if self.typeset is None:
            self.viewport().update()
            return
        place = self.first_line()
        self._set_part(self._part)
        self._scroll_to_line(*place)

    def _take_setting(self, setting: Setting[Any]) -> None:
        if setting in FORMAT_SETTINGS:
            self._rebuild()

    def zoom_by(self, steps: int) -> None:
        """Makes the text larger or smaller; 0 brings it back to its own size."""
        now = float(self.session.settings.get(ZOOM))
        self.session.settings.set(ZOOM, zoom_after(now, steps))

    @property
    def _room(self) -> int:
        return self.turner.room_px(self.width() - self.ticks.sizeHint().width())

    def _centre(self) -> None:
        if self.typeset is None:
            return
        room, width = self.width() - self.ticks.sizeHint().width(), self.typeset.formats.width_px
        if self.lineWrapColumnOrWidth() != width:
            self.setLineWrapColumnOrWidth(width)
        width *= self.turner.count
        margin = max(0, (room - width) // 2)
        if self.typeset.wide_tables:
            # They go on into the free margin, then beyond the edge.
            width = max(width, self.typeset.widest_px + GUTTER_PX // 2)
        self.setViewportMargins(margin, 0, max(0, room - width - margin), 0)
        self._place_sideways()

    def resizeEvent(self, event: QResizeEvent) -> None:
        place = self.first_line()
        super().resizeEvent(event)
        if self.typeset is not None:
            formats = self.typeset.formats
            if not formats.fit(self._room):
                self._set_part(self._part)
                self._scroll_to_line(*place)
            self._centre()
        self._fade.setVisible(not self.turner.is_on)
        self._fade.setGeometry(0, self.height() - 32, self.width() - 14, 32)
        self._place_sideways()
        self.scrolled()

    def _place_sideways(self) -> None:
        area, high = self.viewport().geometry(), HEIGHT_PX
        self.sideways.setGeometry(area.x(), self.height() - high, area.width(), high)
        self.sideways.raise_()

    def showEvent(self, event: QShowEvent) -> None:
        # Until a view is shown, Qt bounds its scroll bar by a layout that is not there yet.
        self._restored = self._kept
        super().showEvent(event)
        QTimer.singleShot(0, self._restore)

    def _restore(self) -> None:
        if self._restored is not None and self.typeset is not None:
            self._scroll_to_line(*self._restored[:2])
        self._restored = None

    # Scrolling

    @property
    def top(self) -> int:
        """The height of the page at the upper edge of the view."""
        return self.ticks.value()

    def first_line(self) -> tuple[int, float]:
        """The offset of the first visible line, and the share of it above the edge."""
        if self.typeset is None:
            return 0, 0.0
        if self._kept is not None and self._kept[2] == self.top:
            # Nobody has scrolled since: another zoom and back leads to the very same place.
            return self._kept[:2]
        return first_line(self.typeset, self.top, self.height())

    def rectangle_of(self, span: Span) -> QRect:
        """Where a span in sight begins, in this widget's coordinates."""
        assert self.typeset is not None
        start, end = (self.typeset.offsets.position(o) for o in (span.start, span.end))
        boxes = rectangles(self.typeset, start, max(end, start + 1), self.typeset.findBlock(start))
        box = boxes[0] if boxes else line_rectangle(self.typeset, span.start)
        moved = box.translated(-self.horizontalScrollBar().value(), -self.top)
        return self.turner.to_view(moved.toRect()).translated(self.viewport().pos())

    def visible_span(self) -> Span:
        """The text in sight, in whole paragraphs."""
        assert self.typeset is not None
        return visible_span(self.typeset, self.top, self.turner.bottom)

    def _scroll_to_line(self, offset: int, fraction: float) -> None:
        assert self.typeset is not None
        if offset <= self.typeset.offsets.start and fraction <= 0.0:
            self._scroll(0)
            return
        line = line_rectangle(self.typeset, offset)
        self._kept = None
        self._scroll(round(line.top() + fraction * line.height()))
        self._kept = (offset, fraction, self.top)

    def _scroll(self, y: int) -> None:
        # The range is stale until the event loop has run.
        self.ticks.setRange(0, max(self.ticks.maximum(), y))
        self.ticks.setValue(y)
        self.scrolled()

    def show_span(self, span: Span) -> None:
        """Brings a span into view: a heading to the top, other text where it is read best."""
        if self.document_shown is None:
            return
        wanted = self._part_of(span.start)
        if wanted != self._part:
            self._set_part(wanted)
        assert self.typeset is not None
        if span.start == 0 and not len(span):
            self._scroll(0)
            return
        line = line_rectangle(self.typeset, span.start)
        if not len(span) and span.start >= len(self.document_shown.text) - 1:
            # The last screen, not the last line above an empty page.
            height = self.typeset.documentLayout().documentSize().height()
            last_top = max(0, round(height) - self.viewport().height())
            self.ticks.setRange(0, last_top)
            self._scroll(last_top)
        elif not len(span):
            self._scroll(round(landing_top(self.typeset, span.start)))
        else:
            last = line_rectangle(self.typeset, max(span.start, span.end - 1))
            height = self.viewport().height()
            if not self.turner.holds(line.top(), last.bottom()):
                self._scroll(max(0, round(line.top() - height * 0.3)))
            cursor = self.textCursor()
            cursor.setPosition(self.typeset.offsets.position(span.end))
            self.set_cursor(cursor)
            if self.typeset.wide_tables:
                moved = self.rectangle_of(span).translated(-self.viewport().x(), 0)
                left = moved.left() + self.horizontalScrollBar().value()
                self.sideways.bring(left, left + moved.width())
        self.viewport().update()

    def set_cursor(self, cursor: QTextCursor) -> None:
        """Moves Qt's cursor without letting it scroll."""
        top, left = self.top, self.horizontalScrollBar().value()
        self.setTextCursor(cursor)
        self.ticks.setValue(top)
        self.horizontalScrollBar().setValue(left)

    def turn(self, by: int) -> None:
        """Shows the part after or before this one, when there is one."""
        if 0 <= self._part + by < len(self._parts):
            self._set_part(self._part + by)
            if by > 0:
                self._scroll(0)
            else:
                self._scroll_to_line(self._parts[self._part].end - 1, 0.0)

    def viewportEvent(self, event: QEvent) -> bool:
        moved = self.turner.moved(event)
        handled = super().viewportEvent(event if moved is None else moved)
        if moved is not None:
            event.setAccepted(moved.isAccepted())
        return handled

    def scrolled(self) -> None:
        """Tells the session what is in sight now."""
        if self._building or self.document_shown is None or self.typeset is None:
            return
        if self.turner.snap():
            return
        if self._kept is not None and self._kept[2] != self.top and self.isVisible():
            self._kept = None
        wide = self.typeset.wide_tables
        self.sideways.offer(bool(wide) and any(map(self.visible_span().overlaps, wide)))
        offset, fraction = self.first_line()
        at_end = self._part == len(self._parts) - 1 and self.turner.is_at_end
        self.session.navigation.report_location(
            offset, fraction, self.typeset.offsets.end if at_end else offset
        )
