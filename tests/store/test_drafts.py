"""What is typed is in the notes' file, and is no note yet."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.annotation import Annotation
from reader.paths import Paths
from reader.problem import Problem
from reader.store.backups import backup, backups, restore
from reader.store.database import Database
from reader.store.drafts import Draft, DraftTable, carry
from reader.store.liveness import Sign, is_running
from reader.store.notes import Notes, open_notes
from tests.store.samples import a_clock, added, alter, an_annotation

TIME = "2024-01-01T00:00:00.000Z"
_SIGNING = """
import sys
from pathlib import Path
from reader.store.liveness import Sign
sign = Sign(Path(sys.argv[1]))
print(sign.name, flush=True)
sys.stdin.read()
"""


def a_draft(annotation: Annotation, note: str = "Half a tab", tags: str = "", **more: str) -> Draft:
    return Draft(more.get("id", "e1"), annotation, note, tags, TIME, more.get("session", "s1"))


def test_a_draft_is_kept_replaced_and_removed_and_is_no_edit(notes: Notes, paths: Paths) -> None:
    annotation = added(notes, 1)
    draft = a_draft(annotation)
    notes.drafts.put(a_draft(annotation, "Half"))
    notes.drafts.put(draft)
    with closing(open_notes(paths, "anna")) as again:
        assert again.drafts.all() == [draft]
        assert again.all() == [annotation]
        assert len(again.history("a1")) == 1
        assert again.queries.search("Half") == []
        assert again.verify() == []
        again.drafts.remove([draft.id])
        assert again.drafts.all() == []


def test_a_draft_outlives_its_note(notes: Notes) -> None:
    draft = a_draft(added(notes, 1))
    notes.drafts.put(draft)
    notes.purge("a1")
    assert notes.drafts.all() == [draft]


def test_a_damaged_draft_hides_no_other(notes: Notes) -> None:
    annotation = added(notes, 1)
    for name in ("e1", "e2"):
        notes.drafts.put(a_draft(annotation, id=name))
    alter(notes.path, "UPDATE draft SET note = 'x' WHERE id = 'e1'")
    assert [one.id for one in notes.drafts.all()] == ["e2"]
    assert notes.verify() == ["1 of 2 drafts are damaged."]


def test_half_a_character_is_kept_as_a_sign_that_there_was_one(notes: Notes) -> None:
    notes.drafts.put(a_draft(added(notes, 1), "a\ud83d", "t\udc00"))
    (draft,) = notes.drafts.all()
    assert (draft.note, draft.tags) == ("a\ufffd", "t\ufffd")
    notes.drafts.put(a_draft(added(notes, 2), "😀 whole"))
    assert notes.drafts.all()[0].note == "😀 whole"


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(alphabet="ab #,\t"))
def test_what_is_typed_is_what_is_kept(note: str, tags: str) -> None:
    draft = a_draft(an_annotation(), note, tags)
    written = draft.written_on(an_annotation(note="before", tags=("old",)))
    assert written.note == note.strip()
    assert all(tag and " " not in tag for tag in written.tags)
    assert written.motivation == ("commenting" if note.strip() else "highlighting")


def test_what_is_not_touched_is_not_new() -> None:
    annotation = an_annotation(note="Kept ", tags=("to do", "x"))
    draft = a_draft(annotation, "Kept ", "to do x")
    assert not draft.is_new
    assert draft.written_on(annotation).tags == ("to do", "x")
    assert draft.written_on(annotation).note == "Kept "
    assert a_draft(annotation, "Kept", "to do x").is_new
    assert a_draft(annotation, "Kept ", "to x").is_new
    bookmark = an_annotation(motivation="bookmarking")
    assert a_draft(bookmark, "x").written_on(bookmark).motivation == "bookmarking"


def test_drafts_stay_when_a_backup_is_restored(notes: Notes, paths: Paths) -> None:
    annotation = added(notes, 1)
    backup(notes.path, a_clock())
    draft = a_draft(annotation)
    notes.drafts.put(draft)
    restore(notes.path, backups(notes.path)[0], a_clock())
    assert notes.drafts.all() == [draft]
    carry(notes.path, notes.path)
    assert notes.drafts.all() == [draft]
    alter(notes.path, "UPDATE annotation SET note = 'changed by the disk'")
    alter(notes.path, "DELETE FROM operation")
    notes.close()
    restore(notes.path, backups(notes.path)[-1], a_clock())
    with closing(open_notes(paths, "anna")) as again:
        assert again.drafts.all() == [draft]


def test_a_file_that_is_older_than_drafts_has_none_to_carry(notes: Notes, tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    sqlite3.connect(old).executescript("CREATE TABLE t (a)").connection.close()
    carry(old, notes.path)
    with closing(Database(notes.path, "notes")) as database:
        assert DraftTable(database).all() == []


# Whether somebody still types


def test_a_program_that_runs_is_told_from_one_that_has_ended(tmp_path: Path) -> None:
    folder = tmp_path / "typing"
    assert not is_running(folder, "nobody")
    sign = Sign(folder)
    assert is_running(folder, sign.name)
    sign.close()
    sign.close()
    assert not is_running(folder, sign.name)
    assert list(folder.iterdir()) == []


def test_a_program_that_was_killed_runs_no_more(tmp_path: Path) -> None:
    folder = tmp_path / "typing"
    process = subprocess.Popen(
        [sys.executable, "-c", _SIGNING, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    name = process.stdout.readline().strip()
    assert is_running(folder, name)
    process.kill()
    process.communicate()
    assert not is_running(folder, name)
    assert list(folder.iterdir()) == []


def test_on_a_full_disk_there_is_no_sign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", full)
        sign = Sign(tmp_path)
    assert not is_running(tmp_path, sign.name)
    sign.close()
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Problem):
        Sign(tmp_path / "file" / "folder")
