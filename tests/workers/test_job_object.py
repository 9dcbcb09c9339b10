from __future__ import annotations

import ctypes
import sys

import pytest

from reader.workers import job_object


def test_the_limits_are_laid_out_as_windows_reads_them() -> None:
    if ctypes.sizeof(ctypes.c_void_p) == 8:
        told = job_object.limits(1)
        assert ctypes.sizeof(told.basic) == 64
        assert ctypes.sizeof(told) == 144


def test_the_time_is_bounded_when_it_is_given() -> None:
    free, bound = job_object.limits(1 << 31), job_object.limits(1 << 31, 60.5)
    assert free.basic.process_time == 0
    assert bound.basic.process_time == 605_000_000
    assert bound.basic.flags == free.basic.flags | 0x2
    assert bound.process_memory == 1 << 31
    assert bound.basic.active_processes == 1


@pytest.mark.skipif(sys.platform == "win32", reason="this process would be held to it")
def test_other_systems_have_no_such_limits() -> None:
    assert not job_object.restrict(1)


@pytest.mark.skipif(sys.platform == "win32", reason="this process may be held")
def test_what_was_never_held_says_so() -> None:
    assert not job_object.is_held()
