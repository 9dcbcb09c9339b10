from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from reader.workers import confinement as guard
from reader.workers import job_object, landlock, mac_sandbox, seccomp, windows_token
from reader.workers.confinement import allow_cpu, confine, refuse, writing_in


@pytest.mark.parametrize(
    "event",
    ["socket.connect", "socket.__new__", "subprocess.Popen", "os.system", "os.exec", "os.fork"],
)
def test_sockets_and_processes_are_refused(event: str) -> None:
    with pytest.raises(RuntimeError, match=f"{event} is refused"):
        refuse(event, ())


@pytest.mark.parametrize("event", ["import", "compile", "os.listdir", "object.__getattr__"])
def test_what_reading_needs_is_let_be(event: str) -> None:
    refuse(event, ("anything",))


@pytest.mark.parametrize(
    "arguments",
    [("w", os.O_WRONLY | os.O_CREAT), ("r+", os.O_RDWR), (None, os.O_WRONLY), ("a", None)],
)
def test_writing_is_refused_but_in_one_folder(tmp_path: Path, arguments: tuple[Any, Any]) -> None:
    inside, beside = tmp_path / "in" / "f", tmp_path / "in2"
    with pytest.raises(RuntimeError, match="outside the staging folder"):
        refuse("open", (str(inside), *arguments))
    with writing_in(tmp_path / "in"):
        refuse("open", (str(inside), *arguments))
        refuse("open", (os.fsencode(inside), *arguments))
        with pytest.raises(RuntimeError, match="outside the staging folder"):
            refuse("open", (str(beside), *arguments))
        with pytest.raises(RuntimeError, match="outside the staging folder"):
            refuse("open", (str(tmp_path / "in" / ".." / "f"), *arguments))
    with pytest.raises(RuntimeError, match="outside the staging folder"):
        refuse("open", (str(inside), *arguments))


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link").symlink_to(tmp_path)
    with writing_in(tmp_path / "in"), pytest.raises(RuntimeError, match="outside"):
        refuse("open", (str(tmp_path / "in" / "link" / "f"), "w", os.O_WRONLY))


@pytest.mark.parametrize("arguments", [("r", os.O_RDONLY), (None, os.O_RDONLY), ("rb", None)])
def test_reading_is_allowed_anywhere(arguments: tuple[Any, Any]) -> None:
    refuse("open", ("/any/where", *arguments))


def test_what_is_open_already_and_what_keeps_nothing_may_be_written() -> None:
    refuse("open", (5, "w", os.O_WRONLY))
    refuse("open", (os.devnull, "w", os.O_WRONLY))


@pytest.mark.parametrize("event", ["os.remove", "os.rename", "os.symlink", "os.mkdir"])
def test_changing_what_is_elsewhere_is_refused(tmp_path: Path, event: str) -> None:
    inside, outside = str(tmp_path / "in" / "f"), str(tmp_path / "f")
    with writing_in(tmp_path / "in"):
        refuse(event, (inside, inside, -1))
        with pytest.raises(RuntimeError, match="outside the staging folder"):
            refuse(event, (outside, outside, -1))
        if event in ("os.rename", "os.symlink"):
            with pytest.raises(RuntimeError, match="outside the staging folder"):
                refuse(event, (inside, outside, -1))


class Limits:
    """Stands for the system's limits, which a test cannot give back once they are taken."""

    RLIMIT_CORE, RLIMIT_NOFILE, RLIMIT_FSIZE, RLIMIT_AS, RLIMIT_CPU = range(5)

    def __init__(self) -> None:
        self.set: dict[int, tuple[int, int]] = {}

    def setrlimit(self, limit: int, values: tuple[int, int]) -> None:
        self.set[limit] = values

    def getrlimit(self, limit: int) -> tuple[int, int]:
        return self.set.get(limit, (-1, -1))


