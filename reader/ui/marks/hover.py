"""What the mouse or the keyboard points at on the page: reference marks, links, short forms."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from reader.model.deep_link import SCHEME
from reader.model.document import Document, Mark
from reader.model.span import Span
from reader.session.session import Session
from reader.session.timers import single_shot
from reader.ui.marks.document_view import DocumentView
from reader.ui.widgets.theme import Theme

if TYPE_CHECKING:
    from reader.ui.marks.reference_card import ReferenceCard

HOVER_DELAY_MS = 250
# How long the place that one has come to is lit.
ARRIVAL_MS = 1600
_WORD = re.compile(r"\w+(?:-\w+)*")
_LONGEST_WORD = 40


class HoverController(QObject):
    """Shows what a mark or a short form means, and follows links inside the document.

    Cards lie over `parent`, the widget that the view is.
    """

    def __init__(self, session: Session, theme: Theme, view: DocumentView, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._view = view
        self._document: Document | None = None
        self._marks: list[Mark] = []
        self._starts: list[int] = []
        self._meanings: dict[str, list[tuple[int, str]]] | None = None
        self._hovered: Mark | None = None
        self._left_at: Span | None = None
        self._theme = theme
        self._page = parent
        self._card: ReferenceCard | None = None
        self._arrival = single_shot(self, ARRIVAL_MS)
        self._arrival.timeout.connect(self._fade)
        self._timer = single_shot(self, HOVER_DELAY_MS)
        self._timer.timeout.connect(self._show_hovered)

    @property
    def card(self) -> ReferenceCard:
        """The card, made when it is first asked for: a start does not pay for it."""
        if self._card is None:
            from reader.ui.marks.reference_card import ReferenceCard

            card = self._card = ReferenceCard(self._theme, self._page)
            card.wanted.connect(self._go_to_offset)
            card.document_wanted.connect(self._session.navigation.open)
            card.doi_wanted.connect(self._copy_doi)
            card.left.connect(self._come_back)
        return self._card

    @property
    def is_shown(self) -> bool:
        """Whether a card lies over the page."""
        return self._card is not None and self._card.isVisible()

    def put_away(self) -> None:
        """Take the card off the page."""
        if self._card is not None:
            self._card.hide()

    def set_theme(self, theme: Theme) -> None:
        """Draw its card in the colours of `theme` from now on."""
        self._theme = theme
        if self._card is not None:
            self._card.set_theme(theme)

    def open(self, document: Document | None) -> None:
        """Point into this document from now on."""
        self.put_away()
        self._timer.stop()
        self._arrival.stop()
        # Places of the text that was shown before.
        self._view.marks.focus = self._view.marks.arrived = self._left_at = None
        self._document, self._hovered = document, None
        marks = document.marks if document is not None else ()
        self._marks = [mark for mark in marks if mark.kind in ("reference_mark", "link")]
        self._marks.sort(key=lambda mark: mark.span.start)
        self._starts = [mark.span.start for mark in self._marks]
        self._meanings = None

    def hover(self, offset: int | None, point: QPoint) -> bool:
        """Take the mouse over a place of the text; return whether something there can be followed.

        `point` is in the page's coordinates; a card under it stays.
        """
        mark = self._mark_at(offset)
        meant = mark or self._short_form_at(offset)
        if meant != self._hovered:
            self._hovered = meant
            leads_out = mark is not None and mark.kind == "link" and not mark.target.startswith("#")
            self._view.viewport().setToolTip(mark.target if mark and leads_out else "")
            if meant is not None and (meant.kind != "link" or meant.target.startswith("#")):
                self._timer.start()
            else:
                self._timer.stop()
                if self.is_shown and not self.card.geometry().contains(point):
                    self.put_away()
        return mark is not None

    def click(self, offset: int | None) -> bool:
        """Follow what is at a place of the text; return whether there was anything."""
        mark = self._mark_at(offset)
        if mark is not None:
            self._follow(mark)
        return mark is not None

    def step(self, forwards: bool) -> bool:
        """Move the keyboard to the next mark in sight; return False when it leaves the page."""
        marks, visible = self._view.marks, self._view.visible_span()
        spans = [mark.span for mark in self._marks if visible.overlaps(mark.span)]
        if marks.focus in spans:
            i = spans.index(marks.focus) + (1 if forwards else -1)
        else:
            i = 0 if forwards else len(spans) - 1
        self.put_away()
        self._view.viewport().update()
        marks.focus = spans[i] if 0 <= i < len(spans) else None
        return marks.focus is not None

    def enter(self) -> None:
        """Follow the mark that the keyboard is at; when its card is shown, the card's way."""
        mark = next((m for m in self._marks if m.span == self._view.marks.focus), None)
        if self.is_shown:
            self.card.go()
        elif mark is not None and not self._preview(mark):
            self._follow(mark)

    def _mark_at(self, offset: int | None) -> Mark | None:
        if offset is None:
            return None
        i = bisect_right(self._starts, offset) - 1
        return self._marks[i] if i >= 0 and self._marks[i].span.holds(offset) else None

    def _short_form_at(self, offset: int | None) -> Mark | None:
        """The short form there as a mark, with the meaning that was given last before it."""
        if offset is None or self._document is None:
            return None
        if self._meanings is None:
            # When it is first asked for: a start need not look for any.
            self._meanings = meanings_in(self._document)
        if not self._meanings:
            return None
        first = max(0, offset - _LONGEST_WORD)
        for word in _WORD.finditer(self._document.text, first, offset + _LONGEST_WORD):
            if not word.start() <= offset < word.end():
                continue
            # "SSRIs" are more than one SSRI.
            meanings = self._meanings.get(word[0].removesuffix("s"))
            if meanings:
                before = [long for at, long in meanings if at <= offset]
                long = before[-1] if before else meanings[0][1]
                return Mark("abbreviation", Span(*word.span()), long)
        return None

    def _show_hovered(self) -> None:
        if self._hovered is not None and not self._preview(self._hovered):
            self.put_away()

    def _preview(self, mark: Mark) -> bool:
        """Show the card of a mark; return whether there is anything to show."""
        from reader.ui.marks import previews

        document = self._document
        assert document is not None
        shown = None
        if mark.kind == "abbreviation":
            short = mark.span.cut(document.text)
            shown = previews.meaning_preview(short, mark.target)
        elif mark.target.startswith("#"):
            shown = previews.place_preview(self._session, document, int(mark.target[1:]))
        elif mark.kind == "reference_mark":
            shown = previews.references_preview(self._session, document, mark)
        if shown is not None:
            self._left_at = self._view.marks.focus
            beside = self._view.rectangle_of(mark.span)
            self.card.show_rows(*shown, beside, by_keyboard=self._left_at == mark.span)
        return shown is not None

    def _follow(self, mark: Mark) -> None:
        if mark.kind in ("abbreviation", "reference_mark"):
            self._preview(mark)
        elif mark.target.startswith("#"):
            self._go_to_offset(int(mark.target[1:]))
        elif mark.target.startswith(SCHEME):
            self._session.notebook.follow(mark.target)
        else:
            self._session.notifier.offer(
                f"Offprint opens no web pages. The address is {mark.target}",
                "Copy Address",
                partial(QGuiApplication.clipboard().setText, mark.target),
            )

    def _copy_doi(self, doi: str) -> None:
        QGuiApplication.clipboard().setText(doi)
        self._session.notifier.info("The DOI is copied.")

    def _come_back(self) -> None:
        self._view.setFocus()
        self._view.marks.focus = self._left_at
        self._view.viewport().update()

    def _go_to_offset(self, offset: int) -> None:
        self.put_away()
        self._session.navigation.go_to(Span(offset, offset))
        self._view.setFocus()
        document = self._document
        if document is not None:
            held = (b.span for b in document.blocks if b.span.holds(offset))
            self._view.marks.arrived = next(held, None)
            self._arrival.start()

    def _fade(self) -> None:
        self._view.marks.arrived = None
        self._view.viewport().update()


def meanings_in(document: Document) -> dict[str, list[tuple[int, str]]]:
    """What short forms stand for in a document: each with where that is said, in order."""
    from reader.model.abbreviations import defined_in

    said = [
        (mark.span.cut(document.text), mark.span.start, mark.target)
        for mark in document.marks
        if mark.kind == "abbreviation" and mark.target
    ]
    defined = (*document.abbreviations, *defined_in(document.text))
    said += [(one.short, one.span.start, one.long) for one in defined]
    found: dict[str, list[tuple[int, str]]] = {}
    for short, offset, long in sorted(said, key=lambda one: one[1]):
        found.setdefault(short.removesuffix("s"), []).append((offset, long))
    return found
