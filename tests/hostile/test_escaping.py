"""A parser that has been taken over gets nothing of the system, whatever it calls."""

from __future__ import annotations

import errno
import multiprocessing
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from reader.workers import confinement as guard
from reader.workers import landlock
from reader.workers import pool as module
from reader.workers.pool import Workers
from tests.hostile.escaping import calls, escape

pytestmark = pytest.mark.skipif(
    landlock.version() == 0, reason="this kernel has no Landlock, so nothing confines by it"
)
ROOT = Path(__file__).resolve().parent.parent.parent
REFUSED = {errno.EPERM, errno.EACCES, errno.ENOSYS}
# These want a right that only the administrator of a machine has, or a kernel that has them.
MAY_FAIL_BEFORE = {
    *("mount", "umount", "pivot_root", "chroot", "unshare", "keyctl", "add_key", "bpf"),
    *("io_uring_setup", "perf_event_open", "userfaultfd", "process_vm_readv"),
    *("process_vm_writev", "kexec_load", "init_module", "reboot", "swapon", "sethostname"),
    *("settimeofday", "ptrace", "personality", "inotify"),
}


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Workers]:
    monkeypatch.setattr(module, "_ALSO_READABLE", (str(ROOT),))
    workers = Workers()
    yield workers
    workers.close()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with another user's notes, beside which lie a person's files."""
    home = tmp_path / "home"
    for folder in ("data/users/ben", "data/staging", "data/documents/0", "papers/empty"):
        (home / folder).mkdir(parents=True)
    for name in ("data/users/ben/notes.db", "data/library.db", "data/documents/0/original.pdf"):
        (home / name).write_text("private")
    for name in ("letter.txt", "a", "c", "empty.txt"):
        (home / "papers" / name).write_text("private")
    return home / "data"


def private(data: Path) -> list[str]:
    """Files and folders that are nobody's business who reads one file."""
    return [
        str(data / "users/ben/notes.db"),
        str(data / "library.db"),
        str(data / "documents/0/original.pdf"),
        str(data / "users"),
        str(data.parent),
        str(data.parent / "papers/letter.txt"),
        str(Path.home()),
        *("/", "/etc/passwd", "/etc/hosts", "/etc", "/tmp", "/proc", "/proc/self/environ"),
        *("/proc/self/maps", f"/proc/{os.getpid()}/cmdline", "/dev/tty", "/dev/shm"),
    ]


def tried(workers: Workers, lane: str, data: Path) -> dict[str, int]:
    given = data.parent / "given.txt"
    given.write_text("given")
    places = (str(given), str(data / "staging"), str(data.parent / "papers"))
    found: dict[str, int] = workers.submit(lane, escape, *places, private(data)).result()  # type: ignore[arg-type]
    return found


def tried_freely(data: Path) -> dict[str, int]:
    """What comes of the attempts in a process that nothing confines."""
    places = (str(data.parent / "given.txt"), str(data / "staging"), str(data.parent / "papers"))
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn) as executor:
        return executor.submit(escape, *places, private(data)).result()


def test_each_attempt_succeeds_before_and_none_after(workers: Workers, data: Path) -> None:
    after = tried(workers, "read", data)
    assert sorted((data.parent / "papers").iterdir()) == sorted(
        data.parent / "papers" / name for name in ("letter.txt", "a", "c", "empty.txt", "empty")
    )
    assert (data.parent / "papers/letter.txt").read_text() == "private"
    before = tried_freely(data)
    names = calls(1, data)
    assert len(names) >= 40
    assert {n for n in names if after[n] not in REFUSED} == set()
    refused_before = {name for name in names if before[name] in REFUSED}
    assert refused_before <= MAY_FAIL_BEFORE
    files = private(data)
    assert {path for path in files if after[path] not in REFUSED} == set()
    missing = {"/dev/tty", "/dev/shm", "/proc/self/maps"}  # not everywhere
    assert {path for path in files if before[path]} <= missing
    may = {name for name in after if name.startswith("may: ")}
    assert {name: after[name] for name in may} == dict.fromkeys(may, 0)
    assert len(may) == 6


@pytest.mark.parametrize("lane", ["read", "draw"])
def test_a_process_knows_what_confines_it(workers: Workers, lane: str) -> None:
    said = workers.submit(lane, guard.confined_by).result()  # type: ignore[arg-type]
    assert said == "Landlock and seccomp"
    assert workers.submit("find", guard.confined_by).result() == "seccomp"


# What changes files of ours, which a process must that keeps them.
OF_FILES = {
    *("chmod", "chown", "times", "setxattr", "truncate", "symlink", "link", "fifo", "inotify"),
    *("writing", "writing into a file", "mkdir", "rename", "unlink", "rmdir", "sqlite"),
}


@pytest.mark.parametrize("lane", ["find", "keep", "index", "merge", "notes"])
def test_what_reads_no_unknown_file_reaches_nobody_either(
    workers: Workers, data: Path, lane: str
) -> None:
    after = tried(workers, lane, data)
    assert {n for n in calls(1, data) if after[n] not in REFUSED} == OF_FILES
    may = {name for name in after if name.startswith("may: ")}
    assert {name: after[name] for name in may} == dict.fromkeys(may, 0)


def test_a_process_is_confined_before_it_has_threads(workers: Workers) -> None:
    assert workers.submit("read", threads_and_numpy).result() == (1, False)


def threads_and_numpy() -> tuple[int, bool]:
    import threading

    return threading.active_count(), "numpy" in sys.modules
