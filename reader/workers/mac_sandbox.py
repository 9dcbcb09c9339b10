"""What macOS lets a process do: a sandbox profile. Written by Apple's own profiles; not run.

What is not named stays allowed, so that no library misses what it needs on a system that nobody
has tried; what a hostile file would want is refused.

Source: sandbox_init(3) of macOS, and /System/Library/Sandbox/Profiles for the language.
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path


def profile(writable: str) -> str:
    """No network, no programs or processes, no writing but in one folder, and no user's notes.

    The folder is the staging folder of a data folder, or "" for none.
    """
    rules = [
        "(version 1)",
        "(allow default)",
        "(deny network*)",
        "(deny process-exec*)",
        "(deny process-fork)",
        "(deny file-write*)",
        f"(allow file-write* (literal {_quoted(os.devnull)}))",
    ]
    if writable:
        # The rules go by the real name, and the last that fits counts.
        staging = Path(os.path.realpath(writable))
        rules += [
            f"(allow file-write* (subpath {_quoted(str(staging))}))",
            f"(deny file-read* (subpath {_quoted(str(staging.parent / 'users'))}))",
        ]
    return "\n".join(rules)


def _quoted(path: str) -> str:
    escaped = path.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def restrict(writable: str) -> bool:
    """Hold this process to its `profile` from now on; False where the system does not do it."""
    if sys.platform != "darwin":
        return False
    try:
        system = ctypes.CDLL(None)
        said = ctypes.c_char_p()
        told = profile(writable).encode()
        done: int = system.sandbox_init(told, ctypes.c_uint64(0), ctypes.byref(said))
    except (OSError, AttributeError):
        return False
    return done == 0


def is_sandboxed() -> bool:
    """Whether the system holds this process to a profile."""
    if sys.platform != "darwin":
        return False
    try:
        found: int = ctypes.CDLL(None).sandbox_check(os.getpid(), None, 0)
    except (OSError, AttributeError):
        return False
    return found == 1
