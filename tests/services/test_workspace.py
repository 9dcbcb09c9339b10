from __future__ import annotations

from collections.abc import Iterator

import pytest

from reader.model.anchoring.selector import describe
from reader.model.annotation import Annotation, Change
from reader.model.span import Span
from reader.paths import Paths
from reader.problem import Problem
from reader.services.workspace import Workspace
from reader.store.backups import backup, backups
from reader.store.library import Library
from reader.store.notes import open_notes
from tests.ui.samples import an_article


@pytest.fixture
def workspace(paths: Paths) -> Iterator[Workspace]:
    library = Library(paths)
    made = Workspace(paths, library, open_notes(paths, "anna"), "anna")
    yield made
    made.close()
    library.close()


def write(workspace: Workspace, note: str) -> None:
    target = describe(an_article(), Span(0, 4))
    workspace.notes.apply(Change(None, Annotation(id=note, target=target, note=note)))


def test_one_user_never_sees_anothers_notes(workspace: Workspace) -> None:
    write(workspace, "mine")
    workspace.switch("ben")
    assert (workspace.user, workspace.notes.all()) == ("ben", [])
    workspace.switch("anna")
    assert [one.note for one in workspace.notes.all()] == ["mine"]


def test_notes_that_cannot_be_opened_leave_those_that_are(workspace: Workspace) -> None:
    write(workspace, "mine")
    path = workspace.paths.notes("ben")
    path.parent.mkdir(parents=True)
    path.write_bytes(b"no database at all, but long enough to be looked at" * 40)
    with pytest.raises(Problem):
        workspace.switch("ben")
    assert workspace.user == "anna"
    assert [one.note for one in workspace.notes.all()] == ["mine"]


def test_a_backup_takes_the_place_of_the_notes(workspace: Workspace) -> None:
    write(workspace, "early")
    backup(workspace.notes.path)
    write(workspace, "late")
    said = workspace.restore(backups(workspace.notes.path)[0])
    assert said
    assert [one.note for one in workspace.notes.all()] == ["early"]


def test_a_backup_that_is_gone_leaves_the_notes(workspace: Workspace) -> None:
    write(workspace, "early")
    made = backup(workspace.notes.path)
    (found,) = backups(workspace.notes.path)
    made.unlink()
    with pytest.raises(Problem):
        workspace.restore(found)
    assert [one.note for one in workspace.notes.all()] == ["early"]


def test_workers_take_the_folder_as_text(workspace: Workspace) -> None:
    assert workspace.data == str(workspace.paths.data)
