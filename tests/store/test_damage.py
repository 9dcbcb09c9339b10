from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from reader.model.annotation import Change
from reader.paths import Paths
from reader.problem import Problem
from reader.settings import THEME
from reader.store.backups import backup, verify_notes
from reader.store.database import Damaged, driver
from reader.store.lost import DamagedNotes
from reader.store.notes import Notes, open_notes
from tests.store.samples import a_clock, added, alter, an_annotation, edited


def altered(notes: Notes, sql: str, *values: object) -> None:
    """Changes the file as a failing disk would: past the store."""
    alter(notes.path, sql, *values)


def test_a_damaged_row_hides_no_other_and_is_read_from_the_history(notes: Notes) -> None:
    first = added(notes, 1, note="Give 0.5 mg")
    second = edited(notes, added(notes, 2), note="Slowly")
    altered(notes, "UPDATE annotation SET note = 'Give 5 mg' WHERE id = 'a1'")
    assert notes.damaged == frozenset()
    assert notes.all() == [first, second]
    assert notes.damaged == {"a1"}
    assert notes.verify() == ["1 of 2 annotations are damaged."]
    assert notes.repair() == []
    assert notes.damaged == frozenset()
    assert notes.all() == [first, second]


def test_an_edit_of_a_damaged_row_mends_it(notes: Notes) -> None:
    first = added(notes, 1, note="Give 0.5 mg")
    altered(notes, "UPDATE annotation SET note = 'Give 5 mg'")
    assert edited(notes, first, colour="pink").note == "Give 0.5 mg"
    assert notes.verify() == []


def test_a_row_that_vanished_is_written_again(notes: Notes) -> None:
    first, second = added(notes, 1), edited(notes, added(notes, 2), note="Kept")
    gone = added(notes, 3)
    notes.apply(Change(gone, None))
    altered(notes, "DELETE FROM annotation WHERE id = 'a2'")
    notes.repair()
    mended = notes.annotation("a2")
    assert mended is not None
    assert (mended.note, mended.target) == (second.note, second.target)
    assert notes.annotation("a1") == first
    assert notes.annotation("a3") is None


def test_a_row_under_a_damaged_id_gives_way_to_its_true_one(notes: Notes) -> None:
    first = added(notes, 1)
    altered(notes, "UPDATE annotation SET id = 'b1'")
    assert notes.all() == []
    assert notes.damaged == {"b1"}
    assert notes.repair() == []
    assert notes.all() == [first]


def test_while_the_history_is_damaged_too_nothing_is_thrown_away(notes: Notes) -> None:
    added(notes, 1)
    altered(notes, "UPDATE annotation SET id = 'b1'")
    altered(notes, "UPDATE operation SET after = 'x'")
    assert notes.repair() == [
        "1 of 1 annotations are damaged.",
        "1 of 1 entries of the history are damaged.",
    ]
    with closing(driver.connect(str(notes.path))) as connection:
        assert connection.execute("SELECT id FROM annotation").fetchall() == [("b1",)]


def test_a_row_that_cannot_be_rebuilt_is_left_out_and_reported(notes: Notes) -> None:
    added(notes, 1)
    second = added(notes, 2)
    altered(notes, "UPDATE annotation SET colour = 'red' WHERE id = 'a1'")
    altered(notes, "UPDATE operation SET after = 'x' WHERE annotation_id = 'a1'")
    assert notes.all() == [second]
    assert notes.damaged == {"a1"}


def test_an_edit_whose_beginning_is_damaged_is_no_version(notes: Notes) -> None:
    edited(notes, added(notes, 1), note="Two")
    altered(notes, "UPDATE operation SET crc = 0 WHERE id = 1")
    assert [v.annotation for v in notes.history("a1")] == [None]


def test_a_version_without_its_step_is_still_one(notes: Notes) -> None:
    first = added(notes, 1)
    altered(notes, "PRAGMA foreign_keys = OFF")
    altered(notes, "DELETE FROM step")
    (version,) = notes.history("a1")
    assert (version.made, version.device) == ("", "")
    assert version.annotation is not None
    assert version.annotation.target == first.target


def test_a_damaged_step_of_the_history_is_passed_over(notes: Notes) -> None:
    first = added(notes, 1)
    edited(notes, first, note="Two")
    altered(notes, "UPDATE operation SET before = '{}' WHERE id = 2")
    changes = notes.undo() or ()
    assert [change.after for change in changes] == [None]


