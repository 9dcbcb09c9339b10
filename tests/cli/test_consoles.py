"""Started without a console, as from a desktop of Windows."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from reader.cli import main as command_line


def test_without_streams_a_command_is_done_silently(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    assert command_line.main(["--data", str(tmp_path), "list"]) == 0
    for name in ("stdin", "stdout", "stderr"):
        getattr(sys, name).close()


def test_without_streams_a_refusal_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    shown: list[str] = []
    monkeypatch.setattr(command_line, "show_message", shown.append)
    assert command_line.main(["--data", str(tmp_path), "missing.pdf"]) == 1
    assert shown == ["There is no file “missing.pdf”, and no command of that name."]
    for name in ("stdin", "stdout", "stderr"):
        getattr(sys, name).close()


def test_a_portable_program_keeps_its_data_beside_what_is_started(tmp_path: Path) -> None:
    assert command_line.program_folder(tmp_path / "offprint.EXE") == tmp_path
    root = Path(command_line.__file__).resolve().parents[2]
    assert command_line.program_folder(tmp_path / "python3") == root


@pytest.mark.skipif(sys.platform == "win32", reason="it would wait for a person")
def test_other_systems_have_no_such_box() -> None:
    command_line.show_message("Nothing.")
