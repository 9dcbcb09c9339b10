from __future__ import annotations

import ast
import os
import re
import sys
import tomllib
from pathlib import Path
from typing import NoReturn

import pytest
from packaging.requirements import Requirement

from reader.bootstrap import console, launch, places
from reader.bootstrap import environment as installing
from reader.problem import Problem

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ROOT / "resources" / "locks"
LOCKED = b"""\
one-two==1.0 \\
    --hash=sha256:00
number==1.0 ; python_full_version < '3.12' \\
    --hash=sha256:01
number==2.0 ; python_full_version >= '3.12' \\
    --hash=sha256:02
some-systems==3.0 ; sys_platform == 'win32' \\
    --hash=sha256:03
"""
TOO_NEW = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Starred, ast.Nonlocal, ast.YieldFrom)


@pytest.mark.parametrize(
    "name",
    [
        *("main.py", "tests/__main__.py", "reader/bootstrap/launch.py"),
        *("reader/bootstrap/places.py", "reader/bootstrap/console.py"),
    ],
)
def test_old_pythons_can_read_what_tells_them_that_they_are_old(name: str) -> None:
    source = (ROOT / name).read_bytes().decode("ascii")
    for node in ast.walk(ast.parse(source)):
        assert not isinstance(node, TOO_NEW), ast.dump(node)
        if isinstance(node, ast.FunctionDef):
            assert not node.returns
            assert not node.args.kwonlyargs
            assert not [argument for argument in node.args.args if argument.annotation]
        if isinstance(node, ast.ImportFrom):
            assert node.module != "__future__"
        if isinstance(node, ast.Raise):
            assert not node.cause


def test_an_old_python_is_told_which_one_is_needed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(launch, "NEEDED", (99, 1))
    with pytest.raises(SystemExit) as ended:
        launch.ensure("run")
    assert ended.value.code == 1
    assert capsys.readouterr().err.startswith("Offprint needs Python 99.1 or later, and this is 3.")


