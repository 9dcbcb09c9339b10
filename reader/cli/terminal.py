"""The terminal that a person sits at, where there is one: what is typed there unseen."""

from __future__ import annotations

import sys
import warnings
from getpass import GetPassWarning, getpass

from reader.problem import Problem


def typed(prompt: str) -> str:
    """What a person types at the terminal, unseen.

    Raises:
        Problem: when there is no terminal.
    """
    nobody = Problem(
        "A passphrase has to be typed, and there is no terminal here: start this in one."
    )
    # Windows would wait without an end for keys that nobody can press.
    if sys.platform == "win32" and not has_terminal():
        raise nobody
    try:
        with warnings.catch_warnings():
            # Instead of showing to all what is typed.
            warnings.simplefilter("error", GetPassWarning)
            return getpass(prompt)
    except (GetPassWarning, EOFError):
        raise nobody from None


def has_terminal() -> bool:
    """Whether standard input is a terminal."""
    if not sys.stdin.isatty():
        return False
    if sys.platform != "win32":
        return True
    # Windows takes each device for a terminal, also the one that is always empty.
    import ctypes
    import msvcrt

    mode = ctypes.c_uint32()
    handle = ctypes.c_void_p(msvcrt.get_osfhandle(sys.stdin.fileno()))
    return bool(ctypes.windll.kernel32.GetConsoleMode(handle, ctypes.byref(mode)))
