from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from reader.cli.main import main
from reader.paths import Paths
from reader.store import conversion, key_file
from reader.store.backups import backups
from reader.store.notes import open_notes
from tests.store.converting import CHEAP, CODE, MARKER, begin, clear_files

PASSPHRASE = "a long passphrase"
Run = Callable[..., tuple[int, str, str]]


class Terminal(io.StringIO):
    """Standard input that says that a person sits there."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def anna(paths: Paths) -> Path:
    """Anna's notes, which are locked."""
    path = paths.notes("anna")
    begin(path, 3)
    key, content = key_file.make_key(PASSPHRASE, CODE, CHEAP)
    conversion.encrypt(path, key, content)
    return path


@pytest.fixture
def run(paths: Paths, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def run(*arguments: str, stdin: io.StringIO | None = None) -> tuple[int, str, str]:
        capsys.readouterr()
        monkeypatch.setattr("sys.stdin", stdin or io.StringIO())
        code = main(["--data", str(paths.data), "--user", "anna", *arguments])
        return code, *capsys.readouterr()

    return run


def test_locked_notes_are_not_given_out(run: Run, anna: Path) -> None:
    for command in ("export", "backups", "restore"):
        code, out, err = run("notes", command)
        assert (code, out) == (1, "")
        assert err.count("\n") == 1
        assert "locked" in err
        assert "--passphrase-stdin" in err
    assert clear_files(anna.parent) == []


def test_a_passphrase_is_read_from_standard_input_when_that_is_asked_for(
    run: Run, anna: Path
) -> None:
    code, out, _ = run("--passphrase-stdin", "notes", "export", stdin=io.StringIO(PASSPHRASE))
    assert code == 0
    assert out.count(MARKER) == 3
    code, out, err = run("--passphrase-stdin", "notes", "export", stdin=io.StringIO("wrong one\n"))
    assert (code, out) == (1, "")
    assert "not the passphrase" in err
    code, out, _ = run("--passphrase-stdin", "notes", "backups", stdin=io.StringIO(CODE + "\r\n"))
    assert len(out.splitlines()) == len(backups(anna)) == 2
    code, out, _ = run("--passphrase-stdin", "notes", "restore", stdin=io.StringIO(PASSPHRASE))
    assert code == 0
    assert clear_files(anna.parent) == []


def test_a_passphrase_is_asked_for_in_a_terminal(
    run: Run, anna: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prompts = []

    def answer(prompt: str) -> str:
        prompts.append(prompt)
        return PASSPHRASE

    monkeypatch.setattr("reader.cli.terminal.getpass", answer)
    code, out, _ = run("notes", "export", stdin=Terminal())
    assert code == 0
    assert MARKER in out
    assert prompts == ["Passphrase of “anna”: "]


def test_documents_are_found_and_listed_while_notes_are_locked(run: Run, anna: Path) -> None:
    code, out, err = run("find", MARKER, "--json")
    assert code == 0
    assert '"total": 0' in out
    assert "locked" in err
    code, out, err = run("list")
    assert code == 0
    assert out
    assert "locked" in err
    given = io.StringIO(PASSPHRASE + "\n" + MARKER + "\n")
    code, out, _ = run("--passphrase-stdin", "find", "-", stdin=given)
    assert code == 0
    # Its notes are on documents that are not in this library.
    assert out.count("\n") == 1


def test_check_says_whose_notes_are_locked(run: Run, anna: Path, paths: Paths) -> None:
    code, _, err = run("check")
    assert code == 0
    assert "“anna” are locked, so they were not looked at" in err
    code, _, err = run("--passphrase-stdin", "check", stdin=io.StringIO(PASSPHRASE))
    assert code == 0
    assert "locked" not in err
    key = key_file.unlock(anna, PASSPHRASE)
    with closing(open_notes(paths, "anna", key=key)):
        pass
    anna.write_bytes(anna.read_bytes()[:8192] + bytes(4096) + anna.read_bytes()[12288:])
    code, _, err = run("--passphrase-stdin", "check", stdin=io.StringIO(PASSPHRASE))
    assert code == 1


def test_a_library_with_locked_notes_is_packed_and_opened(
    run: Run, anna: Path, paths: Paths, tmp_path: Path
) -> None:
    run("list")
    assert run("pack", str(tmp_path / "all.offprint"))[0] == 0
    other = tmp_path / "other"
    assert main(["--data", str(other), "unpack", str(tmp_path / "all.offprint")]) == 0
    key = key_file.unlock(Paths(other).notes("anna"), PASSPHRASE)
    with closing(open_notes(Paths(other), "anna", key=key)) as notes:
        assert len(notes.all()) == 3
    assert clear_files(other) == []
