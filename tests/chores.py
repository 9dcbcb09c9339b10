"""What the tests have worker processes do."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from reader.descriptor_passing import reads
from reader.problem import Problem
from reader.workers.confinement import writing_in


def double(number: int) -> int:
    return 2 * number


def process_id() -> int:
    return os.getpid()


def sleep(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def die() -> None:
    os._exit(3)


def have_a_problem() -> None:
    raise Problem("It cannot be done.")


def have_a_bug() -> float:
    return 1 / 0


def give_a_function() -> object:
    return lambda: None


def give_a_path() -> object:
    return Path("somewhere")


def give_many_bytes(count: int) -> bytes:
    return b"x" * count


def open_a_socket() -> None:
    socket.socket()


def start_a_process() -> None:
    subprocess.run([sys.executable, "-c", ""], check=True)


def take_memory(count: int) -> int:
    return len(bytearray(count))


def spin() -> None:
    while True:
        pass


@reads(file=0, staging=1)
def write(path: str, allowed: str) -> str:
    with writing_in(Path(allowed)):
        Path(path).write_text("written", encoding="utf-8")
    return path
