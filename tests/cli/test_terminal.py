from __future__ import annotations

import ctypes
import io
import os
import subprocess
import sys
import types
from pathlib import Path

import pytest

from reader.cli import terminal
from reader.problem import Problem
from tests.cli.test_passphrase import Terminal

ROOT = Path(__file__).resolve().parents[2]


class Kernel:
    """What Windows says of a handle: whether it is a console's."""

    def __init__(self, is_console: bool) -> None:
        self.kernel32 = types.SimpleNamespace(GetConsoleMode=lambda *_: int(is_console))


def on_windows(monkeypatch: pytest.MonkeyPatch, is_console: bool) -> None:
    """A standard input that calls itself a terminal, and a Windows that knows better."""
    given = Terminal()
    monkeypatch.setattr(given, "fileno", lambda: 0)
    monkeypatch.setattr(sys, "stdin", given)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "windll", Kernel(is_console), raising=False)
    monkeypatch.setitem(sys.modules, "msvcrt", types.SimpleNamespace(get_osfhandle=lambda _: 7))


def test_windows_takes_any_device_for_a_terminal_and_we_do_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(terminal, "getpass", lambda _: "typed")
    with monkeypatch.context() as patched:
        on_windows(patched, is_console=False)
        assert not terminal.has_terminal()
        with pytest.raises(Problem, match="there is no terminal here"):
            terminal.typed("Passphrase: ")
    with monkeypatch.context() as patched:
        on_windows(patched, is_console=True)
        assert terminal.has_terminal()
        assert terminal.typed("Passphrase: ") == "typed"


def test_what_is_piped_in_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert not terminal.has_terminal()
    monkeypatch.setattr(sys, "stdin", Terminal())
    assert terminal.has_terminal()


@pytest.mark.skipif(sys.platform == "win32", reason="leaves its terminal in a way of its own")
@pytest.mark.parametrize("given", ["", "what was piped in\n"])
def test_where_nobody_can_type_one_sentence_says_so(given: str, tmp_path: Path) -> None:
    words = ("notes", "export", "--encrypt", "-o", str(tmp_path / "notes.zip"))
    done = subprocess.run(
        [sys.executable, "-m", "reader", "--data", str(tmp_path / "data"), *words],
        input=given,
        cwd=ROOT,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        start_new_session=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.endswith("there is no terminal here: start this in one.\n")
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "notes.zip").exists()
