"""How long to wait after wrong passphrases: kept on the disk, so that a new start helps nobody."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from reader.paths import make_way, read_regular
from reader.problem import Problem

_LARGEST_BYTES = 200

# Slips of the finger cost nothing.
FREE_TRIES = 3
LONGEST_WAIT_SECONDS = 300.0


class TooSoon(Problem):
    """A passphrase was tried while wrong ones before it are still waited for."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        unit = "second" if seconds == 1 else "seconds"
        super().__init__(f"Too many wrong passphrases were tried. Try again in {seconds} {unit}.")


class UnlockTries:
    """Counts wrong passphrases in a small file beside the notes.

    Whoever can write there can remove it: it keeps away who sits at the window, and the cost of the
    key derivation keeps away who has the files.
    """

    def __init__(self, path: Path, now: Callable[[], float] = time.time) -> None:
        self._path = path
        self._now = now

    def check(self) -> None:
        """Look whether a passphrase may be tried now.

        Raises:
            TooSoon: when it may not yet.
        """
        failed, at = self._read()
        now = self._now()
        if at > now:
            # The clock was put back since: the wait begins anew, and ends by the clock of today.
            at = now
            self._write(failed, at)
        left = at + _wait_after(failed) - now
        if left > 0:
            raise TooSoon(int(left) + 1)

    def failed(self) -> None:
        """Note a wrong passphrase."""
        self._write(self._read()[0] + 1, self._now())

    def _write(self, failed: int, at: float) -> None:
        # On a disk that cannot be written, the key derivation alone slows down.
        with suppress(OSError):
            make_way(self._path).write_text(json.dumps([failed, at]), encoding="ascii")

    def forget(self) -> None:
        """Begin anew: the right passphrase was given."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def _read(self) -> tuple[int, float]:
        """The number of wrong passphrases, and when the last was tried (seconds of the clock)."""
        try:
            failed, at = json.loads(read_regular(self._path, _LARGEST_BYTES))
            return max(0, int(failed)), float(at)
        except (OSError, ValueError, TypeError, OverflowError):
            return 0, 0.0


def _wait_after(failed: int) -> float:
    if failed < FREE_TRIES:
        return 0.0
    return float(min(LONGEST_WAIT_SECONDS, 2.0 ** min(failed - FREE_TRIES + 1, 30)))
