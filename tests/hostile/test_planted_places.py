"""A data folder in which links, pipes and devices stand where our files should be."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from reader.cli.main import main
from reader.paths import Paths, is_own_file, make_way, open_regular, read_regular
from reader.problem import Problem
from reader.services import passphrases
from reader.store import conversion, key_file
from reader.store.backups import backup
from reader.store.library import Library
from reader.store.notes import open_notes
from reader.ui.shell.error_report import Report, open_log
from reader.workers import search_tasks, tasks
from tests.store.converting import CHEAP, CODE
from tests.store.samples import a_document, added

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pipes and devices in folders")

PASSPHRASE = "a long passphrase"
COMMANDS = (["list"], ["find", "tablet"], ["notes", "backups"])


@pytest.fixture
def folder(paths: Paths) -> Paths:
    """A library with a document that is indexed, and notes of Anna with a backup."""
    with closing(Library(paths)) as library:
        document = a_document(b"Give half a tablet.")
        library.add(document, document.text.encode(), {"p.png": b"picture"})
    search_tasks.index(str(paths.data), [document.id])
    with closing(open_notes(paths, "anna")) as notes:
        added(notes, document_id=document.id, note="first")
    backup(paths.notes("anna"))
    return paths


@pytest.fixture
def precious(tmp_path: Path) -> Iterator[Path]:
    """A file of the person that is none of the folder's, and stays as it is."""
    path = tmp_path / "thesis.txt"
    path.write_text("three years of work")
    yield path
    assert path.read_text() == "three years of work"


def run(paths: Paths) -> None:
    tasks.verify(str(paths.data))
    for arguments in COMMANDS:
        assert main(["--data", str(paths.data), "--user", "anna", *arguments]) in (0, 1)


@pytest.mark.parametrize("planted", ["pipe", "device", "folder"])
@pytest.mark.parametrize(
    "place",
    [
        *("documents/*/1/document.json", "documents/*/original*", "documents/*/1/assets/p.png"),
        *("documents/*/said.json", "index/manifest.json", "index/*.arrays", "exchange.json"),
        *("library.db", "users/anna/notes.db", "users/anna/notes.key", "users/anna/notes.tries"),
        *("users/anna/backups/*.db", "users/anna/backups/notes.key", "users/anna/notes.key-new"),
    ],
)
def test_nothing_is_waited_for_and_nothing_read_without_end(
    folder: Paths, place: str, planted: str
) -> None:
    found = list(folder.data.glob(place)) or [
        one for one in [folder.data / place] if "*" not in place
    ]
    for path in found:
        path.unlink(missing_ok=True)
        if planted == "pipe":
            os.mkfifo(path)
        elif planted == "device":
            path.symlink_to("/dev/zero")
        else:
            path.mkdir()
    with suppress(Problem):
        run(folder)


def test_a_link_in_the_place_of_the_count_of_tries_is_not_written_through(
    folder: Paths, precious: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_file, "USUAL_COST", CHEAP)
    passphrases.set_passphrase(folder, "anna", PASSPHRASE, CODE)
    tries = folder.user("anna") / "notes.tries"
    tries.symlink_to(precious)
    for _ in range(3):
        with pytest.raises(Problem, match="not the passphrase"):
            passphrases.unlock(folder, "anna", "a wrong passphrase")
    with pytest.raises(Problem, match="Too many"):
        passphrases.unlock(folder, "anna", "a wrong passphrase")
    assert not tries.is_symlink()


def test_a_count_of_tries_that_is_no_number_counts_none(
    folder: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_file, "USUAL_COST", CHEAP)
    key, _ = passphrases.set_passphrase(folder, "anna", PASSPHRASE, CODE)
    for planted in ("[Infinity, 0]", "[1e999, 0]", "[NaN, 0]", '["x", {}]', "[" * 100):
        (folder.user("anna") / "notes.tries").write_text(planted)
        assert passphrases.unlock(folder, "anna", PASSPHRASE) == key


@pytest.mark.parametrize("name", ["notes.db.former", "notes.db.converted", "notes.db-wal.former"])
@pytest.mark.parametrize("is_hard", [False, True])
def test_what_a_conversion_sweeps_away_is_no_file_of_another(
    folder: Paths, precious: Path, monkeypatch: pytest.MonkeyPatch, name: str, is_hard: bool
) -> None:
    monkeypatch.setattr(key_file, "USUAL_COST", CHEAP)
    planted = folder.user("anna") / name
    planted.hardlink_to(precious) if is_hard else planted.symlink_to(precious)
    key, _ = passphrases.set_passphrase(folder, "anna", PASSPHRASE, CODE)
    assert not os.path.lexists(planted)
    planted.hardlink_to(precious) if is_hard else planted.symlink_to(precious)
    assert passphrases.unlock(folder, "anna", PASSPHRASE) == key
    assert not os.path.lexists(planted)


def test_notes_that_are_a_link_are_not_encrypted_in_part(
    folder: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_file, "USUAL_COST", CHEAP)
    elsewhere = tmp_path / "elsewhere.db"
    folder.notes("anna").rename(elsewhere)
    folder.notes("anna").symlink_to(elsewhere)
    key, content = key_file.make_key(PASSPHRASE, CODE)
    with pytest.raises(Problem, match="is only a link to another file"):
        conversion.encrypt(folder.notes("anna"), key, content)
    with closing(open_notes(folder, "anna")) as notes:
        assert [one.note for one in notes.all()] == ["first"]


@pytest.mark.parametrize("name", ["offprint.log", "crash.log", "report.txt"])
@pytest.mark.parametrize("planted", ["link", "pipe"])
def test_the_log_is_not_written_through_a_link(
    tmp_path: Path, precious: Path, name: str, planted: str
) -> None:
    log = tmp_path / "log"
    log.mkdir()
    (log / name).symlink_to(precious) if planted == "link" else os.mkfifo(log / name)
    open_log(log)
    logger = logging.getLogger("offprint")
    report = Report(log, lambda _: None)
    report.listen()
    try:
        report.take(ValueError, ValueError("x"), None)
    finally:
        report.stop()
        for handler in list(logger.handlers):
            logger.removeHandler(handler)
            handler.close()
        logger.propagate = True
    assert is_own_file(log / name)


def test_what_is_read_is_a_file_and_not_too_large(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"four")
    assert read_regular(path, 4) == b"four"
    with pytest.raises(OSError, match="too large"):
        read_regular(path, 3)
    for unfit in (tmp_path, Path("/dev/zero"), tmp_path / "b"):
        with pytest.raises(OSError):  # noqa: PT011  # each system has words of its own
            open_regular(unfit)
    (tmp_path / "link").symlink_to(path)
    assert read_regular(tmp_path / "link") == b"four"
    assert not is_own_file(tmp_path / "link")
    assert make_way(path).exists()
    assert not os.path.lexists(make_way(tmp_path / "link"))
    assert path.exists()
