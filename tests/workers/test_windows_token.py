"""What is asked of Windows, told by two libraries that only write down what they are asked.

That Windows does it was not tried: this says that the calls come in the right order with the right
values, and that a process that cannot be lowered reads files all the same.
"""

from __future__ import annotations

import ctypes
import struct
import sys
from pathlib import Path
from typing import Any

import pytest

from reader.workers import windows_token

_LOW, _MEDIUM = 0x1000, 0x2000
_BACKUP, _CHANGE_NOTIFY = 17, 23


class Windows:
    """Both libraries: each call is noted, and answered with 1 unless it is said to fail."""

    def __init__(self, *failing: str, privilege: int = _BACKUP, level: int = _MEDIUM) -> None:
        self.calls: list[str] = []
        self.arguments: dict[str, tuple[Any, ...]] = {}
        self.failing = failing
        self.privilege = privilege
        self.level = level

    def __getattr__(self, name: str) -> Any:
        def call(*arguments: Any) -> Any:
            self.calls.append(name)
            self.arguments[name] = arguments
            if name == "SetNamedSecurityInfoW":
                return 5 if name in self.failing else 0
            if name == "GetSidSubAuthority":
                return [self.level]
            if name == "GetTokenInformation" and arguments[1] == 3 and arguments[2] is not None:
                arguments[2][:16] = struct.pack("<IQI", 1, self.privilege, 2)
            return 0 if name in self.failing else 1

        return call

    def lower(self, writable: str = "") -> bool:
        return windows_token.lower(self, self, writable)


def test_other_systems_have_no_token() -> None:
    if sys.platform != "win32":
        assert not windows_token.restrict("")
        assert not windows_token.is_low()


def test_a_process_that_writes_nowhere_is_lowered_without_a_trial() -> None:
    windows = Windows()
    assert windows.lower()
    assert windows.calls.count("SetTokenInformation") == 1
    assert "SetThreadToken" not in windows.calls
    assert windows.calls[-1] == "CloseHandle"
    assert windows.arguments["ConvertStringSidToSidW"][0].value == "S-1-16-4096"


def test_it_is_tried_by_one_thread_first_whether_the_folder_can_be_written(tmp_path: Path) -> None:
    windows = Windows()
    assert windows.lower(str(tmp_path))
    assert [one for one in windows.calls if one in ("SetThreadToken", "RevertToSelf")] == [
        *("SetThreadToken", "RevertToSelf")
    ]
    assert windows.calls.count("SetTokenInformation") == 2
    assert list(tmp_path.iterdir()) == []
    label = windows.arguments["ConvertStringSecurityDescriptorToSecurityDescriptorW"]
    assert label[0].value == "S:(ML;OICI;NW;;;LW)"
    assert windows.arguments["SetNamedSecurityInfoW"][0].value == str(tmp_path)
    assert windows.calls.count("CloseHandle") == 2


def test_where_the_folder_cannot_be_written_nothing_is_lowered(tmp_path: Path) -> None:
    windows = Windows()
    assert not windows.lower(str(tmp_path / "gone"))
    assert windows.calls.count("RevertToSelf") == 1
    # Of the copy for the trial alone.
    assert windows.calls.count("SetTokenInformation") == 1


@pytest.mark.parametrize(
    ("failing", "lowered"),
    [
        ("OpenProcessToken", 0),
        ("ConvertStringSecurityDescriptorToSecurityDescriptorW", 0),
        ("GetSecurityDescriptorSacl", 0),
        ("SetNamedSecurityInfoW", 0),
        ("DuplicateTokenEx", 0),
        ("ConvertStringSidToSidW", 0),
        ("SetThreadToken", 1),
        ("SetTokenInformation", 1),
    ],
)
def test_what_fails_leaves_the_process_as_it_is(tmp_path: Path, failing: str, lowered: int) -> None:
    windows = Windows(failing)
    assert not windows.lower(str(tmp_path))
    assert windows.calls.count("SetTokenInformation") == lowered


@pytest.mark.parametrize(("privilege", "attributes"), [(_BACKUP, 4), (_CHANGE_NOTIFY, 2)])
def test_all_privileges_go_but_the_way_through_folders(privilege: int, attributes: int) -> None:
    windows = Windows(privilege=privilege)
    windows.lower()
    _, all_of_them, told, *_ = windows.arguments["AdjustTokenPrivileges"]
    assert not all_of_them
    assert struct.unpack("<IQI", told[:16]) == (1, privilege, attributes)


def test_privileges_that_are_not_told_are_left() -> None:
    windows = Windows("GetTokenInformation")
    assert windows.lower()
    assert "AdjustTokenPrivileges" not in windows.calls


def test_the_level_is_asked_of_the_token() -> None:
    assert windows_token.is_low_by(*[Windows(level=_LOW)] * 2)
    assert not windows_token.is_low_by(*[Windows()] * 2)
    for failing in ("OpenProcessToken", "GetTokenInformation"):
        assert not windows_token.is_low_by(*[Windows(failing, level=_LOW)] * 2)


def test_policies_are_set_before() -> None:
    windows = Windows("OpenProcessToken")
    assert not windows.lower()
    assert windows.calls.count("SetProcessMitigationPolicy") == 3
    assert ctypes.sizeof(ctypes.c_uint32) == windows.arguments["SetProcessMitigationPolicy"][2]
