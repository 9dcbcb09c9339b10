"""The profile that macOS is given; that macOS keeps to it was not tried."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from reader.workers import mac_sandbox


def test_a_profile_lets_one_folder_be_written_and_no_notes_be_read(tmp_path: Path) -> None:
    staging = tmp_path / 'a "data" \\ folder' / "staging"
    staging.mkdir(parents=True)
    rules = mac_sandbox.profile(str(staging)).splitlines()
    named = str(staging.resolve()).replace("\\", "\\\\").replace('"', '\\"')
    assert rules[0] == "(version 1)"
    for denied in ("network*", "process-exec*", "process-fork", "file-write*"):
        assert f"(deny {denied})" in rules
    assert rules[-2] == f'(allow file-write* (subpath "{named}"))'
    assert rules[-1] == f'(deny file-read* (subpath "{named[: -len("staging")]}users"))'
    # The last that fits counts.
    assert rules.index("(deny file-write*)") < len(rules) - 2


def test_what_draws_writes_nowhere() -> None:
    profile = mac_sandbox.profile("")
    assert "subpath" not in profile
    assert f'(allow file-write* (literal "{os.devnull}"))' in profile


def test_other_systems_have_no_profiles() -> None:
    if sys.platform != "darwin":
        assert not mac_sandbox.restrict("")
        assert not mac_sandbox.is_sandboxed()


class System:
    """Stands for the library of macOS."""

    def __init__(self) -> None:
        self.given: list[bytes] = []

    def sandbox_init(self, profile: bytes, _flags: Any, _said: Any) -> int:
        self.given.append(profile)
        return 0

    def sandbox_check(self, _process: int, _operation: None, _kind: int) -> int:
        return len(self.given)


def test_macos_is_asked_and_may_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    system = System()
    monkeypatch.setattr(sys, "platform", "darwin")
    with monkeypatch.context() as patch:
        # A system without these functions.
        patch.setattr(ctypes, "CDLL", lambda _: object())
        assert not mac_sandbox.restrict("")
        assert not mac_sandbox.is_sandboxed()
    monkeypatch.setattr(ctypes, "CDLL", lambda _: system)
    assert not mac_sandbox.is_sandboxed()
    assert mac_sandbox.restrict("/tmp")
    assert system.given == [mac_sandbox.profile("/tmp").encode()]
    assert mac_sandbox.is_sandboxed()
