"""A file for another program is there whole, and is what was there before in all else."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from reader.problem import Problem
from reader.services.output_files import write_whole

posix = pytest.mark.skipif(os.name != "posix", reason="modes, links and pipes as POSIX has them")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@posix
def test_a_file_keeps_its_mode_and_a_new_one_has_the_usual(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_text("before")
    old.chmod(0o640)
    before = os.umask(0o027)
    try:
        write_whole(old, "after")
        write_whole(new, b"after")
    finally:
        os.umask(before)
    assert (mode(old), mode(new)) == (0o640, 0o640)
    assert old.read_text() == new.read_text() == "after"


@posix
def test_a_link_is_written_through(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    real, link = tmp_path / "there" / "real", tmp_path / "link"
    link.symlink_to(real)
    for words in ("new", "newer"):
        write_whole(link, words)
        assert link.is_symlink()
        assert real.read_text() == words
    assert [path.name for path in (tmp_path / "there").iterdir()] == ["real"]


@posix
def test_a_pipe_a_folder_and_a_circle_of_links_stay(tmp_path: Path) -> None:
    pipe, folder, circle = tmp_path / "pipe", tmp_path / "folder", tmp_path / "circle"
    os.mkfifo(pipe)
    folder.mkdir()
    circle.symlink_to(circle)
    for path in (pipe, folder):
        with pytest.raises(Problem, match="is no file"):
            write_whole(path, "words")
    with pytest.raises(Problem, match="cannot be written"):
        write_whole(circle, "words")
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["circle", "folder", "pipe"]


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="cannot be written"):
        write_whole(tmp_path / "none" / "a.md", "words")
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.md"
    path.write_text("before")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Problem, match="No space left"):
        write_whole(path, "after")
    assert [one.name for one in tmp_path.iterdir()] == ["a.md"]
    assert path.read_text() == "before"
