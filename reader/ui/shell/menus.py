"""The window's actions as Qt knows them, and the menus made of them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from reader.model.annotation import COLOURS
from reader.session.session import Session
from reader.settings import KEYS, SINGLE_KEYS, Setting
from reader.ui.commands.actions import ACTIONS, Action, Menu
from reader.ui.commands.key_map import keys_of, keys_of_all, with_keys
from reader.ui.widgets.controls import swatch

# What to do first when the key of an action is pressed that cannot be carried out yet.
WANTING = {
    "annotation": "Choose a highlight first: click on it, or press [next_note].",
    "selection": "Select a passage first: with the mouse, or with Shift and the arrow keys.",
    "hit": "Find something first: [find].",
    "pages": "This document has no printed pages.",
    "passphrase": "Your notes have no passphrase yet: File, Set Passphrase….",
}


class Menus(QObject):
    """Makes an action with its keys for each of ACTIONS, and says which is to be carried out."""

    chosen = Signal(Action)  # one that can be carried out now

    def __init__(self, session: Session, window: QMainWindow) -> None:
        super().__init__(window)
        self._session = session
        self.actions: dict[str, QAction] = {}
        self._make_actions(window)
        self.context = self._context_menu(window)
        self.main = self._main_menu(window)
        for signal in (
            session.current.changed,
            session.pages.mode_changed,
            session.selection.span_changed,
            session.selection.annotation_changed,
            session.search.results_changed,
            session.search.hit_changed,
            session.annotations.changed,
            session.users.changed,
        ):
            signal.connect(self._enable)
        session.settings.changed.connect(self._take_setting)
        session.users.changed.connect(self._set_keys)
        self._enable()

    def _make_actions(self, window: QMainWindow) -> None:
        for action in ACTIONS:
            made = QAction(action.title, window)
            made.setToolTip(action.tip)
            made.setStatusTip(action.tip)
            made.setData(action.id)
            made.triggered.connect(self._run)
            window.addAction(made)
            self.actions[action.id] = made
        self._set_keys()

    def keys_of(self, action: Action) -> tuple[str, ...]:
        """The keys that an action has for this user."""
        return keys_of(self._session.settings, action)

    def _set_keys(self, _user: str = "") -> None:
        for action_id, keys in keys_of_all(self._session.settings).items():
            made = [QKeySequence(key) for key in keys]
            if made != self.actions[action_id].shortcuts():
                self.actions[action_id].setShortcuts(made)

    def _take_setting(self, setting: Setting[Any]) -> None:
        if setting in (KEYS, SINGLE_KEYS):
            self._set_keys()

    def _run(self) -> None:
        sender = self.sender()
        if isinstance(sender, QAction):
            self.run(next(action for action in ACTIONS if action.id == sender.data()))

    def run(self, action: Action) -> None:
        """Have an action carried out, if what it needs is there."""
        if self.enabled(action):
            self.chosen.emit(action)

    def enabled(self, action: Action) -> bool:
        """Whether what an action needs is there."""
        have = self._have()
        return all(have[need] for need in action.needs)

    def _have(self) -> dict[str, bool]:
        """What actions may need, and whether it is there."""
        session = self._session
        return {
            "document": session.current.document is not None,
            "selection": session.marker.passage is not None
            or bool(session.selection.annotation_id),
            "annotation": bool(session.selection.annotation_id),
            "hit": session.search.state.count > 0,
            "pages": session.pages.has_pages,
            "passphrase": session.users.locking.has_passphrase,
            "clear": not session.users.locking.has_passphrase,
        }

    def _enable(self, _event: object = None) -> None:
        have = self._have()
        for action in ACTIONS:
            self.actions[action.id].setEnabled(all(have[need] for need in action.needs))

    def missing_for(self, event: QKeyEvent) -> str:
        """What there must be for the action of a key; "" when there is none that lacks anything."""
        pressed = QKeySequence(event.keyCombination())
        for action in ACTIONS:
            if pressed in self.actions[action.id].shortcuts() and not self.enabled(action):
                wanting = next((WANTING[need] for need in WANTING if need in action.needs), "")
                return with_keys(self._session.settings, wanting)
        return ""

    def _main_menu(self, window: QMainWindow) -> QMenu:
        menu = QMenu(window)
        menus: dict[str, QMenu] = {}
        for action in ACTIONS:
            if action.menu not in menus:
                menus[action.menu] = menu.addMenu(action.menu)
            menus[action.menu].addAction(self.actions[action.id])
        if QGuiApplication.platformName() == "cocoa":
            for inner in menus.values():
                window.menuBar().addMenu(inner)
        return menu

    def _context_menu(self, window: QMainWindow) -> QMenu:
        """What can be done with a passage: colours first, what is rarely wanted in menus of its
        own."""
        menu = QMenu(window)
        for colour in COLOURS:
            self.actions[colour].setIcon(swatch(colour))
            menu.addAction(self.actions[colour])
        before: Menu = "Mark"
        listed = [action for action in ACTIONS if action.context and action.id != "delete"]
        for action in sorted(listed, key=lambda one: one.menu != "Mark"):
            if action.id == "make_heading":
                inner = menu.addMenu("Contents")
            if action.menu != before:
                menu.addSeparator()
            before = action.menu
            is_heading = action.id in ("make_heading", "unmake_heading")
            (inner if is_heading else menu).addAction(self.actions[action.id])
        menu.addSeparator()
        menu.addAction(self.actions["delete"])
        return menu

    def show_pages(self, below: QWidget) -> None:
        """Show the menu of how printed pages are shown, and of the theme."""
        sizes = ("larger", "smaller", "normal_size", "fit_width", "fit_page", "in_twos", "turn")
        views = ("", "printed", "thumbnails", "", "light", "sepia", "dark", "system")
        self._popup((*sizes, *views), below)

    def _popup(self, ids: tuple[str, ...], below: QWidget) -> None:
        menu = QMenu(below)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action_id in ids:
            if action_id:
                menu.addAction(self.actions[action_id])
            else:
                menu.addSeparator()
        menu.popup(below.mapToGlobal(below.rect().bottomLeft()))

    def show_main(self, below: QWidget) -> None:
        """Show the menu of everything."""
        corner = below.mapToGlobal(below.rect().bottomRight())
        self.main.popup(corner - QPoint(self.main.sizeHint().width(), 0))
