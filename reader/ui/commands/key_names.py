"""The keys of commands as the window names them: those that the user has given them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from reader.session.session import Session
from reader.session.settings import Settings
from reader.ui.commands.actions import ACTIONS
from reader.ui.commands.key_map import keys_of

_NAMED = re.compile(r"\[([a-z_]+)\]")
_BY_ID = {action.id: action for action in ACTIONS}


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
