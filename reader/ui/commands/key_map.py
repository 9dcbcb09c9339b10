"""The keys of the actions as a user wants them: the standard ones, or others instead."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

from reader.session.settings import Settings
from reader.settings import KEYS, SINGLE_KEYS
from reader.ui.commands.actions import ACTIONS, Action

# What is not typed: these keys act alone in every program.
_NO_LETTERS = frozenset(("Delete",))


def keys_of(settings: Settings, action: Action) -> tuple[str, ...]:
    """The keys of an action, without letters alone where the user has switched those off."""
    keys = tuple(settings.get(KEYS).get(action.id, action.keys))
    if settings.get(SINGLE_KEYS):
        return keys
    return tuple(key for key in keys if not is_single(key))


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