@pytest.mark.parametrize(
    ("platform", "limited"),
    [("linux", {0, 1, 2, 3, 4}), ("darwin", {0, 1, 2, 4}), ("win32", set())],
)
def test_each_system_limits_what_it_can(
    monkeypatch: pytest.MonkeyPatch, platform: str, limited: set[int]
) -> None:
    limits, hooks = Limits(), list[object]()
    monkeypatch.setitem(sys.modules, "resource", limits)
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(sys, "addaudithook", hooks.append)
    # This process itself is not to be confined.
    monkeypatch.setattr(landlock, "restrict", lambda *_: True)
    monkeypatch.setattr(seccomp, "restrict", lambda: True)
    jobs: list[float] = []
    monkeypatch.setattr(job_object, "restrict", lambda _, seconds=0: jobs.append(seconds))
    lowered: list[str] = []
    monkeypatch.setattr(windows_token, "restrict", lambda _: lowered.append("win32"))
    monkeypatch.setattr(mac_sandbox, "restrict", lambda _: lowered.append("darwin"))
    monkeypatch.setattr(sys, "dont_write_bytecode", sys.dont_write_bytecode)
    confine()
    assert lowered == [one for one in ("win32", "darwin") if one == platform]
    allow_cpu()
    assert set(limits.set) == limited
    assert hooks == [refuse]
    assert len(jobs) == (2 if platform == "win32" else 0)
    assert all(seconds >= guard.CPU_SECONDS for seconds in jobs[1:])
    assert sys.dont_write_bytecode
    if Limits.RLIMIT_CPU in limited:
        soft, hard = limits.set[Limits.RLIMIT_CPU]
        assert soft >= guard.CPU_SECONDS
        assert hard == -1


def test_the_folders_that_are_needed_hold_no_data_of_a_person() -> None:
    needed = [Path(one) for one in guard.folders_needed()]
    package = Path(guard.__file__).parents[1]
    assert package in needed
    assert Path(pytest.__file__).parents[1] in needed
    for kept in (Path.home(), Path.cwd(), package.parent / "offprint-data", Path("/etc/passwd")):
        assert not {kept, *kept.parents} & set(needed)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems confine nothing yet")
def test_a_free_process_knows_that_nothing_confines_it() -> None:
    assert guard.confined_by() == ""


@pytest.mark.parametrize(
    ("platform", "by", "said"),
    [
        ("linux", "Landlock and seccomp", "Linux itself confines, by Landlock and seccomp"),
        ("linux", "seccomp", "it has no Landlock"),
        ("win32", "low integrity", "Windows itself confines in part, by low integrity"),
        ("darwin", "a sandbox profile", "macOS itself confines in part, by a sandbox profile"),
        ("win32", "", "Python alone confines"),
    ],
)
def test_what_confines_is_said_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, platform: str, by: str, said: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert said in guard.in_words(by)


@pytest.mark.parametrize(
    ("platform", "by"),
    [("win32", "a job object and low integrity"), ("darwin", "a sandbox profile")],
)
def test_what_confines_is_asked_of_each_system(
    monkeypatch: pytest.MonkeyPatch, platform: str, by: str
) -> None:
    monkeypatch.setattr(job_object, "is_held", lambda: True)
    monkeypatch.setattr(windows_token, "is_low", lambda: True)
    monkeypatch.setattr(mac_sandbox, "is_sandboxed", lambda: True)
    monkeypatch.setattr(sys, "platform", platform)
    assert guard.confined_by() == by


@pytest.mark.parametrize(
    ("platform", "held", "by", "said"),
    [
        ("win32", True, "a job object", "that Windows itself holds, by a job object"),
        ("win32", False, "", "that Python alone confines: the system offers no more"),
        ("darwin", True, "", "that Python alone confines: the system offers no more"),
    ],
)
def test_no_system_claims_what_another_does(
    monkeypatch: pytest.MonkeyPatch, platform: str, held: bool, by: str, said: str
) -> None:
    def refuse_folders(*_: object) -> int:
        raise PermissionError  # as Windows does for every folder, with or without Landlock

    monkeypatch.setattr(os, "open", refuse_folders)
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(job_object, "is_held", lambda: held)
    monkeypatch.setattr(windows_token, "is_low", lambda: False)
    monkeypatch.setattr(mac_sandbox, "is_sandboxed", lambda: False)
    found = guard.confined_by()
    monkeypatch.undo()
    assert found == by
    assert said in guard.in_words(found)
