"""The filter as the kernel would run it, for both machines."""

from __future__ import annotations

import errno
import os
import re
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from reader.workers import landlock, seccomp
from reader.workers.seccomp import Instruction, program, refused_numbers

ALLOWED = 0
MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
# Calls that each reading makes: read, write, mmap, openat, futex, exit_group, recvmsg, prctl.
NEEDED = {
    "x86_64": (0, 1, 9, 257, 202, 231, 47, 157),
    "aarch64": (63, 64, 222, 56, 98, 94, 212, 167),
}
CLONE, CLONE3 = {"x86_64": 56, "aarch64": 220}, 435
KILL = {"x86_64": 62, "aarch64": 129}
PRLIMIT = {"x86_64": 302, "aarch64": 261}
IOCTL = {"x86_64": 16, "aarch64": 29}
FCNTL = {"x86_64": 72, "aarch64": 25}
OPENAT = {"x86_64": 257, "aarch64": 56}


def run(filter_: list[Instruction], machine: int, number: int, *arguments: int) -> int:
    """The error that a call ends in, or 0: the kernel's classic BPF, as far as it is used."""
    words = {0: number, 4: machine}
    words |= {16 + 8 * n: one & 0xFFFFFFFF for n, one in enumerate(arguments)}
    accumulator = at = 0
    while True:
        code, yes, no, value = filter_[at]
        at += 1
        if code == 0x06:
            return 0 if value == 0x7FFF0000 else value & 0xFFFF
        if code == 0x20:
            accumulator = words.get(value, 0)
        elif code == 0x54:
            accumulator &= value
        else:
            holds = {
                0x15: accumulator == value,
                0x35: accumulator >= value,
                0x45: bool(accumulator & value),
            }[code]
            at += yes if holds else no


def asked(machine: str, number: int, *arguments: int) -> int:
    return run(program(machine, 77), MACHINES[machine], number, *arguments)


@pytest.mark.parametrize("machine", MACHINES)
def test_what_reading_needs_is_let_be(machine: str) -> None:
    assert [asked(machine, number) for number in NEEDED[machine]] == [ALLOWED] * 8


@pytest.mark.parametrize("machine", MACHINES)
def test_what_it_does_not_need_is_refused(machine: str) -> None:
    numbers = refused_numbers(machine)
    assert len(numbers) == len(set(numbers)) >= 110
    assert not set(numbers) & set(NEEDED[machine])
    assert {asked(machine, number) for number in numbers} == {errno.EPERM}


@pytest.mark.parametrize(
    ("header", "column"),
    [("x86_64-linux-gnu/asm/unistd_64.h", 1), ("asm-generic/unistd.h", 2)],
)
def test_the_numbers_are_those_of_the_kernel(header: str, column: int) -> None:
    path = Path("/usr/include") / header
    if not path.is_file():
        pytest.skip("the kernel's headers are not here")
    defined = re.findall(r"#define\s+__NR(?:3264)?_(\w+)\s+(\d+)", path.read_text("utf-8"))
    numbers = dict(defined)
    lines = [line.split() for group in seccomp.REFUSED for line in group.split(",")]
    for line in lines:
        # 32 bits have calls of their own with these names.
        if line[column] != "-":
            assert numbers.get(line[0]) == line[column], line[0]


@pytest.mark.parametrize("machine", MACHINES)
def test_calls_that_are_younger_than_the_list_are_missing(machine: str) -> None:
    for number in (442, 444, 462, 5000, 0x40000000 | 41, 0xFFFFFFFF, CLONE3, 437):
        assert asked(machine, number) == errno.ENOSYS


@pytest.mark.parametrize("machine", MACHINES)
def test_a_process_that_changes_files_is_refused_all_else(machine: str) -> None:
    filter_ = program(machine, 77, may_change_files=True)
    numbers = refused_numbers(machine)
    refused = {n for n in numbers if run(filter_, MACHINES[machine], n) == errno.EPERM}
    column = 1 if machine == "x86_64" else 2
    lines = [line.split() for group in seccomp.REFUSED for line in group.split(",")]
    let_be = {line[0] for line in lines if line[column] != "-" and int(line[column]) not in refused}
    assert {"fchmod", "linkat", "utimensat", "truncate"} <= let_be
    assert let_be.isdisjoint(("socket", "connect", "execve", "ptrace", "mount", "bpf", "setuid"))
    assert len(refused) >= 90
    assert run(filter_, MACHINES[machine], CLONE[machine], 17) == errno.EPERM


