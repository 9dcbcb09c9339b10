"""A data folder from elsewhere, with things planted in it: opening it runs and removes nothing."""

from __future__ import annotations

import json
import os
import pickle
import sqlite3
import sys
import time
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from whoosh import __version__
from whoosh.fields import FieldConfigurationError
from whoosh.filedb.filestore import RamStorage
from whoosh.index import TOC

from reader.cli.main import main
from reader.paths import Paths
from reader.problem import Problem
from reader.search.index import Index
from reader.settings import SETTINGS, SPLIT
from reader.store.backups import backups
from reader.store.library import Library
from reader.store.note_rows import crc
from reader.store.notes import open_notes
from reader.workers import search_tasks
from tests.store.samples import a_document

UNPICKLED: list[str] = []


class Payload:
    """Leaves a file when it is unpickled."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[str]]:
        return os.mkdir, (str(self.target),)


def listen(event: str, args: tuple[Any, ...]) -> None:
    if event == "pickle.find_class":
        UNPICKLED.append(".".join(args))


# It cannot be taken away again; what it notes is looked at by the tests here alone.
sys.addaudithook(listen)


@pytest.fixture
def library(paths: Paths) -> Paths:
    """A library with a document that is indexed."""
    with closing(Library(paths)) as opened:
        document = a_document(b"Give half a tablet.")
        opened.add(document, document.text.encode(), {"p.png": b"picture"})
    search_tasks.index(str(paths.data), [document.id])
    UNPICKLED.clear()
    return paths


def document_id(paths: Paths) -> str:
    [folder] = paths.documents.iterdir()
    return folder.name


def sql(paths: Paths, statement: str, *values: Any) -> None:
    with closing(sqlite3.connect(paths.library)) as database:
        database.execute(statement, values)
        database.commit()


def find(paths: Paths) -> int:
    arguments = ["--data", str(paths.data), "--user", "anna", "find", "tablet", "--json"]
    return main(arguments)


def table_of_contents(payload: bytes) -> bytes:
    """A file such as Whoosh makes, with a payload in the place of its schema and its segments."""
    storage = RamStorage()
    with storage.create_file("toc") as file:
        for size in (4, 8, 4):
            file.write_varint(size)
        file.write_int(-12345)
        file.write_int(-111)
        for number in __version__[:3]:
            file.write_varint(number)
        file.write_string(payload)
        file.write_int(0)
        file.write_int(0)
        file.write(payload)
    return bytes(storage.files["toc"])


def test_the_payload_runs_where_whoosh_is_let(tmp_path: Path) -> None:
    storage = RamStorage()
    toc = table_of_contents(pickle.dumps(Payload(tmp_path / "ran")))
    storage.files["_MAIN_0.toc"] = toc
    with pytest.raises(FieldConfigurationError):
        TOC.read(storage, "MAIN")
    assert (tmp_path / "ran").exists()


@pytest.mark.parametrize("generation", [0, 1, 2, 999])
@pytest.mark.parametrize("version", ["ours", "older"])
def test_a_planted_table_of_contents_runs_nothing(
    library: Paths, tmp_path: Path, generation: int, version: str
) -> None:
    marker = tmp_path / "ran"
    name = f"_MAIN_{generation}.toc"
    toc = library.index / name
    toc.write_bytes(table_of_contents(pickle.dumps(Payload(marker))))
    manifest = library.index / "manifest.json"
    plain = json.loads(manifest.read_bytes())
    if version == "older":
        # As an Offprint wrote it that left the table of contents to Whoosh, with a right checksum.
        del plain["segments"], plain["generation"]
    status = toc.stat()
    plain["files"][name] = [zlib.crc32(toc.read_bytes()), status.st_size, status.st_mtime_ns]
    manifest.write_text(json.dumps(plain))
    assert find(library) == 0
    assert not marker.exists()
    assert not toc.exists()
    assert UNPICKLED == []
    assert Index(library.index).verify() == []


def test_nothing_of_a_library_is_unpickled(library: Paths) -> None:
    assert find(library) == 0
    assert main(["--data", str(library.data), "list"]) == 0
    assert main(["--data", str(library.data), "check"]) == 0
    assert UNPICKLED == []
    for path in library.data.rglob("*"):
        assert not path.is_file() or not path.read_bytes().startswith(b"\x80"), path


def test_a_pickle_in_every_place_of_a_data_folder_runs_nothing(
    library: Paths, tmp_path: Path
) -> None:
    marker = tmp_path / "ran"
    payload = pickle.dumps(Payload(marker))
    with closing(Library(library)) as opened:
        original = opened.original(document_id(library))
    kept = [library.library, *library.data.glob("library.db-*")]
    for path in list(library.data.rglob("*")):
        if path.is_file() and path not in kept:
            path.write_bytes(payload)
    for arguments in (["find", "tablet"], ["list"], ["check"], ["text", original.parent.name]):
        main(["--data", str(library.data), *arguments])
    assert not marker.exists()
    assert UNPICKLED == []


@pytest.mark.parametrize(
    "segments",
    [
        [["../../users/anna/notes", 1, []]],
        [["MAIN_/etc/passwd", 1, []]],
        [["MAIN_a", -1, []]],
        [["MAIN_a", 1, [1]]],
        [["MAIN_a", 1, [-1]]],
        [["MAIN_a", "1", []]],
        [["MAIN_a", 1 << 40, []]],
        [["MAIN_a", 1]],
        [7],
        {"MAIN_a": 1},
        [["MAIN_a", 1, []], ["MAIN_a", 1, []]],
        None,
    ],
)
def test_a_planted_manifest_is_none(library: Paths, segments: Any) -> None:
    manifest = library.index / "manifest.json"
    plain = json.loads(manifest.read_bytes())
    plain["segments"] = segments
    names = [one[0] for one in segments or () if isinstance(one, list)]
    plain["files"] = {f"{name}.arrays": [0, 0, 0] for name in names}
    manifest.write_text(json.dumps(plain))
    assert Index(library.index).document_ids() == set()
    assert find(library) == 0
    assert Index(library.index).document_ids() == {document_id(library)}


def test_a_manifest_that_is_nested_deeply_is_none(library: Paths) -> None:
    (library.index / "manifest.json").write_text("[" * 200_000)
    assert find(library) == 0
    assert Index(library.index).verify() == []


@pytest.mark.parametrize("name", ["../../secret", "/etc/passwd", "original/../x", "", "notes.db"])
def test_an_original_that_climbs_is_none(library: Paths, name: str) -> None:
    (library.data.parent / "secret").write_text("secret")
    sql(library, "UPDATE document SET original = ?", name)
    with closing(Library(library)) as opened:
        with pytest.raises(Problem, match="missing or damaged"):
            opened.original(document_id(library))
        assert any("original file" in sentence for sentence in opened.verify())


def test_a_picture_that_climbs_is_none(library: Paths, tmp_path: Path) -> None:
    (library.data / "secret").write_bytes(b"picture")
    climbing = "../../../../secret"
    sql(library, "UPDATE asset SET name = ?", climbing)
    with closing(Library(library)) as opened, pytest.raises(Problem, match="missing or damaged"):
        opened.asset(document_id(library), climbing)


def test_an_edition_that_climbs_is_none(library: Paths) -> None:
    sql(library, "PRAGMA foreign_keys=OFF")
    sql(library, "UPDATE edition SET number = '../x'")
    sql(library, "UPDATE document SET edition = '../x'")
    with closing(Library(library)) as opened, pytest.raises(Problem, match="damaged"):
        opened.document(document_id(library))


@pytest.mark.parametrize("planted", ["../../precious", "..", "", "/tmp"])
def test_a_document_that_climbs_is_not_removed(library: Paths, planted: str) -> None:
    precious = library.data.parent / "precious"
    precious.mkdir()
    (precious / "letter.txt").write_text("mine")
    sql(library, "UPDATE document SET id = ?", planted)
    with closing(Library(library)) as opened, pytest.raises(Problem, match="is damaged"):
        opened.remove(planted)
    assert (precious / "letter.txt").read_text() == "mine"
    assert library.library.exists()


def annotated(paths: Paths) -> Path:
    """The file of Anna's notes, with a note in it."""
    add = ["notes", "add", document_id(paths), "--quote", "half a tablet"]
    assert main(["--data", str(paths.data), "--user", "anna", *add]) == 0
    UNPICKLED.clear()
    return paths.notes("anna")


