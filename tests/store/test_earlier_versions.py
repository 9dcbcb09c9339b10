"""A data folder made by an earlier version opens, and nothing in it is lost."""

from __future__ import annotations

import json
import sqlite3
import zipfile
import zlib
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from reader.cli.main import main
from reader.store import note_rows
from reader.store.note_rows import crc, to_row
from reader.store.notes import Notes
from tests.store.samples import an_annotation

DATA = Path(__file__).parent / "data"
TIME = "2026-01-02T03:04:05.000Z"
OLD = sorted(path.name for path in DATA.glob("data-*.zip"))


@pytest.fixture(params=OLD)
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    with zipfile.ZipFile(DATA / request.param) as packed:
        packed.extractall(tmp_path)
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], folder: Path, *words: str) -> str:
    assert main(["--data", str(folder), "--user", "ann", *words]) == 0
    return capsys.readouterr().out


def test_there_is_one_of_each_release() -> None:
    assert "data-0.1.0.zip" in OLD


def test_documents_and_notes_are_there(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    (document,) = json.loads(said(capsys, folder, "list", "--json"))["documents"]
    assert document["title"] == "Ketamine in practice"
    assert "Give 5 mg of ketamine slowly" in said(capsys, folder, "text", document["id"])
    notes = json.loads(said(capsys, folder, "notes", "export", "--format", "json"))
    assert "Slowly." in json.dumps(notes)
    assert json.loads(said(capsys, folder, "find", "NMDA", "--json"))["total"] == 1
    said(capsys, folder, "check")


def test_an_index_whose_classes_have_other_names_is_built_again(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    (contents,) = (folder / "index").glob("*.toc")
    content = contents.read_bytes().replace(b"reader.search.whoosh_codec", b"reader.search.cedoc")
    contents.write_bytes(content)
    manifest = folder / "index" / "manifest.json"
    plain = json.loads(manifest.read_text(encoding="utf-8"))
    status = contents.stat()
    plain["files"][contents.name] = [zlib.crc32(content), status.st_size, status.st_mtime_ns]
    manifest.write_text(json.dumps(plain), encoding="utf-8")
    assert json.loads(said(capsys, folder, "find", "NMDA", "--json"))["total"] == 1


def test_notes_of_the_release_before_areas_open_with_all_that_they_hold(tmp_path: Path) -> None:
    """As 0.2.0 wrote them: with four scripts, and no column for an area."""
    path = tmp_path / "notes.db"
    schemas = Path(note_rows.__file__).parent / "schema"
    plain = an_annotation(note="Slowly.", state="moved", created=TIME, modified=TIME)
    annotation = replace(plain, earlier=plain.target)
    whole, damaged = to_row(annotation)[:19], to_row(replace(plain, id="a2"))[:19]
    with closing(sqlite3.connect(path)) as old:
        old.create_function("crc32", -1, crc)
        for script in sorted(schemas.glob("notes_*.sql"))[:4]:
            old.executescript(script.read_text(encoding="utf-8"))
        marks = ", ".join("?" * 20)
        columns = note_rows.COLUMNS.removesuffix(", area")
        # Written without an area in what was before, too.
        earlier = json.loads(whole[18])
        del earlier["area"]
        whole = (*whole[:18], json.dumps(earlier, separators=(",", ":")))
        for row in ((*whole, crc(*whole)), (*damaged, 7)):
            old.execute(f"INSERT INTO annotation ({columns}, crc) VALUES ({marks})", row)
        old.execute("PRAGMA user_version=4")
        old.commit()
    with closing(Notes(path)) as notes:
        assert notes.annotation("a1") == annotation
        # What was damaged before is so still.
        assert notes.annotation("a2") is None
        assert notes.damaged == {"a2"}
