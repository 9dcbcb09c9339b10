from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from reader.importers import result as reading
from reader.importers.result import read_bytes
from reader.problem import Problem


def test_the_whole_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"Words\x00\xff")
    assert read_bytes(path) == b"Words\x00\xff"


def refused(path: Path) -> str:
    with pytest.raises(Problem) as caught:
        read_bytes(path)
    return caught.value.sentence


def test_what_cannot_be_read_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    assert refused(path) == "There is no file “a.txt” at that place."
    path.write_bytes(b"")
    assert refused(path) == "“a.txt” is empty."
    path.write_bytes(b"Words")
    monkeypatch.setattr(reading, "LARGEST_FILE_BYTES", 4)
    assert "“a.txt” is larger than 0 MB" in refused(path)
    assert refused(tmp_path) == f"“{tmp_path.name}” is a folder, not a document."


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(13, "Permission denied"), "You have no permission to read “a.txt”."),
        (OSError(5, "Input/output error"), "“a.txt” cannot be read: Input/output error."),
    ],
)
def test_what_the_system_refuses_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, said: str
) -> None:
    def fail(*_: object) -> object:
        raise error

    (tmp_path / "a.txt").write_bytes(b"Words")
    monkeypatch.setattr(Path, "open", fail)
    assert refused(tmp_path / "a.txt") == said


def test_a_file_that_changes_meanwhile_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Growing(io.BytesIO):
        """A file that somebody writes to while it is read."""

        def read(self, size: int | None = -1) -> bytes:
            path.write_bytes(b"Words and more")
            return super().read(size)

    path = tmp_path / "a.txt"
    path.write_bytes(b"Words")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", lambda *_: Growing(b"Words"))
        patch.setattr(Path, "write_bytes", write)
        assert refused(path) == "“a.txt” changed while it was read. Try again."
    assert read_bytes(path) == b"Words and more"


def write(path: Path, content: bytes) -> int:
    """Writes past `Path.open`, which the test has replaced."""
    handle = os.open(path, os.O_WRONLY | os.O_TRUNC)
    try:
        return os.write(handle, content)
    finally:
        os.close(handle)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_a_pipe_or_device_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert refused(tmp_path / "pipe.txt") == "“pipe.txt” is no file that can be read."
    assert refused(Path(os.devnull)) == "“null” is no file that can be read."
