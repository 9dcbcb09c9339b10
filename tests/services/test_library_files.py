"""A library moves in one file: all of it or nothing, checked, and what was there is kept."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from reader.model.annotation import Change
from reader.paths import Paths
from reader.problem import Problem
from reader.services import library_exchange, packing, unpacking
from reader.services.library_exchange import PLAN, exchange, finish, former
from reader.services.pack_file import MANIFEST, PackedFile, is_sound, look, slices
from reader.settings import WATCHED_FOLDER
from reader.store.backups import backup
from reader.store.library import Library
from reader.store.notes import open_notes
from tests.store.samples import a_document, an_annotation


def filled(folder: Path, *users: str, words: bytes = b"Give 5 mg once.") -> Paths:
    """A library of one document, with a note of each user on it and a backup of each."""
    paths = Paths(folder)
    with closing(Library(paths)) as library:
        library.add(a_document(words), words, {"p.png": b"\x89PNG"})
    for user in users:
        with closing(open_notes(paths, user)) as notes:
            notes.apply(Change(None, an_annotation(document_id=a_document(words).id, note=user)))
        backup(paths.notes(user))
    return paths


def packed(paths: Paths, target: Path) -> Path:
    begun = packing.begin(str(paths.data), str(target))
    done: list[PackedFile] = []
    for part in slices(begun.files):
        done += packing.add(str(paths.data), begun.copies, begun.part, part)
    packing.finish(begun.copies, begun.part, str(target), done)
    return target


def unpacked(paths: Paths, pack: Path) -> Path | None:
    library = look(str(pack))
    folder = unpacking.begin(str(paths.data), library)
    try:
        for part in slices(library.files):
            unpacking.take(str(pack), folder, part)
        unpacking.check(folder)
        return exchange(paths, Path(folder))
    finally:
        unpacking.give_up(folder)


def held(paths: Paths) -> tuple[list[str], dict[str, list[str]]]:
    """The titles of a library and the words of each user's notes."""
    with closing(Library(paths)) as library:
        assert library.verify() == []
        texts = [library.document(one.id).text for one in library.catalog.entries()]
    found = {}
    for user in paths.users():
        with closing(open_notes(paths, user)) as notes:
            found[user] = [note.note for note in notes.all()]
    return texts, found


def all_files(folder: Path) -> dict[str, bytes]:
    return {
        str(one.relative_to(folder)): one.read_bytes()
        for one in sorted(folder.rglob("*"))
        if one.is_file() and one.name != "exchange.lock"
    }


def test_all_of_a_library_comes_to_another_computer(tmp_path: Path) -> None:
    there = filled(tmp_path / "there", "Ann", "Björn Ü")
    pack = packed(there, tmp_path / "all.offprint-library")
    library = look(str(pack))
    assert (library.documents, library.users) == (1, ["Ann", "Björn Ü"])
    assert library.summary == "1 document, notes of Ann, Björn Ü"
    assert sum("/backups/" in one.name for one in library.files) == 2
    here = Paths(tmp_path / "here")
    assert unpacked(here, pack) is None
    assert held(here) == held(there)
    assert held(here)[1] == {"Ann": ["Ann"], "Björn Ü": ["Björn Ü"]}
    assert not list(tmp_path.rglob("unpacking"))
    assert not list(tmp_path.rglob("packing"))


def test_the_library_that_was_there_is_kept_and_comes_back(tmp_path: Path) -> None:
    here = filled(tmp_path / "here", "Ann", words=b"Here.")
    pack = packed(filled(tmp_path / "there", "Ben", words=b"There."), tmp_path / "pack")
    before = all_files(here.data)
    kept = unpacked(here, pack)
    assert kept is not None
    assert held(here) == (["There."], {"Ben": ["Ben"]})
    assert held(Paths(kept)) == (["Here."], {"Ann": ["Ann"]})
    assert [path for path, _ in former(here)] == [kept]
    second = exchange(here, kept)
    assert second is not None
    assert held(here) == (["Here."], {"Ann": ["Ann"]})
    assert [path for path, _ in former(here)] == [second]
    assert {n for n in all_files(here.data) if not n.startswith("former-")} >= set(before)


