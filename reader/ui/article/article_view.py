"""The view of a document as an article: one widget, and the parts that it is made of."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QMimeData, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QTextEdit, QWidget

from reader.model.document import Document
from reader.model.span import Span
from reader.session.session import Session
from reader.settings import PAGE_TURNING, ZOOM, Setting
from reader.ui.article.chosen_formats import FORMAT_SETTINGS, zoom_after
from reader.ui.article.scroll_keeper import ScrollKeeper
from reader.ui.article.text_input import TextInput
from reader.ui.article.text_layout import TextLayout
from reader.ui.article.text_painter import TextPainter
from reader.ui.article.text_selection import TextSelection
from reader.ui.marks.mark_painter import MarkPainter
from reader.ui.marks.view_binder import ViewBinder
from reader.ui.widgets.fade import Fade
from reader.ui.widgets.focus_reasons import KEYBOARD_REASONS
from reader.ui.widgets.marker_scrollbar import TickBar
from reader.ui.widgets.theme import Theme
from reader.ui.widgets.viewports import know_viewport


class ArticleView(QTextEdit):
    """Shows the open document as running text; a `DocumentView`."""

    copy_wanted = Signal()
    find_wanted = Signal()
    figure_wanted = Signal(str)  # the name of the picture's file

    # Qt asks before the parts are there.
    _input: TextInput | None = None

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context_menu: QMenu | None = None
        self.marks = MarkPainter()
        self._session = session
        self._ticks = TickBar(theme, self)
        self._fade = Fade(theme, self)
        # The keyboard has come here from another pane.
        self._focus_line = QFrame(self)
        self._focus_line.hide()
        self._set_up()
        self._colour(theme)
        self.text_layout = TextLayout(self, session, theme)
        self.scroll_keeper = ScrollKeeper(self, self.text_layout, session)
        self._binder = ViewBinder(self, session, theme, self)
        self._selection = TextSelection(
            self, session, self.text_layout, self.scroll_keeper, self.marks, self._binder
        )
        self.text_painter = TextPainter(
            self, self._ticks, self.text_layout, self.scroll_keeper, self.marks
        )
        self._input = TextInput(
            self,
            self.text_layout,
            self.scroll_keeper,
            self._selection,
            self.text_painter,
            self._binder,
        )
        self.text_layout.about_to_show.connect(self._wear)
        self.text_layout.built.connect(self.show_marks)
        self._ticks.share_wanted.connect(self.scroll_keeper.scroll_to_share)
        self.scroll_keeper.moved.connect(self._binder.put_cards_away)
        self._input.figure_wanted.connect(self.figure_wanted)
        self._input.zoom_wanted.connect(self.zoom_by)
        self._binder.copy_wanted.connect(self.copy_wanted)
        self._binder.find_wanted.connect(self.find_wanted)
        session.settings.changed.connect(self._take_setting)

    def _set_up(self) -> None:
        know_viewport(self)
        self.setVerticalScrollBar(self._ticks)
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

    def _colour(self, theme: Theme) -> None:
        self._worn = theme
        self._ticks.set_theme(theme)
        self._fade.theme = theme
        self._focus_line.setStyleSheet(f"background: {theme.accent};")
        # Qt would show a selection across the cells of a table as a rectangle of whole cells, and
        # that is not the text that is copied and marked: the selection is one of our marks.
        self.setStyleSheet(
            f"ArticleView {{ background: {theme.paper}; border: none;"
            " selection-background-color: transparent; }"
        )

    def set_theme(self, theme: Theme) -> None:
        """Show the page in another theme, at the same place: a long text when it has been set."""
        self._binder.set_theme(theme)
        self.text_layout.theme = theme
        if self.text_layout.typeset is None:
            self._colour(theme)
        self.scroll_keeper.rebuild()

    def _wear(self, theme: Theme) -> None:
        """Take the colours of what is about to be shown."""
        if theme != self._worn:
            self._colour(theme)

    # The document

    def show_document(self, document: Document | None) -> None:
        """Show a document where this user left it; nothing when it is shown as printed."""
        if self._session.pages.as_printed:
            document = None
        self._selection.end_caret()
        self.text_painter.open(document)
        self.text_layout.open(document)
        if document is None:
            self.scroll_keeper.forget()
            self.viewport().update()
        else:
            position = self._session.navigation.position
            place = (position.offset, position.fraction) if position else (0, 0.0)
            self.scroll_keeper.open(*place)
        self._binder.begin(document)

    def _take_setting(self, setting: Setting[Any]) -> None:
        if setting in FORMAT_SETTINGS:
            self._show_fade()
            # What is turned is painted in other columns from now on.
            self.scroll_keeper.rebuild(at_once=setting == PAGE_TURNING)

    def _show_fade(self) -> None:
        # No line of a page that is turned is cut at its foot.
        self._fade.setVisible(not self.text_layout.turner.is_on)

    def zoom_by(self, steps: int) -> None:
        """Make the text larger or smaller; 0 brings it back to its own size."""
        now = float(self._session.settings.get(ZOOM))
        self._session.settings.set(ZOOM, zoom_after(now, steps))

    def scroll_to(self, span: Span) -> None:
        """Bring a span into view: a heading to the top, other text where it is read best."""
        self.scroll_keeper.scroll_to(span)

    def visible_span(self) -> Span:
        """The text in sight, in whole paragraphs."""
        return self.scroll_keeper.visible_span()

    def rectangle_of(self, span: Span) -> QRect:
        """Where a span in sight begins, in this widget's coordinates."""
        return self.scroll_keeper.rectangle_of(span)

    def show_marks(self, only_current: bool = False) -> None:
        """Draw the marks, and their ticks on the scroll bar, as they are now.

        `only_current` when the others are as they were.
        """
        painter = self.text_painter
        (painter.show_current_tick if only_current else painter.show_ticks)()
        self.viewport().update()

    def propose(self, span: Span | None) -> None:
        """Frame a passage that a note may belong to; None for no longer."""
        self._binder.propose(span)

    # The selection

    def clear_selection(self) -> bool:
        """Let go of the selected passage; return whether there was one."""
        return self._selection.clear()

    def toggle_caret(self) -> bool:
        """Show a caret that the arrow keys move, or hide it; return whether it is shown."""
        self._selection.toggle_caret()
        return self._selection.has_caret

    def createMimeDataFromSelection(self) -> QMimeData:
        return self._selection.mime_data()

    def escape(self) -> bool:
        """Take the topmost layer off the page; return whether there was one."""
        if self._binder.dismiss_top():
            return True
        had_focus = self._binder.leave_focus()
        return self._selection.end_caret() or had_focus

    # What Qt says

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and self._input is not None:
            self.scroll_keeper.restore_when_shown()
        if isinstance(event, QFocusEvent):
            self._focus_line.setVisible(event.gotFocus() and event.reason() in KEYBOARD_REASONS)
        if self._input is None:
            return super().event(event)
        return self._input.view_event(event, super().event)

    def viewportEvent(self, event: QEvent) -> bool:
        if self._input is None:
            return super().viewportEvent(event)
        if event.type() == QEvent.Type.MouseButtonPress:
            self._focus_line.hide()
        return self._input.viewport_event(event, super().viewportEvent)

    def resizeEvent(self, event: QResizeEvent) -> None:
        place = self.scroll_keeper.first_line()
        super().resizeEvent(event)
        self._show_fade()
        self._fade.setGeometry(0, self.height() - 32, self.width() - 14, 32)
        self.scroll_keeper.fit(place)
        self._focus_line.setGeometry(0, 0, self.width(), 2)
        self._focus_line.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        is_done = self.text_painter.paint(painter, event.rect(), self._selection.shown)
        painter.end()
        if not is_done:
            super().paintEvent(event)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Tab walks the reference marks and links in sight, then leaves the page."""
        shown = self.text_layout.typeset is not None and self.hasFocus()
        walked = shown and self._binder.hover.step(forwards)
        return walked or super().focusNextPrevChild(forwards)
