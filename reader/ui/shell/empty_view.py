"""What the page shows when the library is empty."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from reader.ui.widgets.theme import Theme


class EmptyPage(QWidget):
    """Says what to do first, with the two ways to do it."""

    open_wanted = Signal()
    guide_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = QLabel("Your library is empty", self)
        self._text = QLabel(
            "Drop articles, guidelines or a whole folder here, or open them. "
            "Offprint keeps its own copy; your files stay as they are.",
            self,
        )
        self._text.setWordWrap(True)
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        open_button = QPushButton("Open…", self)
        open_button.setDefault(True)
        open_button.clicked.connect(self.open_wanted)
        guide_button = QPushButton("Read the guide", self)
        guide_button.clicked.connect(self.guide_wanted)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(open_button)
        buttons.addWidget(guide_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(self._title, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8)
        column.addWidget(self._text, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(16)
        column.addLayout(buttons)
        column.addStretch(3)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draws itself in the colours of `theme` from now on."""
        self.setStyleSheet(f"#paper {{ background: {theme.paper}; }}")
        self._title.setStyleSheet(
            f"font-family: 'Offprint Serif'; font-size: {theme.px(26)}px; font-weight: 600;"
        )
        self._text.setFixedWidth(round(theme.px(420)))
        self._text.setMinimumHeight(round(theme.px(44)))
        self._text.setStyleSheet(f"color: {theme.ink2}; font-size: {theme.px(14)}px;")
