"""Names of users: one folder each, on every system."""

from __future__ import annotations

import sys
import time
import unicodedata
from pathlib import Path

import pytest

from reader.paths import Paths, move
from reader.problem import Problem


def make(paths: Paths, *names: str) -> None:
    for name in names:
        (paths.data / "users" / name).mkdir(parents=True)


@pytest.mark.parametrize("name", ["anna", "Anna", "ANNA"])
def test_capitals_make_no_other_user(paths: Paths, name: str) -> None:
    assert paths.user(name).name == name
    make(paths, "Anna")
    assert paths.user(name).name == "Anna"
    assert paths.notes(name) == paths.data / "users" / "Anna" / "notes.db"
    assert paths.clashes() == []


def test_the_encoding_of_an_accent_makes_no_other_user(paths: Paths) -> None:
    composed, decomposed = (unicodedata.normalize(form, "Zoë") for form in ("NFC", "NFD"))
    assert composed != decomposed
    assert paths.user(decomposed).name == composed
    make(paths, decomposed)
    assert paths.user(composed).name == decomposed
    assert paths.user("ZOË").name == decomposed


def test_letters_that_no_system_takes_for_the_same_stay_two_users(paths: Paths) -> None:
    make(paths, "Weiß", "Σίσυφος")
    assert paths.user("Weiss").name == "Weiss"
    assert paths.user("WEIß").name == "Weiß"
    assert paths.user("ΣΊΣΥΦΟΣ").name == "Σίσυφος"


def test_folders_that_clash_are_kept_apart_and_said(paths: Paths) -> None:
    make(paths, "anna", "Anna", "ANna", "ben")
    assert paths.user("anna").name == "anna"
    assert paths.user("Anna").name == "Anna"
    assert paths.user("Ben").name == "ben"
    with pytest.raises(Problem, match="There are several users of this name: “ANna”, “Anna” and "):
        paths.user("ANNA")
    (said,) = paths.clashes()
    assert said.startswith(
        "The users “ANna”, “Anna” and “anna” differ in capitals or accents only."
    )


@pytest.mark.parametrize(
    "name",
    ["CON", "nul", "Aux", "prn", "com1", "LPT9", "COM¹", "lpt²", "con.anna", "COM7 .x", "CON ."],
)
def test_a_device_of_windows_is_no_user(paths: Paths, name: str) -> None:
    with pytest.raises(Problem, match=r"device on Windows|starts with a letter"):
        paths.user(name)


@pytest.mark.parametrize("name", ["conrad", "com", "com10", "lpt", "nulla", "auxilia.x", "x con"])
def test_names_that_only_begin_like_a_device_are_good(paths: Paths, name: str) -> None:
    assert paths.user(name).name == name


@pytest.mark.parametrize(
    "name",
    ["", " ", ".", "..", "anna.", "anna ", " anna", "a/b", "a\\b", "../x", "a:b", "a*", "a" * 65,
     "𝒜" * 60, "a\nb", "a\0b", "-a", "CONIN$"],
)  # fmt: skip
def test_what_no_folder_can_be_called_everywhere_is_refused(paths: Paths, name: str) -> None:
    with pytest.raises(Problem, match="name"):
        paths.user(name)


@pytest.mark.parametrize("name", ["Dr. O'Brien", "O’Brien", "नीता", "x@ward-3", "a" * 64, "李雷"])
def test_names_of_people_are_good(paths: Paths, name: str) -> None:
    assert paths.user(name).name == name


def test_a_folder_that_is_there_is_opened_whatever_it_is_called(paths: Paths) -> None:
    make(paths, "con", "odd$name")
    assert paths.user("con").name == "con"
    assert paths.user("odd$name").name == "odd$name"
    assert paths.users() == ["con", "odd$name"]


def test_what_was_found_has_a_place(tmp_path: Path) -> None:
    assert Paths(tmp_path).lost == tmp_path / "lost-and-found"


def test_a_move_waits_for_a_scanner_on_windows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = tmp_path / "a", tmp_path / "b"
    source.touch()
    replace, waited = Path.replace, list[float]()

    def held(path: Path, to: Path) -> Path:
        if len(waited) < 3:
            raise PermissionError
        return replace(path, to)

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(time, "sleep", waited.append)
    monkeypatch.setattr(Path, "replace", held)
    move(source, target)
    assert target.exists()
    assert len(waited) == 3
    monkeypatch.setattr(sys, "platform", "linux")
    waited.clear()
    with pytest.raises(PermissionError):
        move(target, source)
    assert waited == []
