"""A data folder made by an earlier version opens, and nothing in it is lost."""

from __future__ import annotations

import json
import zipfile
import zlib
from pathlib import Path

import pytest

from reader.cli.main import main

DATA = Path(__file__).parent / "data"
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
