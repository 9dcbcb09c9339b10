"""The dialog that asks in which style citations are copied, each shown with the open document."""

from __future__ import annotations

import re

from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from reader.model.export.citation import STYLES, Style
from reader.session.session import Session
from reader.settings import CITATION_STYLE
from reader.ui.widgets.controls import resize_with_text, scrolled
from reader.ui.widgets.theme import Theme

# So many signs without a space are too many for a line; not those of tags.
_LONG_WORD = re.compile(r"[^\s<>&;]{16}(?=[^\s<>&;]{4})(?![^<]*>)")


class CitationDialog(QDialog):
    """One line a style, and under it how it cites the open document."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle("Citation Style")
        resize_with_text(self, 660, 480)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(4)
        self._group = QButtonGroup(self)
        self.buttons: dict[Style, QRadioButton] = {}
        for style, title in STYLES.items():
            button = QRadioButton(title, self)
            button.setChecked(style == session.citations.style)
            self._group.addButton(button)
            self.buttons[style] = button
            example = QLabel(_breakable(session.citations.citation(style).html), self)
            example.setWordWrap(True)
            example.setContentsMargins(26, 0, 0, 8)
            example.setStyleSheet(f"color: {theme.ink2};")
            button.setAccessibleDescription(session.citations.citation(style).plain)
            column.addWidget(button)
            column.addWidget(example)
        standard = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(standard.Ok | standard.Cancel, self)
        buttons.accepted.connect(self._keep)
        buttons.rejected.connect(self.reject)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.addWidget(scrolled(inner), 1)
        whole.addWidget(buttons)
        self.buttons[session.citations.style].setFocus()

    def _keep(self) -> None:
        for style, button in self.buttons.items():
            if button.isChecked():
                self._session.settings.set(CITATION_STYLE, style)
        self.accept()


def _breakable(html: str) -> str:
    """Text whose long words, as addresses, may be broken, so that they make no dialog wide."""
    return _LONG_WORD.sub(lambda found: f"{found[0]}\u200b", html)
