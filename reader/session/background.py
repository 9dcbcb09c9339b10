"""Runs tasks in worker processes and brings their results home to Qt's main thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from reader.problem import Problem

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

    from reader.workers.pool import Lane, Workers

Then = Callable[[Any], None]


class Background(QObject):
    """The worker processes as the window sees them: ask, and be called back on the main thread.

    Nothing starts before the first job, so that a window is painted before a process is made;
    except where `workers` have been begun already, which it then owns. Nothing starts after the
    end either: a signal that comes late asks in vain, and nobody is called back.
    """

    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None, workers: Workers | None = None) -> None:
        super().__init__(parent)
        self._workers = workers
        self._aside: ThreadPoolExecutor | None = None
        self._waiting: dict[Future[Any], tuple[Then, Then]] = {}
        self._is_closed = False
        self._ended.connect(self._bring_home, Qt.ConnectionType.QueuedConnection)

    def run(
        self, lane: Lane, function: Callable[..., Any], *args: Any, then: Then, failed: Then
    ) -> None:
        """Run `function(*args)` in a worker, then call `then` with what it gave.

        When it ended in a Problem, `failed` gets that instead; a bug is raised on the main thread,
        where the exception hook reports it.
        """
        if self._is_closed:
            return
        if self._workers is None:
            # Imported here: multiprocessing would cost a start 20 ms.
            from reader.workers.pool import Workers

            self._workers = Workers()
        future = self._workers.submit(lane, function, *args)
        self._waiting[future] = (then, failed)
        future.add_done_callback(self._ended.emit)

    def run_aside(self, function: Callable[..., Any], *args: Any, then: Then, failed: Then) -> None:
        """Run what only waits for the disk, such as hashing a file, on a thread of this process.

        The function touches neither Qt nor a database; `then` and `failed` are called as by `run`.
        """
        if self._is_closed:
            return
        if self._aside is None:
            from concurrent.futures import ThreadPoolExecutor

            self._aside = ThreadPoolExecutor(1, "aside")
        future = self._aside.submit(function, *args)
        self._waiting[future] = (then, failed)
        future.add_done_callback(self._ended.emit)

    @Slot(object)
    def _bring_home(self, future: Future[Any]) -> None:
        from concurrent.futures import CancelledError

        then, failed = self._waiting.pop(future, (None, None))
        if then is None or failed is None:
            return
        try:
            result = future.result()
        except CancelledError:
            return
        except Problem as problem:
            failed(problem)
            return
        then(result)

    def restart(self, lane: Lane) -> None:
        """End the processes of a lane, with all that they hold; the next job gets a new one.

        What one is doing ends in a Problem.
        """
        if self._workers is not None:
            self._workers.restart(lane)

    @property
    def busy(self) -> bool:
        """Whether any job has not come home yet."""
        return bool(self._waiting)

    def close(self) -> None:
        """End the worker processes; what they were doing is dropped."""
        self._is_closed = True
        self._waiting.clear()
        if self._aside is not None:
            self._aside.shutdown(wait=True, cancel_futures=True)
            self._aside = None
        if self._workers is not None:
            self._workers.close()
