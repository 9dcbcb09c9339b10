"""Segments are made one while others write, search or die, and nothing is lost."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from whoosh.filedb.filestore import FileStorage

import reader.search.index as room
from reader.model.search import Answer, Query
from reader.problem import Problem
from reader.search import manifest
from reader.search.arrays import Array, Arrays, write_arrays
from reader.search.index import Index
from reader.search.searcher import Finder
from reader.search.segment import Segment
from reader.search.segment_merge import merge
from tests.search.samples import nowhere
from tests.search.test_index import a_document, files, found, segments


@pytest.fixture
def index(tmp_path: Path) -> Index:
    """An index of three segments."""
    made = Index(tmp_path / "index")
    for name in "abc":
        made.add([a_document(name, f"ketamine {name * 3}")])
    assert len(segments(made.folder)) == 3
    return made


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in files(folder)}


def sound(index: Index, ids: str) -> bool:
    """Whether these documents and no others are found, and no file is left over."""
    listed = {one.file for one in manifest.read_manifest(index.folder).segments}
    return (
        index.verify() == []
        and index.document_ids() == set(ids)
        and found(index.folder, "ketamine") == sorted(ids)
        and {path.name for path in files(index.folder)} == {manifest.NAME, *listed}
    )


def meanwhile(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Has something happen after segments were made one and before that is written."""

    def and_then(of: Sequence[Segment], alive: Sequence[Array]) -> Arrays:
        monkeypatch.setattr(room, "merge", merge)
        made = merge(of, alive)
        act()
        return made

    monkeypatch.setattr(room, "merge", and_then)


def test_small_segments_become_one(index: Index) -> None:
    assert index.mergeable()
    assert index.merge_slice()
    assert not index.mergeable()
    assert not index.merge_slice()
    assert len(segments(index.folder)) == 1
    assert sound(index, "abc")


def test_there_may_be_nothing_to_do(tmp_path: Path) -> None:
    index = Index(tmp_path)
    assert not index.mergeable()
    assert not index.merge_slice()
    index.add([a_document("a")])
    before = contents(tmp_path)
    assert not index.merge_slice()
    assert contents(tmp_path) == before