def requirements(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in (LOCKS / name).read_text(encoding="utf-8").splitlines():
        if not line.startswith(" "):
            package, _, version = line.rstrip(" \\").partition(" ;")[0].partition("==")
            found.setdefault(package, []).append(version.strip())
    return found


@pytest.mark.parametrize("name", ["run.txt", "test.txt"])
def test_locks_hold_hashes_and_no_address(name: str) -> None:
    text = (LOCKS / name).read_text(encoding="utf-8")
    assert "://" not in text
    for entry in re.split(r"\n(?! )", text.strip()):
        assert re.fullmatch(
            r"[a-z0-9-]+==[\w.]+( ; [^\\\n]+)?( \\\n    --hash=sha256:[0-9a-f]{64})+", entry
        ), entry[:80]


def test_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    run, test = requirements("run.txt"), requirements("test.txt")
    assert {name: test[name] for name in run} == run
    for lock, wanted in (
        (run, project["dependencies"]),
        (test, project["optional-dependencies"]["test"]),
    ):
        for requirement in map(Requirement, wanted):
            versions = lock[requirement.name.lower()]
            assert all(requirement.specifier.contains(version) for version in versions)


def installed(folder: Path, *names: str) -> list[str]:
    packages = folder / "site-packages"
    for name in names:
        (packages / f"{name}.dist-info").mkdir(parents=True)
    return [str(folder), str(packages), str(folder / "missing-packages")]


@pytest.mark.parametrize(
    ("names", "fits"),
    [
        (("One_Two-1.0", "number-1.0"), True),
        (("one.two-1.0", "number-2.0", "some_systems-3.0", "another-9"), True),
        (("one_two-1.1", "number-1.0"), False),
        (("one_two-1.0",), False),
        (("one_two-1.0", "number-3.0"), False),
        (("one_two-1.0", "number-1.0", "some_systems-2.0"), False),
        ((), False),
    ],
)
def test_an_interpreter_fits_with_exactly_the_locked_packages(
    tmp_path: Path, names: tuple[str, ...], fits: bool
) -> None:
    assert launch.has_packages(LOCKED, installed(tmp_path, *names)) is fits


def test_the_package_that_is_found_first_counts(tmp_path: Path) -> None:
    ours = installed(tmp_path / "ours", "one_two-1.0", "number-1.0")
    others = installed(tmp_path / "others", "one_two-2.0")
    assert launch.has_packages(LOCKED, [*ours, *others])
    assert not launch.has_packages(LOCKED, [*others, *ours])


def test_a_lock_that_holds_nothing_fits_nobody() -> None:
    assert not launch.has_packages(b"# nothing\n", sys.path)


class ProcessReplacedError(Exception):
    """Stands for the process that becomes another."""


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tree with a lock that no interpreter fits, and a user's cache folder."""
    locks = tmp_path / "tree" / "resources" / "locks"
    locks.mkdir(parents=True)
    (locks / "run.txt").write_bytes(LOCKED)
    monkeypatch.setattr(launch, "ROOT", str(tmp_path / "tree"))
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    monkeypatch.setattr(os, "environ", {**kept, "XDG_CACHE_HOME": str(tmp_path / "cache")})
    monkeypatch.setattr(sys, "orig_argv", ["python3", "-X", "dev", "main.py", "a file.txt"])
    monkeypatch.setattr(sys, "dont_write_bytecode", False)

    def become(python: str, arguments: list[str]) -> NoReturn:
        raise ProcessReplacedError(python, *arguments)

    monkeypatch.setattr(os, "execv", become)
    return tmp_path


def finished(place: Path) -> Path:
    python = Path(places.python_of(str(place)))
    python.parent.mkdir(parents=True)
    python.touch()
    (place / places.STAMP).touch()
    return python


def place_in(folder: Path) -> Path:
    return folder / f".venv-run-{launch.fingerprint(LOCKED)}"


@pytest.mark.parametrize("folder", ["tree", "cache/offprint"])
def test_a_start_goes_on_in_the_finished_environment(bare: Path, folder: str) -> None:
    os.environ |= {"PYTHONHOME": "elsewhere", "PYTHONPATH": "elsewhere"}
    python = finished(place_in(bare / folder))
    with pytest.raises(ProcessReplacedError) as handed:
        launch.ensure("run")
    assert handed.value.args == (str(python), str(python), "-X", "dev", "main.py", "a file.txt")
    assert "PYTHONHOME" not in os.environ
    assert "PYTHONPATH" not in os.environ
    # The process that it becomes knows that it is there, and its children are not told.
    launch.ensure("run")
    assert launch.HANDED_OVER not in os.environ


@pytest.mark.parametrize("compiled", [True, False])
def test_compiled_modules_go_to_the_cache_when_the_tree_has_none(
    bare: Path, compiled: bool
) -> None:
    finished(place_in(bare / "tree"))
    if compiled:
        (bare / "tree" / "reader" / "__pycache__").mkdir(parents=True)
    with pytest.raises(ProcessReplacedError):
        launch.ensure("run")
    prefix = os.environ.pop("PYTHONPYCACHEPREFIX", None)
    assert prefix == (None if compiled else str(bare / "cache" / "offprint" / "compiled"))


def test_an_environment_whose_python_is_gone_is_made_again(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finished(place_in(bare / "tree")).unlink()
    asked: list[list[str]] = []

    def install(places: list[str], lock_file: str) -> str:
        assert Path(lock_file).read_bytes() == LOCKED
        asked.append(places)
        return places[1]

    monkeypatch.setattr(installing, "install", install)
    with pytest.raises(ProcessReplacedError) as handed:
        launch.ensure("run")
    in_tree, in_cache = asked[0]
    assert in_tree == str(place_in(bare / "tree"))
    assert in_cache == str(place_in(bare / "cache" / "offprint"))
    assert handed.value.args[0] == places.python_of(in_cache)


@pytest.mark.parametrize(
    ("what_happens", "code", "said"),
    [
        (Problem("The disk is full."), 1, "The disk is full.\n"),
        (KeyboardInterrupt(), 130, "Interrupted. The next start begins the set-up again.\n"),
    ],
)
def test_a_set_up_that_cannot_be_ends_with_one_sentence(
    bare: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    what_happens: BaseException,
    code: int,
    said: str,
) -> None:
    def install(*_: object) -> NoReturn:
        raise what_happens

    monkeypatch.setattr(installing, "install", install)
    with pytest.raises(SystemExit) as ended:
        launch.ensure("run")
    assert ended.value.code == code
    assert capsys.readouterr() == ("", said)


def test_an_environment_is_for_one_lock_and_one_python(monkeypatch: pytest.MonkeyPatch) -> None:
    names = {launch.fingerprint(LOCKED), launch.fingerprint(LOCKED + b"\n")}
    monkeypatch.setattr(sys.implementation, "cache_tag", "cpython-399")
    names.add(launch.fingerprint(LOCKED))
    assert len(names) == 3


@pytest.mark.parametrize(
    ("platform", "folder"),
    [
        ("linux", ".cache/offprint"),
        ("darwin", "Library/Caches/Offprint"),
        ("win32", "AppData/Local/Offprint"),
    ],
)
def test_the_cache_is_where_the_platform_has_it(
    monkeypatch: pytest.MonkeyPatch, platform: str, folder: str
) -> None:
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", "/home/ann")
    monkeypatch.setattr(sys, "platform", platform)
    assert places.cache_folder() == f"/home/ann/{folder}"


def test_windows_has_its_python_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert Path(places.python_of("place")) == Path("place/Scripts/python.exe")


def test_a_program_without_a_console_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    console.say("Nobody hears this.")
