from __future__ import annotations

import errno
import json
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from whoosh.filedb.filestore import FileStorage

import reader.search.index as room
from reader.importers.builder.document_builder import DocumentBuilder
from reader.model.document import Document
from reader.model.search import Query
from reader.problem import Problem
from reader.search import manifest
from reader.search.arrays import DamagedError
from reader.search.index import Index
from reader.search.opening import open_entries, open_segment
from reader.search.searcher import Finder
from reader.search.whoosh_index import open_sound
from tests.search.samples import nowhere


def a_document(name: str, text: str = "ketamine", title: str = "") -> Document:
    writer = DocumentBuilder()
    writer.begin("paragraph")
    writer.add(text)
    return writer.build(id=name, title=title)


def found(folder: Path, text: str) -> list[str]:
    answer = Finder(folder, nowhere).find(Query(text, limit=1000))
    return sorted({hit.document_id for hit in answer.hits})


def files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.iterdir() if not p.name.endswith("WRITELOCK"))


def segments(folder: Path) -> list[Path]:
    return list(folder.glob("*.arrays"))


def test_an_index_that_was_never_made_is_empty_and_sound(tmp_path: Path) -> None:
    index = Index(tmp_path / "index")
    assert index.document_ids() == set()
    assert index.verify() == []
    (tmp_path / "index").mkdir()
    assert index.verify() == []


def test_documents_go_in_and_out(tmp_path: Path) -> None:
    index = Index(tmp_path)
    index.add([a_document("a"), a_document("b", "anxiety")])
    index.add([a_document("c")])
    assert index.document_ids() == {"a", "b", "c"}
    assert open_sound(tmp_path).latest_generation() == 2
    assert found(tmp_path, "ketamine") == ["a", "c"]
    index.remove(["a", "not there"])
    assert index.document_ids() == {"b", "c"}
    assert found(tmp_path, "ketamine") == ["c"]
    assert index.verify() == []


def test_a_document_takes_the_place_of_its_earlier_version(tmp_path: Path) -> None:
    index = Index(tmp_path)
    index.add([a_document("a", "one"), a_document("a", "two")])
    assert found(tmp_path, "one OR two") == ["a"]
    assert found(tmp_path, "one") == []
    index.add([a_document("a", "three")])
    assert found(tmp_path, "two") == []
    assert found(tmp_path, "three") == ["a"]
    assert len(segments(tmp_path)) == 1


def test_a_document_without_text_and_title_is_held_too(tmp_path: Path) -> None:
    index = Index(tmp_path)
    index.add([a_document("empty", "")])
    assert index.document_ids() == {"empty"}


def test_nothing_added_writes_nothing(tmp_path: Path) -> None:
    Index(tmp_path).add([])
    assert files(tmp_path) == []


def test_large_imports_are_written_in_batches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "BATCH_CHARACTERS", 10)
    Index(tmp_path).add(a_document(f"d{n}", "ketamine twice") for n in range(3))
    assert len(segments(tmp_path)) == 3


def test_segments_stay_few(tmp_path: Path) -> None:
    index = Index(tmp_path)
    for n in range(13):
        index.add([a_document(f"d{n:02}")])
        assert len(segments(tmp_path)) < 4
    assert found(tmp_path, "ketamine") == [f"d{n:02}" for n in range(13)]


def test_what_is_too_large_to_merge_at_once_waits_for_an_idle_hour(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "_QUICK_PASSAGES", 0)
    index = Index(tmp_path)
    for n in range(30):
        index.add([a_document(f"d{n}")])
    assert len(segments(tmp_path)) > 4
    index.merge()
    assert len(segments(tmp_path)) == 1
    assert len(index.document_ids()) == 30


def test_an_idle_hour_drops_what_was_deleted(tmp_path: Path) -> None:
    index = Index(tmp_path)
    index.add([a_document("a", "ketamine " * 500), a_document("b")])
    index.remove(["a"])
    before = segments(tmp_path)[0].stat().st_size
    index.merge()
    [after] = segments(tmp_path)
    assert after.stat().st_size < before
    assert index.document_ids() == {"b"}