def test_a_document_that_comes_meanwhile_stays(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.search.merge_policy.TIER", 9)
    meanwhile(monkeypatch, lambda: Index(index.folder).add([a_document("d")]))
    assert index.merge_slice()
    assert sound(index, "abcd")
    assert len(segments(index.folder)) == 2


@pytest.mark.parametrize("gone", ["a", "ab", "abc"])
def test_a_document_that_goes_meanwhile_does_not_come_back(
    index: Index, monkeypatch: pytest.MonkeyPatch, gone: str
) -> None:
    meanwhile(monkeypatch, lambda: Index(index.folder).remove(gone))
    assert index.merge_slice()
    assert sound(index, "".join(sorted(set("abc") - set(gone))))


def test_a_part_of_a_segment_that_goes_meanwhile_does_not_come_back(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.merge()
    index.add([a_document("d"), a_document("e")])
    meanwhile(monkeypatch, lambda: Index(index.folder).remove("ae"))
    assert index.merge_slice()
    assert sound(index, "bcd")
    index.merge()
    assert sound(index, "bcd")
    assert len(segments(index.folder)) == 1


def test_another_window_may_merge_the_same(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    meanwhile(monkeypatch, Index(index.folder).merge)
    assert index.merge_slice()
    assert not index.merge_slice()
    assert sound(index, "abc")


def test_nobody_waits_while_segments_are_made_one(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    def acquire() -> None:
        lock = FileStorage(str(index.folder)).lock("MAIN_WRITELOCK")
        assert lock.acquire()
        lock.release()

    meanwhile(monkeypatch, acquire)
    assert index.merge_slice()


def test_an_index_that_another_window_writes_for_long_stays_as_it_is(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "_LOCK_SECONDS", 0.01)
    before = contents(index.folder)
    lock = FileStorage(str(index.folder)).lock("MAIN_WRITELOCK")
    assert lock.acquire()
    with pytest.raises(Problem, match="another window"):
        index.merge_slice()
    lock.release()
    assert contents(index.folder) == before


def test_a_damaged_index_is_left_to_be_built_anew(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    meanwhile(monkeypatch, lambda: segments(index.folder)[0].write_bytes(b""))
    assert not index.merge_slice()
    assert not index.merge_slice()
    assert not index.mergeable()
    index.add([a_document("d")])
    assert sound(index, "d")


@pytest.mark.parametrize("what", ["segment", "manifest"])
def test_a_full_disk_leaves_the_index_as_it_was(
    index: Index, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    def full(path: Path, _data: object, **_: object) -> int:
        path.write_bytes(b"a part")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before = contents(index.folder)
    with monkeypatch.context() as patch:
        if what == "segment":
            patch.setattr(room, "write_arrays", full)
        else:
            patch.setattr(Path, "write_text", full)
        with pytest.raises(Problem, match="No space left on device"):
            index.merge_slice()
        assert contents(index.folder) == before
        with pytest.raises(Problem, match="No space left on device"):
            index.add([a_document("d")])
        assert contents(index.folder) == before
    assert index.merge_slice()
    assert sound(index, "abc")


def _die(folder: Path, stage: str) -> None:
    """Merges, and is killed in the middle of it."""

    def half(path: Path, arrays: Mapping[str, Any]) -> int:
        checksum = write_arrays(path, arrays)
        if stage == "writing":
            path.write_bytes(path.read_bytes()[:100])
            os.kill(os.getpid(), signal.SIGTERM)
        return checksum

    def die(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    vars(room)["write_arrays"] = half
    if stage == "listing":
        vars(manifest)["move"] = die
    if stage == "removing":
        vars(room)["clean_files"] = die
    Index(folder).merge_slice()


@pytest.mark.parametrize("stage", ["writing", "listing", "removing"])
def test_a_process_that_is_killed_in_the_middle_loses_nothing(index: Index, stage: str) -> None:
    process = multiprocessing.get_context("spawn").Process(target=_die, args=(index.folder, stage))
    process.start()
    process.join()
    assert process.exitcode in (-signal.SIGTERM, signal.SIGTERM)
    assert len(files(index.folder)) > 2
    assert index.verify() == []
    assert found(index.folder, "ketamine") == ["a", "b", "c"]
    index.add([a_document("d")])
    index.merge()
    assert sound(index, "abcd")


def _merge_for_long(folder: Path, ended: Path) -> None:
    while not ended.exists():
        Index(folder).merge_slice()


def test_two_processes_merge_while_a_third_writes(index: Index, tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    given = (index.folder, tmp_path / "ended")
    others = [context.Process(target=_merge_for_long, args=given) for _ in range(2)]
    for other in others:
        other.start()
    kept = set("abc")
    for number in range(40):
        index.add([a_document(f"d{number:02}"), a_document(f"e{number:02}")])
        index.remove([f"e{number:02}"])
        kept.add(f"d{number:02}")
    (tmp_path / "ended").touch()
    for other in others:
        other.join()
        assert other.exitcode == 0
    assert index.document_ids() == kept
    assert index.verify() == []
    index.merge()
    assert len(segments(index.folder)) == 1
    assert found(index.folder, "ketamine") == sorted(kept)
    assert len(files(index.folder)) == 2


def test_a_window_answers_while_another_merges(index: Index) -> None:
    finder = Finder(index.folder, nowhere)
    queries = [Query(text) for text in ("ketamine", "aaa OR ccc", "ket*", "ketamnie", "b*")]

    def ask() -> list[Answer]:
        return [replace(finder.find(query), elapsed_ms=0) for query in queries]

    def write() -> None:
        for number in range(30):
            index.remove(["d"])
            index.add([a_document("d", f"zebra{number}")])
            index.merge()

    expected = ask()
    writer = threading.Thread(target=write)
    writer.start()
    asked = 0
    while writer.is_alive() or not asked:
        for answer, before in zip(ask(), expected, strict=True):
            assert [hit.document_id for hit in answer.hits] == [
                hit.document_id for hit in before.hits
            ]
            assert (answer.total, answer.suggestion) == (before.total, before.suggestion)
            assert answer.notice == before.notice
        asked += 1
    writer.join()
