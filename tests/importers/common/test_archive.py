from __future__ import annotations

import pytest

from reader.importers.common import archive as room
from reader.importers.common.archive import Archive
from reader.importers.common.xml import parse_xml
from reader.problem import Problem
from tests.hostile.packed import packed


def test_members_are_found_by_their_normal_names() -> None:
    archive = Archive(packed({"a/b.xml": "x", "../out": "y", "/root": "z", "d/": ""}), "f", 10)
    assert archive.names == ["a/b.xml"]
    assert "a/./b.xml" in archive
    assert archive.read("a/c/../b.xml") == b"x"
    with pytest.raises(Problem, match="a part of it is missing"):
        archive.read("out")


@pytest.mark.parametrize(
    ("limit", "said"),
    [("LARGEST_MEMBER_BYTES", "larger inside"), ("LARGEST_TOTAL_BYTES", "larger inside")],
)
def test_no_more_is_read_than_allowed(
    monkeypatch: pytest.MonkeyPatch, limit: str, said: str
) -> None:
    monkeypatch.setattr(room, limit, 3)
    with pytest.raises(Problem, match=said):
        Archive(packed({"a": "four"}), "f", 10).read("a")


def test_a_damaged_member_is_said() -> None:
    content = packed({"a": "words " * 100})
    # Behind the head of the member, whose time may hold an "a" as well.
    place = content.index(b"a", 30) + 5
    with pytest.raises(Problem, match="cannot be read"):
        Archive(content[:place] + b"\xff" * 8 + content[place + 8 :], "f", 10).read("a")


@pytest.mark.parametrize(
    ("untrusted", "text"),
    [
        (b"<a>5 &lt; 6 &nbsp;&beta;</a>", "5 < 6 \u00a0β"),
        (b"<!DOCTYPE a SYSTEM 'x.dtd' [<!ENTITY b 'c'>]><a>&amp;</a>", "&"),
    ],
)
def test_names_of_characters_are_resolved(untrusted: bytes, text: str) -> None:
    assert parse_xml(untrusted, "f").text == text


@pytest.mark.parametrize(
    "untrusted",
    [
        b"",
        b"<a>",
        b"<a>&unknown;</a>",
        b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        b"<a>" * 300 + b"</a>" * 300,
    ],
)
def test_what_is_in_no_good_order_is_refused(untrusted: bytes) -> None:
    with pytest.raises(Problem, match="no XML in good order"):
        parse_xml(untrusted, "f")


def test_an_archive_of_too_many() -> None:
    with pytest.raises(Problem, match="more files"):
        Archive(packed({str(n): "" for n in range(5)}), "f", 4)
