"""Files for other programs, written whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from reader.problem import Problem


def write_whole(target: Path, content: str | bytes) -> None:
    """Write a file, text as UTF-8, so that there is all of it or what was there before.

    A file that is there keeps its mode, a new one has the usual one; what a link leads to is
    written, and the link stays.

    Raises:
        Problem: when it cannot be written, also when it is no file: a folder, a pipe, a device.
    """
    part = ""
    try:
        target = target.resolve()
        mode = _mode_for(target)
        handle, part = tempfile.mkstemp(dir=target.parent, prefix=".offprint-")
        with os.fdopen(handle, "wb") as out:
            out.write(content.encode() if isinstance(content, str) else content)
            out.flush()
            os.fsync(out.fileno())
        if mode is not None:
            Path(part).chmod(mode)
        Path(part).replace(target)
    except (OSError, RuntimeError) as error:
        if part:
            with suppress(OSError):
                Path(part).unlink()
        why = getattr(error, "strerror", None) or "its links lead in a circle"
        raise Problem(f"“{target}” cannot be written: {why}.") from None


def _mode_for(target: Path) -> int | None:
    """The mode that a file is to have; None where the system has no modes.

    Raises:
        Problem: when there is something that is no file.
    """
    try:
        there = target.stat()
    except FileNotFoundError:
        if os.name != "posix":
            return None
        # It can only be asked for by setting it.
        usual = os.umask(0o077)
        os.umask(usual)
        return 0o666 & ~usual
    if not stat.S_ISREG(there.st_mode):
        raise Problem(f"“{target}” is no file, so nothing is written there.")
    return stat.S_IMODE(there.st_mode)
