"""The settings of the user, kept in the notes file."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from reader.problem import Problem
from reader.services.workspace import Workspace
from reader.session.notifier import Notifier


class Settings(QObject):
    """Settings by name; each user has their own."""

    changed = Signal(str)  # the name of the setting

    def __init__(self, workspace: Workspace, notifier: Notifier) -> None:
        super().__init__()
        self._workspace = workspace
        self._notifier = notifier

    def get(self, name: str, default: Any) -> Any:
        """Return a setting, or the default when it was never set."""
        return self._workspace.notes.setting(name, default)

    def set(self, name: str, value: Any) -> None:
        """Keep a setting; a failure is reported, and the setting stays as it was."""
        if self.get(name, None) == value:
            return
        try:
            self._workspace.notes.set_setting(name, value)
        except Problem as problem:
            self._notifier.error(problem)
            return
        self.changed.emit(name)