def notes_sql(notes: Path, statement: str, *values: Any) -> None:
    with closing(sqlite3.connect(notes)) as database:
        database.create_function("crc32", -1, crc)
        database.execute(statement, values)
        database.commit()


def test_planted_settings_are_defaults_and_run_nothing(library: Paths, tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    notes = annotated(library)
    payload = pickle.dumps(Payload(marker))
    for setting in SETTINGS:
        planted = json.dumps({"py/reduce": [{"py/function": "os.mkdir"}, [str(marker)]]})
        with closing(open_notes(library, "anna")) as opened:
            opened.set_setting(setting, json.loads(planted) if setting != SPLIT else payload.hex())
    with closing(open_notes(library, "anna")) as opened:
        for setting in SETTINGS:
            value = opened.setting(setting)
            assert value == setting.default or setting.is_sound(value)
    for arguments in (["find", "tablet"], ["notes", "export"], ["check"]):
        main(["--data", str(library.data), "--user", "anna", *arguments])
    assert notes.exists()
    assert not marker.exists()
    assert UNPICKLED == []


@pytest.mark.parametrize(
    "template",
    [
        "{{> ../../../secret}}",
        "{{> /etc/passwd}}",
        "{{=<% %>=}}<%> /etc/passwd%>",
        "{{#documents}}{{__class__}}{{/documents}}",
        "{{documents.__class__.__init__.__globals__}}",
    ],
)
def test_a_planted_template_reads_nothing_else(
    library: Paths, tmp_path: Path, template: str, capsys: pytest.CaptureFixture[str]
) -> None:
    annotated(library)
    capsys.readouterr()
    planted = tmp_path / "planted.mustache"
    planted.write_text(template, encoding="utf-8")
    arguments = ["--user", "anna", "notes", "export", "--template", str(planted)]
    assert main(["--data", str(library.data), *arguments]) == 1
    said = capsys.readouterr()
    assert "root:" not in said.out + said.err
    assert said.out == ""


def test_a_planted_backup_runs_nothing(library: Paths, tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    notes = annotated(library)
    folder = notes.parent / "backups"
    folder.mkdir(exist_ok=True)
    (folder / "notes-2099-01-01T00-00-00.000000Z.db").touch()
    found = [one.path for one in backups(notes)]
    assert found
    for path in found:
        path.write_bytes(pickle.dumps(Payload(marker)))
    notes.write_bytes(b"no database any more")
    for arguments in (["notes", "backups"], ["notes", "restore"], ["notes", "export"], ["check"]):
        main(["--data", str(library.data), "--user", "anna", *arguments])
    assert not marker.exists()
    assert UNPICKLED == []


@pytest.mark.parametrize(
    "trigger",
    [
        "SELECT load_extension('/tmp/planted.so')",
        "SELECT writefile('{marker}', 'ran')",
        "SELECT readfile('/etc/passwd')",
        "SELECT fts3_tokenizer('x', x'00')",
    ],
)
def test_a_planted_trigger_reaches_no_file(
    library: Paths, tmp_path: Path, trigger: str, capsys: pytest.CaptureFixture[str]
) -> None:
    marker = tmp_path / "ran"
    notes = annotated(library)
    trigger = trigger.format(marker=marker)
    planted = f"CREATE TRIGGER planted AFTER INSERT ON annotation BEGIN {trigger}; END"
    notes_sql(notes, planted)
    add = ["notes", "add", document_id(library), "--quote", "half a tablet", "--note", "more"]
    for arguments in (["notes", "export"], ["check"], add):
        assert main(["--data", str(library.data), "--user", "anna", *arguments]) == 1
        said = capsys.readouterr()
        assert "a trigger that Offprint did not make (“planted”)" in said.out + said.err
    assert not marker.exists()
    assert main(["--data", str(library.data), "--user", "anna", "notes", "restore"]) == 0
    with closing(open_notes(library, "anna")) as opened:
        assert len(list(opened.all())) == 1


@pytest.mark.parametrize("folder", ["index", "staging"])
def test_a_folder_that_is_a_link_is_not_emptied(library: Paths, folder: str) -> None:
    precious = library.data.parent / "precious"
    (precious / "letters").mkdir(parents=True)
    (precious / "letter.txt").write_text("mine")
    for path in (precious / "letters", precious / "letter.txt"):
        os.utime(path, (time.time() - 1e6,) * 2)
    place = library.data / folder
    place.rename(library.data.parent / "before")
    place.symlink_to(precious)
    find(library)
    assert (precious / "letters").is_dir()
    assert (precious / "letter.txt").read_text() == "mine"
