from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from reader.descriptor_messages import receive, send
from reader.descriptor_passing import Needs, can_hand, handed, needs, open_regular, opened, reads

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="files are handed over on Linux only")


@on_linux
def test_an_open_file_goes_to_the_other_end(tmp_path: Path) -> None:
    assert can_hand()
    path = tmp_path / "a"
    path.write_bytes(b"words")
    ours, theirs = socket.socketpair()
    with ours, theirs:
        descriptor = open_regular(str(path))
        assert descriptor is not None
        send(ours.fileno(), descriptor)
        os.close(descriptor)
        received = receive(theirs.fileno())
    path.rename(tmp_path / "b")
    with handed(str(path), received):
        for _ in range(2):
            with opened(path) as file:
                assert file.read() == b"words"
        with pytest.raises(OSError, match="Bad file descriptor"):
            os.write(received, b"x")
    with pytest.raises(FileNotFoundError):
        opened(path)
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(received)


@on_linux
def test_what_brings_no_file_is_an_error() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.send(b"\0")
        with pytest.raises(OSError, match="Bad message"):
            receive(theirs.fileno())
        ours.close()
        with pytest.raises(OSError, match=r"."):
            receive(theirs.fileno())
        with pytest.raises(OSError, match="Bad file descriptor"):
            send(-1, theirs.fileno())


def test_only_a_file_is_opened(tmp_path: Path) -> None:
    assert open_regular(str(tmp_path)) is None
    assert open_regular(str(tmp_path / "none")) is None
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "fifo")
        assert open_regular(str(tmp_path / "fifo")) is None


def test_a_task_says_what_it_needs() -> None:
    def task(one: str, two: str) -> None:
        pass

    assert needs(task, ("a", "b")) == Needs()
    assert needs(reads(file=1)(task), ("a", "b")) == Needs("b")
    assert needs(reads(file=0, staging=1)(task), ("a", "b")) == Needs("a", "b")
