"""Bugs: caught at the top, written to the log, told to the person, and the window lives on."""

from __future__ import annotations

import faulthandler
import logging
import os
import sys
import threading
from collections.abc import Callable
from io import TextIOWrapper
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import TextIO

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler, qVersion

from reader import __version__
from reader.bug_trace import WorkerError, trace_of
from reader.paths import make_way

_LOG = logging.getLogger("offprint")
MOST_BYTES = 512 * 1024
FORMER_LOGS = 3


class PrivateLog(logging.FileHandler):
    """A log that only its owner can read, with the parts before it beside it: .1 is the latest.

    Written here because Python's own would load sockets and pickles with each start: 7 ms.
    """

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record, into a new file when it would make this one too large."""
        try:
            size = len(self.format(record).encode(errors="replace")) + 1
            if Path(self.baseFilename).stat().st_size + size > MOST_BYTES:
                self._begin_anew()
            super().emit(record)
        except OSError:
            self.handleError(record)

    def _begin_anew(self) -> None:
        if self.stream is not None:
            self.stream.close()
        parts = [Path(f"{self.baseFilename}.{number}") for number in range(FORMER_LOGS, 0, -1)]
        try:
            for later, former in pairwise([*parts, Path(self.baseFilename)]):
                if former.exists():
                    former.replace(later)
        finally:
            self.stream = self._open()

    def _open(self) -> TextIOWrapper:
        make_way(Path(self.baseFilename))
        handle = os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        return os.fdopen(handle, "a", encoding=self.encoding)


def open_log(folder: Path) -> None:
    """Lets the log of this process go to a rotating file in `folder`."""
    handler = PrivateLog(folder / "offprint.log", encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)sZ %(levelname)s %(name)s %(message)s"))
    _LOG.addHandler(handler)
    _LOG.setLevel(logging.INFO)
    _LOG.propagate = False


class Report:
    """Takes bugs from every hook there is and keeps the newest as a file that one can read.

    What is written holds module names, line numbers and types, never the text of an exception:
    that could hold what somebody reads or wrote.
    """

    def __init__(self, folder: Path, tell: Callable[[str], None]) -> None:
        self._folder = folder
        self._tell = tell
        self._crash_file: TextIO | None = None
        self._is_telling = False

    def listen(self) -> None:
        """Takes over the hooks of Python, its threads and Qt."""
        sys.excepthook = self.take
        threading.excepthook = self._take_thread
        sys.unraisablehook = self._take_unraisable
        qInstallMessageHandler(self._take_qt)
        crash = make_way(self._folder / "crash.log")
        crash.touch(mode=0o600)
        self._crash_file = crash.open("a", encoding="utf-8")
        faulthandler.enable(self._crash_file)

    def stop(self) -> None:
        """Gives the hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        sys.unraisablehook = sys.__unraisablehook__
        qInstallMessageHandler(None)
        faulthandler.disable()
        if self._crash_file is not None:
            self._crash_file.close()

    def take(
        self,
        kind: type[BaseException],
        error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Writes a bug down and says that there was one."""
        import platform

        if issubclass(kind, KeyboardInterrupt):
            raise SystemExit(130)
        written = kind.__name__ if error is None else trace_of(error)
        if isinstance(error, WorkerError):
            written += f"\nin a worker: {error.trace}"
        text = (
            f"Offprint {__version__}, Python {platform.python_version()}, Qt {qVersion()}, "
            f"{platform.system()} {platform.release()}\n{written}\n"
        )
        place = written.rpartition("\n")[2].strip()
        _LOG.error("bug %s at %s", kind.__name__, place if ":" in place else "unknown")
        path = self._folder / "report.txt"
        if self._is_telling:
            # To tell of a bug in what tells would go on without an end.
            return
        make_way(path).write_text(text, encoding="utf-8")
        self._is_telling = True
        try:
            self._tell(
                "Something in Offprint went wrong; your notes are safe. "
                f"What is known about it is in {path}."
            )
        finally:
            self._is_telling = False

    def _take_thread(self, args: threading.ExceptHookArgs) -> None:
        self.take(args.exc_type, args.exc_value, args.exc_traceback)

    def _take_unraisable(self, args: sys.UnraisableHookArgs) -> None:
        self.take(args.exc_type, args.exc_value, args.exc_traceback)

    @staticmethod
    def _take_qt(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg):
            _LOG.warning("Qt %s %d characters", kind.name, len(message))
