"""What code tries that has taken over the process which reads a file: system calls by ctypes."""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import sqlite3
import struct
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from reader.descriptor_passing import opened, reads
from reader.workers.confinement import writing_in
from reader.workers.seccomp import REFUSED

_NUMBERS = {
    line.split()[0]: line.split()[1 if platform.machine() == "x86_64" else 2]
    for group in REFUSED
    for line in group.split(",")
} | ({"prlimit64": "302"} if platform.machine() == "x86_64" else {"prlimit64": "261"})
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
_HERE = -100  # AT_FDCWD


def call(name: str, *arguments: object) -> int:
    """The error of a system call, or 0."""
    number = int(_NUMBERS[name])
    return done(_libc().syscall, ctypes.c_long(number), *map(plain, arguments))


def done(function: Callable[..., int], *arguments: object) -> int:
    return ctypes.get_errno() if function(*arguments) == -1 else 0


def plain(argument: object) -> object:
    if isinstance(argument, Path):
        return ctypes.c_char_p(os.fsencode(argument))
    return ctypes.c_long(argument) if isinstance(argument, int) else argument


def _libc() -> ctypes.CDLL:
    assert _LIBC is not None
    return _LIBC


def error_of(attempt: Callable[[], object]) -> int:
    try:
        attempt()
    except OSError as error:
        return error.errno or -1
    except sqlite3.OperationalError:
        return errno.EACCES
    return 0


def open_by_c(path: Path | str, flags: int) -> int:
    """Opens a file as a parser in C does, which Python does not see."""
    handle = _libc().open(plain(Path(path)), flags, 0o600)
    error = ctypes.get_errno() if handle == -1 else 0
    if handle != -1:
        os.close(handle)
    return error


def by_fork() -> int:
    child = _libc().fork()
    if child == 0:
        os.kill(os.getpid(), 9)
    if child > 0:
        os.waitpid(child, 0)
    return ctypes.get_errno() if child == -1 else 0


def shell(target: Path) -> int:
    _libc().system(b"echo > '" + os.fsencode(target) + b"'")
    return 0 if target.exists() else errno.EPERM


def into(database: Path) -> None:
    with closing(sqlite3.connect(database)) as opened_database:
        opened_database.execute("CREATE TABLE planted (x)")


def other_memory(process: int) -> int:
    space = ctypes.create_string_buffer(8)
    piece = ctypes.create_string_buffer(struct.pack("QQ", ctypes.addressof(space), 8))
    return call("process_vm_readv", process, piece, 1, piece, 0, 0)