def test_the_index_and_the_log_are_not_packed_and_nothing_says_where_it_was(
    tmp_path: Path,
) -> None:
    there = filled(tmp_path / "there", "Ann")
    with closing(open_notes(there, "Ann")) as notes:
        notes.set_setting(WATCHED_FOLDER, str(tmp_path / "watched"))
    for name in ("index/manifest.json", "log/offprint.log", "users/Ann/.DS_Store"):
        (there.data / name).parent.mkdir(exist_ok=True)
        (there.data / name).write_text("x")
    pack = packed(there, tmp_path / "pack")
    with zipfile.ZipFile(pack) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
        assert tops == {"library.db", "documents", "users", MANIFEST}
        for name in archive.namelist():
            # A setting may name a folder to look into; it is the user's own.
            if not name.startswith("users/"):
                assert str(tmp_path).encode() not in archive.read(name)
            assert not name.endswith(".DS_Store")


def test_an_open_library_is_packed_as_it_is_now(tmp_path: Path) -> None:
    there = filled(tmp_path / "there", "Ann")
    with closing(open_notes(there, "Ann")) as notes:
        notes.apply(Change(None, an_annotation(2, note="not in the file yet")))
        assert there.notes("Ann").with_name("notes.db-wal").stat().st_size
        pack = packed(there, tmp_path / "pack")
    here = Paths(tmp_path / "here")
    unpacked(here, pack)
    assert sorted(held(here)[1]["Ann"]) == ["Ann", "not in the file yet"]


def test_what_is_removed_while_it_is_packed(tmp_path: Path) -> None:
    there = filled(tmp_path / "there", "Ann")
    begun = packing.begin(str(there.data), str(tmp_path / "pack"))
    copy = next(one for one in begun.files if "/backups/" in one.name)
    (there.data / copy.name).unlink()
    assert packing.add(str(there.data), begun.copies, begun.part, [copy]) == []
    gone = next(one for one in begun.files if one.name.startswith("documents/"))
    (there.data / gone.name).unlink()
    with pytest.raises(Problem, match="was changed while it was packed"):
        packing.add(str(there.data), begun.copies, begun.part, [gone])
    packing.give_up(begun.copies, begun.part)
    assert [one.name for one in tmp_path.iterdir()] == ["there"]


def test_what_cannot_be_packed(tmp_path: Path) -> None:
    there = filled(tmp_path / "there", "Ann")
    with pytest.raises(Problem, match="no library"):
        packing.begin(str(tmp_path / "nowhere"), str(tmp_path / "pack"))
    with pytest.raises(Problem, match="is a folder"):
        packing.begin(str(there.data), str(tmp_path))
    with pytest.raises(Problem, match="cannot be packed into"):
        packing.begin(str(there.data), str(tmp_path / "no folder" / "pack"))
    begun = packing.begin(str(there.data), str(tmp_path / "pack"))
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "x").touch()
    with pytest.raises(Problem, match="cannot be packed into"):
        packing.finish(begun.copies, begun.part, str(tmp_path / "pack"), [])
    assert not (there.data / "packing").exists()


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such file")
def test_a_file_that_not_every_system_can_have_is_named(tmp_path: Path) -> None:
    there = filled(tmp_path / "there", "Ann")
    (there.user("Ann") / "a:b").touch()
    with pytest.raises(Problem, match=r"a:b.*not every system"):
        packing.begin(str(there.data), str(tmp_path / "pack"))


@pytest.mark.parametrize(
    "name",
    ["library.db", "users/Ann/notes.db", f"documents/{'a' * 64}/1/document.json"]
    + [f"documents/{'a' * 64}.removed", "lost-and-found/library-1.db"],
)
def test_names_that_a_library_has(name: str) -> None:
    assert is_sound(name)


@pytest.mark.parametrize(
    "name",
    ["", "/library.db", "../library.db", "users/../../x", "users/Ann/../../x", "users//x"]
    + ["users/Ann/", "users/Ann/a:b", "users/Ann/a\\..\\b", "C:/x", "users/con/notes.db"]
    + ["users/Ann/x.", "users/Ann/x ", "users/Ann/\x00", "users/ . /x", "index/x", "x"]
    + [f"documents/{'g' * 64}/1/document.json", "log/offprint.log", "users/Ann/LPT1.txt"],
)
def test_names_that_no_library_has(name: str) -> None:
    assert not is_sound(name)


