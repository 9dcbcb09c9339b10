"""What Windows lets a process use: memory, time, and no other process, clipboard or window.

Source: https://learn.microsoft.com/windows/win32/procthread/job-objects
"""

from __future__ import annotations

import ctypes
import sys
from typing import Any

_EXTENDED_LIMITS = 9
_PROCESS_TIME = 0x2
_ACTIVE_PROCESSES = 0x8
_PROCESS_MEMORY = 0x100
_DIE_ON_UNHANDLED_EXCEPTION = 0x400
_TICKS_PER_SECOND = 10_000_000
# The clipboard, windows and settings of others, the desktop, the end of the session.
_UI_LIMITS, _ALL_OF_THE_UI = 4, 0xFF


class _BasicLimits(ctypes.Structure):
    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("least_working_set", ctypes.c_size_t),
        ("most_working_set", ctypes.c_size_t),
        ("active_processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
    )


class _ExtendedLimits(ctypes.Structure):
    _fields_ = (
        ("basic", _BasicLimits),
        ("io", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("most_process_memory", ctypes.c_size_t),
        ("most_job_memory", ctypes.c_size_t),
    )


def limits(memory_bytes: int, cpu_seconds: float = 0) -> _ExtendedLimits:
    """What Windows is told: bytes that may be committed, one process, and seconds of user time.

    Without `cpu_seconds` the time has no bound.
    """
    told = _ExtendedLimits()
    told.basic.flags = _ACTIVE_PROCESSES | _PROCESS_MEMORY | _DIE_ON_UNHANDLED_EXCEPTION
    told.basic.active_processes = 1
    told.process_memory = memory_bytes
    if cpu_seconds:
        told.basic.flags |= _PROCESS_TIME
        told.basic.process_time = int(cpu_seconds * _TICKS_PER_SECOND)
    return told


_jobs: list[Any] = []


def restrict(memory_bytes: int, cpu_seconds: float = 0) -> bool:
    """Hold this process to that from now on; False where the system does not do it."""
    if sys.platform != "win32":
        return False
    kernel = ctypes.WinDLL("kernel32")
    handle = ctypes.c_void_p
    kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = handle
    if not _jobs:
        job = handle(kernel.CreateJobObjectW(None, None))
        if not kernel.AssignProcessToJobObject(job, handle(kernel.GetCurrentProcess())):
            return False
        _jobs.append(job)
        ui = ctypes.c_uint32(_ALL_OF_THE_UI)
        kernel.SetInformationJobObject(job, _UI_LIMITS, ctypes.byref(ui), ctypes.sizeof(ui))
    told = limits(memory_bytes, cpu_seconds)
    size = ctypes.c_uint32(ctypes.sizeof(told))
    return bool(
        kernel.SetInformationJobObject(_jobs[0], _EXTENDED_LIMITS, ctypes.byref(told), size)
    )


def is_held() -> bool:
    """Whether Windows says that this process is held to limits of ours."""
    if sys.platform != "win32" or not _jobs:
        return False
    kernel = ctypes.WinDLL("kernel32")
    told, wanted = _ExtendedLimits(), limits(1).basic
    size = ctypes.c_uint32(ctypes.sizeof(told))
    asked = kernel.QueryInformationJobObject(
        _jobs[0], _EXTENDED_LIMITS, ctypes.byref(told), size, None
    )
    return bool(asked and told.basic.flags & wanted.flags == wanted.flags)
