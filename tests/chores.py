"""What the tests have worker processes do."""

from __future__ import annotations

import os
import pickle
import socket
import stat
import struct
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from reader.descriptor_passing import reads
from reader.problem import Problem
from reader.workers.answers import encode
from reader.workers.confinement import writing_in


def double(number: int) -> int:
    return 2 * number


def process_id() -> int:
    return os.getpid()


def give_seccomp() -> str:
    """What a process says on a kernel without Landlock."""
    return "seccomp"


def sleep(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def give_nothing() -> str:
    return ""


def die() -> None:
    os._exit(3)


def have_a_problem() -> None:
    raise Problem("It cannot be done.")


def have_a_bug() -> float:
    return 1 / 0


def fail_with(text: str) -> None:
    raise ValueError(f'{text}\n  File "{text}.py", line 3, in {text}')


def give_a_function() -> int:
    return lambda: None  # type: ignore[return-value]


def give_a_path() -> int:
    return Path("somewhere")  # type: ignore[return-value]


def give_anything() -> object:
    return None


class Payload:
    """Leaves a folder when it is unpickled."""

    def __init__(self, target: str) -> None:
        self.target = target

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return os.mkdir, (self.target,)


def _answer_with(content: bytes, size: int | None = None) -> None:
    """Writes to the pipe of this process as its end of multiprocessing does, and goes."""
    [pipe] = [n for n in range(3, 1024) if _is_socket(n)]
    os.write(pipe, struct.pack("!i", len(content) if size is None else size) + content)


def _is_socket(descriptor: int) -> bool:
    try:
        return stat.S_ISSOCK(os.fstat(descriptor).st_mode)
    except OSError:
        return False


def send_a_pickle(target: str) -> int:
    _answer_with(pickle.dumps(("result", Payload(target))))
    return 1


def send_another_answer(_: str) -> int:
    _answer_with(encode("result", "no number"))
    return 1


def begin_an_answer() -> int:
    _answer_with(b"a part", 1000)
    time.sleep(30)
    return 1


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
