"""Where there is no SQLCipher, as on Macs with Intel's processors: all but passphrases."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from reader.paths import Paths
from reader.problem import Problem
from reader.services import passphrases
from reader.store import key_file, sqlite_driver
from reader.store.encryption import check_can_encrypt, check_can_open
from reader.store.notes import open_notes
from tests.store.converting import CHEAP, CODE
from tests.store.samples import added

ROOT = Path(__file__).resolve().parents[2]
_WITHOUT = "import sys; sys.modules['sqlcipher3'] = None; from reader.cli.main import main; "
PASSPHRASE = "a long passphrase"


def run(data: Path, *words: str, told: str = "") -> subprocess.CompletedProcess[str]:
    """The command line in a process that has Python's own SQLite alone."""
    arguments = ["--data", str(data), "--user", "anna", *words]
    return subprocess.run(
        [sys.executable, "-c", f"{_WITHOUT}sys.exit(main({arguments!r}))"],
        cwd=ROOT,
        input=told,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which Anna has a passphrase."""
    monkeypatch.setattr(key_file, "USUAL_COST", CHEAP)
    paths = Paths(tmp_path / "data")
    with closing(open_notes(paths, "anna")) as notes:
        added(notes, note="first")
    passphrases.set_passphrase(paths, "anna", PASSPHRASE, CODE)
    return paths.data


@pytest.mark.parametrize(
    "words", [("notes", "export"), ("notes", "backups"), ("--passphrase-stdin", "notes", "export")]
)
def test_locked_notes_are_refused_in_one_sentence(data: Path, words: tuple[str, ...]) -> None:
    before = Paths(data).notes("anna").read_bytes()
    done = run(data, *words, told=f"{PASSPHRASE}\n")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        "The notes of “anna” are locked with a passphrase, and this installation of Offprint "
        "cannot open them: it has no SQLCipher for this computer."
    ]
    assert Paths(data).notes("anna").read_bytes() == before


def test_documents_and_other_users_are_there_all_the_same(data: Path) -> None:
    assert run(data, "list").returncode == 0
    checked = run(data, "check")
    assert "The notes of “anna” are locked, so they were not looked at." in checked.stderr
    assert checked.returncode == 0
    ben = ["--user", "ben", "notes", "export"]
    assert run(data, *ben).returncode == 0


def test_a_passphrase_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    code = (
        f"{_WITHOUT}from pathlib import Path; from reader.paths import Paths; "
        "from reader.problem import Problem; from reader.services import passphrases\n"
        f"paths = Paths(Path({str(tmp_path)!r}))\n"
        "try:\n    passphrases.set_passphrase(paths, 'anna', 'a long passphrase', '')\n"
        "except Problem as problem:\n    print(problem.sentence)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("A passphrase cannot be set on this computer")
    assert list(tmp_path.iterdir()) == []


def test_what_is_said_before_a_passphrase_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    check_can_open("anna")
    check_can_encrypt()
    monkeypatch.setattr(sqlite_driver, "driver", sqlite3)
    with pytest.raises(Problem, match="cannot open them"):
        check_can_open("anna")
    with pytest.raises(Problem, match="cannot be set on this computer"):
        check_can_encrypt()
