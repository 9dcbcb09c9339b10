"""Packing and unpacking go on behind the window, and leave nothing when they are given up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reader.services.workspace import Workspace
from reader.session.background import Background
from reader.session.drafts import Drafts
from reader.session.library_files import LibraryFiles
from reader.session.notifier import Notifier

WAIT_MS = 20_000


@pytest.fixture
def files(
    workspace: Workspace, notifier: Notifier, background: Background
) -> Iterator[LibraryFiles]:
    drafts = Drafts(workspace, lambda *_: True)
    made = LibraryFiles(workspace, notifier, background, drafts)
    yield made
    made.close()
    drafts.close()


def ended(qtbot: QtBot, files: LibraryFiles, *, done: bool) -> None:
    with qtbot.waitSignal(files.ended, timeout=WAIT_MS) as heard:
        pass
    assert heard.args == [done]


def test_a_library_is_packed_and_checked(
    qtbot: QtBot, files: LibraryFiles, workspace: Workspace, heard: list[str], tmp_path: Path
) -> None:
    shown: list[int] = []
    wanted: list[str] = []
    files.progress.connect(shown.append)
    files.exchange_wanted.connect(wanted.append)
    pack = str(tmp_path / "a.offprint-library")
    files.pack(pack)
    ended(qtbot, files, done=True)
    assert heard == ["Library and notes are packed in “a.offprint-library”."]
    assert shown == sorted(shown)
    assert shown[-1] == 100
    files.open_checked()
    files.unpack(pack)
    ended(qtbot, files, done=True)
    assert files.checked is not None
    assert (files.checked.documents, files.checked.users) == (2, ["anna"])
    assert files.former == []
    files.open_checked()
    (folder,) = wanted
    assert Path(folder).parent == workspace.paths.data / "unpacking"
    assert (Path(folder) / "library.db").is_file()
    files.close()
    assert Path(folder).is_dir()


@pytest.mark.parametrize("when", ["at once", "when it is checked"])
def test_what_is_given_up_leaves_nothing(
    when: str, qtbot: QtBot, files: LibraryFiles, workspace: Workspace, tmp_path: Path
) -> None:
    pack = str(tmp_path / "a.offprint-library")
    files.pack(pack)
    files.cancel()
    ended(qtbot, files, done=False)
    assert not Path(pack).exists()
    assert not (workspace.paths.data / "packing").exists()
    files.pack(pack)
    ended(qtbot, files, done=True)
    files.unpack(pack)
    if when == "at once":
        files.cancel()
    ended(qtbot, files, done=when != "at once")
    files.cancel()
    assert files.checked is None
    assert not (workspace.paths.data / "unpacking").exists()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.offprint-library", "data"]


def test_what_is_no_library_is_told(
    qtbot: QtBot, files: LibraryFiles, heard: list[str], tmp_path: Path
) -> None:
    (tmp_path / "x").write_text("x")
    files.unpack(str(tmp_path / "x"))
    ended(qtbot, files, done=False)
    assert heard == [
        "“x” is no packed library, or it is damaged; nothing has been changed. Copy it again from "
        "where it was packed."
    ]
