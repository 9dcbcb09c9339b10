"""The small controls that the window is made of."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QIcon,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QToolButton,
    QWidget,
)

from reader.model.annotation import Colour
from reader.ui.widgets.theme import FONT_PX, LIGHT, Theme, pixmap

# Below the title bar, a window's frame has an edge at the bottom.
FRAME_EDGE_PX = 12


class IconButton(QToolButton):
    """A flat square button that shows one of our icons; its tooltip is also its name."""

    def __init__(
        self, name: str, tip: str, theme: Theme, parent: QWidget | None = None, size_px: int = 32
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._theme = theme
        self._size_px = size_px
        self.setToolTip(tip)
        self.setAccessibleName(tip.split(" (")[0])
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_theme(theme)

    def set_icon(self, name: str) -> None:
        """Shows another icon."""
        self._name = name
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Draws itself in the colours of `theme` from now on."""
        self._theme = theme
        side_px = theme.room(self._size_px)
        self.setFixedSize(side_px, side_px)
        self.update()

    def sizeHint(self) -> QSize:
        return self.maximumSize()

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.isEnabled() and (self.underMouse() or self.isDown() or self.isChecked()):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.pressed if not self.isDown() else theme.line))
            painter.drawRoundedRect(area, 6, 6)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRoundedRect(area, 6, 6)
        if not self.isEnabled():
            painter.setOpacity(0.4)
        size_px = theme.room(18 if self._size_px >= 28 else 16)
        colour = theme.accent if self.isChecked() else theme.ink2
        picture = pixmap(self._name, colour, size_px, self.devicePixelRatioF())
        at = (self.width() - size_px) / 2, (self.height() - size_px) / 2
        painter.drawPixmap(int(at[0]), int(at[1]), picture)


class ColourDot(QToolButton):
    """A round button of one highlight colour."""

    def __init__(
        self, colour: Colour, tip: str, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.colour = colour
        self._theme = theme
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedSize(24, 24)

    def set_theme(self, theme: Theme) -> None:
        """Draws itself in the colours of `theme` from now on."""
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus() or self.isChecked():
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawEllipse(QRectF(2, 2, 20, 20))
        painter.setPen(QPen(QColor(theme.edges[self.colour]), 1.4))
        painter.setBrush(QColor(theme.fills[self.colour]))
        radius = 6.5 if self.underMouse() else 6.0
        painter.drawEllipse(QRectF(12 - radius, 12 - radius, 2 * radius, 2 * radius))


def room_on_screen(dialog: QWidget) -> QSize:
    """What a dialog may measure without the bar with its title: so its buttons are on the screen.

    Its own frame is there only once it is shown: that of the window below it tells.
    """
    bar = dialog.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight, None, dialog)
    parent = dialog.parentWidget()
    below = parent.window() if parent is not None else dialog
    frame = below.frameGeometry().size() - below.size()
    room = dialog.screen().availableGeometry().size()
    return room - QSize(frame.width(), max(bar, frame.height()) + FRAME_EDGE_PX)


def resize_with_text(dialog: QWidget, width_px: int, height_px: int) -> None:
    """Give a dialog its first size: larger with the text of the window, as far as fits."""
    scale = QApplication.font().pixelSize() / FONT_PX
    own = QSize(width_px, height_px)
    dialog.resize((own * scale).boundedTo(room_on_screen(dialog)).expandedTo(own))


def scrolled(widget: QWidget) -> QScrollArea:
    """A widget that scrolls where a small screen, or large text, leaves it no room."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(widget)
    return area


def choice_box(parent: QWidget, names: Sequence[str], name: str) -> QComboBox:
    """A choice of some names, called `name` to those who cannot see it."""
    box = QComboBox(parent)
    box.addItems(list(names))
    box.setAccessibleName(name)
    box.setToolTip(name)
    return box


def push_button(parent: QWidget, text: str, tip: str) -> QPushButton:
    """A button that says what it does at length when the mouse rests on it."""
    button = QPushButton(text, parent)
    button.setToolTip(tip)
    return button


class ElidedLabel(QLabel):
    """One line of text, cut with an ellipsis where it has no room; whole in its tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def set_whole(self, text: str) -> None:
        """Shows `text`, as much of it as there is room for."""
        self._whole = text
        self.setToolTip(text)
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        room = self.fontMetrics().elidedText(
            self._whole, Qt.TextElideMode.ElideRight, max(0, self.width() - 2)
        )
        if room != self.text():
            super().setText(room)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())


def swatch(colour: Colour) -> QIcon:
    """A dot of a highlight colour, with an edge that shows on light and on dark menus."""
    picture = QPixmap(32, 32)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(LIGHT.edges[colour]), 3))
    painter.setBrush(QColor(LIGHT.fills[colour]))
    painter.drawEllipse(4, 4, 24, 24)
    painter.end()
    return QIcon(picture)


class Caps(QLabel):
    """A pane's heading in small letters."""

    def __init__(self, text: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(text.upper(), parent)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draws itself in the colours of `theme` from now on."""
        self.setStyleSheet(
            f"color: {theme.ink3};"
            f" font-size: {theme.px(11)}px; font-weight: 600; letter-spacing: 0.6px;"
        )
