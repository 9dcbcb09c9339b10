from __future__ import annotations

import pytest

from reader.problem import Problem
from reader.services.workspace import Workspace
from reader.session.settings import Settings
from reader.settings import THEME, Setting


def test_a_setting_is_on_disk_and_told_once(workspace: Workspace, settings: Settings) -> None:
    told: list[Setting[str]] = []
    settings.changed.connect(told.append)
    assert settings.get(THEME) == "system"
    settings.set(THEME, "dark")
    settings.set(THEME, "dark")
    assert told == [THEME]
    assert workspace.notes.setting(THEME) == "dark"


def test_a_full_disk_leaves_it_as_it_was(
    workspace: Workspace,
    settings: Settings,
    heard: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_: object) -> None:
        raise Problem("The disk is full.")

    told: list[str] = []
    settings.changed.connect(told.append)
    monkeypatch.setattr(workspace.notes, "set_setting", full)
    settings.set(THEME, "dark")
    assert (settings.get(THEME), told) == ("system", [])
    assert heard == ["The disk is full."]


def test_each_user_has_their_own(workspace: Workspace, settings: Settings) -> None:
    settings.set(THEME, "dark")
    workspace.switch("ben")
    assert settings.get(THEME) == "system"
    workspace.switch("anna")
    assert settings.get(THEME) == "dark"
