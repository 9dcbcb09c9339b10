"""Notes in a ZIP that a passphrase opens, and nothing else."""

from __future__ import annotations

import hashlib
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from reader.exporters.registry import FORMATS
from reader.model.annotation import Change
from reader.model.export.export_set import ExportSet
from reader.model.span import Span
from reader.paths import Paths
from reader.problem import Problem
from reader.services import encrypted_export as module
from reader.services.encrypted_export import (
    encrypt_for,
    export_encrypted,
    packed,
    passphrase_problem,
    unpacked,
)
from reader.services.note_export import NoteSelection
from reader.store.library import Library
from reader.store.notes import open_notes
from tests.exporters.test_formats import a_note, a_notebook
from tests.model.samples import an_article

PASSPHRASE = "correct horse battery"
AES, AE_2, AES_256 = 99, b"\x01\x99\x07\x00\x02\x00AE\x03", 3


@pytest.fixture
def notebook() -> ExportSet:
    return a_notebook(a_note(an_article(), Span(0, 8), note="secret words"))


@pytest.mark.parametrize("name", [one for one in FORMATS if one != "pdf"])
def test_each_format_comes_out_again_and_shows_nothing_outside(
    paths: Paths, notebook: ExportSet, tmp_path: Path, name: str
) -> None:
    target = tmp_path / "out.zip"
    with closing(Library(paths)) as library:
        given = export_encrypted(notebook, name, str(target), PASSPHRASE, library)
    assert given.is_encrypted
    assert "Only your passphrase opens it" in str(given)
    assert "not encrypted" not in str(given)
    content = target.read_bytes()
    assert b"secret" not in content
    with zipfile.ZipFile(target) as archive:
        entries = archive.infolist()
        assert {one.compress_type for one in entries} == {AES}
        # AE-2 keeps no checksum of what was encrypted, which would tell of it.
        assert {one.CRC for one in entries} == {0}
        assert all(one.extra.startswith(AE_2) for one in entries)
        with pytest.raises((NotImplementedError, RuntimeError)):
            archive.read(entries[0].filename)
    files = unpacked(content, PASSPHRASE)
    if not FORMATS[name].is_folder:
        assert list(files) == [f"notes{FORMATS[name].suffix}"]
    if FORMATS[name].is_text and not FORMATS[name].is_of_sources:
        assert b"secret words" in b"".join(files.values())


def test_another_passphrase_and_a_changed_file_open_nothing() -> None:
    content = packed({"notes.md": b"secret" * 99}, PASSPHRASE)
    for passphrase in ("", "correct horse batterY"):
        with pytest.raises(Problem, match="damaged, or another passphrase"):
            unpacked(content, passphrase)
    changed = bytearray(content)
    changed[60] ^= 1
    with pytest.raises(Problem, match="damaged, or another passphrase"):
        unpacked(bytes(changed), PASSPHRASE)
    with pytest.raises(Problem, match="damaged"):
        unpacked(b"no zip", PASSPHRASE)
    assert content != packed({"notes.md": b"secret" * 99}, PASSPHRASE)


@pytest.mark.parametrize(
    ("first", "again", "said"),
    [
        ("too short", "too short", "at least 12 characters"),
        ("grüne Gurken am Abend", "grüne Gurken am Abend", "without accents"),
        ("line\nline line line", "line\nline line line", "without accents"),
        (PASSPHRASE, "correct horse batter", "not the same"),
        (PASSPHRASE, PASSPHRASE, ""),
    ],
)
def test_a_passphrase_is_long_plain_and_typed_twice(first: str, again: str, said: str) -> None:
    problem = passphrase_problem(first, again)
    assert said in problem
    assert bool(said) == bool(problem)


def test_what_does_not_hold_all_or_cannot_be_read_back_is_said(
    paths: Paths, notebook: ExportSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = str(tmp_path / "out.zip")
    with closing(Library(paths)) as library:
        with monkeypatch.context() as patch:
            other = packed({"notes.md": b"other"}, PASSPHRASE)
            patch.setattr(module, "packed", lambda *_: other)
            with pytest.raises(Problem, match="does not hold all the notes"):
                export_encrypted(notebook, "markdown", target, PASSPHRASE, library)
        with pytest.raises(Problem, match="cannot be written"):
            export_encrypted(notebook, "markdown", str(tmp_path / "a/b"), PASSPHRASE, library)
        monkeypatch.setattr(module, "write_whole", lambda *_: None)
        with pytest.raises(Problem, match="cannot be read back"):
            export_encrypted(notebook, "markdown", str(tmp_path / "c"), PASSPHRASE, library)


def test_the_notes_of_a_user_go_out(paths: Paths, tmp_path: Path) -> None:
    article = replace(an_article(), id=hashlib.sha256(b"as it came").hexdigest())
    target = tmp_path / "out.zip"
    with closing(Library(paths)) as library, closing(open_notes(paths, "anna")) as notes:
        library.add(article, b"as it came", {})
        notes.apply(Change(None, a_note(article, Span(0, 8), note="secret words")))
    asked = (str(paths.data), "anna", NoteSelection(), "json", str(target), "", PASSPHRASE)
    assert encrypt_for(*asked).count == 1
    assert b"secret words" in unpacked(target.read_bytes(), PASSPHRASE)["notes.jsonld"]
