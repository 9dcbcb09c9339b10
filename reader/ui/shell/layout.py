"""The window's layout: header, left pane, page and notes, and who gives room to whom."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from reader.session.settings import Settings
from reader.settings import PANES, SPLIT

LEFT_PX = 256
RIGHT_PX = 300
# Below these widths of the window a pane gives its room to the page.
NOTES_FROM_PX = 980
LEFT_FROM_PX = 720


class Layout(QWidget):
    """Owns the widths of the panes and which of them are hidden, by a person or for want of room.

    `foot` is the row below the page, which goes with the document.
    """

    def __init__(
        self,
        settings: Settings,
        header: QWidget,
        left: QWidget,
        middle: QWidget,
        right: QWidget,
        foot: QWidget,
    ) -> None:
        super().__init__()
        self._settings = settings
        self._left = left
        self._right = right
        self._least_px = {right: NOTES_FROM_PX, left: LEFT_FROM_PX, foot: 0}
        self._put_away: set[QWidget] = set()
        self._is_alone = False
        self._sizes: list[int] = []
        self.split = QSplitter(Qt.Orientation.Horizontal)
        for widget, stretch in ((left, 0), (middle, 1), (right, 0)):
            self.split.addWidget(widget)
            self.split.setStretchFactor(self.split.count() - 1, stretch)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        self.split.setSizes([LEFT_PX, 810, RIGHT_PX])
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(header)
        rows.addWidget(self.split, 1)

    def fit(self, width_px: int) -> None:
        """Give the page its room in a window so wide: the notes go first, then the contents."""
        for pane in (self._right, self._left):
            if width_px < self._least_px[pane]:
                self._put(pane)
            elif pane in self._put_away and not self._is_alone:
                self._put_away.discard(pane)
                pane.show()

    def _put(self, pane: QWidget) -> None:
        if not pane.isHidden():
            pane.hide()
            self._put_away.add(pane)

    def make_room(self) -> None:
        """What takes the page's place has the whole width: nothing beside it is of a document."""
        if not self._is_alone:
            self._sizes = self.split.sizes()
        self._is_alone = True
        for pane in self._least_px:
            self._put(pane)

    def give_room_back(self) -> None:
        """Show again what `make_room` has put away, where there is room for it."""
        was_alone, self._is_alone = self._is_alone, False
        for pane, least_px in self._least_px.items():
            if pane in self._put_away and self.window().width() >= least_px:
                self._put_away.discard(pane)
                pane.show()
        if was_alone:
            self.split.setSizes(self._sizes)

    def toggle_left(self) -> None:
        """Show or hide contents and library."""
        self._toggle(self._left)

    def toggle_notes(self) -> None:
        """Show or hide the notes."""
        self._toggle(self._right)

    def _toggle(self, pane: QWidget) -> None:
        self._put_away.discard(pane)
        pane.setVisible(not pane.isVisible())

    def restore(self) -> None:
        """Take the widths and the hidden panes that were saved last."""
        if sizes := self._settings.get(SPLIT):
            self.split.setSizes(sizes)
        panes = self._settings.get(PANES)
        self._left.setVisible(panes["left"])
        self._right.setVisible(panes["notes"])

    def save(self) -> None:
        """Save the widths and what a person has hidden; what lacks room only now comes back."""
        self._settings.set(SPLIT, self._sizes if self._is_alone else self.split.sizes())
        shown = {
            name: not pane.isHidden() or pane in self._put_away
            for name, pane in (("left", self._left), ("notes", self._right))
        }
        self._settings.set(PANES, shown)
