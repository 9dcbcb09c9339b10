"""The view of printed pages: drawn as they are wanted, with marks over them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from reader.model.annotation import Annotation
from reader.model.document import Document
from reader.model.pdf.tile import Tile
from reader.model.search import Hit
from reader.model.span import Span
from reader.problem import Locked
from reader.session.session import Session
from reader.session.timers import single_shot
from reader.ui.marks.mark_painter import Marking
from reader.ui.marks.note_signs import NOTE_SIGN_PX, NOTE_SIGNS
from reader.ui.pdf.page_area import SheetArea
from reader.ui.pdf.page_layout import Leaf
from reader.ui.pdf.tile_cache import MOST_BYTES, Tiles, paper_of, tiles_of
from reader.ui.widgets.theme import Theme, pixmap, sans

DESK = {"light": "#EBEAE6", "sepia": "#E2D8C4", "dark": "#0D0E10"}


class SheetView(SheetArea):
    """Shows the pages of the open document, when it is shown as printed."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, theme, parent)
        self.marking = Marking()
        self._starts: list[int] = []
        self._asked = False
        self.tiles = Tiles(session, MOST_BYTES, self)
        self.setAccessibleName("Printed pages")
        self.setAccessibleDescription("F8 shows the same text as an article.")
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        # A wheel turns many times a frame; what is to be drawn is decided once.
        self._wanting = single_shot(self)
        self._wanting.timeout.connect(self._want)
        self.tiles.came.connect(self._take_tile)
        session.current.changed.connect(self.open)
        session.pages.mode_changed.connect(self._reopen)
        session.navigation.scroll_requested.connect(self.show_span)
        session.pages.page_requested.connect(self.go_to_page)
        session.annotations.changed.connect(self._take_annotations)
        session.selection.annotation_changed.connect(self._take_choice)
        session.selection.span_changed.connect(self._take_selection)
        session.search.results_changed.connect(self._take_hits)
        session.search.hit_changed.connect(self._take_hit)
        session.pages.rotated.connect(self._take_rotation)
        session.settings.changed.connect(self._take_setting)

    def open(self, document: Document | None) -> None:
        """Shows a document's pages where this user left them; nothing when it is shown as text."""
        self.tiles.clear()
        self._asked = False
        self.marking.current = None
        shown = document is not None and self.session.pages.as_printed
        self.show_pages(self.session.pages.page_map if shown else None)
        self._take_annotations()
        self._take_hits()

    def _reopen(self) -> None:
        self.open(self.session.current.document)

    def set_theme(self, theme: Theme) -> None:
        """Shows the pages in another theme."""
        self.theme = theme
        self.ticks.set_theme(theme)
        self._wanting.start()
        self.viewport().update()

    def laid_out(self) -> None:
        self._tick()

    def scrolled(self) -> None:
        self._wanting.start()
        self.viewport().update()
        super().scrolled()

    # Drawing

    def _want(self) -> None:
        if self.pages is None or not self.isVisible():
            return
        ratio, height = self.devicePixelRatioF(), self.viewport().height()
        seen = QRectF(self.left, self.top, self.viewport().width(), height)
        wanted = [t for leaf in self.in_sight() for t in self.tiles_in_sight(leaf, ratio)]
        shown = {leaf.page.number for leaf in self.in_sight()}
        if shown:
            for number in (max(shown) + 1, min(shown) - 1, max(shown) + 2):
                if 1 <= number <= len(self.leaves.all):
                    near = self.leaves.of(number)
                    # Of large pages, what comes into sight first.
                    edge = QRectF(seen).translated(0, height * (1 if number > min(shown) else -1))
                    wanted += self._tiles(near, edge, ratio)
        self.tiles.want(wanted)

    def tiles_in_sight(self, leaf: Leaf, ratio: float) -> Iterable[Tile]:
        """The tiles of a page that are in sight, on a screen with `ratio` pixels a unit."""
        size = self.viewport().size()
        return self._tiles(leaf, QRectF(self.left, self.top, size.width(), size.height()), ratio)

    def _tiles(self, leaf: Leaf, seen: QRectF, ratio: float) -> Iterable[Tile]:
        return tiles_of(leaf, ratio, self.theme, seen)

    def _take_tile(self) -> None:
        self.viewport().update()
        locked = [one for one in self.tiles.problems.values() if isinstance(one, Locked)]
        document = self.session.current.document
        if locked and document is not None and not self._asked:
            # Once: whoever says no reads the sentence on the pages.
            self._asked = True
            self.session.imports.ask_password(document.id, locked[0])

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(DESK[self.theme.name]))
        if self.pages is None:
            return
        painter.translate(-self.left, -self.top)
        seen = QRectF(event.rect().translated(self.left, self.top))
        for leaf in self.in_sight():
            self._paint_leaf(painter, leaf, seen)

    def _paint_leaf(self, painter: QPainter, leaf: Leaf, seen: QRectF) -> None:
        theme, area = self.theme, leaf.area
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.setBrush(QColor(paper_of(theme)))
        painter.drawRect(area.adjusted(-0.5, -0.5, 0.5, 0.5))
        problem = self.tiles.problems.get(leaf.page.number)
        if problem is not None:
            painter.setPen(QColor(theme.ink2))
            painter.setFont(sans(13))
            flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
            painter.drawText(area.adjusted(24, 24, -24, -24), flags, problem.sentence)
            return
        self.tiles.paint(painter, leaf, self._tiles(leaf, seen, self.devicePixelRatioF()))
        painter.save()
        painter.setClipRect(area.adjusted(-2, 0, 2, 0))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        boxes = partial(self._boxes, leaf)
        if self.session.selection.span is not None:
            self._paint_selection(painter, boxes(self.session.selection.span))
        self.marking.paint_within(painter, theme, leaf.page.span, boxes, over=True)
        painter.restore()
        for annotation, box in self.note_signs(leaf):
            colour = theme.edges[annotation.colour]
            name = NOTE_SIGNS.get(annotation.motivation, "message-square-text")
            if annotation.state == "check":
                name = "circle-alert"
            sign = pixmap(name, colour, NOTE_SIGN_PX, self.devicePixelRatioF())
            painter.drawPixmap(box.topLeft(), sign)

    def _boxes(self, leaf: Leaf, span: Span) -> list[QRectF]:
        assert self.pages is not None
        found = [leaf.box(box) for box in self.pages.boxes(span, leaf.page.number)]
        return [box.adjusted(-1, -0.5, 1, 0.5) for box in found]

    def _paint_selection(self, painter: QPainter, boxes: list[QRectF]) -> None:
        mode = QPainter.CompositionMode
        dark = self.theme.dark
        painter.setCompositionMode(
            mode.CompositionMode_Lighten if dark else mode.CompositionMode_Multiply
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.selection))
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        for box in boxes:
            path.addRect(box)
        painter.drawPath(path)
        painter.setCompositionMode(mode.CompositionMode_SourceOver)

    def note_signs(self, leaf: Leaf) -> list[tuple[Annotation, QRect]]:
        """The signs beside a page of the notes on it, in the view's coordinates."""
        found: list[tuple[Annotation, QRect]] = []
        span, last_y = leaf.page.span, -100
        for place, annotation in self.marking.highlights.within(span.start, span.end + 1):
            signed = annotation.note or annotation.state == "check"
            if not (signed or annotation.motivation in NOTE_SIGNS):
                continue
            boxes = self._boxes(leaf, Span(place.start, max(place.end, place.start + 1)))
            if not boxes:
                continue
            y = round(boxes[0].center().y() - NOTE_SIGN_PX / 2)
            shift = NOTE_SIGN_PX if abs(y - last_y) < 10 else 0
            last_y = y
            x = round(leaf.area.right()) - NOTE_SIGN_PX - 6 - shift
            found.append((annotation, QRect(x, y, NOTE_SIGN_PX, NOTE_SIGN_PX)))
        return found

    # What the session says

    def _take_annotations(self, _changes: object = None) -> None:
        self.marking.set_annotations(self.session.annotations.spans, self.session.annotations.all)
        self._tick()

    def propose(self, span: Span | None) -> None:
        """Frames a passage that a note may belong to; None for no longer."""
        self.marking.proposed = span
        self.viewport().update()

    def _share(self, span: Span) -> float:
        """How far down all pages a span is, as far as that is known without its page's words."""
        leaf = self.leaves.all[max(bisect_right(self._starts, span.start) - 1, 0)]
        text, area = leaf.page.span, leaf.area
        within = min((span.start - text.start) / max(len(text), 1), 1.0)
        return (area.y() + within * area.height()) / self.leaves.height

    def _tick(self) -> None:
        self.viewport().update()
        if self.pages is None:
            self.ticks.set_highlights(())
            self.ticks.set_hits((), None)
            return
        self._starts = [leaf.page.span.start for leaf in self.leaves.all]
        self.ticks.set_highlights(
            (self._share(span), self.theme.edges[note.colour])
            for span, note in self.marking.highlights.items
        )
        current = self.marking.current
        self.ticks.set_hits(
            [self._share(span) for span, _ in self.marking.hits.items],
            self._share(current) if current is not None else None,
        )

    def _take_hits(self) -> None:
        finding = self.session.search.state
        hits = finding.article.hits if finding.active else ()
        self.marking.set_hits([hit.span for hit in hits if not hit.annotation_id])
        self.marking.current = finding.hit.span if finding.hit is not None else None
        self._tick()

    def _take_hit(self, hit: Hit | None) -> None:
        document = self.session.current.document
        here = hit is not None and document is not None and hit.document_id == document.id
        self.marking.current = hit.span if hit is not None and here else None
        self._tick()

    def _take_choice(self, annotation_id: str) -> None:
        self.marking.chosen = annotation_id
        self.viewport().update()

    def _take_selection(self, _span: Span | None) -> None:
        self.viewport().update()
