"""Whether the program that wrote something still runs: it holds a lock on a file as long."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from reader.paths import make_private

if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


_NAME_BYTES = 8


class Sign:
    """A file in `folder` that is locked until this is closed or the process ends, however."""

    def __init__(self, folder: Path) -> None:
        """Make the sign; on a disk that cannot be written there is none.

        Raises:
            Problem: when the folder cannot be made.
        """
        self.name = os.urandom(_NAME_BYTES).hex()
        self._path = make_private(folder) / self.name
        self._handle = -1
        with suppress(OSError):
            self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            _lock(self._handle)

    def close(self) -> None:
        """Take the sign away."""
        if self._handle >= 0:
            with suppress(OSError):
                os.close(self._handle)
                self._path.unlink()
        self._handle = -1


def is_running(folder: Path, name: str) -> bool:
    """Whether the process that made the sign of that name in a folder still runs.

    The sign of one that does not is taken away.
    """
    path = folder / name
    try:
        handle = os.open(path, os.O_RDWR)
    except OSError:
        return False
    try:
        _lock(handle)
    except OSError:
        return True
    finally:
        os.close(handle)
    with suppress(OSError):
        path.unlink()
    return False
