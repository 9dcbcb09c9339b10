"""The page's scroll bar, with a tick wherever there is a hit or a highlight."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QScrollBar, QWidget

from reader.ui.widgets.theme import Theme

# As tall as a tick, or taller.
_TICK_PX = 4
# More highlights than these are drawn once, and not with each step of scrolling.
MANY = 200


class TickBar(QScrollBar):
    """A slim scroll bar; ticks are placed by share of the text, so they need no layout.

    Of a text that is set part by part it shows the whole: its values are those of the part.
    """

    share_wanted = Signal(float)  # of the whole text, in another part

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._theme = theme
        self._highlights: list[tuple[float, str]] = []
        self._hits: list[float] = []
        self._drawn_hits: tuple[int, tuple[int, ...]] = 0, ()  # for a height of the bar
        self._drawn: QPixmap | None = None  # with all ticks
        self._current: float | None = None
        self._part = 0.0, 1.0
        self._drawn_to: float | None = None
        self.setAccessibleName("Scroll bar of the page")

    def set_theme(self, theme: Theme) -> None:
        """Draws itself in the colours of `theme` from now on."""
        self._theme = theme
        self._renew()

    def set_part(self, start: float, end: float) -> None:
        """Say which share of the whole text the values of the bar are about."""
        self._part = start, max(end, start + 1e-6)
        self.update()

    @property
    def _handle(self) -> tuple[float, float]:
        """Upper end and height of the handle."""
        # Where the style sheet puts it; asking QStyle would cost a start 10 ms of its enums.
        start, end = self._part
        reach = max(1, self.maximum() - self.minimum())
        share = self.pageStep() / (reach + self.pageStep()) * (end - start)
        tall = max(36.0, share * self.height())
        at = start + (end - start) * (self.value() - self.minimum()) / reach
        if self._drawn_to is not None:
            at = self._drawn_to
        return (self.height() - tall) * at, tall

    def _draw_to(self, y: float) -> None:
        start, end = self._part
        _, tall = self._handle
        at = min(max((y - tall / 2) / max(1.0, self.height() - tall), 0.0), 1.0)
        self._drawn_to = at
        if start <= at <= end:
            reach = self.maximum() - self.minimum()
            self.setValue(self.minimum() + round((at - start) / (end - start) * reach))
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._part == (0.0, 1.0) or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
        else:
            self._draw_to(event.position().y())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drawn_to is None:
            super().mouseMoveEvent(event)
        else:
            self._draw_to(event.position().y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at, self._drawn_to = self._drawn_to, None
        if at is None:
            super().mouseReleaseEvent(event)
        elif not self._part[0] <= at <= self._part[1]:
            # Not while it is drawn: each part takes its time to be set.
            self.share_wanted.emit(at)
        self.update()

    def set_highlights(self, shares: Iterable[tuple[float, str]]) -> None:
        """Ticks of highlights: share of the text (0 to 1) and colour."""
        self._highlights = list(shares)
        self._renew()

    def set_hits(self, shares: Iterable[float]) -> None:
        """Ticks of hits."""
        self._hits = list(shares)
        self._drawn_hits = 0, ()
        self._renew()

    def set_current(self, share: float | None) -> None:
        """The tick of the current hit alone; None for none."""
        self._current = share
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(14, 100)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)

    def _rows_of_hits(self, height: int) -> tuple[int, ...]:
        """Where ticks of hits stand: twenty thousand of them fall onto some hundred rows."""
        if self._drawn_hits[0] != height:
            rows = dict.fromkeys(round(2 + share * height) for share in self._hits)
            self._drawn_hits = height, tuple(rows)
        return self._drawn_hits[1]

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if len(self._highlights) > MANY:
            painter.drawPixmap(0, 0, self._ground())
        else:
            painter.fillRect(self.rect(), QColor(theme.paper))
            self._draw_ticks(painter, 0, self.height())
        if self.maximum() > self.minimum() or self._part != (0.0, 1.0):
            y, tall = self._handle
            handle = QRectF(0, y, self.width(), tall)
            # The ticks lie over the handle: those that do are drawn once more.
            painter.save()
            painter.setClipRect(handle.toAlignedRect())
            painter.fillRect(self.rect(), QColor(theme.paper))
            painter.setPen(Qt.PenStyle.NoPen)
            lively = self.underMouse() or self.isSliderDown()
            painter.setBrush(QColor(theme.ink2 if lively else theme.edge))
            painter.drawRoundedRect(handle.adjusted(4, 2, -4, -2), 3, 3)
            self._draw_ticks(painter, y - _TICK_PX, y + tall + _TICK_PX)
            painter.restore()
        if self._current is not None:
            painter.fillRect(
                QRectF(0, 1 + self._current * (self.height() - 4), 14, 4),
                QColor(theme.current_edge),
            )

    def _ground(self) -> QPixmap:
        """The bar without its handle, as a picture."""
        ratio = self.devicePixelRatioF()
        made = self._drawn
        if made is None or made.size() != self.size() * ratio or made.devicePixelRatio() != ratio:
            made = self._drawn = QPixmap(self.size() * ratio)
            made.setDevicePixelRatio(ratio)
            made.fill(QColor(self._theme.paper))
            painter = QPainter(made)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._draw_ticks(painter, 0, self.height())
            painter.end()
        return made

    def _draw_ticks(self, painter: QPainter, top: float, bottom: float) -> None:
        """Draw the ticks that begin between two heights."""
        height = self.height() - 4
        colours = {colour: QColor(colour) for _, colour in self._highlights}
        for share, colour in self._highlights:
            if top <= (y := 2 + share * height) <= bottom:
                painter.fillRect(QRectF(9, y, 4, 2), colours[colour])
        hit_edge = QColor(self._theme.hit_edge)
        for y in self._rows_of_hits(height):
            if top <= y <= bottom:
                painter.fillRect(QRectF(1, y, 5, 2), hit_edge)

    def _renew(self) -> None:
        self._drawn = None
        self.update()
