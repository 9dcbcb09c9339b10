"""Joins a view to the session: marks, hits, the selection, and what lies over the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QWidget

from reader.model.annotation import COLOURS
from reader.model.document import Document
from reader.model.search import Answer, Hit
from reader.model.span import Span
from reader.session.session import Session
from reader.session.timers import single_shot
from reader.settings import COLOUR_MEANINGS, MEANING_LETTERS, Setting
from reader.ui.marks.document_view import DocumentView, Target
from reader.ui.marks.hover import HoverController
from reader.ui.marks.note_markers import letters_of
from reader.ui.widgets.theme import Theme

if TYPE_CHECKING:
    from reader.ui.marks.popups import SelectionPopup

# How long a selection stays as it is before it is asked what to do with it.
SETTLE_DELAY_MS = 350
SETTLE_AFTER_MOUSE_MS = 120
# Where the menu opens by key when no passage is in sight, from the top left of the page.
MENU_CORNER_PX = (54, 40)


class ViewBinder(QObject):
    """Binds annotations, search and selection to a view, whatever it shows the document as.

    The view says what its mouse and keyboard do (`point_at`, `click`, `select`); the session says
    what is so. Cards lie over `parent`, the widget that the view is.
    """

    copy_wanted = Signal()
    find_wanted = Signal()

    def __init__(self, view: DocumentView, session: Session, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self._session = session
        self._theme = theme
        self._over = parent
        # The other of the two views shows the document, or there is none: what is marked in it is
        # worked out when this one shows it.
        self._is_bare = True
        self._answer: Answer | None = None  # whose hits are marked
        self._popup: SelectionPopup | None = None
        self.hover = HoverController(session, theme, view, parent)
        self._settle_timer = single_shot(self)
        self._settle_timer.timeout.connect(self._offer)
        session.current.changed.connect(view.show_document)
        # What is offered at the very end finds the notes closed.
        session.current.about_to_change.connect(self._settle_timer.stop)
        session.pages.mode_changed.connect(self._reopen)
        session.navigation.scroll_requested.connect(view.scroll_to)
        session.annotations.changed.connect(self._take_annotations)
        session.selection.annotation_changed.connect(self._take_choice)
        session.selection.span_changed.connect(self._take_selection)
        session.search.results_changed.connect(self._take_hits)
        session.search.hit_changed.connect(self._take_hit)
        session.settings.changed.connect(self._take_setting)

    @property
    def popup(self) -> SelectionPopup:
        """What can be done with a passage: made when it is first offered, for no start shows it."""
        if self._popup is None:
            from reader.ui.marks.popups import SelectionPopup

            self._popup = SelectionPopup(self._session, self._theme, self._over)
            self._popup.copy_wanted.connect(self.copy_wanted)
            self._popup.find_wanted.connect(self.find_wanted)
        return self._popup

    def begin(self, document: Document | None) -> None:
        """Take the marks and hits of the document that the view shows now; None for none."""
        self.press()
        self._is_bare = document is None
        self._place_annotations()
        self._place_letters()
        self._place_hits()
        self._view.show_marks()
        self.hover.open(document)

    def set_theme(self, theme: Theme) -> None:
        """Show what lies over the page in another theme."""
        self._theme = theme
        self.hover.set_theme(theme)
        if self._popup is not None:
            self._popup.set_theme(theme)

    # What lies over the page

    def put_cards_away(self) -> None:
        """Hide what lies over the page: it belongs to what was in sight before."""
        self.hover.put_away()
        self._hide_popup()

    def _hide_popup(self) -> None:
        if self._popup is not None:
            self._popup.hide()

    def dismiss_top(self) -> bool:
        """Take the card, else the selection away; return whether there was one."""
        if self.hover.is_shown or (self._popup is not None and self._popup.isVisible()):
            self.put_cards_away()
            return True
        return self._view.clear_selection()

    def leave_focus(self) -> bool:
        """Move the keyboard off the mark that it is at; return whether it was at one."""
        had_focus = self._view.marks.focus is not None
        self._view.marks.focus = None
        self._view.viewport().update()
        return had_focus

    def follow_focus(self) -> bool:
        """Follow the mark that the keyboard is at; return whether it is at one."""
        has_focus = self._view.marks.focus is not None
        if has_focus:
            self.hover.enter()
        return has_focus

    def propose(self, span: Span | None) -> None:
        """Frame a passage that a note may belong to; None for no longer."""
        self._view.marks.proposed = span
        self._view.viewport().update()

    # What mouse and keyboard do

    def press(self) -> None:
        """Offer nothing any longer of what was before a press of the mouse, or another document."""
        self._settle_timer.stop()
        self.put_cards_away()

    def point_at(self, target: Target, point: QPoint) -> None:
        """The mouse is over a target, at a point in the view's coordinates, without a button."""
        shape = Qt.CursorShape.IBeamCursor
        if target.offset is None:
            shape = Qt.CursorShape.ArrowCursor
        if self.hover.hover(target.offset, point) or target.note or target.area:
            shape = Qt.CursorShape.PointingHandCursor
        self._view.viewport().setCursor(shape)

    def click(self, target: Target) -> None:
        """Choose the note or the highlight at a target, or follow its mark."""
        if target.note is not None:
            self._session.annotations.choose(target.note.id)
        elif not self.hover.click(target.offset):
            found = self._view.marks.annotation_at(target.offset) or target.area
            self._session.annotations.choose(found.id if found else "")
            if found is not None and found.id in self._session.annotations.spans:
                self.popup.offer(found)
                span = self._session.annotations.spans[found.id]
                on_area = found is target.area and target.area_box is not None
                box = target.area_box if on_area else self._view.rectangle_of(span)
                assert box is not None
                self.popup.place(box, above=True)

    def write_note(self, target: Target) -> bool:
        """Have the note written whose sign is at a target; return whether there is one."""
        if target.note is not None:
            self._session.marker.write_note(target.note.id)
        return target.note is not None

    def open_menu(self, target: Target, global_point: QPoint) -> None:
        """Open the menu of what is at a target, and choose a highlight there before."""
        found = self._view.marks.annotation_at(target.offset) or target.area
        if found is not None and self._session.selection.span is None:
            self._session.annotations.choose(found.id)
        menu = self._view.context_menu
        if menu is not None:
            self._session.selection.menu_offset = target.offset
            menu.popup(global_point)

    def open_menu_by_key(self) -> None:
        """Open the menu below the passage, when that is in sight; else in the page's corner."""
        menu, span = self._view.context_menu, self._session.marker.passage
        if menu is None:
            return
        corner = QPoint(*MENU_CORNER_PX)
        if span is not None:
            below = self._view.rectangle_of(span).bottomLeft()
            if self._over.rect().contains(below):
                corner = below
        menu.popup(self._over.mapToGlobal(corner))

    def select(self, span: Span | None, settle_ms: int | None = None) -> None:
        """Make a passage the selected one; None for none.

        What can be done with it is offered `settle_ms` milliseconds after it was changed last, with
        None not before `settle` is called.
        """
        self._hide_popup()
        self._view.viewport().update()
        self._session.selection.set_span(span)
        if settle_ms is not None:
            self.settle(settle_ms)

    def settle(self, delay_ms: int = SETTLE_AFTER_MOUSE_MS) -> None:
        """Offer what can be done with the selection, if it still stands by then."""
        self._settle_timer.start(delay_ms)

    def _offer(self) -> None:
        span = self._session.selection.span
        # The window may have been closed meanwhile.
        if span is not None and self._over.isVisible():
            self.popup.offer()
            self.popup.place(self._view.rectangle_of(span), above=True)

    # What the session says

    def _reopen(self) -> None:
        self._view.show_document(self._session.current.document)

    def _take_annotations(self, _changes: object = None) -> None:
        if self._is_bare:
            return
        self._place_annotations()
        self._view.show_marks()
        if self._popup is not None:
            self._popup.renew()

    def _place_annotations(self) -> None:
        annotations = self._session.annotations
        all_ = () if self._is_bare else annotations.all
        self._view.marks.set_annotations(annotations.spans, all_)

    def _take_hits(self) -> None:
        if self._is_bare:
            return
        # The library's answer comes by itself, and leaves thousands of hits as they are.
        is_new = self._session.search.state.article is not self._answer
        self._place_hits()
        self._view.show_marks(only_current=not is_new)

    def _place_hits(self) -> None:
        state = self._session.search.state
        answer = None if self._is_bare else state.article
        if answer is not self._answer:
            self._answer = answer
            hits = answer.hits if answer is not None and state.active else ()
            # A note that was found is marked as a note already.
            self._view.marks.set_hits([hit.span for hit in hits if not hit.annotation_id])
        self._view.marks.current = state.hit.span if state.hit is not None else None

    def _take_hit(self, hit: Hit | None) -> None:
        if self._is_bare:
            return
        document = self._session.current.document
        here = hit is not None and document is not None and hit.document_id == document.id
        self._view.marks.current = hit.span if hit is not None and here else None
        self._view.show_marks(only_current=True)

    def _take_choice(self, annotation_id: str) -> None:
        if annotation_id:
            self._view.clear_selection()
        self._hide_popup()
        self._view.marks.chosen = annotation_id
        self._view.viewport().update()

    def _take_selection(self, _span: Span | None) -> None:
        self._hide_popup()
        self._view.viewport().update()

    def _take_setting(self, setting: Setting[Any]) -> None:
        if setting == COLOUR_MEANINGS and self._popup is not None:
            self._popup.name_colours()
        if setting in (COLOUR_MEANINGS, MEANING_LETTERS):
            self._place_letters()
            self._view.viewport().update()

    def _place_letters(self) -> None:
        wanted = self._session.settings.get(MEANING_LETTERS)
        meanings = {colour: self._session.annotations.meaning(colour) for colour in COLOURS}
        self._view.marks.letters = letters_of(meanings) if wanted else {}
