"""What a process that reads unknown files may not do: a hostile file can only end it.

On Linux the kernel keeps it to that: see `landlock` and `seccomp`. On Windows and macOS the system
keeps it to a part of it: see `windows_token`, `job_object` and `mac_sandbox`. Everywhere Python
does, which holds for Python's own calls and for no parser in C.
"""

from __future__ import annotations

import os
import platform
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from reader.paths import resources
from reader.workers import job_object, landlock, mac_sandbox, seccomp, windows_token

MEMORY_BYTES = 2 * 1024**3
CPU_SECONDS = 60
FILE_BYTES = 512 * 1024**2
OPEN_FILES = 64

# What programs share: the loader's libraries, the fonts that PDF files do not bring, the time zone
# and how many processors there are.
_LIBRARIES = (
    *("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/nix/store", "/gnu/store"),
    *("/etc/ld.so.cache", "/etc/localtime", "/usr/share/zoneinfo", "/sys/devices/system/cpu"),
    *("/usr/share/fonts", "/usr/share/X11/fonts", "/usr/local/share/fonts", "/dev/urandom"),
)

_writable: ContextVar[str] = ContextVar("writable", default="")

_REFUSED = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.startfile",
    "os.system",
    "pty.spawn",
    "winreg.",
)
_CHANGING = {
    "os.chmod",
    "os.chown",
    "os.link",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.symlink",
    "os.truncate",
}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


@contextmanager
def writing_in(folder: Path) -> Iterator[None]:
    """Let a confined process change what is in that folder, and nowhere else, during the block."""
    token = _writable.set(os.path.realpath(folder))
    try:
        yield
    finally:
        _writable.reset(token)


def confine(writable: str = "", readable: Iterable[str] = ()) -> None:
    """Take from this process, for good, what reading a file does not need.

    No sockets, no other processes, no writing but `writing_in` a folder; on Linux and macOS also
    a limit on open files and the size of a written one, on Linux and Windows on memory, and on
    Windows the system starts no other process. On Linux the kernel lets it open only
    `folders_needed`, what is `readable` beside these and the one `writable` folder, and refuses
    every other way out. On Windows it goes to low integrity, on macOS into a sandbox.

    Call it before there are threads.
    """
    # Python would keep compiled modules beside their sources, which is writing elsewhere.
    sys.dont_write_bytecode = True
    # Libraries ask for it later; where the system has no `os.uname`, Python finds it out with a
    # socket and keeps it.
    platform.uname()
    if sys.platform == "win32":
        job_object.restrict(MEMORY_BYTES)
        windows_token.restrict(writable)
    else:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
        resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
        if sys.platform == "linux":
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
            folders = [writable] if writable else []
            landlock.restrict([*folders_needed(), *readable], [*folders, os.devnull])
            seccomp.restrict()
        else:
            mac_sandbox.restrict(writable)
    sys.addaudithook(refuse)


def folders_needed() -> list[str]:
    """What this interpreter, our code and the libraries under both must be able to read.

    Never the folder of the program as a whole: a person's data may lie in it.
    """
    roots = {sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix}
    inside = tuple(f"{root}{os.sep}{lib}" for root in roots for lib in ("lib", "lib64"))
    packages = [
        path
        for path in sys.path
        if path.startswith(inside) or path.endswith(("site-packages", "dist-packages"))
    ]
    return [str(Path(__file__).parents[1]), str(resources()), *inside, *packages, *_LIBRARIES]


def leave_open(descriptor: int) -> None:
    """Close, in effect, every file of this process but one: each becomes one that keeps nothing.

    Among them are the terminal, which could be read and written to, and pipes of Python's own.
    """
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in [int(one.name) for one in Path("/proc/self/fd").iterdir()]:
        if number not in (descriptor, nothing):
            with suppress(OSError):  # the one that listed them is closed already
                os.fstat(number)
                os.dup2(nothing, number, inheritable=False)


def confined_by() -> str:
    """What confines this process, in words; to be asked within it."""
    by = []
    if sys.platform == "win32":
        by += ["a job object"] if job_object.is_held() else []
        by += ["low integrity"] if windows_token.is_low() else []
    elif sys.platform == "darwin":
        by += ["a sandbox profile"] if mac_sandbox.is_sandboxed() else []
    elif sys.platform == "linux":
        try:
            os.close(os.open("/", os.O_RDONLY))
        except PermissionError:
            by.append("Landlock")
        by += ["seccomp"] if seccomp.is_filtered() else []
    return " and ".join(by)


def in_words(by: str) -> str:
    """One sentence of what `confined_by` gives, for who asks whether a file can get out."""
    if not by:
        alone = "Files are read in a process that Python alone confines"
        return f"{alone}: the system offers no more here."
    if by == "a job object":
        return (
            f"Files are read in a process that Windows itself holds, by {by}, to its memory and "
            "time, and to starting no other; which files are opened there, Python alone confines."
        )
    if sys.platform != "linux":
        system = "Windows" if sys.platform == "win32" else "macOS"
        return f"Files are read in a process that {system} itself confines in part, by {by}."
    if "Landlock" in by:
        return f"Files are read in a process that Linux itself confines, by {by}."
    return (
        f"Files are read in a process that Linux itself confines, by {by}; it has no Landlock, so "
        "which files are opened there, Python alone confines."
    )


def allow_cpu() -> None:
    """Give this process another 60 seconds of work; beyond that the system ends it."""
    if sys.platform == "win32":
        job_object.restrict(MEMORY_BYTES, time.process_time() + CPU_SECONDS)
    else:
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + CPU_SECONDS, most))


def refuse(event: str, args: tuple[Any, ...]) -> None:
    """Refuse what reading a file does not need; the audit hook of a confined process.

    Raises:
        RuntimeError: when the event is one that reading a file does not need.
    """
    if event == "open":
        path, mode, flags = args
        writes = flags & _WRITING if isinstance(flags, int) else set(mode or "r") & set("wax+")
        if writes:
            _refuse_outside(event, path)
    elif event.startswith(_REFUSED):
        raise RuntimeError(f"{event} is refused while a file is read")
    elif event in _CHANGING:
        for path in args[: 2 if event in ("os.rename", "os.link", "os.symlink") else 1]:
            _refuse_outside(event, path)


def _refuse_outside(event: str, path: Any) -> None:
    if isinstance(path, int) or path == os.devnull:
        return  # a file that is open already, or one that keeps nothing
    allowed = _writable.get()
    real = os.path.realpath(os.fsdecode(path))
    if not allowed or os.path.commonpath([allowed, real]) != allowed:
        raise RuntimeError(f"{event} outside the staging folder is refused while a file is read")
