from __future__ import annotations

import pytest

from reader.problem import Problem
from reader.services.workspace import Workspace
from reader.session.settings import Settings


def test_a_setting_is_on_disk_and_told_once(workspace: Workspace, settings: Settings) -> None:
    told: list[str] = []
    settings.changed.connect(told.append)
    assert settings.get("theme", "system") == "system"
    settings.set("theme", "dark")
    settings.set("theme", "dark")
    assert told == ["theme"]
    assert workspace.notes.setting("theme", "") == "dark"


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
    settings.set("theme", "dark")
    assert (settings.get("theme", "system"), told) == ("system", [])
    assert heard == ["The disk is full."]


def test_each_user_has_their_own(workspace: Workspace, settings: Settings) -> None:
    settings.set("theme", "dark")
    workspace.switch("ben")
    assert settings.get("theme", "system") == "system"
    workspace.switch("anna")
    assert settings.get("theme", "system") == "dark"