def calls(parent: int, outside: Path) -> dict[str, Callable[[], int]]:
    """Each tries one call, as far as that does no harm where it is let, and gives its error."""
    old, new = outside / "letter.txt", outside / "planted"
    limits = ctypes.create_string_buffer(16)
    return {
        "socket of the internet": lambda: call("socket", 2, 1, 0),
        "socket to programs here": lambda: call("socket", 1, 1, 0),
        "socket to the kernel": lambda: call("socket", 16, 3, 0),
        "socketpair": lambda: call("socketpair", 1, 1, 0, ctypes.create_string_buffer(8)),
        "connect": lambda: call("connect", -1, None, 0),
        "bind": lambda: call("bind", -1, None, 0),
        "sendto": lambda: call("sendto", -1, None, 0, 0, None, 0),
        "sendmsg": lambda: call("sendmsg", -1, None, 0),
        "execve": lambda: call("execve", outside / "none", None, None),
        "execveat": lambda: call("execveat", _HERE, outside / "none", None, None, 0),
        "memfd_create": lambda: call("memfd_create", ctypes.c_char_p(b"x"), 0),
        "fork": by_fork,
        "system": lambda: shell(outside / "by shell"),
        "ptrace": lambda: call("ptrace", 16, -1, None, None),
        "mount": lambda: call("mount", None, outside / "none", None, 0, None),
        "umount": lambda: call("umount2", outside / "none", 0),
        "pivot_root": lambda: call("pivot_root", outside / "none", outside / "none"),
        "chroot": lambda: call("chroot", outside / "none"),
        "unshare": lambda: call("unshare", 0x04000000),
        "setns": lambda: call("setns", -1, 0),
        "keyctl": lambda: call("keyctl", 0, -3, 0),
        "add_key": lambda: call("add_key", None, None, None, 0, -3),
        "bpf": lambda: call("bpf", 99, None, 0),
        "io_uring_setup": lambda: call("io_uring_setup", 0, None),
        "perf_event_open": lambda: call("perf_event_open", None, 0, -1, -1, 0),
        "userfaultfd": lambda: call("userfaultfd", 0),
        "process_vm_readv": lambda: other_memory(parent),
        "process_vm_writev": lambda: call("process_vm_writev", parent, None, 0, None, 0, 0),
        "kill the parent": lambda: done(_libc().kill, parent, 0),
        "pidfd_open": lambda: call("pidfd_open", parent, 0),
        "limits of the parent": lambda: call("prlimit64", parent, 7, None, limits),
        "pace of the parent": lambda: call("setpriority", 0, parent, 0),
        "kexec_load": lambda: call("kexec_load", 0, -1, None, 0),
        "init_module": lambda: call("init_module", None, 0, None),
        "reboot": lambda: call("reboot", 0, 0, 0, None),
        "swapon": lambda: call("swapon", outside / "none", 0),
        "sethostname": lambda: call("sethostname", None, -1),
        "settimeofday": lambda: call("settimeofday", ctypes.c_void_p(1), None),
        "setuid": lambda: call("setuid", os.getuid()),
        "personality": lambda: call("personality", 0xFFFFFFFF),
        "shmget": lambda: call("shmget", 0x0FF0, 4096, 0o600),
        "msgget": lambda: call("msgget", 0x0FF0, 0o600),
        "semget": lambda: call("semget", 0x0FF0, 1, 0o600),
        "inotify": lambda: call("inotify_init1", 0),
        "chmod": lambda: done(_libc().chmod, plain(old), 0o600),
        "chown": lambda: call("fchownat", _HERE, old, -1, -1, 0),
        "times": lambda: call("utimensat", _HERE, old, None, 0),
        "setxattr": lambda: call("setxattr", old, None, None, 0, 0),
        "truncate": lambda: call("truncate", old, 6),
        "symlink": lambda: call("symlinkat", old, _HERE, outside / "symlink"),
        "link": lambda: call("linkat", _HERE, old, _HERE, outside / "link", 0),
        "fifo": lambda: call("mknodat", _HERE, outside / "fifo", 0o010600, 0),
        "owner of a file's signals": lambda: done(_libc().fcntl, 1, 8, parent),
        "writing": lambda: open_by_c(new, os.O_WRONLY | os.O_CREAT),
        "writing into a file": lambda: open_by_c(old, os.O_RDWR),
        "emptying a file": lambda: open_by_c(outside / "empty.txt", os.O_TRUNC),
        "mkdir": lambda: done(_libc().mkdir, plain(outside / "folder"), 0o700),
        "rename": lambda: done(_libc().rename, plain(outside / "a"), plain(outside / "b")),
        "unlink": lambda: done(_libc().unlink, plain(outside / "c")),
        "rmdir": lambda: done(_libc().rmdir, plain(outside / "empty")),
        "sqlite": lambda: error_of(lambda: into(outside / "planted.db")),
    }


def by_thread() -> int:
    thread = threading.Thread(target=lambda: None)
    thread.start()
    thread.join()
    return 0


def allowed(outside: Path, staging: Path, given: Path) -> dict[str, Callable[[], int]]:
    """What a process that reads must be able to do, or cannot be kept from."""
    work = staging / "work"

    def in_staging() -> None:
        work.mkdir()
        (work / "a").write_text("read")
        (work / "a").rename(work / "b")
        (work / "b").replace(staging / "moved")
        work.rmdir()
        (staging / "moved").unlink()

    return {
        "writing in staging": lambda: error_of(in_staging),
        "the file that was handed over": lambda: error_of(lambda: opened(given).close()),
        "a module": lambda: error_of(lambda: Path(os.__file__).read_bytes()),
        "a thread": by_thread,
        "that a file exists": lambda: error_of((outside / "letter.txt").stat),
        "a signal to itself": lambda: done(_libc().kill, os.getpid(), 0),
    }


@reads(file=0, staging=1)
def escape(given: str, staging: str, outside: str, files: list[str]) -> dict[str, int]:
    """What became of each attempt: 0, or its error."""
    tried = {**calls(os.getppid(), Path(outside))}
    tried |= {f"may: {n}": a for n, a in allowed(Path(outside), Path(staging), Path(given)).items()}
    with writing_in(Path(staging)):
        found = {name: attempt() for name, attempt in tried.items()}
    return found | {path: open_by_c(path, os.O_RDONLY) for path in files}
