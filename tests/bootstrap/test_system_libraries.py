from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.bootstrap import system_libraries
from reader.problem import Problem

PRESENT = "libc.so.6"
MISSING = "libxcb-cursor.so.0"
VENV = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
LINE = "Offprint needs a few libraries of the system. Type this once, then start it again: "

Tool = Callable[..., None]


@pytest.fixture
def lacking(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that has none of X11's cursors."""
    monkeypatch.setattr(system_libraries, "loads", lambda library: library != MISSING)


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tool:
    """Puts a package manager on the path that writes down what it is asked, and does no more."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def make(name: str, *lines: str) -> None:
        script = [f'echo "$*" >> "{tmp_path}/asked"', *lines]
        (folder / name).write_text("#!/bin/sh\n" + "\n".join(script) + "\n", encoding="utf-8")
        (folder / name).chmod(0o755)

    return make


def asked(folder: Path) -> list[str]:
    return (folder / "asked").read_text(encoding="utf-8").splitlines()


@pytest.mark.skipif(sys.platform != "linux", reason="libraries are looked for on Linux only")
def test_a_library_is_there_when_it_loads() -> None:
    assert system_libraries.loads(PRESENT)
    assert not system_libraries.loads("libof-which-nobody-has-heard.so.0")


def test_nothing_is_done_when_nothing_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_libraries, "loads", lambda _: True)
    monkeypatch.setenv("PATH", "")
    system_libraries.install_missing()


@pytest.mark.usefixtures("lacking")
def test_root_has_apt_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tool: Tool
) -> None:
    tool("apt-get")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    system_libraries.install_missing()
    (line,) = asked(tmp_path)
    assert line.endswith(" install -y --no-install-recommends libxcb-cursor0")


@pytest.mark.usefixtures("lacking")
def test_apt_fetches_its_lists_when_it_does_not_know_a_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tool: Tool
) -> None:
    tool(
        "apt-get",
        f'if [ "$4" = update ]; then : > "{tmp_path}/lists"; fi',
        f'[ -e "{tmp_path}/lists" ] || {{ echo "E: Unable to locate it" >&2; exit 100; }}',
    )
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    system_libraries.install_missing()
    assert [line.split()[3] for line in asked(tmp_path)] == ["install", "update", "install"]


@pytest.mark.usefixtures("lacking")
@pytest.mark.parametrize(
    ("words", "why"), [("E: The disk is full", "E: The disk is full"), ("", "it did not say why.")]
)
def test_what_apt_cannot_do_is_said(
    monkeypatch: pytest.MonkeyPatch, tool: Tool, words: str, why: str
) -> None:
    tool("apt-get", f'echo "{words}" >&2', "exit 100")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(Problem) as raised:
        system_libraries.install_missing()
    assert raised.value.sentence == f"The libraries of the system cannot be installed: {why}"


@pytest.mark.usefixtures("lacking")
@pytest.mark.parametrize(
    ("name", "line"),
    [
        (
            "apt-get",
            "sudo apt-get update && sudo apt-get install -y --no-install-recommends libxcb-cursor0",
        ),
        ("dnf", "sudo dnf install 'libxcb-cursor.so.0()(64bit)'"),
        ("zypper", "sudo zypper install 'libxcb-cursor.so.0()(64bit)'"),
        ("pacman", "sudo pacman -S --needed xcb-util-cursor"),
        ("guix", "install libxcb-cursor.so.0"),
    ],
)
def test_anybody_else_is_told_what_to_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tool: Tool, name: str, line: str
) -> None:
    tool(name)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(Problem) as raised:
        system_libraries.install_missing()
    assert raised.value.sentence == LINE + line
    assert not (tmp_path / "asked").exists()


@pytest.mark.usefixtures("lacking")
def test_a_window_that_others_installed_says_the_same(
    monkeypatch: pytest.MonkeyPatch, tool: Tool
) -> None:
    tool("apt-get")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(Problem, match=r"apt-get update && sudo apt-get install .* libxcb-cursor0$"):
        system_libraries.say_missing()
    monkeypatch.setattr(system_libraries, "loads", lambda _: True)
    system_libraries.say_missing()


def test_debian_has_environments_in_a_package_of_their_own(
    monkeypatch: pytest.MonkeyPatch, tool: Tool
) -> None:
    monkeypatch.setattr(system_libraries, "loads", lambda _: True)
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    tool("apt-get")
    with pytest.raises(Problem) as raised:
        system_libraries.install_missing()
    assert raised.value.sentence.endswith(f"--no-install-recommends {VENV}")


def test_a_package_is_named_once(tool: Tool) -> None:
    tool("apt-get")
    command = system_libraries.command_for(list(system_libraries.PACKAGES), True)
    packages = command[len(system_libraries.APT_INSTALL) :]
    assert len(packages) == len(set(packages)) == len(system_libraries.PACKAGES) - 1
