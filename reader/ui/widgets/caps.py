"""The heading of a pane."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from reader.ui.widgets.theme import Theme


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
