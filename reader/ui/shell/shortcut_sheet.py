"""All keys on one sheet: in groups, to be searched, each command to be run from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reader.ui.commands.actions import ACTIONS
from reader.ui.commands.key_map import shown_keys
from reader.ui.widgets.controls import resize_with_text
from reader.ui.widgets.theme import Theme, chosen_row

if TYPE_CHECKING:
    from reader.ui.shell.menus import Menus

_ROLE = Qt.ItemDataRole.UserRole
# Keys of single places, which are no commands.
_PLACES: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "In the search field",
        (
            ("Next match, previous match", "Enter, Shift+Enter"),
            ("Take the suggested word", "Tab"),
            ("Back to the page", "Esc"),
        ),
    ),
    (
        "On the page",
        (
            ("Select", "Shift+arrows"),
            ("Next reference or link", "Tab"),
            ("Show the reference", "Enter"),
            ("Close what is in front", "Esc"),
        ),
    ),
    (
        "In lists",
        (
            ("Open", "Enter"),
            ("Show all of a long note", "Space"),
            ("Remove what is selected", "Delete"),
        ),
    ),
)
_NAMES = {"Go": "Go to", "Mark": "Highlights and notes"}


class ShortcutSheet(QDialog):
    """A group for each menu and place; words narrow the list, Enter runs a command."""

    def __init__(self, menus: Menus, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._menus = menus
        self.setWindowTitle("Keyboard Shortcuts")
        resize_with_text(self, 560, 560)
        self._field = QLineEdit(self)
        self._field.setObjectName("shortcut_filter")
        self._field.setPlaceholderText("Search commands and keys")
        self._field.setAccessibleName("Search commands and keys")
        self._field.setClearButtonEnabled(True)
        self._field.textChanged.connect(self._filter)
        self._field.installEventFilter(self)
        self._list = QTreeWidget(self)
        self._list.setObjectName("shortcut_list")
        self._list.setAccessibleName("Keyboard shortcuts")
        self._list.setHeaderHidden(True)
        self._list.setColumnCount(2)
        self._list.setRootIsDecorated(False)
        self._list.setIndentation(12)
        header = self._list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._list.setStyleSheet(
            "QTreeWidget::item { padding: 3px 6px; }" + chosen_row(theme, "QTreeWidget")
        )
        self._list.itemActivated.connect(self._run)
        self._none = QLabel("No command or key is called so.", self)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        for widget in (self._field, self._list, self._none):
            column.addWidget(widget)
        self._fill()
        self._filter("")
        self._field.setFocus()

    def _fill(self) -> None:
        for menu in dict.fromkeys(action.menu for action in ACTIONS if action.menu):
            group = self._group(_NAMES.get(menu, menu))
            for action in ACTIONS:
                keys = self._menus.keys_of(action)
                if action.menu == menu and keys:
                    item = self._row(group, action.title, shown_keys(keys))
                    item.setToolTip(0, action.tip)
                    item.setData(0, _ROLE, action.id)
        for name, rows in _PLACES:
            group = self._group(name)
            for title, said in rows:
                self._row(group, title, said)
        self._list.expandAll()

    def _group(self, title: str) -> QTreeWidgetItem:
        group = QTreeWidgetItem([title])
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = self._list.font()
        font.setBold(True)
        group.setFont(0, font)
        self._list.addTopLevelItem(group)
        group.setFirstColumnSpanned(True)
        return group

    def _row(self, group: QTreeWidgetItem, title: str, keys: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem([title, keys])
        group.addChild(item)
        return item

    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        start = " ".join(words)
        first: QTreeWidgetItem | None = None
        named: QTreeWidgetItem | None = None  # by its own name, not by what it is said to do
        for number in range(self._list.topLevelItemCount()):
            group = self._list.topLevelItem(number)
            assert group is not None
            shown = 0
            for place in range(group.childCount()):
                item = group.child(place)
                assert item is not None
                said = f"{item.text(0)} {item.text(1)} {item.toolTip(0)} {group.text(0)}"
                fits = all(word in said.casefold() for word in words)
                item.setHidden(not fits)
                shown += fits
                first = first or (item if fits else None)
                if named is None and fits and item.text(0).casefold().startswith(start):
                    named = item
            group.setHidden(not shown)
        if first is not None:
            self._list.setCurrentItem(named or first)
        self._list.setHidden(first is None)
        self._none.setHidden(first is not None)

    def _run(self, item: QTreeWidgetItem) -> None:
        wanted = item.data(0, _ROLE)
        if wanted:
            self.accept()
            self._menus.run(next(action for action in ACTIONS if action.id == wanted))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._list.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                # Where no command is called so, the one before is still current, out of sight.
                item = self._list.currentItem()
                if item is not None and not self._list.isHidden():
                    self._run(item)
                return True
        return super().eventFilter(watched, event)
