"""What files a process may open, kept by Linux itself: Landlock, by its system calls alone.

Source: https://docs.kernel.org/userspace-api/landlock.html
"""

from __future__ import annotations

import ctypes
import os
import stat
import sys
from collections.abc import Iterable

# The same on every machine: they are younger than the one list of numbers.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION = 1
_PATH_BENEATH = 1
_PR_SET_NO_NEW_PRIVS = 38

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR, _REMOVE_DIR, _REMOVE_FILE = (1 << n for n in range(6))
_MAKE_DIR, _MAKE_REG = 1 << 7, 1 << 8
_REFER, _TRUNCATE, _IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15
_READ = _READ_FILE | _READ_DIR
_WRITE = (
    *(_READ, _WRITE_FILE, _REMOVE_DIR, _REMOVE_FILE, _MAKE_DIR, _MAKE_REG, _REFER, _TRUNCATE),
)
_OF_FILES = _READ_FILE | _WRITE_FILE | _TRUNCATE
# What each version of Landlock began to know, of files: the first 13, then one more each.
# Linux's; other systems have none, and their Python does not name them.
_O_PATH, _O_CLOEXEC = 0o10000000, 0o2000000
_KNOWN = {1: 13, 2: 14, 3: 15, 4: 15}
_NET = 0b11  # binding and connecting TCP
_SCOPED = 0b11  # abstract Unix sockets, signals to processes outside


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("files", ctypes.c_uint64),
        ("net", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def version() -> int:
    """The version of Landlock that this kernel has; 0 when it has none, or has it turned off."""
    if sys.platform != "linux":
        return 0
    return max(0, _call(_CREATE_RULESET, None, 0, _VERSION))


def restrict(readable: Iterable[str], writable: Iterable[str]) -> bool:
    """Whether this thread, and what it starts, can now open only what lies beneath these paths.

    `readable` and `writable` are folders or files; one that is not there is passed over. Threads
    that run already stay free: call it before there are any. What is open stays open. That a file
    exists, its size and its times are not hidden.
    """
    known = version()
    if not known:
        return False
    files = (1 << _KNOWN.get(known, 16)) - 1
    asked = _Ruleset(files, _NET if known >= 4 else 0, _SCOPED if known >= 6 else 0)
    size = 24 if known >= 6 else 16 if known >= 4 else 8
    rules = _call(_CREATE_RULESET, ctypes.pointer(asked), size, 0)
    if rules < 0:
        return False
    try:
        for path in readable:
            _allow(rules, path, _READ & files)
        for path in writable:
            _allow(rules, path, sum(_WRITE) & files)
        _libc().prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        return _call(_RESTRICT_SELF, rules, 0) == 0
    finally:
        os.close(rules)


def _allow(rules: int, path: str, rights: int) -> None:
    try:
        handle = os.open(path, _O_PATH | _O_CLOEXEC)
    except OSError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(handle).st_mode):
            rights &= _OF_FILES
        beneath = _PathBeneath(rights, handle)
        _call(_ADD_RULE, rules, _PATH_BENEATH, ctypes.byref(beneath), 0)
    finally:
        os.close(handle)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _call(number: int, *arguments: object) -> int:
    wide = (ctypes.c_long(one) if isinstance(one, int) else one for one in arguments)
    return int(_libc().syscall(ctypes.c_long(number), *wide))
