"""Worker processes: what may take long or meet a hostile file runs there; no Qt."""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import nullcontext
from dataclasses import dataclass
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Literal

if sys.platform == "win32":
    from multiprocessing.connection import PipeConnection as Connection
else:
    from multiprocessing.connection import Connection

from reader.bug_trace import WorkerError, known_lines, told_of, trace_of
from reader.descriptor_messages import receive, send
from reader.descriptor_passing import Needs, handed, needs, open_regular
from reader.paths import make_private
from reader.problem import Problem
from reader.workers import answers

Lane = Literal["read", "keep", "find", "index", "merge", "notes", "draw"]

_PROCESSES: dict[Lane, int] = {"read": 2}  # of other lanes one
_LONGEST_SECONDS: dict[Lane, float | None] = {"read": 180.0, "draw": 20.0}
# So many jobs a process does; then a new one takes its place, for what parsers never give back is
# given back with it. That costs a lane half a second in a thousand files. What merging takes, it
# takes seldom.
_MOST_JOBS: dict[Lane, int] = {"read": 500, "draw": 2000, "merge": 1}
_ENDED: dict[Lane, str] = {
    "read": "The file cannot be read: that takes more time or memory than Offprint allows a file.",
    "keep": "The file could not be kept. Import it again.",
    "find": "The search was stopped. Try again.",
    "index": "Indexing was stopped; it begins again with the next start.",
    "merge": "The search index was not put in order; that begins again with the next start.",
    "notes": "Work on the notes was stopped. Try it again, or open the document again.",
    "draw": "This page cannot be drawn: it takes more time or memory than Offprint allows a page.",
}
_MISREAD = (
    "The file cannot be read: Offprint made a mistake with it, which a report in the log describes."
)
_MISDRAWN = (
    "This page cannot be drawn: Offprint made a mistake with it, which a report in the log "
    "describes."
)
# These open files that nobody knows: they are confined, and a bug with one is its file's alone.
_CONFINED: dict[Lane, str] = {"read": _MISREAD, "draw": _MISDRAWN}
_LOG = logging.getLogger("offprint")
# Beside what every reading needs; for tests, whose functions lie elsewhere.
_ALSO_READABLE: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Request:
    """What a process is asked, pickled, and what it needs for it that it may not open itself.

    `shape` is the type of a right answer.
    """

    message: bytes
    needs: Needs
    shape: Any


_Job = tuple["Future[Any]", _Request]


class Workers:
    """Worker processes in lanes that never wait for each other.

    "read" opens unknown files, confined, two at a time; "draw" draws pages of them, confined too;
    "keep" puts what was read into the library; "find" answers questions; "index" writes the index;
    "merge" makes few segments of its many; "notes" puts notes on changed texts. A process starts
    with the first job that needs it and stays for the next; one that reads or draws gives way to a
    new one after some hundred, one that merges after each. When one dies, its job ends in a Problem
    and the next gets a new process. A bug in "read" or "draw" is logged and ends in a Problem too.
    """

    def __init__(self) -> None:
        self._lanes: dict[Lane, _Queue] = {}
        self._closed = False

    def submit(self, lane: Lane, function: Callable[..., Any], *args: Any) -> Future[Any]:
        """Run `function(*args)` in a process of that lane.

        Both are pickled; the function says by its annotation what it gives, which is plain data as
        `answers` knows it.

        Cancelling the future drops a job that has not begun. A Problem raised in the process comes
        back as it is; any other exception comes back as a WorkerError with its traceback as text.

        Raises:
            Problem: when the workers have been closed.
        """
        if self._closed:
            raise Problem("Offprint is being closed.")
        if lane not in self._lanes:
            self._lanes[lane] = _Queue(lane)
        future: Future[Any] = Future()
        asked = needs(function, args) if lane in _CONFINED else Needs()
        # Pickled here, so that what cannot be is a bug of whoever asks.
        message = pickle.dumps((function, args, asked.file))
        request = _Request(message, asked, answers.shape_of(function))
        self._lanes[lane].put((future, request))
        return future

    def restart(self, lane: Lane) -> None:
        """End what the lane is doing, in a Problem, and go on with what waits."""
        if lane in self._lanes:
            self._lanes[lane].kill()

    def close(self) -> None:
        """End all processes; jobs that wait are cancelled, running ones end in a Problem."""
        self._closed = True
        for queue in self._lanes.values():
            queue.close()


class _Queue:
    """The jobs of one lane, and the threads that each feed one process with them."""

    def __init__(self, lane: Lane) -> None:
        self.lane = lane
        self._jobs: deque[_Job] = deque()
        self._ready = threading.Condition()
        self._closed = False
        self._seats = [_Seat(self) for _ in range(_PROCESSES.get(lane, 1))]

    def put(self, job: _Job) -> None:
        """Add a job at the end."""
        with self._ready:
            self._jobs.append(job)
            self._ready.notify()

    def take(self, seat: _Seat) -> _Job | None:
        """The next job that was not cancelled; waits for one; None when the lane is closed."""
        with self._ready:
            seat.stage = "idle"
            while True:
                while self._jobs:
                    job = self._jobs.popleft()
                    if job[0].set_running_or_notify_cancel():
                        seat.stage = "busy"
                        return job
                if self._closed:
                    return None
                self._ready.wait()

    def kill(self) -> None:
        """End the processes at once; each is started again for the next job."""
        with self._ready:
            for seat in self._seats:
                # A job that was taken may not have a process yet: then it gets none.
                seat.stage = "stopped" if seat.stage == "busy" else seat.stage
        for seat in self._seats:
            seat.kill()

    def close(self) -> None:
        """Cancel what waits, end the processes and wait until they are gone."""
        with self._ready:
            self._closed = True
            for future, _ in self._jobs:
                future.cancel()
            self._ready.notify_all()
        self.kill()
        for seat in self._seats:
            seat.join()


