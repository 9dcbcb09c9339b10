"""Handing an open file to a process that may open none: it needs no right to a person's files."""

from __future__ import annotations

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


def can_hand() -> bool:
    """Whether this system lets one process hand an open file to another in this way."""
    return sys.platform == "linux"
