"""An older Offprint leaves alone what a newer one has written, and says so."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from reader.cli.main import main, program_folder
from reader.paths import Paths, find_data
from tests.services.test_library_files import all_files, filled

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", ["library.db", "users/Ann/notes.db"])
@pytest.mark.parametrize(
    "words",
    [["list"], ["find", "mg"], ["notes", "export"], ["notes", "import", "notes.json"]]
    + [["pack", "all.offprint-library"]],
)
def test_nothing_is_changed_and_one_sentence_says_why(
    name: str,
    words: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    paths = filled(tmp_path / "data", "Ann")
    monkeypatch.chdir(tmp_path)
    Path("notes.json").write_text("{}")
    with closing(sqlite3.connect(paths.data / name)) as database:
        database.execute("PRAGMA user_version=99")
    before = all_files(paths.data)
    code = main(["--data", str(paths.data), "--user", "Ann", *words])
    said = capsys.readouterr()
    if "pack" in words:
        # It goes as it is, to an Offprint that can read it.
        assert code == 0
    else:
        assert code == 1
        assert "was written by a newer Offprint; this one leaves it alone." in said.err
        assert "Traceback" not in said.err
    after = {one: content for one, content in all_files(paths.data).items() if "log/" not in one}
    assert after == before


@pytest.mark.parametrize("name", ["library.db", "users/Ann/notes.db"])
def test_no_window_opens_on_it(name: str, tmp_path: Path) -> None:
    paths = filled(tmp_path / "data", "Ann")
    with closing(sqlite3.connect(paths.data / name)) as database:
        database.execute("PRAGMA user_version=99")
    before = all_files(paths.data)
    words = ["--data", str(paths.data), "--user", "Ann", "--screenshot", str(tmp_path / "x.png")]
    done = subprocess.run(
        [sys.executable, "-m", "reader", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "was written by a newer Offprint; this one leaves it alone." in done.stderr
    assert len(done.stderr.splitlines()) == 1
    after = all_files(paths.data)
    # Beside notes that are left alone, the library is its own version's and may take its guide in.
    kept = before if name == "library.db" else {name: before[name]}
    assert {one: after[one] for one in kept} == kept


@pytest.mark.skipif(os.name != "posix", reason="a launcher of Linux")
def test_a_portable_program_keeps_its_data_beside_what_a_person_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OFFPRINT_HOME", raising=False)
    python = tmp_path / "Offprint" / "bin" / "python3.11"
    python.parent.mkdir(parents=True)
    assert program_folder(python) != tmp_path / "Offprint"
    (tmp_path / "Offprint" / "offprint").touch()
    assert program_folder(python) == tmp_path / "Offprint"
    (tmp_path / "Offprint" / "offprint-data").mkdir()
    data = find_data(None, program_folder(python))
    assert Paths(data).library == tmp_path / "Offprint" / "offprint-data" / "library.db"