def rewritten(pack: Path, change: Callable[[dict[str, bytes], dict[str, Any]], object]) -> None:
    """Packs anew what was changed: the members, and the list that `change` gets parsed."""
    with zipfile.ZipFile(pack) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    said = json.loads(members.pop(MANIFEST))
    change(members, said)
    with zipfile.ZipFile(pack, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        archive.writestr(MANIFEST, json.dumps(said))


def listed(name: str, content: bytes) -> list[Any]:
    return [name, len(content), hashlib.sha256(content).hexdigest()]


def smuggled(name: str) -> Callable[[dict[str, bytes], dict[str, Any]], object]:
    def change(members: dict[str, bytes], said: dict[str, Any]) -> None:
        members[name] = b"evil"
        said["files"].append(listed(name, b"evil"))

    return change


def unlisted(members: dict[str, bytes], _: dict[str, Any]) -> None:
    members["users/Ann/more.db"] = b"x"


def missing(members: dict[str, bytes], _: dict[str, Any]) -> None:
    del members["library.db"]


def changed_bytes(members: dict[str, bytes], _: dict[str, Any]) -> None:
    members["library.db"] = members["library.db"][:-1] + b"x"


def longer(members: dict[str, bytes], _: dict[str, Any]) -> None:
    members["library.db"] += b"\0" * 5_000_000


def no_database(members: dict[str, bytes], said: dict[str, Any]) -> None:
    members["library.db"] = b"no database" * 500
    said["files"] = [row for row in said["files"] if row[0] != "library.db"]
    said["files"].append(listed("library.db", members["library.db"]))


def told(**words: Any) -> Callable[[dict[str, bytes], dict[str, Any]], object]:
    return lambda _, said: said.update(words)


FAULTS = {
    "a name that leads out": smuggled("users/Ann/../../../evil"),
    "a name that is absolute": smuggled("/tmp/evil"),
    "a name of Windows": smuggled("users\\evil"),
    "a file that is not listed": unlisted,
    "a file that is missing": missing,
    "a file with another byte": changed_bytes,
    "a file that is longer than listed": longer,
    "another format": told(format="zip"),
    "no version": told(version=None),
    "no list": told(files={}),
    "rows that are none": told(files=[["library.db", 1]]),
    "sizes that are none": told(files=[["library.db", -1, "a" * 64]]),
    "hashes that are none": told(files=[["library.db", 1, "x"]]),
    "no program": told(program=7),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_not_as_it_was_packed_changes_nothing(fault: str, tmp_path: Path) -> None:
    pack = packed(filled(tmp_path / "there", "Ann"), tmp_path / "pack")
    here = filled(tmp_path / "here", "Ann")
    rewritten(pack, FAULTS[fault])
    before = all_files(here.data)
    with pytest.raises(Problem, match="“pack” is no packed library, or it is damaged"):
        unpacked(here, pack)
    assert all_files(here.data) == before
    assert not list(tmp_path.rglob("*evil*"))
    assert not (here.data / "unpacking").exists()


@pytest.mark.parametrize("part", [0.0, 0.1, 0.5, 0.99])
def test_a_copy_that_was_cut_off_changes_nothing(part: float, tmp_path: Path) -> None:
    pack = packed(filled(tmp_path / "there", "Ann"), tmp_path / "pack")
    here = filled(tmp_path / "here", "Ann")
    pack.write_bytes(pack.read_bytes()[: int(part * pack.stat().st_size)])
    before = all_files(here.data)
    with pytest.raises(Problem, match="damaged"):
        unpacked(here, pack)
    assert all_files(here.data) == before


def test_a_file_that_is_gone_or_no_archive(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="cannot be read: No such file"):
        look(str(tmp_path / "gone"))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("library.db", b"")
    with pytest.raises(Problem, match="no packed library"):
        look(str(tmp_path / "a.zip"))


def test_a_damaged_list_in_a_sound_file_changes_nothing(tmp_path: Path) -> None:
    pack = packed(filled(tmp_path / "there", "Ann"), tmp_path / "pack")
    rewritten(pack, no_database)
    here = filled(tmp_path / "here", "Ben")
    unpacked(here, pack)
    # The list is made anew from the documents, as it is wherever it was damaged.
    assert held(here)[0] == ["Give 5 mg once."]


def test_what_a_newer_offprint_packed_changes_nothing(tmp_path: Path) -> None:
    here = filled(tmp_path / "here", "Ann")
    before = all_files(here.data)
    pack = packed(filled(tmp_path / "there", "Ann"), tmp_path / "pack")
    rewritten(pack, told(version=2))
    with pytest.raises(Problem, match="newer Offprint"):
        unpacked(here, pack)
    for name in ("library.db", "users/Ann/notes.db"):
        there = filled(tmp_path / f"there {name[:5]}", "Ann")
        with closing(sqlite3.connect(there.data / name)) as database:
            database.execute("PRAGMA user_version=99")
        pack = packed(there, tmp_path / "pack")
        with pytest.raises(Problem, match="newer Offprint"):
            unpacked(here, pack)
    assert all_files(here.data) == before


def test_damaged_notes_are_not_packed(tmp_path: Path) -> None:
    there = filled(tmp_path / "there", "Ann")
    there.notes("Ann").write_bytes(b"no database" * 1000)
    with pytest.raises(Problem, match=r"notes.db.* is damaged"):
        packing.begin(str(there.data), str(tmp_path / "pack"))
    assert not (there.data / "packing").exists()


def test_a_full_disk_is_told_before_anything_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = packed(filled(tmp_path / "there", "Ann"), tmp_path / "pack")
    here = filled(tmp_path / "here", "Ann")
    usage = type("Usage", (), {"free": 1000})
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    with pytest.raises(Problem, match="room enough"):
        unpacked(here, pack)


class Killed(BaseException):
    """What ends a process in the midst of its work."""


@pytest.mark.parametrize("moves", range(8))
def test_an_exchange_that_was_killed_is_finished_by_the_next_start(
    moves: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = filled(tmp_path / "here", "Ann", words=b"Here.")
    pack = packed(filled(tmp_path / "there", "Ben", words=b"There."), tmp_path / "pack")
    made = 0

    def move(source: Path, target: Path) -> None:
        nonlocal made
        if made == moves:
            raise Killed
        made += 1
        source.replace(target)

    with monkeypatch.context() as patched:
        patched.setattr(library_exchange, "move", move)
        patched.setattr(unpacking, "give_up", lambda _: None)
        try:
            unpacked(here, pack)
        except Killed:
            assert (here.data / PLAN).exists()
    finish(here)
    finish(here)
    assert held(here) == (["There."], {"Ben": ["Ben"]})
    ((kept, _),) = former(here)
    assert held(Paths(kept)) == (["Here."], {"Ann": ["Ann"]})
    assert not (here.data / PLAN).exists()
    assert not (here.data / "unpacking").exists()


def test_a_file_that_cannot_be_moved_leaves_all_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = filled(tmp_path / "here", "Ann", words=b"Here.")
    pack = packed(filled(tmp_path / "there", "Ben", words=b"There."), tmp_path / "pack")
    before = all_files(here.data)

    def move(source: Path, target: Path) -> None:
        if source.name == "users":
            raise PermissionError(13, "The file is in use")
        source.replace(target)

    monkeypatch.setattr(library_exchange, "move", move)
    with pytest.raises(Problem, match=r"The file is in use. Close all other windows"):
        unpacked(here, pack)
    assert all_files(here.data) == before
    assert former(here) == []


def test_what_can_be_moved_neither_there_nor_back_is_finished_by_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = filled(tmp_path / "here", "Ann", words=b"Here.")
    pack = packed(filled(tmp_path / "there", "Ben", words=b"There."), tmp_path / "pack")

    def move(source: Path, target: Path) -> None:
        if source.name == "users" or target.parent == here.data:
            raise PermissionError(13, "The file is in use")
        source.replace(target)

    with monkeypatch.context() as patched:
        patched.setattr(library_exchange, "move", move)
        patched.setattr(unpacking, "give_up", lambda _: None)
        with pytest.raises(Problem, match=r"nor back: The file is in use.* start it again"):
            unpacked(here, pack)
        with pytest.raises(Problem, match=r"cannot be finished: The file is in use"):
            finish(here)
    finish(here)
    assert held(here) == (["There."], {"Ben": ["Ben"]})
    ((kept, _),) = former(here)
    assert held(Paths(kept)) == (["Here."], {"Ann": ["Ann"]})


def test_two_files_that_one_system_takes_for_one_are_named(tmp_path: Path) -> None:
    pack = packed(filled(tmp_path / "there", "Ann"), tmp_path / "pack")
    library = look(str(pack))
    folder = unpacking.begin(str(tmp_path / "here"), library)
    unpacking.take(str(pack), folder, library.files)
    with pytest.raises(Problem, match=r"two files that would be one here: “library.db”"):
        unpacking.take(str(pack), folder, library.files)


@pytest.mark.parametrize(
    "plan",
    ["no JSON", "[]", '{"incoming": "a"}']
    + [json.dumps({"incoming": i, "former": f, "out": o, "into": []}) for i, f, o in (
        ("../x", "former-x", []), ("unpacking/..", "former-x", []), ("unpacking/a", "x", []),
        ("unpacking/a", "former-x", ["log"]), ("unpacking/a", "former-x", "users"))],
)  # fmt: skip
def test_a_plan_that_is_not_ours_is_not_followed(plan: str, tmp_path: Path) -> None:
    here = filled(tmp_path / "here", "Ann")
    (here.data / PLAN).write_text(plan)
    before = all_files(here.data)
    with pytest.raises(Problem, match=r"cannot be finished: “exchange.json” is damaged"):
        finish(here)
    assert all_files(here.data) == before


@pytest.mark.parametrize("place", ["users/anna", "documents"])
def test_what_a_link_leads_to_is_not_packed(tmp_path: Path, place: str) -> None:
    paths = filled(tmp_path / "there", "anna")
    private = tmp_path / "private"
    private.mkdir()
    (private / "letter.txt").write_text("mine")
    (paths.data / place).rename(tmp_path / "before")
    (paths.data / place).symlink_to(private)
    with pytest.raises(Problem, match="only a link"):
        packed(paths, tmp_path / "pack")
    assert not (tmp_path / "pack").exists()


def test_a_list_that_unpacks_without_end_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "pack"
    said = {"format": "offprint-library", "version": 1, "program": "x", "made": "x", "files": []}
    endless = json.dumps(said).replace('"files": []', '"files": [' + "[]," * 100_000 + "[]]")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("library.db", b"")
        archive.writestr(MANIFEST, endless)
    # It would take gigabytes for a pack of some kilobytes.
    read: list[str] = []

    def note(_archive: zipfile.ZipFile, name: str) -> bytes:
        read.append(name)
        return b""

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(zipfile.ZipFile, "read", note)
        with pytest.raises(Problem, match="damaged"):
            look(str(path))
    assert read == []


def test_a_packed_library_with_a_planted_trigger_is_not_opened(tmp_path: Path) -> None:
    there = filled(tmp_path / "there", "anna")
    with closing(sqlite3.connect(there.notes("anna"))) as database:
        database.execute("CREATE TRIGGER x AFTER INSERT ON step BEGIN SELECT 1; END")
    pack = tmp_path / "pack"
    with pytest.raises(Problem, match="that Offprint did not make"):
        packed(there, pack)
    # Packed by another program.
    with zipfile.ZipFile(packed(filled(tmp_path / "other", "anna"), pack)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    name = "users/anna/notes.db"
    files[name] = there.notes("anna").read_bytes()
    said = json.loads(files.pop(MANIFEST))
    said["files"] = [[n, len(c), hashlib.sha256(c).hexdigest()] for n, c in files.items()]
    with zipfile.ZipFile(pack, "w") as archive:
        for one, content in {**files, MANIFEST: json.dumps(said).encode()}.items():
            archive.writestr(one, content)
    here = filled(tmp_path / "here", "anna")
    before = held(here)
    with pytest.raises(Problem, match="that Offprint did not make"):
        unpacked(here, pack)
    assert held(here) == before