def test_a_damaged_position_or_setting_is_as_if_never_set(notes: Notes) -> None:
    notes.positions.set("d1", 5, 0)
    notes.set_setting(THEME, "dark")
    altered(notes, 'UPDATE position SET "offset" = 7')
    altered(notes, "UPDATE setting SET value = '\"light\"'")
    assert notes.positions.get("d1") is None
    assert notes.setting(THEME) == "system"
    assert notes.verify() == [
        "1 of 1 reading positions are damaged.",
        "1 of 1 settings are damaged.",
    ]


def test_a_damaged_index_of_words_is_made_anew(notes: Notes) -> None:
    for number in range(1, 60):
        added(notes, number)
    altered(notes, "UPDATE word_data SET block = randomblob(length(block)) WHERE id > 10")
    assert len(notes.queries.search("words", limit=99)) == 59
    assert notes.verify() == []


def test_every_flipped_byte_in_a_row_is_found(notes: Notes) -> None:
    annotation = added(notes, 1, note="A longer note, so that there are bytes to flip.")
    altered(notes, "PRAGMA wal_checkpoint(TRUNCATE)")
    notes.close()
    content = notes.path.read_bytes()
    start = content.index(annotation.note.encode())
    for offset in range(start, start + len(annotation.note), 5):
        damaged = bytearray(content)
        damaged[offset] ^= 0x02
        notes.path.write_bytes(damaged)
        assert verify_notes(notes.path) != []
    notes.path.write_bytes(content)
    assert verify_notes(notes.path) == []


def broken_file(notes: Notes) -> bytes:
    """Closes the notes and overwrites the beginning of their file; gives what it holds then."""
    notes.close()
    content = bytearray(notes.path.read_bytes())
    content[:512] = b"x" * 512
    notes.path.write_bytes(content)
    return bytes(content)


def test_a_file_that_cannot_be_read_is_never_overwritten(notes: Notes, paths: Paths) -> None:
    added(notes, 1)
    content = broken_file(notes)
    with pytest.raises(DamagedNotes, match="there is no backup") as caught:
        open_notes(paths, "anna")
    assert caught.value.backup is None
    assert caught.value.path == notes.path
    assert notes.path.read_bytes() == content


def test_the_last_good_backup_is_offered(notes: Notes, paths: Paths) -> None:
    added(notes, 1)
    copy = backup(notes.path, a_clock())
    content = broken_file(notes)
    with pytest.raises(DamagedNotes, match=r"backup is of 2024-01-01 00:00 UTC") as caught:
        open_notes(paths, "anna")
    assert caught.value.backup is not None
    assert caught.value.backup.path == copy
    assert notes.path.read_bytes() == content


def test_a_page_that_cannot_be_read_is_said_on_reading(notes: Notes) -> None:
    for number in range(200):
        added(notes, number, note="A note that fills some pages. " * 10)
    altered(notes, "PRAGMA wal_checkpoint(TRUNCATE)")
    notes.close()
    content = bytearray(notes.path.read_bytes())
    for start in range(0, len(content), 4096):
        if content[start : start + 4096].count(b"A note that fills some pages.") > 40:
            content[start : start + 512] = b"\xff" * 512
    notes.path.write_bytes(content)
    again = Notes(notes.path)
    with pytest.raises(Damaged, match="damaged"):
        again.all()
    with pytest.raises(Damaged, match="damaged"):
        again.apply(Change(None, an_annotation(999)))
    assert any("damaged" in sentence for sentence in again.verify())
    again.close()


def test_another_database_holds_no_notes(tmp_path: Path) -> None:
    (tmp_path / "other.db").touch()
    assert verify_notes(tmp_path / "other.db")[0] == "“other.db” holds no annotations."
    sqlite3.connect(tmp_path / "other.db").executescript("CREATE TABLE t (a)").connection.close()
    [said] = verify_notes(tmp_path / "other.db")
    assert said.startswith("“other.db” holds a table that Offprint did not make (“t”).")


def test_notes_that_are_not_there_have_a_fault(tmp_path: Path) -> None:
    assert verify_notes(tmp_path / "notes.db") == [f"“{tmp_path / 'notes.db'}” cannot be opened."]


def test_notes_of_a_newer_offprint_are_refused_and_left_alone(notes: Notes, paths: Paths) -> None:
    altered(notes, "PRAGMA user_version=99")
    notes.close()
    with pytest.raises(Problem, match="newer Offprint") as caught:
        open_notes(paths, "anna")
    assert not isinstance(caught.value, Damaged)
