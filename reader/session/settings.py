"""The settings of the user, kept in the notes file."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from reader.problem import Problem
from reader.services.workspace import Workspace
from reader.session.notifier import Notifier
from reader.settings import Setting

T = TypeVar("T")


class Settings(QObject):
    """The values of declared settings; each user has their own."""

    changed = Signal(Setting)

    def __init__(self, workspace: Workspace, notifier: Notifier) -> None:
        super().__init__()
        self._workspace = workspace
        self._notifier = notifier

    def get(self, setting: Setting[T]) -> T:
        """Return a setting, or its default when it was never set."""
        return self._workspace.notes.setting(setting)

    def set(self, setting: Setting[T], value: T) -> None:
        """Keep a setting; a failure is reported, and the setting stays as it was."""
        if self.get(setting) == value:
            return
        try:
            self._workspace.notes.set_setting(setting, value)
        except Problem as problem:
            self._notifier.error(problem)
            return
        self.changed.emit(setting)
