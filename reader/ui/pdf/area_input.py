"""Drawing a rectangle on a printed page, by mouse or by keys, and marking it.

On a page without words a drag does so by itself; on any other, while the person is at it.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication

from reader.model.pdf.page_map import PageBox, place_in_text
from reader.session.session import Session
from reader.ui.marks.document_view import Target
from reader.ui.marks.view_binder import ViewBinder
from reader.ui.pdf.page_scroller import PageScroller
from reader.ui.pdf.spots import Spot

_HELP = "Drag a rectangle, or move one with the arrow keys (Shift: its size) and press Enter."
_STEP_PT = 9.0
_SMALLEST_PT = 4.0


class AreaInput(QObject):
    """The rectangle that is being drawn, and the verbs that change it."""

    def __init__(
        self,
        view: QAbstractScrollArea,
        session: Session,
        scroller: PageScroller,
        binder: ViewBinder,
    ) -> None:
        super().__init__(view)
        self.box: PageBox | None = None  # what is drawn now
        self.is_on = False
        self._view = view
        self._session = session
        self._scroller = scroller
        self._binder = binder
        self._from: Spot | None = None
        self._pressed = QPointF()

    def begin(self) -> None:
        """Have the next drag mark an area, on any page."""
        self.is_on = self._scroller.pages is not None
        self._set_box(None)
        if self.is_on:
            self._view.viewport().setCursor(Qt.CursorShape.CrossCursor)
            self._session.notifier.offer(_HELP, "Cancel", self.end, self._is_on)

    def _is_on(self) -> bool:
        return self.is_on

    def end(self) -> bool:
        """Let go of what is drawn and mark no area; return whether that was so."""
        was_on = self.is_on or self.box is not None
        self.is_on, self._from = False, None
        self._set_box(None)
        if was_on:
            self._view.viewport().unsetCursor()
        return was_on

    def wants(self, spot: Spot | None) -> bool:
        """Whether a drag that begins at a spot draws a rectangle."""
        pages = self._scroller.pages
        if pages is None or spot is None or self._session.pages.are_being_read:
            return False
        number, x, y = spot
        page = pages.pages[number - 1]
        on_page = 0 <= x <= page.width_pt and 0 <= y <= page.height_pt
        return on_page and (self.is_on or not pages.has_words(number))

    @property
    def is_drawing(self) -> bool:
        """Whether the mouse is held at a rectangle."""
        return self._from is not None

    # Mouse

    def press(self, spot: Spot, point: QPointF) -> None:
        """The button went down at a spot, which is a point of the viewport."""
        self._from, self._pressed = spot, point

    def move(self, point: QPointF) -> None:
        """Draw from where the button went down to a point of the viewport, on the same page."""
        if self._from is None:
            return
        number, x, y = self._from
        place = self._scroller.place_of(point)
        placed = self._scroller.layout.of(number)
        across, down = placed.point(place.x(), place.y())
        across = min(max(across, 0.0), placed.page.width_pt)
        down = min(max(down, 0.0), placed.page.height_pt)
        box = PageBox(number, min(x, across), min(y, down), max(x, across), max(y, down))
        far = (point - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if far or self.box is not None:
            self._set_box(box)

    def release(self) -> bool:
        """The button was let go of: mark what is drawn; return whether there was anything."""
        self._from = None
        box = self.box
        if box is None:
            return False
        if min(box.right - box.left, box.bottom - box.top) < _SMALLEST_PT:
            # As thin as a line it was not meant.
            self._set_box(None)
            return True
        self._mark(box)
        return True

    # Keys

    def key(self, event: QKeyEvent) -> bool:
        """Move the rectangle or its corner by an arrow key, mark it by Enter; return whether the
        key did."""
        keys, key = Qt.Key, event.key()
        if key == keys.Key_Escape:
            # The window hears of it too, and takes away what was said.
            self.end()
        if not self.is_on:
            return False
        if key in (keys.Key_Return, keys.Key_Enter) and self.box is not None:
            self._mark(self.box)
            return True
        steps = {
            keys.Key_Left: (-_STEP_PT, 0.0),
            keys.Key_Right: (_STEP_PT, 0.0),
            keys.Key_Up: (0.0, -_STEP_PT),
            keys.Key_Down: (0.0, _STEP_PT),
        }
        step = steps.get(keys(key))
        if step is None:
            return False
        self._step(step, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        return True

    def _step(self, step: tuple[float, float], sized: bool) -> None:
        pages = self._scroller.pages
        assert pages is not None
        box = self.box or self._in_the_middle()
        page = pages.pages[box.page - 1]
        across, down = step
        if sized:
            right = min(max(box.right + across, box.left + _STEP_PT), page.width_pt)
            bottom = min(max(box.bottom + down, box.top + _STEP_PT), page.height_pt)
            self._set_box(PageBox(box.page, box.left, box.top, right, bottom))
            return
        across = min(max(across, -box.left), page.width_pt - box.right)
        down = min(max(down, -box.top), page.height_pt - box.bottom)
        self._set_box(
            PageBox(
                box.page, box.left + across, box.top + down, box.right + across, box.bottom + down
            )
        )

    def _in_the_middle(self) -> PageBox:
        """A rectangle in the middle of what is in sight."""
        size = self._view.viewport().size()
        middle = QPointF(size.width() / 2, size.height() / 2)
        spot = self._scroller.spot_of(middle)
        assert spot is not None
        assert self._scroller.pages is not None
        number, x, y = spot
        page = self._scroller.pages.pages[number - 1]
        wide, tall = page.width_pt / 6, page.height_pt / 12
        x = min(max(x, wide), page.width_pt - wide)
        y = min(max(y, tall), page.height_pt - tall)
        return PageBox(number, x - wide, y - tall, x + wide, y + tall)

    def _set_box(self, box: PageBox | None) -> None:
        self.box = box
        self._view.viewport().update()

    def _mark(self, box: PageBox) -> None:
        pages = self._scroller.pages
        self.end()
        if pages is None:
            return
        made = self._session.marker.mark_area(box, place_in_text(pages, box))
        annotation = self._session.annotations.get(made)
        if annotation is not None:
            where = self._scroller.rectangle_of_box(box)
            self._binder.click(Target(area=annotation, area_box=where))
