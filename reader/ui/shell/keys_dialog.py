"""The dialog that gives commands other keys, and says which of them had a key before."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reader.session.settings import Settings
from reader.settings import KEYS, SINGLE_KEYS
from reader.ui.commands.actions import ACTIONS, Action
from reader.ui.commands.key_map import give, holder_of, keys_of, shown_keys
from reader.ui.widgets.controls import resize_with_text

_ROLE = Qt.ItemDataRole.UserRole


class KeysDialog(QDialog):
    """Each change is kept at once, for this user."""

    def __init__(self, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._settings = settings
        self.setWindowTitle("Change Keys")
        resize_with_text(self, 560, 520)
        self._single = QCheckBox("Letters and digits alone are keys (H, N, 1 to 5, …)", self)
        self._single.setToolTip("Off: only keys with Ctrl or Alt, and function keys, do something")
        self._single.setChecked(settings.get(SINGLE_KEYS))
        self._single.toggled.connect(self._switch_single)
        self._filter = QLineEdit(self)
        self._filter.setPlaceholderText("Search commands and keys")
        self._filter.setAccessibleName("Search commands and keys")
        self._filter.textChanged.connect(self._fill)
        self._list = QListWidget(self)
        self._list.setAccessibleName("Commands and their keys")
        self._list.currentItemChanged.connect(self._show)
        self._key = QKeySequenceEdit(self)
        self._key.setMaximumSequenceLength(1)
        self._key.setAccessibleName("New key")
        for inner in self._key.findChildren(QLineEdit):
            inner.setAccessibleName("New key")
        self._key.keySequenceChanged.connect(self._check)
        label = QLabel("&New key", self)
        label.setBuddy(self._key)
        self._give = self._button("Give", self._give_key)
        self._take = self._button("No Key", self._take_keys)
        self._reset = self._button("Standard", self._reset_keys)
        self._said = QLabel(self)
        self._said.setObjectName("conflict")
        self._said.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self._key, 1)
        for button in (self._give, self._take, self._reset):
            row.addWidget(button)
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        box.rejected.connect(self.reject)
        reset_all = box.addButton("Standard Keys", QDialogButtonBox.ButtonRole.ResetRole)
        reset_all.clicked.connect(self._reset_all)
        # Enter in the field of words must not put all keys back.
        for one in box.findChildren(QPushButton):
            one.setAutoDefault(False)
        column = QVBoxLayout(self)
        for widget in (self._single, self._filter, self._list):
            column.addWidget(widget)
        column.addLayout(row)
        column.addWidget(self._said)
        column.addWidget(box)
        self._fill()
        self._filter.setFocus()

    def _button(self, words: str, act: Callable[[], None]) -> QPushButton:
        made = QPushButton(words, self)
        made.setAutoDefault(False)
        made.clicked.connect(act)
        return made

    def _words(self, action: Action) -> str:
        keys = shown_keys(keys_of(self._settings, action))
        return f"{action.title}    {keys}" if keys else action.title

    def _fill(self, _text: str = "") -> None:
        chosen, words = self._chosen, self._filter.text().casefold().split()
        self._list.clear()
        for action in ACTIONS:
            shown = self._words(action)
            said = f"{shown} {action.menu} {action.tip}".casefold()
            if all(word in said for word in words):
                item = QListWidgetItem(shown)
                item.setData(_ROLE, action.id)
                self._list.addItem(item)
                if chosen is not None and chosen.id == action.id:
                    self._list.setCurrentItem(item)
        if self._list.currentItem() is None:
            self._list.setCurrentRow(0)

    @property
    def _chosen(self) -> Action | None:
        item = self._list.currentItem()
        wanted = item.data(_ROLE) if item is not None else ""
        return next((action for action in ACTIONS if action.id == wanted), None)

    def _show(self, *_: object) -> None:
        self._key.clear()
        self._check()

    def _check(self, *_: object) -> None:
        """Say who has the key that was pressed, before it is given away."""
        key, action = self._pressed, self._chosen
        holder = holder_of(self._settings, key) if key else None
        is_taken = holder is not None and action is not None and holder.id != action.id
        self._give.setEnabled(bool(key) and action is not None)
        self._give.setText("Give All the Same" if is_taken else "Give")
        said = ""
        if is_taken and holder is not None:
            shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
            said = f"{shown} belongs to “{holder.title}”, which would lose it."
        self._said.setText(said)
        self._said.setAccessibleName(said)

    @property
    def _pressed(self) -> str:
        return self._key.keySequence().toString(QKeySequence.SequenceFormat.PortableText)

    def _give_key(self) -> None:
        action = self._chosen
        if action is not None:
            give(self._settings, action, (self._pressed,))
            self._key.clear()
            self._fill()

    def _take_keys(self) -> None:
        action = self._chosen
        if action is not None:
            give(self._settings, action, ())
            self._fill()

    def _reset_keys(self) -> None:
        action = self._chosen
        if action is not None:
            give(self._settings, action, action.keys)
            self._fill()

    def _reset_all(self) -> None:
        self._settings.set(KEYS, {})
        self._single.setChecked(True)
        self._fill()

    def _switch_single(self, on: bool) -> None:
        self._settings.set(SINGLE_KEYS, on)
        self._fill()