class _Seat:
    """One process and the thread that feeds it."""

    def __init__(self, queue: _Queue) -> None:
        self._queue = queue
        self.stage: Literal["idle", "busy", "stopped"] = "idle"
        self._process: BaseProcess | None = None
        self._staging: tuple[str, int] | None = None
        self._jobs_done = 0
        self._pipe: Connection | None = None
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._feed, name=queue.lane, daemon=True)
        self._thread.start()

    def _feed(self) -> None:
        while (job := self._queue.take(self)) is not None:
            future, request = job
            try:
                kind, value = self._ask(request)
            except Problem as problem:
                future.set_exception(problem)
                continue
            except Exception:  # noqa: BLE001  # a process that was taken over may answer anything
                self.kill()
                future.set_exception(Problem(_ENDED[self._queue.lane]))
                continue
            self._jobs_done += 1
            if self._jobs_done >= _MOST_JOBS.get(self._queue.lane, self._jobs_done + 1):
                self.kill()
            if kind == "result":
                future.set_result(value)
            elif kind == "bug" and self._queue.lane in _CONFINED:
                # Files that wait behind this one are not to wait for ever.
                _LOG.error("A bug while a file was read: %s", known_lines(value))
                future.set_exception(Problem(_CONFINED[self._queue.lane]))
            else:
                future.set_exception(WorkerError(value) if kind == "bug" else value)
        self.kill()

    def _ask(self, request: _Request) -> tuple[str, Any]:
        pipe = self._start(request.needs.staging)
        pipe.send_bytes(request.message)
        if request.needs.file:
            _hand_over(pipe, request.needs.file)
        longest = _LONGEST_SECONDS.get(self._queue.lane)
        # On Windows a process takes its end of the pipe itself; if it dies before, the pipe stays.
        process = self._process
        ended = [process.sentinel] if process is not None and sys.platform == "win32" else []
        if pipe not in wait([pipe, *ended], longest):
            raise EOFError
        # One that begins to answer and does not end would be waited for as well.
        ending = threading.Timer(longest or threading.TIMEOUT_MAX, self.kill)
        ending.daemon = True
        ending.start()
        try:
            untrusted_bytes = pipe.recv_bytes(answers.MOST_BYTES)
        finally:
            ending.cancel()
        return answers.decode(untrusted_bytes, request.shape)

    def _start(self, staging: str) -> Connection:
        """The pipe to a process that may write in that folder, if one is named."""
        place = (staging, make_private(Path(staging)).stat().st_ino) if staging else None
        if place not in (None, self._staging):
            self.kill()  # What a process may write to is settled when it begins.
        with self._lock:
            if self.stage == "stopped":
                raise EOFError
            if self._process is None or self._pipe is None or not self._process.is_alive():
                context = multiprocessing.get_context("spawn")
                self._pipe, theirs = context.Pipe()
                given = (theirs, self._queue.lane, staging, _ALSO_READABLE)
                process = context.Process(target=_begin, args=given, daemon=True)
                # One that cannot be started is none.
                process.start()
                self._process, self._jobs_done, self._staging = process, 0, place
                # With our copy closed, the end of the process is the end of the pipe.
                theirs.close()
            return self._pipe

    def kill(self) -> None:
        """End the process, if there is one."""
        with self._lock:
            if self._process is not None:
                self._process.kill()
                self._process.join()
                self._process = None

    def join(self) -> None:
        """Wait until the thread has ended."""
        self._thread.join()


def _hand_over(pipe: Connection, path: str) -> None:
    """Send an open file after a request; nothing when it cannot be opened."""
    descriptor = open_regular(path)
    pipe.send(descriptor is not None)
    if descriptor is not None:
        try:
            send(pipe.fileno(), descriptor)
        finally:
            os.close(descriptor)


def _begin(pipe: Connection, lane: Lane, staging: str, readable: tuple[str, ...]) -> None:
    """Run in a process of its own, which has no way to the network nor to other programs."""
    if lane not in _CONFINED:
        # What is confined is refused this and more. These read data files of ours, which in a
        # folder from elsewhere may have been planted.
        from reader.workers import seccomp

        seccomp.restrict(may_change_files=True)
    _serve(pipe, lane, staging, readable)


def _serve(pipe: Connection, lane: Lane, staging: str, readable: tuple[str, ...]) -> None:
    """Run in the process: do one job after the other until the other end is closed."""
    # As in the window: to look for cycles among the parts of a document would take a third longer.
    gc.set_threshold(50_000, 10, 10)
    # Ctrl-C in a terminal reaches all processes; the one in front decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if lane in _CONFINED:
        from reader.workers import confinement as confinement

        if sys.platform == "linux":
            confinement.leave_open(pipe.fileno())
        confinement.confine(staging, readable)
    while True:
        try:
            function, args, file = pipe.recv()
            # Where it cannot be opened, the task says so by the path.
            given = handed(file, receive(pipe.fileno())) if file and pipe.recv() else nullcontext()
        except EOFError:
            return
        if lane in _CONFINED:
            confinement.allow_cpu()
        with given:
            answer = _answer(function, args, is_told=lane not in _CONFINED)
        pipe.send_bytes(answer)


def _answer(function: Callable[..., Any], args: tuple[Any, ...], is_told: bool) -> bytes:
    try:
        return answers.encode("result", function(*args))
    except Problem as problem:
        return answers.encode("problem", problem)
    except Exception as bug:  # noqa: BLE001  # it is raised again where the job came from
        return answers.encode("bug", told_of(bug) if is_told else trace_of(bug))
