from __future__ import annotations

import io
import zipfile

import pytest

from reader.importers.common import archive as room
from reader.importers.common.archive import Archive
from reader.problem import Problem
from tests.importers.archives import zipped


def refused(untrusted_bytes: bytes, most_members: int = 10) -> str:
    with pytest.raises(Problem) as caught:
        Archive(untrusted_bytes, "a.epub", most_members)
    return caught.value.sentence


def unreadable(archive: Archive, name: str) -> str:
    with pytest.raises(Problem) as caught:
        archive.read(name)
    return caught.value.sentence


def test_members_are_found_by_their_normal_names() -> None:
    archive = Archive(zipped({"a/./b.txt": "one", "c\\d.txt": "two"}), "a.epub", 10)
    assert archive.names == ["a/b.txt", "c/d.txt"]
    assert "a/x/../b.txt" in archive
    assert archive.read("c/d.txt") == b"two"


def test_names_that_climb_and_folders_are_not_there() -> None:
    names = {"../up.txt": "", "/etc/passwd": "", "a/../../up.txt": "", "folder/": "", "in.txt": ""}
    assert Archive(zipped(names), "a.epub", 10).names == ["in.txt"]


def test_the_first_of_a_name_counts() -> None:
    archive = Archive(zipped({"a.txt": "one", "./a.txt": "two"}), "a.epub", 10)
    assert archive.read("a.txt") == b"one"


@pytest.mark.parametrize("cut", [10, -40, -4])
def test_a_truncated_archive_is_refused(cut: int) -> None:
    assert "archive cannot be opened" in refused(zipped({"a.txt": "words"})[:cut])


def test_too_many_members_are_refused() -> None:
    assert "more files" in refused(zipped({f"{i}": "" for i in range(11)}))


def test_a_bomb_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "LARGEST_TOTAL_BYTES", 100)
    assert "larger inside" in refused(zipped({"a.txt": b"\x00" * 101}))


def test_a_bomb_that_lies_about_its_size_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "LARGEST_MEMBER_BYTES", 100)
    archive = Archive(zipped({"a.txt": b"\x00" * 5000}), "a.epub", 10)
    assert "larger inside" in unreadable(archive, "a.txt")


def test_a_missing_part_is_told() -> None:
    assert "part of it is missing" in unreadable(Archive(zipped({}), "a.epub", 10), "a.txt")


def test_an_encrypted_part_is_told() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("a.txt", "words")
    said = bytearray(out.getvalue())
    directory = said.index(b"PK\x01\x02")
    said[6] |= 1
    said[directory + 8] |= 1
    assert "is encrypted" in unreadable(Archive(bytes(said), "a.epub", 10), "a.txt")


def test_a_damaged_part_is_told() -> None:
    whole = bytearray(zipped({"mimetype": "some words that are long enough"}))
    whole[45] ^= 0xFF
    assert "cannot be read" in unreadable(Archive(bytes(whole), "a.epub", 10), "mimetype")


def test_a_part_packed_in_an_unknown_way_is_told() -> None:
    whole = bytearray(zipped({"a.txt": "words"}))
    directory = whole.index(b"PK\x01\x02")
    whole[8] = whole[directory + 10] = 97
    assert "cannot be read" in unreadable(Archive(bytes(whole), "a.epub", 10), "a.txt")
