"""What the words of a query are called too, each to be switched off and on again."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from reader.model.search import Expansion
from reader.session.session import Session
from reader.ui.widgets.theme import Theme

MOST = 8
# Why the one stands for the other.
_SAYS = {
    "library": "a document says so",
    "list": "our own list says so",
    "spelling": "British and American spelling",
    "everyday": "an everyday and a clinical name",
}
# What the margins of the row and of a chip take.
_ROOM_PX = 52


class Chips(QWidget):
    """One chip for each expansion; what is switched off stays, to be switched on."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._expansions: tuple[Expansion, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 2, 14, 8)
        self._column.setSpacing(6)
        self._chips: list[QPushButton] = []
        session.search.results_changed.connect(self._show)
        self._show()

    def set_theme(self, theme: Theme) -> None:
        """Draws itself in the colours of `theme` from now on."""
        self._theme = theme
        self._dress()

    def _show(self) -> None:
        found = self._session.search.state.expansions[:MOST]
        if found != self._expansions:
            self._expansions = found
            self._make()
        self.setVisible(bool(found))

    def _make(self) -> None:
        focused = next((i for i, chip in enumerate(self._chips) if chip.hasFocus()), -1)
        for chip in self._chips:
            self._column.removeWidget(chip)
            chip.deleteLater()
        self._chips = [self._chip(expansion) for expansion in self._expansions]
        self._dress()
        if 0 <= focused < len(self._chips):
            self._chips[focused].setFocus(Qt.FocusReason.OtherFocusReason)

    def _chip(self, expansion: Expansion) -> QPushButton:
        chip = QPushButton(self)
        chip.setCheckable(True)
        chip.setChecked(expansion.used)
        chip.setProperty("expansion", expansion.name)
        state = "Also looked for" if expansion.used else "Not looked for"
        chip.setToolTip(f"{expansion.name}: {_SAYS[expansion.origin]}. {state}.")
        chip.setAccessibleName(f"{expansion.name}. {state}.")
        chip.clicked.connect(self._switch)
        self._column.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
        chip.show()
        return chip

    def _dress(self) -> None:
        theme = self._theme
        style = (
            f"QPushButton {{ border: 1px solid {theme.edge}; border-radius: 10px;"
            f" padding: 3px 9px;"
            f" font-size: {theme.px(12)}px; font-weight: 400; color: {theme.ink3};"
            " background: transparent; text-align: left; }"
            f"QPushButton:checked {{ background: {theme.accent_soft}; color: {theme.ink}; }}"
            f"QPushButton:focus {{ border: 2px solid {theme.accent}; padding: 2px 8px; }}"
        )
        for chip, expansion in zip(self._chips, self._expansions, strict=True):
            chip.setStyleSheet(style)
            font = chip.font()
            font.setStrikeOut(not expansion.used)
            chip.setFont(font)
        self._fit()

    def _fit(self) -> None:
        for chip, expansion in zip(self._chips, self._expansions, strict=True):
            room = max(60, self.width() - _ROOM_PX)
            elided = Qt.TextElideMode.ElideRight
            chip.setText(chip.fontMetrics().elidedText(expansion.name, elided, room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _switch(self) -> None:
        chip = self.sender()
        assert isinstance(chip, QPushButton)
        self._session.search.toggle_synonym(str(chip.property("expansion")))
