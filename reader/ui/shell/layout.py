"""The window's layout: header, left pane, page and notes, and who gives room to whom."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from reader.session.settings import Settings
from reader.settings import PANES, SPLIT
from reader.ui.widgets.theme import Theme

LEFT_PX = 256
RIGHT_PX = 300
# Below these widths of the window a pane gives its room to the page.
NOTES_FROM_PX = 980
LEFT_FROM_PX = 720
# Over the results: two tabs, which grow with the text, and two buttons, which do not.
_TABS_PX = 172
_BUTTONS_PX = 76


def header_px(theme: Theme) -> int:
    """How high the header is: the search field and the room around it."""
    return search_field_px(theme) + 18


def search_field_px(theme: Theme) -> int:
    """How high the search field is."""
    return round(theme.px(16)) + 18


def foot_px(theme: Theme) -> int:
    """How high the row below the page is."""
    return round(theme.px(14)) + 22


def least_left_px(theme: Theme) -> int:
    """How wide the left pane is at least, so that no digit is cut off the numbers of results."""
    return _BUTTONS_PX + round(theme.px(_TABS_PX))


class Layout(QWidget):
    """Owns the widths of the panes and which of them are hidden, by a person or for want of room.

    Header, left pane and notes come after the first paint, each by `put`: until then an empty
    ground keeps its place, so that the page does not move when they come.
    """

    def __init__(self, settings: Settings, theme: Theme, middle: QWidget) -> None:
        super().__init__()
        self._settings = settings
        self._header = QWidget()
        self._header.setFixedHeight(header_px(theme))
        self._left = QWidget()
        self._left.setMinimumWidth(least_left_px(theme))
        self._right = QWidget()
        for ground in (self._header, self._left, self._right):
            ground.setObjectName("header_ground" if ground is self._header else "chrome")
            ground.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._least_px = {self._right: NOTES_FROM_PX, self._left: LEFT_FROM_PX}
        self._put_away: set[QWidget] = set()
        self._is_alone = False
        self._sizes: list[int] = []
        self.split = QSplitter(Qt.Orientation.Horizontal)
        for widget, stretch in ((self._left, 0), (middle, 1), (self._right, 0)):
            self.split.addWidget(widget)
            self.split.setStretchFactor(self.split.count() - 1, stretch)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        self.split.setSizes([LEFT_PX, 810, RIGHT_PX])
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._rows.addWidget(self._header)
        self._rows.addWidget(self.split, 1)

    def put_header(self, header: QWidget) -> None:
        """Lay the header into its place, now: a key may have a menu opened below a button of it."""
        self._rows.replaceWidget(self._header, header)
        header.show()
        self._rows.activate()
        self._header.deleteLater()
        self._header = header

    def put_left(self, pane: QWidget) -> None:
        """Lay the left pane into its place; it is hidden if the place was."""
        self._exchange(self._left, pane)
        self._left = pane

    def put_notes(self, pane: QWidget) -> None:
        """Lay the notes into their place; they are hidden if the place was."""
        self._exchange(self._right, pane)
        self._right = pane

    def put_foot(self, foot: QWidget) -> None:
        """Name the row below the page, which goes with the document."""
        self._least_px[foot] = 0

    def _exchange(self, ground: QWidget, pane: QWidget) -> None:
        self.split.replaceWidget(self.split.indexOf(ground), pane)
        self.split.setStretchFactor(self.split.indexOf(pane), 0)
        self._least_px[pane] = self._least_px.pop(ground)
        if ground in self._put_away:
            self._put_away.remove(ground)
            self._put_away.add(pane)
        ground.deleteLater()

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
