"""Handing an open file to a process that may open none: it needs no right to a person's files."""

from __future__ import annotations

import ctypes
import errno
import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

_Function = TypeVar("_Function", bound=Callable[..., Any])
_SOL_SOCKET, _SCM_RIGHTS, _CLOSE_ON_EXEC = 1, 1, 0x40000000
_NEEDS = "confined_needs"
_O_NONBLOCK, _O_CLOEXEC = getattr(os, "O_NONBLOCK", 0), getattr(os, "O_CLOEXEC", 0)

_handed: ContextVar[dict[str, int] | None] = ContextVar("handed", default=None)


@dataclass(frozen=True, slots=True)
class Needs:
    """The one file that a task reads, and the folder that it writes in; "" for none."""

    file: str = ""
    staging: str = ""


def reads(file: int, staging: int | None = None) -> Callable[[_Function], _Function]:
    """Say which of a function's arguments names the file it reads, and the folder it writes in."""

    def mark(function: _Function) -> _Function:
        setattr(function, _NEEDS, (file, staging))
        return function

    return mark


def needs(function: Callable[..., Any], args: Sequence[Any]) -> Needs:
    """What a confined process must be given for `function(*args)`; no file where none can be."""
    file, staging = getattr(function, _NEEDS, (None, None))
    return Needs(
        "" if file is None or not can_hand() else os.fspath(args[file]),
        "" if staging is None else os.fspath(args[staging]),
    )


def open_regular(path: str) -> int | None:
    """A descriptor to read a file by; None when it is none, or cannot be opened."""
    try:
        # A pipe would be waited for.
        handle = os.open(path, os.O_RDONLY | _O_NONBLOCK | _O_CLOEXEC)
    except OSError:
        return None
    if stat.S_ISREG(os.fstat(handle).st_mode):
        return handle
    os.close(handle)
    return None


@contextmanager
def handed(path: str, descriptor: int) -> Iterator[None]:
    """While it lasts, `opened` gives this open file for that path; it is closed afterwards."""
    token = _handed.set({path: descriptor})
    try:
        yield
    finally:
        _handed.reset(token)
        os.close(descriptor)


def opened(path: Path) -> BinaryIO:
    """The file at a path, opened to read its bytes: the handed one, where there is one.

    Raises:
        OSError: when it cannot be opened.
    """
    descriptor = (_handed.get() or {}).get(os.fspath(path))
    if descriptor is None:
        return path.open("rb")
    file = os.fdopen(os.dup(descriptor), "rb")
    file.seek(0)
    return file


class _Piece(ctypes.Structure):
    _fields_ = (("start", ctypes.c_void_p), ("size", ctypes.c_size_t))


class _Rights(ctypes.Structure):
    _fields_ = (
        ("size", ctypes.c_size_t),
        ("level", ctypes.c_int),
        ("kind", ctypes.c_int),
        ("descriptor", ctypes.c_int),
        ("padding", ctypes.c_int),
    )


class _Message(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_void_p),
        ("name_size", ctypes.c_uint),
        ("pieces", ctypes.POINTER(_Piece)),
        ("piece_count", ctypes.c_size_t),
        ("rights", ctypes.POINTER(_Rights)),
        ("rights_size", ctypes.c_size_t),
        ("flags", ctypes.c_int),
    )


def send(pipe: int, descriptor: int) -> None:
    """Hand an open file to the process at the other end of a Unix socket; Linux only.

    Raises:
        OSError: when nobody is there.
    """
    size = _Rights.padding.offset
    _exchange("sendmsg", pipe, _Rights(size, _SOL_SOCKET, _SCM_RIGHTS, descriptor, 0), 0)


def receive(pipe: int) -> int:
    """The open file that the other end hands over.

    Raises:
        OSError: when none comes.
    """
    rights = _Rights()
    _exchange("recvmsg", pipe, rights, _CLOSE_ON_EXEC)
    if rights.kind != _SCM_RIGHTS or rights.size < _Rights.padding.offset:
        raise OSError(errno.EBADMSG, os.strerror(errno.EBADMSG))
    return int(rights.descriptor)


def _exchange(call: str, pipe: int, rights: _Rights, flags: int) -> None:
    space = ctypes.create_string_buffer(1)
    byte = _Piece(ctypes.addressof(space), 1)
    message = _Message(
        *(None, 0, ctypes.pointer(byte), 1),
        *(ctypes.pointer(rights), ctypes.sizeof(_Rights), 0),
    )
    function = getattr(ctypes.CDLL(None, use_errno=True), call)
    while (done := function(pipe, ctypes.byref(message), flags)) != 1:
        code = ctypes.get_errno()
        if done == 0 or code != errno.EINTR:
            raise OSError(code, os.strerror(code))


def can_hand() -> bool:
    """Whether this system lets one process hand an open file to another in this way."""
    return sys.platform == "linux"
