"""The keys of the actions as a user wants them, and as the window names them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from reader.session.session import Session
from reader.session.settings import Settings
from reader.settings import KEYS, SINGLE_KEYS
from reader.ui.commands.actions import ACTIONS, Action

# What is not typed: these keys act alone in every program.
_NO_LETTERS = frozenset(("Delete",))
_NAMED = re.compile(r"\[([a-z_]+)\]")
_BY_ID = {action.id: action for action in ACTIONS}


def keys_of(settings: Settings, action: Action) -> tuple[str, ...]:
    """The keys of an action, without letters alone where the user has switched those off."""
    return keys_of_all(settings, (action,))[action.id]


def keys_of_all(
    settings: Settings, actions: Sequence[Action] = ACTIONS
) -> dict[str, tuple[str, ...]]:
    """The keys of several actions by their ids, as `keys_of` gives those of one."""
    chosen, single = settings.get(KEYS), settings.get(SINGLE_KEYS)
    return {
        action.id: tuple(
            key for key in chosen.get(action.id, action.keys) if single or not is_single(key)
        )
        for action in actions
    }


def is_single(key: str) -> bool:
    """Whether a key is a letter, digit or sign without Ctrl, Alt or Meta."""
    bare = key.removeprefix("Shift+")
    return len(bare) == 1 and key not in _NO_LETTERS


def holder_of(settings: Settings, key: str) -> Action | None:
    """The action that has a key now; None when it is free."""
    wanted = QKeySequence(key)
    for action in ACTIONS:
        if wanted in [QKeySequence(one) for one in settings.get(KEYS).get(action.id, action.keys)]:
            return action
    return None


def give(settings: Settings, action: Action, keys: tuple[str, ...]) -> None:
    """Give an action these keys, and take them away from any other that has one of them."""
    changed = {name: list(those) for name, those in settings.get(KEYS).items()}
    for key in keys:
        holder = holder_of(settings, key)
        if holder is not None and holder.id != action.id:
            now = changed.get(holder.id, list(holder.keys))
            wanted = QKeySequence(key)
            changed[holder.id] = [one for one in now if QKeySequence(one) != wanted]
    changed[action.id] = list(keys)
    standard = {one.id: list(one.keys) for one in ACTIONS}
    settings.set(KEYS, {n: those for n, those in changed.items() if those != standard.get(n)})


def shown_keys(keys: Sequence[str]) -> str:
    """Keys as people read them on this system."""
    return "  or  ".join(_native(key) for key in keys)


def with_keys(settings: Settings, text: str) -> str:
    """A text whose "[open]" is the key of that command, or its menu when it has no key."""
    return _NAMED.sub(lambda found: _key_or_menu(settings, found), text)


def _key_or_menu(settings: Settings, found: re.Match[str]) -> str:
    action = _BY_ID.get(found[1])
    if action is None:
        return found[0]  # somebody's own words
    keys = keys_of(settings, action)
    return _native(keys[0]) if keys else f"{action.menu} > {action.title}"


def _native(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


class KeyTip(QObject):
    """Keeps a widget's tooltip true to the keys that the user gives to commands.

    It lives as long as the widget.
    """

    def __init__(self, session: Session, widget: QWidget, text: str) -> None:
        super().__init__(widget)
        self._settings = session.settings
        self._widget = widget
        self._text = text
        session.settings.changed.connect(self._renew)
        session.users.changed.connect(self._renew)
        self._renew()

    def set_text(self, text: str) -> None:
        """Say something else, with the keys of the commands it names."""
        self._text = text
        self._renew()

    def _renew(self, _change: object = None) -> None:
        said = with_keys(self._settings, self._text)
        if said != self._widget.toolTip():
            self._widget.setToolTip(said)