def test_calls_of_another_machine_are_refused() -> None:
    for machine, other in (("x86_64", "aarch64"), ("aarch64", "x86_64")):
        assert run(program(machine, 77), MACHINES[other], 0) == errno.EPERM
    assert run(program("x86_64", 77), 0x40000003, 1) == errno.EPERM  # 32 bits


@pytest.mark.parametrize("machine", MACHINES)
def test_threads_begin_and_processes_do_not(machine: str) -> None:
    assert asked(machine, CLONE[machine], 0x3D0F00) == ALLOWED  # as glibc starts a thread
    for flags in (17, 0x4111, 0x3D0F00 | 0x10000000, 0x3D0F00 | 0x20000, 0x02000000):
        assert asked(machine, CLONE[machine], flags) == errno.EPERM


@pytest.mark.parametrize("machine", MACHINES)
def test_a_process_may_change_itself_alone(machine: str) -> None:
    assert asked(machine, KILL[machine], 77, 6) == ALLOWED
    for other in (1, 0, -1, -77, 78):
        assert asked(machine, KILL[machine], other, 9) == errno.EPERM
    assert [asked(machine, PRLIMIT[machine], one) for one in (0, 77)] == [ALLOWED] * 2
    assert asked(machine, PRLIMIT[machine], 1) == errno.EPERM


@pytest.mark.parametrize("machine", MACHINES)
def test_orders_to_devices_and_signals_to_others_are_refused(machine: str) -> None:
    assert asked(machine, IOCTL[machine], 1, 0x5401) == ALLOWED
    assert asked(machine, IOCTL[machine], 1, 0x5412) == errno.ENOTTY
    assert asked(machine, FCNTL[machine], 1, 2) == ALLOWED
    for order in (8, 10, 15, 1024, 1026):
        assert asked(machine, FCNTL[machine], 1, order, 77) == errno.EPERM


@pytest.mark.parametrize("machine", MACHINES)
def test_a_file_is_not_emptied_by_opening_it_to_read(machine: str) -> None:
    for flags in (os.O_RDONLY, os.O_WRONLY | os.O_TRUNC, os.O_RDWR | os.O_CREAT | os.O_TRUNC):
        assert asked(machine, OPENAT[machine], -100, 0, flags) == ALLOWED
    assert asked(machine, OPENAT[machine], -100, 0, os.O_TRUNC) == errno.EPERM
    assert asked("x86_64", 2, 0, os.O_TRUNC) == errno.EPERM


def test_other_systems_and_machines_have_no_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform != "win32":
        monkeypatch.setattr(os, "uname", lambda: SimpleNamespace(machine="riscv64"))
    assert not seccomp.restrict()
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not seccomp.is_filtered()
    assert landlock.version() == 0
    assert not landlock.restrict([], [])


@pytest.mark.parametrize(
    ("known", "files", "size"),
    [(1, 13, 8), (2, 14, 8), (3, 15, 8), (4, 15, 16), (5, 16, 16), (6, 16, 24), (9, 16, 24)],
)
def test_each_landlock_is_asked_for_what_it_knows(
    monkeypatch: pytest.MonkeyPatch, known: int, files: int, size: int
) -> None:
    made: list[tuple[int, ...]] = []

    def call(number: int, *arguments: object) -> int:
        if number == 444 and arguments[0] is not None:
            ruleset = arguments[0].contents  # type: ignore[attr-defined]
            made.append((ruleset.files, ruleset.net, ruleset.scoped, arguments[1]))  # type: ignore[arg-type]
            return -1
        return known

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(landlock, "_call", call)
    assert not landlock.restrict([], [])
    net, scoped = 3 if known >= 4 else 0, 3 if known >= 6 else 0
    assert made == [(2**files - 1, net, scoped, size)]
