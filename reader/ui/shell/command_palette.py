"""All commands by name, from the tuple of actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reader.ui.commands.actions import ACTIONS, Action
from reader.ui.commands.key_map import shown_keys
from reader.ui.widgets.controls import resize_with_text
from reader.ui.widgets.theme import Theme

if TYPE_CHECKING:
    from reader.ui.shell.menus import Menus


class Palette(QDialog):
    """Finds a command by some letters of its name and runs it."""

    named = Signal(str)  # the command that Enter would run now

    def __init__(self, menus: Menus, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._menus = menus
        self.setWindowTitle("All Commands")
        resize_with_text(self, 520, 420)
        self._field = QLineEdit(self)
        self._field.setPlaceholderText("What do you want to do?")
        self._field.setAccessibleName("Name of a command")
        self._field.textChanged.connect(self._filter)
        self._field.installEventFilter(self)
        self._list = QListWidget(self)
        self._list.setAccessibleName("Commands")
        self._list.setStyleSheet(
            f"QListWidget::item {{ padding: 6px 8px; border-radius: 4px; }}"
            f"QListWidget::item:selected {{ background: {theme.accent_soft}; color: {theme.ink};"
            f" border-left: 3px solid {theme.accent}; padding-left: 5px; }}"
        )
        self._list.currentTextChanged.connect(self.named)
        self._list.itemActivated.connect(self._run)
        self._list.itemClicked.connect(self._run)
        column = QVBoxLayout(self)
        column.addWidget(self._field)
        column.addWidget(self._list)
        self._none = QLabel("No command is called so.", self)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._none, 1)
        self._filter("")

    def _filter(self, text: str) -> None:
        words = text.lower().split()
        self._list.clear()
        for action in sorted(ACTIONS, key=lambda action: self._rank(action, words)):
            name = f"{action.menu} {action.title} {action.tip}".lower()
            if action.id == "palette" or not all(word in name for word in words):
                continue
            keys = shown_keys(self._menus.keys_of(action))
            item = QListWidgetItem(action.title + (f"    {keys}" if keys else ""))
            item.setToolTip(action.tip)
            item.setData(Qt.ItemDataRole.UserRole, action.id)
            if not self._menus.enabled(action):
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        self._list.setVisible(self._list.count() > 0)
        self._none.setVisible(self._list.count() == 0)

    def _rank(self, action: Action, words: list[str]) -> int:
        """Enter runs the first: what can be done and is called so stands before the rest."""
        title = action.title.lower()
        if not words:
            return 0
        if not self._menus.enabled(action):
            return 3
        if not all(word in title for word in words):
            return 2
        return 0 if title.startswith(words[0]) else 1

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                last = self._list.count() - 1
                self._list.setCurrentRow(max(0, min(last, self._list.currentRow() + step)))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                item = self._list.currentItem()
                if item is not None:
                    self._run(item)
                return True
        return super().eventFilter(watched, event)

    def _run(self, item: QListWidgetItem) -> None:
        wanted = item.data(Qt.ItemDataRole.UserRole)
        self.accept()
        self._menus.run(next(action for action in ACTIONS if action.id == wanted))
