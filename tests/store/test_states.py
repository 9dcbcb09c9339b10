"""What is open about a note's place: kept, undone, and added to files that are older."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from reader.model.annotation import Annotation, Change
from reader.paths import Paths
from reader.store import database
from reader.store.database import Database
from reader.store.edit_log import Operation
from reader.store.note_rows import crc, to_row
from reader.store.notes import Notes
from tests.store.samples import SCHEMAS, a_clock, added, an_annotation, edited


def moved(before: Annotation) -> Annotation:
    target = replace(before.target, text_hash="ab" * 32)
    return replace(before, target=target, state="moved", earlier=before.target)


def test_what_a_note_was_about_is_kept_and_read_again(notes: Notes, paths: Paths) -> None:
    after = moved(added(notes))
    notes.apply(Change(added(notes, 2), None), Change(notes.annotation("a1"), after))
    notes.close()
    again = Notes(paths.notes("anna"), now=a_clock())
    found = again.annotation("a1")
    assert found is not None
    assert (found.state, found.earlier, found.target) == ("moved", after.earlier, after.target)
    assert again.verify() == []
    again.close()


def test_a_place_and_its_state_are_taken_back_together(notes: Notes) -> None:
    before = added(notes)
    after = edited(notes, before, **{n: getattr(moved(before), n) for n in ("target", "state")})
    edited(notes, after, note="Written since")
    notes.undo()
    notes.undo()
    found = notes.annotation("a1")
    assert found is not None
    assert (found.target, found.state, found.note) == (before.target, "", "")


def test_an_entry_of_the_log_that_is_older_than_states() -> None:
    current = an_annotation()
    plain = {"start": 10, "end": 17, "exact": "words 1"}
    old = Operation("a1", "d1", plain, {**plain, "start": 12})
    change = old.on(current)
    assert change is not None
    assert change.after is not None
    assert change.after.target.position.start == 12


def test_a_file_without_states_gets_them(
    paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = tmp_path / "schema"
    first.mkdir()
    shutil.copy(SCHEMAS / "notes_001.sql", first)
    monkeypatch.setattr(database, "_SCHEMAS", first)
    path = paths.notes("anna")
    with closing(Database(path, "notes")) as old:
        for number in (1, 2):
            row = to_row(an_annotation(number))[:17]
            checksum = crc(*row) + (number == 2)
            old.run(f"INSERT INTO annotation VALUES (NULL{', ?' * 18})", *row, checksum)
    monkeypatch.setattr(database, "_SCHEMAS", SCHEMAS)
    notes = Notes(path, now=a_clock())
    assert notes.all() == [an_annotation()]
    assert notes.damaged == {"a2"}
    assert notes.verify() == ["1 of 2 annotations are damaged."]
    notes.close()
