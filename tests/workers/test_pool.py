from __future__ import annotations

import multiprocessing
import pickle
import signal
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from pathlib import Path

import pytest

from reader.problem import Problem
from reader.workers import confinement as guard
from reader.workers import pool as module
from reader.workers.answers import decode
from reader.workers.pool import Lane, Workers
from tests import chores

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Workers]:
    monkeypatch.setattr(module, "_ALSO_READABLE", (str(ROOT),))
    workers = Workers()
    yield workers
    workers.close()


def test_a_result_comes_back_and_the_process_stays(workers: Workers) -> None:
    assert workers.submit("find", chores.double, 4).result() == 8
    first = workers.submit("find", chores.process_id).result()
    assert workers.submit("find", chores.process_id).result() == first


def test_a_process_that_reads_gives_way_to_a_new_one_after_so_many_files(
    workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(module._PROCESSES, "read", 1)
    monkeypatch.setitem(module._MOST_JOBS, "read", 2)
    ids = [workers.submit("read", chores.process_id).result() for _ in range(5)]
    assert ids[0] == ids[1] != ids[2] == ids[3] != ids[4]


def test_what_merging_takes_is_given_back_each_time(workers: Workers) -> None:
    ids = [workers.submit("merge", chores.process_id).result() for _ in range(2)]
    assert ids[0] != ids[1]


def test_no_process_starts_before_the_first_job() -> None:
    before = set(multiprocessing.active_children())
    workers = Workers()
    assert set(multiprocessing.active_children()) <= before
    assert workers.submit("find", chores.double, 4).result() == 8
    assert len(set(multiprocessing.active_children()) - before) == 1
    workers.close()


@contextmanager
def logged_bug(caplog: pytest.LogCaptureFixture, said: str) -> Iterator[None]:
    """What a bug in reading comes to: a sentence for the person, and where it was in the log."""
    with pytest.raises(Problem, match="made a mistake"):
        yield
    assert said in caplog.text
    caplog.clear()


def test_a_large_result_comes_back(workers: Workers) -> None:
    assert len(workers.submit("find", chores.give_many_bytes, 5_000_000).result()) == 5_000_000


def test_a_problem_comes_back_as_it_is(workers: Workers) -> None:
    with pytest.raises(Problem, match=r"^It cannot be done\.$"):
        workers.submit("index", chores.have_a_problem).result()


@pytest.mark.parametrize(
    ("chore", "said"),
    [
        (chores.have_a_bug, "ZeroDivisionError"),
        (chores.give_a_function, "function is no answer"),
        (chores.give_a_path, "Path is no answer"),
    ],
)
def test_a_bug_comes_back_with_its_traceback(workers: Workers, chore: object, said: str) -> None:
    with pytest.raises(RuntimeError, match=said):
        workers.submit("index", chore).result()  # type: ignore[arg-type]
    assert workers.submit("index", chores.double, 2).result() == 4


def test_a_bug_in_reading_is_logged_and_holds_up_no_other_file(
    workers: Workers, caplog: pytest.LogCaptureFixture
) -> None:
    with logged_bug(caplog, "ZeroDivisionError"):
        workers.submit("read", chores.have_a_bug).result()
    assert workers.submit("read", chores.double, 2).result() == 4


def test_a_dead_process_is_a_problem_for_its_job_alone(workers: Workers) -> None:
    dead = workers.submit("read", chores.die)
    others = [workers.submit("read", chores.double, n) for n in range(5)]
    with pytest.raises(Problem, match="more time or memory"):
        dead.result()
    assert [other.result() for other in others] == [0, 2, 4, 6, 8]


def test_a_task_that_gives_no_plain_data_is_a_bug_of_the_asker(workers: Workers) -> None:
    with pytest.raises(TypeError, match="no plain data"):
        workers.submit("find", chores.give_anything)


@pytest.mark.parametrize("lane", ["read", "draw"])
@pytest.mark.parametrize("chore", [chores.send_a_pickle, chores.send_another_answer])
def test_what_a_process_sends_that_was_taken_over_runs_nothing(
    workers: Workers, tmp_path: Path, lane: Lane, chore: object
) -> None:
    marker = tmp_path / "ran"
    with pytest.raises(Problem, match="more time or memory"):
        workers.submit(lane, chore, str(marker)).result()  # type: ignore[arg-type]
    assert not marker.exists()
    assert workers.submit(lane, chores.double, 2).result() == 4


def test_a_process_that_never_ends_its_answer_is_ended(
    workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    workers.submit("read", chores.double, 2).result()
    monkeypatch.setitem(module._LONGEST_SECONDS, "read", 0.3)
    with pytest.raises(Problem, match="more time or memory"):
        workers.submit("read", chores.begin_an_answer).result()


def test_lanes_do_not_wait_for_each_other(workers: Workers) -> None:
    slow = workers.submit("index", chores.sleep, 30)
    assert workers.submit("find", chores.double, 2).result() == 4
    assert not slow.done()


def test_what_waits_can_be_cancelled_and_what_runs_be_stopped(workers: Workers) -> None:
    running = workers.submit("find", chores.sleep, 30)
    waiting = workers.submit("find", chores.sleep, 30)
    after = workers.submit("find", chores.double, 3)
    while not running.running():
        time.sleep(0.01)
    assert waiting.cancel()
    workers.restart("find")
    workers.restart("index")
    with pytest.raises(Problem, match="stopped"):
        running.result()
    with pytest.raises(CancelledError):
        waiting.result()
    assert after.result() == 6


def test_a_job_may_be_stopped_before_it_has_a_process(
    workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = module._Seat._start

    def late(seat: module._Seat, staging: str) -> object:
        workers.restart("find")
        return start(seat, staging)

    with monkeypatch.context() as patch:
        patch.setattr(module._Seat, "_start", late)
        stopped = workers.submit("find", chores.double, 1)
        with pytest.raises(Problem, match="stopped"):
            stopped.result()
    assert workers.submit("find", chores.double, 1).result() == 2


def test_what_cannot_be_sent_is_a_bug_of_the_asker(workers: Workers) -> None:
    with pytest.raises((AttributeError, pickle.PicklingError)):
        workers.submit("find", lambda: None)


def test_what_takes_too_long_is_ended(workers: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(module._LONGEST_SECONDS, "read", 0.3)
    with pytest.raises(Problem, match="more time"):
        workers.submit("read", chores.sleep, 30).result()


def test_closing_ends_everything() -> None:
    workers = Workers()
    running = workers.submit("index", chores.sleep, 30)
    waiting = workers.submit("index", chores.sleep, 30)
    workers.submit("find", chores.double, 1).result()
    while not running.running():
        time.sleep(0.01)
    workers.close()
    assert waiting.cancelled()
    with pytest.raises(Problem):
        running.result()
    with pytest.raises(Problem, match="being closed"):
        workers.submit("find", chores.double, 1)


@pytest.mark.parametrize("chore", [chores.open_a_socket, chores.start_a_process])
def test_a_process_that_reads_files_has_no_network_and_starts_nothing(
    workers: Workers, chore: object, caplog: pytest.LogCaptureFixture
) -> None:
    with logged_bug(caplog, " in refuse"):
        workers.submit("read", chore).result()  # type: ignore[arg-type]


def test_a_process_that_reads_files_writes_in_staging_only(
    workers: Workers, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    staging = tmp_path / "staging"
    staging.mkdir()
    inside, outside = staging / "in.txt", tmp_path / "out.txt"
    workers.submit("read", chores.write, str(inside), str(staging)).result()
    assert inside.read_text() == "written"
    with logged_bug(caplog, " in _refuse_outside"):
        workers.submit("read", chores.write, str(outside), str(staging)).result()
    assert not outside.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits memory")
def test_a_process_that_reads_files_has_two_gigabytes(
    workers: Workers, caplog: pytest.LogCaptureFixture
) -> None:
    with logged_bug(caplog, "MemoryError"):
        workers.submit("read", chores.take_memory, 3 * 1024**3).result()


@pytest.mark.parametrize(("lane", "confined"), [("find", []), ("read", ["confine", "allow_cpu"])])
def test_what_runs_in_the_process(
    monkeypatch: pytest.MonkeyPatch, lane: Lane, confined: list[str]
) -> None:
    done: list[str] = []
    monkeypatch.setattr(guard, "confine", lambda *_: done.append("confine"))
    monkeypatch.setattr(guard, "leave_open", lambda _: None)
    monkeypatch.setattr(guard, "allow_cpu", lambda: done.append("allow_cpu"))
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    ours, theirs = multiprocessing.Pipe()
    answers: list[object] = []

    def ask() -> None:
        ours.send((chores.double, (4,), ""))
        answers.append(decode(ours.recv_bytes(), int))
        ours.close()

    asking = threading.Thread(target=ask)
    asking.start()
    module._serve(theirs, lane, "", ())
    asking.join()
    assert answers == [("result", 8)]
    assert done == confined
    kind, bug = decode(module._answer(chores.have_a_bug, (), is_told=True), int)
    assert kind == "bug"
    assert "ZeroDivisionError" in bug
