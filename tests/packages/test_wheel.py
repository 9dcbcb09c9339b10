"""The wheel is whole: built from the tree, installed in another folder, and used there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_PARTS = ("reader", "resources", "seeds", "pyproject.toml", "setup.py", "README.md", "LICENSE")
_IMPORT_ALL = """
import importlib, pkgutil, reader
names = [m.name for m in pkgutil.walk_packages(reader.__path__, "reader.")]
for name in names:
    if not name.endswith("__main__"):
        importlib.import_module(name)
print(reader.__path__[0], len(names))
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the wheel is installed, without what it needs from elsewhere."""
    folder = tmp_path_factory.mktemp("wheel")
    tree = folder / "tree"
    tree.mkdir()
    for name in _PARTS:
        part = ROOT / name
        if part.is_dir():
            shutil.copytree(part, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(part, tree / name)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    build = ["wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(tree)]
    subprocess.run([*pip, *build], check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    site = folder / "site"
    subprocess.run(
        [*pip, "install", "--no-deps", "--no-index", "--target", str(site), str(wheel)],
        check=True,
        capture_output=True,
    )
    return site


def run(site: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Python in a folder of its own, where `reader` is what the wheel installed."""
    environment = {**os.environ, "PYTHONPATH": str(site), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, *words]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.slow
def test_every_module_is_in_the_wheel(site: Path, tmp_path: Path) -> None:
    done = run(site, tmp_path, "-c", _IMPORT_ALL)
    assert done.returncode == 0, done.stderr
    where, count = done.stdout.split()
    assert where == str(site / "reader")
    ours = [p for p in (ROOT / "reader").rglob("*.py") if "__pycache__" not in p.parts]
    packages = sum(p.name == "__init__.py" for p in ours)
    assert int(count) == len(ours) - 1, f"{len(ours)} files, {packages} packages"


@pytest.mark.slow
def test_what_the_wheel_installs_reads_finds_and_keeps_notes(site: Path, tmp_path: Path) -> None:
    def reader(*words: str) -> str:
        done = run(site, tmp_path, "-m", "reader", "--data", str(tmp_path / "data"), *words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    (tmp_path / "a.txt").write_text("A Title\n\nKetamine blocks the receptor.\n", encoding="utf-8")
    (tmp_path / "b.md").write_text("# Doses\n\nGive 5 mg of ketamine.\n", encoding="utf-8")
    (tmp_path / "c.html").write_text("<h1>Page</h1><p>Ketamine once more.</p>", encoding="utf-8")
    lines = reader("import", "a.txt", "b.md", "c.html", "--json").splitlines()
    imported = [json.loads(line) for line in lines]
    assert [one["status"] for one in imported] == ["added"] * 3
    assert json.loads(reader("find", "ketamine", "--json"))["total"] >= 3
    document = imported[0]["id"]
    reader("notes", "add", document, "--quote", "Ketamine", "--note", "Seen.")
    reader("notes", "export", "--format", "json", "-o", "notes.json")
    reader("notes", "import", "notes.json")
    reader("notes", "export", "--format", "pdf", "-o", "notes.pdf")
    assert (tmp_path / "notes.pdf").read_bytes().startswith(b"%PDF")
    assert "Seen." in reader("notes", "export", "--format", "markdown")
    reader("--screenshot", "window.png", "a.txt")
    assert (tmp_path / "window.png").stat().st_size > 20_000
    reader("check")