def test_only_the_owner_can_look_in(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "index"
    Index(folder).add([a_document("a")])
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {p.stat().st_mode & 0o777 for p in folder.iterdir()} == {0o600}


@pytest.mark.parametrize("kind", ["arrays", "json"])
@pytest.mark.parametrize("damage", ["bit", "cut", "gone", "empty"])
def test_a_damaged_index_is_noticed_and_built_anew(tmp_path: Path, kind: str, damage: str) -> None:
    index = Index(tmp_path)
    index.add([a_document("a")])
    index.add([a_document("b")])
    path = next(tmp_path.glob(f"*.{kind}"))
    data = bytearray(path.read_bytes())
    if damage == "bit":
        data[len(data) // 2] ^= 4
    path.write_bytes(bytes({"cut": data[:-9], "empty": b""}.get(damage, data)))
    if damage == "gone":
        path.unlink()
    assert index.document_ids() == set()
    assert index.verify() != []
    index.add([a_document("c")])
    assert index.document_ids() == {"c"}
    assert index.verify() == []
    assert found(tmp_path, "ketamine") == ["c"]


@pytest.mark.parametrize(
    ("name", "passages", "deleted"),
    [
        ("../library", 2, []),
        ("MAIN_../../x", 2, []),
        ("MAIN_x.arrays", 2, []),
        ("MAIN_{}", -1, []),
        ("MAIN_{}", 1 << 32, []),
        ("MAIN_{}", 2, [2]),
        ("MAIN_{}", 2, [-1]),
        ("MAIN_{}", 2, ["a"]),
        (7, 2, []),
        ("MAIN_other", 2, []),
    ],
)
def test_a_manifest_that_somebody_wrote_names_no_file_but_segments(
    tmp_path: Path, name: object, passages: int, deleted: list[object]
) -> None:
    index = Index(tmp_path)
    index.add([a_document("a"), a_document("b")])
    [segment] = segments(tmp_path)
    path = tmp_path / manifest.NAME
    plain = json.loads(path.read_text(encoding="utf-8"))
    named = name.format(segment.stem.removeprefix("MAIN_")) if isinstance(name, str) else name
    plain["segments"] = [[named, passages, deleted]]
    path.write_text(json.dumps(plain), encoding="utf-8")
    assert index.document_ids() == set()
    assert "will be built again" in index.verify()[0]


def test_nothing_is_removed_where_the_folder_is_a_link(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "letter.txt").write_text("of somebody", encoding="utf-8")
    link = tmp_path / "index"
    link.symlink_to(theirs, target_is_directory=True)
    with pytest.raises(Problem, match="link to another folder"):
        Index(link).rebuild([])
    with pytest.raises(Problem, match="link to another folder"):
        Index(link).add([a_document("a")])
    assert [path.name for path in theirs.iterdir()] == ["letter.txt"]


def test_a_bit_that_flipped_by_itself_is_found_by_a_thorough_look(tmp_path: Path) -> None:
    index = Index(tmp_path)
    index.add([a_document("a")])
    [path] = segments(tmp_path)
    status = path.stat()
    data = bytearray(path.read_bytes())
    data[-20] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert index.document_ids() == {"a"}
    assert index.verify() == [f"The file {path.name} of the search index is damaged."]


def test_a_copied_index_is_as_sound_as_it_was(tmp_path: Path) -> None:
    index = Index(tmp_path)
    index.add([a_document("a")])
    for path in files(tmp_path):
        os.utime(path, ns=(0, 0))
    assert index.document_ids() == {"a"}


def test_an_index_of_another_version_is_built_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = Index(tmp_path)
    index.add([a_document("a")])
    monkeypatch.setattr(manifest, "VERSION", "other")
    assert index.document_ids() == set()
    assert index.verify() == [
        "The search index is damaged and will be built again: the index is of another version."
    ]
    index.add([a_document("b")])
    assert index.document_ids() == {"b"}


def test_a_segment_of_another_size_is_noticed(tmp_path: Path) -> None:
    index = Index(tmp_path)
    index.add([a_document("a"), a_document("b")])
    [other] = segments(tmp_path)
    [(listed, _)] = open_entries(tmp_path)
    with pytest.raises(DamagedError, match="another size"):
        open_segment(tmp_path, replace(listed, passages=7))
    other.unlink()
    with pytest.raises(DamagedError, match="missing"):
        open_segment(tmp_path, listed)


def test_an_index_is_begun_anew_on_request(tmp_path: Path) -> None:
    index = Index(tmp_path)
    index.add([a_document("a")])
    (tmp_path / "folder").mkdir()
    index.rebuild([a_document("b")])
    assert index.document_ids() == {"b"}


def test_a_locked_index_is_a_problem_and_not_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "_LOCK_SECONDS", 0.01)
    index = Index(tmp_path)
    index.add([a_document("a")])
    lock = FileStorage(str(tmp_path)).lock("MAIN_WRITELOCK")
    assert lock.acquire()
    with pytest.raises(Problem, match="another window"):
        index.add([a_document("b")])
    with pytest.raises(Problem, match="another window"):
        index.rebuild([])
    lock.release()
    index.add([a_document("b")])
    assert index.document_ids() == {"a", "b"}


def test_a_full_disk_is_a_problem_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = Index(tmp_path)
    index.add([a_document("a")])

    def full(path: Path, _arrays: Mapping[str, Any]) -> int:
        path.write_bytes(b"a part")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(room, "write_arrays", full)
        with pytest.raises(Problem, match="No space left on device"):
            index.add([a_document("b")])
    assert index.document_ids() == {"a"}
    index.add([a_document("b")])
    assert index.document_ids() == {"a", "b"}
    assert len(segments(tmp_path)) == 2


def test_a_segment_damaged_after_it_was_opened_gives_way_to_a_new_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = Index(tmp_path)
    index.add([a_document("a")])

    def damage_once(folder: Path) -> Any:
        opened = open_sound(folder)
        for path in segments(folder):
            path.write_bytes(b"")
        monkeypatch.setattr(room, "open_sound", open_sound)
        return opened

    monkeypatch.setattr(room, "open_sound", damage_once)
    index.add([a_document("b")])
    assert index.document_ids() == {"b"}
    assert index.verify() == []


def test_an_index_is_built_anew_while_a_search_holds_its_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = Index(tmp_path)
    index.add([a_document("a")])
    (held,) = segments(tmp_path)
    unlink = Path.unlink

    def refuse(path: Path, missing_ok: bool = False) -> None:
        """As Windows does while a file is mapped."""
        if path == held:
            raise PermissionError(errno.EACCES, "in use")
        unlink(path, missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        index.rebuild([a_document("b")])
    assert found(tmp_path, "ketamine") == ["b"]
    assert index.verify() == []
