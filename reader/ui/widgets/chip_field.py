"""A field for several names: each is a chip, known ones are completed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QPushButton, QVBoxLayout, QWidget

from reader.ui.widgets.flow_layout import FlowLayout
from reader.ui.widgets.theme import Theme

Parsing = Callable[[str], tuple[list[str], list[str]]]


class ChipField(QWidget):
    """Names to be added by Enter, and to be taken away by a click on their chip, or Backspace.

    `parse` gives the names in what was typed, and those with a minus before them, which go.
    `ends` are signs that end a name as Enter does.
    """

    def __init__(
        self,
        title: str,
        placeholder: str,
        known: Iterable[str],
        parse: Parsing,
        ends: str,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title = title
        self._parse = parse
        self._ends = ends
        self._names: list[str] = []
        self._style = (
            f"QPushButton {{ border: 1px solid {theme.line}; border-radius: 10px; padding: 2px 9px;"
            f" font-size: {theme.px(12)}px; font-weight: 400; background: {theme.accent_soft};"
            f" color: {theme.ink}; }}"
            f"QPushButton:focus {{ border: 2px solid {theme.accent}; padding: 1px 8px; }}"
        )
        self._field = QLineEdit(self)
        self._field.setObjectName(title.lower())
        self._field.setAccessibleName(title)
        self._field.setPlaceholderText(placeholder)
        completer = QCompleter(sorted(known, key=str.casefold), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._field.setCompleter(completer)
        self._field.textEdited.connect(self._take_ended)
        self._field.installEventFilter(self)
        self._chips = QWidget(self)
        self._flow = FlowLayout(self._chips)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._chips)
        column.addWidget(self._field)
        self.setFocusProxy(self._field)
        self._show()

    @property
    def names(self) -> tuple[str, ...]:
        """The names, also what is typed and not ended yet."""
        self._take()
        return tuple(self._names)

    def set_names(self, names: Iterable[str]) -> None:
        """Show other names."""
        self._names = list(names)
        self._show()

    def _take_ended(self, text: str) -> None:
        if text and text[-1] in self._ends:
            self._take()

    def _take(self, _name: str = "") -> None:
        """Make chips of what was typed."""
        given, taken = self._parse(self._field.text())
        self._field.clear()
        kept = (name for name in (*self._names, *given) if name not in taken)
        names = list(dict.fromkeys(kept))
        if names != self._names:
            self._names = names
            self._show()

    def _show(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for name in self._names:
            chip = QPushButton(f"{name}  ×", self._chips)
            chip.setProperty("name", name)
            chip.setAutoDefault(False)
            chip.setToolTip(f"Take “{name}” away")
            chip.setAccessibleName(f"{name}: take away")
            chip.setStyleSheet(self._style)
            chip.clicked.connect(self._remove)
            self._flow.addWidget(chip)
            chip.show()
        self._chips.setVisible(bool(self._names))
        self._chips.updateGeometry()

    def _remove(self) -> None:
        chip = self.sender()
        if isinstance(chip, QPushButton):
            name = chip.property("name")
            self.set_names(one for one in self._names if one != name)
            self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            typed = self._field.text()
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and typed.strip():
                self._take()
                return True
            if event.key() == Qt.Key.Key_Backspace and not typed and self._names:
                self.set_names(self._names[:-1])
                return True
        # What the list of completions shows is not ended yet.
        popup = Qt.FocusReason.PopupFocusReason
        left = isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut
        if left and isinstance(event, QFocusEvent) and event.reason() != popup:
            self._take()
        return super().eventFilter(watched, event)
