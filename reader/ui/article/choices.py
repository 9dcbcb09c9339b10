"""Choices of the reading panel: words in their typeface, small drawings, papers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from reader.ui.widgets.theme import THEMES, Theme, serif

Draw = Callable[[QPainter, QRectF, Theme], None]


class Choice(QAbstractButton):
    """One of several: words in a font, or a drawing; ringed while it is the present one."""

    def __init__(
        self,
        value: str,
        said: str,
        theme: Theme,
        font: Callable[[Theme], QFont] | None = None,
        draw: Draw | None = None,
    ) -> None:
        super().__init__()
        self.value = value
        self._theme = theme
        self._draw = draw
        self.setCheckable(True)
        self.setText(said)
        self.setAccessibleName(said)
        self.setToolTip(said)
        # Its own font: the style sheet of the application would take another from it.
        self._font_of = font or _plain
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Draw itself in the colours of `theme` from now on."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        scale = self._theme.text_scale
        return QSize(round(56 * scale), round(36 * scale))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        edge = theme.accent if self.isChecked() else theme.line
        painter.setPen(QPen(QColor(edge), 2 if self.isChecked() else 1))
        painter.setBrush(QColor(theme.pressed if self.underMouse() else theme.raised))
        painter.drawRoundedRect(area, 6, 6)
        if self._draw is not None:
            self._draw(painter, area, theme)
        else:
            painter.setPen(QColor(theme.accent if self.isChecked() else theme.ink))
            painter.setFont(self._font_of(theme))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent), 1, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(area.adjusted(3, 3, -3, -3), 4, 4)


def _plain(theme: Theme) -> QFont:
    return theme.sans(13)


@dataclass(frozen=True, slots=True)
class Lines:
    """Draws a few lines of text, so wide and so far apart."""

    share: float
    gap_px: int

    def __call__(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        wide = area.width() * self.share
        left, top = area.center().x() - wide / 2, area.center().y() - 1.5 * self.gap_px
        painter.setPen(QPen(QColor(theme.ink2), 1.6))
        for i in range(4):
            end = left + wide * (0.6 if i == 3 else 1.0)
            y = top + i * self.gap_px
            painter.drawLine(round(left), round(y), round(end), round(y))


@dataclass(frozen=True, slots=True)
class Swatch:
    """Draws letters on the paper of a theme; without one, on light and dark paper by halves."""

    shown: Theme | None

    def __call__(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        inner = area.adjusted(4, 4, -4, -4)
        halves = [(inner, self.shown)] if self.shown is not None else _halves(inner)
        for part, one in halves:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(one.paper))
            painter.drawRoundedRect(part, 3, 3)
            painter.setPen(QColor(one.ink))
            painter.setFont(serif(15))
            painter.drawText(part, Qt.AlignmentFlag.AlignCenter, "a")


def _halves(area: QRectF) -> list[tuple[QRectF, Theme]]:
    left, right = QRectF(area), QRectF(area)
    left.setRight(area.center().x())
    right.setLeft(area.center().x())
    return [(left, THEMES["light"]), (right, THEMES["dark"])]
